"""A sample of the proof, with a fixed seed. `make prove` walks the whole space."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from symptoms.clinical import episodes
from symptoms.clinical.facts import Facts, case_of, gather_facts
from symptoms.clinical.history import Baseline, PastReport, judge_past_report
from symptoms.clinical.rules import RULES
from symptoms.clinical.triage import assess
from tests.proof.laws import Evidence, look
from tests.proof.space import BLOCKS, ORDERED_BLOCKS, TODAY, Block, days_ago
from tests.proof.walk import Walker, compare_blocks, sample_reports

SAMPLE = 300
NOW = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_a_worse_answer_is_never_less_urgent(block: Block) -> None:
    evidence = Walker(block).compare(sample_reports(block, SAMPLE, random.Random(block.name)))

    assert evidence.violations == []
    assert evidence.comparisons > SAMPLE


@pytest.mark.parametrize(("less", "more"), ORDERED_BLOCKS)
def test_what_comes_later_is_never_less_urgent(less: str, more: str) -> None:
    first, second = (next(block for block in BLOCKS if block.name == name) for name in (less, more))

    assert compare_blocks(first, second, sample_reports(first, SAMPLE, random.Random(less))).violations == []


def test_every_rule_fires_for_some_report() -> None:
    evidence = Evidence()
    for block in BLOCKS:
        generator = random.Random(block.name)
        for report in block.sample(10 * SAMPLE, generator):
            look(block.facts(report), evidence)

    assert set(evidence.fired) == {rule.id for rule in RULES}
    assert evidence.violations == []


QUIET_REPORTS: list[dict[str, Any]] = [
    {},
    {"symptoms": ["fever"], "fever.temperature_c": 37.0},
    {"symptoms": ["cough"], "cough.severity": 1, "cough.interference": 0},
    {"symptoms": ["mouth_sores"], "mouth_sores.count": 1, "mouth_sores.intake": "normal", "mouth_sores.severity": 1},
]
"""Reports that are not urgent by themselves, so that history shows."""


def random_past(generator: random.Random) -> PastReport:
    """An earlier report of the last month, about mouth, cough or nothing."""
    answers: dict[str, Any] = generator.choice(
        [
            {"symptoms": "none"},
            {"symptoms": ["mouth_sores"], "mouth_sores.onset_on": days_ago(generator.choice([0, 2, 5, 9]))},
            {"symptoms": ["mouth_sores"], "mouth_sores.onset_on": "unknown"},
            {"symptoms": ["cough"], "mouth_sores.gone": generator.choice(["yes", "no", "unknown"])},
            {"symptoms": ["cough"], "cough.severity": generator.randrange(5)},
            {"dyspnea.severity": generator.choice([0, 1, 2, "unknown"])},
        ]
    )
    return PastReport(NOW - timedelta(hours=generator.randrange(1, 30 * 24)), answers)


def test_adding_history_never_lowers_urgency_except_by_a_stated_recovery_or_a_known_onset() -> None:
    generator = random.Random(28)
    falls: Counter[str] = Counter()
    for _ in range(3000):
        answers = generator.choice(QUIET_REPORTS)
        past = [random_past(generator) for _ in range(generator.randrange(1, 5))]
        with_all, without_first = (judged_with(answers, events) for events in (past, past[1:]))
        if with_all.urgency < without_first.urgency:
            falls["recovery" if says_recovery(past[0]) else "onset" if states_onset(past[0]) else "unlawful"] += 1

    assert falls["unlawful"] == 0
    assert falls["recovery"] > 0, "the sample has to reach the exception"


def judged_with(answers: Any, past: list[PastReport]) -> Any:
    return assess(gather(answers, past))


def gather(answers: Any, past: list[PastReport]) -> Facts:
    return gather_facts(answers, is_final=True, baseline=Baseline(), events=past, now=NOW, zone=ZoneInfo("UTC"))


def says_recovery(past: PastReport) -> bool:
    """Whether the report, alone after one with sores, would close the episode."""
    day = past.at.date()
    open_episode = episodes.MouthEpisode(date.min, is_onset_known=False)
    after = episodes.follow(open_episode, judge_past_report(past, day, open_episode), day)
    return after is not None and not after.is_open


def states_onset(past: PastReport) -> bool:
    day = past.at.date()
    return isinstance(judge_past_report(past, day, None).answers.onset_on, date)


def test_facts_judge_the_same_after_a_round_trip_through_json() -> None:
    generator = random.Random(12)
    for block in BLOCKS:
        for report in block.sample(20, generator):
            facts = block.facts(report)
            restored = Facts.from_json(facts.to_json())
            assert restored == facts
            assert case_of(restored) == case_of(facts)
