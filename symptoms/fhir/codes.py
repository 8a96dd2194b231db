"""What the slots of the check-in are called in FHIR: by codes of our own, and by those of others where there are any.

Pure. The codes of others are those of the clinical specification, section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from symptoms.clinical.terms import Slot

OWN: Final = "urn:symptom-reporting:"
"""Stands before everything that we name ourselves, as it does in the export of a patient."""

SLOT: Final = f"{OWN}slot"
"""The questions, by the names of their slots."""
ANSWER: Final = f"{OWN}answer"
"""The quick replies: the codes of answers."""
PRO_CTCAE: Final = f"{OWN}pro-ctcae-item"
"""Items of the PRO-CTCAE by their numbers at the NCI, which have no codes in LOINC."""

LOINC: Final = "http://loinc.org"
MEDDRA: Final = "https://www.meddra.org"
SNOMED_CT: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

Coding = dict[str, Any]

_MOUTH_ULCER: Final = (SNOMED_CT, "26284000")
_MOUTH: Final = ((PRO_CTCAE, "3"), _MOUTH_ULCER, (MEDDRA, "10028130"))
_COUGH: Final = ((PRO_CTCAE, "20"), (SNOMED_CT, "49727002"), (MEDDRA, "10011224"))
_DYSPNEA: Final = ((PRO_CTCAE, "19"), (SNOMED_CT, "267036007"), (MEDDRA, "10013963"))

CODES_OF_OTHERS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    Slot.COUGH_SEVERITY: _COUGH,
    Slot.COUGH_INTERFERENCE: _COUGH,
    Slot.COUGH_BLOOD: ((SNOMED_CT, "66857006"),),
    Slot.DYSPNEA_SEVERITY: _DYSPNEA,
    Slot.DYSPNEA_INTERFERENCE: _DYSPNEA,
    Slot.MOUTH_SEVERITY: _MOUTH,
    Slot.MOUTH_INTERFERENCE: _MOUTH,
    Slot.MOUTH_COUNT: (_MOUTH_ULCER,),
    Slot.FEVER_TEMPERATURE_C: ((LOINC, "8310-5"),),
}
"""Systems and codes that tell what a slot is about. Severity and interference are told apart by the slot alone."""


def codings_of(slot: str) -> list[Coding]:
    """All codes of a slot, our own first."""
    return [coding(SLOT, slot), *(coding(system, code) for system, code in CODES_OF_OTHERS.get(slot, ()))]


def coding(system: str, code: str, display: str = "") -> Coding:
    return {"system": system, "code": code, **({"display": display} if display else {})}
