"""Notes what patients read and whether they understood it: teaching is done when it has arrived (S-02).

Every note is safe to repeat with the same `client_id`; with another body it raises ClientIdConflict.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from education.models import LeafletOffer, LeafletReading, LeafletText, Misunderstanding, TeachBackAnswer
from symptoms.flow.report import ClientIdConflict, digest_of
from symptoms.models import Patient, Practitioner

WRONG_TOO_OFTEN: Final = 2
"""Wrong answers to one question, with no right one since, after which a person has to explain [TEAM]."""

FOUND: Final = "found"
"""The occasion of a leaflet that the patient opened without an offer."""


class NoSuchAnswer(Exception):
    """The text has no such question, or the question no such option. `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def mark_read(patient: Patient, text: LeafletText, client_id: uuid.UUID | None, now: datetime) -> LeafletReading:
    """Note that the patient opened a text, offered or found by themselves. The first reading of an offer counts.

    Without a `client_id` there is one reading of each text.
    """
    client_id = client_id or uuid.uuid5(uuid.NAMESPACE_OID, text.text_id)
    body_digest = digest_of({"slug": text.slug, "text_id": text.text_id})
    with transaction.atomic():
        _hold(patient)
        first = LeafletReading.objects.filter(patient=patient, client_id=client_id).select_related("text").first()
        if first is not None:
            _refuse_conflict(first.body_digest, body_digest)
            return first
        offers = LeafletOffer.objects.filter(patient=patient, slug=text.slug)
        if not offers.exists():
            _offer_found(patient, text, now)
        offers.filter(read_at=None).update(read_at=now)
        return LeafletReading.objects.create(
            patient=patient, text=text, client_id=client_id, body_digest=body_digest, read_at=now
        )


def answer_question(
    patient: Patient, text: LeafletText, question_id: str, option: str, client_id: uuid.UUID, now: datetime
) -> TeachBackAnswer:
    """Note an answer to a teach-back question. Raises NoSuchAnswer for a question or an option that is not there.

    Wrong twice and not right since: the clinic is shown that a person has to explain it.
    """
    question = next((one for one in text.asked if one.id == question_id), None)
    if question is None:
        raise NoSuchAnswer("question")
    if option not in question.lettered:
        raise NoSuchAnswer("option")
    values: dict[str, Any] = {"slug": text.slug, "question": question_id, "option": option}
    body_digest = digest_of({**values, "text_id": text.text_id})
    with transaction.atomic():
        _hold(patient)
        first = TeachBackAnswer.objects.filter(patient=patient, client_id=client_id).select_related("text").first()
        if first is not None:
            _refuse_conflict(first.body_digest, body_digest)
            return first
        answer = TeachBackAnswer.objects.create(
            patient=patient,
            text=text,
            is_right=option == question.right,
            client_id=client_id,
            body_digest=body_digest,
            answered_at=now,
            **values,
        )
        _follow(answer, now)
        return answer


def close_misunderstanding(misunderstanding: Misunderstanding, practitioner: Practitioner, now: datetime) -> None:
    """A clinician has explained it. A repeat changes nothing."""
    still_open = Misunderstanding.objects.open().filter(pk=misunderstanding.pk)
    still_open.update(closed_at=now, closed_by=practitioner)


def _follow(answer: TeachBackAnswer, now: datetime) -> None:
    same = {"patient": answer.patient, "slug": answer.slug, "question": answer.question}
    if answer.is_right:
        Misunderstanding.objects.open().filter(**same).update(closed_at=now)
        return
    latest = TeachBackAnswer.objects.filter(**same)[:WRONG_TOO_OFTEN]
    if len(latest) == WRONG_TOO_OFTEN and not any(one.is_right for one in latest):
        opening = {"text": answer.text, "opened_at": now}
        Misunderstanding.objects.get_or_create(**same, closed_at=None, defaults=opening)


def _offer_found(patient: Patient, text: LeafletText, now: datetime) -> None:
    LeafletOffer.objects.create(
        patient=patient,
        slug=text.slug,
        version=text.version,
        language=text.language,
        text=text,
        occasion=FOUND,
        offered_at=now,
    )


def _hold(patient: Patient) -> None:
    """The same tap may arrive twice at once: the second waits for the first."""
    Patient.objects.select_for_update(no_key=True, of=("self",)).get(pk=patient.pk)


def _refuse_conflict(stored: str, sent: str) -> None:
    if stored != sent:
        raise ClientIdConflict
