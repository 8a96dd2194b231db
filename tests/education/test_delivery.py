"""Leaflets are offered once for each occasion, and the first reading is kept as proof."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from education.delivery import mark_read, offer_leaflets
from education.models import LeafletOffer
from symptoms.clinical.actions import OfferEducation
from symptoms.models import Patient
from tests.cast import make_clinic, make_patient
from tests.symptoms.admin.records import file_four_sores

pytestmark = pytest.mark.django_db

NOW = timezone.now()
START = OfferEducation(rules=())


def offers(patient: Patient) -> list[str]:
    return sorted(LeafletOffer.objects.filter(patient=patient).values_list("slug", flat=True))


@pytest.mark.source("S-02")
def test_the_start_of_treatment_offers_its_leaflets_once(ada: Patient) -> None:
    before = offers(ada)
    assert {"starting-everolimus", "your-mouth", "your-lungs"} <= set(before)
    assert set(offer_leaflets(START, patient=ada, report=None, now=NOW)) == set(before)
    assert offers(ada) == before


def test_a_report_offers_what_goes_with_its_findings(ada: Patient) -> None:
    report = file_four_sores(ada)
    assert [offer.slug for offer in LeafletOffer.objects.filter(report=report)] == ["your-mouth"]
    again = OfferEducation(rules=("MOUTH-COUNT",))
    assert offer_leaflets(again, patient=ada, report=report, now=NOW) == ["your-mouth"]
    assert LeafletOffer.objects.filter(report=report).count() == 1
    assert LeafletOffer.objects.filter(patient=ada, slug="your-mouth").count() == 2


def test_an_offer_says_which_version_in_which_language(ada: Patient) -> None:
    ada.language = "nl"
    offer_leaflets(OfferEducation(rules=("FEVER",)), patient=ada, report=file_four_sores(ada), now=NOW)
    offer = LeafletOffer.objects.filter(patient=ada, slug="fever-and-infections").latest("offered_at")
    assert (offer.language, offer.version) == ("en", "2"), "there is no Dutch text yet"


def test_findings_without_a_leaflet_offer_nothing(ada: Patient) -> None:
    before = offers(ada)
    assert offer_leaflets(OfferEducation(rules=("CONTRADICTION",)), patient=ada, report=None, now=NOW) == []
    assert offers(ada) == before


def test_the_first_reading_counts(ada: Patient, ben: Patient) -> None:
    mark_read(ada, "your-mouth", NOW)
    mark_read(ada, "your-mouth", NOW + timedelta(days=1))
    assert LeafletOffer.objects.get(patient=ada, slug="your-mouth").read_at == NOW
    assert not LeafletOffer.objects.filter(patient=ben).exclude(read_at=None).exists()


def test_a_leaflet_that_was_found_and_not_offered_counts_too(ada: Patient) -> None:
    LeafletOffer.objects.filter(patient=ada).delete()
    mark_read(ada, "your-lungs", NOW)
    offer = LeafletOffer.objects.get(patient=ada)
    assert (offer.slug, offer.offered_at, offer.read_at) == ("your-lungs", NOW, NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_twice_at_once_is_one_reading() -> None:
    patient = make_patient(make_clinic("c"), "Ada")
    LeafletOffer.objects.filter(patient=patient).delete()
    barrier = threading.Barrier(4)
    failures = []

    def read() -> None:
        barrier.wait()
        try:
            mark_read(patient, "your-lungs", NOW)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert LeafletOffer.objects.get(patient=patient).read_at == NOW
