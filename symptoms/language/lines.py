"""One line of text input to one line of labels, both as JSON objects. No database, no state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from symptoms.language.fitting import fitting_language
from symptoms.language.labels import label
from symptoms.language.understander import describe
from symptoms.wording import LANGUAGES


class MalformedText(ValueError):
    """A line that holds no text to understand. The message says what is wrong with it."""


def label_record(record: object) -> dict[str, Any]:
    """Label `{"id", "lang", "text", "today"?}`; `today` (default: today in UTC) is what weekdays are counted from.

    The text is read in the language that fits its words best, whatever `lang` says. Raises MalformedText when
    there is no id, no text, a language that the product does not speak, or a day that is none.
    """
    if not isinstance(record, dict):
        raise MalformedText("not a JSON object")
    if record.get("id") is None:
        raise MalformedText("no id")
    text, language = record.get("text"), record.get("lang")
    if not isinstance(text, str):
        raise MalformedText("text is not a text")
    if language not in LANGUAGES:
        raise MalformedText(f"lang is none of {', '.join(LANGUAGES)}")
    account = describe(text, fitting_language(text, language), _read_day(record.get("today")))
    return {"id": record["id"], "labels": label(account)}


def _read_day(raw: object) -> date:
    if raw is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(str(raw))
    except ValueError as error:
        raise MalformedText("today is not a day such as 2026-03-01") from error
