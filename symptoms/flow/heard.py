"""What one message says, once it is understood. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from symptoms.clinical.terms import RedFlag, Symptom


class Intent(StrEnum):
    """What the patient wants with a message."""

    ANSWER = "answer"
    CORRECT = "correct"
    BACK = "back"
    STOP = "stop"
    SOMETHING_ELSE = "something_else"
    SMALL_TALK = "small_talk"
    NOT_UNDERSTOOD = "not_understood"
    SELF_HARM = "self_harm"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to say: its key in the wording's `bot` table and the values of its placeholders."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, understood. `answers` maps slots to raw values, `likely` those that are to be confirmed.

    `mentioned` symptoms and `red_flags` come from free text: they add to what was answered and never take
    away from it; nor do `denied` ones. `doubtful` signs of danger are asked about. `goes_on`: what was told
    before is still there, or back. `note` is a sentence to say about the message, such as why an answer was not
    taken.
    """

    intent: Intent
    answers: Mapping[str, object] = field(default_factory=dict)
    likely: Mapping[str, object] = field(default_factory=dict)
    mentioned: frozenset[Symptom] = frozenset()
    denied: frozenset[Symptom] = frozenset()
    red_flags: frozenset[RedFlag] = frozenset()
    doubtful: frozenset[RedFlag] = frozenset()
    goes_on: bool = False
    note: Line | None = None
