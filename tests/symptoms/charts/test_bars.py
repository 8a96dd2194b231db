"""Counts as bars: heights in proportion, parts on one another."""

from __future__ import annotations

from itertools import pairwise

from symptoms.charts.bars import PLOT, Bar, Part, draw_bars


def bar(words: str, *counts: int) -> Bar:
    return Bar(words, tuple(Part(count, tone, "") for count, tone in zip(counts, ("urgent", "routine"), strict=False)))


def test_the_highest_bar_fills_the_plot_and_the_others_are_in_proportion() -> None:
    high, low = draw_bars([bar("a", 10), bar("b", 5)], width=640).boxes
    assert (high.height, low.height) == (PLOT, PLOT // 2)
    assert high.x < low.x


def test_parts_stand_on_one_another() -> None:
    lower, upper = draw_bars([bar("a", 1, 3)], width=640).boxes
    assert upper.y + upper.height == lower.y
    assert lower.tone == "urgent span"


def test_a_count_of_none_is_not_drawn_and_nothing_at_all_is_no_error() -> None:
    assert draw_bars([bar("a", 0, 0)], width=640).boxes == ()
    assert draw_bars([], width=640).boxes == ()


def test_words_stand_where_there_is_room() -> None:
    many = draw_bars([bar(f"w{number}", 1) for number in range(52)], width=340)
    places = [text.x for text in many.texts if text.anchor == "middle"]
    assert len(places) < 10
    assert all(right - left >= 50 for left, right in pairwise(places))
