"""A long text is read in good time, whatever it repeats: the work grows by less than the square of its length."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from symptoms.clinical.terms import MAX_TEXT_LENGTH
from symptoms.language import LexiconUnderstander

TODAY = date(2026, 3, 9)


def work_on(text: str) -> int:
    """The Python functions that are called to understand it."""
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        LexiconUnderstander().understand(text, language="en", today=TODAY)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "repeated",
    [
        "I have two sores and I cough a lot. ",
        "two sores since Monday, they healed. ",
        "another sore, ",
        "mouth sores. ",
        "breathless ",
        "if I cough and my mother says the sores are gone but not all, ",
    ],
)
def test_a_text_of_twice_the_length_takes_less_than_four_times_the_work(repeated: str) -> None:
    longest = (repeated * MAX_TEXT_LENGTH)[:MAX_TEXT_LENGTH]
    work_on(longest[:500])  # what is read once and kept is not counted

    assert work_on(longest) < 4 * work_on(longest[: MAX_TEXT_LENGTH // 2])
