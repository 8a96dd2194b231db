"""The worklist, and the page of one alert: why it fired, who was told, what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from alerts.acknowledging import CannotHandle, acknowledge, add_note, close, record_action
from alerts.admin.acting import act_page
from alerts.admin.alert_page import describe_alert, news_of, version_of
from alerts.admin.figures import show_statistics
from alerts.admin.forms import ActionForm, AlertForm, CloseForm, GiveBackForm, MessageForm, NoteForm
from alerts.admin.rows import row_of
from alerts.admin.watch import POLL_SECONDS, describe_watch
from alerts.admin.why import why_in_short
from alerts.admin.words import age_in_words
from alerts.admin.worklist import WorklistPages, line_of, refuse_in_bulk, take_alert
from alerts.handing_over import give_back, reopen, take_over
from alerts.messaging import write_to_patient
from alerts.models import Alert
from alerts.models.alert import AlertState, Outcome
from alerts.worklist import attach_judgements, read_lines
from symptoms.access_log import shows_no_patient
from symptoms.admin.moments import write_day
from symptoms.admin.report import COLOURS, urgency_label
from symptoms.admin.said import Said
from symptoms.admin.scoping import EVERYBODY, practitioner_of, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.clinical.calendar import local_date
from symptoms.clinical.dosing import standing_on
from symptoms.clinical.terms import Urgency
from symptoms.models import Practitioner, TreatmentCourse


class StillOpenFilter(admin.SimpleListFilter):
    """The worklist: alerts that are not closed, unless others are asked for."""

    title = _("state")
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("closed", gettext("closed")), ("all", gettext("all"))]

    def choices(self, changelist: Any) -> Any:
        chosen = list(super().choices(changelist))
        return [{**chosen[0], "display": gettext("waiting")}, *chosen[1:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        if self.value() == "all":
            return queryset
        is_closed = self.value() == "closed"
        return queryset.filter(state=AlertState.CLOSED) if is_closed else queryset.exclude(state=AlertState.CLOSED)


class AlertList(ChangeList):
    """A page of the list, each alert with the judgements that explain it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        attach_judgements(self.result_list)


@admin.register(Alert)
class AlertAdmin(WorklistPages):
    clinic_path = "clinic"
    # Whoever is paged must be able to read it: with nobody on call that is the whole clinic.
    viewed_by = EVERYBODY
    list_display = ["number", "shown_urgency", "patient", "problem", "why", "state", "waiting", "owner"]
    list_display_links = ["number", "patient"]
    list_filter = [StillOpenFilter, "urgency", "problem"]
    list_select_related = ["patient", "acknowledged_by__user"]
    search_fields = ["number", "patient__full_name", "patient__hospital_number"]
    ordering = [F("closed_at").desc(nulls_first=True), "-urgency", "raised_at"]
    actions = ["acknowledge_selected"]
    actions_list = ["statistics"]
    actions_detail = ["acknowledge", "take_over", "give_back", "reopen", "record_action", "close", "message", "note"]

    @display(description=_("urgency"), ordering="urgency", label=COLOURS)
    def shown_urgency(self, alert: Alert) -> tuple[str, str]:
        return urgency_label(alert.urgency)

    @display(description=_("why"))
    def why(self, alert: Alert) -> str:
        return why_in_short(alert)

    @display(description=_("who has it"), ordering="acknowledged_by", label={"nobody": "danger"})
    def owner(self, alert: Alert) -> tuple[str, str] | str:
        is_nobodys = alert.state == AlertState.OPEN
        return ("nobody", gettext("Nobody has taken it")) if is_nobodys else str(alert.acknowledged_by or "–")

    @display(description=_("waiting"), ordering="raised_at")
    def waiting(self, alert: Alert) -> str:
        return age_in_words((alert.closed_at or timezone.now()) - alert.raised_at)

    actions_recorded_row_by_row = frozenset({"acknowledge_selected"})

    @admin.action(description=_("Take the selected alerts"), permissions=["act"])
    def acknowledge_selected(self, request: HttpRequest, queryset: QuerySet[Alert]) -> None:
        practitioner = require_practitioner(request)
        for alert in queryset:
            if alert.urgency >= Urgency.URGENT:
                self.message_user(request, refuse_in_bulk(alert), messages.ERROR)
                continue
            try:
                take_alert(request, alert, practitioner)
            except CannotHandle as refusal:
                said = gettext("Alert %(number)s: %(refusal)s") % {"number": alert.number, "refusal": refusal}
                self.message_user(request, said, messages.WARNING)
            else:
                said = gettext("You have taken alert %(number)s.") % {"number": alert.number}
                self.message_user(request, said, messages.SUCCESS)

    @act_page(_("Take it"), "acknowledge")
    def acknowledge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            acknowledge(_as_seen(alert, answers), practitioner, timezone.now())
            return Said(gettext_noop("You have taken alert %(number)s."), number=alert.number)

        return self.act(request, object_id, AlertForm, do, title=gettext("Take it"), refusals=CannotHandle)

    @act_page(_("Take over"), "take-over")
    def take_over(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            take_over(_as_seen(alert, answers), practitioner, timezone.now(), seen_at=answers["seen_at"])
            return Said(gettext_noop("You have taken alert %(number)s."), number=alert.number)

        return self.act(request, object_id, AlertForm, do, title=gettext("Take over"), refusals=CannotHandle)

    @act_page(_("Give back"), "give-back")
    def give_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            seen, note, now = _as_seen(alert, answers), answers["note"], timezone.now()
            give_back(seen, practitioner, note, now, seen_at=answers["seen_at"])
            return Said(gettext_noop("You have given alert %(number)s back: nobody has it."), number=alert.number)

        return self.act(request, object_id, GiveBackForm, do, title=gettext("Give back"), refusals=CannotHandle)

    @act_page(_("Open again"), "reopen")
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            reopen(alert, practitioner, answers["note"], timezone.now())
            return Said(gettext_noop("Alert %(number)s is open again: nobody has it."), number=alert.number)

        return self.act(request, object_id, GiveBackForm, do, title=gettext("Open again"), refusals=CannotHandle)

    @act_page(_("Record an action"), "action")
    def record_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            seen_at = answers["seen_at"]
            record_action(_as_seen(alert, answers), practitioner, answers["note"], timezone.now(), seen_at=seen_at)
            said = gettext_noop("The action is recorded; close alert %(number)s with an outcome when all is done.")
            return Said(said, number=alert.number)

        return self.act(request, object_id, ActionForm, do, title=gettext("Record an action"), refusals=CannotHandle)

    @act_page(_("Close the alert"), "close")
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            seen, note, now = _as_seen(alert, answers), answers["note"], timezone.now()
            acted_on = close(seen, practitioner, answers["outcome"], note, now, seen_at=answers["seen_at"])
            is_closed = acted_on.state == AlertState.CLOSED
            if is_closed and answers["outcome"] == Outcome.TREATMENT_INTERRUPTED:
                ask_for_dose_log(request, alert, now)
            closed = gettext_noop("Alert %(number)s is closed. “Open again” on its page takes that back.")
            kept_open = gettext_noop("Alert %(number)s is still open: nobody was reached.")
            return Said(closed if is_closed else kept_open, number=alert.number)

        return self.act(request, object_id, CloseForm, do, title=gettext("Close the alert"), refusals=CannotHandle)

    @act_page(_("Add a note"), "note")
    def note(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            add_note(alert, practitioner, answers["note"], timezone.now())
            return Said(gettext_noop("The note is on the timeline."))

        return self.act(request, object_id, NoteForm, do, title=gettext("Add a note"), refusals=CannotHandle)

    @act_page(_("Write to the patient"), "message")
    def message(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            write_to_patient(alert, practitioner, answers["message"], timezone.now(), seen_at=answers["seen_at"])
            return Said(gettext_noop("The message is in the patient's app."))

        title = gettext("Write to the patient")
        return self.act(request, object_id, MessageForm, do, title=title, refusals=CannotHandle)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return AlertList

    def describe(self, request: HttpRequest, record: Alert) -> dict[str, Any]:
        now = timezone.now()
        line, *_ = read_lines(record.clinic, Q(pk=record.pk), now)
        return {"line": line, "row": row_of(line, require_practitioner(request), now)}

    def confirm(self, request: HttpRequest, form: BaseForm, *, title: str, **more: Any) -> HttpResponse:
        """A form that was refused says what is new about the alert, keeps what was typed, and can be sent as it is."""
        line = more.pop("line", None)
        if line is not None and form.is_bound and isinstance(form, AlertForm):
            is_old, seen_at = form.look_again(line)
            more["news"] = news_of(line, seen_at) if is_old else None
            if line.state == AlertState.CLOSED and "note" in form.fields:
                more["keep_as_note"] = reverse("admin:alerts_alert_note", args=[line.pk])
        return super().confirm(request, form, title=title, **more)

    def way_back(self, request: HttpRequest, record: Any) -> str:
        """To the line of the worklist, for who acted from there."""
        if request.GET.get("from") == "worklist":
            return reverse("admin:index") + line_of(record)
        return super().way_back(request, record)

    def get_urls(self) -> list[URLPattern]:
        state = self.admin_site.admin_view(never_cache(self.show_state))
        return [path("<uuid:object_id>/state/", state, name="alerts_alert_state"), *super().get_urls()]

    def show_state(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """What every page is told, and the version of this alert; 304 while both are as the page that asks has them."""
        alert = get_object_or_404(self.get_queryset(request), pk=object_id)
        shows_no_patient(request)
        last = alert.events.aggregate(last=Max("number"))["last"] or 0
        watch = describe_watch(request, require_practitioner(request).clinic)
        version = version_of(alert, last)
        tag = f'"{version}-{watch["version"]}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag})
        context = {**watch, "alert_version": version}
        return TemplateResponse(request, "alerts/watch/told.html", context, headers={"ETag": tag})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one alert. It is read, and changes by its acts alone."""
        alert = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        practitioner = require_practitioner(request)
        may_act = self.has_act_permission(request)
        context = {
            **self.admin_site.each_context(request),
            **describe_alert(alert, practitioner, timezone.now(), may_act=may_act),
            "opts": self.opts,
            "original": alert,
            "title": gettext("Alert %(number)s") % {"number": alert.number},
            "poll_seconds": POLL_SECONDS,
        }
        return TemplateResponse(request, "alerts/alert/page.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        people = ("patient", "clinic", "acknowledged_by__user", "closed_by__user", "reopens")
        return super().get_queryset(request).select_related(*people)

    @action(description=_("Statistics"), url_path="statistics", permissions=["statistics"])
    def statistics(self, request: HttpRequest) -> HttpResponseBase:
        """Reports, check-ins and alerts in figures: of the own clinic, over some weeks, as a page or as a table."""
        return show_statistics(self, request)

    def has_statistics_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return practitioner_of(request) is not None


def ask_for_dose_log(request: HttpRequest, alert: Alert, now: datetime) -> None:
    """Lead who has closed an alert with an interruption to the dose log, from which the interruptions are counted."""
    course = TreatmentCourse.objects.filter(patient=alert.patient_id, ended_on=None).first()
    if course is None:
        return
    today = local_date(now, alert.patient.zone)
    address = reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])
    if standing := standing_on([event.line for event in course.dose_events.all()], today):
        said, day = gettext("The dose log says: interrupted since %(day)s."), write_day(standing.happened_on)
        messages.info(request, format_html('{} <a href="{}">{}</a>', said % {"day": day}, address, gettext("Dose log")))
        return
    said = gettext("The dose log does not say yet that the drug is interrupted: the count of interruptions follows it.")
    link = gettext("Write it in the dose log")
    messages.warning(request, format_html('{} <a class="underline" href="{}">{}</a>', said, address, link))


def _as_seen(alert: Alert, answers: dict[str, Any]) -> Alert:
    """The alert with the generation that the clinician's page showed."""
    alert.generation = answers["generation"]
    return alert
