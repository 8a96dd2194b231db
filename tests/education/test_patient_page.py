"""What a patient was taught, on the page of the patient: offered, read, and whether the last answers are right."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.models import LeafletText, TeachBackAnswer
from symptoms.admin.tables import Section
from symptoms.models import Patient

pytestmark = pytest.mark.django_db


def education(site: Client, patient: Patient) -> dict[str, list[str]]:
    """The rows of the section by the title of the leaflet."""
    page = site.get(reverse("admin:symptoms_patient_change", args=[patient.pk]))
    sections: list[Section] = page.context["below"]
    section = next(one for one in sections if one.title == "Education")
    return {row[0].words: [cell.words for cell in row[1:]] for row in section.rows}


def answer(patient: Patient, text: LeafletText, question: str, *, is_right: bool, ago: int) -> None:
    TeachBackAnswer.objects.create(
        patient=patient, text=text, slug=text.slug, question=question, option="a", is_right=is_right,
        client_id=uuid.uuid4(), answered_at=timezone.now() - timedelta(minutes=ago),
    )  # fmt: skip


def test_what_was_offered_and_not_read_claims_nothing(ada: Patient, kim_site: Client) -> None:
    rows = education(kim_site, ada)
    assert rows
    assert {tuple(row[1:]) for row in rows.values()} == {("not read", "–", "not asked yet")}


def test_a_reading_and_the_last_answers_are_shown(ada: Patient, kim_site: Client) -> None:
    offer = ada.leaflet_offers.get(slug="your-mouth")
    offer.read_at = timezone.now()
    offer.save()
    text = offer.text
    assert text is not None
    answer(ada, text, "one", is_right=False, ago=9)
    answer(ada, text, "one", is_right=True, ago=8)
    assert education(kim_site, ada)["Your mouth"][1] != "not read"
    assert education(kim_site, ada)["Your mouth"][2:] == ["1 of 1 right", "yes"]
    answer(ada, text, "two", is_right=False, ago=7)
    assert education(kim_site, ada)["Your mouth"][2:] == ["1 of 2 right", "in part"]
