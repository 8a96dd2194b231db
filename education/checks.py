"""Refuses to start with leaflets that cannot be read, lack a language or a threshold, or cite what does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.core.checks import CheckMessage, Error, Info, register

from education.catalogue import CONTENT, FALLBACK, BrokenLeaflet, Catalogue, Leaflet, read_catalogue
from education.curriculum import ANSWERS, LESSONS, REFRESHER
from education.pictures import draw
from education.rendering import picture_names
from education.thresholds import calls_of, missing_thresholds
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS
from symptoms.models.fields import LANGUAGES

SAME_IN_ALL_LANGUAGES: Final = ("version", "topics", "audience", "sources")


@register
def check_leaflets(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every shipped leaflet is whole and the same in every language, and the curriculum names only what exists.

    Those that no clinician has reviewed are named, each time.
    """
    try:
        catalogue = read_catalogue(CONTENT)
    except BrokenLeaflet as error:
        return [Error(str(error), id="education.E001")]
    return [*find_problems(catalogue), *find_gaps(catalogue), *find_unreviewed(catalogue)]


def find_problems(catalogue: Catalogue) -> Iterator[CheckMessage]:
    """What is wrong with leaflets that can be read. Every message names the file and the field."""
    languages = [code for code, _ in LANGUAGES]
    for slug in sorted({slug for slug, _ in catalogue}):
        for language in languages:
            if (slug, language) not in catalogue:
                yield Error(f"{slug}.{language}.md: there is no such translation.", id="education.E002")
    for (slug, language), leaflet in catalogue.items():
        name = f"{slug}.{language}.md"
        if language not in languages:
            yield Error(f"{name}: no patient can have the language {language}.", id="education.E004")
            continue
        if (english := catalogue.get((slug, FALLBACK))) is not None:
            for field, told in _differences(leaflet, english):
                yield Error(f"{name}: {field}: it is not as in English: {told}.", id="education.E003")
        yield from _faults_of(name, leaflet)


def _faults_of(name: str, leaflet: Leaflet) -> Iterator[CheckMessage]:
    for source in leaflet.sources:
        if source.startswith("S-") and source not in STATEMENTS:
            yield Error(f"{name}: sources: there is no statement {source}.", id="education.E006")
    for picture in picture_names(leaflet.body):
        if draw(picture) is None:
            yield Error(f"{name}: body: there is no picture {picture}.", id="education.E007")
    for threshold in missing_thresholds(leaflet.slug, leaflet.language, calls_of(leaflet.body)):
        yield Error(f"{name}: body: where it says when to call, it leaves out {threshold}.", id="education.E010")


def find_gaps(catalogue: Catalogue) -> Iterator[CheckMessage]:
    """Where the curriculum and the leaflets do not fit."""
    slugs = {slug for slug, _ in catalogue}
    taught = {slug for lesson in LESSONS for slug in lesson.slugs} | set(REFRESHER) | set(ANSWERS)
    for slug in sorted(taught - slugs):
        yield Error(f"education/curriculum.py: {slug}: there is no such leaflet.", id="education.E008")
    for slug in sorted(slugs - taught):
        yield Error(f"{slug}.{FALLBACK}.md: slug: the curriculum never offers it.", id="education.E009")
    for slug, rules in ANSWERS.items():
        for rule in sorted(set(rules) - set(CURRENT.by_id)):
            yield Error(f"education/curriculum.py: {slug}: there is no rule {rule}.", id="education.E005")


def find_unreviewed(catalogue: Catalogue) -> Iterator[CheckMessage]:
    """One message for all leaflets that wait for a clinician's review. It stops no start."""
    waiting = sorted(key for key, leaflet in catalogue.items() if leaflet.reviewed is None)
    named = [
        f"{slug} ({', '.join(language for _, language in group)})" for slug, group in groupby(waiting, itemgetter(0))
    ]
    if waiting:
        told = f"{len(waiting)} of {len(catalogue)} leaflets have not been reviewed by a clinician"
        yield Info(f"{told}: {'; '.join(named)}.", id="education.I001")


def _differences(leaflet: Leaflet, english: Leaflet) -> Iterator[tuple[str, str]]:
    for field in SAME_IN_ALL_LANGUAGES:
        ours, theirs = getattr(leaflet, field), getattr(english, field)
        if ours != theirs:
            yield field, f"{_words(ours)} and {_words(theirs)}"
    shapes = [[(one.id, one.right, len(one.options)) for one in both.questions] for both in (leaflet, english)]
    if shapes[0] != shapes[1]:
        yield "questions", "other questions, another right answer, or another number of options"
    pictures = [picture_names(both.body) for both in (leaflet, english)]
    if pictures[0] != pictures[1]:
        yield "body", "other pictures"


def _words(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
