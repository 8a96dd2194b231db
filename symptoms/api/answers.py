"""What each slot of a report may hold, as JSON Schema for the OpenAPI document: what `clinical.answers` takes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

from symptoms.clinical.terms import (
    MAX_COUNT,
    MAX_SEVERITY,
    MAX_TEMPERATURE_C,
    MAX_TEMPERATURE_F,
    MAX_TEXT_LENGTH,
    MIN_TEMPERATURE_C,
    MIN_TEMPERATURE_F,
    MORE_THAN_THREE,
    NONE,
    NOT_ASKED,
    UNKNOWN,
    BathStarted,
    Exertion,
    Intake,
    OtherSymptom,
    RedFlag,
    Respondent,
    Slot,
    Symptom,
    YesNo,
)

Schema = dict[str, Any]

WORDS: Final = (UNKNOWN, NOT_ASKED)
"""What may stand in every slot."""


def _or_word(*schemas: Schema, words: Iterable[str] = ()) -> Schema:
    return {"anyOf": [*schemas, {"type": "string", "enum": [*words, *WORDS]}]}


def _values(kind: type[StrEnum]) -> list[str]:
    return [one.value for one in kind]


def _choice(kind: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [*_values(kind), *WORDS]}


def _yes_no(kind: type[StrEnum] = YesNo) -> Schema:
    return {"anyOf": [_choice(kind), {"type": "boolean"}]}


def _codes(kind: type[StrEnum]) -> Schema:
    codes = {"type": "string", "enum": [*_values(kind), NONE, UNKNOWN]}
    return _or_word({"type": "array", "items": codes}, words=[NONE])


def _whole(highest: int) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": highest}


_GRADE: Final = _or_word(_whole(MAX_SEVERITY)) | {"description": "PRO-CTCAE, 0 to 4."}

_SLOTS: Final[dict[str, Schema]] = {
    Slot.SYMPTOMS: _codes(Symptom),
    Slot.RED_FLAGS: _codes(RedFlag),
    Slot.MOUTH_COUNT: _or_word(_whole(MAX_COUNT), words=[MORE_THAN_THREE]),
    Slot.MOUTH_ONSET_ON: {"type": "string", "anyOf": [{"format": "date"}, {"enum": [*WORDS]}]},
    Slot.MOUTH_INTAKE: _choice(Intake),
    Slot.MOUTH_SEVERITY: _GRADE,
    Slot.MOUTH_INTERFERENCE: _GRADE,
    Slot.MOUTH_BATH_STARTED: _yes_no(BathStarted),
    Slot.MOUTH_GONE: _yes_no(),
    Slot.COUGH_SEVERITY: _GRADE,
    Slot.COUGH_INTERFERENCE: _GRADE,
    Slot.COUGH_BLOOD: _yes_no(),
    Slot.DYSPNEA_SEVERITY: _GRADE,
    Slot.DYSPNEA_INTERFERENCE: _GRADE,
    Slot.DYSPNEA_EXERTION: _choice(Exertion),
    Slot.FEVER_TEMPERATURE_C: _or_word(
        {"type": "number", "minimum": MIN_TEMPERATURE_C, "maximum": MAX_TEMPERATURE_C},
        {"type": "number", "minimum": MIN_TEMPERATURE_F, "maximum": MAX_TEMPERATURE_F},
    )
    | {"description": "Degrees Celsius; a number from 93 on is Fahrenheit."},
    Slot.FEVER_RIGORS: _yes_no(),
    Slot.OTHER_TEXT: {"type": "string", "maxLength": MAX_TEXT_LENGTH},
    Slot.OTHER_CAN_WAIT: _yes_no(),
    Slot.OTHER_SYMPTOMS: _or_word(
        {
            "type": "object",
            "properties": {
                name.value: {"anyOf": [_whole(MAX_SEVERITY), {"type": "string", "enum": [UNKNOWN]}]}
                for name in OtherSymptom
            },
            "additionalProperties": False,
        }
    ),
    Slot.RESPONDENT: _choice(Respondent),
}

ANSWERS_SCHEMA: Final[Schema] = {
    "type": "object",
    "properties": {str(slot): schema for slot, schema in _SLOTS.items()},
    "additionalProperties": False,
}
