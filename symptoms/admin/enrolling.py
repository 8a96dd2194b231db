"""The form that a practitioner fills in to enrol a patient."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from symptoms.admin.moments import date_forms_lazily
from symptoms.admin.pages import add_problems
from symptoms.admin.particulars import check_birth, check_somebodys
from symptoms.admin.words import said_choices
from symptoms.clinical.terms import MAX_SEVERITY
from symptoms.enrolment import Enrolment, check_enrolment, enrol_patient
from symptoms.finding import same_person
from symptoms.models import Patient, Practitioner, TreatmentCourse
from symptoms.models.course import Regimen
from symptoms.models.fields import LANGUAGES, validate_dialable, validate_time_zone

SEVERITIES = [("", _("not known")), *((str(severity), str(severity)) for severity in range(MAX_SEVERITY + 1))]
ASKED_ONLY: Final = ("is_another", "is_without_number")
"""What the form asks to be sure, and nothing keeps."""

GROUPS: Final[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
    (_("Who"), ("full_name", "hospital_number", "date_of_birth", "language", "time_zone")),
    (
        _("How to reach them"),
        ("phone", "email", "carer_name", "carer_phone", "is_without_number", "travel_distance_km"),
    ),
    (
        _("Treatment"),
        ("first_dose_on", "regimen", "starting_dose_mg", "is_bath_prescribed", "baseline_ct_on", "takes_ace_inhibitor"),
    ),
    (_("Before day 1"), ("baseline_cough", "baseline_dyspnea")),
)

OF_PATIENT: Final = {*GROUPS[0][1], *GROUPS[1][1], "takes_ace_inhibitor"} - {"is_without_number"}
OF_COURSE: Final = {*GROUPS[2][1], *GROUPS[3][1]} - OF_PATIENT


def _severity(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SEVERITIES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=widgets.UnfoldAdminSelectWidget,
        help_text=_("PRO-CTCAE severity 0-4. Not known: any cough or breathlessness counts as new."),
    )


def _words(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=widgets.UnfoldAdminTextInputWidget, **more)


class EnrolmentForm(forms.Form):
    """Everything that is asked when a patient starts. What does not fit is said beside its field."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    is_another = forms.BooleanField(
        label=_("This is another person"), required=False, widget=widgets.UnfoldBooleanWidget
    )
    full_name = _words(_("Full name"), 200)
    hospital_number = _words(_("Hospital number"), 40, required=False)
    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text=date_forms_lazily(),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=widgets.UnfoldAdminSelectWidget)
    time_zone = _words(
        _("Time zone"),
        64,
        validators=[validate_time_zone],
        help_text=_("Where the patient lives, such as Europe/Brussels."),
    )
    phone = _words(_("Telephone"), 32, required=False, validators=[validate_dialable])
    email = forms.EmailField(label=_("E-mail"), required=False, widget=widgets.UnfoldAdminEmailInputWidget)
    carer_name = _words(
        _("Carer"), 200, required=False, help_text=_("Who may answer in the patient's place, if anybody.")
    )
    carer_phone = _words(_("Carer's telephone"), 32, required=False, validators=[validate_dialable])
    is_without_number = forms.BooleanField(
        label=_("No number known"),
        required=False,
        widget=widgets.UnfoldBooleanWidget,
        help_text=_("Neither the patient nor a carer has a telephone: in an emergency nobody can be rung."),
    )
    travel_distance_km = forms.IntegerField(
        label=_("From home to the clinic (km)"),
        required=False,
        min_value=0,
        max_value=20_000,
        widget=widgets.UnfoldAdminIntegerFieldWidget,
    )
    first_dose_on = forms.DateField(
        label=_("First dose on"),
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text=format_lazy("{} {}", _("Day 1 of the course."), date_forms_lazily()),
    )
    regimen = forms.ChoiceField(
        label=_("Regimen"),
        choices=said_choices(Regimen),
        initial=Regimen.BOLERO_2.value,
        widget=widgets.UnfoldAdminSelectWidget,
    )
    starting_dose_mg = forms.DecimalField(
        label=_("Starting dose (mg daily)"),
        max_digits=5,
        decimal_places=2,
        initial=10,
        widget=widgets.UnfoldAdminDecimalFieldWidget,
        help_text=_("10 mg daily in the approved regimen (S-07, S-20)."),
    )
    is_bath_prescribed = forms.NullBooleanField(
        label=_("Mouth bath prescribed"), widget=widgets.UnfoldAdminNullBooleanSelectWidget
    )
    baseline_ct_on = forms.DateField(
        label=_("Baseline chest CT on"),
        required=False,
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text=format_lazy(
            "{} {}", _("Made before everolimus starts, for later comparison (S-17)."), date_forms_lazily()
        ),
    )
    takes_ace_inhibitor = forms.NullBooleanField(
        label=_("Takes an ACE inhibitor"),
        widget=widgets.UnfoldAdminNullBooleanSelectWidget,
        help_text=_("Raises the risk of angioedema."),
    )
    baseline_cough = _severity(_("Cough before treatment"))
    baseline_dyspnea = _severity(_("Breathlessness before treatment"))

    def __init__(self, data: Any = None, *, practitioner: Practitioner) -> None:
        clinic = practitioner.clinic
        initial = {"form_id": uuid.uuid4(), "language": clinic.language, "time_zone": clinic.time_zone}
        super().__init__(data, initial=initial)
        self._practitioner = practitioner

    def groups(self) -> Iterator[tuple[Promise, list[forms.BoundField]]]:
        """The fields as they stand on the page, group by group."""
        return ((title, [self[name] for name in names]) for title, names in GROUPS)

    def clean_date_of_birth(self) -> date | None:
        born: date | None = self.cleaned_data["date_of_birth"]
        if born is not None:
            check_birth(born)
        return born

    def clean_phone(self) -> str:
        return self._somebodys(self.cleaned_data["phone"])

    def clean_carer_phone(self) -> str:
        return self._somebodys(self.cleaned_data["carer_phone"])

    def _somebodys(self, number: str) -> str:
        if number:
            check_somebodys(number)
        return number

    def clean(self) -> dict[str, Any]:
        """A form that is sent twice enrols once: its id becomes the patient's."""
        form_id = self.cleaned_data.get("form_id")
        if form_id and Patient.objects.filter(pk=form_id).exists():
            raise ValidationError(_("This form has been sent before, and the patient is enrolled."))
        numbers = ("phone", "carer_phone")
        is_given = any(self.cleaned_data.get(name) or name in self.errors for name in numbers)
        if not is_given and not self.cleaned_data.get("is_without_number"):
            self.add_error("phone", _("Give a number of the patient or of a carer, or tick “No number known”."))
        self._say_all_at_once()
        return self.cleaned_data

    def _say_all_at_once(self) -> None:
        """What enrolling would refuse is said in the same round as what the form refuses."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        needed = {"full_name", "time_zone", "language", "first_dose_on", "starting_dose_mg"}
        if not needed <= given.keys():
            return
        patient = Patient(clinic=self._practitioner.clinic, **{one: given[one] for one in OF_PATIENT if one in given})
        course = TreatmentCourse(patient=patient, **{one: given[one] for one in OF_COURSE if one in given})
        try:
            check_enrolment(patient, course, timezone.now())
        except ValidationError as problems:
            found = {one: said for one, said in problems.error_dict.items() if one not in self.errors}
            if found:
                add_problems(self, ValidationError(found))

    @cached_property
    def alike(self) -> list[Patient]:
        """Patients who may be the one on the form; none once somebody has said that it is another."""
        given = self.cleaned_data
        if given.get("is_another") or not given.get("full_name"):
            return []
        number, born = given.get("hospital_number", ""), given.get("date_of_birth")
        clinic, name = self._practitioner.clinic, given["full_name"]
        return same_person(clinic, full_name=name, hospital_number=number, date_of_birth=born)

    def enrol(self, now: datetime) -> Enrolment | None:
        """Enrol the patient at the practitioner's clinic; None when the form shows why not, or who it may be."""
        if not self.is_valid() or self.alike:
            return None
        practitioner = self._practitioner
        try:
            given = {name: value for name, value in self.cleaned_data.items() if name not in ASKED_ONLY}
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
