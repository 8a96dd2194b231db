"""The laws that every report of the space has to keep.

Urgency may fall from one input to a worse one only where the specification says so (section 1, last
paragraph); each exception is one named condition here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from symptoms.clinical.facts import Facts
from symptoms.clinical.rules.general import contradicted
from symptoms.clinical.terms import UNKNOWN, Slot, Symptom, Urgency
from symptoms.clinical.triage import Judgement, assess
from tests.proof.space import MISSING, Axis, Block

DECIDING: Final = {
    Slot.MOUTH_COUNT,
    Slot.MOUTH_ONSET_ON,
    Slot.MOUTH_INTAKE,
    Slot.COUGH_SEVERITY,
    Slot.DYSPNEA_SEVERITY,
    Slot.FEVER_TEMPERATURE_C,
    Slot.OTHER_CAN_WAIT,
}

SYMPTOM_OF: Final = {slot: Symptom(slot.split(".")[0]) for slot in Slot if slot.split(".")[0] in set(Symptom)}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a law needs to know of one judged report. `contradictions` names what does not fit together."""

    urgency: Urgency
    contradictions: frozenset[str]
    present: frozenset[Symptom]
    stated_absent: frozenset[Symptom]


@dataclass
class Evidence:
    """What a walk through the space has shown."""

    reports: int = 0
    comparisons: int = 0
    violations: list[str] = field(default_factory=list)
    fired: Counter[str] = field(default_factory=Counter)
    decisive: Counter[str] = field(default_factory=Counter)

    def add(self, other: Evidence) -> None:
        self.reports += other.reports
        self.comparisons += other.comparisons
        self.violations += other.violations
        self.fired += other.fired
        self.decisive += other.decisive


def look(facts: Facts, evidence: Evidence) -> Seen:
    """Judge one report and check what must hold of any judgement by itself."""
    judgement = assess(facts)
    evidence.reports += 1
    urgencies = [finding.urgency for finding in judgement.findings]
    if judgement.urgency != max(urgencies, default=Urgency.NONE):
        evidence.violations.append(f"urgency is not that of the findings: {facts}")
    top = [finding.rule for finding in judgement.findings if finding.urgency == judgement.urgency]
    evidence.fired.update(finding.rule for finding in judgement.findings)
    if len(top) == 1:
        evidence.decisive.update(top)
    return _seen(judgement)


def _seen(judgement: Judgement) -> Seen:
    report = judgement.case.report
    is_count_contradicted = report.answers.count == 0 and Symptom.MOUTH_SORES in report.present
    return Seen(
        judgement.urgency,
        contradictions=contradicted(judgement.case) | ({"sores counted as 0"} if is_count_contradicted else set()),
        present=report.present,
        stated_absent=report.stated_absent,
    )


def worse_reports(block: Block, report: Sequence[int]) -> Iterator[tuple[tuple[int, ...], Axis, str]]:
    """The reports that differ from this one in one answer and must not be less urgent, with the law's name.

    Reports are given by the position of each answer on its axis.
    """
    for place, axis in enumerate(block.axes):
        answers = axis.answers
        here = answers[report[place]]
        if here not in (MISSING, UNKNOWN):
            for position in _worse_positions(axis, here):
                yield (*report[:place], position, *report[place + 1 :]), axis, "worse"
            yield (*report[:place], len(answers) - 1, *report[place + 1 :]), axis, "unknown"
            if block.is_final and axis.slot in DECIDING:
                yield (*report[:place], 0, *report[place + 1 :]), axis, "missing"


def _worse_positions(axis: Axis, here: Any) -> list[int]:
    answers = axis.answers
    return [answers.index(worse) for better, worse in axis.worse if better == here]


def is_lawful(before: Seen, after: Seen, axis: Axis, law: str, block: Block) -> bool:
    """Whether going from one report to a worse one keeps the urgency, or loses it where it may."""
    least = before.urgency if law == "worse" else min(before.urgency, Urgency.URGENT)
    if after.urgency >= least:
        return True
    has_ended_contradiction = bool(before.contradictions - after.contradictions)
    symptom = SYMPTOM_OF.get(axis.slot)
    is_now_stated_absent = symptom in after.stated_absent and symptom not in after.present
    if law == "worse":
        return has_ended_contradiction
    if law == "unknown":
        return has_ended_contradiction or is_now_stated_absent
    was_only_trace = symptom not in after.present
    is_onset_known = axis.slot == Slot.MOUTH_ONSET_ON and _is_onset_known(block)
    return has_ended_contradiction or is_now_stated_absent or was_only_trace or is_onset_known


def _is_onset_known(block: Block) -> bool:
    return block.history.episode is not None and block.history.episode.is_onset_known


def describe(block: Block, report: Sequence[int]) -> Mapping[str, Any]:
    """A report of positions as answers, for a message."""
    answers = {axis.slot.value: axis.answers[position] for axis, position in zip(block.axes, report, strict=True)}
    return {slot: answer for slot, answer in answers.items() if answer != MISSING}
