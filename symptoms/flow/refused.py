"""Hears what a door refuses: danger in it reaches the team, though the sender is told to send it again.

A refusal takes nothing in. But what can be read of it is judged, and when that is urgent or worse it is kept like a
check-in that was broken off, with its alert, and the refusal carries the instruction.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from symptoms.clinical.answers import are_right
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import NONE, UNKNOWN, RedFlag, Respondent, Slot, Symptom, Urgency
from symptoms.flow.advise import Advice, advise, advise_again
from symptoms.flow.assess import assess_report, judge, stored, wait_for_turn
from symptoms.flow.background import read_background
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.heard import Intent
from symptoms.flow.reading import MOST_READ, pieces_of, with_line
from symptoms.flow.report import FILED_BEFORE, digest_of, running_course
from symptoms.flow.safety import (
    safe_advice,
    self_harm_advice,
    tell_team_of_failure,
    tell_team_of_self_harm,
    try_to_tell_team,
)
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import COMMANDS, understand
from symptoms.models import Carer, Patient, SymptomReport
from symptoms.models.report import ReportSource, ReportStatus
from symptoms.prepared import write_together

logger = logging.getLogger(__name__)

REFUSED: Final = uuid.UUID("6f1c7f0e-6f0b-4a53-9a5d-2f6f3d7d9c11")
"""The namespace of ids of refused reports: the same content has the same id on one day, however often it is sent."""

SAYS_NOTHING: Final = frozenset({NONE, UNKNOWN, *COMMANDS, *Respondent})
SIGNS: Final = frozenset(RedFlag)
SYMPTOMS: Final = frozenset(Symptom)


@dataclass(frozen=True, slots=True)
class Refused:
    """What a door refused. `answers` are those given to slots, right or wrong; `texts` all other words and codes.

    `is_lost`: the patient cannot put it right, so a person has to ask, whatever it was. `is_known`: something else
    has been taken in under its id, so this is not kept beside it.
    """

    answers: Mapping[str, Any]
    texts: tuple[str, ...] = ()
    is_lost: bool = False
    is_known: bool = False


def hear_refused(patient: Patient, refused: Refused, now: datetime, carer: Carer | None = None) -> Advice | None:
    """The instruction that what was refused calls for, once the team has been told; None when it calls for none.

    Never raises: what cannot be heard is put before a person.
    """
    try:
        return _hear(patient, refused, now, carer)
    except Exception:
        logger.exception("refused_not_heard patient=%s", patient.pk)
    try_to_tell_team(patient, None, now)
    return safe_advice(patient, now)


def _hear(patient: Patient, refused: Refused, now: datetime, carer: Carer | None) -> Advice | None:
    today = local_date(now, patient.zone)
    given = are_right(refused.answers, today)
    wrong = [value for slot, value in refused.answers.items() if slot not in given]
    is_carer = carer is not None
    said, is_self_harm = hear_texts(refused.texts, patient.language, today, is_carer=is_carer)
    # Of what the patient is asked again only danger counts: "headache" in the wrong place is no reason to page.
    words = tuple(words_in(wrong))
    said_wrongly, is_self_harm_too = hear_texts(words, patient.language, today, is_carer=is_carer)
    is_lost = refused.is_lost or sum(map(len, refused.texts)) > MOST_READ
    with transaction.atomic():
        told = [
            advice
            for answers, is_final in ((given, False), (said, True), (said_wrongly, False))
            if answers and (advice := _judge(_report(patient, refused, answers, now, carer), refused, now, is_final))
        ]
        if is_self_harm or is_self_harm_too:
            tell_team_of_self_harm(patient, None, now)
            told.append(self_harm_advice(patient, now))
        if not told and is_lost:
            tell_team_of_failure(patient, None, now)
            told.append(safe_advice(patient, now))
    return max(told, key=lambda advice: Urgency.from_code(advice["urgency"]), default=None)


def words_in(value: Any) -> Iterator[str]:
    """All texts in a body, in their order, without what no text may hold; however deep they stand."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            cleaned = one.encode("utf-8", "replace").decode().replace("\x00", " ").strip()
            if cleaned:
                yield cleaned
        elif isinstance(one, Mapping):
            waiting += [*one.values()][::-1]
        elif isinstance(one, (list, tuple)):
            waiting += one[::-1]


def hear_texts(texts: tuple[str, ...], language: str, today: date, *, is_carer: bool) -> tuple[dict[str, Any], bool]:
    """The answers that words and codes are, as the chatbot would take them; and whether they speak of self-harm."""
    state, is_self_harm = DialogueState(), False
    for answer in _as_messages(texts):
        heard = understand(answer, state, language=language, today=today, is_carer=is_carer)
        is_self_harm |= heard.intent is Intent.SELF_HARM
        state = replace(converse(state, heard, Known()).state, asking=Slot.SYMPTOMS, repeats=0, is_paused=False)
    return state.report_answers(is_final=True), is_self_harm


def _as_messages(texts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for codes in (SYMPTOMS, SIGNS):
        if chosen := [text for text in texts if text in codes]:
            yield {"choices": chosen}
    words = "\n".join(text for text in texts if text not in SYMPTOMS | SIGNS | SAYS_NOTHING)
    yield from ({"text": piece} for piece in pieces_of(words))


def _report(
    patient: Patient, refused: Refused, answers: dict[str, Any], now: datetime, carer: Carer | None
) -> SymptomReport:
    today = local_date(now, patient.zone)
    return SymptomReport(
        patient=patient,
        course=running_course(patient),
        client_id=uuid.uuid5(REFUSED, digest_of({"answers": answers, "texts": refused.texts, "day": today})),
        source=ReportSource.FORM,
        status=ReportStatus.ABANDONED,
        respondent=Respondent.CARER if carer else Respondent.PATIENT,
        carer=carer,
        answers=answers,
        occurred_at=now,
        received_at=now,
        assess_due_at=now,
    )


def _judge(report: SymptomReport, refused: Refused, now: datetime, is_final: bool) -> Advice | None:
    """What the answers call for when they are urgent or worse; then they are kept, and the team is told."""
    patient = report.patient
    wait_for_turn(patient)
    if (first := FILED_BEFORE.first(patient=patient.pk, client_id=report.client_id)) is not None:
        return _advice_of(first, patient, now)
    judgement = judge(report, read_background(patient, now), now, is_final=is_final).judgement
    if judgement.urgency < Urgency.URGENT:
        return None
    if refused.is_known:
        tell_team_of_failure(patient, None, now, urgency=judgement.urgency)
        return advise(judgement.findings, patient, now)
    if is_final:
        words = "\n".join(refused.texts)
        report.answers = {**report.answers, Slot.OTHER_TEXT: with_line(report.answers.get(Slot.OTHER_TEXT), words)}
    write_together(stored(report))
    return assess_report(report, now).advice


def _advice_of(report: SymptomReport, patient: Patient, now: datetime) -> Advice | None:
    latest = report.assessments.order_by("-urgency", "-pk").first()
    return advise_again(latest, patient, now) if latest else None
