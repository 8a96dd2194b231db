"""Reads raw answers, as JSON has them, into typed ones.

Every answer is in one of three states: a value, `State.UNKNOWN` (asked, not known), or None (not asked).
`read_answers` judges everything it is given: what it cannot read is unknown. `validate_answers` is for
doors that can ask again: it names every slot that is not right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from functools import partial
from typing import Final, Generic, Literal, TypeGuard, TypeVar

from symptoms.clinical.terms import (
    MAX_COUNT,
    MAX_ONSET_DAYS_BACK,
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


class State(Enum):
    """The state of an answer that has no value though the question was asked."""

    UNKNOWN = "unknown"


T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Unknown = Literal[State.UNKNOWN]


@dataclass(frozen=True, slots=True)
class Selection(Generic[E]):
    """The answer to a list question. `none` beside other choices is set aside and noted."""

    chosen: frozenset[E]
    is_partly_unknown: bool = False
    has_none_beside_others: bool = False


@dataclass(frozen=True, slots=True)
class Grading:
    """The two PRO-CTCAE attributes of a symptom, each 0-4."""

    severity: int | Unknown | None
    interference: int | Unknown | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The deciding answers of one report, as stated. None = not asked."""

    symptoms: Selection[Symptom] | None
    red_flags: Selection[RedFlag] | None
    mouth: Grading
    cough: Grading
    dyspnea: Grading
    count: int | Literal["more_than_three"] | Unknown | None
    onset_on: date | Unknown | None
    intake: Intake | Unknown | None
    bath_started: BathStarted | Unknown | None
    gone: YesNo | Unknown | None
    cough_blood: YesNo | Unknown | None
    exertion: Exertion | Unknown | None
    temperature_c: Fraction | Unknown | None
    rigors: YesNo | Unknown | None
    other_text: str | Unknown | None
    can_wait: YesNo | Unknown | None


class Unreadable(ValueError):
    """An answer that cannot be read. The message tells the sender what would be right."""


class InvalidAnswers(ValueError):
    """Answers that a door refuses: `errors` maps each wrong slot to what would be right."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{slot}: {message}" for slot, message in errors.items()))
        self.errors = dict(errors)


def _is_number(raw: object) -> TypeGuard[int | float]:
    """A JSON number; true and false are none."""
    return isinstance(raw, (int, float)) and not isinstance(raw, bool)


def _read_whole(raw: object, highest: int) -> int:
    """A whole number from 0 to `highest`; 1.0 is 1."""
    if _is_number(raw) and 0 <= raw <= highest and raw == int(raw):
        return int(raw)
    raise Unreadable(f"Give a whole number from 0 to {highest}, or “unknown”.")


def _read_count(raw: object) -> int | Literal["more_than_three"]:
    if raw == MORE_THAN_THREE:
        return "more_than_three"
    return _read_whole(raw, MAX_COUNT)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _read_onset(raw: object, today: date) -> date:
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            onset_on = date.fromisoformat(raw)
        except ValueError as error:
            raise Unreadable("There is no such day.") from error
        if onset_on > today:
            raise Unreadable("The day lies in the future.")
        if (today - onset_on).days > MAX_ONSET_DAYS_BACK:
            raise Unreadable(f"Give a day within the last {MAX_ONSET_DAYS_BACK} days.")
        return onset_on
    raise Unreadable("Give a day as YYYY-MM-DD, or “unknown”.")


def _read_temperature(raw: object) -> Fraction:
    """Degrees Celsius, exactly. A number from 93 to 110 is Fahrenheit: 100.4 is 38, 96.8 is 36."""
    if _is_number(raw):
        if MIN_TEMPERATURE_C <= raw <= MAX_TEMPERATURE_C:
            return Fraction(str(raw))
        if MIN_TEMPERATURE_F <= raw <= MAX_TEMPERATURE_F:
            return (Fraction(str(raw)) - 32) * 5 / 9
    raise Unreadable(
        f"Give degrees Celsius from {MIN_TEMPERATURE_C} to {MAX_TEMPERATURE_C}, or Fahrenheit from "
        f"{MIN_TEMPERATURE_F:.0f} to {MAX_TEMPERATURE_F:.0f}, or “unknown”."
    )


def _read_choice(raw: object, kind: type[E]) -> E:
    if isinstance(raw, str):
        try:
            return kind(raw)
        except ValueError:
            pass
    raise Unreadable(f"Give one of {', '.join(kind)}, or “unknown”.")


def _read_yes_no(raw: object) -> YesNo:
    if isinstance(raw, bool):
        return YesNo.YES if raw else YesNo.NO
    return _read_choice(raw, YesNo)


def _read_bath(raw: object) -> BathStarted:
    return BathStarted(_read_yes_no(raw)) if isinstance(raw, bool) else _read_choice(raw, BathStarted)


def _read_text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    raise Unreadable("Give a text.")


def _read_selection(raw: object, kind: type[E]) -> Selection[E]:
    """A list of codes, or the word “none”. What cannot be read, and an empty list, is unknown."""
    if raw == NONE:
        return Selection(frozenset())
    if not isinstance(raw, list) or not raw:
        return Selection(frozenset(), is_partly_unknown=True)
    codes = {item for item in raw if isinstance(item, str)}
    chosen = frozenset(kind(code) for code in codes if code in _CODES[kind])
    others = {item for item in codes if item != NONE}
    return Selection(
        chosen,
        is_partly_unknown=len(others) > len(chosen) or any(not isinstance(item, str) for item in raw),
        has_none_beside_others=NONE in codes and raw.count(NONE) < len(raw),
    )


_CODES: Final[dict[type[StrEnum], frozenset[str]]] = {kind: frozenset(kind) for kind in (Symptom, RedFlag)}
_SELECTIONS: Final[Mapping[str, type[StrEnum]]] = {Slot.SYMPTOMS: Symptom, Slot.RED_FLAGS: RedFlag}
_OTHER_SYMPTOMS: Final = frozenset(OtherSymptom)


def _check_selection(raw: object, kind: type[E]) -> None:
    """Refuse a list that holds anything but known codes, “none” and “unknown”; an empty one is unknown."""
    allowed = {*kind, NONE, UNKNOWN}
    is_list_of_codes = isinstance(raw, list) and all(isinstance(item, str) and item in allowed for item in raw)
    if raw != NONE and not is_list_of_codes:
        raise Unreadable(f"Give a list of {', '.join(kind)}; or “none”, or “unknown”.")


def _check_text(raw: object) -> None:
    if len(_read_text(raw)) > MAX_TEXT_LENGTH:
        raise Unreadable(f"Give at most {MAX_TEXT_LENGTH} characters.")


def _check_other_symptoms(raw: object) -> None:
    if not isinstance(raw, dict) or not set(raw) <= set(OtherSymptom):
        raise Unreadable(f"Give an object with any of {', '.join(OtherSymptom)}, each 0 to {MAX_SEVERITY}.")
    for grade in raw.values():
        if grade != UNKNOWN:
            _read_whole(grade, MAX_SEVERITY)


def _read(raw: object, reader: Callable[[object], T]) -> T | Unknown | None:
    """One answer in its three states; what the reader refuses is unknown."""
    if raw == NOT_ASKED:
        return None
    if raw is None or raw == UNKNOWN:
        return State.UNKNOWN
    try:
        return reader(raw)
    except Unreadable:
        return State.UNKNOWN


_read_severity = partial(_read_whole, highest=MAX_SEVERITY)
_read_intake = partial(_read_choice, kind=Intake)
_read_exertion = partial(_read_choice, kind=Exertion)


def read_grade(raw: object) -> int | Unknown | None:
    """A PRO-CTCAE grade 0-4 in its three states; what cannot be read is unknown."""
    return _read(raw, _read_severity)


def read_answers(raw: Mapping[str, object], today: date) -> Answers:
    """The answers of one report given on `today`, the patient's local day. Never raises."""

    def read(slot: Slot, reader: Callable[[object], T]) -> T | Unknown | None:
        return _read(raw.get(slot, NOT_ASKED), reader)

    def select(slot: Slot, kind: type[E]) -> Selection[E] | None:
        listed = raw.get(slot, NOT_ASKED)
        return None if listed == NOT_ASKED else _read_selection(listed, kind)

    return Answers(
        symptoms=select(Slot.SYMPTOMS, Symptom),
        red_flags=select(Slot.RED_FLAGS, RedFlag),
        mouth=Grading(read(Slot.MOUTH_SEVERITY, _read_severity), read(Slot.MOUTH_INTERFERENCE, _read_severity)),
        cough=Grading(read(Slot.COUGH_SEVERITY, _read_severity), read(Slot.COUGH_INTERFERENCE, _read_severity)),
        dyspnea=Grading(read(Slot.DYSPNEA_SEVERITY, _read_severity), read(Slot.DYSPNEA_INTERFERENCE, _read_severity)),
        count=read(Slot.MOUTH_COUNT, _read_count),
        onset_on=read(Slot.MOUTH_ONSET_ON, partial(_read_onset, today=today)),
        intake=read(Slot.MOUTH_INTAKE, _read_intake),
        bath_started=read(Slot.MOUTH_BATH_STARTED, _read_bath),
        gone=read(Slot.MOUTH_GONE, _read_yes_no),
        cough_blood=read(Slot.COUGH_BLOOD, _read_yes_no),
        exertion=read(Slot.DYSPNEA_EXERTION, _read_exertion),
        temperature_c=read(Slot.FEVER_TEMPERATURE_C, _read_temperature),
        rigors=read(Slot.FEVER_RIGORS, _read_yes_no),
        other_text=read(Slot.OTHER_TEXT, _read_text),
        can_wait=read(Slot.OTHER_CAN_WAIT, _read_yes_no),
    )


def as_judged(raw: Mapping[str, object], today: date) -> dict[str, object]:
    """The answers with `unknown` in place of what cannot be read, so that nothing but answers is stored.

    Judged as the raw ones are. Answers to a question that there is not are left out.
    """
    return {slot: _as_judged(slot, value, today) for slot, value in raw.items() if slot in _CHECKS}


def _as_judged(slot: str, value: object, today: date) -> object:
    """One answer; of a list what can be read of it, and that the rest is unknown."""
    try:
        check_answer(slot, value, today)
    except Unreadable:
        if slot in _SELECTIONS and isinstance(value, list):
            codes = {*_CODES[_SELECTIONS[slot]], NONE}
            return [*(item for item in value if isinstance(item, str) and item in codes), UNKNOWN]
        if slot == Slot.OTHER_SYMPTOMS and isinstance(value, dict):
            return {name: grade for name, grade in value.items() if name in _OTHER_SYMPTOMS and _is_grade(grade)}
        return value if slot == Slot.OTHER_TEXT and isinstance(value, str) else UNKNOWN
    return value


def _is_grade(grade: object) -> bool:
    return grade == UNKNOWN or isinstance(read_grade(grade), int)


def are_right(raw: Mapping[str, object], today: date) -> dict[str, object]:
    """Those of the answers that a door would take."""
    return {slot: value for slot, value in raw.items() if _is_right(slot, value, today)}


def _is_right(slot: str, value: object, today: date) -> bool:
    try:
        check_answer(slot, value, today)
    except Unreadable:
        return False
    return True


def validate_answers(raw: Mapping[str, object], today: date) -> None:
    """Raise InvalidAnswers, naming every slot that is unknown, unreadable or out of range."""
    errors: dict[str, str] = {}
    for slot, value in raw.items():
        try:
            check_answer(slot, value, today)
        except Unreadable as error:
            errors[slot] = str(error)
    if errors:
        raise InvalidAnswers(errors)


def check_answer(slot: str, value: object, today: date) -> None:
    """Raise Unreadable, saying what would be right, unless `value` is an answer to `slot`."""
    if slot not in _CHECKS:
        raise Unreadable("There is no such question.")
    if value not in (UNKNOWN, NOT_ASKED):
        _CHECKS[Slot(slot)](value, today)


def _undated(reader: Callable[[object], object]) -> Callable[[object, date], object]:
    return lambda raw, today: reader(raw)


_CHECKS: Final[dict[str, Callable[[object, date], object]]] = {
    Slot.SYMPTOMS: _undated(partial(_check_selection, kind=Symptom)),
    Slot.RED_FLAGS: _undated(partial(_check_selection, kind=RedFlag)),
    Slot.MOUTH_COUNT: _undated(_read_count),
    Slot.MOUTH_ONSET_ON: _read_onset,
    Slot.MOUTH_INTAKE: _undated(_read_intake),
    Slot.MOUTH_SEVERITY: _undated(_read_severity),
    Slot.MOUTH_INTERFERENCE: _undated(_read_severity),
    Slot.MOUTH_BATH_STARTED: _undated(_read_bath),
    Slot.MOUTH_GONE: _undated(_read_yes_no),
    Slot.COUGH_SEVERITY: _undated(_read_severity),
    Slot.COUGH_INTERFERENCE: _undated(_read_severity),
    Slot.COUGH_BLOOD: _undated(_read_yes_no),
    Slot.DYSPNEA_SEVERITY: _undated(_read_severity),
    Slot.DYSPNEA_INTERFERENCE: _undated(_read_severity),
    Slot.DYSPNEA_EXERTION: _undated(_read_exertion),
    Slot.FEVER_TEMPERATURE_C: _undated(_read_temperature),
    Slot.FEVER_RIGORS: _undated(_read_yes_no),
    Slot.OTHER_TEXT: _undated(_check_text),
    Slot.OTHER_CAN_WAIT: _undated(_read_yes_no),
    Slot.OTHER_SYMPTOMS: _undated(_check_other_symptoms),
    Slot.RESPONDENT: _undated(partial(_read_choice, kind=Respondent)),
}
