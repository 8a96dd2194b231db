"""Asks of every hour ahead whom the policy would page, and names the hours in which it would page nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.escalation import Rungs, Who
from alerts.models import EscalationStep, RotaGap
from alerts.models.escalation import PAGED
from alerts.models.rota import GapKind
from alerts.policies import TIERS, Team, office_hours_of, policy_of, team_of
from alerts.rota import Gap, OfficeHours, Tier, find_gaps
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic


def look_ahead(clinic: Clinic, start: datetime, end: datetime) -> list[RotaGap]:
    """The gaps between two moments, not yet stored.

    Of a tier: it is planned, or the clinic's own policy names it, and nobody who can be reached is on duty; the
    fallback is paged instead. Tier 1, which every clinic has: nobody is marked as on call either. Of the policy: a
    step of it finds nobody, fallback included. Of the calendar: the public holidays cannot be looked up, so all
    hours count as out of hours.
    """
    hours = office_hours_of(clinic, start)
    policy = policy_of(clinic)
    teams = {urgency: team_of(clinic, urgency, start) for urgency in PAGED}
    gaps = []
    if not hours.has_all_holidays:
        gaps.append(RotaGap(clinic=clinic, kind=GapKind.CALENDAR, starts_at=start, ends_at=end))
    for urgency, team in teams.items():
        for begins, ends in _stretches(team, hours, end, _finds_all(policy[urgency], hours)):
            gaps.append(RotaGap(clinic=clinic, kind=GapKind.POLICY, urgency=urgency, starts_at=begins, ends_at=ends))
    team = teams[Urgency.URGENT]
    gaps.extend(
        RotaGap(clinic=clinic, kind=GapKind.TIER, tier=gap.tier, starts_at=gap.starts_at, ends_at=gap.ends_at)
        for gap in [
            *_gaps_of_first_tier(team, hours, end),
            *find_gaps(team.rota, [one.pk for one in team.everybody], start, end, _named_tiers(clinic)),
        ]
    )
    return gaps


def _named_tiers(clinic: Clinic) -> set[Tier]:
    """Tiers after the first that the clinic's own policies name."""
    steps = EscalationStep.objects.filter(policy__clinic=clinic, who__in=[Who.TIER_2, Who.LEAD])
    return {tier for who in steps.values_list("who", flat=True) for tier in TIERS[Who(who)]}


def _gaps_of_first_tier(team: Team, hours: OfficeHours, end: datetime) -> Iterator[Gap]:
    """Where no rota of tier 1 is planned: stretches in which nobody who is marked as on call is there."""
    if team.rota.has(Tier.TIER_1):
        return
    for begins, ends in _stretches(team, hours, end, lambda then: bool(then.on_shift(Who.TIER_1))):
        yield Gap(Tier.TIER_1, begins, ends)


def _finds_all(rungs: Rungs, hours: OfficeHours) -> Callable[[Team], bool]:
    """Whether each step of an urgency finds somebody of a team as it is at its moment."""

    def finds(then: Team) -> bool:
        ladder = rungs.ladder(is_office_hours=hours.is_surely_open(then.moment))
        return all(then.people(step.who) for step in ladder.steps)

    return finds


def _stretches(
    team: Team, hours: OfficeHours, end: datetime, is_covered: Callable[[Team], bool]
) -> Iterator[tuple[datetime, datetime]]:
    """From when until when something is not covered. Between two edges the answer stays the same."""
    begun: datetime | None = None
    for moment in sorted({team.moment, *edges(team, hours, end)}):
        is_good = is_covered(replace(team, moment=moment))
        if begun is None and not is_good:
            begun = moment
        elif begun is not None and is_good:
            yield begun, moment
            begun = None
    if begun is not None:
        yield begun, end


def edges(team: Team, hours: OfficeHours, end: datetime) -> Iterator[datetime]:
    """The moments before `end` at which somebody comes or goes, or the clinic opens or closes."""
    moments = [edge for duty in team.rota.duties(team.moment, end) for edge in (duty.starts_at, duty.ends_at)]
    moments += [edge for one in team.rota.absences for edge in (one.starts_at, one.ends_at)]
    day, last = local_date(team.moment, hours.zone), local_date(end, hours.zone)
    while day <= last:
        moments += [moment_of(day, hours.opens_at, hours.zone), moment_of(day, hours.closes_at, hours.zone)]
        day += timedelta(days=1)
    return (moment for moment in moments if team.moment < moment < end)
