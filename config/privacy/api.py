"""What patients ask of the whole product: their data, and to be erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.privacy.erasing import pending_of, request_erasure
from config.privacy.exporting import export_bundle, export_page
from symptoms.api.access import patient_of
from symptoms.api.descriptions import DENIED
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


class Erasures(APIView):
    @extend_schema(
        operation_id="erasure_list",
        responses={200: ErasureList, **DENIED},
        summary="What is going to be erased, and when",
    )
    def get(self, request: Request) -> Response:
        """The next first; nothing while the patient has not asked."""
        return Response({"results": ErasureOutput(pending_of(patient_of(request)), many=True).data})

    @extend_schema(
        operation_id="erasure_create",
        request=None,
        responses={202: ErasureList, **DENIED},
        summary="Ask to be erased: check-ins and reminders stop at once",
    )
    def post(self, request: Request) -> Response:
        """What only the service needs goes after 14 days, the rest when the law on records allows it."""
        patient = patient_of(request)
        pending = request_erasure(patient, by=patient.user, now=timezone.now())
        return Response({"results": ErasureOutput(pending, many=True).data}, status=202)

    @extend_schema(
        operation_id="erasure_destroy",
        request=None,
        responses={204: None, **DENIED},
        summary="Stay: what has not been erased yet is not erased",
    )
    def delete(self, request: Request) -> Response:
        """Check-ins begin again once the patient agrees again."""
        patient_of(request).erasures.take_back(timezone.now())
        return Response(status=204)
