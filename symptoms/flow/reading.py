"""Reads the answers of a report about which nobody can be asked again: what cannot be read is unknown, and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from symptoms.clinical.answers import as_judged
from symptoms.clinical.terms import MAX_TEXT_LENGTH, UNKNOWN, Slot

SLOTS = frozenset(Slot)


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
        answers[Slot.OTHER_TEXT.value] = with_line(answers.get(Slot.OTHER_TEXT), _as_words(strange))
    return answers, replaced


def with_line(before: object, words: str) -> str:
    """What was told so far in a slot of free text, and one line more."""
    lines = f"{before}\n{words}" if isinstance(before, str) and before != UNKNOWN else words
    return lines[:MAX_TEXT_LENGTH]


def _as_words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
