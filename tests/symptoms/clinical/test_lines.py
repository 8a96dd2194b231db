"""Lines that cannot be judged are errors; answers that cannot be read are not."""

from __future__ import annotations

from typing import Any

import pytest

from symptoms.clinical.lines import MalformedLine, triage_record

GOOD: dict[str, Any] = {"id": "1", "now": "2026-03-12T12:00:00+01:00", "answers": {"symptoms": "none"}}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ([], "not a JSON object"),
        ({**GOOD, "id": None}, "no id"),
        ({**GOOD, "time_zone": "Mars/Olympus"}, "unknown time zone 'Mars/Olympus'"),
        ({**GOOD, "time_zone": "../../etc/passwd"}, "unknown time zone '../../etc/passwd'"),
        ({**GOOD, "time_zone": 1}, "time_zone is not a text"),
        ({**GOOD, "now": "2026-03-12T12:00:00"}, "now has no zone"),
        ({**GOOD, "now": "2026-03-12"}, "now has no zone"),
        ({**GOOD, "now": "noon"}, "now is not a time"),
        ({**GOOD, "now": None}, "now is not a time"),
        ({**GOOD, "now": "0001-01-01T00:00:00Z", "time_zone": "America/New_York"}, "now lies outside the calendar"),
        ({"id": "1", "now": GOOD["now"]}, "answers is not a JSON object"),
        ({**GOOD, "history": {}}, "history is not a list"),
        ({**GOOD, "history": [1]}, "history[0] is not a JSON object"),
        ({**GOOD, "history": [{"at": "2026-03-01T00:00:00", "answers": {}}]}, "history[0].at has no zone"),
        ({**GOOD, "history": [{"at": GOOD["now"]}]}, "history[0].answers is not a JSON object"),
    ],
)
def test_a_malformed_line_says_what_is_wrong(line: Any, message: str) -> None:
    with pytest.raises(MalformedLine) as refusal:
        triage_record(line)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "change",
    [
        {"baseline": None},
        {"baseline": 3},
        {"history": None},
        {"history": []},
        {"final": None},
        {"time_zone": "Asia/Tokyo"},
    ],
)
def test_what_may_be_left_out_may_be_empty(change: dict[str, Any]) -> None:
    assert triage_record({**GOOD, **change})["urgency"] == "none"


def test_the_output_has_the_fields_of_the_contract() -> None:
    assert triage_record({**GOOD, "answers": {"cough.severity": 1, "cough.interference": 0}}) == {
        "id": "1",
        "urgency": "routine",
        "findings": [{"rule": "RESP-COUGH-MILD", "urgency": "routine"}],
        "stomatitis_grade_review": None,
        "composites": {"cough": 1},
    }
