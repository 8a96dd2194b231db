"""What a report says of cough, breathlessness, mouth sores and temperature, as Observations: one for each question.

Answers are read as the rules read them: what cannot be read is asked and not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from symptoms.clinical.answers import Answers, State, read_answers
from symptoms.clinical.terms import MORE_THAN_THREE, Slot
from symptoms.fhir.codes import ABSENT, UCUM, codings_of
from symptoms.fhir.shapes import Reference, Resource, answers_of, is_amended
from symptoms.flow.present import rfc3339
from symptoms.models import SymptomReport
from symptoms.models.report import ReportStatus
from symptoms.wording import FALLBACK, text

OBSERVED: Final[Mapping[Slot, Callable[[Answers], object]]] = {
    Slot.COUGH_SEVERITY: lambda told: told.cough.severity,
    Slot.COUGH_INTERFERENCE: lambda told: told.cough.interference,
    Slot.DYSPNEA_SEVERITY: lambda told: told.dyspnea.severity,
    Slot.DYSPNEA_INTERFERENCE: lambda told: told.dyspnea.interference,
    Slot.MOUTH_SEVERITY: lambda told: told.mouth.severity,
    Slot.MOUTH_INTERFERENCE: lambda told: told.mouth.interference,
    Slot.MOUTH_COUNT: lambda told: told.count,
    Slot.FEVER_TEMPERATURE_C: lambda told: told.temperature_c,
}
"""The questions whose answers are observations, each with how its answer is read."""

CATEGORIES: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
NOT_KNOWN: Final = {"coding": [{"system": ABSENT, "code": "asked-unknown"}]}


def observe(report: SymptomReport, subject: Reference) -> Iterator[Resource]:
    """The observations in a report, in the order of `OBSERVED`; none of what was not asked."""
    told = read_answers(answers_of(report), report.occurred_at.date())
    for slot, read in OBSERVED.items():
        value = read(told)
        if value is not None:
            yield {
                "id": f"{report.pk}.{slot.replace('.', '-').replace('_', '-')}",
                "status": _status_of(report),
                "category": [{"coding": [{"system": CATEGORIES, "code": _category_of(slot)}]}],
                "code": {"coding": codings_of(slot), "text": text(FALLBACK, "question", slot)},
                "subject": subject,
                "effectiveDateTime": rfc3339(report.occurred_at),
                "issued": rfc3339(report.received_at),
                **_value_of(slot, value),
                "derivedFrom": [{"reference": f"QuestionnaireResponse/{report.pk}"}],
            }


def _status_of(report: SymptomReport) -> str:
    if is_amended(report):
        return "amended"
    return "preliminary" if report.status == ReportStatus.IN_PROGRESS else "final"


def _category_of(slot: Slot) -> str:
    return "vital-signs" if slot is Slot.FEVER_TEMPERATURE_C else "survey"


def _value_of(slot: Slot, value: object) -> dict[str, Any]:
    """Severity and interference are numbers from 0 to 4; temperatures are in degrees Celsius, whatever was typed."""
    if value is State.UNKNOWN:
        return {"dataAbsentReason": NOT_KNOWN}
    if isinstance(value, Fraction):
        return {"valueQuantity": {"value": round(float(value), 2), "unit": "°C", "system": UCUM, "code": "Cel"}}
    if slot is not Slot.MOUTH_COUNT:
        return {"valueInteger": value}
    count = {"value": 3, "comparator": ">"} if value == MORE_THAN_THREE else {"value": value}
    return {"valueQuantity": {**count, "unit": "sores", "system": UCUM, "code": "{sores}"}}
