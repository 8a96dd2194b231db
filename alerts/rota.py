"""Who is on duty at which moment, where nobody is, and when the clinic is open. PURE.

Days and wall-clock times are the clinic's; moments are UTC. People are numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from math import lcm
from typing import Final
from zoneinfo import ZoneInfo

from symptoms.clinical.calendar import local_date, moment_of

SATURDAY: Final = 5
FORTNIGHT: Final = 14
ONE_DAY: Final = timedelta(days=1)


class Tier(StrEnum):
    """The order in which people are asked."""

    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a clinic is open: Monday to Friday from `opens_at` until before `closes_at`, not on holidays.

    `has_all_holidays` False: the public holidays could not be found out.
    """

    zone: ZoneInfo
    opens_at: time
    closes_at: time
    holidays: frozenset[date] = frozenset()
    has_all_holidays: bool = True

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        return self.is_working_day(local.date()) and self.opens_at <= local.time() < self.closes_at

    def is_surely_open(self, moment: datetime) -> bool:
        """Open at a moment that is known to be no holiday. An alert that cannot tell climbs as out of hours."""
        return self.has_all_holidays and self.is_open(moment)

    def last_day_over(self, moment: datetime) -> date | None:
        """The latest working day at whose end the clinic has closed. None: not within a fortnight."""
        today = local_date(moment, self.zone)
        days = (today - timedelta(days=number) for number in range(FORTNIGHT))
        return next(
            (day for day in days if self.is_working_day(day) and moment_of(day, self.closes_at, self.zone) <= moment),
            None,
        )

    def next_change(self, moment: datetime) -> datetime | None:
        """When the clinic next opens or closes after a moment. None: not within a fortnight."""
        is_open = self.is_surely_open(moment)
        today = local_date(moment, self.zone)
        days = (today + timedelta(days=number) for number in range(FORTNIGHT))
        edges = (moment_of(day, clock, self.zone) for day in days for clock in (self.opens_at, self.closes_at))
        return next((edge for edge in edges if edge > moment and self.is_surely_open(edge) != is_open), None)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of duty that begins on a day, and perhaps again every few weeks until a last day.

    One that ends at or before the hour it begins ends on the next day. `every_weeks` 0: once.
    """

    key: int
    tier: Tier
    person: int
    on: date
    starts_at: time
    ends_at: time
    every_weeks: int = 0
    until: date | None = None

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last` on which it begins."""
        if self.until is not None:
            last = min(last, self.until)
        if not self.every_weeks:
            if first <= self.on <= last:
                yield self.on
            return
        period = 7 * self.every_weeks
        missed = max(0, -(-(first - self.on).days // period))
        day = self.on + timedelta(days=missed * period)
        while day <= last:
            yield day
            day += timedelta(days=period)

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when until when the occurrence of a day goes on, by the clock on the wall."""
        ends_on = day + timedelta(days=self.ends_at <= self.starts_at)
        return datetime.combine(day, self.starts_at), datetime.combine(ends_on, self.ends_at)

    def overlaps(self, other: Shift) -> bool:
        """Whether somebody who does both would be on duty twice at any time. Both patterns come round within the
        weeks that both periods divide.
        """
        first = max(self.on, other.on) - ONE_DAY
        last = first + timedelta(weeks=lcm(self.every_weeks or 1, other.every_weeks or 1), days=2)
        for day in self.days(first, last):
            begins, ends = self.span(day)
            for near in other.days(day - ONE_DAY, day + ONE_DAY):
                other_begins, other_ends = other.span(near)
                if begins < other_ends and other_begins < ends:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class TakeOver:
    """One occurrence of a shift, that which begins on a day, is done by somebody else. A swap is two of them."""

    shift: int
    on: date
    person: int


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from one moment until another; `cover` does their shifts, or nobody."""

    person: int
    starts_at: datetime
    ends_at: datetime
    cover: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody is on duty in a tier from one moment until another. `person` None: somebody should be."""

    tier: Tier
    person: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    """All shifts of a clinic, with what was changed about them."""

    zone: ZoneInfo
    shifts: tuple[Shift, ...] = ()
    take_overs: tuple[TakeOver, ...] = ()
    absences: tuple[Absence, ...] = ()

    def has(self, tier: Tier) -> bool:
        """Whether the clinic plans this tier at all."""
        return any(shift.tier is tier for shift in self.shifts)

    def on_duty(self, tier: Tier, moment: datetime) -> list[int]:
        """Who is on duty in a tier at a moment, in the order of the shifts, each once."""
        just_after = moment + timedelta(microseconds=1)
        people = (duty.person for duty in self.duties(moment, just_after) if duty.tier is tier)
        return list(dict.fromkeys(person for person in people if person is not None))

    def duties(self, start: datetime, end: datetime) -> list[Duty]:
        """Who is on duty between two moments, tier by tier; nobody where somebody is away without cover."""
        first, last = local_date(start, self.zone) - timedelta(days=1), local_date(end, self.zone)
        changed = {(one.shift, one.on): one.person for one in self.take_overs}
        found: list[Duty] = []
        for shift in self.shifts:
            for day in shift.days(first, last):
                whole = self._occurrence(shift, day, changed.get((shift.key, day), shift.person))
                if whole.starts_at < end and whole.ends_at > start:
                    found.extend(self._with_absences(whole))
        return [duty for duty in found if duty.starts_at < end and duty.ends_at > start]

    def _occurrence(self, shift: Shift, day: date, person: int) -> Duty:
        ends_on = day + timedelta(days=shift.ends_at <= shift.starts_at)
        return Duty(
            shift.tier,
            person,
            moment_of(day, shift.starts_at, self.zone),
            moment_of(ends_on, shift.ends_at, self.zone),
        )

    def _with_absences(self, duty: Duty) -> Iterator[Duty]:
        """The duty in pieces, each done by whoever is there then."""
        edges = {edge for one in self.absences for edge in (one.starts_at, one.ends_at)}
        inner = sorted(edge for edge in edges if duty.starts_at < edge < duty.ends_at)
        cuts = [duty.starts_at, *inner, duty.ends_at]
        for starts_at, ends_at in pairwise(cuts):
            yield replace(duty, person=self.stand_in(duty.person, starts_at), starts_at=starts_at, ends_at=ends_at)

    def stand_in(self, person: int | None, moment: datetime) -> int | None:
        """Who does a person's duty at a moment: cover for an absence, and cover for the cover. None: nobody."""
        asked: set[int] = set()
        while person is not None and person not in asked:
            asked.add(person)
            absence = next(
                (one for one in self.absences if one.person == person and one.starts_at <= moment < one.ends_at), None
            )
            if absence is None:
                return person
            person = absence.cover
        return None


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody who can be reached is on duty in a tier from one moment until another."""

    tier: Tier
    starts_at: datetime
    ends_at: datetime


def find_gaps(
    rota: Rota, reachable: Iterable[int], start: datetime, end: datetime, named: Collection[Tier] = ()
) -> list[Gap]:
    """Where a planned tier has nobody on duty who can be reached, between two moments; by tier, then by time.

    Tiers that are `named` count as planned.
    """
    there = set(reachable)
    duties = [duty for duty in rota.duties(start, end) if duty.person in there]
    return [
        Gap(tier, starts_at, ends_at)
        for tier in Tier
        if rota.has(tier) or tier in named
        for starts_at, ends_at in _uncovered([duty for duty in duties if duty.tier is tier], start, end)
    ]


def _uncovered(duties: Sequence[Duty], start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    covered_until = start
    for duty in sorted(duties, key=lambda one: one.starts_at):
        if duty.starts_at > covered_until:
            yield covered_until, duty.starts_at
        covered_until = max(covered_until, duty.ends_at)
    if covered_until < end:
        yield covered_until, end
