"""The form that a practitioner fills in to enrol a patient."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold import widgets

from symptoms.admin.pages import add_problems
from symptoms.clinical.terms import MAX_SEVERITY
from symptoms.enrolment import Enrolment, enrol_patient
from symptoms.models import Patient, Practitioner
from symptoms.models.course import Regimen
from symptoms.models.fields import LANGUAGES, choices, validate_dialable, validate_time_zone

SEVERITIES = [("", "not known"), *((str(severity), str(severity)) for severity in range(MAX_SEVERITY + 1))]


def _severity(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SEVERITIES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=widgets.UnfoldAdminSelectWidget,
        help_text="Severity 0-4 before day 1.",
    )


class EnrolmentForm(forms.Form):
    """Everything that is asked when a patient starts. What does not fit is said beside its field."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    full_name = forms.CharField(max_length=200, widget=widgets.UnfoldAdminTextInputWidget)
    hospital_number = forms.CharField(max_length=40, required=False, widget=widgets.UnfoldAdminTextInputWidget)
    language = forms.ChoiceField(choices=LANGUAGES, widget=widgets.UnfoldAdminSelectWidget)
    time_zone = forms.CharField(
        max_length=64,
        validators=[validate_time_zone],
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Where the patient lives, such as Europe/Brussels.",
    )
    email = forms.EmailField(required=False, widget=widgets.UnfoldAdminEmailInputWidget)
    phone = forms.CharField(
        max_length=32, required=False, validators=[validate_dialable], widget=widgets.UnfoldAdminTextInputWidget
    )
    first_dose_on = forms.DateField(
        label="First dose on", widget=widgets.UnfoldAdminSingleDateWidget, help_text="Day 1 of the course."
    )
    regimen = forms.ChoiceField(
        choices=choices(Regimen), initial=Regimen.BOLERO_2.value, widget=widgets.UnfoldAdminSelectWidget
    )
    starting_dose_mg = forms.DecimalField(
        label="Starting dose (mg daily)",
        max_digits=5,
        decimal_places=2,
        initial=10,
        widget=widgets.UnfoldAdminDecimalFieldWidget,
    )
    baseline_ct_on = forms.DateField(
        label="Baseline chest CT on", required=False, widget=widgets.UnfoldAdminSingleDateWidget
    )
    is_bath_prescribed = forms.NullBooleanField(
        label="Mouth bath prescribed", widget=widgets.UnfoldAdminNullBooleanSelectWidget
    )
    baseline_cough = _severity("Cough before treatment")
    baseline_dyspnea = _severity("Breathlessness before treatment")

    def __init__(self, data: Any = None, *, practitioner: Practitioner) -> None:
        clinic = practitioner.clinic
        initial = {"form_id": uuid.uuid4(), "language": clinic.language, "time_zone": clinic.time_zone}
        super().__init__(data, initial=initial)
        self._practitioner = practitioner

    def clean(self) -> dict[str, Any]:
        """A form that is sent twice enrols once: its id becomes the patient's."""
        form_id = self.cleaned_data.get("form_id")
        if form_id and Patient.objects.filter(pk=form_id).exists():
            raise ValidationError("This form has been sent before, and the patient is enrolled.")
        return self.cleaned_data

    def enrol(self, now: datetime) -> Enrolment | None:
        """Enrol the patient at the practitioner's clinic; None when the form shows why not."""
        if not self.is_valid():
            return None
        practitioner = self._practitioner
        try:
            given = dict(self.cleaned_data)
            return enrol_patient(
                clinic=practitioner.clinic,
                enrolled_by=practitioner.user,
                patient_id=given.pop("form_id"),
                now=now,
                **given,
            )
        except ValidationError as problems:
            add_problems(self, problems)
            return None
