"""What an understander is, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from symptoms.clinical.terms import RedFlag, Symptom


class Wish(StrEnum):
    """What typed words want of the conversation, beside or instead of answering its question."""

    NONE = "none"
    BACK = "back"
    STOP = "stop"
    SOMETHING_ELSE = "something_else"
    CORRECTION = "correction"
    HELP = "help"
    QUESTION = "question"
    WAITING = "waiting"
    UNREACHED = "unreached"
    IN_CARE = "in_care"
    PUZZLED = "puzzled"
    ABUSE = "abuse"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one text says of the speaker, now.

    `answers` maps slots to values as the specification has them: what the words plainly say, in reply to the
    question on screen or unasked ("don't know" is the value `unknown`). `likely` holds in the same way what
    they may mean: such a question is asked, with this reading to confirm. `present` and `denied` are the
    symptoms said to be there and not to be there; denying is no reason to leave a question out. `red_flags`
    are signs of danger, `doubtful` those that may be no such thing and are asked about. `self_harm`: they speak of
    suicide or of hurting oneself. `is_about_state`: they say something else of how the patient is, which a person has
    to read. `tells_more`: beside what is told here, a complaint that no question asks for. `is_about_treatment`: they
    tell of stopping or missing the treatment. `asks_about_medicine`: they ask something about it, or about another
    medicine. `goes_on`: what was told
    before is still there, better, worse, or back. `agrees`, `disagrees`: they are a yes, or a no, and nothing else.
    `may_be_by_carer`: nothing, unless a carer writes of the patient.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    likely: Mapping[str, object] = field(default_factory=dict)
    present: frozenset[Symptom] = frozenset()
    denied: frozenset[Symptom] = frozenset()
    red_flags: frozenset[RedFlag] = frozenset()
    doubtful: frozenset[RedFlag] = frozenset()
    wish: Wish = Wish.NONE
    self_harm: bool = False
    is_about_state: bool = False
    tells_more: bool = False
    is_about_treatment: bool = False
    asks_about_medicine: bool = False
    goes_on: bool = False
    agrees: bool = False
    disagrees: bool = False
    may_be_by_carer: bool = False


class Understander(Protocol):
    """Turns free text into facts. `expected` is the slot of the question on screen; `is_carer`: a carer answers."""

    def understand(
        self, text: str, *, language: str, today: date, expected: str | None = None, is_carer: bool = False
    ) -> Understanding: ...
