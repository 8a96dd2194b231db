"""The leaflets that ship with the product, read strictly.

Pure. A leaflet is a Markdown file `<slug>.<language>.md` that begins with TOML between two lines of `+++`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

CONTENT: Final = Path(__file__).parent / "content"
FALLBACK: Final = "en"
FENCE: Final = "+++"
AUDIENCES: Final = ("patient", "carer")
FRONT_FIELDS: Final = frozenset({"slug", "title", "topics", "audience", "version", "sources", "reviewed", "questions"})
OPTION_IDS: Final = "abcd"

_FILE_NAME: Final = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2})\.md")
_SOURCE: Final = re.compile(r"S-\d\d|LABEL|NHS|TEAM")
_QUESTION_ID: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")


class BrokenLeaflet(ValueError):
    """A leaflet is not right. The message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Question:
    """One teach-back question: what the reader should be able to say after reading.

    Options are lettered a, b, c, d in their order; `right` is a letter. `why` is shown after the answer and
    tells a reader who was wrong what is right, and for what reason.
    """

    id: str
    text: str
    options: tuple[str, ...]
    right: str
    why: str

    @property
    def lettered(self) -> dict[str, str]:
        """The options by their letters."""
        return dict(zip(OPTION_IDS, self.options, strict=False))


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One leaflet in one language.

    `sources` are statements of the clinical review (S-nn) and other sources of the specification. `reviewed`
    is the day of a clinician's review, None before it. `text_id` is a fingerprint of this exact text.
    """

    slug: str
    language: str
    title: str
    topics: tuple[str, ...]
    audience: str
    version: str
    sources: tuple[str, ...]
    reviewed: date | None
    questions: tuple[Question, ...]
    body: str
    text_id: str


Catalogue = Mapping[tuple[str, str], Leaflet]
"""Leaflets by slug and language."""


@cache
def shipped_leaflets() -> Catalogue:
    """Every leaflet that ships. Raises BrokenLeaflet."""
    return read_catalogue(CONTENT)


def read_catalogue(folder: Path) -> Catalogue:
    """Every leaflet of a folder. Raises BrokenLeaflet."""
    leaflets = (_read_file(path) for path in sorted(folder.glob("*.md")))
    return {(leaflet.slug, leaflet.language): leaflet for leaflet in leaflets}


def _read_file(path: Path) -> Leaflet:
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BrokenLeaflet(f"{path.name}: body: it is not UTF-8") from error
    return parse_leaflet(path.name, content)


def parse_leaflet(name: str, content: str) -> Leaflet:
    """A leaflet from its file's name and content. Raises BrokenLeaflet naming the file and the field."""
    named = _FILE_NAME.fullmatch(name)
    if named is None:
        raise BrokenLeaflet(f"{name}: a leaflet's file is named <slug>.<language>.md")
    front, body = _split(name, content)
    read = _Front(name, front)
    leaflet = Leaflet(
        slug=read.text("slug"),
        language=named["language"],
        title=read.text("title"),
        topics=read.texts("topics", least=1),
        audience=read.text("audience", one_of=AUDIENCES),
        version=read.text("version"),
        sources=read.texts("sources", least=1, pattern=_SOURCE),
        reviewed=read.day("reviewed"),
        questions=_read_questions(read),
        body=body.strip() + "\n",
        text_id=hashlib.sha256(f"{name}\n{content}".encode()).hexdigest(),
    )
    if leaflet.slug != named["slug"]:
        raise BrokenLeaflet(f"{name}: slug: it says {leaflet.slug!r}, and the file's name says {named['slug']!r}")
    if unknown := sorted(front.keys() - FRONT_FIELDS):
        raise BrokenLeaflet(f"{name}: {unknown[0]}: there is no such field")
    if not body.strip():
        raise BrokenLeaflet(f"{name}: body: it is empty")
    return leaflet


def parse_questions(name: str, content: str) -> tuple[Question, ...]:
    """Teach-back questions written as TOML, a `[[questions]]` for each. Raises BrokenLeaflet naming the field."""
    return _read_questions(_Front(name, _read_toml(name, content)))


def write_questions(questions: tuple[Question, ...]) -> str:
    """Questions as the TOML that `parse_questions` reads."""
    return "\n".join(_write_question(question) for question in questions)


def _write_question(question: Question) -> str:
    options = ", ".join(map(_quote, question.options))
    values = [(field.name, getattr(question, field.name)) for field in fields(Question) if field.name != "options"]
    lines = [f"{name} = {_quote(value)}" for name, value in values]
    return "\n".join(["[[questions]]", *lines, f"options = [{options}]", ""])


def _quote(text: str) -> str:
    """A basic string of TOML; line breaks, which no question needs, become spaces."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _split(name: str, content: str) -> tuple[dict[str, Any], str]:
    before, opening, rest = content.partition(f"{FENCE}\n")
    front, closing, body = rest.partition(f"\n{FENCE}\n")
    if before or not opening or not closing:
        raise BrokenLeaflet(f"{name}: front matter: it has to stand first, between two lines of {FENCE}")
    return _read_toml(name, front), body


def _read_toml(name: str, content: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLeaflet(f"{name}: front matter: {error}") from error


def _read_questions(front: _Front) -> tuple[Question, ...]:
    found = front.values.get("questions", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise front.refuse("questions", "write each as a [[questions]] with id, text, options, right and why")
    questions = tuple(_read_question(front.name, number, one) for number, one in enumerate(found, start=1))
    if len({question.id for question in questions}) < len(questions):
        raise front.refuse("questions", "two have the same id")
    return questions


def _read_question(name: str, number: int, values: dict[str, Any]) -> Question:
    place = f"questions[{number}]."
    read = _Front(name, values, place)
    question = Question(
        id=read.text("id"),
        text=read.text("text"),
        options=read.texts("options", least=2),
        right=read.text("right", one_of=tuple(OPTION_IDS)),
        why=read.text("why"),
    )
    if not _QUESTION_ID.fullmatch(question.id):
        raise read.refuse("id", "it has to be small letters and dashes")
    if len(question.options) > len(OPTION_IDS):
        raise read.refuse("options", f"there are more than {len(OPTION_IDS)}")
    if question.right not in question.lettered:
        raise read.refuse("right", f"there is no option {question.right}")
    if unknown := sorted(values.keys() - {field.name for field in fields(Question)}):
        raise read.refuse(unknown[0], "there is no such field")
    return question


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter of one file, or one table within it (`place`), read field by field."""

    name: str
    values: Mapping[str, Any]
    place: str = ""

    def refuse(self, field: str, problem: str) -> BrokenLeaflet:
        return BrokenLeaflet(f"{self.name}: {self.place}{field}: {problem}")

    def text(self, field: str, *, one_of: tuple[str, ...] = ()) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(field, "it has to be a text")
        if one_of and value not in one_of:
            raise self.refuse(field, f"it has to be one of {', '.join(one_of)}")
        return value

    def texts(self, field: str, *, least: int = 0, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.refuse(field, "it has to be a list of texts")
        if len(value) < least:
            raise self.refuse(field, "it is empty" if least == 1 else f"it needs at least {least}")
        for one in value:
            if pattern is not None and not pattern.fullmatch(one):
                raise self.refuse(field, f"{one!r} is no source")
        return tuple(value)

    def day(self, field: str) -> date | None:
        value = self.values.get(field)
        if value == "":
            return None
        if type(value) is not date:
            raise self.refuse(field, 'it has to be a day, such as 2026-03-01, or "" before the review')
        return value


def find_leaflet(slug: str, language: str, catalogue: Catalogue) -> Leaflet | None:
    """The leaflet in a language, else in English, else None."""
    return catalogue.get((slug, language)) or catalogue.get((slug, FALLBACK))
