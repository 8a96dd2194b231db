"""Every line of decision support has words that name their source, in every state of the dose log."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from alerts.admin.support import LINES, support_in_words
from symptoms.admin.words import TRIALS
from symptoms.clinical.decision_support import Support
from symptoms.clinical.rules import SOURCES
from symptoms.clinical.source import STATEMENTS


@pytest.mark.parametrize("line", Support)
def test_every_line_of_decision_support_has_words(line: Support) -> None:
    ((text, sources, _),) = support_in_words([line], interruptions=2, baseline_ct="1 Mar 2026")
    assert text
    assert "%" not in text.replace(" %", "")
    assert set(sources) <= set(STATEMENTS) | set(SOURCES) | set(TRIALS)
    assert set(LINES) == set(Support)


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_a_grade_and_a_dose_cannot_be_read_as_one_number(language: str) -> None:
    with override(language):
        said = [text for text, _, _ in support_in_words(Support, interruptions=2, baseline_ct="")]
    assert not [text for text in said if re.search(r"\d\s+\d", text)]


def test_the_count_of_interruptions_and_the_day_of_the_ct_are_said() -> None:
    said = support_in_words([Support.STOMATITIS_GRADE_2, Support.COMPARE_CT], interruptions=2, baseline_ct="1 Mar 2026")
    assert "so far: 2" in said[0][0]
    assert "1 Mar 2026" in said[1][0]
