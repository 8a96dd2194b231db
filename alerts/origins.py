"""Tells where each answer behind an alert came from: chosen in the app, or understood from words, and from which.

Whoever judges an alert has to know whether a patient ticked "lips turning blue" or wrote something that was taken for
it. What was understood is not stored with the answer; it is read again from the words, as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Respondent, Slot
from symptoms.language import UNDERSTANDER, Understanding
from symptoms.models import Message, SymptomReport


@dataclass(frozen=True, slots=True)
class Origin:
    """`words` are the typed messages that an answer was understood from, in their order; none: it was chosen.

    `is_chosen`: the patient picked it, or part of it. `is_asked`: its question was on screen then.
    """

    words: tuple[str, ...] = ()
    is_chosen: bool = True
    is_asked: bool = True


class Said:
    """One message of the patient, and what its words say."""

    def __init__(self, message: Message, on: date, *, is_carer: bool) -> None:
        self.message, self._on, self._is_carer = message, on, is_carer

    @property
    def is_typed(self) -> bool:
        return bool(self.message.answer) and "text" in self.message.answer

    @cached_property
    def understood(self) -> Understanding:
        message = self.message
        language, asked = message.conversation.language, message.asked or None
        return UNDERSTANDER.understand(
            message.text, language=language, today=self._on, expected=asked, is_carer=self._is_carer
        )

    def tells_of(self, slot: str, value: Any) -> bool:
        """Whether these words may be what the answer was understood from."""
        if self.message.asked == slot:
            return True
        found, values = self.understood, set(value) if isinstance(value, list) else {value}
        match slot:
            case Slot.OTHER_TEXT:
                return self.message.text in str(value)
            case Slot.SYMPTOMS:
                return bool(found.present & values) or slot in found.likely
            case Slot.RED_FLAGS:
                return bool((found.red_flags | found.doubtful) & values)
            case _:
                return slot in found.answers or slot in found.likely

    def chose(self, slot: str, value: Any) -> bool:
        """Whether the answer, or part of it, was picked with this message."""
        if self.is_typed or not self.message.answer:
            return False
        (picked,) = self.message.answer.values()
        is_part = isinstance(picked, list) and isinstance(value, list) and any(one in value for one in picked)
        return self.message.asked == slot or is_part


def said_by(report: SymptomReport, messages: Iterable[Message]) -> list[Said]:
    """The messages of the patient, ready to be asked what they say."""
    is_carer, zone = report.respondent == Respondent.CARER, report.patient.zone
    return [Said(one, local_date(one.created_at, zone), is_carer=is_carer) for one in messages]


def origin_of(slot: str, value: Any, said: Sequence[Said]) -> Origin:
    """Where an answer came from, of all that was said until it was judged.

    An answer that neither was picked nor is told by any words in particular is taken to be told by all of them: no
    words are kept from whoever judges it.
    """
    typed = [one for one in said if one.is_typed]
    chosen = [one for one in said if one.chose(slot, value)]
    if slot == Slot.OTHER_TEXT and not typed:
        return Origin((str(value),), is_chosen=False)
    telling = [one for one in typed if one.tells_of(slot, value)]
    if not isinstance(value, list) and chosen and said.index(chosen[-1]) > max(map(said.index, telling), default=-1):
        return Origin()
    if not telling and not chosen:
        telling = typed
    is_asked = bool(chosen) or any(one.message.asked == slot for one in telling)
    words = tuple(dict.fromkeys(one.message.text for one in telling))
    return Origin(words, is_chosen=bool(chosen) or not telling, is_asked=is_asked or not telling)
