"""What all FHIR doors share: who may call, the content type, errors as OperationOutcome, and the access log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Model
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from symptoms.access_log import write_access
from symptoms.fhir.access import DeviceOrSystem, IsPatientOrSystem, system_of
from symptoms.fhir.outcomes import BASE, MEDIA_TYPE, outcome_of
from symptoms.fhir.shapes import Resource
from symptoms.models import Patient
from symptoms.models.access import AccessKind

DEEPEST: Final = 40
"""Objects and lists within each other that a body may have: items stand in groups, each two levels deep."""


class FhirRenderer(JSONRenderer):
    """JSON by FHIR's own name for it, whatever the caller says that it accepts."""

    media_type = MEDIA_TYPE


class FhirDoor(APIView):
    """A door of the FHIR API. Nothing about a patient leaves by it for a system before `record` has written it down."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (DeviceOrSystem,)
    permission_classes: Sequence[type[BasePermission]] = (IsPatientOrSystem,)
    renderer_classes = (FhirRenderer,)
    schema = None  # FHIR says by `/fhir/metadata` what there is, and not in the OpenAPI document

    def get_parsers(self) -> list[BaseParser]:
        """Those of the whole API, for bodies under either name of JSON, and deeper ones."""
        parsers: list[Any] = [*super().get_parsers(), *super().get_parsers()]
        for parser in parsers:
            parser.deepest = DEEPEST
        for parser in parsers[len(parsers) // 2 :]:
            parser.media_type = MEDIA_TYPE
        return parsers

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        renderer = FhirRenderer()
        self.request.accepted_renderer, self.request.accepted_media_type = renderer, renderer.media_type
        response.data = outcome_of(response.status_code, response.data["error"])
        return response

    def record(self, kind: AccessKind, patients: Iterable[Patient | uuid.UUID], *, record: Model | None = None) -> None:
        """Write down that a system sees or adds something of these patients. One's own record is one's own."""
        system = system_of(self.request)
        if system is not None:
            write_access(self.request._request, kind, patients, by=system, clinic_id=system.clinic_id, record=record)


class UnknownType(FhirDoor):
    """Any address that no other door has."""

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise NotFound("There is no such type of resource, or no such operation. See GET /fhir/metadata.")


def address_of(request: Request, resource: Resource) -> str:
    """Where a resource is read."""
    return request.build_absolute_uri(f"{BASE}{resource['resourceType']}/{resource['id']}")


def bundle_of(request: Request, resources: Iterable[Resource], links: dict[str, str]) -> Resource:
    """A searchset of resources, with its links by their relation."""
    entries = [{"fullUrl": address_of(request, one), "resource": one, "search": {"mode": "match"}} for one in resources]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        **({"total": len(entries)} if links.keys() == {"self"} else {}),
        "link": [{"relation": relation, "url": url} for relation, url in links.items()],
        **({"entry": entries} if entries else {}),
    }
