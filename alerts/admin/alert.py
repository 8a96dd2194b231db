"""The worklist, and the page of one alert: why it fired, who was told, what was done."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.timesince import timesince
from unfold.decorators import action, display

from alerts.acknowledging import CannotHandle, acknowledge, add_note, close, record_action
from alerts.admin.acting import ActingAdmin, act_page
from alerts.admin.figures import show_statistics
from alerts.admin.forms import ActionForm, AlertForm, CloseForm, NoteForm
from alerts.models import Alert, AlertEvent, Notification
from alerts.models.alert import AlertState
from symptoms.admin.scoping import EVERYBODY, ClinicScopedTabularInline, practitioner_of, require_practitioner
from symptoms.clinical.terms import Urgency
from symptoms.models import Practitioner

COLOURS = {"emergency": "danger", "urgent": "warning", "routine": "info"}


class EventInline(ClinicScopedTabularInline):
    model = AlertEvent
    ordering = ["number"]
    fields = readonly_fields = ("number", "happened_at", "kind", "actor", "detail")
    verbose_name_plural = "timeline"


class NotificationInline(ClinicScopedTabularInline):
    model = Notification
    ordering = ["created_at"]
    fields = readonly_fields = (
        "recipient", "channel", "state", "attempt_count", "created_at", "held_back_at", "is_bundled",
        "finished_at", "delivered_at",
    )  # fmt: skip
    show_change_link = True

    @admin.display(description="within another page", boolean=True)
    def is_bundled(self, notification: Notification) -> bool:
        return notification.bundled_into_id is not None


class StillOpenFilter(admin.SimpleListFilter):
    """The worklist: alerts that are not closed, unless others are asked for."""

    title = "state"
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("closed", "closed"), ("all", "all")]

    def choices(self, changelist: Any) -> Any:
        chosen = list(super().choices(changelist))
        return [{**chosen[0], "display": "waiting"}, *chosen[1:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        if self.value() == "all":
            return queryset
        is_closed = self.value() == "closed"
        return queryset.filter(state=AlertState.CLOSED) if is_closed else queryset.exclude(state=AlertState.CLOSED)


@admin.register(Alert)
class AlertAdmin(ActingAdmin):
    clinic_path = "clinic"
    # Whoever is paged must be able to read it: with nobody on call that is the whole clinic.
    viewed_by = EVERYBODY
    list_display = ["number", "shown_urgency", "patient", "problem", "why", "state", "waiting", "acknowledged_by"]
    list_display_links = ["number", "patient"]
    list_filter = [StillOpenFilter, "urgency", "problem"]
    list_select_related = ["patient", "acknowledged_by__user"]
    search_fields = ["number", "patient__full_name", "patient__hospital_number"]
    ordering = [F("closed_at").asc(nulls_first=True), "-urgency", "raised_at"]
    actions = ["acknowledge_selected"]
    actions_list = ["statistics"]
    actions_detail = ["acknowledge", "record_action", "close", "note"]
    inlines = [EventInline, NotificationInline]
    fieldsets = [
        (None, {"fields": ["number", "shown_urgency", "patient", "problem", "why", "state", "raised_at", "report"]}),
        ("Taken", {"fields": ["acknowledged_by", "acknowledged_at", "awaited", "climbs_at", "steps_taken"]}),
        ("Closed", {"fields": ["outcome", "closed_by", "closed_at", "reopens"]}),
    ]
    readonly_fields = [
        "number", "shown_urgency", "patient", "problem", "why", "state", "raised_at", "report", "acknowledged_by",
        "acknowledged_at", "awaited", "climbs_at", "steps_taken", "outcome", "closed_by", "closed_at", "reopens",
    ]  # fmt: skip

    @display(description="urgency", ordering="urgency", label=COLOURS)
    def shown_urgency(self, alert: Alert) -> str:
        return Urgency(alert.urgency).code

    @display(description="why")
    def why(self, alert: Alert) -> str:
        return ", ".join(alert.rules)

    @display(description="waiting", ordering="raised_at")
    def waiting(self, alert: Alert) -> str:
        return timesince(alert.raised_at, alert.closed_at)

    @admin.action(description="Acknowledge the selected alerts", permissions=["act"])
    def acknowledge_selected(self, request: HttpRequest, queryset: QuerySet[Alert]) -> None:
        practitioner = require_practitioner(request)
        for alert in queryset:
            try:
                acknowledge(alert, practitioner, timezone.now())
            except CannotHandle as refusal:
                self.message_user(request, f"Alert {alert.number}: {refusal}", messages.WARNING)
            else:
                self.message_user(request, f"You have taken alert {alert.number}.", messages.SUCCESS)

    @act_page("Acknowledge", "acknowledge")
    def acknowledge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            acknowledge(_as_seen(alert, answers), practitioner, timezone.now())
            return f"You have taken alert {alert.number}."

        return self.act(request, object_id, AlertForm, do, title="Acknowledge", refusals=CannotHandle)

    @act_page("Record an action", "action")
    def record_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            record_action(_as_seen(alert, answers), practitioner, answers["note"], timezone.now())
            return f"The action is recorded; close alert {alert.number} with an outcome when all is done."

        return self.act(request, object_id, ActionForm, do, title="Record an action", refusals=CannotHandle)

    @act_page("Close", "close")
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            acted_on = close(
                _as_seen(alert, answers), practitioner, answers["outcome"], answers["note"], timezone.now()
            )
            is_closed = acted_on.state == AlertState.CLOSED
            return f"Alert {alert.number} is {'closed' if is_closed else 'still open: nobody was reached'}."

        return self.act(request, object_id, CloseForm, do, title="Close", refusals=CannotHandle)

    @act_page("Add a note", "note")
    def note(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(alert: Alert, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            add_note(alert, practitioner, answers["note"], timezone.now())
            return "The note is on the timeline."

        return self.act(request, object_id, NoteForm, do, title="Add a note", refusals=CannotHandle)

    @action(description="Statistics", url_path="statistics", permissions=["statistics"])  # type: ignore[operator]  # the theme misnames its type
    def statistics(self, request: HttpRequest) -> HttpResponseBase:
        """Reports, check-ins and alerts in figures: of the own clinic, over some weeks, as a page or as a table."""
        return show_statistics(self, request)

    def has_statistics_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return practitioner_of(request) is not None


def _as_seen(alert: Alert, answers: dict[str, Any]) -> Alert:
    """The alert with the generation that the clinician's page showed."""
    alert.generation = answers["generation"]
    return alert
