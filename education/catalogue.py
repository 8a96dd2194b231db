"""The leaflets that ship with the product, and which of them goes with what.

Pure. A leaflet is a Markdown file `<slug>.<language>.md` that begins with TOML between two lines of `+++`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

CONTENT: Final = Path(__file__).parent / "content"
FALLBACK: Final = "en"
FENCE: Final = "+++"
AUDIENCES: Final = ("patient", "carer")

_FILE_NAME: Final = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2})\.md")
_SOURCE: Final = re.compile(r"S-\d\d|LABEL|NHS")


class BrokenLeaflet(ValueError):
    """A leaflet is not right. The message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One leaflet in one language.

    `sources` are statements of the clinical review (S-nn) and other sources of the specification; `rules`
    are the findings that it goes with; one that `is_for_start` is offered when treatment starts. `reviewed`
    is the day of a clinician's review, None before it.
    """

    slug: str
    language: str
    title: str
    topics: tuple[str, ...]
    audience: str
    version: str
    sources: tuple[str, ...]
    rules: tuple[str, ...]
    is_for_start: bool
    reviewed: date | None
    body: str


Catalogue = Mapping[tuple[str, str], Leaflet]
"""Leaflets by slug and language."""


@cache
def shipped_leaflets() -> Catalogue:
    """Every leaflet that ships. Raises BrokenLeaflet."""
    return read_catalogue(CONTENT)


def read_catalogue(folder: Path) -> Catalogue:
    """Every leaflet of a folder. Raises BrokenLeaflet."""
    leaflets = (parse_leaflet(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md")))
    return {(leaflet.slug, leaflet.language): leaflet for leaflet in leaflets}


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
        rules=read.texts("rules"),
        is_for_start=read.yes_or_no("is_for_start"),
        reviewed=read.day("reviewed"),
        body=body.strip() + "\n",
    )
    if leaflet.slug != named["slug"]:
        raise BrokenLeaflet(f"{name}: slug: it says {leaflet.slug!r}, and the file's name says {named['slug']!r}")
    if unknown := sorted(front.keys() - {field.name for field in fields(Leaflet)}):
        raise BrokenLeaflet(f"{name}: {unknown[0]}: there is no such field")
    if not body.strip():
        raise BrokenLeaflet(f"{name}: body: it is empty")
    return leaflet


def _split(name: str, content: str) -> tuple[dict[str, Any], str]:
    before, opening, rest = content.partition(f"{FENCE}\n")
    front, closing, body = rest.partition(f"\n{FENCE}\n")
    if before or not opening or not closing:
        raise BrokenLeaflet(f"{name}: front matter: it has to stand first, between two lines of {FENCE}")
    try:
        return tomllib.loads(front), body
    except tomllib.TOMLDecodeError as error:
        raise BrokenLeaflet(f"{name}: front matter: {error}") from error


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter of one file, read field by field."""

    name: str
    values: Mapping[str, Any]

    def refuse(self, field: str, problem: str) -> BrokenLeaflet:
        return BrokenLeaflet(f"{self.name}: {field}: {problem}")

    def text(self, field: str, *, one_of: tuple[str, ...] = ()) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(field, "it has to be a text")
        if one_of and value not in one_of:
            raise self.refuse(field, f"it has to be one of {', '.join(one_of)}")
        return value

    def texts(self, field: str, *, least: int = 0, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.refuse(field, "it has to be a list of texts")
        if len(value) < least:
            raise self.refuse(field, "it is empty")
        for one in value:
            if pattern is not None and not pattern.fullmatch(one):
                raise self.refuse(field, f"{one!r} is no source")
        return tuple(value)

    def yes_or_no(self, field: str) -> bool:
        value = self.values.get(field)
        if not isinstance(value, bool):
            raise self.refuse(field, "it has to be true or false")
        return value

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


def choose_leaflets(rules: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The slugs of the leaflets that go with these rules; with none, those for the start of treatment."""
    found = set(rules)
    return [
        leaflet.slug
        for leaflet in catalogue.values()
        if leaflet.language == FALLBACK and (found & set(leaflet.rules) if found else leaflet.is_for_start)
    ]
