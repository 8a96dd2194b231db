"""What the flow asks other apps to do, as plain values.

`flow/act.py` hands each action to the one handler that `settings.CARE_ACTIONS` names for its class,
in the caller's transaction. The symptom side never imports who carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from symptoms.clinical.terms import Problem, Urgency


@dataclass(frozen=True, slots=True)
class NotifyCareTeam:
    """Put a problem before the care team. Urgency is routine, urgent or emergency; `rules` say why."""

    problem: Problem
    urgency: Urgency
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferEducation:
    """Offer the leaflets that go with these rules; no rules: give and plan the lessons of the running course."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScheduleRecheck:
    """Ask the patient again on a day of the patient's calendar, because of one rule."""

    on: date
    rule: str


@dataclass(frozen=True, slots=True)
class AskStillSore:
    """Ask the patient at once whether the mouth sores of an open episode are still there."""

    crossing_on: date


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """Plan the visits and reminders of the running course, or move those not yet sent to its new dates."""


@dataclass(frozen=True, slots=True)
class StandDownReminders:
    """The patient has answered: questions still waiting to be sent are no longer needed.

    The handler returns the moment at which the patient is asked next; None when nothing is planned.
    """


@dataclass(frozen=True, slots=True)
class TellOfAmendment:
    """A report was put right: whoever sees to what it raised has to see that. `by` is patient, carer or staff."""

    amendment: UUID
    by: str


@dataclass(frozen=True, slots=True)
class TellOfWords:
    """The patient has typed something: perhaps an answer to the care team."""

    message: UUID


Action = (
    NotifyCareTeam
    | OfferEducation
    | ScheduleRecheck
    | AskStillSore
    | PlanCalendar
    | StandDownReminders
    | TellOfAmendment
    | TellOfWords
)
