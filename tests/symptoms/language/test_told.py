"""In whatever way an urgent complaint is told, in capitals or without accents as well: it is urgent."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from typing import Final

import pytest

from symptoms.wording import LANGUAGES
from tests.symptoms.language.measuring import SENTENCES
from tests.symptoms.language.reading import labels

TOLD: Final = tomllib.loads((SENTENCES / "told.toml").read_text(encoding="utf-8"))


def _told(language: str) -> Iterator[str]:
    """Each complaint in each way that it fits into, every third in capitals, every third without accents."""
    for group in TOLD[language].values():
        for at, way in enumerate(group["ways"]):
            for place, complaint in enumerate(group["complaints"]):
                yield _typed(way.format(complaint), at + place)


def _typed(text: str, turn: int) -> str:
    if turn % 3 == 1:
        return text.upper()
    return _without_accents(text) if turn % 3 == 2 and "sí" not in text else text


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complaint_is_urgent_in_whatever_way_it_is_told(language: str) -> None:
    sentences = list(_told(language))

    assert len(sentences) > 1000
    assert [text for text in sentences if not labels(language, text)["urgent_by_review"]] == []
