"""A mention of a symptom: its words, their clause, and whether it is there, denied or gone, or of no concern."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from symptoms.clinical.terms import Symptom
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit


class Status(Enum):
    """How a symptom is mentioned."""

    PRESENT = "present"
    ABSENT = "absent"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a symptom. `hit` are the words that carry it."""

    symptom: Symptom
    status: Status
    hit: Hit
    clause: Clause
