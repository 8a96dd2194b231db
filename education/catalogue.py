"""The leaflets that ship with the product, and which of them goes with what.

Pure. A leaflet is a Markdown file `<slug>.<language>.md` with a TOML front matter between lines of `+++`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

CONTENT: Final = Path(__file__).parent / "content"
FALLBACK: Final = "en"
FENCE: Final = "+++"


class BrokenLeaflet(ValueError):
    """A leaflet's front matter is not right. The message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One leaflet in one language.

    `sources` are statements of the clinical review; `rules` are the findings it goes with; one that
    `is_for_start` is offered when treatment starts. `reviewed` is the date of a clinician's review, or "".
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
    reviewed: str
    body: str


Catalogue = Mapping[tuple[str, str], Leaflet]


@cache
def shipped_leaflets() -> Catalogue:
    """Every leaflet that ships, by slug and language. Raises BrokenLeaflet."""
    leaflets = (parse_leaflet(path.name, path.read_text(encoding="utf-8")) for path in sorted(CONTENT.glob("*.md")))
    return {(leaflet.slug, leaflet.language): leaflet for leaflet in leaflets}


def parse_leaflet(name: str, content: str) -> Leaflet:
    """A leaflet from its file's name and content. Raises BrokenLeaflet naming the file and the field."""
    slug, language, _ = name.split(".")
    _, fence, rest = content.partition(f"{FENCE}\n")
    front, closing, body = rest.partition(f"\n{FENCE}\n")
    if not fence or not closing:
        raise BrokenLeaflet(f"{name}: the front matter has to stand between two lines of {FENCE}")
    try:
        fields = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLeaflet(f"{name}: front matter: {error}") from error

    def read(field: str, kind: type) -> object:
        if not isinstance(fields.get(field), kind):
            raise BrokenLeaflet(f"{name}: {field} is missing or not a {kind.__name__}")
        return fields[field]

    def read_list(field: str) -> tuple[str, ...]:
        values = read(field, list)
        assert isinstance(values, list)
        return tuple(map(str, values))

    if read("slug", str) != slug:
        raise BrokenLeaflet(f"{name}: slug is {fields['slug']!r}, but the file is named {slug!r}")
    return Leaflet(
        slug=slug,
        language=language,
        title=str(read("title", str)),
        topics=read_list("topics"),
        audience=str(read("audience", str)),
        version=str(read("version", str)),
        sources=read_list("sources"),
        rules=read_list("rules"),
        is_for_start=bool(read("is_for_start", bool)),
        reviewed=str(read("reviewed", str)),
        body=body.strip() + "\n",
    )


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
