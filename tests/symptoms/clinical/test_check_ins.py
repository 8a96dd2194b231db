"""Which days of treatment have a check-in: dense at first, and never none (S-13, S-16)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest

from symptoms.clinical.check_ins import LONGEST_GAP_DAYS, check_in_days_from, is_check_in_day, latest_check_in_day

FIRST_DOSE = date(2026, 3, 1)


def day(number: int) -> date:
    return FIRST_DOSE + timedelta(days=number - 1)


def days_among(first: int, last: int) -> list[int]:
    return [number for number in range(first, last + 1) if is_check_in_day(number)]


@pytest.mark.source("S-13")
def test_daily_for_four_weeks_then_twice_a_week_then_weekly() -> None:
    assert days_among(-5, 28) == list(range(1, 29))
    assert days_among(29, 56) == [29, 32, 36, 39, 43, 46, 50, 53]
    assert days_among(57, 90) == [57, 64, 71, 78, 85]


@pytest.mark.source("S-16")
@pytest.mark.parametrize("years", [1, 5, 10])
def test_check_ins_never_end(years: int) -> None:
    about = 365 * years
    assert len(days_among(about, about + LONGEST_GAP_DAYS - 1)) == 1


def test_every_day_has_one_while_an_episode_is_open() -> None:
    assert [number for number in range(-3, 400) if is_check_in_day(number, is_daily=True)] == list(range(1, 400))


def test_the_days_from_a_day_on() -> None:
    assert list(islice(check_in_days_from(FIRST_DOSE, day(54)), 3)) == [day(57), day(64), day(71)]
    assert next(check_in_days_from(FIRST_DOSE, day(-20))) == FIRST_DOSE
    assert list(islice(check_in_days_from(FIRST_DOSE, day(58), is_daily=True), 2)) == [day(58), day(59)]


@pytest.mark.parametrize(
    ("on", "latest"), [(0, None), (1, 1), (28, 28), (31, 29), (32, 32), (56, 53), (57, 57), (63, 57), (64, 64)]
)
def test_the_latest_day_up_to_a_day(on: int, latest: int | None) -> None:
    assert latest_check_in_day(FIRST_DOSE, day(on)) == (day(latest) if latest else None)
