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


def respond(request: Request, body: dict[str, Any]) -> Response:
    """The body with an ETag of its content; 304 without a body when the app has it."""
    headers = {"ETag": _etag_of(body)}
    if request.method == "GET" and _names(request.headers.get("If-None-Match", ""), body):
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)


def refuse_if_changed(request: Request, body: dict[str, Any]) -> None:
    """Raise Changed when the app says, by `If-Match`, that it last saw something else than `body`."""
    seen = request.headers.get("If-Match")
    if seen is not None and not _names(seen, body):
        raise Changed


def _names(header: str, body: dict[str, Any]) -> bool:
    """Whether a header with ETags names this body. A proxy that compresses makes them weak; that is fine here."""
    named = [tag.removeprefix("W/") for tag in parse_etags(header)]
    return "*" in named or _etag_of(body) in named


def _etag_of(body: dict[str, Any]) -> str:
    return f'"{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"'
