"""The registry of rulesets: a named, dated, hashed text of the rules.

The hash covers the source text of every module that decides, so an assessment can say which exact text
judged it. A ruleset is approved by a named clinician of the clinic; until then `approved_by` is empty.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from symptoms.clinical.rules import RULES, Rule
from symptoms.clinical.terms import Urgency

DECIDING_MODULES: Final = (
    "terms",
    "answers",
    "judging",
    "calendar",
    "episodes",
    "history",
    "facts",
    "proctcae",
    "grades",
    "rules/passages",
    "rules/rule",
    "rules/redflags",
    "rules/respiratory",
    "rules/infection",
    "rules/mouth",
    "rules/general",
    "triage",
)


@dataclass(frozen=True)
class Ruleset:
    """`effective_from` None: for comparison only, never in force. Approval is recorded for each clinic."""

    version: str
    title: str
    rules: tuple[Rule, ...]
    effective_from: date | None

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the version, the ids of its rules, and the text of every module that decides."""
        digest = hashlib.sha256(self.version.encode())
        for rule in self.rules:
            digest.update(rule.id.encode())
        folder = Path(__file__).parent
        for module in DECIDING_MODULES:
            digest.update((folder / f"{module}.py").read_bytes())
        return digest.hexdigest()

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}


def _is_in_review(rule: Rule) -> bool:
    """Whether the review itself asks for an immediate return (S-11, S-15)."""
    return rule.urgency >= Urgency.URGENT and bool({"S-11", "S-15"} & set(rule.sources))


EVEROLIMUS_1: Final = Ruleset(
    version="everolimus-1",
    title="Everolimus for breast cancer: mouth sores, cough, breathlessness, fever",
    rules=RULES,
    effective_from=date(2026, 1, 1),
)
REVIEW_2014: Final = Ruleset(
    version="review-2014",
    title="Only the thresholds that the review names (for comparison)",
    rules=tuple(rule for rule in RULES if _is_in_review(rule)),
    effective_from=None,
)

RULESETS: Final = {ruleset.version: ruleset for ruleset in (EVEROLIMUS_1, REVIEW_2014)}
CURRENT: Final = EVEROLIMUS_1
