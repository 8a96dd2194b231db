"""No parameter in the address of a page, whatever stands in it, ends in an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from symptoms.models import Clinic, Patient
from symptoms.models.clinic import Role
from tests.cast import make_practitioner, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

JUNK: Final = ("abc", "9" * 30, "\x00", "2026-13-45", "[1]")
OF_LISTS: Final = ("q", "o", "p", "all", "e", "_facets", "_popup", "_to_field", "id__exact", "pk__in", "nothing")
OF_PAGES: Final = {
    "/admin/alerts/alert/worklist/": ("show", "page"),
    "/admin/alerts/alert/statistics": ("format", "weeks"),
    "/admin/symptoms/clinic/wording": ("language",),
    "/admin/education/leaflettext/preview": ("slug", "language"),
    "/admin/autocomplete/": ("term", "page", "app_label", "model_name", "field_name"),
}
"""Pages that read parameters of their own; and of a patient."""
OF_A_PATIENT: Final = ("until", "report", "episode", "_changelist_filters")


def parameters_of(model_admin: Any) -> Iterator[str]:
    """What a list understands in its address."""
    yield from OF_LISTS
    for one in model_admin.list_filter:
        name = one[0] if isinstance(one, tuple) else one
        if isinstance(name, str):
            yield from (f"{name}__{end}" for end in ("exact", "id__exact", "gte", "lt", "isnull", "in"))
        else:
            yield name.parameter_name


def lists() -> Iterator[tuple[str, str]]:
    for model, model_admin in admin.site._registry.items():
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield from ((page, name) for name in parameters_of(model_admin))


def pages(patient: Patient) -> Iterator[tuple[str, str]]:
    for name, parameters in OF_PAGES.items():
        yield from ((name, one) for one in parameters)
    for name in OF_A_PATIENT:
        yield reverse("admin:symptoms_patient_change", args=[patient.pk]), name


@pytest.mark.parametrize("role", [Role.NURSE, Role.ADMINISTRATOR, Role.AUDITOR])
def test_junk_in_any_parameter_of_any_page_is_answered(clinic: Clinic, ada: Patient, role: Role) -> None:
    site = site_of(make_practitioner(clinic, "tester", role=role).user)
    failed = [address for address in _addresses(ada) if not _is_answered(site, address)]
    assert not failed


def _addresses(patient: Patient) -> Iterator[str]:
    for page, name in (*lists(), *pages(patient)):
        yield from (f"{page}?{urlencode({name: value})}" for value in JUNK)


def _is_answered(site: Client, address: str) -> bool:
    site.raise_request_exception = False
    return site.get(address).status_code < 500
