"""Why an alert is there, as the worklist says it: what the patient stated, as short as it can truly be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import Truncator
from django.utils.translation import gettext

from alerts.evidence import context_of
from alerts.reasons import Reason, reasons_of
from symptoms.admin.answers import SHORT, answer_in_words, context_in_words, question_in_words, subject_in_words
from symptoms.clinical.terms import Slot, Urgency
from symptoms.models import Assessment

AS_QUESTIONS: Final = (Slot.COUGH_BLOOD, Slot.FEVER_RIGORS)
"""Answers that say nothing without their question."""
SPEAK_FOR_THEMSELVES: Final = (Slot.SYMPTOMS, Slot.RED_FLAGS, Slot.OTHER_TEXT, Slot.DYSPNEA_EXERTION)
HARMLESS: Final = (0, "0", False, "no", "none", "normal", "", None)
MOST_ANSWERS: Final = 8
"""A rule that looks at more answers than this is about how they fit together: its own words say it better."""
MOST_CHARACTERS: Final = 90
MOST_CORRECTED: Final = 3
MOST_OF_AN_ANSWER: Final = 60
COMPARING: Final = ("RESP-RISE", "MOUTH-DURATION")
"""Rules that no answer explains without what came before."""


@dataclass(frozen=True, slots=True)
class Why:
    """`text` in one line; `left_out` reasons are not told by it."""

    text: str
    left_out: int


def why_of(reasons: Sequence[Reason], judged: Sequence[Assessment]) -> Why:
    """The reasons of an alert, the most urgent first, each from the facts of the newest of `judged` that found it.

    Whatever is urgent, or as urgent as the first reason, is said by the answers that speak for it. Where no assessment
    found the first reason, or no answer speaks for it, the rule's own words are given.
    """
    if not reasons:
        return Why("", 0)
    said: dict[str, None] = {}
    told = 0
    for reason in reasons:
        facts = next((one.facts for one in judged if reason.rule in {found["rule"] for found in one.findings}), None)
        stated = _stated(reason, facts) if facts is not None else []
        if not stated and reason is reasons[0]:
            return Why(reason.text, len(reasons) - 1)
        if stated and reason.urgency >= min(reasons[0].urgency, Urgency.URGENT):
            said.update(dict.fromkeys(stated))
            told += 1
    return Why(" · ".join(said), len(reasons) - told)


def why_in_short(alert: Any) -> str:
    """Why an alert is there for a narrow column, from the judgements that `judged` holds, and how many reasons more."""
    why = why_of(reasons_of(alert.rules), alert.judged)
    more = gettext("and %(count)d more") % {"count": why.left_out} if why.left_out else ""
    is_corrected = any(one.report.amended_answers is not None for one in alert.judged)
    put_right = f"({gettext('put right later')})" if is_corrected else ""
    return " ".join(filter(None, [Truncator(why.text).chars(MOST_CHARACTERS), more, put_right])) or "–"


def corrected_in_words(reasons: Sequence[Reason], judged: Sequence[Assessment]) -> str:
    """What was put right since of the reports that explain an alert, what its reasons look at first; "" for nothing.

    Each answer as it is now, beside what it was: the first one is what fired.
    """
    reports = {one.report_id: one.report for one in judged}
    amended = [one for one in reports.values() if one.amended_answers is not None]
    if not amended:
        return ""
    weighed = [slot for reason in reasons for slot in reason.slots]
    changed = [
        (slot, value, one.answers)
        for one in amended
        for slot, value in (one.amended_answers or {}).items()
        if one.answers.get(slot) != value
    ]
    changed.sort(key=lambda one: one[0] not in weighed)
    said = [_instead(*one) for one in changed[:MOST_CORRECTED]]
    if left_out := len(changed) - len(said):
        said.append(gettext("and %(count)d more") % {"count": left_out})
    return gettext("Put right since: %(what)s") % {"what": "; ".join(said) or gettext("with a remark")}


def _instead(slot: str, value: Any, answers: Mapping[str, Any]) -> str:
    was = answer_in_words(slot, answers[slot]) if slot in answers else gettext("not asked")
    said = {"what": subject_in_words(slot), "now": _short(answer_in_words(slot, value)), "was": _short(was)}
    return gettext("%(what)s: %(now)s instead of “%(was)s”") % said


def _short(words: str) -> str:
    return Truncator(words).chars(MOST_OF_AN_ANSWER)


def _stated(reason: Reason, facts: Mapping[str, Any]) -> list[str]:
    """What speaks for the reason, in the order in which the rule names it."""
    if len(reason.slots) > MOST_ANSWERS:
        return []
    answers = facts.get("answers") or {}
    said = {slot: words for slot in reason.slots if slot in answers for words in _say(slot, answers[slot])}
    if len(said) > 1:
        said.pop(Slot.SYMPTOMS, None)  # what is said of the symptoms says that they are there
    stated = list(said.values())
    if reason.rule in COMPARING:
        context = [context_in_words(name, value) for name, value in context_of(reason.rule, facts) if value is not None]
        stated += [_pair(what, how) for what, how in context]
    return stated


def _say(slot: str, value: Any) -> Iterator[str]:
    """An answer that tells of something; none for "not at all", and for a question that explains nothing."""
    values = value if isinstance(value, list) else [value]
    if all(one in HARMLESS for one in values):
        return
    words = answer_in_words(slot, value)
    if slot in SPEAK_FOR_THEMSELVES:
        yield words
    elif slot in AS_QUESTIONS:
        yield f"{question_in_words(slot)} {words}"
    elif slot in SHORT:
        yield _pair(str(SHORT[slot]), words)


def _pair(what: str, how: str) -> str:
    return f"{what}: {how}"
