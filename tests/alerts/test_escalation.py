"""The ladder: which step comes next and when, on both sides of each boundary. It never ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.escalation import (
    DEFAULT_POLICY,
    Hours,
    Ladder,
    Rungs,
    Step,
    Who,
    arrange,
    next_step,
    people_so_far,
    policy_to_json,
    rungs_from_json,
    steps_after_lapse,
)
from symptoms.clinical.terms import Urgency

BEGAN = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def climb(ladder: Ladder, until: timedelta) -> list[tuple[int, Who]]:
    """The steps taken on time, with the minute of each, up to and with `until`."""
    taken: list[tuple[int, Who]] = []
    number, last_at = 0, None
    while (due := next_step(ladder, number, BEGAN, last_at)) is not None and due.at <= BEGAN + until:
        taken.append((int((due.at - BEGAN) / minutes(1)), due.step.who))
        number, last_at = number + 1, due.at
    return taken


def test_urgent_climbs_from_tier_1_to_the_lead_and_then_everybody_is_paged_for_ever() -> None:
    assert climb(DEFAULT_POLICY[Urgency.URGENT].office, minutes(90)) == [
        (0, Who.TIER_1),
        (15, Who.TIER_2),
        (30, Who.LEAD),
        (60, Who.EVERYBODY),
        (90, Who.EVERYBODY),
    ]


def test_an_emergency_pages_everyone_on_call_every_five_minutes_and_the_team_from_the_tenth() -> None:
    assert climb(DEFAULT_POLICY[Urgency.EMERGENCY].out_of_hours, minutes(20)) == [
        (0, Who.ON_CALL),
        (5, Who.ON_CALL),
        (10, Who.EVERYBODY),
        (15, Who.EVERYBODY),
        (20, Who.EVERYBODY),
    ]


def test_routine_has_no_steps() -> None:
    assert next_step(DEFAULT_POLICY[Urgency.ROUTINE].office, 0, BEGAN, None) is None


@pytest.mark.parametrize(("taken", "number", "after"), [(0, 1, 0), (1, 2, 15), (2, 3, 30), (3, 3, 70), (9, 3, 70)])
def test_the_step_after_so_many(taken: int, number: int, after: int) -> None:
    due = next_step(DEFAULT_POLICY[Urgency.URGENT].office, taken, BEGAN, BEGAN + minutes(40))
    assert due is not None
    assert (due.number, due.at) == (number, BEGAN + minutes(after))


def test_steps_that_an_outage_made_late_are_all_due_and_missed_repeats_are_one() -> None:
    ladder = DEFAULT_POLICY[Urgency.URGENT].office
    back_at = BEGAN + timedelta(hours=26)
    number, last_at = 1, BEGAN
    caught_up = 0
    while (due := next_step(ladder, number, BEGAN, last_at)) is not None and due.at <= back_at:
        number, last_at, caught_up = number + 1, back_at, caught_up + 1
    assert caught_up == 2, "tier 2 and the lead; the repeats wait for their period"


def test_a_last_step_whose_time_is_unknown_repeats_from_the_beginning() -> None:
    due = next_step(DEFAULT_POLICY[Urgency.URGENT].office, 3, BEGAN, None)
    assert due is not None
    assert due.at == BEGAN + minutes(30)


@pytest.mark.parametrize(("taken", "known"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_who_knows_of_an_alert_so_far(taken: int, known: int) -> None:
    ladder = DEFAULT_POLICY[Urgency.URGENT].office
    assert people_so_far(ladder, taken) == ladder.steps[:known]


def test_after_the_last_step_everybody_knows() -> None:
    ladder = DEFAULT_POLICY[Urgency.URGENT].office
    assert [step.who for step in people_so_far(ladder, 4)] == [Who.TIER_1, Who.TIER_2, Who.LEAD, Who.EVERYBODY]
    assert people_so_far(DEFAULT_POLICY[Urgency.ROUTINE].office, 1) == ()


@pytest.mark.parametrize(("taken", "again"), [(0, 1), (1, 2), (2, 3), (3, 3), (9, 3)])
def test_after_a_lapse_all_who_were_asked_are_asked_again_with_the_next(taken: int, again: int) -> None:
    assert steps_after_lapse(DEFAULT_POLICY[Urgency.URGENT].office, taken) == again


@pytest.mark.parametrize(("taken", "again"), [(1, 3), (2, 3), (3, 3)])
def test_the_next_after_a_lapse_is_somebody_else(taken: int, again: int) -> None:
    assert steps_after_lapse(DEFAULT_POLICY[Urgency.EMERGENCY].office, taken) == again
    assert steps_after_lapse(DEFAULT_POLICY[Urgency.ROUTINE].office, taken) == 0


ALWAYS = (Hours.ALWAYS, Step(Who.TIER_1, minutes(0)))
OFFICE = (Hours.OFFICE, Step(Who.TIER_2, minutes(5)))
NIGHT = (Hours.OUT_OF_HOURS, Step(Who.LEAD, minutes(0)))
EARLY = (Hours.OFFICE, Step(Who.LEAD, minutes(1)))


@pytest.mark.parametrize(
    ("steps", "is_office_hours", "expected"),
    [
        ([ALWAYS], True, [ALWAYS]),
        ([ALWAYS], False, [ALWAYS]),
        ([ALWAYS, OFFICE], True, [OFFICE]),
        ([ALWAYS, OFFICE], False, [ALWAYS]),
        ([ALWAYS, NIGHT], False, [NIGHT]),
        ([OFFICE, EARLY], True, [EARLY, OFFICE]),
        ([OFFICE], False, []),
    ],
)
def test_steps_for_these_hours_stand_in_for_those_that_always_apply(
    steps: list[tuple[Hours, Step]], is_office_hours: bool, expected: list[tuple[Hours, Step]]
) -> None:
    assert arrange(steps, is_office_hours) == tuple(step for _, step in expected)


def read_back(kept: dict[str, Any]) -> dict[Urgency, Rungs]:
    return {urgency: rungs_from_json(kept, urgency) for urgency in DEFAULT_POLICY}


def test_a_policy_is_kept_and_read_back() -> None:
    assert read_back(policy_to_json(DEFAULT_POLICY)) == DEFAULT_POLICY


BROKEN: list[Any] = [
    None,
    "x",
    {},
    {"office": {}},
    {"office": {"steps": [{"who": "the pope"}], "repeat_every": 1}},
    {"office": {"steps": [{"who": "lead", "after": 0, "channels": []}], "repeat_every": 10**20}},
]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_cannot_be_read_is_as_in_the_default_policy(broken: Any) -> None:
    assert read_back({"urgent": broken}) == DEFAULT_POLICY


def test_an_urgent_alert_is_never_left_without_steps() -> None:
    kept = policy_to_json(DEFAULT_POLICY)
    kept["urgent"]["office"]["steps"] = []
    kept["emergency"]["act_within"] = "soon"
    assert read_back(kept) == DEFAULT_POLICY


def test_each_hour_has_its_ladder() -> None:
    rungs = DEFAULT_POLICY[Urgency.URGENT]
    assert rungs.ladder(is_office_hours=True) is rungs.office
    assert rungs.ladder(is_office_hours=False) is rungs.out_of_hours
