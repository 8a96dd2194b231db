"""How operations may fail, and what several have in common, for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from symptoms.api.outputs import ErrorOutput

ERROR: Final = OpenApiResponse(ErrorOutput)
DENIED: Final[dict[int, Any]] = {401: ERROR, 403: ERROR}
READ_ERRORS: Final[dict[int, Any]] = {**DENIED, 404: ERROR}
LIST_ERRORS: Final[dict[int, Any]] = {**DENIED, 400: ERROR}
WRITE_ERRORS: Final[dict[int, Any]] = {**DENIED, 400: ERROR, 409: ERROR, 413: ERROR, 415: ERROR}

NOT_MODIFIED: Final = OpenApiResponse(description="The app has the latest.")
IF_NONE_MATCH: Final = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` that the app has; 304 while it is current.",
)


def if_match(what: str) -> OpenApiParameter:
    """The precondition of a call that sets something: 412 once `what` is no longer as the app last saw it."""
    return OpenApiParameter(
        "If-Match",
        str,
        OpenApiParameter.HEADER,
        description=f"The `ETag` that the app last saw; 412 when {what}. Without it the last one wins.",
    )
