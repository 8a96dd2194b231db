"""Reads what a clinic has laid down: its escalation policy, hours, holidays and rota; and who can be reached."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import holidays
from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from alerts import rota
from alerts.contacts import POINTS_OF_CLINIC, give_points
from alerts.escalation import (
    DEFAULT_POLICY,
    Deadlines,
    Hours,
    Ladder,
    Policy,
    Rungs,
    Step,
    Who,
    arrange,
    keep_within_limits,
)
from alerts.models import Absence, ClinicHoliday, EscalationPolicy, EscalationStep, OfficeCalendar, Shift, TakeOver
from alerts.paging import REACHABLE, usable_channels
from alerts.rota import OfficeHours, Rota, Tier
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Practitioner
from symptoms.prepared import Prepared, Together

logger = logging.getLogger(__name__)

TIERS: Final = {
    Who.TIER_1: (Tier.TIER_1,),
    Who.TIER_2: (Tier.TIER_2,),
    Who.LEAD: (Tier.LEAD,),
    Who.ON_CALL: tuple(Tier),
}

SHIFTS: Final = Prepared(
    lambda clinic, yesterday: Shift.objects.filter(
        Q(every_weeks=0, on__gte=yesterday) | (Q(every_weeks__gt=0) & (Q(until=None) | Q(until__gte=yesterday))),
        clinic=clinic,
    )
)
ABSENCES: Final = Prepared(lambda clinic, since: Absence.objects.filter(practitioner__clinic=clinic, ends_at__gt=since))
POLICIES: Final = Prepared(lambda clinic: EscalationPolicy.objects.filter(clinic=clinic).order_by())
STEPS: Final = Prepared(
    lambda clinic: EscalationStep.objects.filter(policy__clinic=clinic).order_by("hours", "after_minutes", "pk")
)
TAKE_OVERS: Final = Prepared(lambda clinic, yesterday: TakeOver.objects.filter(shift__clinic=clinic, on__gte=yesterday))
POLICY: Final = Together(POLICIES, STEPS)
TEAM: Final = Together(REACHABLE, POINTS_OF_CLINIC, SHIFTS, TAKE_OVERS, ABSENCES)
FALLBACK: Final = Prepared(
    lambda clinic, urgency: Practitioner.objects.filter(fallback_of__clinic=clinic, fallback_of__urgency=urgency)
)


def policy_of(clinic: Clinic) -> Policy:
    """The clinic's own policy for each urgency, within the limits; else the default one."""
    own, steps = POLICY.all(clinic=clinic.pk)
    of_own = {policy.pk: [step for step in steps if step.policy_id == policy.pk] for policy in own}
    return {**DEFAULT_POLICY, **{Urgency(policy.urgency): _rungs_of(policy, of_own[policy.pk]) for policy in own}}


def _rungs_of(policy: EscalationPolicy, own_steps: Iterable[EscalationStep]) -> Rungs:
    default = DEFAULT_POLICY[Urgency(policy.urgency)]
    every = _minutes(policy.repeat_every_minutes)
    steps = [
        (Hours(one.hours), Step(Who(one.who), _minutes(one.after_minutes), tuple(one.channels))) for one in own_steps
    ]
    rungs = Rungs(
        Ladder(arrange(steps, is_office_hours=True) or default.office.steps, every),
        Ladder(arrange(steps, is_office_hours=False) or default.out_of_hours.steps, every),
        Deadlines(
            _minutes(policy.act_within_minutes),
            _minutes(policy.close_within_minutes),
            _minutes(policy.retry_after_minutes),
        ),
    )
    return keep_within_limits(rungs, Urgency(policy.urgency))


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def office_hours_of(clinic: Clinic, moment: datetime) -> OfficeHours:
    """When the clinic is open, with the public and its own holidays around a moment.

    Public holidays that cannot be looked up leave `has_all_holidays` False.
    """
    zone = ZoneInfo(clinic.time_zone)
    today = local_date(moment, zone)
    public = _public_holidays(clinic, {(today + timedelta(days=days)).year for days in (-1, 31)})
    closed = set(public or ())
    for own in ClinicHoliday.objects.filter(clinic=clinic):
        (closed.discard if own.is_open else closed.add)(own.on)
    return OfficeHours(zone, clinic.opens_at, clinic.closes_at, frozenset(closed), public is not None)


def _public_holidays(clinic: Clinic, years: Iterable[int]) -> set[date] | None:
    """The holidays of the clinic's country in these years. None: that country or part of it is not known."""
    calendar = OfficeCalendar.objects.filter(clinic=clinic).exclude(country="").first()
    if calendar is None:
        return set()
    try:
        return set(holidays.country_holidays(calendar.country, subdiv=calendar.subdivision or None, years=years))
    except Exception:  # whatever the library makes of a row that no form would have let in
        logger.exception("calendar_unreadable clinic=%s", clinic.pk)
        return None


@dataclass(frozen=True, slots=True)
class Team:
    """Whom a clinic can page at a moment: everybody who can be reached, the rota, and the policy's fallback."""

    everybody: tuple[Practitioner, ...]
    rota: Rota
    fallback: Collection[int]
    moment: datetime

    def people(self, who: Who) -> list[Practitioner]:
        """Whom a step pages. Empty: nobody whom it names is there, nor anybody of the fallback.

        Nobody on shift: those of tier 1 are replaced by who is marked as on call; then the policy's fallback, which
        is the whole team when none is named. Who is away is replaced by their cover, at every one of these.
        """
        return self.on_shift(who) or self._there(self.fallback or {one.pk for one in self.everybody})

    def on_shift(self, who: Who) -> list[Practitioner]:
        """Those among `people` who are paged by the rota, or for being marked as on call; empty: the fallback is.

        Everybody is the whole team, away or not, as long as anybody of it is there.
        """
        if who is Who.EVERYBODY:
            return list(self.everybody) if self._there(one.pk for one in self.everybody) else []
        on_duty = {person for tier in TIERS[who] for person in self.rota.on_duty(tier, self.moment)}
        found = [one for one in self.everybody if one.pk in on_duty]
        if not found and who in (Who.TIER_1, Who.ON_CALL):
            return self._there(one.pk for one in self.everybody if one.is_on_call)
        return found

    def _there(self, people: Iterable[int]) -> list[Practitioner]:
        """Those of them who are not away, and who covers for the others, as far as they can be reached."""
        there = {self.rota.stand_in(one, self.moment) for one in people}
        return [one for one in self.everybody if one.pk in there]


def team_of(clinic: Clinic, urgency: Urgency, moment: datetime) -> Team:
    """The clinic's team as it is at a moment, for alerts of an urgency, with the rota from then on. One query."""
    zone = ZoneInfo(clinic.time_zone)
    yesterday = local_date(moment, zone) - timedelta(days=1)
    fallback = SimpleLazyObject(lambda: {one.pk for one in FALLBACK.all(clinic=clinic.pk, urgency=urgency)})
    everybody, points, shifts, take_overs, absences = TEAM.all(
        clinic=clinic.pk, channels=usable_channels(), yesterday=yesterday, since=moment
    )
    give_points(everybody, points)
    return Team(
        tuple(everybody),
        Rota(
            zone,
            tuple(one.planned() for one in shifts),
            tuple(rota.TakeOver(one.shift_id, one.on, one.practitioner_id) for one in take_overs),
            tuple(rota.Absence(one.practitioner_id, one.starts_at, one.ends_at, one.cover_id) for one in absences),
        ),
        fallback,  # seldom asked for
        moment,
    )
