"""ETags: an app that has the latest gets 304, and an app that edits what has changed meanwhile gets 412."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response


class Changed(exceptions.APIException):
    """The app edits something that is no longer as it last saw it."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed"
    default_detail = "This has changed since you fetched it. Fetch it again."


def respond(request: Request, body: dict[str, Any], edited: Any = None, status: int = 200) -> Response:
    """The body with an ETag; 304 without a body when the app has it. `edited` is the part that an app may edit."""
    tag = _tag(edited, body)
    if request.method == "GET" and any(one in ("*", tag) for one in _tags(request, "If-None-Match")):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    return Response(body, status=status, headers={"ETag": f'"{tag}"'})


def refuse_if_changed(request: Request, edited: Any) -> None:
    """Raise Changed when the app says, by `If-Match`, that what may be edited was something else when it last saw it.

    What else the body shows may have changed: nobody edits it.
    """
    if "If-Match" in request.headers and not any(
        one == "*" or one.split(".")[0] == _digest(edited) for one in _tags(request, "If-Match")
    ):
        raise Changed


def _tag(edited: Any, body: dict[str, Any]) -> str:
    """Two digests: of what may be edited, and of the whole."""
    return f"{_digest(edited)}.{_digest(body)}"


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _tags(request: Request, header: str) -> list[str]:
    """The ETags of a header. A proxy that compresses makes them weak; that is fine here."""
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get(header, ""))]
