"""Whatever a drawing stands for has its colours, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alerts.models.visit import VisitStatus
from symptoms.admin.overview.trend import GRADED
from symptoms.clinical.terms import Urgency

STYLES = (Path(__file__).parents[3] / "symptoms/static/symptoms/pages.css").read_text(encoding="utf-8")
TONES = [
    *(urgency.code for urgency in Urgency),
    *(symptom.value for symptom in GRADED),
    *(status.value for status in VisitStatus),
    *("temperature", "grade", "dose", "interrupted"),
]


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_has_its_colours(tone: str) -> None:
    named = re.search(rf"\.tone-{tone}(?:, [^{{]*)? \{{ --tone: (?:var\((--[a-z-]+)\)|currentColor)", STYLES)
    named = named or re.search(rf"[^}}]*\.tone-{tone} \{{ --tone: (?:var\((--[a-z-]+)\)|currentColor)", STYLES)
    assert named is not None, tone
    if named[1]:
        assert STYLES.count(f"{named[1]}: #") == 2, "once in light and once in dark"
