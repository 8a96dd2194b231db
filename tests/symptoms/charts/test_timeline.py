"""A patient's chart: every figure stands where its day and its value say, and nothing is drawn that was not said."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symptoms.charts.lanes import Curves, Days, Lane, Limit, Mark, Marks, Point, Span, Spans
from symptoms.charts.shapes import Drawing, Path
from symptoms.charts.timeline import LONGEST_SILENCE, draw, series_of

FIRST = date(2026, 3, 1)
WIDTHS = pytest.mark.parametrize("width", [1040, 340])


def days(length: int = 100, today: int = 50) -> Days:
    last = FIRST + timedelta(days=length - 1)
    return Days(FIRST, last, FIRST + timedelta(days=7), FIRST + timedelta(days=today), lambda day: f"{day:%d %b}")


def curve(*points: tuple[int, float | None], high: float = 4) -> Curves:
    made = [Point(FIRST + timedelta(days=day), value, f"day {day}") for day, value in points]
    return Curves("Severity", 0, high, (series_of("cough", "cough", made),))


def drawn(lane: Lane, *, width: int = 1040, axis: Days | None = None) -> Drawing:
    return draw([lane], axis or days(), width=width)


def markers(drawing: Drawing) -> list[Path]:
    return [path for path in drawing.paths if "marker" in path.tone]


def lines(drawing: Drawing) -> list[str]:
    return [path.d for path in drawing.paths if path.tone == "cough line"]


def place(path: Path) -> tuple[int, int]:
    x, y = re.match(r"M(-?\d+) (-?\d+)", path.d).groups()  # type: ignore[union-attr]
    return int(x), int(y)


def test_a_worse_value_stands_higher_and_a_later_day_further_right() -> None:
    mild, severe = markers(drawn(curve((10, 1), (20, 3))))
    assert place(severe)[0] > place(mild)[0]
    assert place(severe)[1] < place(mild)[1]
    assert [mild.label, severe.label] == ["day 10", "day 20"]


def test_an_unknown_answer_is_shown_and_is_no_zero() -> None:
    drawing = drawn(curve((10, 1), (11, None), (12, 1)))
    assert len(markers(drawing)) == 2
    assert [text.words for text in drawing.texts].count("?") == 1
    assert [one.label for one in drawing.paths if "unknown" in one.tone] == ["day 11"]
    assert all(line.count("L") == 0 for line in lines(drawing)), "nothing is joined over an unknown answer"


@pytest.mark.parametrize(("silence", "stretches"), [(LONGEST_SILENCE, 1), (LONGEST_SILENCE + 1, 2)])
def test_a_silence_longer_than_a_week_breaks_the_line(silence: int, stretches: int) -> None:
    assert len(lines(drawn(curve((10, 1), (10 + silence, 1))))) == stretches


def test_a_value_beyond_the_scale_stands_at_its_edge() -> None:
    over, top = markers(drawn(curve((10, 40), (20, 10), high=10)))
    assert place(over)[1] == place(top)[1]


def test_what_lies_outside_the_days_is_left_out() -> None:
    assert len(markers(drawn(curve((-1, 1), (0, 1), (99, 1), (100, 1))))) == 2


def test_something_that_began_before_is_drawn_from_the_edge() -> None:
    span = Span(FIRST - timedelta(days=30), FIRST + timedelta(days=4), "mouth", "urgent", "an alert")
    over = Span(FIRST - timedelta(days=30), FIRST - timedelta(days=1), "old", "urgent", "an older alert")
    (box,) = drawn(Spans("Alerts", (span, over))).boxes
    assert box.label == "an alert"
    assert box.x == drawn(Spans("Alerts", (Span(FIRST, span.last, "", "urgent", ""),))).boxes[0].x


def test_what_overlaps_stands_below_one_another() -> None:
    one, two, three = (
        Span(FIRST + timedelta(days=start), FIRST + timedelta(days=end), "", "urgent", f"{start}")
        for start, end in ((0, 5), (5, 9), (6, 7))
    )
    heights = {box.label: box.y for box in drawn(Spans("Alerts", (three, two, one))).boxes}
    assert heights["0"] == heights["6"] < heights["5"]


def test_two_reports_of_one_day_stand_in_their_order_and_no_symptom_hides_another() -> None:
    told = [Point(FIRST, 3, "evening", 0.9), Point(FIRST, 0, "morning", 0.3)]
    series = tuple(series_of(name, name, told) for name in ("mouth_sores", "cough", "dyspnea"))
    found = markers(drawn(Curves("Severity", 0, 4, series), axis=days(14)))
    by_tone = {tone: [one for one in found if tone in one.tone] for tone in ("mouth_sores", "cough", "dyspnea")}
    for tone, (earlier, later) in by_tone.items():
        assert (earlier.label, later.label) == ("morning", "evening"), tone
        assert place(earlier)[0] < place(later)[0], tone
    assert len({place(one) for one in found}) == 6


def test_a_mark_has_its_words_only_where_there_is_room() -> None:
    near = [Mark(FIRST + timedelta(days=day), "day 15: attended", "attended", "") for day in (10, 11, 80)]
    words = [text.words for text in drawn(Marks("Visits", tuple(near))).texts]
    assert words.count("day 15: attended") == 2
    assert len(markers(drawn(Marks("Visits", tuple(near))))) == 3


def test_the_words_of_a_lower_limit_stand_below_its_line() -> None:
    lane = Curves("Temperature", 35, 41, (), (Limit(38, "above"), Limit(36, "below", is_lower=True)))
    places = {text.words: text.y for text in drawn(lane).texts}
    (lower_line,) = (path.d for path in drawn(lane).paths if path.tone == "limit" and path.label == "below")
    height = float(re.findall(r"[\d.]+", lower_line)[1])
    assert places["above"] < height < places["below"]


def test_a_limit_has_its_words() -> None:
    lane = Curves("Sores", 0, 10, (), (Limit(3, "more than 3: urgent"),))
    assert "more than 3: urgent" in [text.words for text in drawn(lane).texts]


def test_ticks_count_from_the_first_dose() -> None:
    words = [text.words for text in drawn(curve((1, 1))).texts]
    assert {"1", "15", "08 Mar", "22 Mar"} <= set(words)


@WIDTHS
def test_today_is_marked_only_when_it_is_on_the_axis(width: int) -> None:
    def todays(axis: Days) -> int:
        return sum(path.tone == "today" for path in drawn(curve((1, 1)), width=width, axis=axis).paths)

    assert (todays(days(today=99)), todays(days(today=100))) == (1, 0)


@pytest.mark.parametrize(
    ("length", "words", "shown", "where"),
    [
        (40, "interrupted: pneumonitis", "interrupted: pneumonitis", "inside"),
        (9, "interrupted: pneumonitis", "interrupted", "inside"),
        (5, "interrupted: pneumonitis", "interrupted", "quiet"),
        (1, "mouth", "mouth", "quiet"),
        (2, "7.5 mg", "7.5 mg", "quiet"),
    ],
)
def test_a_bar_keeps_its_word_inside_or_beside_it(length: int, words: str, shown: str, where: str) -> None:
    for first in (FIRST, FIRST + timedelta(days=100 - length)):  # at either edge
        span = Span(first, first + timedelta(days=length - 1), words, "interrupted", "")
        drawing = drawn(Spans("Dose", (span,)))
        (text,) = [one for one in drawing.texts if one.words == shown]
        assert where in text.tone
        (box,) = drawing.boxes
        within = box.x < text.x < box.x + box.width
        assert within is (where == "inside")


def test_the_word_beside_a_bar_pushes_the_next_bar_below() -> None:
    days_of = ((10, 10, "mouth"), (12, 12, "breathing"), (40, 41, "mouth"))
    spans = [
        Span(FIRST + timedelta(days=first), FIRST + timedelta(days=last), words, "urgent", "")
        for first, last, words in days_of
    ]
    drawing = drawn(Spans("Alerts", tuple(spans)))
    assert [text.words for text in drawing.texts if text.words in ("mouth", "breathing")].count("mouth") == 2
    one, two, three = sorted(drawing.boxes, key=lambda box: box.x)
    assert one.y == three.y < two.y


@given(
    length=st.integers(1, 400),
    points=st.lists(st.tuples(st.integers(-5, 405), st.none() | st.floats(-1, 50)), max_size=30),
    width=st.sampled_from([340, 1040]),
)
def test_nothing_is_drawn_outside_the_drawing(length: int, points: list[tuple[int, float | None]], width: int) -> None:
    span = Span(FIRST - timedelta(days=3), FIRST + timedelta(days=length + 9), "10 mg", "dose", "")
    lanes: list[Lane] = [
        curve(*points),
        Spans("Dose", (span,)),
        Marks("Visits", (Mark(FIRST, "day 15", "booked", ""),)),
    ]
    drawing = draw(lanes, days(length), width=width)
    assert all(0 <= place(path)[0] <= width and 0 <= place(path)[1] <= drawing.height for path in drawing.paths)
    assert all(box.x >= 0 and box.x + box.width <= width + 3 and box.y < drawing.height for box in drawing.boxes)
    assert all(-1 <= text.x <= width and 0 < text.y <= drawing.height for text in drawing.texts)
    ticks = sorted({text.x for text in drawing.texts if text.y == drawing.height - 6})
    assert all(right - left >= 55 for left, right in pairwise(ticks)), "no label covers another"
