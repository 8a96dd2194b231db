"""What a dose log adds up to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from symptoms.clinical.dosing import (
    DoseEventKind,
    DoseLine,
    DoseReason,
    dose_stretches,
    end_of_treatment,
    stomatitis_interruptions,
)

FIRST = date(2026, 3, 1)
UNTIL = FIRST + timedelta(days=30)


def line(kind: str, day: int, dose: int | None = None, reason: str = "stomatitis") -> DoseLine:
    on = FIRST + timedelta(days=day - 1)
    return DoseLine(DoseEventKind(kind), on, Decimal(dose) if dose else None, DoseReason(reason))


def stretches(*log: DoseLine) -> list[tuple[int, int, int | None]]:
    """Each stretch by its first and last day of treatment and its dose."""
    found = dose_stretches(FIRST, Decimal(10), log, UNTIL)
    return [
        ((one.first - FIRST).days + 1, (one.last - FIRST).days + 1, int(one.dose_mg) if one.dose_mg else None)
        for one in found
    ]


def test_without_a_line_the_starting_dose_goes_on() -> None:
    assert stretches() == [(1, 31, 10)]


def test_an_interruption_lasts_until_the_restart() -> None:
    log = (line("interrupted", 10), line("restarted", 17, 5))
    assert stretches(*log) == [(1, 9, 10), (10, 16, None), (17, 31, 5)]
    assert dose_stretches(FIRST, Decimal(10), log, UNTIL)[1].reason is DoseReason.STOMATITIS


def test_a_restart_without_a_dose_goes_on_with_the_last_one() -> None:
    log = (line("changed", 5, 5), line("interrupted", 10), line("restarted", 12))
    assert stretches(*log) == [(1, 4, 10), (5, 9, 5), (10, 11, None), (12, 31, 5)]


def test_a_new_dose_ends_an_interruption() -> None:
    assert stretches(line("interrupted", 10), line("changed", 12, 5))[-1] == (12, 31, 5)


def test_after_the_stop_nothing_is_taken() -> None:
    assert stretches(line("stopped", 10)) == [(1, 9, 10)]
    assert stretches(line("stopped", 1)) == []


def test_a_drug_that_is_taken_up_again_was_interrupted() -> None:
    assert stretches(line("stopped", 10), line("restarted", 17, 5)) == [(1, 9, 10), (10, 16, None), (17, 31, 5)]
    assert stretches(line("stopped", 10), line("restarted", 10)) == [(1, 9, 10), (10, 31, 10)]


@pytest.mark.parametrize(
    ("log", "day"),
    [
        ((), None),
        ((line("interrupted", 5),), None),
        ((line("stopped", 5),), 5),
        ((line("stopped", 5), line("interrupted", 3)), 5),
        ((line("stopped", 5), line("stopped", 8)), 5),
        ((line("restarted", 4), line("stopped", 5)), 5),
        ((line("stopped", 5), line("restarted", 5)), None),
        ((line("stopped", 5), line("changed", 8, 5)), None),
        ((line("stopped", 5), line("restarted", 8), line("stopped", 20)), 20),
    ],
)
def test_treatment_ends_with_the_stop_that_no_restart_follows(log: tuple[DoseLine, ...], day: int | None) -> None:
    assert end_of_treatment(log) == (FIRST + timedelta(days=day - 1) if day else None)


def test_lines_may_be_written_in_any_order_and_the_last_of_a_day_counts() -> None:
    log = (line("restarted", 12, 10), line("interrupted", 10), line("changed", 12, 5))
    assert stretches(*log) == [(1, 9, 10), (10, 11, None), (12, 31, 5)]


def test_a_course_that_is_still_ahead_has_no_stretch() -> None:
    assert dose_stretches(FIRST, Decimal(10), [], FIRST - timedelta(days=1)) == []


@pytest.mark.source("S-09")
def test_only_interruptions_for_stomatitis_count() -> None:
    log = (
        line("interrupted", 5), line("restarted", 8), line("interrupted", 12, reason="infection"),
        line("restarted", 14), line("interrupted", 20), line("changed", 22, 5),
    )  # fmt: skip
    assert stomatitis_interruptions(log) == 2


@pytest.mark.parametrize(
    ("log", "count"),
    [
        ((line("interrupted", 5), line("interrupted", 6)), 1),
        ((line("interrupted", 5), line("interrupted", 6, reason="infection"), line("interrupted", 7)), 1),
        ((line("interrupted", 5, reason="infection"), line("interrupted", 6)), 1),
        ((line("interrupted", 5), line("changed", 7, 5), line("interrupted", 9)), 2),
        ((line("interrupted", 5), line("stopped", 7), line("interrupted", 20)), 2),
        ((), 0),
    ],
)
def test_an_interruption_that_goes_on_counts_once(log: tuple[DoseLine, ...], count: int) -> None:
    assert stomatitis_interruptions(log) == count
