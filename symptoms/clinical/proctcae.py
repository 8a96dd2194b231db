"""PRO-CTCAE severity and interference (0-4), and the composite grade made of both.

Composite grades: Basch et al. 2021, Clin Trials 18:104. Shown, charted and exported; never a threshold.
"""

from __future__ import annotations

from typing import Final

from symptoms.clinical.answers import Answers, Grading
from symptoms.clinical.terms import Symptom

COMPOSITE_GRADES: Final = (
    (0, 0, 0, 0, 0),
    (1, 1, 1, 2, 2),
    (1, 1, 2, 2, 3),
    (1, 2, 2, 3, 3),
    (2, 2, 2, 3, 3),
)
"""Rows: severity 0-4. Columns: interference 0-4. Values: composite grade 0-3."""


def composite_grade(grading: Grading) -> int | None:
    """The composite grade 0-3 of the two attributes as stated; None when an attribute that matters is not."""
    if grading.severity == 0:
        return 0
    if isinstance(grading.severity, int) and isinstance(grading.interference, int):
        return COMPOSITE_GRADES[grading.severity][grading.interference]
    return None


def composite_grades(answers: Answers) -> dict[Symptom, int]:
    """The composite grade of each symptom that has one."""
    graded = {Symptom.COUGH: answers.cough, Symptom.DYSPNEA: answers.dyspnea, Symptom.MOUTH_SORES: answers.mouth}
    grades = {symptom: composite_grade(grading) for symptom, grading in graded.items()}
    return {symptom: grade for symptom, grade in grades.items() if grade is not None}
