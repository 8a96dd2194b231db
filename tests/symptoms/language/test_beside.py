"""Whatever people say beside an urgent complaint, before or after it, with a mark or none: it stays urgent."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Final

import pytest

from symptoms.wording import LANGUAGES
from tests.symptoms.language.measuring import SENTENCES
from tests.symptoms.language.reading import labels

BESIDE: Final = tomllib.loads((SENTENCES / "beside.toml").read_text(encoding="utf-8"))
EVERY: Final = 3
"""Of the ways in which a remark stands beside a complaint, every so many is read; the next remark takes others."""


def _said_together(language: str, kind: str) -> Iterator[str]:
    """Each complaint with each remark after it, and those that ask nothing before it."""
    for at, complaint in enumerate(BESIDE[language][kind]):
        for then, remark in enumerate(BESIDE[language]["remarks"]):
            yield from _ways(complaint, remark)[(at + then) % EVERY :: EVERY]


def _ways(complaint: str, remark: str) -> list[str]:
    """A remark after a complaint, with no mark, a comma or a full stop, and before it unless it asks."""
    after = [f"{complaint} {remark}", f"{complaint}, {remark}", f"{complaint}. {_capital(remark)}"]
    if remark.endswith("?"):
        return after
    return [*after, f"{_capital(remark)}, {complaint}", f"{_capital(remark)}. {_capital(complaint)}"]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "label"), [("complaints", "urgent_by_review"), ("dangers", "emergency")])
def test_what_is_said_beside_a_complaint_takes_nothing_away(language: str, kind: str, label: str) -> None:
    sentences = list(_said_together(language, kind))

    assert len(sentences) > 1000
    assert [text for text in sentences if not labels(language, text)[label]] == []
