"""Whatever is said to a patient names the number that is answered at that moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from symptoms.flow.advise import call_team
from symptoms.flow.safety import safe_advice, self_harm_advice
from symptoms.models import Patient

pytestmark = pytest.mark.django_db

DAY, NIGHT = "+32 2 555 01 00", "+32 2 555 01 99"
MOMENTS = {
    "as it opens": (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), DAY),
    "a second before": (datetime(2026, 3, 2, 6, 59, 59, tzinfo=UTC), NIGHT),
    "a second before it closes": (datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC), DAY),
    "as it closes": (datetime(2026, 3, 2, 17, 0, tzinfo=UTC), NIGHT),
    "on Saturday": (datetime(2026, 3, 7, 11, 0, tzinfo=UTC), NIGHT),
}


@pytest.mark.parametrize(("now", "number"), MOMENTS.values(), ids=list(MOMENTS))
def test_when_nothing_else_helps_the_number_is_one_that_is_answered(ada: Patient, now: datetime, number: str) -> None:
    other = DAY if number == NIGHT else NIGHT
    for advice in (safe_advice(ada, now), self_harm_advice(ada, now)):
        assert number in advice["text"]
        assert other not in advice["text"]
        assert {action["phone"] for action in advice["actions"]} == {number, "112"}


@pytest.mark.parametrize("now", [moment for moment, _ in MOMENTS.values()], ids=list(MOMENTS))
def test_a_clinic_without_another_number_is_called_by_its_own(ada: Patient, now: datetime) -> None:
    ada.clinic.out_of_hours_phone = ""
    assert call_team(ada, now)["phone"] == DAY
    assert "Emergency department, gate 3" in safe_advice(ada, now)["text"]
