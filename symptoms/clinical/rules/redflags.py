"""Signs of danger to life."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.rules.rule import Case, Rule, rule
from symptoms.clinical.terms import Exertion, Problem, RedFlag, Slot, Symptom, Urgency, YesNo


def _has(case: Case, flag: RedFlag) -> bool:
    return flag in case.report.red_flags.chosen


@rule("RED-SPEECH", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=(Slot.RED_FLAGS,))
def speech(case: Case) -> bool:
    """Cannot speak in whole sentences."""
    return _has(case, RedFlag.CANNOT_SPEAK_SENTENCES)


@rule("RED-COLOUR", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=(Slot.RED_FLAGS,))
def colour(case: Case) -> bool:
    """Lips or face blue or grey."""
    return _has(case, RedFlag.BLUE_OR_GREY)


@rule("RED-CONFUSION", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=(Slot.RED_FLAGS,))
def confusion(case: Case) -> bool:
    """Confused, or fainted."""
    return _has(case, RedFlag.CONFUSED_OR_FAINTED)


@rule("RED-SUDDEN", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=(Slot.RED_FLAGS,))
def sudden(case: Case) -> bool:
    """Breathlessness that came suddenly."""
    return _has(case, RedFlag.SUDDEN_BREATHLESSNESS)


@rule("RED-SWELLING", Urgency.EMERGENCY, Problem.OTHER, sources=("LABEL",), slots=(Slot.RED_FLAGS,))
def swollen_throat(case: Case) -> bool:
    """Swollen lips, tongue or throat: possible angioedema."""
    return _has(case, RedFlag.SWOLLEN_LIPS_TONGUE_THROAT)


@rule("RED-BLOOD", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=(Slot.RED_FLAGS,))
def much_blood(case: Case) -> bool:
    """Coughs up more than a spoonful of blood."""
    return _has(case, RedFlag.COUGHING_MUCH_BLOOD)


def is_blood_coughed(case: Case) -> bool:
    """Whether coughed blood is stated, in either slot."""
    return (
        _has(case, RedFlag.COUGHING_BLOOD)
        or _has(case, RedFlag.COUGHING_MUCH_BLOOD)
        or case.report.cough_blood is YesNo.YES
    )


def _is_stated_absent(case: Case, symptom: Symptom, severity: object) -> bool:
    """Not present, and said to be: denied in the opening question or graded 0."""
    report = case.report
    return symptom not in report.present and (symptom in report.stated_absent or severity == 0)


@rule(
    "CHEST-PAIN",
    Urgency.URGENT,
    Problem.RESPIRATORY,
    sources=("UKONS",),
    slots=(Slot.RED_FLAGS, Slot.SYMPTOMS, Slot.COUGH_SEVERITY, Slot.DYSPNEA_SEVERITY, Slot.COUGH_BLOOD),
)
def chest_pain_alone(case: Case) -> bool:
    """Chest pain or tightness alone: cough and breathlessness are both denied or graded 0, nothing else tells of
    them, and no blood is coughed."""
    return (
        _has(case, RedFlag.CHEST_PAIN)
        and _is_stated_absent(case, Symptom.COUGH, case.report.cough.severity)
        and _is_stated_absent(case, Symptom.DYSPNEA, case.report.dyspnea.severity)
        and not is_blood_coughed(case)
    )


@rule("RED-CHEST", Urgency.EMERGENCY, Problem.RESPIRATORY, sources=("NHS",), slots=chest_pain_alone.slots)
def chest_pain(case: Case) -> bool:
    """Chest pain or tightness, together with cough, breathlessness or coughed blood, or while cough or breathlessness
    is not ruled out (else `CHEST-PAIN`)."""
    return _has(case, RedFlag.CHEST_PAIN) and not chest_pain_alone(case)


@rule(
    "RED-REST",
    Urgency.EMERGENCY,
    Problem.RESPIRATORY,
    sources=("NHS", "CTCAE5"),
    slots=(Slot.DYSPNEA_SEVERITY, Slot.DYSPNEA_EXERTION),
    about=Symptom.DYSPNEA,
)
def breathless_at_rest(case: Case) -> bool:
    """Breathlessness of severity 4; or breathlessness at rest, unless its severity is stated as 0 or 1."""
    severity = case.report.dyspnea.severity
    if severity == 4:
        return True
    is_stated_mild = isinstance(severity, int) and severity < 2
    return case.report.exertion is Exertion.AT_REST and not is_stated_mild


@rule("RED-UNKNOWN", Urgency.URGENT, Problem.RESPIRATORY, sources=("TEAM",), slots=(Slot.RED_FLAGS,))
def unknown(case: Case) -> bool:
    """It is unknown whether there are signs of danger, or some of them; or swelling is named and nothing was answered
    about them by the end of the report."""
    return case.report.red_flags.is_partly_unknown


RED_FLAG_RULES: Final[tuple[Rule, ...]] = (
    speech,
    colour,
    confusion,
    sudden,
    swollen_throat,
    much_blood,
    chest_pain,
    chest_pain_alone,
    breathless_at_rest,
    unknown,
)
