"""What patients ask of the whole product: their data, and to be erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.privacy.erasing import asked_for, last_word, pending_of, request_erasure
from config.privacy.exporting import export_bundle, export_page
from symptoms.api.access import patient_of
from symptoms.api.descriptions import DENIED, ERROR, IF_NONE_MATCH, NOT_MODIFIED, if_match
from symptoms.api.etags import refuse_if_changed, respond
from symptoms.api.views import hold_patient
from symptoms.models import Erasure, Patient
from symptoms.models.erasure import ErasureScope

NOT_KEPT = {"Cache-Control": "no-store"}


class BundleOutput(serializers.Serializer[Any]):
    resourceType = serializers.ChoiceField(choices=["Bundle"])  # noqa: N815  (FHIR's name)
    type = serializers.ChoiceField(choices=["collection"])
    timestamp = serializers.DateTimeField()
    entry = serializers.ListField(child=serializers.DictField())


class Export(APIView):
    @extend_schema(
        operation_id="me_export_retrieve",
        responses={200: BundleOutput, **DENIED},
        summary="Everything that is known of the patient, as a FHIR R4 bundle",
    )
    def get(self, request: Request) -> Response:
        """Each row that is kept is one resource; what FHIR has no name for stands in its extensions."""
        return Response(export_bundle(patient_of(request), timezone.now()), headers=NOT_KEPT)


class ExportPage(APIView):
    @extend_schema(
        operation_id="me_export_page_retrieve",
        responses={(200, "text/html"): OpenApiTypes.STR, **DENIED},
        summary="The same as a page to read",
    )
    def get(self, request: Request) -> HttpResponse:
        """In the patient's language, complete in itself."""
        page = export_page(patient_of(request), timezone.now())
        headers = NOT_KEPT | {"Content-Disposition": 'attachment; filename="export.html"'}
        return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)


class ErasureOutput(serializers.Serializer[Any]):
    scope = serializers.ChoiceField(
        choices=[one.value for one in ErasureScope],
        help_text="`contact`: what only the service needs. `record`: what tells who it was, when the law allows it.",
    )
    requested_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()


class ErasureList(serializers.Serializer[Any]):
    results = ErasureOutput(many=True)


CHANGED = "the patient has asked for it or taken it back since, or something has been erased"


class Erasures(APIView):
    @extend_schema(
        operation_id="erasure_list",
        parameters=[IF_NONE_MATCH],
        responses={200: ErasureList, 304: NOT_MODIFIED, **DENIED},
        summary="What is going to be erased, and when",
    )
    def get(self, request: Request) -> Response:
        """The next first; nothing while the patient has not asked."""
        patient = patient_of(request)
        return show_erasures(request, patient, pending_of(patient))

    @extend_schema(
        operation_id="erasure_create",
        request=None,
        parameters=[if_match(CHANGED)],
        responses={202: ErasureList, **DENIED, 412: ERROR},
        summary="Ask to be erased: check-ins and reminders stop at once",
    )
    def post(self, request: Request) -> Response:
        """What only the service needs goes after 14 days, the rest when the law on records allows it.

        Send `If-Match` with the `ETag` of what the patient saw: a call that comes late then undoes no later wish.
        """
        with transaction.atomic():
            patient = hold_patient(patient_of(request))
            if not asked_for(patient):
                refuse_if_changed(request, last_word(patient))
            pending = request_erasure(patient, by=patient.user, now=timezone.now())
        return show_erasures(request, patient, pending, status=202)

    @extend_schema(
        operation_id="erasure_destroy",
        request=None,
        parameters=[if_match(CHANGED)],
        responses={204: None, **DENIED, 412: ERROR},
        summary="Stay: what has not been erased yet is not erased",
    )
    def delete(self, request: Request) -> Response:
        """Check-ins begin again once the patient agrees again."""
        with transaction.atomic():
            patient = hold_patient(patient_of(request))
            if asked_for(patient):
                refuse_if_changed(request, last_word(patient))
            patient.erasures.take_back(timezone.now())
        return Response(status=204)


def show_erasures(request: Request, patient: Patient, erasures: Iterable[Erasure], status: int = 200) -> Response:
    """The erasures; an `If-Match` with this answer's ETag asks whether that is still so."""
    return respond(request, {"results": ErasureOutput(erasures, many=True).data}, last_word(patient), status)
