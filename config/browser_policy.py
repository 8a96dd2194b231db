"""What every answer tells the browser: what a page may load and run, which abilities of the phone it may use.

The API and all other pages load nothing that does not come from this server, and run no script in the page. Two
doors need more:

- the clinician site, with its sign-in pages and the link of a page: its theme writes its colours as `<style>` into the page, and its Alpine.js makes functions of the
  expressions in its attributes, which is `unsafe-eval`. No inline script runs there either.
- the Swagger page sets styles of elements.
"""

from __future__ import annotations

from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Directives = dict[str, list[Any]]

NOTHING: Final[Directives] = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}

PAGE: Final[Directives] = {
    **NOTHING,
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
}

STYLED: Final[Directives] = {**PAGE, "style-src": [SELF, UNSAFE_INLINE]}

THEMED: Final[Directives] = {**STYLED, "script-src": [SELF, UNSAFE_EVAL]}

POLICIES: Final = (
    ("/admin/", THEMED),
    ("/sign-in/", THEMED),
    ("/acknowledge/", THEMED),
    ("/api/v1/docs", STYLED),
    ("/api/", NOTHING),
    ("/", PAGE),
)
"""The first prefix that fits decides."""

PERMISSIONS: Final = ", ".join(
    f"{ability}=()"
    for ability in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb",
    )
)  # fmt: skip


class BrowserPolicy(CSPMiddleware):
    """Content-Security-Policy and Permissions-Policy everywhere; answers of the API are kept by no cache."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.config = next(policy for prefix, policy in POLICIES if request.path_info.startswith(prefix))
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"  # the Swagger page would set another
        if request.path_info.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
