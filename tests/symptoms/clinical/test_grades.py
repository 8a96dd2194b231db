"""The suggested stomatitis grade and the PRO-CTCAE composites."""

from __future__ import annotations

import pytest

from symptoms.clinical.answers import Grading, State
from symptoms.clinical.proctcae import composite_grade
from tests.symptoms.clinical.reports import LEFT_OUT, MILD_SORE, NOTHING, change, judge


@pytest.mark.parametrize(
    ("intake", "severity", "grade"),
    [
        ("normal", 0, 1),
        ("normal", 1, 1),
        ("normal", 2, 2),
        ("normal", 4, 2),
        ("normal", "unknown", None),
        ("normal", LEFT_OUT, None),
        ("changed", 0, 2),
        ("changed", 4, 2),
        ("reduced", 1, 3),
        ("almost_nothing", LEFT_OUT, 3),
        ("unknown", 3, None),
        (LEFT_OUT, 3, None),
    ],
)
def test_the_suggested_grade_follows_the_functional_scale(intake: object, severity: object, grade: int | None) -> None:
    sore = change(MILD_SORE, mouth_sores__intake=intake, mouth_sores__severity=severity)

    assert judge(sore)["stomatitis_grade_review"] == grade


def test_there_is_no_grade_without_sores() -> None:
    assert judge(change(NOTHING, mouth_sores__intake="normal"))["stomatitis_grade_review"] is None


COMPOSITES = ["00000", "11122", "11223", "12233", "22233"]


@pytest.mark.parametrize("severity", range(5))
@pytest.mark.parametrize("interference", range(5))
def test_composite_grades_are_those_of_the_published_table(severity: int, interference: int) -> None:
    assert composite_grade(Grading(severity, interference)) == int(COMPOSITES[severity][interference])


@pytest.mark.parametrize("missing", [None, State.UNKNOWN])
def test_a_missing_attribute_leaves_no_composite_unless_severity_is_zero(missing: None) -> None:
    assert composite_grade(Grading(1, missing)) is None
    assert composite_grade(Grading(missing, 3)) is None
    assert composite_grade(Grading(0, missing)) == 0


def test_composites_are_of_the_answers_as_stated() -> None:
    judged = judge({"symptoms": ["cough"], "cough.severity": 0, "cough.interference": 3, "dyspnea.severity": 3})

    assert judged["composites"] == {"cough": 0}
    assert judge(MILD_SORE)["composites"] == {"mouth_sores": 1}
