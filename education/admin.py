"""Which leaflets a clinic's patients were offered and have read. For reading only."""

from __future__ import annotations

from django.contrib import admin

from education.models import LeafletOffer
from symptoms.admin.scoping import ClinicScopedAdmin


@admin.register(LeafletOffer)
class LeafletOfferAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    list_display = ["patient", "slug", "version", "language", "offered_at", "read_at"]
    list_filter = ["slug", "language"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number", "slug"]
    fields = readonly_fields = ["patient", "slug", "version", "language", "report", "offered_at", "read_at"]
