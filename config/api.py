"""How the whole API behaves: JSON only, default deny, one error shape.

Every error is `{"error": {"code", "message", "fields"}}`; `fields` maps a field or slot to what is wrong
with it.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from symptoms.api.calling import call_for_help, whom_to_call
from symptoms.api.errors import UNAVAILABLE, NotRead, TooLarge, Unavailable, describe, error_detail
from symptoms.fhir.outcomes import BASE, MEDIA_TYPE, outcome_of

logger = logging.getLogger(__name__)

DEEPEST: Final = 8
"""Objects and lists within each other that a body may have, unless its door takes more."""

HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
ESCAPED_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
NOT_KNOWN: Final = "\N{REPLACEMENT CHARACTER}"

LONGEST_NUMBER: Final = 20
"""Digits of a whole number in a body."""


class KnownLength:
    """Middleware that refuses a body sent in pieces without its length: it would be read as an empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return refuse(request, 411, "length_required", f"Send a Content-Length. {UNAVAILABLE}")
        return self._get_response(request)


class AlwaysJSON(DefaultContentNegotiation):
    """Answers in JSON whatever the app says that it accepts: an instruction must not fail for a header."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class StrictJSONParser(BaseParser):
    """JSON as the standard has it: no NaN, no endless numbers, no deep nesting, no repeated keys."""

    media_type = "application/json"
    deepest = DEEPEST

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(raw)
        try:
            body = json.loads(
                raw.decode("utf-8"),
                parse_constant=_refuse_constant,
                parse_int=_parse_int,
                parse_float=_parse_float,
                object_pairs_hook=_parse_object,
            )
        except (ValueError, RecursionError) as error:
            raise NotRead("The body is not valid JSON.", raw) from error
        if _is_deeper(body, self.deepest):
            raise NotRead("The body is nested too deeply.", raw)
        if not isinstance(body, dict):
            raise NotRead("The body has to be a JSON object.", raw)
        if _has_nul(body):
            raise NotRead("The body contains a NUL character.", raw)
        return _in_whole_characters(body) if ESCAPED_HALF.search(raw) else body


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _parse_int(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("number too long")
    return int(digits)


def _parse_float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("number too large")
    return number


def _parse_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        raise ValueError("repeated key")
    return parsed


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether objects and lists stand within each other more than so many times. Looks no deeper than that."""
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner)


def _in_whole_characters(value: Any) -> Any:
    """The same without halves of emoji, which phones leave where they cut a text off: no words are lost for them."""
    if isinstance(value, str):
        return HALF_CHARACTER.sub(NOT_KNOWN, value)
    if isinstance(value, dict):
        return {_in_whole_characters(key): _in_whole_characters(inner) for key, inner in value.items()}
    return [_in_whole_characters(one) for one in value] if isinstance(value, list) else value


def _has_nul(value: Any) -> bool:
    """PostgreSQL stores none."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))


def error_body(code: str, message: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The one error shape."""
    return {"error": error_detail(code, message, fields)}


def refuse(
    request: HttpRequest, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """A refusal to a machine outside any view: in the one error shape, under `/fhir/` in FHIR's."""
    body = error_body(code, message)
    if request.path_info.startswith(BASE):
        return JsonResponse(outcome_of(status, body["error"]), status=status, headers=headers, content_type=MEDIA_TYPE)
    return JsonResponse(body, status=status, headers=headers)


def handle_exception(error: Exception, context: Mapping[str, Any]) -> Response:
    """Any exception of a view as a response in the one error shape: in JSON, whatever else the view answers in."""
    from rest_framework.views import set_rollback  # that module imports this one through the settings

    set_rollback()
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        logger.error("request_failed view=%s", type(context["view"]).__name__, exc_info=error)
        error = Unavailable()
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    body = describe(error)
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        body["message"] = call_for_help(request, "signed_out")
    elif isinstance(error, Unavailable):
        body["message"] = whom_to_call(request, timezone.now())
    return Response({"error": body}, status=error.status_code, headers=_headers_of(error))


def _headers_of(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(math.ceil(wait))
    return headers
