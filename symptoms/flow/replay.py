"""Judges stored assessments again from the facts they kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from symptoms.clinical.facts import Facts
from symptoms.clinical.rulesets import Ruleset
from symptoms.clinical.terms import Urgency
from symptoms.clinical.triage import assess
from symptoms.models import Assessment


@dataclass(frozen=True, slots=True)
class Difference:
    """One assessment that another ruleset judges differently.

    `is_unfaithful`: it was made by exactly this ruleset, so that there should be no difference.
    """

    report: str
    assessment: int
    urgency_before: Urgency
    urgency_after: Urgency
    added: tuple[str, ...]
    removed: tuple[str, ...]
    is_unfaithful: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "report": self.report,
            "assessment": self.assessment,
            "urgency": {"was": self.urgency_before.code, "would_be": self.urgency_after.code},
            "added": list(self.added),
            "removed": list(self.removed),
        }


def replay_assessments(assessments: QuerySet[Assessment], ruleset: Ruleset) -> Iterator[Difference | None]:
    """For each assessment the difference, None where there is none. Streams in constant memory."""
    for assessment in assessments.iterator(chunk_size=1000):
        yield replay(assessment, ruleset)


def replay(assessment: Assessment, ruleset: Ruleset) -> Difference | None:
    """Judge one assessment again; None when findings, urgency, grade and composites are the same."""
    judgement = assess(Facts.from_json(assessment.facts), ruleset)
    before = {finding["rule"] for finding in assessment.findings}
    after = {finding.rule for finding in judgement.findings}
    is_same = (
        [finding.to_json() for finding in judgement.findings] == assessment.findings
        and judgement.urgency == assessment.urgency
        and judgement.stomatitis_grade_review == assessment.stomatitis_grade_review
        and judgement.composites == assessment.composites
    )
    if is_same:
        return None
    return Difference(
        report=str(assessment.report_id),
        assessment=assessment.pk,
        urgency_before=Urgency(assessment.urgency),
        urgency_after=judgement.urgency,
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        is_unfaithful=assessment.ruleset == ruleset.version and assessment.ruleset_hash == ruleset.content_hash,
    )
