"""When a visit is reminded of and when it is missed, to the minute, over changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.schedule import QuietHours, end_of_day, missed_from, recheck_times, visit_day, visit_reminders

BRUSSELS = ZoneInfo("Europe/Brussels")
NIGHT = QuietHours(BRUSSELS, time(21, 0), time(8, 0))
DAY_15 = date(2026, 3, 15)
EARLY = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def local(day: int, hour: int, minute: int = 0, *, month: int = 3, zone: ZoneInfo = BRUSSELS) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def due(booked_at: datetime | None = None, quiet: QuietHours = NIGHT, now: datetime = EARLY) -> dict[str, datetime]:
    return {one.kind: one.due_at for one in visit_reminders(DAY_15, booked_at, quiet, now)}


def test_a_planned_visit_is_reminded_of_at_nine_a_week_and_a_day_before_and_that_morning() -> None:
    assert due() == {
        "visit_week_before": local(8, 9),
        "visit_day_before": local(14, 9),
        "visit_today": local(15, 9),
    }


def test_each_reminder_ends_where_it_loses_its_sense() -> None:
    planned = {one.kind: one.expires_at for one in visit_reminders(DAY_15, None, NIGHT, EARLY)}
    assert planned == {
        "visit_week_before": local(14, 0),
        "visit_day_before": local(15, 0),
        "visit_today": local(16, 0),
    }
    [today] = [one for one in visit_reminders(DAY_15, local(15, 14), NIGHT, EARLY) if one.kind == "visit_today"]
    assert today.expires_at == local(15, 14)


def test_a_booked_visit_is_counted_from_its_own_day() -> None:
    assert due(local(17, 14)) == {
        "visit_week_before": local(10, 9),
        "visit_day_before": local(16, 9),
        "visit_today": local(17, 9),
    }


@pytest.mark.parametrize(
    ("booked", "reminded"),
    [((11, 0), (9, 0)), ((10, 0), (9, 0)), ((9, 30), (8, 30)), ((9, 0), (8, 0)), ((8, 30), (8, 0)), ((8, 1), (8, 0))],
)
def test_an_early_visit_is_reminded_of_before_it_begins(booked: tuple[int, int], reminded: tuple[int, int]) -> None:
    assert due(local(15, *booked))["visit_today"] == local(15, *reminded)


@pytest.mark.parametrize("booked", [(8, 0), (7, 30), (0, 30)])
def test_a_visit_before_the_quiet_hours_end_has_no_reminder_of_that_morning(booked: tuple[int, int]) -> None:
    assert set(due(local(15, *booked))) == {"visit_week_before", "visit_day_before"}


@pytest.mark.parametrize(
    ("now", "ahead"),
    [
        (local(8, 9), 3),
        (local(8, 9) + timedelta(seconds=1), 2),
        (local(14, 9), 2),
        (local(14, 9, 1), 1),
        (local(15, 9), 1),
        (local(15, 9, 1), 0),
    ],
)
def test_enrolled_late_only_what_is_still_ahead(now: datetime, ahead: int) -> None:
    assert len(due(now=now)) == ahead


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hour"),
    [
        (time(21), time(8), 9),
        (time(21), time(9), 9),
        (time(21), time(9, 1), 9.0167),
        (time(21), time(11), 11),
        (time(8), time(12), 12),
        (time(9), time(10), 10),
        (time(10), time(11), 9),
        (time(9), time(9), 9),
    ],
)
def test_quiet_hours_put_reminders_off(quiet_from: time, quiet_until: time, hour: float) -> None:
    quiet = QuietHours(BRUSSELS, quiet_from, quiet_until)
    expected = local(15, 0) + timedelta(minutes=round(hour * 60))
    assert due(quiet=quiet)["visit_today"] == expected


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (local(10, 20, 59), local(10, 20, 59)),
        (local(10, 21), local(11, 8)),
        (local(10, 23, 59), local(11, 8)),
        (local(11, 0), local(11, 8)),
        (local(11, 7, 59), local(11, 8)),
        (local(11, 8), local(11, 8)),
    ],
)
def test_the_end_of_a_night(at: datetime, ends: datetime) -> None:
    assert NIGHT.end_of_quiet(at) == ends
    assert NIGHT.is_quiet(at) == (at != ends)


def test_wall_clock_times_stay_over_the_change_to_summer_time() -> None:
    # Clocks go forward on 29 March 2026: the week is 167 hours long, and each reminder is at nine all the same.
    reminders = visit_reminders(date(2026, 4, 2), None, NIGHT, EARLY)
    assert [one.due_at.hour for one in reminders] == [8, 7, 7]
    assert [one.due_at.astimezone(BRUSSELS).hour for one in reminders] == [9, 9, 9]


def test_wall_clock_times_stay_over_the_change_to_winter_time() -> None:
    reminders = visit_reminders(date(2026, 10, 26), None, NIGHT, EARLY)
    assert [one.due_at.astimezone(BRUSSELS).hour for one in reminders] == [9, 9, 9]
    assert [one.due_at.hour for one in reminders] == [7, 8, 8]


@pytest.mark.parametrize(
    ("planned_on", "booked_at", "zone", "moment"),
    [
        (DAY_15, None, BRUSSELS, datetime(2026, 3, 17, 23, 0, tzinfo=UTC)),
        (DAY_15, local(20, 8), BRUSSELS, datetime(2026, 3, 22, 23, 0, tzinfo=UTC)),
        (DAY_15, None, ZoneInfo("Pacific/Kiritimati"), datetime(2026, 3, 17, 10, 0, tzinfo=UTC)),
        (DAY_15, None, ZoneInfo("Pacific/Pago_Pago"), datetime(2026, 3, 18, 11, 0, tzinfo=UTC)),
        (date(2026, 3, 27), None, BRUSSELS, datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ],
    ids=["planned", "booked", "first zone of a day", "last zone of a day", "over the change of clocks"],
)
def test_a_visit_is_missed_at_the_end_of_the_second_day_after_its_day(
    planned_on: date, booked_at: datetime | None, zone: ZoneInfo, moment: datetime
) -> None:
    assert missed_from(planned_on, booked_at, zone) == moment


def test_the_day_of_a_booked_visit_is_the_patients_own() -> None:
    late = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)
    assert visit_day(DAY_15, late, BRUSSELS) == date(2026, 3, 16)
    assert visit_day(DAY_15, late, ZoneInfo("America/New_York")) == DAY_15


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        (local(9, 10), local(10, 9)),
        (local(10, 8, 59), local(10, 9)),
        (local(10, 9, 1), local(10, 9, 1)),
        (local(10, 20, 59), local(10, 20, 59)),
        (local(10, 21), None),
        (local(11, 0), None),
    ],
)
def test_a_recheck_is_asked_at_nine_or_at_once_while_the_day_lasts(now: datetime, due_at: datetime | None) -> None:
    times = recheck_times(date(2026, 3, 10), NIGHT, now)
    assert times == ((due_at, local(11, 0)) if due_at else None)


def test_the_end_of_a_day_is_midnight_there() -> None:
    assert end_of_day(local(10, 23, 59), BRUSSELS) == end_of_day(local(10, 0), BRUSSELS) == local(11, 0)


def test_quiet_hours_that_end_in_the_repeated_hour_of_autumn_never_end_in_the_past() -> None:
    quiet = QuietHours(BRUSSELS, time(21), time(2, 30))
    first, second = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))  # both are 02:15 in Brussels
    assert quiet.end_of_quiet(first) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert quiet.end_of_quiet(second) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
