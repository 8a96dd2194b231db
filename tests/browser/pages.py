"""Every page of the clinician site that somebody may open: the list and one record of each model, and what is beside.

A page that is not found by this belongs into `MORE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from alerts.models import Alert, Visit
from symptoms.admin.scoping import ClinicScopedAdmin
from symptoms.models import CtcaeGrade, User

MORE = (
    "admin:password_change",
    "admin:alerts_alert_statistics",
    "admin:alerts_shift_fortnight",
    "admin:education_leaflettext_in_use",
    "admin:symptoms_patient_enrol",
    "admin:symptoms_rulesetapproval_rules",
    "admin:symptoms_wordingapproval_wording",
    "emergency",
    "mfa_index",
)
ACTS_OF_AN_ALERT = ("acknowledge", "take_over", "give_back", "record_action", "close", "message", "note")
ACTS_OF_A_VISIT = ("summary", "checklist", "book", "attended", "not_attended", "cancel", "another")
ACTS_OF_A_PATIENT = ("edit", "grade", "new_code", "status")
ACTS_OF_A_REPORT = ("correct",)


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
    product = reverse("admin:education_leafletapproval_product", query={"slug": "your-mouth", "language": "nl"})
    yield "education_leafletapproval_product", product
    clinic = user.practitioner.clinic
    alert = Alert.objects.filter(clinic=clinic).not_closed().most_urgent_first().first()
    visit = Visit.objects.filter(patient__clinic=clinic, status="planned").first()
    patient = clinic.patients.filter(status="active").first()
    report = patient and patient.reports.exclude(status="in_progress").first()
    grade = CtcaeGrade.objects.standing().filter(patient__clinic=clinic).first()
    acts_of = (
        (alert, ACTS_OF_AN_ALERT),
        (visit, ACTS_OF_A_VISIT),
        (patient, ACTS_OF_A_PATIENT),
        (report, ACTS_OF_A_REPORT),
        (grade, ("take_back",)),
    )
    for record, acts in acts_of:
        if record is not None:
            name = f"{record._meta.app_label}_{record._meta.model_name}"
            for act in acts:
                yield f"{name}-{act}", reverse(f"admin:{name}_{act}", args=[record.pk])


def pages_of_all(*users: User) -> Iterator[tuple[User, str, str]]:
    """Each page once, with the first of the users who may open it."""
    seen: set[str] = set()
    for user in users:
        for name, path in pages_of(user):
            if name not in seen:
                seen.add(name)
                yield user, name, path
