"""What was done, kept so that everybody reads it in their own language: the English text and its values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext

from symptoms.admin.moments import write_day
from symptoms.admin.words import say

KEY = "said"


@dataclass(frozen=True, slots=True)
class Code:
    """A stored code, such as a status; `of` as in `say`."""

    code: str
    of: str = ""


class Said:
    """A sentence about an act. `text` is English, marked by `gettext_noop`; its values are written as one reads them.

    A value is a number, words as they were typed, a day, a code, or another sentence.
    """

    def __init__(self, text: str, **values: int | str | date | Code | Said) -> None:
        self.text, self.values = text, values

    def __str__(self) -> str:
        words = gettext(self.text)
        return words % {name: _write(value) for name, value in self.values.items()} if self.values else words

    def to_json(self) -> dict[str, Any]:
        """One entry of the change message of a log line."""
        return {KEY: self.text, "values": {name: _keep(value) for name, value in self.values.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Said:
        """What `to_json` wrote."""
        return cls(kept[KEY], **{name: _read(value) for name, value in kept["values"].items()})


def history_words(entry: LogEntry) -> str:
    """A line of a record's history in the reader's language, as far as it was kept for that."""
    try:
        kept = json.loads(entry.change_message)
        return " ".join(str(Said.from_json(one)) for one in kept)
    except (KeyError, TypeError, ValueError):
        message = entry.get_change_message()
        return gettext(message) if message else ""


def _write(value: Any) -> Any:
    if isinstance(value, date):
        return write_day(value)
    return say(value.code, of=value.of) if isinstance(value, Code) else value


def _keep(value: Any) -> Any:
    match value:
        case Said():
            return value.to_json()
        case Code():
            return {"code": value.code, "of": value.of}
        case date():
            return {"day": value.isoformat()}
    return value


def _read(value: Any) -> Any:
    match value:
        case {"said": _}:
            return Said.from_json(value)
        case {"code": code, "of": of}:
            return Code(code, of)
        case {"day": day}:
            return date.fromisoformat(day)
    return value
