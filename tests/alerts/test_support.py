"""Every line of decision support has words that name their source, in every state of the dose log."""

from __future__ import annotations

import pytest

from alerts.admin.support import LINES, support_in_words
from symptoms.clinical.decision_support import Support
from symptoms.clinical.rules import SOURCES
from symptoms.clinical.source import STATEMENTS

TRIALS = {"SWISH", "DESIREE"}


@pytest.mark.parametrize("line", Support)
def test_every_line_of_decision_support_has_words(line: Support) -> None:
    ((text, sources, _),) = support_in_words([line], interruptions=2, baseline_ct="1 Mar 2026")
    assert text
    assert "%" not in text.replace(" %", "")
    assert set(sources.split(", ")) <= set(STATEMENTS) | set(SOURCES) | TRIALS
    assert set(LINES) == set(Support)


def test_the_count_of_interruptions_and_the_day_of_the_ct_are_said() -> None:
    said = support_in_words([Support.STOMATITIS_GRADE_2, Support.COMPARE_CT], interruptions=2, baseline_ct="1 Mar 2026")
    assert "so far: 2" in said[0][0]
    assert "1 Mar 2026" in said[1][0]
