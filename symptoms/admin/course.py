"""Courses of treatment with their dose log. Lines of the log are added and never changed."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import PaginationInlineFormSet
from unfold.widgets import UnfoldBooleanWidget

from symptoms.admin.moments import write_day
from symptoms.admin.overview.treatment import dose_now, written_dose
from symptoms.admin.pages import add_problems
from symptoms.admin.scoping import CLINICIANS, ClinicForm, ClinicScopedAdmin, ClinicScopedTabularInline
from symptoms.admin.theme import display
from symptoms.admin.words import said_choices, say
from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.calendar import local_date
from symptoms.clinical.dosing import DoseEventKind, DoseLine, DoseReason
from symptoms.courses import (
    check_course,
    check_dose_event,
    ct_warning,
    earlier_stomatitis_interruptions,
    move_first_dose,
    record_dose_event,
    start_notice,
)
from symptoms.flow.act import carry_out
from symptoms.models import DoseEvent, Patient, TreatmentCourse, User
from symptoms.models.course import Regimen
from symptoms.models.patient import PatientStatus

COMPUTED = ("day_15", "ended_on", "present_dose", "interruptions")
"""What the page of a course says and nobody types in."""


LABELS: Final = {
    "starting_dose_mg": gettext_lazy("Starting dose (mg daily)"),
    "first_dose_on": gettext_lazy("First dose on"),
    "baseline_ct_on": gettext_lazy("Baseline chest CT on"),
    "is_bath_prescribed": gettext_lazy("Mouth bath prescribed"),
    "baseline_cough": gettext_lazy("Cough before treatment"),
    "baseline_dyspnea": gettext_lazy("Breathlessness before treatment"),
}


class DoseField(forms.DecimalField):
    """Milligrams, written without the zeros that say nothing."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else value


class IsOverField(forms.BooleanField):
    """Is asked, and kept nowhere; `short_description` is its name on rows that are only read."""

    short_description = gettext_lazy("Treatment is over")


class DoseEventForm(forms.ModelForm[DoseEvent]):
    """A line of the dose log. What ends the treatment is asked twice: many say "stopped" for a pause."""

    is_the_end = IsOverField(label=IsOverField.short_description, required=False, widget=UnfoldBooleanWidget)

    class Meta:
        labels: ClassVar = {"is_the_end": gettext_lazy("Treatment is over")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is chosen beforehand: a reason that nobody chose would not count as stomatitis (S-09)."""
        super().__init__(*args, **kwargs)
        for name, enum in (("kind", DoseEventKind), ("reason", DoseReason)):
            field = self.fields.get(name)
            if not isinstance(field, forms.ChoiceField):
                continue
            field.choices = [("", "---------"), *said_choices(enum)]
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} unclipped"
            if self.instance._state.adding:
                self.initial[name] = field.initial = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("kind") == DoseEventKind.STOPPED and not self.cleaned_data["is_the_end"]:
            self.add_error(
                "kind",
                _(
                    "This ends the treatment: check-ins end, and visits without an appointment are cancelled. For a "
                    "pause choose “interrupted”. If the treatment is over, tick “Treatment is over”."
                ),
            )
        return cleaned


class DoseEventFormSet(PaginationInlineFormSet):  # type: ignore[misc]  # the theme is untyped
    """New lines of the dose log, checked against the course as this page leaves it."""

    def clean(self) -> None:
        super().clean()
        if not self.instance.pk:
            return
        new = [form for form in self.extra_forms if form.has_changed() and not form.errors]
        beside: list[DoseLine] = []
        for form in sorted(new, key=lambda form: form.instance.happened_on):
            form.instance.course = self.instance
            try:
                check_dose_event(form.instance, timezone.now(), beside)
            except ValidationError as problems:
                add_problems(form, problems)
            else:
                beside.append(form.instance.line)


class DoseEventInline(ClinicScopedTabularInline):
    model = DoseEvent
    form = DoseEventForm
    formset = DoseEventFormSet
    added_by = CLINICIANS
    ordering = ["happened_on", "recorded_at"]
    fields = ["kind", "is_the_end", "happened_on", "dose_mg", "reason", "note", "recorded_by"]
    readonly_fields = ["recorded_by"]
    verbose_name_plural = gettext_lazy("dose log")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who only reads is not asked whether the treatment is over."""
        return [name for name in self.fields if name != "is_the_end" or self.has_add_permission(request, obj)]


class CourseForm(ClinicForm):
    """Says beside the field what the course's own functions would refuse."""

    class Meta:
        field_classes: ClassVar = {"starting_dose_mg": DoseField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LABELS.keys() & self.fields.keys():
            self.fields[name].label = LABELS[name]
        regimen = self.fields.get("regimen")
        if isinstance(regimen, forms.ChoiceField):
            regimen.choices = said_choices(Regimen)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        patient = self.cleaned_data.get("patient")
        if patient is not None and patient.status == PatientStatus.DECEASED:
            self.add_error("patient", _("This patient has died: no course can begin."))
            return cleaned
        course = copy(self.instance)
        for name, value in self.cleaned_data.items():
            setattr(course, name, value)
        try:
            check_course(course, local_date(timezone.now(), course.patient.zone))
        except ValidationError as problems:
            add_problems(self, problems)
        return cleaned


@admin.register(TreatmentCourse)
class TreatmentCourseAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    added_by = changed_by = CLINICIANS
    form = CourseForm
    inlines: ClassVar = [DoseEventInline]
    list_display = ["patient", "regimen", "starting_dose", "first_dose_on", "ended_on", "baseline_ct_on"]
    list_filter = ["regimen"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    autocomplete_fields = ["patient"]
    fields = [
        "patient", "regimen", "starting_dose_mg", "first_dose_on", "day_15", "ended_on", "present_dose",
        "interruptions", "baseline_ct_on", "is_bath_prescribed", "baseline_cough", "baseline_dyspnea",
    ]  # fmt: skip

    @display(description=gettext_lazy("starting dose"), ordering="starting_dose_mg")
    def starting_dose(self, course: TreatmentCourse) -> str:
        return written_dose(course.starting_dose_mg)

    @display(description=gettext_lazy("day 15 on"))
    def day_15(self, course: TreatmentCourse) -> str:
        return write_day(course.day_15_on)

    @display(description=gettext_lazy("dose now"))
    def present_dose(self, course: TreatmentCourse) -> str:
        """What the dose log says of today."""
        today = local_date(timezone.now(), course.patient.zone)
        return "–" if course.ended_on else dose_now(course, course.dose_events.all(), today)[0]

    @display(description=gettext_lazy("interruptions for stomatitis so far (S-09)"))
    def interruptions(self, course: TreatmentCourse) -> int:
        return earlier_stomatitis_interruptions(course.patient)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["patient", *COMPUTED]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A new course has no log to sum up yet."""
        fields: list[str] = list(self.fields)
        return [one for one in fields if obj is not None or one not in COMPUTED]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [] if obj is None else self.inlines

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, with a warning when the CT that later ones are compared with is missing (S-17)."""
        course = kwargs.get("obj")
        warning = ct_warning(course) if course is not None and course.ended_on is None else None
        if warning and request.method == "GET":
            messages.warning(request, warning)
        return super().render_change_form(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: TreatmentCourse, form: ModelForm[Any], change: bool) -> None:
        """Save what was changed on the page and nothing else; the calendar follows the first dose."""
        now = timezone.now()
        if not change or "first_dose_on" in form.changed_data:
            self._say_what_the_start_means(request, obj, now)
        with transaction.atomic():
            Patient.objects.select_for_update(no_key=True).get(pk=obj.patient_id)
            if not change:
                obj.save()
                carry_out([PlanCalendar()], patient=obj.patient, report=None, now=now)
                return
            own = {field.name for field in TreatmentCourse._meta.concrete_fields}
            obj.save(update_fields=sorted(own.intersection(form.changed_data) - {"first_dose_on"}))
            if "first_dose_on" in form.changed_data:
                move_first_dose(obj, obj.first_dose_on, now)

    def _say_what_the_start_means(self, request: HttpRequest, course: TreatmentCourse, now: datetime) -> None:
        if notice := start_notice(course.first_dose_on, local_date(now, course.patient.zone)):
            messages.warning(request, notice)
        if course.patient.status != PatientStatus.ACTIVE:
            status = {"status": say(course.patient.status)}
            messages.warning(request, _("This patient is %(status)s: nothing is sent to them.") % status)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool) -> None:
        """Write new lines of the dose log in the name of the person who is signed in."""
        user = request.user
        assert isinstance(user, User)
        lines = formset.save(commit=False)
        for line in sorted(lines, key=lambda line: line.happened_on):
            record_dose_event(
                form.instance,
                kind=line.kind,
                happened_on=line.happened_on,
                now=timezone.now(),
                dose_mg=line.dose_mg,
                reason=line.reason,
                note=line.note,
                by=user,
            )


@admin.register(DoseEvent)
class DoseEventAdmin(ClinicScopedAdmin):
    """The lines of all dose logs of the clinic. They are written on the page of their course."""

    clinic_path = "course__patient__clinic"
    list_display = ["happened_on", "patient", "kind", "dose", "reason", "recorded_by"]
    list_filter = ["kind", "reason"]
    list_select_related = ["course__patient", "recorded_by"]
    search_fields = ["course__patient__full_name", "course__patient__hospital_number"]
    ordering = ["-happened_on", "-recorded_at"]
    fields = readonly_fields = [
        "patient", "course", "kind", "happened_on", "dose", "reason", "note", "recorded_by", "recorded_at",
    ]  # fmt: skip

    @display(description=gettext_lazy("patient"), ordering="course__patient__full_name")
    def patient(self, event: DoseEvent) -> str:
        return str(event.course.patient)

    @display(description=gettext_lazy("daily dose"), ordering="dose_mg")
    def dose(self, event: DoseEvent) -> str:
        return "–" if event.dose_mg is None else written_dose(event.dose_mg)
