"""Answers as staff read them: question and choice as worded for patients, in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import localize
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from symptoms.admin.moments import write_day
from symptoms.clinical.terms import UNKNOWN, Exertion, Slot
from symptoms.flow.present import option_label
from symptoms.wording import LANGUAGES, text

CONTEXT: Final[Mapping[str, Any]] = {
    "lowest_cough": _("Lowest cough of the last 28 days"),
    "lowest_dyspnea": _("Lowest breathlessness of the last 28 days"),
    "baseline_cough": _("Cough before the first dose"),
    "baseline_dyspnea": _("Breathlessness before the first dose"),
    "had_recent_cough": _("Cough above baseline in the last 14 days"),
    "sores_since": _("Sores since"),
    "routine_findings": _("Routine findings together"),
}
"""What rules look at beside the answers."""

SHORT: Final[Mapping[str, Any]] = {
    Slot.MOUTH_COUNT: _("sores"),
    Slot.MOUTH_INTAKE: _("eating and drinking"),
    Slot.MOUTH_SEVERITY: _("mouth pain"),
    Slot.MOUTH_INTERFERENCE: _("sores in the way of daily life"),
    Slot.COUGH_SEVERITY: _("cough"),
    Slot.COUGH_INTERFERENCE: _("cough in the way of daily life"),
    Slot.DYSPNEA_SEVERITY: _("breathlessness"),
    Slot.DYSPNEA_INTERFERENCE: _("breathlessness in the way of daily life"),
    Slot.DYSPNEA_EXERTION: _("breathless when"),
    Slot.FEVER_TEMPERATURE_C: _("temperature"),
}
"""What the answer to a question is about, in a word or two."""

SUBJECTS: Final[Mapping[str, Any]] = {
    **SHORT,
    Slot.SYMPTOMS: _("symptoms told"),
    Slot.MOUTH_ONSET_ON: _("sores since"),
    Slot.MOUTH_BATH_STARTED: _("mouth bath started"),
    Slot.MOUTH_GONE: _("sores gone"),
    Slot.COUGH_BLOOD: _("blood with the cough"),
    Slot.FEVER_RIGORS: _("shivering"),
    Slot.RED_FLAGS: _("signs of danger told"),
    Slot.OTHER_TEXT: _("in their own words"),
    Slot.OTHER_CAN_WAIT: _("whether it can wait"),
    Slot.OTHER_SYMPTOMS: _("other side effects"),
    Slot.RESPONDENT: _("who answers"),
}
"""What an answer is about that nobody was asked for."""

EXERTIONS: Final[Mapping[str, Any]] = {
    Exertion.MODERATE: _("breathless on stairs or hills"),
    Exertion.MINIMAL: _("breathless when dressing or after a few steps"),
    Exertion.AT_REST: _("BREATHLESS AT REST, even when sitting still"),
    "unknown": _("not known what makes breathless"),
}
"""What the patient answers to "what can you still do" says nothing, or the opposite, without the question."""

EXERTIONS_IN_SHORT: Final[Mapping[str, Any]] = {
    Exertion.MODERATE: _("on stairs"),
    Exertion.MINIMAL: _("after a few steps"),
    Exertion.AT_REST: _("at rest"),
    "unknown": "?",
}

GRADED: Final = (".severity", ".interference")


def question_in_words(slot: str) -> str:
    """The question of a slot; the slot itself when nothing is worded for it."""
    try:
        return text(_language(), "question", Slot(slot))
    except (KeyError, ValueError):
        return slot


def subject_in_words(slot: str) -> str:
    """What an answer is about, where its question was not asked; the slot itself when it has no name."""
    return str(SUBJECTS.get(slot, slot))


def answer_in_words(slot: str, value: Any) -> str:
    """A stored answer in words; a grade with its number. What has no words is shown as it is stored."""
    if isinstance(value, list):
        return ", ".join(answer_in_words(slot, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {grade}" for name, grade in value.items())
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if slot == Slot.DYSPNEA_EXERTION and value in EXERTIONS:
        return str(EXERTIONS[value])
    if slot == Slot.MOUTH_ONSET_ON and value != UNKNOWN:
        return _day_in_words(value)
    if slot == Slot.FEVER_TEMPERATURE_C and isinstance(value, int | float):
        return f"{localize(value)} °C"
    try:
        label = option_label(_language(), Slot(slot), str(value))
    except (KeyError, ValueError):
        return str(value)
    return f"{label} ({value})" if slot.endswith(GRADED) and isinstance(value, int) else label


def _day_in_words(value: Any) -> str:
    try:
        return write_day(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)


def context_in_words(name: str, value: Any) -> tuple[str, str]:
    """A fact of the history: what it is, and how it stands."""
    if value is None:
        return str(CONTEXT[name]), gettext("not stated")
    said = _day_in_words(value) if name == "sores_since" else answer_in_words("", value)
    return str(CONTEXT[name]), said


def _language() -> str:
    language = (get_language() or "en").partition("-")[0]
    return language if language in LANGUAGES else "en"
