"""The export of a patient for the administrators of the clinic."""

from __future__ import annotations

from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from config.privacy.exporting import export_bundle, export_page
from symptoms.access_log import record_access
from symptoms.admin.scoping import ADMINISTRATORS, ClinicScopedAdmin
from symptoms.models import Patient
from symptoms.models.access import AccessKind


@require_GET
@staff_member_required
def export(request: HttpRequest, patient_id: UUID, form: str) -> HttpResponse:
    """Everything about a patient of the own clinic, as `json` or `html`, to be saved. It stands in the site's log."""
    if form not in ("json", "html"):
        raise Http404
    pages = admin.site.get_model_admin(Patient)
    assert isinstance(pages, ClinicScopedAdmin), "patients belong to clinics"
    patient = pages.get_object(request, str(patient_id))
    if not pages.may(request, ADMINISTRATORS):
        raise PermissionDenied
    record_access(request, AccessKind.EXPORT, [patient], record=patient)
    now = timezone.now()
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="export.{form}"'}
    if form == "html":
        return HttpResponse(export_page(patient, now), content_type="text/html; charset=utf-8", headers=headers)
    return JsonResponse(export_bundle(patient, now), headers=headers, json_dumps_params={"ensure_ascii": False})
