"""Reports that were kept without a network: judged the oldest first, each by itself, the most urgent told first."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.clinical.terms import Slot
from symptoms.flow.advise import call_team
from symptoms.flow.assess import stored
from symptoms.models import Assessment, Patient, Practitioner, SymptomReport
from symptoms.prepared import Write
from tests.symptoms.api.test_reports import BREATHLESS

WELL = {"symptoms": "none"}
COUGH = {"symptoms": ["cough"], "red_flags": "none", "cough.severity": 1, "cough.interference": 0, "cough.blood": "no",
         "fever.temperature_c": 36.6}  # fmt: skip


def kept(answers: dict[str, Any], days_ago: int = 0, **fields: Any) -> dict[str, Any]:
    occurred_at = timezone.now() - timedelta(days=days_ago, minutes=1)
    return {"client_id": str(uuid.uuid4()), "occurred_at": occurred_at.isoformat(), "answers": answers, **fields}


def send(api: APIClient, reports: list[Any]) -> Any:
    return api.post("/api/v1/reports/batch", {"reports": reports})


def test_every_report_gets_its_result_in_the_order_of_the_batch(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    sent = [kept(WELL), kept(BREATHLESS, days_ago=2), kept(COUGH, days_ago=3)]

    answer = send(ada_api, sent)

    results = answer.json()["results"]
    assert answer.status_code == 207
    assert [result["client_id"] for result in results] == [one["client_id"] for one in sent]
    assert [result["status"] for result in results] == [201, 201, 201]
    for result in results:
        assert result["report"] == ada_api.get(f"/api/v1/reports/{result['report']['id']}").json()


def test_an_urgent_one_alerts_at_once_and_its_instruction_is_in_the_answer(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner
) -> None:
    answer = send(ada_api, [kept(WELL), kept(BREATHLESS, days_ago=2), kept(COUGH, days_ago=9)]).json()

    assert answer["advice"] == answer["results"][1]["report"]["advice"]
    assert answer["advice"]["urgency"] == "urgent"
    assert Alert.objects.get(patient=ada, problem="respiratory").notifications.exists()
    assert not SymptomReport.objects.exclude(assess_due_at=None).exists()


@pytest.mark.parametrize("order", list(itertools.permutations([0, 1, 2])), ids=str)
def test_the_order_within_the_batch_decides_nothing(
    ada_api: APIClient, nurse_kim: Practitioner, order: tuple[int, ...]
) -> None:
    """A cough on two days is urgent on the second, in whatever order the two reports arrive."""
    days = [kept(COUGH, days_ago=4), kept(COUGH, days_ago=2), kept(WELL, days_ago=1)]

    results = send(ada_api, [days[number] for number in order]).json()["results"]

    found = {result["client_id"]: result["report"]["urgency"] for result in results}
    assert [found[day["client_id"]] for day in days] == ["routine", "urgent", "none"]


BAD: list[tuple[Any, str]] = [
    ({"answers": {}}, "client_id"),
    ({"client_id": "1", "answers": {}}, "client_id"),
    ({"client_id": str(uuid.uuid4()), "answers": [], "urgent": True}, "answers"),
    ({"client_id": str(uuid.uuid4()), "occurred_at": "2026-03-01T10:00:00"}, "answers"),
    ("a text", "non_field_errors"),
    (None, "non_field_errors"),
]


@pytest.mark.parametrize(("bad", "field"), BAD, ids=[field for _, field in BAD])
def test_one_that_cannot_be_read_keeps_out_no_other(
    ada_api: APIClient, nurse_kim: Practitioner, bad: Any, field: str
) -> None:
    results = send(ada_api, [kept(BREATHLESS), bad, kept(WELL)]).json()["results"]

    assert [result["status"] for result in results] == [201, 400, 201]
    assert field in results[1]["error"]["fields"]
    assert "report" not in results[1]
    assert SymptomReport.objects.count() == 2


def test_one_that_cannot_be_stored_keeps_out_no_other_and_is_to_be_sent_again(
    ada_api: APIClient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [kept(BREATHLESS), kept(COUGH, days_ago=1), kept(WELL, days_ago=2)]

    def fail(report: SymptomReport) -> Write:
        if report.answers == COUGH:
            raise OSError("the disk is full")
        return stored(report)

    with monkeypatch.context() as broken:
        for place in ("assess", "report"):
            broken.setattr(f"symptoms.flow.{place}.stored", fail)
        first = send(ada_api, sent).json()["results"]
    again = send(ada_api, sent).json()["results"]

    assert [result["status"] for result in first] == [201, 500, 201]
    assert first[1]["error"]["code"] == "unavailable"
    assert "call your clinic" in first[1]["error"]["message"]
    assert [result["status"] for result in again] == [201, 201, 201]
    assert SymptomReport.objects.count() == 3


def test_one_that_cannot_be_judged_is_told_as_urgent(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("symptoms.flow.assess.assess", fail)

    answer = send(ada_api, [kept(WELL)]).json()

    assert answer["results"][0]["status"] == 201
    assert answer["results"][0]["report"]["urgency"] is None
    assert answer["advice"]["urgency"] == "urgent"
    assert call_team(ada, timezone.now())["phone"] in answer["advice"]["text"]
    assert Alert.objects.get(patient=ada).problem == "system"


def test_the_same_batch_again_is_the_same_answer(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    sent = [kept(BREATHLESS, days_ago=1), kept(WELL)]

    first, again = send(ada_api, sent), send(ada_api, list(sent))

    assert first.json() == again.json()
    assert SymptomReport.objects.count() == Assessment.objects.count() == 2


def test_the_same_report_twice_is_one_and_two_under_one_id_conflict(ada_api: APIClient) -> None:
    one = kept(WELL, days_ago=1)
    other = {**one, "answers": COUGH}

    twice = send(ada_api, [one, one]).json()["results"]
    conflict = send(ada_api, [other]).json()["results"]

    assert twice[0] == twice[1]
    assert (conflict[0]["status"], conflict[0]["error"]["code"]) == (409, "client_id_conflict")
    assert SymptomReport.objects.count() == 1


def test_an_answer_that_is_not_right_counts_as_unknown(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    (result,) = send(ada_api, [kept({**COUGH, "cough.severity": 9})]).json()["results"]

    assert (result["status"], result["report"]["urgency"]) == (201, "urgent")


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({"dyspnoea.severity": 4}, "urgent"),
        ({"symptoms": "none", "comment": "I cannot breathe"}, "emergency"),
        ({**COUGH, "danger_signs": ["breath"]}, "urgent"),
        ({"symptoms": {"cough": 1}, "danger_signs": []}, "urgent"),
    ],
)
def test_an_answer_to_a_question_that_there_is_not_may_be_anything(
    ada_api: APIClient, nurse_kim: Practitioner, answers: dict[str, Any], urgency: str
) -> None:
    sent = [kept(answers)]
    (result,) = send(ada_api, sent).json()["results"]

    assert (result["status"], result["report"]["urgency"]) == (201, urgency)
    assert "SYMPTOMS-UNKNOWN" in [finding["rule"] for finding in result["report"]["findings"]]
    assert all(name in result["report"]["answers"]["other.text"] for name in answers if name not in frozenset(Slot))
    assert send(ada_api, sent).json()["results"] == [result]
    assert SymptomReport.objects.count() == 1


@pytest.mark.parametrize("occurred_at", ["yesterday", "2026-03-01T10:00:00", 5, "", []], ids=str)
def test_a_time_that_cannot_be_read_is_not_believed_and_flagged(ada_api: APIClient, occurred_at: Any) -> None:
    (result,) = send(ada_api, [kept(WELL, occurred_at=occurred_at)]).json()["results"]

    report = SymptomReport.objects.get()
    assert (result["status"], result["report"]["urgency"]) == (201, "none")
    assert report.occurred_at == report.received_at
    assert report.is_clock_wrong


def test_an_unknown_respondent_is_unknown(ada_api: APIClient) -> None:
    (result,) = send(ada_api, [kept(WELL, respondent="doctor")]).json()["results"]

    assert (result["status"], result["report"]["urgency"]) == (201, "none")
    assert result["report"]["answers"]["respondent"] == "unknown"


@pytest.mark.parametrize(
    ("field", "urgency"), [({"red_flags": ["blue_or_grey"]}, "emergency"), ({"comment": "no"}, "urgent")]
)
def test_a_field_that_there_is_not_is_an_answer(
    ada_api: APIClient, nurse_kim: Practitioner, field: dict[str, Any], urgency: str
) -> None:
    (result,) = send(ada_api, [kept(WELL, **field)]).json()["results"]

    assert (result["status"], result["report"]["urgency"]) == (201, urgency)


@pytest.mark.parametrize("answers", [WELL, BREATHLESS])
@pytest.mark.parametrize("client_id", [None, "1", 7])
def test_what_has_no_id_is_refused_and_put_before_the_team(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner, answers: dict[str, Any], client_id: Any
) -> None:
    sent = [{"client_id": client_id, "answers": answers}]

    first, again = send(ada_api, sent).json(), send(ada_api, sent).json()

    assert [result["status"] for result in first["results"]] == [400]
    assert first["advice"] == again["advice"]
    assert first["advice"]["urgency"] == "urgent"
    assert Alert.objects.get(patient=ada).problem == ("system" if answers is WELL else "respiratory")
    assert SymptomReport.objects.count() == (0 if answers is WELL else 1)


def test_danger_in_a_batch_that_is_too_long_is_heard(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    answer = send(ada_api, [kept(BREATHLESS), *(kept(WELL) for _ in range(100))])

    assert answer.status_code == 400
    assert Alert.objects.filter(problem="respiratory").count() == 1


def test_what_could_not_be_read_is_kept_as_words_beside_unknown(ada_api: APIClient) -> None:
    sent = {**COUGH, "cough.severity": {"Smith": "very bad"}, "other_symptoms": {"rash": 1, "hiccups": 3}}

    send(ada_api, [kept(sent)])

    report = SymptomReport.objects.get()
    assert report.answers == {**COUGH, "cough.severity": "unknown", "other_symptoms": {"rash": 1}}
    assert [(one["slot"], one["was"]) for one in report.corrections] == [
        ("cough.severity", '{"Smith": "very bad"}'),
        ("other_symptoms", '{"hiccups": 3, "rash": 1}'),
    ]


@pytest.mark.parametrize(("bad", "field"), BAD, ids=[field for _, field in BAD])
def test_with_one_refused_the_patient_is_told_whom_to_call(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner, bad: Any, field: str
) -> None:
    calm, urgent = send(ada_api, [kept(WELL), bad]).json(), send(ada_api, [kept(BREATHLESS), bad]).json()

    assert (calm["advice"]["urgency"], calm["advice"]["reasons"][0]["rule"]) == ("urgent", "COULD-NOT-ASSESS")
    assert call_team(ada, timezone.now())["phone"] in calm["advice"]["text"]
    assert urgent["advice"] == urgent["results"][0]["report"]["advice"]
    assert send(ada_api, [kept(WELL)]).json()["advice"]["urgency"] != "urgent"


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 207), (100, 207), (101, 400)])
def test_a_batch_has_one_to_a_hundred_reports(ada_api: APIClient, count: int, status: int) -> None:
    answer = send(ada_api, [kept(WELL) for _ in range(count)])

    assert answer.status_code == status
    assert SymptomReport.objects.count() == (count if status == 207 else 0)
    if status == 400:
        assert list(answer.json()["error"]["fields"]) == ["reports"]


def test_a_patient_files_for_nobody_else(
    ada_api: APIClient, ben_api: APIClient, kim_api: APIClient, nobody_api: APIClient, ada: Patient
) -> None:
    one = kept(WELL)

    answers = [send(api, [one]).status_code for api in (nobody_api, kim_api, ada_api, ben_api)]

    assert answers == [401, 403, 207, 207]
    assert SymptomReport.objects.filter(patient=ada).count() == 1
    assert SymptomReport.objects.count() == 2
