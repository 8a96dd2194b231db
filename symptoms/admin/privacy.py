"""Pages of who reports in a patient's name, of corrections, and of erasures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from symptoms.admin.handing_over import show_code
from symptoms.admin.pages import record_url
from symptoms.admin.reading import show_answers
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import display
from symptoms.admin.words import say
from symptoms.carers import MOST_CARERS, invite_carer, revoke_carer
from symptoms.models import Amendment, Carer, Erasure
from symptoms.models.patient import NO_LONGER_FOLLOWED


class CarerForm(forms.ModelForm[Carer]):
    """Whom the clinic lets report in a patient's name, as the patient wishes."""

    class Meta:
        model = Carer
        fields = ["patient", "name"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        patient = given.get("patient")
        if patient is not None and patient.status in NO_LONGER_FOLLOWED:
            raise ValidationError(
                _("This patient is %(status)s: no phone is let in. To go on, set the status to active first.")
                % {"status": say(patient.status)}
            )
        if patient is not None and patient.carers.in_force().count() >= MOST_CARERS:
            raise ValidationError(_("This patient has as many carers as there may be. End one of them first."))
        return given


class EndCarersForm(forms.Form):
    """Sends a selection of the list once more, with the word that it is meant."""

    action = forms.CharField(widget=forms.HiddenInput)
    is_sure = forms.BooleanField(widget=forms.HiddenInput, initial="1")
    _selected_action = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)


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
    def end(self, request: HttpRequest, queryset: QuerySet[Carer]) -> HttpResponse | None:
        """Asks first, naming everybody; then ends those and no others."""
        by = require_practitioner(request).user
        carers = list(Carer.objects.in_force().filter(pk__in=queryset).select_related("patient"))
        if "is_sure" not in request.POST and carers:
            return self._ask_whom_to_end(request, carers)
        for carer in carers:
            revoke_carer(carer, now=timezone.now(), by=by)
            self.log_change(request, carer, gettext_noop("Ended."))
        self.message_user(request, _("They report no more, and their devices are signed out."))
        return None

    def _ask_whom_to_end(self, request: HttpRequest, carers: Sequence[Carer]) -> HttpResponse:
        """They report in their patients' names: that they no longer can is seen nowhere but by themselves."""
        names = ", ".join(f"{carer.name} ({carer.patient})" for carer in carers)
        question = _("%(names)s: they report no more, and their devices are signed out.") % {"names": names}
        form = EndCarersForm(initial={"action": "end", ACTION_CHECKBOX_NAME: [carer.pk for carer in carers]})
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("End the selected carers"),
            "question": question,
            "form": form,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/symptoms/form.html", context)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self.may(request, CLINICIANS)


@admin.register(Amendment)
class AmendmentAdmin(ClinicScopedAdmin):
    """Corrections of reports, which are made on the page of the report. The report stays as it was filed."""

    clinic_path = "report__patient__clinic"
    list_display = ["report", "reason", "author", "amended_at"]
    list_select_related = ["report", "author"]
    search_fields = ["report__patient__full_name", "report__patient__hospital_number"]
    fields = readonly_fields = ["report", "reason", "shown_answers", "note", "author", "carer", "amended_at"]

    @display(description=gettext_lazy("answers"))
    def shown_answers(self, amendment: Amendment) -> SafeString | str:
        return show_answers(amendment.answers)


@admin.register(Erasure)
class ErasureAdmin(ClinicScopedAdmin):
    """What was asked to be erased, when it is due, and what was done."""

    clinic_path = "patient__clinic"
    list_display = ["patient", "scope", "requested_at", "who_asked", "due_at", "cancelled_at", "done_at"]
    list_select_related = ["patient", "requested_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = [
        "patient",
        "scope",
        "requested_at",
        "who_asked",
        "due_at",
        "cancelled_at",
        "done_at",
        "log",
    ]

    @display(description=gettext_lazy("requested by"), ordering="requested_by")
    def who_asked(self, erasure: Erasure) -> str:
        """The patient, or somebody by name; nobody asks for what is erased because its time has passed."""
        if erasure.requested_by_id == erasure.patient.user_id:
            return _("the patient")
        by = erasure.requested_by
        return (by.get_full_name() or by.get_username()) if by else "–"
