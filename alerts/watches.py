"""Whom a clinic would page at every hour ahead: stretches of time within which the answer stays the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final

from alerts.covering import edges
from alerts.escalation import Ladder, Policy
from alerts.models.escalation import PAGED
from alerts.policies import Team, office_hours_of, policy_of, team_of
from alerts.rota import OfficeHours, Tier
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Practitioner

TIERS_SHOWN: Final = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Paged:
    """Whom the first step of a ladder pages; `is_fallback`: nobody is on shift, these are paged instead."""

    people: tuple[Practitioner, ...]
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """From one moment until another: who is on duty in each tier, as planned, and whom an alert pages first.

    `on_duty` holds people by their numbers, also those who cannot be reached.
    """

    starts_at: datetime
    ends_at: datetime
    is_open: bool
    on_duty: Mapping[Tier, tuple[int, ...]]
    first: Mapping[Urgency, Paged]

    def is_like(self, other: Watch) -> bool:
        return (self.is_open, self.on_duty, self.first) == (other.is_open, other.on_duty, other.first)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a clinic has laid down, read once: its policy, hours, and the team for each urgency that pages."""

    clinic: Clinic
    policy: Policy
    hours: OfficeHours
    teams: Mapping[Urgency, Team]

    def ladder(self, urgency: Urgency, moment: datetime) -> Ladder:
        return self.policy[urgency].ladder(is_office_hours=self.hours.is_surely_open(moment))

    def team(self, urgency: Urgency, moment: datetime) -> Team:
        return replace(self.teams[urgency], moment=moment)


def outlook_of(clinic: Clinic, now: datetime) -> Outlook:
    """What is needed to look ahead from `now`. The number of queries does not depend on the length of the rota."""
    teams = {urgency: team_of(clinic, urgency, now) for urgency in PAGED}
    return Outlook(clinic, policy_of(clinic), office_hours_of(clinic, now), teams)


def watches(outlook: Outlook, start: datetime, end: datetime) -> list[Watch]:
    """The time between two moments in stretches, none of which runs over midnight at the clinic."""
    found: list[Watch] = []
    moments = sorted({start, end, *edges(outlook.teams[Urgency.URGENT], outlook.hours, end)})
    midnights = set(_midnights(outlook.hours, start, end))
    for begins, ends in pairwise(sorted({*moments, *midnights})):
        watch = _watch(outlook, begins, ends)
        if found and begins not in midnights and found[-1].is_like(watch):
            found[-1] = replace(found[-1], ends_at=ends)
        else:
            found.append(watch)
    return found


def _watch(outlook: Outlook, begins: datetime, ends: datetime) -> Watch:
    rota = outlook.teams[Urgency.URGENT].rota
    return Watch(
        begins,
        ends,
        outlook.hours.is_surely_open(begins),
        {tier: tuple(rota.on_duty(tier, begins)) for tier in TIERS_SHOWN},
        {urgency: _first(outlook, urgency, begins) for urgency in outlook.teams},
    )


def _first(outlook: Outlook, urgency: Urgency, moment: datetime) -> Paged:
    team = outlook.team(urgency, moment)
    who = outlook.ladder(urgency, moment).steps[0].who
    return Paged(tuple(team.people(who)), is_fallback=not team.on_shift(who))


def _midnights(hours: OfficeHours, start: datetime, end: datetime) -> Iterator[datetime]:
    day = local_date(start, hours.zone) + timedelta(days=1)
    while (midnight := moment_of(day, time.min, hours.zone)) < end:
        yield midnight
        day += timedelta(days=1)
