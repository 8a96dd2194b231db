"""The words of the clinician site in the languages of its staff: complete, and compiled as they are written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.utils import translation

LANGUAGES: Final = [code for code, _ in settings.LANGUAGES if code != "en"]
ENTRY: Final = re.compile(
    r"^msgid ((?:\".*\"\n)+)(?:msgid_plural (?:\".*\"\n)+)?((?:msgstr.*\n(?:\".*\"\n)*)+)", re.MULTILINE
)
SHOWN: Final = re.compile(
    r"ValidationError|Cannot\w+|NoWay|HasRisen|NotOfThisClinic|ReasonMissing|TooLittle|NotTheirs|NobodyHasIt|StaysClosed"
    r"|LinkUsed|add_error|message_user|log_change|log_addition|success|warning|info"
)
"""Refusals, messages and entries of a history, by what says them to people of the clinic."""
NOT_SHOWN: Final = (
    "api",
    "api.py",
    "api_pages.py",
    "fhir",
    "language",
    "clinical",
    "management",
    "migrations",
    "transports",
)
PLACEHOLDER: Final = re.compile(r"%\(\w+\)\w|\{\w*\}|%%")


def catalogue(language: str) -> Path:
    return settings.BASE_DIR / "config" / "locale" / language / "LC_MESSAGES" / "django.po"


def unquoted(text: str) -> str:
    return "".join(re.findall(r'"(.*)"', text))


def entries(language: str) -> list[tuple[str, list[str]]]:
    """Each English text, with its translation or its two."""
    found = []
    for english, translated in ENTRY.findall(catalogue(language).read_text()):
        words = [unquoted(part) for part in re.split(r"^msgstr(?:\[\d\])? ", translated, flags=re.MULTILINE)[1:]]
        if unquoted(english):
            found.append((unquoted(english), words))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    for english, words in entries(language):
        assert all(words), english
        assert set(PLACEHOLDER.findall(words[-1])) >= set(PLACEHOLDER.findall(english)), english


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with catalogue(language).with_suffix(".mo").open("rb") as file:
        compiled: dict[Any, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    written = [word.replace('\\"', '"').replace("\\n", "\n") for _, words in entries(language) for word in words]
    assert sorted(written) == sorted(text for key, text in compiled.items() if key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_texts(language: str) -> None:
    assert {english for english, _ in entries(language)} == {english for english, _ in entries(LANGUAGES[0])}


def test_a_nurse_reads_her_language() -> None:
    with translation.override("nl"):
        assert translation.gettext("Take it") != "Take it"


def english_in(module: Path) -> Iterator[str]:
    """Sentences that are said to people without a way into their languages."""
    for call in ast.walk(ast.parse(module.read_text())):
        if isinstance(call, ast.Call) and SHOWN.fullmatch(ast.unparse(call.func).rpartition(".")[2]):
            is_log = ast.unparse(call.func).startswith(("logger.", "self.log."))
            values = [value for one in call.args for value in (one.values if isinstance(one, ast.Dict) else [one])]
            said = [one for one in values if isinstance(one, ast.JoinedStr) or is_sentence(one)]
            if said and not is_log:
                yield f"{module.name}:{call.lineno}: {ast.unparse(said[0])}"


def is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def test_whatever_is_said_to_people_has_a_way_into_their_languages() -> None:
    modules = [
        path
        for folder in ("symptoms", "alerts", "education", "config")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if not set(path.parts) & set(NOT_SHOWN)
    ]
    assert [said for module in modules for said in english_in(module)] == []
