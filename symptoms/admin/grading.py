"""The forms in which a clinician gives a CTCAE grade and takes one back, and the list of those that were given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from symptoms.admin.moments import write_moment
from symptoms.admin.once import OnceForm, answers_of, do_once, say_sent_before
from symptoms.admin.pages import record_url, show_page
from symptoms.admin.said import Said
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.admin.words import said_choices, say
from symptoms.clinical.calendar import local_date
from symptoms.courses import FURTHEST_BACK
from symptoms.models import CtcaeGrade, CtcaeGradeTakenBack, Episode, Patient, Practitioner, SymptomReport
from symptoms.models.grade import MAX_CTCAE_GRADE, CtcaeTerm, CtcaeVersion
from symptoms.models.patient import PatientStatus

HIGHEST_COUGH = 3
"""CTCAE 4.03 and 5.0 have no grade of cough above 3."""

MOST_OFFERED = 20

NAME_NOBODY_ELSE = _("Name no other patient: this one may read it in a copy of the record.")
"""Beside the reason for which something that was meant for somebody else is taken back."""


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


class TakeBackGradeForm(OnceForm):
    """Why a grade is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=widgets.UnfoldAdminTextInputWidget, help_text=NAME_NOBODY_ELSE
    )


def take_back_grade(grade: CtcaeGrade, by: Practitioner, reason: str, now: datetime) -> bool:
    """The grade was recorded by mistake, such as for the wrong patient: it stays to be read, and counts no more.

    An earlier one of the same adverse event and day that stands counts again. False: it was taken back before.
    """
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True, of=("self",)).get(pk=grade.patient_id)
        _taken, is_new = CtcaeGradeTakenBack.objects.get_or_create(
            grade=grade, defaults={"reason": reason, "taken_back_by": by, "taken_back_at": now}
        )
        return is_new


def words_of_taking_back(grade: CtcaeGrade) -> str:
    """Who took a grade back, when by the clinic's clocks, and why; "" for one that stands."""
    if grade.is_standing:
        return ""
    taken = grade.taken_back
    when = write_moment(taken.taken_back_at, grade.patient.clinic.zone)
    return f"{when}, {taken.taken_back_by}: {taken.reason}"


@admin.register(CtcaeGrade)
class CtcaeGradeAdmin(ClinicScopedAdmin):
    """All grades of the clinic. They are given on the page of the patient, and never changed; one may be taken back."""

    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["graded_on", "patient", "shown_term", "shown_grade", "version", "graded_by", "graded_at"]
    list_filter = ["term", "version"]
    list_select_related = ["patient__clinic", "graded_by__user", "taken_back"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-graded_on", "-graded_at"]
    actions_detail = ["take_back"]
    fields = readonly_fields = [
        "patient", "shown_term", "shown_grade", "was_taken_back", "version", "graded_on", "report", "episode", "note",
        "graded_by", "graded_at",
    ]  # fmt: skip

    @display(description=_("adverse event"), ordering="term")
    def shown_term(self, grade: CtcaeGrade) -> str:
        return say(grade.term)

    @display(description=_("grade"), ordering="grade")
    def shown_grade(self, grade: CtcaeGrade) -> str:
        return str(grade.grade) if grade.is_standing else gettext("%(grade)d, taken back") % {"grade": grade.grade}

    @display(description=pgettext_lazy("grade", "taken back"))
    def was_taken_back(self, grade: CtcaeGrade) -> str:
        """Who took it back, when and why; the page strikes such a grade through."""
        words = words_of_taking_back(grade)
        return format_html('<b class="taken-back">{}</b>', words) if words else "–"

    def get_actions_detail(self, request: HttpRequest, object_id: Any = None) -> list[Any]:
        """Only what stands can be taken back."""
        is_standing = self.get_queryset(request).standing().filter(pk=object_id).exists()
        return super().get_actions_detail(request, object_id) if is_standing else []

    def has_take_back_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description=_("Take the grade back"), url_path="take-back", permissions=["take_back"])
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, and on POST take the grade back in the name of the person who is signed in."""
        grade: CtcaeGrade = self.get_object(request, object_id)
        form = TakeBackGradeForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            question = gettext(
                "For a grade that was recorded by mistake, such as for the wrong patient. It stays to be read, with "
                "who took it back, when and why, and counts no more: not on the chart, and not in print."
            )
            page: dict[str, Any] = {"form": form, "question": question, "record": grade}
            title, back = gettext("Take the grade back"), record_url(self, grade)
            return show_page(self, request, "form.html", title=title, back=back, patient=grade.patient, **page)

        def carry_out() -> bool:
            if not take_back_grade(grade, require_practitioner(request), form.cleaned_data["reason"], timezone.now()):
                self.record_view(request, grade)
                messages.error(request, gettext("This grade was taken back before."))
                return False
            said = Said(gettext_noop("The grade is taken back, and counts no more."))
            kept = Said(gettext_noop("%(said)s Reason: %(reason)s"), said=said, reason=form.cleaned_data["reason"])
            self.log_change(request, grade, kept)
            messages.success(request, str(said))
            return True

        if do_once(request, carry_out):
            say_sent_before(request)
        return HttpResponseRedirect(record_url(self, grade))
