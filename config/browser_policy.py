"""What every answer tells the browser: what a page may load and run, which abilities of the phone it may use.

Doors for machines load nothing at all. Pages load nothing that does not come from this server, and run no script that
stands in the page. Two kinds need more:

- the Swagger page sets styles of elements;
- the clinician site: its theme writes its colours as `<style>` into the page, and its Alpine.js makes functions of the
  expressions in its attributes, which is `unsafe-eval`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

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
    ("/api/v1/docs", STYLED),
    ("/api/", NOTHING),
    ("/fhir/", NOTHING),
    ("/health/", NOTHING),
    ("/metrics", NOTHING),
    ("/receipts/", NOTHING),
    ("", THEMED),
)
"""The first prefix that fits decides."""

PERMISSIONS: Final = ", ".join(
    f"{ability}=()"
    for ability in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb",
    )
)  # fmt: skip


HEADERS: Final = tuple(
    (
        prefix,
        {
            "Content-Security-Policy": build_policy(config=policy),
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
        },
    )
    for prefix, policy in POLICIES
)


class BrowserPolicy:
    """Middleware that says so on every answer; answers of the APIs are kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        path = request.path_info
        for name, value in next(headers for prefix, headers in HEADERS if path.startswith(prefix)).items():
            response.headers[name] = value
        if path.startswith(("/api/", "/fhir/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
