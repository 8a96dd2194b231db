"""Which daily digest went to whom. For reading only."""

from __future__ import annotations

from django.contrib import admin

from alerts.models import Digest
from symptoms.admin.scoping import ClinicScopedAdmin


@admin.register(Digest)
class DigestAdmin(ClinicScopedAdmin):
    clinic_path = "recipient__clinic"
    list_display = ["on", "recipient", "alert_count", "state", "attempt_count", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["recipient__user"]
    fields = readonly_fields = ["on", "recipient", "alert_count", "state", "attempt_count", "finished_at"]
