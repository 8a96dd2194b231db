"""Every sentence a patient reads, in one TOML file for each language. Nothing of it stands in Python.

Pure: the files ship with the package and are read once. A table within a table has a dotted name, such as
`advice.urgent` or `option.mouth_sores.count`; a sentence names the values it wants, such as `{clinic_phone}`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("en", "fr", "nl", "de", "es")
FALLBACK: Final = "en"

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

Wording = Mapping[str, Any]


@cache
def wording(language: str) -> Wording:
    """The whole wording of a language. Raises FileNotFoundError for one that has none."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def text(language: str, table: str, key: str, /, **values: object) -> str:
    """One sentence, with its placeholders filled in. A language without wording is answered in English.

    Raises KeyError, with the file and the place, when there is no such sentence or no value for a placeholder.
    """
    known = language if language in LANGUAGES else FALLBACK
    group, _, inner = table.partition(".")
    sentences_of_table = wording(known).get(group, {})
    if inner:
        sentences_of_table = sentences_of_table.get(inner, {})
    sentence = sentences_of_table.get(key)
    if not isinstance(sentence, str):
        raise KeyError(f"{known}.toml has no sentence {table}.{key}")
    try:
        return sentence.format(**values)
    except KeyError as missing:
        raise KeyError(f"{known}.toml: {table}.{key} wants a value for {missing}") from missing


def day_in_words(language: str, day: date) -> str:
    """A day as it is said in the middle of a sentence, such as "Friday 6 March"."""
    pattern = "first_day" if day.day == 1 else "day"
    weekday = text(language, "date", WEEKDAYS[day.weekday()])
    month = text(language, "date", MONTHS[day.month - 1])
    return text(language, "date", pattern, weekday=weekday, day=day.day, month=month)


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence of a language with its place, such as `advice.urgent.headline`, in the file's order."""
    for table, content in wording(language).items():
        if isinstance(content, dict):
            yield from _walk(table, content)


def _walk(place: str, tree: Wording) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        here = f"{place}.{key}"
        if isinstance(value, dict):
            yield from _walk(here, value)
        else:
            yield here, str(value)


def content_hash(language: str) -> str:
    """SHA-256 of every sentence of a language with its place: what an approval is about."""
    digest = hashlib.sha256()
    for place, sentence in sentences(language):
        digest.update(f"{place}\0{sentence}\0".encode())
    return digest.hexdigest()


def is_reviewed(language: str) -> bool:
    """Whether a named clinician and native speaker has approved the wording of a language."""
    header = wording(language)
    return header.get("reviewed") is True and bool(header.get("reviewed_by"))
