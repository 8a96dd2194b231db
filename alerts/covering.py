"""Asks of every hour ahead whom the policy would page, and names the hours in which it would page nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.escalation import Policy, Who
from alerts.models import EscalationStep, RotaGap
from alerts.models.escalation import PAGED
from alerts.models.rota import GapKind
from alerts.policies import TIERS, Team, office_hours_of, policy_of, team_of
from alerts.rota import OfficeHours, Tier, find_gaps
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic


def look_ahead(clinic: Clinic, start: datetime, end: datetime) -> list[RotaGap]:
    """The gaps between two moments, not yet stored.

    Of a tier: it is planned, or the clinic's own policy names it, and nobody who can be reached is on duty; the
    fallback is paged instead. Of the policy: a step of it finds nobody, fallback included. Of the calendar: the
    public holidays cannot be looked up, so all hours count as out of hours.
    """
    hours = office_hours_of(clinic, start)
    policy = policy_of(clinic)
    teams = {urgency: team_of(clinic, urgency, start) for urgency in PAGED}
    gaps = []
    if not hours.has_all_holidays:
        gaps.append(RotaGap(clinic=clinic, kind=GapKind.CALENDAR, starts_at=start, ends_at=end))
    for urgency, team in teams.items():
        gaps.extend(_gaps_of_policy(clinic, policy, urgency, team, hours, end))
    team = teams[Urgency.URGENT]
    people = [one.pk for one in team.everybody]
    gaps.extend(
        RotaGap(clinic=clinic, kind=GapKind.TIER, tier=gap.tier, starts_at=gap.starts_at, ends_at=gap.ends_at)
        for gap in find_gaps(team.rota, people, start, end, _named_tiers(clinic, team))
    )
    return gaps


def _named_tiers(clinic: Clinic, team: Team) -> set[Tier]:
    """Tiers that the clinic's own policies name; tier 1 not where somebody is marked as on call instead."""
    steps = EscalationStep.objects.filter(policy__clinic=clinic, who__in=[Who.TIER_1, Who.TIER_2, Who.LEAD])
    named = {tier for who in steps.values_list("who", flat=True) for tier in TIERS[Who(who)]}
    is_marked = any(one.is_on_call for one in team.everybody)
    return named - {Tier.TIER_1} if is_marked else named


def _gaps_of_policy(
    clinic: Clinic, policy: Policy, urgency: Urgency, team: Team, hours: OfficeHours, end: datetime
) -> Iterator[RotaGap]:
    """Stretches in which a step of the policy finds nobody. Between two edges the answer stays the same."""
    moments = sorted({team.moment, *edges(team, hours, end)})
    begun: datetime | None = None
    for moment in moments:
        then = replace(team, moment=moment)
        ladder = policy[urgency].ladder(is_office_hours=hours.is_surely_open(moment))
        is_covered = all(then.people(step.who) for step in ladder.steps)
        if begun is None and not is_covered:
            begun = moment
        elif begun is not None and is_covered:
            yield _gap_of_policy(clinic, urgency, begun, moment)
            begun = None
    if begun is not None:
        yield _gap_of_policy(clinic, urgency, begun, end)


def _gap_of_policy(clinic: Clinic, urgency: Urgency, starts_at: datetime, ends_at: datetime) -> RotaGap:
    return RotaGap(clinic=clinic, kind=GapKind.POLICY, urgency=urgency, starts_at=starts_at, ends_at=ends_at)


def edges(team: Team, hours: OfficeHours, end: datetime) -> Iterator[datetime]:
    """The moments before `end` at which somebody comes or goes, or the clinic opens or closes."""
    moments = [edge for duty in team.rota.duties(team.moment, end) for edge in (duty.starts_at, duty.ends_at)]
    moments += [edge for one in team.rota.absences for edge in (one.starts_at, one.ends_at)]
    day, last = local_date(team.moment, hours.zone), local_date(end, hours.zone)
    while day <= last:
        moments += [moment_of(day, hours.opens_at, hours.zone), moment_of(day, hours.closes_at, hours.zone)]
        day += timedelta(days=1)
    return (moment for moment in moments if team.moment < moment < end)
