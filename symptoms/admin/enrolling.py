"""The one page on which a patient is enrolled, and those that show an activation code, once."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
)

from symptoms.admin.acting import page_of, show_page
from symptoms.clinical.terms import MAX_SEVERITY
from symptoms.courses import ct_warning
from symptoms.enrolment import CODE_LIFETIME, enrol_patient
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.course import Regimen
from symptoms.models.fields import LANGUAGES, choices, validate_time_zone
from symptoms.wording import text

NOT_KNOWN: Final = ("", "not known")


def _grades(slot: str) -> list[tuple[str, str]]:
    """The severities 0-4 in the words that patients choose from."""
    words = [(str(grade), f"{grade} - {text('en', f'option.{slot}', str(grade))}") for grade in range(MAX_SEVERITY + 1)]
    return [NOT_KNOWN, *words]


def _read_grade(value: str) -> int | None:
    return int(value) if value else None


def _read_yes_no(value: str) -> bool | None:
    return value == "yes" if value else None


class EnrolmentForm(forms.Form):
    """What a clinic knows of a patient on the day the drug is prescribed."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    full_name = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget)
    hospital_number = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget)
    language = forms.ChoiceField(choices=LANGUAGES, widget=UnfoldAdminSelectWidget)
    time_zone = forms.CharField(
        max_length=64,
        validators=[validate_time_zone],
        help_text="Where the patient lives: days and quiet hours follow it.",
        widget=UnfoldAdminTextInputWidget,
    )
    email = forms.EmailField(required=False, help_text="For reminders.", widget=UnfoldAdminEmailInputWidget)
    phone = forms.CharField(max_length=32, required=False, widget=UnfoldAdminTextInputWidget)
    first_dose_on = forms.DateField(help_text="Day 1.", widget=UnfoldAdminSingleDateWidget)
    regimen = forms.ChoiceField(choices=choices(Regimen), widget=UnfoldAdminSelectWidget)
    starting_dose_mg = forms.DecimalField(
        max_digits=5,
        decimal_places=2,
        help_text="Everolimus in milligrams a day; 10 in the approved regimen (S-20).",
        widget=UnfoldAdminDecimalFieldWidget,
    )
    baseline_ct_on = forms.DateField(
        required=False,
        label="Baseline chest CT made on",
        help_text="Before everolimus starts, for later comparison (S-17).",
        widget=UnfoldAdminSingleDateWidget,
    )
    is_bath_prescribed = forms.TypedChoiceField(
        choices=[NOT_KNOWN, ("yes", "yes"), ("no", "no")],
        coerce=_read_yes_no,
        empty_value=None,
        required=False,
        label="Mouth bath prescribed",
        help_text="Corticosteroid and analgesic, to be started with the first mild sore (S-05).",
        widget=UnfoldAdminSelectWidget,
    )
    baseline_cough = forms.TypedChoiceField(
        choices=_grades("cough.severity"),
        coerce=_read_grade,
        empty_value=None,
        required=False,
        label="Cough before the first dose",
        widget=UnfoldAdminSelectWidget,
    )
    baseline_dyspnea = forms.TypedChoiceField(
        choices=_grades("dyspnea.severity"),
        coerce=_read_grade,
        empty_value=None,
        required=False,
        label="Shortness of breath before the first dose",
        widget=UnfoldAdminSelectWidget,
    )

    def clean_form_id(self) -> uuid.UUID:
        """The patient's future id, so that a form that is sent twice enrols once."""
        form_id: uuid.UUID = self.cleaned_data["form_id"]
        if Patient.objects.filter(pk=form_id).exists():
            raise ValidationError("This form has been sent before, and the patient is enrolled.")
        return form_id


def blank_form(clinic: Clinic) -> EnrolmentForm:
    """The form with what holds for most patients of the clinic."""
    return EnrolmentForm(
        initial={
            "form_id": uuid.uuid4(),
            "language": clinic.language,
            "time_zone": clinic.time_zone,
            "regimen": Regimen.BOLERO_2.value,
            "starting_dose_mg": 10,
        }
    )


def enrol_from(data: dict[str, Any], practitioner: Practitioner) -> tuple[Patient, str, list[str]]:
    """Enrol as the form says; returns the patient, the activation code, and what is still amiss."""
    known = dict(data)
    enrolment = enrol_patient(
        clinic=practitioner.clinic,
        patient_id=known.pop("form_id"),
        now=timezone.now(),
        enrolled_by=practitioner.user,
        **known,
    )
    warning = ct_warning(enrolment.course)
    return enrolment.patient, enrolment.activation_code, [warning] if warning else []


def show_code(
    admin: ModelAdmin, request: HttpRequest, patient: Patient, code: str, *, title: str, warnings: list[str]
) -> HttpResponse:
    """The page with the code: the only place where it can ever be read."""
    return show_page(
        admin,
        request,
        "symptoms/activation_code.html",
        title=title,
        back=page_of(patient),
        explanation=str(patient),
        warnings=warnings,
        code=code,
        expires_at=timezone.now() + CODE_LIFETIME,
    )
