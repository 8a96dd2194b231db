"""Visits: when each is planned or booked, and the acts that change that."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alerts.admin.acting import ActingAdmin, act_page
from alerts.admin.forms import BookForm, VisitForm
from alerts.models import Reminder, Visit
from alerts.visits import CannotChangeVisit, book_visit, cancel_visit, mark_attended
from symptoms.admin.scoping import EVERYBODY, ClinicScopedTabularInline
from symptoms.models import Practitioner


class ReminderInline(ClinicScopedTabularInline):
    model = Reminder
    ordering = ["due_at"]
    fields = readonly_fields = ("kind", "due_at", "state", "sent_at", "channel")


@admin.register(Visit)
class VisitAdmin(ActingAdmin):
    clinic_path = "patient__clinic"
    acted_by = EVERYBODY
    list_display = ["patient", "kind", "planned_on", "booked_at", "status"]
    list_filter = ["status", "kind"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-planned_on"]
    actions_detail = ["book", "attended", "cancel"]
    inlines = [ReminderInline]
    fields = readonly_fields = ("patient", "course", "kind", "status", "planned_on", "booked_at", "updated_at")

    @act_page("Book a time", "book")
    def book(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            book_visit(visit, answers["booked_at"], timezone.now())
            return "The visit is booked."

        return self.act(request, object_id, BookForm, do, title="Book a time", refusals=CannotChangeVisit)

    @act_page("The patient came", "attended")
    def attended(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            mark_attended(visit, timezone.now())
            return "The visit is marked as attended."

        return self.act(request, object_id, VisitForm, do, title="The patient came", refusals=CannotChangeVisit)

    @act_page("Cancel the visit", "cancel")
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(visit: Visit, practitioner: Practitioner, answers: dict[str, Any]) -> str:
            cancel_visit(visit, timezone.now())
            return "The visit is cancelled."

        return self.act(request, object_id, VisitForm, do, title="Cancel the visit", refusals=CannotChangeVisit)
