"""Small things that are read all day: doses without empty zeros, titles that say what they name."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.models import LeafletOffer
from symptoms.admin.words import say
from symptoms.courses import record_dose_event
from symptoms.models import Patient
from tests.cast import course_of
from tests.filling import Page

pytestmark = pytest.mark.django_db


def read(site: Client, address: str, language: str = "en") -> str:
    return unescape(site.get(address, headers={"Accept-Language": language}).content.decode())


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_dose_has_no_zeros_that_say_nothing(ada: Patient, kim_site: Client, language: str) -> None:
    course = course_of(ada)
    address = reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])
    assert 'name="starting_dose_mg" value="10"' in read(kim_site, address, language)
    Page(kim_site, address).send(starting_dose_mg="7.5")
    course.refresh_from_db()
    assert course.starting_dose_mg == Decimal("7.5")
    assert 'name="starting_dose_mg" value="7.5"' in read(kim_site, address, language)
    event = record_dose_event(course, kind="changed", happened_on=timezone.localdate(), dose_mg=5, now=timezone.now())
    assert "5 mg" in read(kim_site, reverse("admin:symptoms_doseevent_change", args=[event.pk]), language)


def test_the_version_of_a_leaflet_is_called_one(ada: Patient) -> None:
    offer = LeafletOffer(patient=ada, slug="fever-and-infections", version="4", language="en")
    assert str(offer) == "Fever and infections, version 4"


def test_the_chatbot_has_one_name() -> None:
    assert say("bot") == "chatbot"
