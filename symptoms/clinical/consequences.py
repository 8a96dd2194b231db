"""What follows from a judgement: whom to tell, what to teach, when to ask again."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import chain
from typing import Final

from symptoms.clinical.actions import Action, NotifyCareTeam, OfferEducation, ScheduleRecheck, StandDownReminders
from symptoms.clinical.facts import Facts
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clinical.triage import Finding, Judgement

RECHECK_NEXT_DAY: Final = frozenset({"RESP-COUGH-MILD"})
"""Rules after which the patient is asked again the next day."""


JOINS_AN_EMERGENCY: Final = frozenset({"SYMPTOMS-UNKNOWN"})
"""What an emergency leaves open because it ends the questions: its own alert says it. An emergency is always raised."""


def actions_for(judgement: Judgement, facts: Facts) -> tuple[Action, ...]:
    """The actions that a judgement calls for, the care team first.

    Before the check-in is over only urgent findings are acted on; routine ones may still change.
    """
    notify = _notifications(judgement.findings, Urgency.ROUTINE if facts.is_final else Urgency.URGENT)
    if not facts.is_final:
        return notify
    rules = tuple(finding.rule for finding in judgement.findings)
    rechecks = (ScheduleRecheck(facts.today + timedelta(days=1), rule) for rule in rules if rule in RECHECK_NEXT_DAY)
    teaching = (OfferEducation(rules),) if rules else ()
    return tuple(chain(notify, (StandDownReminders(),), rechecks, teaching))


def _notifications(findings: tuple[Finding, ...], least: Urgency) -> tuple[NotifyCareTeam, ...]:
    """One for each problem that has a finding of at least this urgency, the most urgent first."""
    by_problem: dict[Problem, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.urgency >= least:
            by_problem[finding.problem].append(finding)
    _join_the_emergency(by_problem)
    notifications = (
        NotifyCareTeam(
            problem,
            urgency=max(finding.urgency for finding in group),
            rules=tuple(finding.rule for finding in group),
        )
        for problem, group in by_problem.items()
    )
    return tuple(sorted(notifications, key=lambda notification: -notification.urgency))


def _join_the_emergency(by_problem: dict[Problem, list[Finding]]) -> None:
    """Move to the emergency of the report what it left open, unless its own problem has anything else to say."""
    emergency = next((group for group in by_problem.values() if _is_emergency(group)), None)
    if emergency is None:
        return
    for problem, group in list(by_problem.items()):
        if group is not emergency and {finding.rule for finding in group} <= JOINS_AN_EMERGENCY:
            emergency.extend(by_problem.pop(problem))


def _is_emergency(group: list[Finding]) -> bool:
    return any(finding.urgency is Urgency.EMERGENCY for finding in group)
