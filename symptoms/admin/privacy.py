"""Pages of who reports in a patient's name, of corrections, and of erasures."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from symptoms.admin.answers import question_in_words
from symptoms.admin.handing_over import show_code
from symptoms.admin.pages import record_url
from symptoms.admin.reading import show_answers
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import display
from symptoms.carers import MOST_CARERS, invite_carer, revoke_carer
from symptoms.clinical.answers import InvalidAnswers, validate_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Slot
from symptoms.flow.amend import amend_report
from symptoms.models import Amendment, Carer, Erasure
from symptoms.models.amendment import AmendmentReason
from symptoms.models.report import ReportStatus


class CarerForm(forms.ModelForm[Carer]):
    """Whom the clinic lets report in a patient's name, as the patient wishes."""

    class Meta:
        model = Carer
        fields = ["patient", "name"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        patient = given.get("patient")
        if patient is not None and patient.carers.in_force().count() >= MOST_CARERS:
            raise ValidationError(_("This patient has as many carers as there may be. End one of them first."))
        return given


@admin.register(Carer)
class CarerAdmin(ClinicScopedAdmin):
    """Carers in force and former ones. A new one gets a code for her device, which is shown once."""

    clinic_path = "patient__clinic"
    added_by = CLINICIANS
    form = CarerForm
    list_display = ["patient", "name", "invited_at", "invited_by", "revoked_at", "revoked_by"]
    list_select_related = ["patient", "invited_by", "revoked_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = ["patient", "name"]
    autocomplete_fields = ["patient"]
    actions = ["end"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        by = require_practitioner(request).user
        carer, code = invite_carer(obj.patient, name=obj.name, now=timezone.now(), by=by)
        obj.pk = carer.pk
        obj.refresh_from_db()
        request.activation_code = code  # type: ignore[attr-defined]  # shown by response_add, kept nowhere

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        code: str = request.activation_code  # type: ignore[attr-defined]  # set by save_model
        return show_code(self, request, code, for_whom=obj.name, back=record_url(self, obj))

    @admin.action(description=gettext_lazy("End the selected carers"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[Carer]) -> None:
        by = require_practitioner(request).user
        for carer in queryset.select_related("patient"):
            revoke_carer(carer, now=timezone.now(), by=by)
            self.log_change(request, carer, "Ended.")
        self.message_user(request, _("They report no more, and their devices are signed out."))

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self.may(request, CLINICIANS)


def _slots() -> list[tuple[str, str]]:
    """The questions, in the words of the reader's language."""
    return [("", "---------"), *((slot.value, question_in_words(slot)) for slot in Slot)]


def read_value(typed: str) -> Any:
    """What stands for a stored answer: a number, a list or a truth as JSON has it, else the text itself."""
    try:
        return json.loads(typed)
    except ValueError:
        return typed


class AmendmentForm(forms.ModelForm[Amendment]):
    """What a clinician puts right in a report: one answer, a remark, or both."""

    slot = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=_slots, required=False, widget=UnfoldAdminSelectWidget
    )
    value = forms.CharField(
        label=gettext_lazy("Right value"),
        required=False,
        strip=True,
        max_length=2000,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("A number, a day such as 2026-11-07, or a word such as yes or unknown."),
    )

    class Meta:
        model = Amendment
        fields = ["report", "reason", "note"]

    @property
    def answers(self) -> dict[str, Any]:
        """Slot to right value, as given."""
        slot = self.cleaned_data.get("slot")
        return {slot: read_value(self.cleaned_data.get("value", ""))} if slot else {}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        report = given.get("report")
        if report is not None and report.status == ReportStatus.IN_PROGRESS:
            raise ValidationError({"report": _("This check-in is not over yet.")})
        has_value, has_note = bool(given.get("value")), bool((given.get("note") or "").strip())
        if bool(given.get("slot")) is not has_value or not (has_value or has_note):
            raise ValidationError(_("Choose an answer and give its value, or write a remark."))
        if report is not None and given.get("slot"):
            try:
                validate_answers(self.answers, local_date(report.received_at, report.patient.zone))
            except InvalidAnswers as refusal:
                raise ValidationError({"value": " ".join(refusal.errors.values())}) from refusal
        return given


@admin.register(Amendment)
class AmendmentAdmin(ClinicScopedAdmin):
    """Corrections of reports. The report stays as it was filed."""

    clinic_path = "report__patient__clinic"
    added_by = CLINICIANS
    form = AmendmentForm
    list_display = ["report", "reason", "author", "amended_at"]
    list_select_related = ["report", "author"]
    search_fields = ["report__patient__full_name", "report__patient__hospital_number"]
    fields = ["report", "reason", "slot", "value", "note"]
    autocomplete_fields = ["report"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["report", "reason", "shown_answers", "note", "author", "carer", "amended_at"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["shown_answers"] if obj else []

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page of a new correction is headed by whose report it is, once one is chosen."""
        form = context["adminform"].form
        if "report" in form.fields:
            with suppress(ValidationError):
                report = form.fields["report"].clean(form["report"].value())
                context["title"] = _("Correct an answer: %(patient)s") % {"patient": report.patient.full_name}
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("answers"))
    def shown_answers(self, amendment: Amendment) -> SafeString | str:
        return show_answers(amendment.answers)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        amend_report(
            obj.report,
            reason=AmendmentReason(obj.reason),
            answers=form.answers,
            note=obj.note,
            author=require_practitioner(request).user,
            client_id=obj.client_id,
            now=timezone.now(),
        )
        obj.pk = Amendment.objects.get(report=obj.report, client_id=obj.client_id).pk
        obj.refresh_from_db()


@admin.register(Erasure)
class ErasureAdmin(ClinicScopedAdmin):
    """What was asked to be erased, when it is due, and what was done."""

    clinic_path = "patient__clinic"
    list_display = ["patient", "scope", "requested_at", "requested_by", "due_at", "cancelled_at", "done_at"]
    list_select_related = ["patient", "requested_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = [
        "patient",
        "scope",
        "requested_at",
        "requested_by",
        "due_at",
        "cancelled_at",
        "done_at",
        "log",
    ]
