"""Histories of patients who do not exist, for load tests and simulations: how often what happens, and what they answer.

Pure: the same seed gives the same histories. How many have each side effect is from Table 2 of the review
(BOLERO-2, everolimus arm, all grades); sores begin mostly in the first month and last about three weeks; 7 of 10
check-ins are answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from symptoms.clinical.check_ins import is_check_in_day
from symptoms.clinical.terms import OtherSymptom

MOUTH_SORES_SHARE: Final = 0.59
COUGH_SHARE: Final = 0.26
DYSPNEA_SHARE: Final = 0.22
FEVER_SHARE: Final = 0.16
OTHER_SHARES: Final[Mapping[OtherSymptom, float]] = {
    OtherSymptom.RASH: 0.39,
    OtherSymptom.FATIGUE: 0.37,
    OtherSymptom.DIARRHEA: 0.34,
    OtherSymptom.NAUSEA: 0.31,
    OtherSymptom.DECREASED_APPETITE: 0.31,
    OtherSymptom.WEIGHT_DECREASED: 0.28,
    OtherSymptom.DYSGEUSIA: 0.22,
    OtherSymptom.PERIPHERAL_EDEMA: 0.21,
    OtherSymptom.EPISTAXIS: 0.17,
}
FIRST_DAYS: Final = 5
"""Before this day of treatment nobody coughs or is short of breath by it."""

LONGEST_COURSE_DAYS: Final = 120
LONGEST_SPELL_DAYS: Final = 50
"""An onset can be stated for 60 days."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Days of treatment, from the first to the last, on which a symptom is there; at its worst it has `peak` 0-4."""

    first_day: int
    last_day: int
    peak: int

    def severity(self, day: int) -> int:
        """0 outside the spell, the peak in the middle third, one less (at least 1) before and after it."""
        if not self.first_day <= day <= self.last_day:
            return 0
        third = (self.last_day - self.first_day) / 3
        is_middle = self.first_day + third <= day <= self.last_day - third
        return self.peak if is_middle else max(1, self.peak - 1)


@dataclass(frozen=True, slots=True)
class VirtualPatient:
    """What happens to one patient on the days of treatment, day 1 being that of the first dose."""

    days: int
    diligence: float
    mouth: Spell | None
    cough: Spell | None
    dyspnea: Spell | None
    fever_days: frozenset[int]
    others: Mapping[OtherSymptom, Spell]


def imagine_patient(random: Random, days: int | None = None) -> VirtualPatient:
    """A patient on treatment for 1 to 120 days; or for so many, in which whatever happens begins."""
    last = LONGEST_COURSE_DAYS if days is None else max(days, FIRST_DAYS)
    days = random.randint(1, LONGEST_COURSE_DAYS) if days is None else days
    mouth_starts = 3 + int(random.gammavariate(2.0, 7.0))
    return VirtualPatient(
        days=days,
        diligence=random.betavariate(7, 3),
        mouth=_spell(random, MOUTH_SORES_SHARE, mouth_starts, mean_days=20),
        cough=_spell(random, COUGH_SHARE, random.randint(FIRST_DAYS, last), mean_days=12),
        dyspnea=_spell(random, DYSPNEA_SHARE, random.randint(FIRST_DAYS, last), mean_days=10),
        fever_days=frozenset({random.randint(1, days)} if random.random() < FEVER_SHARE else ()),
        others=dict(_others(random, last)),
    )


def _others(random: Random, last: int) -> Iterator[tuple[OtherSymptom, Spell]]:
    for symptom, share in OTHER_SHARES.items():
        spell = _spell(random, share, random.randint(1, last), mean_days=20)
        if spell:
            yield symptom, spell


def _spell(random: Random, share: float, first_day: int, *, mean_days: int) -> Spell | None:
    if random.random() >= share:
        return None
    peak = random.choices([1, 2, 3], weights=[5, 4, 1])[0]
    length = min(1 + int(random.gammavariate(2.0, mean_days / 2)), LONGEST_SPELL_DAYS)
    return Spell(first_day, first_day + length, peak)


def reports_of(patient: VirtualPatient, first_dose_on: date, random: Random) -> Iterator[tuple[int, dict[str, Any]]]:
    """The check-ins that the patient answers: day of treatment and answers, oldest first."""
    for day in range(1, patient.days + 1):
        if is_check_in_day(day) and random.random() < patient.diligence:
            yield day, answers_on(patient, day, first_dose_on, random)


def answers_on(patient: VirtualPatient, day: int, first_dose_on: date, random: Random) -> dict[str, Any]:
    """What the patient answers on a day, in slots and values."""
    mouth = patient.mouth.severity(day) if patient.mouth else 0
    cough = patient.cough.severity(day) if patient.cough else 0
    dyspnea = patient.dyspnea.severity(day) if patient.dyspnea else 0
    has_fever = day in patient.fever_days
    present = {"mouth_sores": mouth, "cough": cough, "dyspnea": dyspnea, "fever": has_fever}
    answers: dict[str, Any] = {"symptoms": [name for name, is_there in present.items() if is_there] or "none"}
    if mouth and patient.mouth:
        onset_on = first_dose_on + timedelta(days=patient.mouth.first_day - 1)
        answers |= _mouth_answers(mouth, onset_on, random)
    elif patient.mouth and day > patient.mouth.last_day:
        answers["mouth_sores.gone"] = "yes"
    for name, severity in (("cough", cough), ("dyspnea", dyspnea)):
        if severity:
            answers |= {f"{name}.severity": severity, f"{name}.interference": max(0, severity - 1)}
    if cough:
        answers["cough.blood"] = "no"
    if dyspnea:
        answers["dyspnea.exertion"] = "moderate" if dyspnea < 3 else "minimal"
    if answers["symptoms"] != "none":
        answers["fever.temperature_c"] = round(random.uniform(38.0, 39.2) if has_fever else random.gauss(36.8, 0.2), 1)
        answers["red_flags"] = "none"
    if has_fever:
        answers["fever.rigors"] = "no"
    others = {str(symptom): spell.severity(day) for symptom, spell in patient.others.items()}
    if any(others.values()):
        answers["other_symptoms"] = {name: severity for name, severity in others.items() if severity}
    return answers


def _mouth_answers(severity: int, onset_on: date, random: Random) -> dict[str, Any]:
    return {
        "mouth_sores.count": random.choice([1, 1, 2, 2, 3]) if severity == 1 else random.randint(2, 6),
        "mouth_sores.onset_on": onset_on.isoformat(),
        "mouth_sores.intake": {1: "normal", 2: random.choice(["normal", "changed"])}.get(severity, "reduced"),
        "mouth_sores.severity": severity,
        "mouth_sores.interference": max(0, severity - 1),
        "mouth_sores.bath_started": "yes",
    }
