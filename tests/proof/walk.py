"""Walks the space, whole or in samples, and gathers the evidence."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import product

from tests.proof.laws import Evidence, Seen, describe, is_lawful, look, worse_reports
from tests.proof.space import Block

Report = tuple[int, ...]


class Walker:
    """Judges reports of one block, each once, and compares them with those that are worse."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.evidence = Evidence()
        self._seen: dict[Report, Seen] = {}

    def see(self, report: Report) -> Seen:
        """The judgement of a report, given by the position of each answer on its axis."""
        if report not in self._seen:
            answers = [axis.answers[position] for axis, position in zip(self.block.axes, report, strict=True)]
            self._seen[report] = look(self.block.facts(answers), self.evidence)
        return self._seen[report]

    def compare(self, reports: Iterable[Report]) -> Evidence:
        """Check every law between these reports and the worse ones beside them."""
        for report in reports:
            before = self.see(report)
            for other, axis, law in worse_reports(self.block, report):
                after = self.see(other)
                self.evidence.comparisons += 1
                if not is_lawful(before, after, axis, law, self.block):
                    self.evidence.violations.append(
                        f"{self.block.name}: {law} {axis.slot}: {before.urgency.code} {describe(self.block, report)} "
                        f"-> {after.urgency.code} {describe(self.block, other)}"
                    )
        return self.evidence


def all_reports(block: Block) -> Iterable[Report]:
    return product(*(range(len(axis.answers)) for axis in block.axes))


def sample_reports(block: Block, count: int, generator: random.Random) -> list[Report]:
    return [tuple(generator.randrange(len(axis.answers)) for axis in block.axes) for _ in range(count)]


def compare_blocks(less: Block, more: Block, reports: Sequence[Report] | Iterable[Report]) -> Evidence:
    """Check that the same report is never less urgent in the second block than in the first."""
    first, second = Walker(less), Walker(more)
    evidence = Evidence()
    for report in reports:
        before, after = first.see(report), second.see(report)
        evidence.comparisons += 1
        if after.urgency < before.urgency:
            evidence.violations.append(
                f"{less.name} -> {more.name}: {before.urgency.code} -> {after.urgency.code} {describe(less, report)}"
            )
    return evidence
