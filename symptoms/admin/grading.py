"""The form in which a clinician gives a CTCAE grade, and the list of those that were given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from symptoms.admin.once import OnceForm, answers_of
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin
from symptoms.admin.theme import display
from symptoms.admin.words import said_choices, say
from symptoms.clinical.calendar import local_date
from symptoms.courses import FURTHEST_BACK
from symptoms.models import CtcaeGrade, Episode, Patient, Practitioner, SymptomReport
from symptoms.models.grade import MAX_CTCAE_GRADE, CtcaeTerm, CtcaeVersion
from symptoms.models.patient import PatientStatus

HIGHEST_COUGH = 3
"""CTCAE 4.03 and 5.0 have no grade of cough above 3."""

MOST_OFFERED = 20


class GradeForm(OnceForm):
    """One grade of one adverse event, with the version of CTCAE, perhaps about one report or one episode."""

    term = forms.ChoiceField(
        label=_("Adverse event"),
        choices=[("", "---------"), *said_choices(CtcaeTerm)],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=[("", "---------"), *((str(one), str(one)) for one in range(1, 6))], coerce=int,
        widget=widgets.UnfoldAdminSelectWidget,
    )  # fmt: skip
    version = forms.ChoiceField(
        label=_("CTCAE version"), choices=said_choices(CtcaeVersion), widget=widgets.UnfoldAdminSelectWidget,
        initial=CtcaeVersion.V5_0.value,
    )  # fmt: skip
    graded_on = forms.DateField(label=_("As seen on"), widget=widgets.UnfoldAdminSingleDateWidget)
    report: forms.ModelChoiceField[SymptomReport] = forms.ModelChoiceField(
        label=_("About the report"), queryset=None, required=False, widget=widgets.UnfoldAdminSelectWidget
    )
    episode: forms.ModelChoiceField[Episode] = forms.ModelChoiceField(
        label=_("or about the episode"), queryset=None, required=False, widget=widgets.UnfoldAdminSelectWidget
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=widgets.UnfoldAdminTextInputWidget)

    def __init__(self, data: Any = None, *, patient: Patient, now: datetime, initial: dict[str, Any]) -> None:
        self._today = local_date(now, patient.zone)
        super().__init__(data, initial={"graded_on": self._today, **initial})
        latest = patient.reports.order_by("-received_at").values("pk")[:MOST_OFFERED]
        self.fields["report"].queryset = patient.reports.filter(pk__in=latest).order_by("-received_at")
        self.fields["episode"].queryset = patient.episodes.order_by("-opened_at")
        self._patient, self._now = patient, now

    def clean_graded_on(self) -> Any:
        on = self.cleaned_data["graded_on"]
        if on > self._today:
            raise forms.ValidationError(_("This day is still ahead."))
        if on < self._today - FURTHEST_BACK:
            raise forms.ValidationError(_("Give a day within the last ten years."))
        return on

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("report") and given.get("episode"):
            self.add_error("episode", _("A grade is about a report or about an episode, not both."))
        if given.get("term") == CtcaeTerm.COUGH and given.get("grade", 0) > HIGHEST_COUGH:
            self.add_error("grade", _("CTCAE has no grade of cough above 3."))
        elif given.get("grade") == MAX_CTCAE_GRADE and self._patient.status != PatientStatus.DECEASED:
            self.add_error("grade", _("Grade 5 is death. If the patient has died, set the status first."))
        return given

    def give(self, by: Practitioner) -> CtcaeGrade:
        """Write the grade down in the name of who gave it. Nothing that was computed changes."""
        return CtcaeGrade.objects.create(patient=self._patient, graded_by=by, graded_at=self._now, **answers_of(self))


@admin.register(CtcaeGrade)
class CtcaeGradeAdmin(ClinicScopedAdmin):
    """All grades of the clinic. They are given on the page of the patient, and never changed."""

    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["graded_on", "patient", "shown_term", "grade", "version", "graded_by", "graded_at"]
    list_filter = ["term", "version"]
    list_select_related = ["patient", "graded_by__user"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-graded_on", "-graded_at"]
    fields = readonly_fields = [
        "patient", "shown_term", "grade", "version", "graded_on", "report", "episode", "note", "graded_by", "graded_at",
    ]  # fmt: skip

    @display(description=_("adverse event"), ordering="term")
    def shown_term(self, grade: CtcaeGrade) -> str:
        return say(grade.term)
