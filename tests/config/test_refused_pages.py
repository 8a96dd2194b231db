"""What people read instead of a page that they cannot have, in their language; machines get the one error shape."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from symptoms.models import Patient, User

pytestmark = pytest.mark.django_db


def test_another_clinics_record_and_a_mistyped_address_look_the_same(kim_site: Client, ben: Patient) -> None:
    for path in (reverse("admin:symptoms_patient_change", args=[ben.pk]), "/nowhere"):
        answer = kim_site.get(path)
        assert answer.status_code == 404
        assert answer["Cache-Control"] == "no-store"
        assert "<h1" in answer.content.decode()
        assert "There is no such page" in answer.content.decode()
        assert ben.full_name not in answer.content.decode()


def test_what_is_not_for_ones_role_is_said_in_ones_language(kim_site: Client) -> None:
    answer = kim_site.get(reverse("admin:symptoms_accessrecord_changelist"), headers={"Accept-Language": "nl"})
    assert answer.status_code == 403
    assert "niet voor uw rol" in answer.content.decode()


def test_a_form_without_its_token_says_that_nothing_was_saved(nurse_kim: object) -> None:
    site = Client(enforce_csrf_checks=True)
    site.force_login(User.objects.get(username="kim"))
    answer = site.post(reverse("account_login"), {"login": "kim", "password": "x"})
    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()


def test_an_error_says_to_look_before_sending_again(
    kim_site: Client, ada: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("symptoms.admin.patient.overview", fail)
    kim_site.raise_request_exception = False
    answer = kim_site.get(reverse("admin:symptoms_patient_change", args=[ada.pk]))
    assert answer.status_code == 500
    assert "look at the record before you send it again" in answer.content.decode()


@pytest.fixture
def is_away(kim_site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that lets nobody in. `make faults` F15 takes the real one away."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.create_cursor", refuse)


@pytest.mark.usefixtures("is_away")
@pytest.mark.parametrize("address", ["/admin/", "/sign-in/"])
def test_while_the_database_is_away_staff_read_that_and_what_to_do(kim_site: Client, address: str) -> None:
    kim_site.raise_request_exception = False
    answer = kim_site.get(address, headers={"Accept-Language": "de"})
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    assert "Die Datenbank antwortet nicht" in answer.content.decode()


@pytest.mark.usefixtures("is_away")
def test_who_signs_in_then_reads_it_too(nobody_site: Client) -> None:
    nobody_site.raise_request_exception = False
    answer = nobody_site.post("/sign-in/", {"login": "kim", "password": "x"})
    assert answer.status_code == 503
    assert "paper procedure" in answer.content.decode()


@pytest.mark.usefixtures("is_away")
def test_the_figures_are_then_refused_in_one_line(nobody_site: Client) -> None:
    answer = nobody_site.get("/metrics")
    assert answer.status_code == 503
    assert answer.content == b"The database does not answer\n"


def test_machines_get_the_one_error_shape(nobody_site: Client) -> None:
    for path in ("/api/v1/nothing", "/health/nothing", "/receipts/nothing/x"):
        assert nobody_site.get(path).json()["error"]["code"] == "not_found", path
