"""Patients are found as people say them: by ear, without accents, by number, birth date or telephone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from symptoms.finding import find_patients, patient_with_number, same_person
from symptoms.models import Clinic, Patient
from symptoms.plain import plain, plain_number
from tests.cast import make_patient

pytestmark = pytest.mark.django_db

BORN = date(1963, 12, 22)


@pytest.fixture
def therese(clinic: Clinic) -> Patient:
    given: dict[str, Any] = {"hospital_number": "77-100629", "date_of_birth": BORN, "phone": "+32 2 555 91 03"}
    return make_patient(clinic, "Marie-Thérèse Bakker Álvarez", **given)


@pytest.fixture
def other_therese(other_clinic: Clinic, therese: Patient) -> Patient:
    """The same particulars in another clinic."""
    given: dict[str, Any] = {"hospital_number": "77-100629", "date_of_birth": BORN, "phone": therese.phone}
    return make_patient(other_clinic, therese.full_name, **given)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("Alvarez", True),
        ("ÁLVAREZ", True),
        ("therese", True),
        ("Bakker, Marie-Thérèse", True),
        ("bakker-alva", True),
        ("Bakker Peeters", False),
        ("77-100629", True),
        ("77100629", True),
        ("77 100 629", True),
        ("77100628", False),
        ("1963-12-22", True),
        ("22/12/1963", True),
        ("22.12.1963", True),
        ("1963-12-23", False),
        ("5559103", True),
        ("02 555 91 03", True),
        ("+32 2 555 91 03", True),
        ("0032 2 555 91 03", True),
        ("55591", False),
        ("555910", True),
        ("5559104", False),
        ("", False),
        (" , ", False),
    ],
)
def test_what_is_said_finds_the_patient(
    clinic: Clinic, therese: Patient, ada: Patient, other_therese: Patient, said: str, is_found: bool
) -> None:
    assert list(find_patients(clinic, said)) == [therese] * is_found


@pytest.mark.parametrize(
    "name", ["Ørsted Łukasz", "Weiß", "Đorđe Æbel", "Œuvre", "İnci Işık", "D’Été", "ﬁnch", "ÑANDÚ", "Zoë"]
)
def test_a_column_is_written_plainly_as_a_text_is(clinic: Clinic, name: str) -> None:
    patient = make_patient(clinic, name, hospital_number=f"{name} / 7-1")
    written = Patient.objects.values_list("plain_name", "plain_number").get(pk=patient.pk)
    assert written == (plain(name), plain_number(f"{name}71"))
    assert plain(name).isascii()
    patient.full_name = "Anaïs"
    patient.save(update_fields=["full_name"])
    assert Patient.objects.get(plain_name="anais") == patient


@pytest.mark.parametrize("page", ["symptoms_patient", "symptoms_treatmentcourse", "alerts_visit"])
def test_the_lists_of_the_site_find_so_too(kim_site: Client, therese: Patient, page: str) -> None:
    address = reverse(f"admin:{page}_changelist")
    for said, is_found in (("therese alvarez", True), ("1963-12-22", True), ("nobody", False)):
        shown = kim_site.get(address, {"q": said}).context["cl"].result_list
        assert bool(shown) is is_found, said


@pytest.mark.parametrize(
    ("number", "is_found"), [("77-100629", True), ("77 100629", True), ("77100629", True), ("77", False), ("", False)]
)
def test_a_number_is_the_same_in_whatever_way_it_is_written(
    clinic: Clinic, therese: Patient, other_therese: Patient, number: str, is_found: bool
) -> None:
    assert patient_with_number(clinic, number) == (therese if is_found else None)


def test_a_number_that_may_be_two_patients_is_nobodys_unless_it_is_written_exactly(
    clinic: Clinic, therese: Patient
) -> None:
    other = make_patient(clinic, "Ben", hospital_number="771-00629")
    assert patient_with_number(clinic, "77100629") is None
    assert patient_with_number(clinic, "771-00629") == other


@pytest.mark.parametrize(
    ("name", "number", "born", "is_alike"),
    [
        ("Marie Thérèse Bakker-Alvarez", "", None, True),
        ("marie-therese bakker alvarez", "", None, True),
        ("Marie-Thérèse Bakker Álvarez", "", date(1964, 1, 1), False),
        ("Bakker Alvares, Marie-Therese", "", BORN, True),
        ("álvarez bakker, Marie-Therese", "", None, True),
        ("Karel Peeters", "", BORN, False),
        ("Karel Peeters", "77 100629", None, True),
        ("Karel Peeters", "77-100628", None, False),
    ],
)
def test_whoever_may_be_the_same_person_is_found(
    clinic: Clinic, therese: Patient, other_therese: Patient, name: str, number: str, born: date | None, is_alike: bool
) -> None:
    found = same_person(clinic, full_name=name, hospital_number=number, date_of_birth=born)
    assert found == [therese] * is_alike
