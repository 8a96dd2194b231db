"""`Patient/{id}/$everything`: a whole record in one answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from config.fhir.kinds import KINDS
from symptoms.fhir.access import own_rows
from symptoms.fhir.door import FhirDoor, bundle_of
from symptoms.fhir.kinds import PATIENT
from symptoms.models import Patient
from symptoms.models.access import AccessKind


class Everything(FhirDoor):
    """All resources about a patient that a search would find, on one page: a few queries for each kind."""

    def get(self, request: Request, patient_id: uuid.UUID) -> Response:
        patient = get_object_or_404(own_rows(request, Patient.objects.all(), PATIENT.path), pk=patient_id)
        found: list[dict[str, Any]] = []
        for kind in KINDS:
            rows = kind.rows().filter(kind.listed, **{kind.path or "pk": patient.pk})
            for row in rows.order_by(f"-{kind.sorted_by}", "-pk"):
                found += kind.resources_of(row)
        self.record(AccessKind.EXPORT, [patient], record=patient)
        return Response(bundle_of(request, found, {"self": request.build_absolute_uri(request.path)}))
