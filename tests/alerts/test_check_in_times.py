"""When a patient is asked next: over nights, changes of clocks, journeys, and days when the service was down."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.schedule import SHORTEST_GAP, QuietHours, Settled, is_check_in_due, next_check_in

BRUSSELS = ZoneInfo("Europe/Brussels")
AUCKLAND = ZoneInfo("Pacific/Auckland")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
FIRST_DOSE = date(2026, 3, 1)


def quiet(zone: ZoneInfo = BRUSSELS, quiet_from: time = time(21), quiet_until: time = time(8)) -> QuietHours:
    return QuietHours(zone, quiet_from, quiet_until)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3, zone: ZoneInfo = BRUSSELS) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def asked(moment: datetime, zone: ZoneInfo = BRUSSELS) -> Settled:
    return Settled(moment.astimezone(zone).date(), moment + SHORTEST_GAP)


def test_day_1_is_the_first_that_is_asked_about() -> None:
    assert next_check_in(FIRST_DOSE, quiet(), at(20, 12, month=2), settled=None) == at(1, 9)


@pytest.mark.parametrize(
    ("now", "moment"), [(at(3, 8, 59), at(3, 9)), (at(3, 9), at(3, 9)), (at(3, 9, 1), at(4, 9)), (at(3, 23), at(4, 9))]
)
def test_enrolled_on_the_way_the_next_nine_o_clock_counts(now: datetime, moment: datetime) -> None:
    assert next_check_in(FIRST_DOSE, quiet(), now, settled=None) == moment


def test_after_a_check_in_comes_the_next_days() -> None:
    assert next_check_in(FIRST_DOSE, quiet(), at(3, 9), settled=asked(at(3, 9))) == at(4, 9)
    assert next_check_in(date(2026, 1, 1), quiet(), at(5, 9), settled=asked(at(5, 9))) == at(12, 9)


def test_an_open_episode_makes_it_daily() -> None:
    first_dose = date(2026, 1, 1)
    assert next_check_in(first_dose, quiet(), at(6, 9), settled=asked(at(5, 9)), is_daily=True) == at(6, 9)
    assert next_check_in(first_dose, quiet(), at(6, 9), settled=asked(at(5, 9))) == at(12, 9)


def test_quiet_hours_put_it_off() -> None:
    late_sleeper = quiet(quiet_until=time(11, 30))
    assert next_check_in(FIRST_DOSE, late_sleeper, at(3, 9), settled=None) == at(3, 11, 30)
    night_worker = quiet(quiet_from=time(8), quiet_until=time(16))
    assert next_check_in(FIRST_DOSE, night_worker, at(3, 9), settled=None) == at(3, 16)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_nine_stays_nine_over_the_change_of_clocks(day: date) -> None:
    before = datetime.combine(day - timedelta(days=1), time(9), tzinfo=BRUSSELS).astimezone(UTC)
    moment = next_check_in(day - timedelta(days=10), quiet(), before, settled=asked(before))
    assert moment.astimezone(BRUSSELS).replace(tzinfo=None) == datetime.combine(day, time(9))
    assert moment - before == timedelta(hours=23 if day.month == 3 else 25)


def test_a_day_missed_while_the_service_was_down_is_made_up_for_once() -> None:
    weekly_since = date(2026, 1, 1)  # 5 and 12 March are check-in days
    back = at(13, 15)
    assert next_check_in(weekly_since, quiet(), back, settled=asked(at(5, 9))) == back
    assert next_check_in(weekly_since, quiet(), back, settled=asked(back)) == at(19, 9)
    assert next_check_in(weekly_since, quiet(), at(13, 23), settled=asked(at(5, 9))) == at(14, 8)


def test_an_enrolment_makes_up_for_nothing() -> None:
    assert next_check_in(date(2026, 1, 1), quiet(), at(13, 15), settled=None) == at(19, 9)


def test_flying_west_over_the_date_line_a_day_comes_twice_and_is_asked_about_after_a_nights_rest() -> None:
    last = at(11, 9, zone=AUCKLAND)
    landed = last + timedelta(hours=13)
    moment = next_check_in(FIRST_DOSE, quiet(LOS_ANGELES), landed, settled=asked(last, AUCKLAND))
    assert moment == at(11, 9, zone=LOS_ANGELES)
    assert timedelta(hours=12) <= moment - last <= timedelta(hours=24)


def test_flying_east_over_the_date_line_no_day_is_lost() -> None:
    last = at(10, 9, zone=LOS_ANGELES)
    landed = last + timedelta(hours=13)
    moment = next_check_in(FIRST_DOSE, quiet(AUCKLAND), landed, settled=asked(last, LOS_ANGELES))
    assert moment - last <= timedelta(hours=24)
    assert not quiet(AUCKLAND).is_quiet(moment)


def test_a_weekly_day_that_the_traveller_jumps_over_is_made_up_for() -> None:
    weekly_since = date(2026, 1, 1)
    last = at(5, 9, zone=LOS_ANGELES)
    landed = at(13, 1, zone=AUCKLAND)  # it is still the 12th, before nine, in Los Angeles
    moment = next_check_in(weekly_since, quiet(AUCKLAND), landed, settled=asked(last, LOS_ANGELES))
    assert moment == at(13, 8, zone=AUCKLAND)


@pytest.mark.parametrize("hours", range(1, 12))
def test_a_short_journey_never_asks_twice_within_half_a_day(hours: int) -> None:
    last = at(10, 9)
    west = ZoneInfo(f"Etc/GMT+{hours}")
    moment = next_check_in(FIRST_DOSE, quiet(west), last + timedelta(minutes=1), settled=asked(last))
    assert SHORTEST_GAP <= moment - last <= timedelta(hours=36)


def test_a_report_settles_the_day_and_the_next_is_asked_about_at_its_time() -> None:
    reported = Settled(date(2026, 3, 10), at(11, 0))
    assert next_check_in(FIRST_DOSE, quiet(), at(10, 23, 30), settled=reported) == at(11, 9)


@pytest.mark.parametrize(
    ("now", "settled_on", "is_due"),
    [
        (at(28, 12, month=2), None, False),
        (at(1, 0), None, True),
        (at(30, 9), date(2026, 3, 29), False),
        (at(30, 9), date(2026, 3, 28), True),
        (at(29, 9), date(2026, 3, 29), True),
    ],
    ids=["before the first dose", "day 1", "nothing since", "one was missed", "today, asked elsewhere"],
)
def test_whether_there_is_something_to_ask(now: datetime, settled_on: date | None, is_due: bool) -> None:
    assert is_check_in_due(FIRST_DOSE, BRUSSELS, now, settled_on=settled_on) == is_due
