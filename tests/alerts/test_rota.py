"""Who is on duty, over midnight, changes of clocks, swaps and absences; where nobody is; when the clinic is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.rota import Absence, Duty, Gap, OfficeHours, Rota, Shift, TakeOver, Tier, find_gaps

BRUSSELS = ZoneInfo("Europe/Brussels")
KIM, SAM, ROBIN, ALEX = 1, 2, 3, 4
MONDAY = date(2026, 3, 9)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A moment on the wall clock of Brussels."""
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


DAY = Shift(10, Tier.TIER_1, KIM, MONDAY, time(8), time(18))
NIGHT = Shift(11, Tier.TIER_1, SAM, MONDAY, time(18), time(8))
WEEKLY = Shift(12, Tier.TIER_1, KIM, MONDAY, time(8), time(18), every_weeks=1)


def rota(*shifts: Shift, take_overs: tuple[TakeOver, ...] = (), absences: tuple[Absence, ...] = ()) -> Rota:
    return Rota(BRUSSELS, shifts, take_overs, absences)


@pytest.mark.parametrize(
    ("moment", "people"),
    [
        (at(9, 7, 59), []),
        (at(9, 8), [KIM]),
        (at(9, 17, 59), [KIM]),
        (at(9, 18), [SAM]),
        (at(10, 7, 59), [SAM]),
        (at(10, 8), []),
    ],
)
def test_a_shift_begins_on_the_minute_and_ends_before_it(moment: datetime, people: list[int]) -> None:
    assert rota(DAY, NIGHT).on_duty(Tier.TIER_1, moment) == people


def test_a_shift_that_ends_at_the_hour_it_begins_lasts_a_day() -> None:
    whole_day = Shift(1, Tier.LEAD, KIM, MONDAY, time(8), time(8))
    assert rota(whole_day).on_duty(Tier.LEAD, at(10, 7, 59)) == [KIM]
    assert rota(whole_day).on_duty(Tier.LEAD, at(10, 8)) == []


def test_tiers_do_not_mix_and_nobody_is_named_twice() -> None:
    twice = Shift(20, Tier.TIER_1, KIM, MONDAY, time(9), time(12))
    lead = Shift(21, Tier.LEAD, ROBIN, MONDAY, time(8), time(18))
    both = rota(DAY, twice, lead)
    assert both.on_duty(Tier.TIER_1, at(9, 10)) == [KIM]
    assert both.on_duty(Tier.LEAD, at(9, 10)) == [ROBIN]
    assert (both.has(Tier.LEAD), both.has(Tier.TIER_2)) == (True, False)


@pytest.mark.parametrize(
    ("every_weeks", "until", "days"),
    [
        (0, None, [9]),
        (1, None, [9, 16, 23, 30]),
        (2, None, [9, 23]),
        (1, date(2026, 3, 22), [9, 16]),
        (1, date(2026, 3, 23), [9, 16, 23]),
        (0, date(2026, 3, 8), []),
    ],
)
def test_a_shift_comes_back_every_few_weeks_until_its_last_day(
    every_weeks: int, until: date | None, days: list[int]
) -> None:
    shift = Shift(1, Tier.TIER_1, KIM, MONDAY, time(8), time(18), every_weeks, until)
    assert [day.day for day in shift.days(date(2026, 3, 1), date(2026, 3, 31))] == days


@pytest.mark.parametrize(("first", "found"), [(16, [16]), (17, []), (23, [23])])
def test_the_first_day_asked_for_counts(first: int, found: list[int]) -> None:
    days = WEEKLY.days(date(2026, 3, first), date(2026, 3, max(first, 22)))
    assert [day.day for day in days] == found


def test_a_weekly_shift_keeps_its_hour_over_the_change_of_clocks() -> None:
    sunday = Shift(1, Tier.TIER_1, KIM, date(2026, 3, 22), time(8), time(18), every_weeks=1)
    assert rota(sunday).on_duty(Tier.TIER_1, at(22, 8)) == [KIM]
    assert rota(sunday).on_duty(Tier.TIER_1, at(29, 8)) == [KIM], "clocks went forward this night"
    assert rota(sunday).on_duty(Tier.TIER_1, at(29, 7, 59)) == []


def test_a_swap_changes_one_occurrence_of_each_shift() -> None:
    friday = Shift(13, Tier.TIER_1, SAM, date(2026, 3, 13), time(8), time(18), every_weeks=1)
    swapped = rota(
        WEEKLY,
        friday,
        take_overs=(TakeOver(12, date(2026, 3, 16), SAM), TakeOver(13, date(2026, 3, 13), KIM)),
    )
    on_duty = [swapped.on_duty(Tier.TIER_1, at(day, 9)) for day in (9, 13, 16, 20, 23)]
    assert on_duty == [[KIM], [KIM], [SAM], [SAM], [KIM]]


@pytest.mark.parametrize(
    ("moment", "people"),
    [(at(9, 9, 59), [KIM]), (at(9, 10), [ROBIN]), (at(9, 11, 59), [ROBIN]), (at(9, 12), [KIM])],
)
def test_cover_takes_over_for_the_time_of_the_absence(moment: datetime, people: list[int]) -> None:
    away = Absence(KIM, at(9, 10), at(9, 12), cover=ROBIN)
    assert rota(DAY, absences=(away,)).on_duty(Tier.TIER_1, moment) == people


def test_cover_that_is_away_is_covered_in_turn_and_a_circle_means_nobody() -> None:
    kim_away = Absence(KIM, at(9, 0), at(10, 0), cover=SAM)
    sam_away = Absence(SAM, at(9, 0), at(10, 0), cover=ROBIN)
    back_to_kim = Absence(SAM, at(9, 0), at(10, 0), cover=KIM)
    uncovered = Absence(KIM, at(9, 0), at(10, 0))
    assert rota(DAY, absences=(kim_away, sam_away)).on_duty(Tier.TIER_1, at(9, 9)) == [ROBIN]
    assert rota(DAY, absences=(kim_away, back_to_kim)).on_duty(Tier.TIER_1, at(9, 9)) == []
    assert rota(DAY, absences=(uncovered,)).on_duty(Tier.TIER_1, at(9, 9)) == []


def test_an_absence_cuts_a_duty_in_pieces() -> None:
    away = Absence(KIM, at(9, 10), at(9, 12))
    assert rota(DAY, absences=(away,)).duties(at(9, 0), at(10, 0)) == [
        Duty(Tier.TIER_1, KIM, at(9, 8), at(9, 10)),
        Duty(Tier.TIER_1, None, at(9, 10), at(9, 12)),
        Duty(Tier.TIER_1, KIM, at(9, 12), at(9, 18)),
    ]


def gaps(of: Rota, reachable: set[int], start: datetime | None = None, end: datetime | None = None) -> list[Gap]:
    """The gaps of the Monday, unless other moments are given."""
    return find_gaps(of, reachable, start or at(9, 0), end or at(10, 0))


def test_hours_without_anybody_are_gaps() -> None:
    assert gaps(rota(DAY), {KIM}) == [
        Gap(Tier.TIER_1, at(9, 0), at(9, 8)),
        Gap(Tier.TIER_1, at(9, 18), at(10, 0)),
    ]


def test_shifts_that_meet_or_overlap_leave_no_gap_and_a_minute_is_one() -> None:
    overlapping = Shift(1, Tier.TIER_1, ROBIN, MONDAY, time(17), time(17, 30))
    start, end = at(9, 8), at(10, 8)
    assert gaps(rota(DAY, overlapping, NIGHT), {KIM, SAM, ROBIN}, start, end) == []
    late = Shift(11, Tier.TIER_1, SAM, MONDAY, time(18, 1), time(8))
    assert gaps(rota(DAY, late), {KIM, SAM}, start, end) == [Gap(Tier.TIER_1, at(9, 18), at(9, 18, 1))]


def test_somebody_who_cannot_be_reached_or_is_away_leaves_a_gap() -> None:
    start, end = at(9, 8), at(9, 18)
    assert gaps(rota(DAY), {SAM}, start, end) == [Gap(Tier.TIER_1, start, end)]
    away = Absence(KIM, at(9, 12), at(9, 14))
    assert gaps(rota(DAY, absences=(away,)), {KIM}, start, end) == [Gap(Tier.TIER_1, at(9, 12), at(9, 14))]


def test_a_tier_that_is_not_planned_has_no_gaps() -> None:
    assert gaps(rota(), {KIM}) == []


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(10, 7, 59), False),
        (at(10, 8), True),
        (at(10, 17, 59), True),
        (at(10, 18), False),
        (at(13, 12), True),
        (at(14, 12), False),
        (at(6, 12, month=4), False),
        (at(7, 12, month=4), True),
    ],
    ids=["before", "opens", "last minute", "closes", "Friday", "Saturday", "Easter Monday", "Tuesday"],
)
def test_the_clinic_is_open_on_working_days_from_its_hour_until_before_the_other(
    moment: datetime, is_open: bool
) -> None:
    hours = OfficeHours(BRUSSELS, time(8), time(18), frozenset({date(2026, 4, 6)}))
    assert hours.is_open(moment) == is_open


def test_a_fortnight_is_judged_soon() -> None:
    """Fourteen days of a full weekly rota: seven days and seven nights, no gap."""
    shifts = [
        Shift(10 * day + night, Tier.TIER_1, KIM, MONDAY + timedelta(days=day), *hours, every_weeks=1)
        for day in range(7)
        for night, hours in enumerate([(time(8), time(18)), (time(18), time(8))])
    ]
    assert find_gaps(rota(*shifts), {KIM}, at(16, 0), at(30, 0)) == []
