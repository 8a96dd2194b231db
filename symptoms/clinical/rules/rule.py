"""What a rule is: a named, sourced condition over one case."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.judging import JudgedReport
from symptoms.clinical.terms import Problem, Slot, Symptom, Urgency


@dataclass(frozen=True, slots=True)
class Case:
    """One report beside its history. `episode` is the mouth episode as this report leaves it.

    `spoken_against` are the symptoms about which typed words say something else than an answer.
    """

    today: date
    report: JudgedReport
    baseline: Baseline
    history: History
    episode: MouthEpisode | None
    spoken_against: frozenset[Symptom] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule table. Calling it says whether it fires for a case.

    `about` names the symptoms that the finding is about; `slots` the answers it looks at.
    `is_amber`: as a routine finding it counts towards `TWO-ROUTINE`.
    """

    id: str
    urgency: Urgency
    problem: Problem
    sources: tuple[str, ...]
    slots: tuple[Slot, ...]
    is_amber: bool
    condition: Callable[[Case], bool] = field(repr=False)
    about: Callable[[Case], frozenset[Symptom]] = field(repr=False)

    def __call__(self, case: Case) -> bool:
        return self.condition(case)

    @property
    def text(self) -> str:
        """The conditions in words, for clinicians: the rule's own docstring."""
        return " ".join(inspect.cleandoc(self.condition.__doc__ or "").split())


def rule(
    rule_id: str,
    urgency: Urgency,
    problem: Problem,
    *,
    sources: tuple[str, ...],
    slots: tuple[Slot, ...],
    about: Symptom | Callable[[Case], frozenset[Symptom]] | None = None,
    is_amber: bool = True,
) -> Callable[[Callable[[Case], bool]], Rule]:
    """Make a rule of a function whose docstring lists its conditions."""
    if not isinstance(about, Symptom) and about is not None:
        named = about
    else:
        always = frozenset[Symptom]() if about is None else frozenset({about})

        def named(case: Case) -> frozenset[Symptom]:
            return always

    def make(condition: Callable[[Case], bool]) -> Rule:
        return Rule(rule_id, urgency, problem, sources, slots, is_amber, condition, named)

    return make
