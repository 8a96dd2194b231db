"""The stomatitis grade that the answers suggest, on the review's own functional scale.

CTCAE v5.0 grades differently (disturbed intake is already grade 3 there), so the name of the scale is
always printed beside the grade. A CTCAE grade is given by a clinician only.
"""

from __future__ import annotations

from typing import Final

from symptoms.clinical.judging import JudgedReport
from symptoms.clinical.terms import Intake, Symptom

REVIEW_SCALE: Final = "functional scale of the 2014 review"


def stomatitis_grade_review(report: JudgedReport) -> int | None:
    """1 symptomatic, eats normally; 2 modified diet, or painful; 3 cannot feed adequately (S-09, S-12).

    None without sores, and when the answers do not say.
    """
    if Symptom.MOUTH_SORES not in report.present:
        return None
    match report.intake:
        case Intake.REDUCED | Intake.ALMOST_NOTHING:
            return 3
        case Intake.CHANGED:
            return 2
        case Intake.NORMAL if isinstance(report.mouth.severity, int):
            return 2 if report.mouth.severity >= 2 else 1
        case _:
            return None
