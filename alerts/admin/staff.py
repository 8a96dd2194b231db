"""The pages of those who work at a clinic, which also say when nobody is left to be paged."""

from __future__ import annotations

from django.contrib import admin

from alerts.admin.gaps import SaysGaps
from symptoms.admin.clinic import PractitionerAdmin
from symptoms.models import Practitioner

admin.site.unregister(Practitioner)


@admin.register(Practitioner)
class PagedPractitionerAdmin(SaysGaps, PractitionerAdmin):
    """Whoever is marked as on call is paged where no rota is planned."""
