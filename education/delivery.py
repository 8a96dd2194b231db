"""Offers leaflets to patients and notes when they are read: proof of teaching (S-02)."""

from __future__ import annotations

from datetime import datetime

from education.catalogue import choose_leaflets, find_leaflet, shipped_leaflets
from education.models import LeafletOffer
from symptoms.clinical.actions import OfferEducation
from symptoms.models import Patient, SymptomReport


def offer_leaflets(
    action: OfferEducation, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> list[str]:
    """Offer the leaflets that go with the action's rules, once for each occasion; returns their slugs."""
    catalogue = shipped_leaflets()
    offers = []
    for slug in choose_leaflets(action.rules, catalogue):
        leaflet = find_leaflet(slug, patient.language, catalogue)
        assert leaflet is not None, "it was chosen from the catalogue"
        offers.append(
            LeafletOffer(
                patient=patient,
                slug=slug,
                version=leaflet.version,
                language=leaflet.language,
                report=report,
                offered_at=now,
            )
        )
    LeafletOffer.objects.bulk_create(offers, ignore_conflicts=True)
    return [offer.slug for offer in offers]


def mark_read(patient: Patient, slug: str, now: datetime) -> None:
    """Note that the patient opened a leaflet, offered or found by themselves. A repeat changes nothing."""
    leaflet = find_leaflet(slug, patient.language, shipped_leaflets())
    assert leaflet is not None, "the caller has found it"
    offers = LeafletOffer.objects.filter(patient=patient, slug=slug)
    if not offers.exists():
        found = LeafletOffer(
            patient=patient, slug=slug, version=leaflet.version, language=leaflet.language, offered_at=now
        )
        LeafletOffer.objects.bulk_create([found], ignore_conflicts=True)  # the same tap may arrive twice at once
    offers.filter(read_at=None).update(read_at=now)
