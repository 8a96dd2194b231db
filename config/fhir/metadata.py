"""What the FHIR API says of itself, to anybody: nothing in it is about a person."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from config.fhir.kinds import KINDS
from symptoms.fhir.door import FhirDoor
from symptoms.fhir.kinds import RESPONSE
from symptoms.fhir.outcomes import BASE, MEDIA_TYPE
from symptoms.fhir.views import COUNT

SINCE: Final = "2026-11-30"
"""The day on which these capabilities were last changed."""

SECURITY: Final = (
    "Authorization: Bearer, with the token of a patient's device for this patient's record, or with that of a system "
    "of the hospital for the patients of one clinic."
)
QUESTIONNAIRE: Final = {
    "type": "Questionnaire",
    "interaction": [{"code": "read"}, {"code": "search-type"}],
    "searchParam": [
        {"name": "_id", "type": "token"},
        {"name": "_language", "type": "token"},
        {"name": "url", "type": "uri"},
    ],
}


class Metadata(FhirDoor):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        return Response(show_capabilities(request.build_absolute_uri(BASE)))


def show_capabilities(address: str) -> dict[str, Any]:
    """The CapabilityStatement of the API at an address."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": SINCE,
        "kind": "instance",
        "software": {
            "name": settings.SPECTACULAR_SETTINGS["TITLE"],
            "version": settings.SPECTACULAR_SETTINGS["VERSION"],
        },
        "implementation": {"description": settings.SPECTACULAR_SETTINGS["TITLE"], "url": address.removesuffix("/")},
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": SECURITY},
                "resource": [*map(_resource, KINDS), QUESTIONNAIRE],
                "searchParam": [{"name": COUNT, "type": "number"}],
            }
        ],
    }


def _resource(kind: Any) -> dict[str, Any]:
    codes = ["read", "search-type", *(["create"] if kind is RESPONSE else [])]
    everything = {"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"}
    return {
        "type": kind.name,
        "interaction": [{"code": code} for code in codes],
        "searchParam": [{"name": name, "type": one.type} for name, one in kind.parameters.items()],
        **({"operation": [everything]} if not kind.path else {}),
    }
