"""Judges the stored reports again, with the same ruleset or with another."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from symptoms.clinical.rulesets import RULESETS
from symptoms.flow.replay import Difference, replay_assessments
from symptoms.models import Assessment


class Command(BaseCommand):
    help = (
        "Judge every stored assessment of a real patient again with a ruleset and print, one JSON object per line, "
        "what would have been different. With the ruleset that judged it nothing may be: then the exit status is 1 "
        "if anything is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ruleset", required=True, choices=sorted(RULESETS), help="the ruleset to judge with")

    def handle(self, *args: Any, ruleset: str, **options: Any) -> None:
        assessments = Assessment.objects.exclude(report__patient__is_synthetic=True).order_by("pk")
        total = assessments.count()
        changes: Counter[str] = Counter()
        is_broken = False
        for number, difference in enumerate(replay_assessments(assessments, RULESETS[ruleset]), start=1):
            if difference is not None:
                self.stdout.write(json.dumps(difference.to_json()))
                changes[_kind(difference)] += 1
                is_broken = is_broken or difference.is_unfaithful
            if sys.stderr.isatty() and number % 1000 == 0:
                self.stderr.write(f"{number:,} of {total:,}", ending="\r")
        self.stderr.write(
            f"{total:,} assessments with {ruleset}: {changes['less urgent']:,} less urgent, "
            f"{changes['more urgent']:,} more urgent, {changes['other findings']:,} with other findings"
        )
        if is_broken:
            raise CommandError("An assessment cannot be repeated with the very rules that made it.")


def _kind(difference: Difference) -> str:
    if difference.urgency_after == difference.urgency_before:
        return "other findings"
    return "less urgent" if difference.urgency_after < difference.urgency_before else "more urgent"
