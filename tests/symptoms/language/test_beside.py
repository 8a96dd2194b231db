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


def _said_together(language: str) -> Iterator[str]:
    """Each complaint with each remark after it, and those that ask nothing before it."""
    for complaint in BESIDE[language]["complaints"]:
        for remark in BESIDE[language]["remarks"]:
            yield f"{complaint}, {remark}"
            yield f"{complaint} {remark}"
            yield f"{complaint}. {_capital(remark)}"
            if not remark.endswith("?"):
                yield f"{_capital(remark)}, {complaint}"
                yield f"{_capital(remark)}. {_capital(complaint)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_beside_a_complaint_takes_nothing_away(language: str) -> None:
    sentences = list(_said_together(language))

    assert len(sentences) > 700
    assert [text for text in sentences if not labels(language, text)["urgent_by_review"]] == []
