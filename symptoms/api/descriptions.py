"""How operations may fail, for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiResponse

from symptoms.api.outputs import ErrorOutput

ERROR: Final = OpenApiResponse(ErrorOutput)
DENIED: Final[dict[int, Any]] = {401: ERROR, 403: ERROR}
READ_ERRORS: Final[dict[int, Any]] = {**DENIED, 404: ERROR}
WRITE_ERRORS: Final[dict[int, Any]] = {**DENIED, 400: ERROR, 409: ERROR, 413: ERROR, 415: ERROR}
