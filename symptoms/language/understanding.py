"""What an understander is, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from symptoms.clinical.terms import RedFlag, Symptom


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one text says of the speaker, now.

    `answers` maps slots to values as the specification has them; `present` are the symptoms it mentions as
    there; `red_flags` are signs of danger. `intent` is `back`, `stop`, `something_else`, `correction` or
    `none`. `self_harm`: it speaks of suicide or of hurting oneself.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    present: frozenset[Symptom] = frozenset()
    red_flags: frozenset[RedFlag] = frozenset()
    intent: str = "none"
    self_harm: bool = False


class Understander(Protocol):
    """Turns free text into facts. `expected` is the slot of the question on screen."""

    def understand(self, text: str, *, language: str, today: date, expected: str | None = None) -> Understanding: ...


class NullUnderstander:
    """Understands nothing: labels, numbers and dates are read elsewhere, and everything else is asked again."""

    def understand(self, text: str, *, language: str, today: date, expected: str | None = None) -> Understanding:
        return Understanding()
