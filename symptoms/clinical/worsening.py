"""Whether a problem that the care team already knows became worse: the comparison behind "Not anew".

A clinician closed an alert, having seen one set of answers. The same complaint reported again raises no
new alert, unless an answer of that problem is worse than it was then (clinical specification, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from symptoms.clinical.answers import State, read_answers
from symptoms.clinical.judging import JudgedReport, judge_report
from symptoms.clinical.terms import MAX_COUNT, UNKNOWN, Exertion, Intake, Problem, Slot, Symptom, YesNo

SYMPTOMS_OF: Final[Mapping[Problem, frozenset[Symptom]]] = {
    Problem.MOUTH: frozenset({Symptom.MOUTH_SORES}),
    Problem.RESPIRATORY: frozenset({Symptom.COUGH, Symptom.DYSPNEA}),
}
"""The problems that have episodes, and the symptoms whose episodes they are."""


def became_worse(
    before: Mapping[str, object], after: Mapping[str, object], problem: Problem, *, is_final: bool = False
) -> bool:
    """Whether an answer about `problem` in the raw answers `after` is worse than in `before`. Never raises.

    Worse is: a later place in the slot's order (section 1), a symptom of the problem or a danger sign that
    was not named before, or unknown where a value was known. What was unknown or not asked before counts as
    the best value, so that a first stated complaint is always worse. What `after` does not mention says
    nothing; in a final report a missing deciding answer is unknown. That sores are still there (`gone`), since
    when, and the mouth bath say nothing about how bad they are: of these only an onset that became unknown
    counts. A problem without episodes has nothing to compare and counts as worse.
    """
    if problem not in SYMPTOMS_OF:
        return True
    earlier = _judge(before, is_final=False)
    later = _judge(after, is_final=is_final)
    places_before = _places(earlier, problem)
    return (
        any(_is_worse(places_before[slot], place) for slot, place in _places(later, problem).items())
        or bool((later.present - earlier.present) & SYMPTOMS_OF[problem])
        or _is_selection_worse(earlier, later, problem)
        or (problem is Problem.MOUTH and _lost_its_onset(before, after))
    )


def _judge(raw: Mapping[str, object], *, is_final: bool) -> JudgedReport:
    # Days are not compared: the day of the onset itself makes every onset readable.
    onset = raw.get(Slot.MOUTH_ONSET_ON)
    try:
        day = date.fromisoformat(onset) if isinstance(onset, str) else date.max
    except ValueError:
        day = date.max
    return judge_report(read_answers(raw, day), is_final=is_final, is_onset_known=True)


Place = int | State | None
"""Where an answer stands in its slot's order, 0 the best; unknown; or None, not asked or denied."""


def _places(report: JudgedReport, problem: Problem) -> dict[Slot, Place]:
    if problem is Problem.MOUTH:
        return {
            Slot.MOUTH_COUNT: _place_of_count(report.count),
            Slot.MOUTH_INTAKE: _place(report.intake, tuple(Intake)),
            Slot.MOUTH_SEVERITY: report.mouth.severity,
            Slot.MOUTH_INTERFERENCE: report.mouth.interference,
        }
    return {
        Slot.COUGH_SEVERITY: report.cough.severity,
        Slot.COUGH_INTERFERENCE: report.cough.interference,
        Slot.COUGH_BLOOD: _place(report.cough_blood, (YesNo.NO, YesNo.YES)),
        Slot.DYSPNEA_SEVERITY: report.dyspnea.severity,
        Slot.DYSPNEA_INTERFERENCE: report.dyspnea.interference,
        # Any exertion is a complaint: the best is to have none.
        Slot.DYSPNEA_EXERTION: _place(report.exertion, (None, *Exertion)),
    }


def _place(value: StrEnum | State | None, order: tuple[StrEnum | None, ...]) -> Place:
    return value if value is None or isinstance(value, State) else order.index(value)


def _place_of_count(count: int | str | State | None) -> Place:
    """`more_than_three` stands above every number: who stops counting has more than before."""
    return MAX_COUNT + 1 if isinstance(count, str) else count


def _is_worse(before: Place, after: Place) -> bool:
    if after is None:
        return False
    if isinstance(after, State):
        return isinstance(before, int)
    return after > (before if isinstance(before, int) else 0)


def _is_selection_worse(earlier: JudgedReport, later: JudgedReport, problem: Problem) -> bool:
    """A danger sign that was not named before, or a list that is partly unknown and was not."""
    opening, opening_before = later.answers.symptoms, earlier.answers.symptoms
    is_opening_lost = (
        opening is not None
        and opening.is_partly_unknown
        and opening_before is not None
        and not opening_before.is_partly_unknown
    )
    if problem is Problem.MOUTH:
        return is_opening_lost
    were_flags_known = earlier.answers.red_flags is not None and not earlier.red_flags.is_partly_unknown
    are_flags_lost = later.red_flags.is_partly_unknown and were_flags_known
    return is_opening_lost or are_flags_lost or bool(later.red_flags.chosen - earlier.red_flags.chosen)


def _lost_its_onset(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    onset_before = before.get(Slot.MOUTH_ONSET_ON, UNKNOWN)
    is_unknown_now = after.get(Slot.MOUTH_ONSET_ON, "") in (None, UNKNOWN)
    return is_unknown_now and isinstance(onset_before, str) and onset_before != UNKNOWN
