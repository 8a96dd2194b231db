"""When patients are reminded and asked, and when a visit counts as missed. PURE date arithmetic.

Days and wall-clock times are those of the patient's zone; moments are UTC (clinical specification, section 7).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from symptoms.clinical.calendar import after_quiet_hours, local_date, moment_of
from symptoms.clinical.check_ins import check_in_days_from, latest_check_in_day

REMIND_AT: Final = time(9, 0)
SHORTLY_BEFORE: Final = timedelta(hours=1)
"""A visit before ten is reminded of this long before it."""

DAYS_OF_GRACE: Final = 2
"""A visit not attended by the end of the second day after its day is missed: day 17 for day 15."""

SHORTEST_GAP: Final = timedelta(hours=12)
"""Between two check-ins, also for somebody who travels to another day."""

ANSWER_WITHIN: Final = timedelta(hours=24)
"""A check-in without an answer for so long gets its nudge, and counts as silence."""

VisitReminder = Literal["visit_week_before", "visit_day_before", "visit_today"]

DAYS_BEFORE: Final[dict[VisitReminder, int]] = {
    "visit_week_before": 7,
    "visit_day_before": 1,
    "visit_today": 0,
}


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The patient's zone, and the hours in which no reminder may reach them. They may run over midnight."""

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time

    def is_quiet(self, moment: datetime) -> bool:
        at = moment.astimezone(self.zone).time()
        return after_quiet_hours(at, self.quiet_from, self.quiet_until) != at

    def end_of_quiet(self, moment: datetime) -> datetime:
        """The first moment from `moment` on that is not quiet; in an hour that the autumn repeats, its second end."""
        if not self.is_quiet(moment):
            return moment
        local = moment.astimezone(self.zone)
        is_evening = local.time() >= self.quiet_until
        day = local.date() + timedelta(days=is_evening)
        end = moment_of(day, self.quiet_until, self.zone)
        return end if end > moment else moment_of(day, self.quiet_until.replace(fold=1), self.zone)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder of one visit: due at a moment, of no use from another on."""

    kind: VisitReminder
    due_at: datetime
    expires_at: datetime


def visit_day(planned_on: date, booked_at: datetime | None, zone: ZoneInfo) -> date:
    """The day a visit is counted from: that of the booked time in the zone of the clinic, else the planned one."""
    return planned_on if booked_at is None else local_date(booked_at, zone)


def visit_reminders(
    planned_on: date,
    booked_at: datetime | None,
    quiet: QuietHours,
    now: datetime,
    *,
    clinic_zone: ZoneInfo | None = None,
    waiting: Collection[str] = (),
) -> tuple[DueReminder, ...]:
    """The reminders of a visit that are still ahead at `now`: a week before, a day before, that morning.

    Each is due at 09:00, or when the quiet hours end. The first two lose their sense when the next one's day
    begins, the last when the visit does, or with the day. The day of a booked visit is that of the clinic's clock,
    which is the patient's unless given; the hours are the patient's. `waiting` are the kinds that were still ahead by
    the patient's former hours: what would have been due by the new ones is due as soon as it is not quiet.
    """
    day = visit_day(planned_on, booked_at, clinic_zone or quiet.zone)
    planned = [
        _visit_reminder(kind, day - timedelta(days=days), day, booked_at, quiet) for kind, days in DAYS_BEFORE.items()
    ]
    at_once = quiet.end_of_quiet(now)
    planned = [replace(one, due_at=max(one.due_at, at_once)) if one.kind in waiting else one for one in planned]
    return tuple(reminder for reminder in planned if now <= reminder.due_at < reminder.expires_at)


def _visit_reminder(
    kind: VisitReminder, on: date, day: date, booked_at: datetime | None, quiet: QuietHours
) -> DueReminder:
    due_at = quiet.end_of_quiet(moment_of(on, REMIND_AT, quiet.zone))
    if kind == "visit_week_before":
        return DueReminder(kind, due_at, _midnight(day - timedelta(days=1), quiet.zone))
    if kind == "visit_day_before":
        return DueReminder(kind, due_at, _midnight(day, quiet.zone))
    if booked_at is None:
        return DueReminder(kind, due_at, _midnight(day + timedelta(days=1), quiet.zone))
    early = max(booked_at - SHORTLY_BEFORE, _midnight(day, quiet.zone))
    return DueReminder(kind, min(due_at, quiet.end_of_quiet(early)), booked_at)


def missed_from(planned_on: date, booked_at: datetime | None, zone: ZoneInfo) -> datetime:
    """The moment from which a visit that was not attended is missed: the end of the second day after its day."""
    return _midnight(visit_day(planned_on, booked_at, zone) + timedelta(days=DAYS_OF_GRACE + 1), zone)


def recheck_times(on: date, quiet: QuietHours, now: datetime) -> tuple[datetime, datetime] | None:
    """When to ask a patient again on a day, and until when it makes sense. None when the day is over.

    At 09:00 or when the quiet hours end; at once when that has passed and it is not quiet.
    """
    expires_at = _midnight(on + timedelta(days=1), quiet.zone)
    due_at = quiet.end_of_quiet(max(moment_of(on, REMIND_AT, quiet.zone), now))
    return (due_at, expires_at) if due_at < expires_at else None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the next check-in comes after: the last day that was asked about or reported on, by the patient's
    calendar at that time, and the moment before which nobody asks again."""

    on: date
    not_before: datetime


def next_check_in(
    first_dose_on: date, quiet: QuietHours, now: datetime, *, settled: Settled | None, is_daily: bool = False
) -> datetime:
    """The moment of the next check-in, at `now` or later: 09:00 of a check-in day, or when its quiet hours end.

    A check-in day that has gone by unasked, because the service was down, the clocks of the patient jumped
    over it, or the course began earlier than was known, is made up for by one check-in at the next decent
    moment. `settled` None: nothing was asked yet, and days gone by are left alone.
    """
    earliest = max(now, settled.not_before) if settled else now
    today = local_date(earliest, quiet.zone)
    if settled is not None:
        latest = latest_check_in_day(first_dose_on, today, is_daily=is_daily)
        if latest is not None and latest > settled.on and _moment_on(latest, quiet) < earliest:
            return quiet.end_of_quiet(earliest)
    days = check_in_days_from(first_dose_on, today, is_daily=is_daily)
    return next(moment for day in days if (moment := _moment_on(day, quiet)) >= earliest)


def is_check_in_due(
    first_dose_on: date, zone: ZoneInfo, now: datetime, *, settled_on: date | None, is_daily: bool = False
) -> bool:
    """Whether there is still something to ask at `now`: today has a check-in, or one since `settled_on` was not."""
    today = local_date(now, zone)
    latest = latest_check_in_day(first_dose_on, today, is_daily=is_daily)
    return latest is not None and (latest == today or settled_on is None or latest > settled_on)


def _moment_on(day: date, quiet: QuietHours) -> datetime:
    return quiet.end_of_quiet(moment_of(day, REMIND_AT, quiet.zone))


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Midnight after a moment, in a zone."""
    return _midnight(local_date(moment, zone) + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day begins in a zone."""
    return moment_of(day, time.min, zone)
