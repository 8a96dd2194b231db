"""Which step an alert takes next, and when: the ladder that it climbs until a person takes it. PURE.

A policy says for each urgency who is paged, by which channels, after how long, in office hours and outside
them. It is written into the alert when the alert is raised. A ladder has no end: after its steps everybody is paged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from symptoms.clinical.terms import Urgency


class Who(StrEnum):
    """Whom a step pages. They are looked up when it is taken, from the rota as it is then."""

    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    LEAD = "lead"
    ON_CALL = "on_call"
    """Whoever is on a shift of any tier."""
    EVERYBODY = "everybody"
    """The whole team of the clinic."""


class Hours(StrEnum):
    """When a step applies. Out of hours are nights, weekends and holidays."""

    ALWAYS = "always"
    OFFICE = "office"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whom to page, how long after the climb began, by which channels (none named: each one's own order)."""

    who: Who
    after: timedelta
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one urgency, by their time, and how often everybody is paged after them. No steps: nobody is."""

    steps: tuple[Step, ...]
    repeat_every: timedelta

    @property
    def repeated(self) -> Step:
        """What comes again and again after the last step: that step, for everybody."""
        return replace(self.steps[-1], who=Who.EVERYBODY)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What a person who has taken an alert owes it, before it climbs again.

    `act_within`: from acknowledging to a recorded action. `close_within`: from the last recorded action to the
    outcome. `retry_after`: from "unable to reach" to the next try.
    """

    act_within: timedelta
    close_within: timedelta
    retry_after: timedelta


@dataclass(frozen=True, slots=True)
class Rungs:
    """All that a policy says for one urgency."""

    office: Ladder
    out_of_hours: Ladder
    deadlines: Deadlines

    def ladder(self, *, is_office_hours: bool) -> Ladder:
        return self.office if is_office_hours else self.out_of_hours


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest waits that a policy may set for one urgency: to a step, between repeats, and for a person's acts."""

    step_after: timedelta
    repeat_every: timedelta
    act_within: timedelta
    close_within: timedelta
    retry_after: timedelta

    @property
    def longest(self) -> timedelta:
        return max(self.step_after, self.repeat_every, self.act_within, self.close_within, self.retry_after)


@dataclass(frozen=True, slots=True)
class Due:
    """The step that comes next: its number from 1, its content, and the moment it is due."""

    number: int
    step: Step
    at: datetime


def next_step(ladder: Ladder, taken: int, began_at: datetime, last_at: datetime | None) -> Due | None:
    """The step after `taken` ones of a climb that began at `began_at`; None only for a ladder without steps.

    After the last step everybody is paged, `repeat_every` after it was taken (`last_at`), and again: no ladder ends
    with few people who sleep. Steps that an outage has made late are all due at once; repeats that were missed
    are made up for by one.
    """
    if not ladder.steps:
        return None
    if taken < len(ladder.steps):
        step = ladder.steps[taken]
        return Due(taken + 1, step, began_at + step.after)
    return Due(len(ladder.steps), ladder.repeated, (last_at or began_at) + ladder.repeat_every)


def people_so_far(ladder: Ladder, taken: int) -> tuple[Step, ...]:
    """The steps whose people know of an alert that has taken `taken` steps; the first one at least."""
    repeated = (ladder.repeated,) if ladder.steps and taken > len(ladder.steps) else ()
    return (*ladder.steps[: max(taken, 1)], *repeated)


def steps_after_lapse(ladder: Ladder, taken: int) -> int:
    """How many steps are taken at once when whoever took the alert let it lie after `taken` steps.

    All that were taken, and on to the next one that names somebody else: who let it lie is not asked alone.
    """
    known = {step.who for step in ladder.steps[:taken]}
    others = (number for number, step in enumerate(ladder.steps, start=1) if number > taken and step.who not in known)
    return next(others, len(ladder.steps))


def arrange(steps: Iterable[tuple[Hours, Step]], is_office_hours: bool) -> tuple[Step, ...]:
    """The steps of one urgency that apply at these hours, by their time.

    Those made for these hours stand in for those that always apply.
    """
    wanted = Hours.OFFICE if is_office_hours else Hours.OUT_OF_HOURS
    steps = list(steps)
    chosen = [step for hours, step in steps if hours is wanted] or [
        step for hours, step in steps if hours is Hours.ALWAYS
    ]
    return tuple(sorted(chosen, key=lambda step: step.after))


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _always(ladder: Ladder, deadlines: Deadlines) -> Rungs:
    return Rungs(ladder, ladder, deadlines)


Policy = Mapping[Urgency, Rungs]

DEFAULT_POLICY: Final[Policy] = {
    Urgency.EMERGENCY: _always(
        Ladder(
            (
                Step(Who.ON_CALL, _minutes(0)),
                Step(Who.ON_CALL, _minutes(5)),
                Step(Who.EVERYBODY, _minutes(10)),
            ),
            repeat_every=_minutes(5),
        ),
        Deadlines(act_within=_minutes(15), close_within=_minutes(4 * 60), retry_after=_minutes(10)),
    ),
    Urgency.URGENT: _always(
        Ladder(
            (Step(Who.TIER_1, _minutes(0)), Step(Who.TIER_2, _minutes(15)), Step(Who.LEAD, _minutes(30))),
            repeat_every=_minutes(30),
        ),
        Deadlines(act_within=_minutes(60), close_within=_minutes(24 * 60), retry_after=_minutes(30)),
    ),
    Urgency.ROUTINE: _always(
        Ladder((), repeat_every=_minutes(24 * 60)),
        Deadlines(act_within=_minutes(48 * 60), close_within=_minutes(7 * 24 * 60), retry_after=_minutes(24 * 60)),
    ),
}
"""Emergency: everyone on call at once and every five minutes, the whole team from the tenth on. Urgent: tier 1 at
once, tier 2 after 15 minutes, the lead after 30, the whole team every 30 from then on. Routine: the worklist and the
daily digest."""


LIMITS: Final[Mapping[Urgency, Limits]] = {
    Urgency.EMERGENCY: Limits(
        step_after=_minutes(60),
        repeat_every=_minutes(30),
        act_within=_minutes(60),
        close_within=_minutes(24 * 60),
        retry_after=_minutes(60),
    ),
    Urgency.URGENT: Limits(
        step_after=_minutes(4 * 60),
        repeat_every=_minutes(4 * 60),
        act_within=_minutes(4 * 60),
        close_within=_minutes(3 * 24 * 60),
        retry_after=_minutes(4 * 60),
    ),
    Urgency.ROUTINE: Limits(*[_minutes(7 * 24 * 60)] * 5),
}
"""Wide enough for any clinic, and not so wide that an alert is forgotten over a night. A decision of operation, from no
clinical source."""

SHORTEST_WAIT: Final = _minutes(1)


def keep_within_limits(rungs: Rungs, urgency: Urgency) -> Rungs:
    """The same without holes: the first step at once, and no wait longer than the urgency allows, nor none."""
    limits = LIMITS[urgency]
    deadlines = rungs.deadlines
    return Rungs(
        _ladder_within(rungs.office, limits),
        _ladder_within(rungs.out_of_hours, limits),
        Deadlines(
            _within(deadlines.act_within, limits.act_within),
            _within(deadlines.close_within, limits.close_within),
            _within(deadlines.retry_after, limits.retry_after),
        ),
    )


def _ladder_within(ladder: Ladder, limits: Limits) -> Ladder:
    steps = [replace(step, after=min(step.after, limits.step_after)) for step in ladder.steps]
    steps[:1] = [replace(step, after=timedelta(0)) for step in steps[:1]]
    return Ladder(tuple(steps), _within(ladder.repeat_every, limits.repeat_every))


def _within(wait: timedelta, longest: timedelta) -> timedelta:
    return min(max(wait, SHORTEST_WAIT), longest)


def policy_to_json(policy: Policy) -> dict[str, Any]:
    """The policy as an alert keeps it, in minutes."""
    return {urgency.code: _rungs_to_json(rungs) for urgency, rungs in policy.items()}


def rungs_from_json(kept: Mapping[str, Any], urgency: Urgency) -> Rungs:
    """What the policy that an alert has kept says for one urgency, within the limits.

    What is missing or cannot be read is as in the default policy.
    """
    return keep_within_limits(_read_rungs(kept.get(urgency.code), DEFAULT_POLICY[urgency]), urgency)


def _rungs_to_json(rungs: Rungs) -> dict[str, Any]:
    deadlines = rungs.deadlines
    return {
        "office": _ladder_to_json(rungs.office),
        "out_of_hours": _ladder_to_json(rungs.out_of_hours),
        "act_within": _in_minutes(deadlines.act_within),
        "close_within": _in_minutes(deadlines.close_within),
        "retry_after": _in_minutes(deadlines.retry_after),
    }


def _ladder_to_json(ladder: Ladder) -> dict[str, Any]:
    steps = [{"who": step.who, "after": _in_minutes(step.after), "channels": [*step.channels]} for step in ladder.steps]
    return {"steps": steps, "repeat_every": _in_minutes(ladder.repeat_every)}


def _in_minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))


def _read_rungs(kept: Any, default: Rungs) -> Rungs:
    try:
        return Rungs(
            _read_ladder(kept["office"], default.office),
            _read_ladder(kept["out_of_hours"], default.out_of_hours),
            Deadlines(*(_minutes(kept[name]) for name in ("act_within", "close_within", "retry_after"))),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return default


def _read_ladder(kept: Any, default: Ladder) -> Ladder:
    steps = tuple(Step(Who(one["who"]), _minutes(one["after"]), tuple(one["channels"])) for one in kept["steps"])
    # An alert that pages somebody by default is never left without steps.
    return Ladder(steps, _minutes(kept["repeat_every"])) if steps or not default.steps else default
