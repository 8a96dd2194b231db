"""Reads what nobody is asked about again: answers kept offline, of which what cannot be read is unknown, and kept; and
the words of forms and remarks, in which danger is heard as in a talk."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from symptoms.clinical.answers import as_judged
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.terms import MAX_TEXT_LENGTH, UNKNOWN, Exertion, RedFlag, Slot, Symptom, Urgency, YesNo
from symptoms.clinical.triage import assess
from symptoms.flow.dialogue import MOUTH_OR_BREATH, named_symptoms
from symptoms.flow.state import with_red_flags
from symptoms.language import UNDERSTANDER, Understanding
from symptoms.language.labels import tells_urgent
from symptoms.language.understander import describe

logger = logging.getLogger(__name__)

SLOTS = frozenset(Slot)

OVERLAP: Final = 200
MOST_READ: Final = 4 * (MAX_TEXT_LENGTH - OVERLAP)
"""Words are read in pieces of the length of a message, which overlap. For the rest of more a person has to ask."""


def read_answers_of_kept_report(
    sent: Mapping[str, Any], today: date, now: datetime
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The answers as they are judged and stored, and what was sent in place of those that could not be read.

    An answer to a question that there is not may be anything: it is kept as words, for a person to read, and what
    was asked is in part unknown.
    """
    answers = as_judged(sent, today)
    replaced = [
        {"slot": slot, "was": _as_words(sent[slot]), "now": value, "at": now.isoformat()}
        for slot, value in answers.items()
        if value != sent[slot]
    ]
    strange = {name: value for name, value in sent.items() if name not in SLOTS}
    if strange:
        named = answers.get(Slot.SYMPTOMS, [])
        answers[Slot.SYMPTOMS.value] = [*(named if isinstance(named, list) else [named]), UNKNOWN]
        answers[Slot.OTHER_TEXT.value] = _with_more(answers.get(Slot.OTHER_TEXT), _as_words(strange))
    return answers, replaced


def each_once(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, of which no list holds a code twice: a phone that repeats itself fills no record and no page."""
    return {
        slot: [*dict.fromkeys(value)]
        if isinstance(value, list) and all(isinstance(one, str) for one in value)
        else value
        for slot, value in answers.items()
    }


@dataclass(frozen=True, slots=True)
class Danger:
    """The danger that words tell of: its signs, those that it may only seem to be, breathlessness at rest, suicide.

    `urgent` are the symptoms in words that by themselves tell of something to be seen at once (S-11, S-15). Of words
    that could not be read, or are too many, nothing is known.
    """

    signs: frozenset[RedFlag] = frozenset()
    doubtful: frozenset[RedFlag] = frozenset()
    is_breathless_at_rest: bool = False
    is_self_harm: bool = False
    urgent: frozenset[Symptom] = frozenset()
    is_unread: bool = False

    def __or__(self, other: Danger) -> Danger:
        """The danger that either tells of."""
        return Danger(*(getattr(self, one.name) | getattr(other, one.name) for one in fields(self)))

    def added_to(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers with it. What words only seem to tell of is unknown, unless the patient was asked about it.

        So is whether something can wait that the words tell and that the answers are silent about.
        """
        told = dict(answers)
        if self.doubtful or self.is_unread:
            told.setdefault(Slot.RED_FLAGS.value, UNKNOWN)
        if self.signs:
            told[Slot.RED_FLAGS.value] = with_red_flags(told.get(Slot.RED_FLAGS), self.signs)
        if self.is_breathless_at_rest:
            told[Slot.DYSPNEA_EXERTION.value] = Exertion.AT_REST.value
        answered = {slot.partition(".")[0] for slot in answers} | named_symptoms(answers)
        may_not_wait = self.is_unread or self.urgent - answered
        if may_not_wait and answers.get(Slot.OTHER_CAN_WAIT) not in (YesNo.NO, False):
            told[Slot.OTHER_CAN_WAIT.value] = UNKNOWN
        return told


def danger_in_words(texts: Iterable[object], language: str, today: date, *, is_carer: bool) -> Danger:
    """The danger that the words of a form or a remark tell of. All else in them is for a person."""
    words = "\n".join(text for text in texts if isinstance(text, str) and text != UNKNOWN)
    try:
        read = (_read(piece, language, today, is_carer=is_carer) for piece in pieces_of(words))
        return reduce(or_, read, Danger(is_unread=len(words) > MOST_READ))
    except Exception:
        logger.exception("words_unread")
        return Danger(is_unread=True)


def pieces_of(words: str) -> Iterator[str]:
    """Words as far as they are read, in pieces that are short enough."""
    for start in range(0, min(len(words), MOST_READ), MAX_TEXT_LENGTH - OVERLAP):
        yield words[start : start + MAX_TEXT_LENGTH]


def _read(told: str, language: str, today: date, *, is_carer: bool) -> Danger:
    found = UNDERSTANDER.understand(told, language=language, today=today, expected=Slot.OTHER_TEXT, is_carer=is_carer)
    is_at_rest = found.answers.get(Slot.DYSPNEA_EXERTION) == Exertion.AT_REST
    urgent = found.present & MOUTH_OR_BREATH if _is_urgent(found, told, language, today) else frozenset[Symptom]()
    return Danger(found.red_flags, found.doubtful, is_at_rest, found.self_harm, urgent)


def _is_urgent(found: Understanding, words: str, language: str, today: date) -> bool:
    """Whether words by themselves tell of something that the review wants seen at once."""
    answers = {slot: as_json(value) for slot, value in found.answers.items()}
    by_rules = assess(Facts(today, False, answers, Baseline(), History())).urgency
    return (
        Symptom.DYSPNEA in found.present or by_rules >= Urgency.URGENT or tells_urgent(describe(words, language, today))
    )


def as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def with_line(before: object, words: str) -> str:
    """What was told so far in a slot of free text, and one line more."""
    return _with_more(before, words)[:MAX_TEXT_LENGTH]


def _with_more(before: object, words: str) -> str:
    return f"{before}\n{words}" if isinstance(before, str) and before != UNKNOWN else words


def _as_words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
