"""Applies a ruleset to the facts of one report.

`assess` is the one function that decides how urgent a report is. It is pure: the same facts and the same
ruleset always give the same judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symptoms.clinical.facts import Facts, case_of
from symptoms.clinical.grades import stomatitis_grade_review
from symptoms.clinical.proctcae import composite_grades
from symptoms.clinical.rules import Case
from symptoms.clinical.rulesets import CURRENT, Ruleset
from symptoms.clinical.terms import Problem, Symptom, Urgency


@dataclass(frozen=True, slots=True)
class Finding:
    """That one rule fired, how urgent that is, and which alert it belongs to."""

    rule: str
    urgency: Urgency
    problem: Problem

    def to_json(self) -> dict[str, str]:
        return {"rule": self.rule, "urgency": self.urgency.code, "problem": self.problem.value}

    @classmethod
    def from_json(cls, record: Mapping[str, str]) -> Finding:
        """The finding that `to_json` wrote."""
        return cls(record["rule"], Urgency.from_code(record["urgency"]), Problem(record["problem"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one report. Findings stand in the order of the rule table.

    `stomatitis_grade_review` is 1-3 on the review's functional scale, None without sores or without the
    answers it needs. `composites` are PRO-CTCAE composite grades 0-3. `case` is what the rules looked at.
    """

    urgency: Urgency
    findings: tuple[Finding, ...]
    stomatitis_grade_review: int | None
    composites: dict[Symptom, int]
    case: Case


def assess(facts: Facts, ruleset: Ruleset = CURRENT) -> Judgement:
    """Judge one report: the urgency is the highest of all findings, and no finding lowers another."""
    case = case_of(facts)
    findings = tuple(Finding(rule.id, rule.urgency, rule.problem) for rule in ruleset.rules if rule(case))
    return Judgement(
        urgency=max((finding.urgency for finding in findings), default=Urgency.NONE),
        findings=findings,
        stomatitis_grade_review=stomatitis_grade_review(case.report),
        composites=composite_grades(case.report.answers),
        case=case,
    )
