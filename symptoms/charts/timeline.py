"""Draws the lanes of a patient's chart above one another on one axis of days. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from symptoms.charts.lanes import Curves, Days, Lane, Marks, Point, Series, Span, Spans
from symptoms.charts.shapes import MARKERS, Box, Drawing, Path, Text, diamond, horizontal, line_through, vertical

Shape: TypeAlias = Box | Path | Text

LEFT: Final = 22
RIGHT: Final = 10
TITLE: Final = 22
PLOT: Final = 56
ROW: Final = 18
GAP: Final = 12
FOOT: Final = 34
TICK_ROOM: Final = 62
LETTER: Final = 7
APART: Final = 5
"""Symptoms of one lane stand so far beside one another, so that none hides another that is equally bad."""
STEPS: Final = (1, 2, 7, 14, 28, 56, 91, 182)
"""Days between two ticks, as few as there is room for."""

LONGEST_SILENCE: Final = 8
"""Points further apart, in days, are not joined: check-ins come at least weekly, so something is missing."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day stands: in the middle of its own strip of the axis."""

    days: Days
    width: int

    @property
    def right(self) -> int:
        return self.width - RIGHT

    def x(self, day: date, part: float = 0.5) -> int:
        """`part` 0 is the beginning of the day, 1 its end; days beyond the axis stand at its edge."""
        length = (self.days.last - self.days.first).days + 1
        passed = min(max((day - self.days.first).days + part, 0), length)
        return round(LEFT + (self.right - LEFT) * passed / length)


def draw(lanes: Sequence[Lane], days: Days, *, width: int) -> Drawing:
    """The lanes in their order, `width` units wide; as high as they need. What is not on the axis is left out."""
    scale = Scale(days, width)
    shapes: list[Shape] = []
    top = 0
    for lane in lanes:
        shapes.append(Text(0, top + 11, lane.title, "title"))
        drawn, bottom = _draw_lane(lane, scale, top + TITLE)
        shapes += drawn
        top = bottom + GAP
    shapes = [*_axis(scale, top), *shapes]
    return Drawing(
        width,
        top + FOOT,
        tuple(one for one in shapes if isinstance(one, Box)),
        tuple(one for one in shapes if isinstance(one, Path)),
        tuple(one for one in shapes if isinstance(one, Text)),
    )


def _draw_lane(lane: Lane, scale: Scale, top: int) -> tuple[list[Shape], int]:
    """The shapes of a lane, and where it ends."""
    match lane:
        case Curves():
            return list(_curves(lane, scale, top)), top + PLOT
        case Spans():
            rows = _pack(_bar(span, scale) for span in lane.spans if _is_shown(span, scale.days))
            shapes = [shape for number, row in enumerate(rows) for shape in _row(row, top + number * ROW)]
            return shapes, top + max(len(rows), 1) * ROW
        case Marks():
            return list(_marks(lane, scale, top)), top + ROW


def _is_shown(span: Span, days: Days) -> bool:
    return span.first <= days.last and span.last >= days.first


def _curves(lane: Curves, scale: Scale, top: int) -> Iterator[Shape]:
    bottom = top + PLOT

    def y(value: float) -> int:
        inside = min(max(value, lane.low), lane.high)
        return round(bottom - (bottom - top) * (inside - lane.low) / (lane.high - lane.low))

    for edge in (lane.low, lane.high):
        yield Path(horizontal(LEFT, scale.right, y(edge)), "grid")
        yield Text(LEFT - 6, y(edge) + 4, f"{edge:g}", anchor="end")
    for limit in lane.limits:
        yield Path(horizontal(LEFT, scale.right, y(limit.value)), "limit", limit.words)
        yield Text(scale.right, y(limit.value) + (12 if limit.is_lower else -4), limit.words, "limit", "end")
    for number, (series, marker) in enumerate(zip(lane.series, MARKERS, strict=False)):
        shown = [point for point in series.points if scale.days.has(point.on)]
        aside = round(APART * (number - (len(lane.series) - 1) / 2))
        places = {id(point): scale.x(point.on, point.part) + aside for point in shown}
        for stretch in _stretches(shown):
            yield Path(line_through((places[id(one)], y(one.value or 0)) for one in stretch), f"{series.tone} line")
        for point in shown:
            x = places[id(point)]
            if point.value is None:
                yield Text(x, top + 5, "?", f"{series.tone} unknown", "middle")
                yield Path(vertical(x, top + 8, bottom), f"{series.tone} unknown", point.label)
            else:
                yield Path(marker(x, y(point.value)), f"{series.tone} marker", point.label)


def _stretches(points: Iterable[Point]) -> Iterator[list[Point]]:
    """The known points in runs without a silence or an unknown answer within."""
    for is_known, run in groupby(points, key=lambda point: point.value is not None):
        if not is_known:
            continue
        stretch: list[Point] = []
        for point in run:
            if stretch and (point.on - stretch[-1].on).days > LONGEST_SILENCE:
                yield stretch
                stretch = []
            stretch.append(point)
        yield stretch


@dataclass(frozen=True, slots=True)
class _Bar:
    """A span as it is drawn. Words that are too long for it stand beside it: `begins` and `ends` hold them too."""

    span: Span
    left: int
    width: int
    begins: int
    ends: int
    text: Text | None


def _bar(span: Span, scale: Scale) -> _Bar:
    """The bar of a span with its words, or what of them stands before a colon; with none where there is no room."""
    left, right = scale.x(span.first, 0), scale.x(span.last, 1)
    width = max(right - left, 3)
    short = span.words.partition(":")[0]
    for words in (span.words, short):
        if words and len(words) * LETTER < width:
            return _Bar(span, left, width, left, left + width, Text(left + 4, 0, words, f"{span.tone} inside"))
    begins, ends = left - 8 - len(short) * LETTER, left + width + 8 + len(short) * LETTER
    if short and ends <= scale.width:
        return _Bar(span, left, width, left, ends, Text(left + width + 4, 0, short))
    if short and begins >= 0:
        return _Bar(span, left, width, begins, left + width, Text(left - 4, 0, short, anchor="end"))
    return _Bar(span, left, width, left, left + width, None)


def _pack(bars: Iterable[_Bar]) -> list[list[_Bar]]:
    """The bars in as few rows as need be: within a row none begins before the one before it is over."""
    rows: list[list[_Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.begins, one.ends)):
        free = next((row for row in rows if row[-1].ends <= bar.begins), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    return rows


def _row(row: Iterable[_Bar], top: int) -> Iterator[Shape]:
    for bar in row:
        yield Box(bar.left, top + 2, bar.width, ROW - 4, f"{bar.span.tone} span", bar.span.label)
        if bar.text:
            yield replace(bar.text, y=top + ROW - 5)


def _marks(lane: Marks, scale: Scale, top: int) -> Iterator[Shape]:
    shown = sorted((one for one in lane.marks if scale.days.has(one.on)), key=lambda one: one.on)
    places = [*(scale.x(mark.on) for mark in shown), scale.width + LETTER]
    for mark, (x, next_x) in zip(shown, pairwise(places), strict=True):
        yield Path(diamond(x, top + ROW // 2), f"{mark.tone} marker", mark.label)
        if x + 8 + len(mark.words) * LETTER < next_x - LETTER:
            yield Text(x + 8, top + ROW // 2 + 4, mark.words)


def _axis(scale: Scale, bottom: int) -> Iterator[Shape]:
    """Ticks on days of treatment, with their number and date, and a line where today is."""
    days = scale.days
    for day in _ticks(scale):
        x = scale.x(day)
        yield Path(vertical(x, TITLE, bottom), "grid")
        yield Text(x, bottom + 14, f"{(day - days.counted_from).days + 1}", "quiet", "middle")
        yield Text(x, bottom + 28, days.write(day), "quiet", "middle")
    if days.has(days.today):
        yield Path(vertical(scale.x(days.today), TITLE, bottom), "today", days.write(days.today))


def _ticks(scale: Scale) -> Iterator[date]:
    """Days on the axis that lie a whole number of steps after the day that it counts from."""
    days = scale.days
    length = (days.last - days.first).days + 1
    per_day = (scale.right - LEFT) / length
    step = next((step for step in STEPS if step * per_day >= TICK_ROOM), max(length, STEPS[-1]))
    day = days.first + timedelta(days=(days.counted_from - days.first).days % step)
    while day <= days.last:
        if TICK_ROOM // 2 - LEFT <= scale.x(day) <= scale.width - TICK_ROOM // 3:
            yield day
        day += timedelta(days=step)


def series_of(name: str, tone: str, points: Iterable[Point]) -> Series:
    """A series of points in the order in which they were told."""
    return Series(name, tone, tuple(sorted(points, key=lambda point: (point.on, point.part))))
