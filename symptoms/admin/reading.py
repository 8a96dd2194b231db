"""Makes stored answers, findings and messages readable for clinicians. Everything stored is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from symptoms.admin.answers import answer_in_words, question_in_words
from symptoms.admin.moments import write_moment
from symptoms.admin.words import say, say_rule
from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.terms import Urgency
from symptoms.models import Amendment, Assessment, Conversation, Patient

NOTHING = "-"


def show_pairs(pairs: Mapping[str, Any] | None) -> SafeString | str:
    """A list of names and values, such as slots and answers, in the order in which they are stored."""
    rows = [(name, show_value(value)) for name, value in (pairs or {}).items()]
    return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b>: {}</li>", rows)) if rows else NOTHING


def show_stored(pairs: Mapping[str, Any] | None) -> SafeString | str:
    """A list of codes as they are stored, in the English of the code, for who checks a judgement."""
    return format_html('<div lang="en">{}</div>', show_pairs(pairs))


def show_answers(answers: Mapping[str, Any] | None) -> SafeString | str:
    """Questions and answers in the words of the reader's language."""
    given = (answers or {}).items()
    return show_pairs({question_in_words(slot): answer_in_words(slot, value) for slot, value in given})


def show_value(value: Any) -> str:
    """A JSON value in words: lists with commas, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(show_value(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {show_value(one)}" for name, one in value.items())
    return str(value)


def say_clock(*, is_wrong: bool) -> str:
    """What to make of the phone's time."""
    if is_wrong:
        return gettext("It says a time that cannot be, so the moment of receipt counts. Ask when it was.")
    return NOTHING


def moment_in_words(stored: str) -> str:
    """A moment that is stored as text, by the clinic's clock; what is none is shown as it is."""
    try:
        return date_format(localtime(datetime.fromisoformat(stored)), "DATETIME_FORMAT")
    except ValueError:
        return stored


def show_corrections(corrections: Iterable[Mapping[str, Any]]) -> SafeString | str:
    """Which answers the patient replaced: slot, first value, new value, moment."""
    rows = [
        (
            question_in_words(slot := one.get("slot", "")),
            answer_in_words(slot, one.get("was")),
            answer_in_words(slot, one.get("now")),
            moment_in_words(one.get("at", "")),
        )
        for one in corrections
    ]
    lines = format_html_join("", "<li><b>{}</b>: {} → {} ({})</li>", rows)
    return format_html("<ul>{}</ul>", lines) if rows else NOTHING


def author_in_words(amendment: Amendment, patient: Patient) -> str:
    """Who put an answer right: somebody of the clinic by name, the patient, or a carer by name."""
    if amendment.carer is not None:
        return gettext("%(name)s, for the patient") % {"name": amendment.carer.name}
    if amendment.author_id == patient.user_id:
        return gettext("the patient")
    return amendment.author.get_full_name() or amendment.author.get_username()


def show_amendments(amendments: Iterable[Amendment], patient: Patient) -> SafeString | str:
    """What was put right after the report: by whom, when, why, which answers, and the remark."""
    rows = [
        (
            author_in_words(one, patient),
            date_format(localtime(one.amended_at), "DATETIME_FORMAT"),
            say(one.reason),
            show_answers(one.answers),
            one.note,
        )
        for one in amendments
    ]
    lines = format_html_join("", "<li>{}, {} ({}): {}{}</li>", rows)
    return format_html("<ul>{}</ul>", lines) if rows else NOTHING


def show_findings(assessments: Iterable[Assessment]) -> SafeString | str:
    """Every rule that any of the assessments found, the most urgent first, in the text of its own ruleset."""
    found: dict[tuple[str, str], str] = {}
    for assessment in assessments:
        for finding in assessment.findings:
            found.setdefault((assessment.ruleset, finding["rule"]), finding["urgency"])
    ordered = sorted(found.items(), key=lambda row: -Urgency.from_code(row[1]))
    rows = [(rule, say(urgency), *_explain(ruleset, rule)) for (ruleset, rule), urgency in ordered]
    lines = format_html_join("", "<li><b>{}</b> ({}): {} <i>{}</i></li>", rows)
    return format_html("<ul>{}</ul>", lines) if rows else NOTHING


def _explain(version: str, rule_id: str) -> tuple[str, str]:
    """A rule's text and sources; a rule that the product no longer holds is said to be so."""
    ruleset = RULESETS.get(version)
    rule = ruleset.by_id.get(rule_id) if ruleset else None
    return (
        (say_rule(rule), ", ".join(rule.sources))
        if rule
        else (gettext("no longer among the rules of %(version)s") % {"version": version}, "")
    )


def show_transcript(conversation: Conversation) -> SafeString | str:
    """The messages in order, each with its sender and the time on the patient's clock."""
    zone = conversation.patient.zone
    rows = [
        (write_moment(message.created_at, zone), say(message.sender), conversation.language, message.text)
        for message in conversation.messages.order_by("number")
    ]
    lines = format_html_join("", '<li>{} <b>{}</b>: <span class="said" lang="{}">{}</span></li>', rows)
    return format_html("<ol>{}</ol>", lines) if rows else NOTHING
