"""Whole talks as data: what was typed, and what has to come of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a patient typed, and the turn that answered it."""

    words: str
    turn: dict[str, Any]


def write_scenario(language: str, exchanges: Iterable[Exchange]) -> str:
    """A talk as a scenario file (TOML), which states what each reply asked next and how urgent its advice was."""
    return "\n".join(_lines(language, exchanges)) + "\n"


def _lines(language: str, exchanges: Iterable[Exchange]) -> Iterator[str]:
    yield 'about = "What this talk shows."'
    yield f'language = "{language}"'
    for exchange in exchanges:
        expects, advice = exchange.turn["expects"], exchange.turn["advice"]
        yield "\n[[turn]]"
        yield f"text = {json.dumps(exchange.words, ensure_ascii=False)}"
        yield f'expects = "{expects["slot"] if expects else "nothing"}"'
        if advice:
            yield f'urgency = "{advice["urgency"]}"'
