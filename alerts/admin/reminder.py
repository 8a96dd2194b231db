"""What patients were and will be reminded of. For reading only."""

from __future__ import annotations

from django.contrib import admin

from alerts.models import Reminder
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin


@admin.register(Reminder)
class ReminderAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["patient", "kind", "due_at", "state", "sent_at", "channel"]
    list_filter = ["state", "kind"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-due_at"]
    fields = readonly_fields = (
        "patient", "visit", "kind", "due_at", "expires_at", "state", "sent_at", "channel",
        "attempt_count", "shown_at", "is_repeat", "follows_silence", "answer_due_at", "unread_due_at",
    )  # fmt: skip
