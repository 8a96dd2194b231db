"""Who was written to about which alert, and every try at it. For reading only."""

from __future__ import annotations

from django.contrib import admin

from alerts.models import DeliveryAttempt, Notification
from symptoms.admin.scoping import ClinicScopedAdmin, ClinicScopedTabularInline


class AttemptInline(ClinicScopedTabularInline):
    model = DeliveryAttempt
    ordering = ["number"]
    fields = readonly_fields = ("number", "started_at", "finished_at", "outcome", "error", "provider_id")


@admin.register(Notification)
class NotificationAdmin(ClinicScopedAdmin):
    clinic_path = "alert__clinic"
    list_display = ["alert", "recipient", "channel", "state", "is_test", "attempt_count", "created_at", "finished_at"]
    list_filter = ["state", "channel"]
    list_select_related = ["alert", "recipient__user"]
    search_fields = ["alert__number"]
    ordering = ["-created_at"]
    inlines = [AttemptInline]
    fields = readonly_fields = (
        "alert", "recipient", "channel", "generation", "step", "cycle", "state", "due_at", "attempt_count",
        "lease_until", "created_at", "held_back_at", "bundled_into", "finished_at", "delivered_at", "withdrawn_at",
        "link_used_at", "is_test",
    )  # fmt: skip
