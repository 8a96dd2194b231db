"""Refusals of the mobile API that carry more than a sentence, and how any refusal is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from rest_framework import exceptions, status

UNAVAILABLE: Final = (
    "The service could not process this. If it is urgent, do not wait: call your clinic or the emergency number."
)


class NotRead(exceptions.ParseError):
    """A body that is no JSON as the standard has it. `remains` is the JSON of a lenient reader, or else its text."""

    def __init__(self, detail: str, raw: bytes) -> None:
        super().__init__(detail)
        self.remains = _read_leniently(raw)


def _read_leniently(raw: bytes) -> Any:
    words = raw.decode("utf-8", "replace")
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words


class TooLarge(NotRead):
    """A body of more bytes than settings allow."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, raw: bytes) -> None:
        super().__init__("The body is too large.", raw)


class Conflict(exceptions.APIException):
    """The request contradicts what is stored."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This client_id was used before with another body."
    default_code = "client_id_conflict"


class InvalidFields(exceptions.APIException):
    """A body with answers that are not right: `fields` maps each to what would be."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid"
    default_detail = "Some fields are not right."

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self.fields = dict(fields)


class Unavailable(exceptions.APIException):
    """Something broke on our side."""

    status_code = status.HTTP_500_INTERNAL_SERVER_ERROR
    default_code = "unavailable"
    default_detail = UNAVAILABLE


def error_detail(code: str, message: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What stands under `error`."""
    return {"code": code, "message": message, "fields": dict(fields or {})}


def describe(error: exceptions.APIException) -> dict[str, Any]:
    """A refusal as it stands under `error`: `fields` maps each field to all that is wrong with it."""
    if isinstance(error, InvalidFields):
        return error_detail("invalid", str(error.detail), error.fields)
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return error_detail(
            "invalid", "Some fields are not right.", {name: _flat(detail) for name, detail in fields.items()}
        )
    code = error.get_codes()
    return error_detail(code if isinstance(code, str) else error.default_code, str(error.detail))


def _flat(detail: Any) -> str:
    """Nested messages of a serializer as one sentence."""
    if isinstance(detail, dict):
        return " ".join(f"{name}: {_flat(inner)}" for name, inner in detail.items())
    return " ".join(map(_flat, detail)) if isinstance(detail, list) else str(detail)
