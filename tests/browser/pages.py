"""Every page of the clinician site that somebody may open: the list and one record of each model, and what is beside.

A page that is not found by this belongs into `MORE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from alerts.models import Alert
from symptoms.admin.scoping import ClinicScopedAdmin
from symptoms.models import User

MORE = (
    "admin:password_change",
    "admin:alerts_alert_statistics",
    "admin:alerts_shift_fortnight",
    "admin:education_leaflettext_in_use",
    "admin:symptoms_patient_enrol",
    "admin:symptoms_rulesetapproval_rules",
    "admin:symptoms_wordingapproval_wording",
)
ACTS_OF_AN_ALERT = ("acknowledge", "record_action", "close", "message", "note")


def pages_of(user: User) -> Iterator[tuple[str, str]]:
    """Name and path of each page that the user may open, of the records that the user sees first."""
    request = RequestFactory().get("/admin/")
    request.user = user
    yield "index", reverse("admin:index")
    for model, pages in admin.site._registry.items():
        if not isinstance(pages, ClinicScopedAdmin) or not pages.has_view_permission(request):
            continue
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield f"{name}-list", reverse(f"admin:{name}_changelist")
        if pages.has_add_permission(request):
            yield f"{name}-add", reverse(f"admin:{name}_add")
        if (record := pages.get_queryset(request).first()) is not None:
            yield f"{name}-record", reverse(f"admin:{name}_change", args=[record.pk])
    for name in MORE:
        yield name.removeprefix("admin:"), reverse(name)
    alert = Alert.objects.filter(clinic=user.practitioner.clinic).not_closed().most_urgent_first().first()
    if alert is not None:
        for act in ACTS_OF_AN_ALERT:
            yield f"alerts_alert-{act}", reverse(f"admin:alerts_alert_{act}", args=[alert.pk])
