"""What the OpenAPI document says beyond the views: how the app authenticates, which fields inputs take, what holds for
every operation, and the examples of `openapi_examples.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any, Final

import yaml
from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from config import env

EXAMPLES: Final = env.BASE_DIR / "config" / "openapi_examples.yaml"

EVERYWHERE: Final = ("429", "500")
"""Errors that every operation may answer."""

OF_BODIES: Final = ("411",)
"""Errors that every operation with a body may answer, though no view of ours does."""

PRECONDITIONS: Final = {"If-Match", "If-None-Match"}
"""Parameters of operations whose answers have an ETag."""

MEANINGS: Final = {
    "400": "The body or a parameter is not right; `fields` says what would be.",
    "401": "No token, or one that is wrong, expired or revoked.",
    "403": "The token is not that of a patient's device.",
    "404": "There is no such thing, or it is somebody else's.",
    "409": "The `client_id` was used before with another body; of a consent: its text has been replaced.",
    "411": "The body comes in pieces (`Transfer-Encoding: chunked`), without a `Content-Length`.",
    "412": "It has changed since the app fetched it.",
    "413": "The body has more than a million bytes.",
    "415": "The body is not `application/json`.",
    "429": "Too many requests. `Retry-After` says for how many seconds to wait; the message whom to call meanwhile.",
    "500": "Something broke on our side. The message is safe to show: it says whom to call.",
}


class Document(SpectacularAPIView):
    """The document, in YAML or JSON as `Accept` says. Nothing in the query changes what is in it.

    It is made once in each process, and written once in each form.
    """

    content_negotiation_class = DefaultContentNegotiation

    def _get_schema_response(self, request: Request) -> HttpResponse:
        renderer: BaseRenderer = request.accepted_renderer
        kind = f"{renderer.media_type}; charset={renderer.charset}" if renderer.charset else renderer.media_type
        name: str = self._get_filename(request, None)  # type: ignore[no-untyped-call]  # its base has no types
        body = written(type(renderer))  # type: ignore[arg-type]  # a class can be hashed, its instances cannot
        return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})

    def _get_version_parameter(self, request: Request) -> None:
        """There is one version: another in the query would stand in a header of the answer."""


@cache
def written(new_renderer: Callable[[], BaseRenderer]) -> str | bytes:
    """The document as a renderer writes it."""
    return new_renderer().render(document())


@cache
def document() -> dict[str, Any]:
    """The document as it is for everybody, in English."""
    with translation.override("en"):
        made: dict[str, Any] = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(public=True)
    return made


class DeviceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base has no types
    """`Authorization: Bearer <token>`, the token that `POST /activate` gave to the device."""

    target_class = "symptoms.api.access.DeviceAuthentication"
    name = "deviceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "The token of one device, from POST /activate."}


class StrictSerializerExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its base has no types
    """Says of a strict input that it takes no other fields, and which may stand together."""

    target_class = "symptoms.api.inputs.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema["additionalProperties"] = False
        if self.target.one_of:
            schema["oneOf"] = [*self.target.one_of]
        return schema


@cache
def examples() -> dict[str, Any]:
    """`errors`: status to error body. `operations`: operation id to `request` and `responses`, each name to body."""
    loaded: dict[str, Any] = yaml.safe_load(EXAMPLES.read_text())
    return loaded


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    for path in result["paths"].values():
        for operation in path.values():
            _complete_operation(operation)
    return result


def _complete_operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in EVERYWHERE + (OF_BODIES if "requestBody" in operation else ()):
        responses[status] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorOutput"}}}}
    responses["429"]["headers"] = {
        "Retry-After": {"description": "Seconds.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    }
    if PRECONDITIONS & {one["name"] for one in operation.get("parameters", ())}:
        for status, response in responses.items():
            if status == "304" or (status < "3" and "content" in response):
                response["headers"] = {"ETag": {"description": "Of this answer.", "schema": {"type": "string"}}}
    own = examples()["operations"].get(operation["operationId"], {})
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["examples"] = _named(own.get("request", {}))
    for status, response in sorted(responses.items()):
        response["description"] = MEANINGS.get(status) or response.get("description") or HTTPStatus(int(status)).phrase
        told = own.get("responses", {}).get(status) or ({} if status < "4" else examples()["errors"].get(status, {}))
        for content in response.get("content", {}).values():
            content["examples"] = _named(told)
    operation["responses"] = dict(sorted(responses.items()))


def _named(bodies: dict[str, Any]) -> dict[str, Any]:
    return {name: {"value": body} for name, body in bodies.items()}
