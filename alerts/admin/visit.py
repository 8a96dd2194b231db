"""Visits: when each is planned or booked, what was looked at, the page to print, and the clinic's own schedule."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, When
from django.db.models.functions import Coalesce, Now, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from alerts.admin.acting import ActingAdmin, act_page
from alerts.admin.forms import AnotherVisitForm, BookForm, ChecklistForm, ReasonForm, TakeBackChecklistForm, VisitForm
from alerts.attending import mark_attended, record_checklist, take_back_attendance, take_back_checklist
from alerts.models import ChecklistTakenBack, Reminder, ScheduledVisit, Visit, VisitChecklist
from alerts.models.visit import DoseDecision, VisitStatus
from alerts.visit_summary import summarise
from alerts.visits import (
    CannotChangeVisit,
    book_visit,
    cancel_visit,
    plan_another_visit,
)
from symptoms.access_log import record_access
from symptoms.admin.moments import write_moment
from symptoms.admin.pages import record_url
from symptoms.admin.said import Said
from symptoms.admin.scoping import (
    AUDITORS,
    CLINICIANS,
    EVERYBODY,
    ClinicScopedAdmin,
    ClinicScopedStackedInline,
    ClinicScopedTabularInline,
)
from symptoms.admin.theme import display
from symptoms.admin.words import say
from symptoms.models import Practitioner
from symptoms.models.access import AccessKind
from symptoms.models.patient import PatientStatus

AHEAD: Final = (VisitStatus.PLANNED, VisitStatus.BOOKED, VisitStatus.MISSED)
FITS: Final = {
    "book": (*AHEAD, VisitStatus.CANCELLED),
    "attended": AHEAD,
    "checklist": (*AHEAD, VisitStatus.ATTENDED),
    "cancel": AHEAD,
    "not_attended": (VisitStatus.ATTENDED,),
    "checklist_back": (VisitStatus.ATTENDED,),
}
"""In which states of a visit an act makes sense. What is not named always does."""


CHANGES_THE_DOSE: Final = (DoseDecision.INTERRUPT, DoseDecision.REDUCE, DoseDecision.RESTART, DoseDecision.STOP)

ON: Final = Coalesce(TruncDate("booked_at"), "planned_on")
NEAREST_FIRST: Final = (
    Case(When(GreaterThanOrEqual(ON, TruncDate(Now())), then=ON)).asc(nulls_last=True),
    ON.desc(),
)
"""Those of today and after in their order, and then those that are over, the latest of them first."""


class ReminderInline(ClinicScopedTabularInline):
    model = Reminder
    ordering = ["due_at"]
    fields = readonly_fields = ("kind", "due_at", "state", "sent_at", "channel")


class ChecklistInline(ClinicScopedStackedInline):
    model = VisitChecklist
    viewed_by = CLINICIANS
    ordering = ["-recorded_at"]
    fields = readonly_fields = (
        "stomatitis", "weight_kg", "adherence", "other_side_effects", "dose_decision", "note",
        "recorded_by", "recorded_at", "was_taken_back",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[VisitChecklist]:
        checklists: QuerySet[VisitChecklist] = super().get_queryset(request)
        return checklists.select_related("taken_back__taken_back_by__user")

    @display(description=_("taken back"))
    def was_taken_back(self, checklist: VisitChecklist) -> str:
        """Who took it back, when and why; the page strikes such a checklist through."""
        taken: ChecklistTakenBack | None = getattr(checklist, "taken_back", None)
        if taken is None:
            return "–"
        when = write_moment(taken.taken_back_at, checklist.visit.patient.clinic.zone)
        return format_html('<b class="taken-back">{}, {}: {}</b>', when, taken.taken_back_by, taken.reason)


@admin.register(Visit)
class VisitAdmin(ActingAdmin):
    clinic_path = "patient__clinic"
    acted_by = EVERYBODY
    list_display = ["patient", "kind", "planned_on", "booked_at", "status"]
    list_filter = ["status", "kind"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = NEAREST_FIRST
    actions_detail = ["summary", "checklist", "book", "attended", "checklist_back", "not_attended", "cancel", "another"]
    inlines = [ChecklistInline, ReminderInline]
    fields = readonly_fields = (
        "patient", "course", "kind", "scheduled", "status", "planned_on", "booked_at", "cancelled_for",
        "attended_at", "attended_by", "updated_at",
    )  # fmt: skip

    def get_actions_detail(self, request: HttpRequest, object_id: Any = None) -> list[Any]:
        """The acts that fit how the visit stands."""
        actions = super().get_actions_detail(request, object_id)
        status = self.get_queryset(request).filter(pk=object_id).values_list("status", flat=True).first()
        unfit = {f"alerts_visit_{act}" for act, states in FITS.items() if status not in states}
        if not VisitChecklist.objects.standing().filter(visit=object_id).exists():
            unfit.add("alerts_visit_checklist_back")
        return [one for one in actions if one.action_name not in unfit]

    def has_read_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS | AUDITORS)

    def has_clinical_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @act_page(_("Visit summary"), "summary", permission="read")
    def summary(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One page to print of all that the patient has reported. It is kept by no browser and no proxy."""
        visit = self.get_object(request, object_id)
        record_access(request, AccessKind.PRINT, [visit.patient_id], record=visit)
        context = {"summary": summarise(visit, timezone.now()), "back": record_url(self, visit)}
        response = TemplateResponse(request, "alerts/summary.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @act_page(_("Record the checklist"), "checklist", permission="clinical")
    def checklist(self, request: HttpRequest, object_id: str) -> HttpResponse:
        carried_out_at: list[str] = []

        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            record_checklist(visit, practitioner, answers, timezone.now())
            if answers["dose_decision"] in CHANGES_THE_DOSE:
                carried_out_at.append(reverse("admin:symptoms_treatmentcourse_change", args=[visit.course_id]))
            return Said(gettext_noop("The checklist is recorded, and the visit is marked as attended."))

        title = gettext("Record the checklist")
        refusals = (ValidationError, CannotChangeVisit)
        response = self.act(request, object_id, ChecklistForm, do, title=title, refusals=refusals)
        if not carried_out_at:
            return response
        messages.warning(request, gettext("The decision changes nothing by itself: write it into the dose log below."))
        return HttpResponseRedirect(carried_out_at[0])

    @act_page(_("Book a time"), "book")
    def book(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            book_visit(visit, answers["booked_at"], timezone.now())
            _say_who_is_told_nothing(request, visit)
            return Said(gettext_noop("The visit is booked."))

        return self.act(request, object_id, BookForm, do, title=gettext("Book a time"), refusals=CannotChangeVisit)

    @act_page(_("The patient came"), "attended")
    def attended(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            mark_attended(visit, timezone.now(), practitioner)
            return Said(gettext_noop("The visit is marked as attended."))

        return self.act(
            request, object_id, VisitForm, do, title=gettext("The patient came"), refusals=CannotChangeVisit
        )

    @act_page(_("Take the checklist back"), "checklist-back", permission="clinical")
    def checklist_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            take_back_checklist(visit, answers["checklist"], practitioner, answers["reason"], timezone.now())
            return Said(
                gettext_noop(
                    "The checklist is taken back and counts no more. The visit stays attended, unless you say that the "
                    "patient did not come; what the dose log says stays, too."
                )
            )

        title = gettext("Take the checklist back")
        return self.act(request, object_id, TakeBackChecklistForm, do, title=title, refusals=CannotChangeVisit)

    @act_page(_("The patient did not come"), "not-attended")
    def not_attended(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            take_back_attendance(visit, timezone.now())
            return Said(gettext_noop("The visit is no longer marked as attended."))

        title = gettext("The patient did not come")
        return self.act(request, object_id, ReasonForm, do, title=title, refusals=CannotChangeVisit)

    @act_page(_("Plan another visit"), "another")
    def another(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            planned = plan_another_visit(visit, answers["planned_on"], timezone.now())
            _say_who_is_told_nothing(request, visit)
            return Said(gettext_noop("Another visit is planned for %(day)s."), day=planned.planned_on)

        return self.act(
            request, object_id, AnotherVisitForm, do, title=gettext("Plan another visit"), refusals=CannotChangeVisit
        )

    @act_page(_("Cancel the visit"), "cancel")
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            cancel_visit(visit, timezone.now())
            return Said(gettext_noop("The visit is cancelled."))

        return self.act(
            request, object_id, VisitForm, do, title=gettext("Cancel the visit"), refusals=CannotChangeVisit
        )


def _say_who_is_told_nothing(request: HttpRequest, visit: Visit) -> None:
    """The clinic may plan what it likes; that nobody is reminded of it is said."""
    if visit.patient.status != PatientStatus.ACTIVE:
        status = {"status": say(visit.patient.status)}
        messages.warning(request, gettext("This patient is %(status)s: nothing is sent to them.") % status)


@admin.register(ScheduledVisit)
class ScheduledVisitAdmin(ClinicScopedAdmin):
    """Further visits that the clinic wants of all its patients. A change is planned for everybody on treatment."""

    clinic_path = "clinic"
    added_by = changed_by = CLINICIANS
    list_display = ["day", "is_active"]
    fields = ["day", "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["day"]

    def save_model(self, request: HttpRequest, obj: ScheduledVisit, form: ModelForm[Any], change: bool) -> None:
        """Save the line, due to be applied to the patients on treatment, which takes a minute."""
        obj.apply_due_at, obj.applied_through = timezone.now(), 0
        super().save_model(request, obj, form, change)
