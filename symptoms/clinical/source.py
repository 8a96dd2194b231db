"""The statements of the clinical review that the product implements, and where it does.

The review describes how one hospital manages mTOR inhibitors in breast cancer (2014). Rules name their
statements themselves; this page names the other places, and says why a statement has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in our own words. `places` are dotted names of code other than rules that acts on it.

    `reason` says why the software does not act on it; empty when it does.
    """

    text: str
    places: tuple[str, ...] = ()
    reason: str = ""


STATEMENTS: Final[dict[str, Statement]] = {
    "S-01": Statement(
        "Interrupting and modifying the dose is the key to managing side effects.",
        places=("symptoms.models.course.DoseEvent",),
    ),
    "S-02": Statement(
        "Patients are taught early symptoms and their management from the start.",
        places=("education.delivery.offer_leaflets",),
    ),
    "S-03": Statement("Patients contact the team as soon as any significant problem appears."),
    "S-04": Statement(
        "Most patients live within about 30 km; those who do not need the emergency department near them.",
        places=("symptoms.flow.advise.advise",),
    ),
    "S-05": Statement(
        "Every patient has a prescribed mouth bath, to be started as soon as even mild stomatitis appears.",
        places=("symptoms.flow.advise.advise", "symptoms.models.course.TreatmentCourse"),
    ),
    "S-06": Statement(
        "The centre does not use the mouth bath before stomatitis appears; others do.",
        places=("symptoms.models.clinic.Clinic", "symptoms.clinical.decision_support.support_for"),
    ),
    "S-07": Statement(
        "A stepwise increase of the dose at the start is not recommended.",
        places=("symptoms.models.course.TreatmentCourse",),
    ),
    "S-08": Statement(
        "Daily local laser therapy is considered for more severe pain.",
        places=("symptoms.clinical.decision_support.support_for",),
    ),
    "S-09": Statement(
        "Grade 2 stomatitis: symptomatic, but can eat a modified diet; the drug is interrupted for a while.",
        places=("symptoms.clinical.grades.stomatitis_grade_review", "symptoms.clinical.decision_support.support_for"),
    ),
    "S-10": Statement("Good oral hygiene; no spicy food.", places=("symptoms.flow.advise.advise",)),
    "S-11": Statement(
        "Come back at once with more than three lesions, for over 3 days, or that interfere with eating and drinking.",
        places=("symptoms.flow.sweeps.reassess_open_episodes",),
    ),
    "S-12": Statement(
        "Grade 3 stomatitis: symptomatic and unable to feed or hydrate adequately by mouth.",
        places=("symptoms.clinical.grades.stomatitis_grade_review",),
    ),
    "S-13": Statement(
        "Stomatitis generally starts within the first month.",
        places=("symptoms.clinical.check_ins.is_check_in_day",),
    ),
    "S-14": Statement(
        "A routine visit at day 15 looks for early stomatitis in particular.",
        places=("alerts.visits.plan_calendar", "alerts.reminders.plan_visit_reminders"),
    ),
    "S-15": Statement(
        "Cough and breathlessness can be the first signs of pneumonitis: come back at once with any significant one."
    ),
    "S-16": Statement(
        "Pneumonitis can occur at any time during treatment.",
        places=("symptoms.clinical.check_ins.is_check_in_day",),
    ),
    "S-17": Statement(
        "A chest CT is made before everolimus starts, as the baseline for later comparison.",
        places=("symptoms.models.course.TreatmentCourse",),
    ),
    "S-18": Statement(
        "Symptomatic pneumonitis: interrupt at once; consider steroids for at least four weeks.",
        places=("symptoms.clinical.decision_support.support_for",),
    ),
    "S-19": Statement(
        "Other common side effects follow the available guidelines.",
        places=("symptoms.clinical.terms.OtherSymptom",),
    ),
    "S-20": Statement(
        "The dose is 10 mg everolimus with 25 mg exemestane daily.",
        places=("symptoms.models.course.Regimen",),
    ),
    "S-21": Statement(
        "Quality of life was measured at baseline and every 6 weeks.",
        reason="A quality-of-life schedule is planned for later.",
    ),
    "S-22": Statement("Steady state is reached within a week; the peak comes 1 to 2 hours after a dose."),
    "S-23": Statement(
        "Infection, hyperglycaemia, dyslipidaemia, rash, fatigue and diarrhoea are common too: fever is always asked.",
        places=("symptoms.flow.dialogue.open_questions",),
    ),
    "S-24": Statement("Infections matter on a drug that weakens the defences."),
}
