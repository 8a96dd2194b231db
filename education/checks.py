"""Refuses to start with leaflets that cannot be read, or that cite what does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from education.catalogue import CONTENT, FALLBACK, BrokenLeaflet, Catalogue, read_catalogue
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS
from symptoms.models.fields import LANGUAGES


@register
def check_leaflets(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every shipped leaflet is whole, has an English text to fall back on, and cites rules and sources that exist."""
    try:
        catalogue = read_catalogue(CONTENT)
    except BrokenLeaflet as error:
        return [Error(str(error), id="education.E001")]
    return list(find_problems(catalogue))


def find_problems(catalogue: Catalogue) -> Iterator[CheckMessage]:
    """What is wrong with leaflets that can be read."""
    languages = {code for code, _ in LANGUAGES}
    for (slug, language), leaflet in catalogue.items():
        name = f"{slug}.{language}.md"
        english = catalogue.get((slug, FALLBACK))
        if english is None:
            yield Error(f"{name}: there is no English text.", id="education.E002")
        elif (leaflet.rules, leaflet.is_for_start) != (english.rules, english.is_for_start):
            yield Error(f"{name}: rules: it goes with other findings than the English text.", id="education.E003")
        if language not in languages:
            yield Error(f"{name}: no patient can have the language {language}.", id="education.E004")
        for rule in leaflet.rules:
            if rule not in CURRENT.by_id:
                yield Error(f"{name}: rules: there is no rule {rule}.", id="education.E005")
        for source in leaflet.sources:
            if source.startswith("S-") and source not in STATEMENTS:
                yield Error(f"{name}: sources: there is no statement {source}.", id="education.E006")
