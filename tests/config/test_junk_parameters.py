"""No parameter in the address of a page, whatever stands in it, ends in an error; no page takes a NUL."""

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

pytestmark = pytest.mark.django_db

JUNK: Final = ("abc", "9" * 30)
NUL: Final = "\x00"
FORGIVING: Final = ("q", "o", "_facets")
"""Parameters of every list that hide no other: they are tried together, for a page takes a tenth of a second."""
OF_PAGES: Final = {
    "/admin/alerts/alert/worklist/": ("show", "page"),
    "/admin/alerts/alert/statistics": ("format", "weeks"),
    "/admin/symptoms/clinic/wording": ("language",),
    "/admin/education/leaflettext/preview": ("slug", "language"),
    "/admin/autocomplete/": ("term", "page", "app_label", "model_name", "field_name"),
    "/sign-in/": ("next",),
}
"""Pages that read parameters of their own; and of a patient."""
OF_A_PATIENT: Final = ("until", "report", "episode", "_changelist_filters")


def parameters_of(model_admin: Any) -> Iterator[tuple[str, ...]]:
    """What a list understands in its address."""
    yield FORGIVING
    yield from (("p",), ("id__exact",))
    for one in model_admin.list_filter:
        name = one[0] if isinstance(one, tuple) else one
        yield (f"{name}__exact" if isinstance(name, str) else name.parameter_name,)


def parameters_of_the_site(patient: Patient) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page with every parameter that it reads."""
    for model, model_admin in admin.site._registry.items():
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield from ((page, names) for names in parameters_of(model_admin))
    for page, names in OF_PAGES.items():
        yield from ((page, (name,)) for name in names)
    yield from ((reverse("admin:symptoms_patient_change", args=[patient.pk]), (name,)) for name in OF_A_PATIENT)


def addresses(patient: Patient, *junk: str) -> Iterator[str]:
    for page, names in parameters_of_the_site(patient):
        yield from (f"{page}?{urlencode(dict.fromkeys(names, value))}" for value in junk)


@pytest.fixture
def site(clinic: Clinic) -> Client:
    """An administrator's browser, in which a page that fails is an answer like others."""
    site = site_of(make_practitioner(clinic, "tester", role=Role.ADMINISTRATOR).user)
    site.raise_request_exception = False
    return site


def test_junk_in_any_parameter_of_any_page_is_answered(site: Client, ada: Patient) -> None:
    answers = {address: site.get(address).status_code for address in addresses(ada, *JUNK)}
    failed = [f"{status} {address}" for address, status in answers.items() if status >= 500]
    assert not failed, "\n".join(failed)


def test_a_nul_is_refused_by_a_page_that_says_so(site: Client, nobody_site: Client, ada: Patient) -> None:
    taken = [address for address in addresses(ada, NUL) if site.get(address).status_code != 400]
    assert not taken, "\n".join(taken)
    for address in ("/admin/?q=%00", "/admin/symptoms/patient/%00/change/", "/sign-in/?next=a%00b"):
        for asker in (site, nobody_site):
            answer = asker.get(address, headers={"Accept-Language": "en"})
            assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store"), address
            assert "This address cannot be read" in answer.content.decode()


def test_machines_get_their_own_shape(nobody_site: Client) -> None:
    for address in ("/api/v1/reports?page_size=%00", "/api/v1/%00", "/health/live?a=%00", "/receipts/x%00"):
        answer = nobody_site.get(address)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request"), address
    answer = nobody_site.get("/fhir/Patient?_id=%00")
    assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")


def test_a_percent_sign_before_zeros_is_text(site: Client) -> None:
    assert site.get("/admin/symptoms/patient/?q=100%2500").status_code == 200
