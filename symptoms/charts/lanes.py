"""What a patient's chart shows, before it is drawn: lanes above one another on one axis of days. PURE."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Days:
    """The axis: its first and last day, the day that it counts from, and how a day is written below a tick.

    `today` is marked when it is on the axis.
    """

    first: date
    last: date
    counted_from: date
    today: date
    write: Callable[[date], str]

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Point:
    """What one report says. `value` None: it was asked and is not known. `label` says it in words."""

    on: date
    value: float | None
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one symptom, by their days."""

    name: str
    tone: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A value worth a line of its own, such as the threshold of a rule."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Curves:
    """A lane of figures between `low` and `high`; what lies beyond is drawn at the edge, its label says how much."""

    title: str
    low: float
    high: float
    series: tuple[Series, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from one day to another, both included."""

    first: date
    last: date
    words: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Spans:
    """A lane of things that last. Those that overlap stand below one another."""

    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on one day."""

    on: date
    words: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Marks:
    """A lane of single days."""

    title: str
    marks: tuple[Mark, ...]


Lane: TypeAlias = Curves | Spans | Marks


def pack(spans: Iterable[Span]) -> list[list[Span]]:
    """The spans in as few rows as need be: within a row none begins before the one before it is over."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda one: (one.first, one.last)):
        free = next((row for row in rows if row[-1].last < span.first), None)
        if free is None:
            rows.append([span])
        else:
            free.append(span)
    return rows
