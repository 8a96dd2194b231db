"""Compares what is understood of labelled sentences with what is wanted: figures alone, never a sentence.

`dev`, `dev_hard` and `dev_amounts` are there to be read and learnt from; of those held out only figures are looked at.
`dev_amounts` counts sores, tells since when and how eating goes in as many ways as could be thought of. The hard ones
are made of images, dialects, indirect ways of speaking, and harmless look-alikes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from symptoms.language.labels import label
from symptoms.language.understander import describe

Labels = dict[str, Any]

SENTENCES: Final = Path(__file__).parent / "sentences"
FILES: Final = (
    "dev", "dev_hard", "dev_amounts", "held_out_latest", "held_out_fresh", "held_out", "held_out_hard",
    "held_out_later",
)  # fmt: skip


def read(name: str) -> list[dict[str, Any]]:
    """The sentences of a file with their labels, in order."""
    return [json.loads(line) for line in (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def pairs(name: str, language: str | None = None) -> list[tuple[Labels, Labels]]:
    """Wanted and given labels of each sentence of a file, of one language or all."""
    return [(wanted, given) for spoken, wanted, given in _labelled(name) if language in (None, spoken)]


@cache
def _labelled(name: str) -> list[tuple[str, Labels, Labels]]:
    """The language of each sentence, and its wanted and given labels: each is read once, whatever is counted."""
    return [
        (one["lang"], one["labels"], label(describe(one["text"], one["lang"], date.fromisoformat(one["today"]))))
        for one in read(name)
    ]


@dataclass(frozen=True)
class Rates:
    """Shares from 0 to 1: found of what is there, found of what is not there, there of what is found."""

    recall: float
    false_alarms: float
    precision: float


def rates(name: str, is_so: Callable[[Labels], bool], language: str | None = None) -> Rates:
    found = [(is_so(wanted), is_so(given)) for wanted, given in pairs(name, language)]
    hits = sum(wanted and given for wanted, given in found)
    wanted_all = sum(wanted for wanted, _ in found)
    given_all = sum(given for _, given in found)
    return Rates(hits / wanted_all, (given_all - hits) / (len(found) - wanted_all), hits / given_all)


def share_right(name: str, key: str, language: str | None = None) -> float:
    """Of the sentences that have a value, or are given one, the share in which both are the same."""
    values = [(wanted[key], given[key]) for wanted, given in pairs(name, language)]
    told = [pair for pair in values if pair != (None, None)]
    return [wanted == given for wanted, given in told].count(True) / len(told)
