"""Draws counts as bars: one bar for each week or kind, in parts that stand on one another. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from symptoms.charts.shapes import Box, Drawing, Path, Text, horizontal

LEFT: Final = 34
PLOT: Final = 120
TOP: Final = 12
FOOT: Final = 20
LABEL_ROOM: Final = 58


@dataclass(frozen=True, slots=True)
class Part:
    """`count` of one kind within a bar."""

    count: int
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; its parts from the bottom up."""

    words: str
    parts: tuple[Part, ...]

    @property
    def height(self) -> int:
        return sum(part.count for part in self.parts)


def draw_bars(bars: Sequence[Bar], *, width: int) -> Drawing:
    """The bars side by side in `width` units, the highest filling the plot. Words stand below where there is room."""
    highest = max((bar.height for bar in bars), default=0) or 1
    bottom = TOP + PLOT
    room = (width - LEFT) / max(len(bars), 1)
    every = max(1, -(-LABEL_ROOM // max(int(room), 1)))
    boxes = [box for number, bar in enumerate(bars) for box in _boxes(bar, number, room, highest)]
    texts = [
        Text(round(LEFT + room * (number + 0.5)), bottom + 15, bar.words, anchor="middle")
        for number, bar in enumerate(bars)
        if number % every == 0
    ]
    texts += [Text(LEFT - 6, bottom + 4, "0", anchor="end"), Text(LEFT - 6, TOP + 4, f"{highest}", anchor="end")]
    lines = (Path(horizontal(LEFT, width, bottom), "grid"), Path(horizontal(LEFT, width, TOP), "grid"))
    return Drawing(width, bottom + FOOT, tuple(boxes), lines, tuple(texts))


def _boxes(bar: Bar, number: int, room: float, highest: int) -> Iterator[Box]:
    left, width = round(LEFT + room * number + room * 0.12), max(round(room * 0.76), 2)
    done = 0
    for part in bar.parts:
        lower, upper = (round(PLOT * count / highest) for count in (done, done + part.count))
        if part.count:
            yield Box(left, TOP + PLOT - upper, width, upper - lower, f"{part.tone} span", part.label)
        done += part.count
