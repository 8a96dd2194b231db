"""Paths under `/fhir/`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, re_path

from config.fhir.everything import Everything
from config.fhir.kinds import KINDS
from config.fhir.metadata import Metadata
from symptoms.fhir.door import UnknownType
from symptoms.fhir.kinds import RESPONSE
from symptoms.fhir.reporting import Responses
from symptoms.fhir.searching import Kind
from symptoms.fhir.views import Read, ReadQuestionnaire, Search, SearchQuestionnaires


def _doors_of(kind: Kind[Any]) -> Iterator[URLPattern]:
    """Where resources of a kind are searched, or taken in, and where one is read."""
    searched = Responses.as_view() if kind is RESPONSE else Search.as_view(kind=kind)
    yield path(kind.name, searched, name=f"fhir-{kind.name}")
    yield path(f"{kind.name}/<str:resource_id>", Read.as_view(kind=kind), name=f"fhir-{kind.name}-read")


urlpatterns = [
    path("metadata", Metadata.as_view(), name="fhir-metadata"),
    path("Questionnaire", SearchQuestionnaires.as_view(), name="fhir-Questionnaire"),
    path("Questionnaire/<str:resource_id>", ReadQuestionnaire.as_view(), name="fhir-Questionnaire-read"),
    *(door for kind in KINDS for door in _doors_of(kind)),
    path("Patient/<uuid:patient_id>/$everything", Everything.as_view(), name="fhir-everything"),
    re_path("", UnknownType.as_view(), name="fhir-unknown"),
]
