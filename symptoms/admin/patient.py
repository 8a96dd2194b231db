"""Patients: enrolling them, letting a phone in, and keeping their particulars."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from symptoms.access_log import shows_no_patient
from symptoms.admin.enrolling import EnrolmentForm
from symptoms.admin.pages import list_url, record_url, show_page
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.clinical.actions import PlanCalendar
from symptoms.courses import ct_warning, set_status
from symptoms.enrolment import issue_activation_code
from symptoms.flow.act import carry_out
from symptoms.flow.episodes import reset_clocks
from symptoms.models import ActivationCode, Consent, Patient, User

CLOCK_FIELDS = frozenset({"time_zone", "quiet_from", "quiet_until"})
STATUS_COLOURS = {"active": "success", "paused": "warning", "withdrawn": "danger", "deceased": "danger"}
RECORDS = {
    "treatmentcourse": "courses",
    "symptomreport": "reports",
    "episode": "episodes",
    "conversation": "conversations",
    "activationcode": "activation codes",
    "consent": "consents",
}


@admin.register(Patient)
class PatientAdmin(ClinicScopedAdmin):
    clinic_path = "clinic"
    changed_by = CLINICIANS
    list_display = ["full_name", "hospital_number", "shown_status", "language", "phone", "created_at"]
    list_filter = ["status", "language"]
    search_fields = ["full_name", "hospital_number"]
    ordering = ["full_name"]
    actions_list = ["enrol"]
    actions_detail = ["new_code"]
    fieldsets = [
        (None, {"fields": ["full_name", "hospital_number", "date_of_birth", "status", "records"]}),
        ("Contact", {"fields": ["email", "phone", "language", "time_zone", "quiet_from", "quiet_until"]}),
        ("Care", {"fields": ["travel_distance_km", "emergency_department", "takes_ace_inhibitor"]}),
    ]
    readonly_fields = ["records"]

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def shown_status(self, patient: Patient) -> str:
        return patient.status

    @display(description="records")
    def records(self, patient: Patient) -> SafeString:
        """Links to the patient's records, each kind in its own list."""
        query = urlencode({"patient__id__exact": str(patient.pk)})
        rows = [(f"{reverse(f'admin:symptoms_{name}_changelist')}?{query}", words) for name, words in RECORDS.items()]
        return format_html_join(" · ", '<a href="{}" class="underline">{}</a>', rows)

    def has_enrol_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Save what was changed on the page and nothing else; clocks and calendar follow."""
        now, changed = timezone.now(), set(form.changed_data)
        with transaction.atomic():
            Patient.objects.select_for_update(no_key=True).get(pk=obj.pk)
            obj.save(update_fields=sorted(changed - {"status"}))
            if changed & CLOCK_FIELDS:
                reset_clocks(obj)
                carry_out([PlanCalendar()], patient=obj, report=None, now=now)
            if "status" in changed:
                set_status(obj, obj.status, now)

    @action(description="Enrol a patient", url_path="enrol", permissions=["enrol"])  # type: ignore[operator]  # the theme misnames its type
    def enrol(self, request: HttpRequest) -> HttpResponse:
        """The form, and after it the page with the activation code, which is shown nowhere else."""
        practitioner = require_practitioner(request)
        shows_no_patient(request)
        form = EnrolmentForm(request.POST if request.method == "POST" else None, practitioner=practitioner)
        enrolment = form.enrol(timezone.now()) if request.method == "POST" else None
        if enrolment is None:
            return show_page(self, request, "form.html", title="Enrol a patient", form=form, back=list_url(self))
        self.log_addition(request, enrolment.patient, "Enrolled.")
        warning = ct_warning(enrolment.course)
        if warning:
            messages.warning(request, warning)
        return self._show_code(request, enrolment.patient, enrolment.activation_code)

    @action(description="New activation code", url_path="new-code", permissions=["enrol"])  # type: ignore[operator]  # the theme misnames its type
    def new_code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST show a new code. Codes that were not used yet stop working."""
        patient = self.get_object(request, object_id)
        if request.method != "POST":
            question = "A new code lets one phone in. A code that was given out before and not used stops working."
            return show_page(
                self,
                request,
                "form.html",
                title="New activation code",
                form=forms.Form(),
                question=question,
                back=record_url(self, patient),
            )
        user = request.user
        assert isinstance(user, User)
        code = issue_activation_code(patient, now=timezone.now(), created_by=user)
        self.log_change(request, patient, "Issued an activation code.")
        return self._show_code(request, patient, code)

    def _show_code(self, request: HttpRequest, patient: Patient, code: str) -> HttpResponse:
        return show_page(
            self,
            request,
            "enrolled.html",
            title="Activation code",
            patient=patient,
            code=code,
            back=record_url(self, patient),
        )


@admin.register(ActivationCode)
class ActivationCodeAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    list_display = ["patient", "created_at", "expires_at", "used_at", "created_by"]
    list_select_related = ["patient", "created_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = ["patient", "created_at", "expires_at", "used_at", "created_by"]


@admin.register(Consent)
class ConsentAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    list_display = ["patient", "text_version", "language", "given_at", "withdrawn_at"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = ["patient", "text_version", "language", "given_at", "recorded_by", "withdrawn_at"]
