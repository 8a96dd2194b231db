"""Where the FHIR API is, and how it says what went wrong: the one error of the API as an OperationOutcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

BASE: Final = "/fhir/"
MEDIA_TYPE: Final = "application/fhir+json"

ISSUES: Final[Mapping[int, str]] = {
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    409: "conflict",
    411: "required",
    413: "too-long",
    415: "not-supported",
    429: "throttled",
}
"""Codes of issues by status; what else is refused is invalid, and what breaks is an exception."""

SERVER_ERROR: Final = 500


def outcome_of(status: int, error: Mapping[str, Any]) -> dict[str, Any]:
    """An OperationOutcome: what to tell people first, then an issue for each field that is not right."""
    code = ISSUES.get(status, "exception" if status >= SERVER_ERROR else "invalid")
    about_fields = [f"{name}: {message}" for name, message in error["fields"].items()]
    issues = [{"severity": "error", "code": code, "diagnostics": said} for said in (error["message"], *about_fields)]
    return {"resourceType": "OperationOutcome", "issue": issues}
