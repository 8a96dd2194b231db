"""What a patient's chart shows, before it is drawn: lanes above one another on one axis of days. PURE."""

from __future__ import annotations

from collections.abc import Callable
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
    """What one report says. `value` None: it was asked and is not known. `label` says it in words.

    `part` is when on its day: 0 its beginning, 1 its end.
    """

    on: date
    value: float | None
    label: str
    part: float = 0.5


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one symptom, in their order."""

    name: str
    tone: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A value worth a line of its own, such as the threshold of a rule. Words of a lower one stand below its line."""

    value: float
    words: str
    is_lower: bool = False


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
