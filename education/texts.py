"""Which exact text of a leaflet a patient is shown: the clinic's own where it published one, else the product's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Final

from education.catalogue import FALLBACK, Catalogue, Leaflet, shipped_leaflets
from education.models import LeafletText
from education.models.text import TextState
from symptoms.models import Clinic, Patient
from symptoms.prepared import Prepared, each
from symptoms.wording import text

OWN_TEXTS: Final = Prepared(lambda clinics: LeafletText.objects.latest_published(each(clinics, "bigint")))
KEPT: Final = Prepared(
    lambda ids: LeafletText.objects.filter(text_id__in=each(ids, "text")).defer("title", "body")  # long, and known
)


class NoSuchText(Exception):
    """The text that an app says it showed is none of this leaflet."""


def leaflets_of(patient: Patient) -> Catalogue:
    """The leaflets of a patient's clinic. One query."""
    return leaflets_by_clinic([patient.clinic_id])[patient.clinic_id]


def numbers_of(clinic: Clinic, language: str) -> list[tuple[str, str]]:
    """The numbers that stand below every leaflet, each with what it is for: whom to call has to be at hand."""
    return [
        (text(language, "advice", "call_label"), clinic.phone),
        (text(language, "advice", "call_out_of_hours_label"), clinic.out_of_hours_phone),
        (text(language, "advice", "call_emergency_label"), clinic.emergency_number),
    ]


def leaflets_by_clinic(clinic_ids: Iterable[int]) -> dict[int, Catalogue]:
    """The leaflets of each clinic: the product's, with those in their place that the clinic published. One query."""
    shipped = shipped_leaflets()
    overlays: dict[int, dict[tuple[str, str], Leaflet]] = {clinic_id: {} for clinic_id in clinic_ids}
    for own in OWN_TEXTS.all(clinics=[*overlays]):
        base = shipped.get((own.slug, own.language)) or shipped.get((own.slug, FALLBACK))
        if base is not None and own.clinic_id is not None:  # None: the product no longer has this leaflet
            reviewed_at: datetime = own.reviewed_at  # type: ignore[attr-defined]  # an annotation of latest_published
            overlays[own.clinic_id][own.slug, own.language] = _as_leaflet(own, base, reviewed_at.date())
    return {clinic_id: {**shipped, **overlay} for clinic_id, overlay in overlays.items()}


def is_reviewed(text: LeafletText) -> bool:
    """Whether a clinician has reviewed this exact text: a colleague of its author, or the product's own reviewer.

    Uses prefetched steps. A text that shipped with an earlier version of the product counts as not reviewed.
    """
    if text.clinic_id is not None:
        return text.state != TextState.DRAFT
    shipped = shipped_leaflets().get((text.slug, text.language))
    return shipped is not None and shipped.text_id == text.text_id and shipped.reviewed is not None


def keep_texts(leaflets: Iterable[Leaflet]) -> dict[str, LeafletText]:
    """The stored rows of texts by `text_id`; what ships and was never shown before is stored now.

    One query when all are there, three otherwise. Any number of workers may do so at once.
    """
    wanted = {leaflet.text_id: leaflet for leaflet in leaflets}
    kept = _kept(wanted)
    missing = [_as_row(leaflet) for text_id, leaflet in wanted.items() if text_id not in kept]
    if missing:
        LeafletText.objects.bulk_create(missing, ignore_conflicts=True)
        kept = _kept(wanted)
    return kept


def find_shown(patient: Patient, leaflet: Leaflet, text_id: str | None) -> LeafletText:
    """The row of the text that the app showed; without its id, of the one that is shown now.

    Raises NoSuchText when the id is no text of this leaflet that this patient can have seen.
    """
    if text_id is None or text_id == leaflet.text_id:
        return keep_texts([leaflet])[leaflet.text_id]
    for other in shipped_leaflets().values():  # in another language, before the patient changed it
        if (other.slug, other.text_id) == (leaflet.slug, text_id):
            return keep_texts([other])[text_id]
    seen = LeafletText.objects.filter(text_id=text_id, slug=leaflet.slug).first()
    if seen is None or seen.clinic_id not in (None, patient.clinic_id):
        raise NoSuchText
    return seen


def _kept(wanted: Mapping[str, Leaflet]) -> dict[str, LeafletText]:
    return {row.text_id: row for row in KEPT.all(ids=[*wanted])}


def _as_row(leaflet: Leaflet) -> LeafletText:
    """A row for a text that ships. A clinic's own has had its row from the start."""
    return LeafletText(
        text_id=leaflet.text_id,
        slug=leaflet.slug,
        language=leaflet.language,
        version=leaflet.version,
        title=leaflet.title,
        body=leaflet.body,
        questions=[asdict(question) for question in leaflet.questions],
    )


def _as_leaflet(own: LeafletText, base: Leaflet, reviewed_on: date) -> Leaflet:
    """A clinic's text with the topics and sources of the leaflet that it stands for."""
    return replace(
        base,
        language=own.language,
        title=own.title,
        version=own.version,
        questions=own.asked,
        body=own.body,
        text_id=own.text_id,
        reviewed=reviewed_on,
    )
