"""The words of the site that no code marks for translation: names and help texts of fields, codes, rules and sources.

They are said by models and by pure modules, which know no translation. `say_models` has them translated where they are
shown; `written` is the file by which the translators' tools find them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.translation import gettext_lazy, override

from alerts.models import Alert
from alerts.stated import COLUMNS
from education.thresholds import thresholds
from symptoms.admin.words import say_lazily
from symptoms.clinical.grades import REVIEW_SCALE
from symptoms.clinical.rules import PASSAGES, SOURCES
from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.source import STATEMENTS
from symptoms.clinical.terms import Exertion, Intake, OtherSymptom, RedFlag

FILE: Final[Path] = settings.BASE_DIR / "config" / "words_to_translate.py"
HEAD: Final = """\"\"\"Made by `manage.py gather_words`: what the site shows without marking it for translation.\"\"\"

# ruff: noqa: E501  (whole texts)
# fmt: off

from django.utils.translation import gettext_noop as _

"""


OF_THE_THEME: Final = (
    "All applications", "Dark", "Date", "False", "Filters", "Go back", "Light", "Reset filters",
    "Select action", "Select action to run", "Select all rows", "Select record", "Select value", "System", "Time",
    "True",
    "Type to search",
)  # fmt: skip
"""What the theme says in English only."""

MONTHS: Final = ("jun", "jul", "aug")
"""Months in short that Django cuts too short for one language: in French, June and July in nearly the same letters."""


SAID: Final = frozenset({"problem", "regimen", "sender", "symptom"})
"""Fields whose codes have words of the site's own."""


def say_models() -> None:
    """Have everything that models say of themselves translated when it is shown. Migrations see nothing of it."""
    for pages, model in _shown_models():
        model._meta.verbose_name = gettext_lazy(str(model._meta.verbose_name))
        model._meta.verbose_name_plural = gettext_lazy(str(model._meta.verbose_name_plural))
        for field in _shown_fields(pages, model):
            field.verbose_name = gettext_lazy(str(field.verbose_name))
            field.help_text = gettext_lazy(str(field.help_text)) if field.help_text else ""
            if field.name != "language" and field.choices:
                field.choices = [
                    (code, say_lazily(code, field.name) if field.name in SAID else gettext_lazy(str(words)))
                    for code, words in field.flatchoices
                ]


def texts() -> list[str]:
    """Every text, in English, in a fixed order."""
    with override(None):
        found = {*_of_models(), *_of_rules(), *_of_answers(), *_of_leaflets(), *OF_THE_THEME, *MONTHS}
    return sorted(text for text in found if any(map(str.isalpha, text)))


def written() -> str:
    """The file for the translators' tools."""
    return HEAD + "".join(f"_({_quoted(text)})\n" for text in texts())


def _quoted(text: str) -> str:
    return repr(text) if '"' in text else f'"{text}"'


def _of_models() -> Iterator[str]:
    for pages, model in _shown_models():
        yield from (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        for field in _shown_fields(pages, model):
            yield from (str(field.verbose_name), str(field.help_text))
            if field.name not in {"language", *SAID}:
                yield from (str(words) for _, words in field.flatchoices)


def _of_rules() -> Iterator[str]:
    """Rulesets, rules in their own words, and what their sources say."""
    yield from (ruleset.title for ruleset in RULESETS.values())
    rules = [rule for ruleset in RULESETS.values() for rule in ruleset.rules]
    yield from (rule.text for rule in rules)
    yield from (statement.text for statement in STATEMENTS.values())
    yield from SOURCES.values()
    yield from PASSAGES.values()
    yield REVIEW_SCALE


def _of_answers() -> Iterator[str]:
    """What the summary to print says of an answer, in a word or two."""
    codes = [*RedFlag, *Intake, *Exertion, *OtherSymptom]
    yield from (code.replace("_", " ") for code in codes)
    yield from (*COLUMNS, "blood in the cough", "rigors")


def _of_leaflets() -> Iterator[str]:
    """What a leaflet has to say, as its author is told of what it leaves out."""
    yield from (threshold.name for threshold in thresholds())


def _shown_models() -> Iterator[tuple[Any, type[Model]]]:
    for model, pages in admin.site._registry.items():
        yield pages, model
        yield from ((inline, inline.model) for inline in pages.inlines)


def _shown_fields(pages: Any, model: type[Model]) -> Iterator[Field[Any, Any]]:
    """The fields of a model that its pages name somewhere."""
    for name in dict.fromkeys(_names(pages)):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, Field):
            yield field


def _names(pages: Any) -> Iterable[str]:
    if not pages.fields and not pages.fieldsets and pages.model is not Alert:  # its form is made of all fields
        yield from (field.name for field in pages.model._meta.fields if field.editable)
    yield from flatten(pages.fields or [])
    yield from flatten_fieldsets(pages.fieldsets or [])
    yield from getattr(pages, "list_display", ())
    yield from (one for one in getattr(pages, "list_filter", ()) if isinstance(one, str))
    yield from pages.readonly_fields
