"""A whole report filed as a form: the same slots, the same rules."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.models import Assessment, Patient, Practitioner, SymptomReport
from tests.cast import api_of
from tests.symptoms.clinical.reports import MILD_SORE, change

BREATHLESS = {"symptoms": ["dyspnea"], "red_flags": "none", "dyspnea.severity": 2, "dyspnea.exertion": "minimal"}


def file(api: APIClient, answers: dict[str, Any], **body: Any) -> Any:
    return api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": answers, **body})


def test_a_report_has_the_shape_of_the_contract(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    response = file(ada_api, BREATHLESS)

    report = response.json()
    assert response.status_code == 201
    assert set(report) == {
        *("id", "client_id", "status", "occurred_at", "received_at", "respondent", "carer_id", "answers"),
        *("amendments", "urgency", "findings", "ruleset", "advice"),
    }
    assert report["answers"] == BREATHLESS
    assert (report["status"], report["urgency"], report["ruleset"]) == ("complete", "urgent", "everolimus-1")
    assert set(report["findings"][0]) == {"rule", "urgency", "text", "source"}
    assert set(report["advice"]) == {"urgency", "headline", "text", "actions", "reasons"}
    assert report["received_at"].endswith("Z")
    assert ada_api.get(f"/api/v1/reports/{report['id']}").json() == report
    assert ada_api.get("/api/v1/reports").json()["results"] == [report]


@pytest.mark.source("S-15")
def test_an_urgent_report_never_exists_without_its_alert(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner
) -> None:
    file(ada_api, BREATHLESS)

    alert = Alert.objects.get(patient=ada)
    assert (alert.problem, alert.urgency) == ("respiratory", 3)
    assert alert.notifications.count() == 1
    assessment = Assessment.objects.get()
    assert assessment.kind == "final"
    assert assessment.ruleset_hash
    assert assessment.facts["answers"] == BREATHLESS


def test_the_same_id_and_body_is_the_same_report(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    body = {"client_id": str(uuid.uuid4()), "answers": BREATHLESS}

    first, again = ada_api.post("/api/v1/reports", body), ada_api.post("/api/v1/reports", body)
    other = ada_api.post("/api/v1/reports", {**body, "answers": {"symptoms": "none"}})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert SymptomReport.objects.count() == Assessment.objects.count() == 1


BAD_ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"mouth_sores.count": 100}, "mouth_sores.count"),
    ({"mouth_sores.count": "4"}, "mouth_sores.count"),
    ({"mouth_sores.colour": "red"}, "mouth_sores.colour"),
    ({"mouth_sores.onset_on": "2999-01-01"}, "mouth_sores.onset_on"),
    ({"fever.temperature_c": 50}, "fever.temperature_c"),
    ({"symptoms": ["headache"]}, "symptoms"),
    ({"other.text": "x" * 5001}, "other.text"),
    ({"cough.severity": None}, "cough.severity"),
]


@pytest.mark.parametrize(("answers", "slot"), BAD_ANSWERS, ids=[slot for _, slot in BAD_ANSWERS])
def test_a_wrong_answer_is_refused_by_its_slot_and_nothing_is_kept(
    ada_api: APIClient, answers: dict[str, Any], slot: str
) -> None:
    response = file(ada_api, answers)

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid"
    assert list(response.json()["error"]["fields"]) == [slot]
    assert SymptomReport.objects.count() == 0


BAD_BODIES: list[tuple[dict[str, Any], str]] = [
    ({"answers": {}}, "client_id"),
    ({"client_id": "1", "answers": {}}, "client_id"),
    ({"client_id": False, "answers": {}}, "client_id"),
    ({"client_id": str(uuid.uuid4())}, "answers"),
    ({"client_id": str(uuid.uuid4()), "answers": []}, "answers"),
    ({"client_id": str(uuid.uuid4()), "answers": {}, "urgent": True}, "urgent"),
    ({"client_id": str(uuid.uuid4()), "answers": {}, "respondent": "doctor"}, "respondent"),
    ({"client_id": str(uuid.uuid4()), "answers": {}, "occurred_at": "2026-03-01T10:00:00"}, "occurred_at"),
]


@pytest.mark.parametrize(("body", "field"), BAD_BODIES, ids=[field for _, field in BAD_BODIES])
def test_a_wrong_body_is_refused_by_its_field(ada_api: APIClient, body: dict[str, Any], field: str) -> None:
    response = ada_api.post("/api/v1/reports", body)

    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == [field]


def test_nothing_ticked_is_unknown_and_not_none(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    response = file(ada_api, {"symptoms": []})

    assert response.status_code == 201
    assert response.json()["urgency"] == "urgent"
    assert [one["rule"] for one in response.json()["findings"]] == ["SYMPTOMS-UNKNOWN"]


def test_a_code_that_is_named_again_and_again_is_kept_once(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    body = {"client_id": str(uuid.uuid4()), "answers": {"symptoms": ["cough", "dyspnea"] * 500}}

    filed, again = (ada_api.post("/api/v1/reports", body) for _ in range(2))
    wrong = {"client_id": str(uuid.uuid4()), "answers": {"symptoms": ["fever", 7] * 50}}
    [kept] = ada_api.post("/api/v1/reports/batch", {"reports": [wrong]}).json()["results"]
    amendment = {"client_id": str(uuid.uuid4()), "reason": "forgotten", "answers": {"symptoms": ["cough"] * 500}}
    amended = ada_api.post(f"/api/v1/reports/{filed.json()['id']}/amendments", amendment).json()

    assert (filed.status_code, filed.json()) == (201, again.json())
    assert filed.json()["answers"] == {"symptoms": ["cough", "dyspnea"]}
    assert kept["report"]["answers"]["symptoms"] == ["fever", "unknown"]
    assert amended["amendments"][0]["answers"] == {"symptoms": ["cough"]}


def test_a_carer_may_be_named_among_the_answers(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    response = file(ada_api, {"symptoms": "none", "respondent": "carer"})

    assert response.json()["respondent"] == "carer"
    assert SymptomReport.objects.get().respondent == "carer"


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_a_phone_with_a_wrong_clock_is_believed_only_as_far_as_it_can_be(
    ada_api: APIClient, nurse_kim: Practitioner, days: int
) -> None:
    claimed = timezone.now() + timedelta(days=days)

    assert file(ada_api, BREATHLESS, occurred_at=claimed.isoformat()).status_code == 201

    report = SymptomReport.objects.get()
    assert report.phone_time == claimed
    assert report.occurred_at == (claimed if days == -2 else report.received_at)
    assert report.urgency == 3
    assert report.is_clock_wrong == (days != -2)


def test_a_form_may_leave_out_a_known_onset(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    today = datetime.now(UTC).date().isoformat()
    first = {**MILD_SORE, "mouth_sores.onset_on": today}

    assert file(ada_api, first).json()["urgency"] == "self_care"
    assert (
        file(ada_api, {key: value for key, value in first.items() if "onset" not in key}).json()["urgency"]
        == "self_care"
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_reports_costs_the_same_for_one_and_for_many(
    ada_api: APIClient, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        file(ada_api, {"symptoms": "none"})

    with django_assert_max_num_queries(3):
        assert len(ada_api.get("/api/v1/reports").json()["results"]) == count


def test_pages_are_linked_by_a_cursor(ada_api: APIClient) -> None:
    for _ in range(3):
        file(ada_api, {"symptoms": "none"})

    page = ada_api.get("/api/v1/reports?page_size=2").json()
    rest = ada_api.get(page["next"]).json()

    assert (len(page["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)


def test_pages_stay_put_while_new_reports_come_in(ada_api: APIClient) -> None:
    def ids(page: Any) -> list[str]:
        return [report["id"] for report in page["results"]]

    filed = [file(ada_api, {"symptoms": "none"}).json()["id"] for _ in range(5)]
    first = ada_api.get("/api/v1/reports?page_size=2").json()
    for _ in range(3):
        file(ada_api, {"symptoms": "none"})
    second = ada_api.get(first["next"]).json()
    third = ada_api.get(second["next"]).json()

    assert ids(first) + ids(second) + ids(third) == filed[::-1]
    assert third["next"] is None


def test_pages_stay_put_within_reports_of_one_moment(ada_api: APIClient) -> None:
    """A batch is received at one moment: its reports fill several pages."""
    batch = [{"client_id": str(uuid.uuid4()), "answers": {"symptoms": "none"}} for _ in range(7)]
    ada_api.post("/api/v1/reports/batch", {"reports": batch})
    listed = [report["id"] for report in ada_api.get("/api/v1/reports").json()["results"]]

    page = ada_api.get("/api/v1/reports?page_size=2").json()
    pages = [page]
    while page["next"]:
        file(ada_api, {"symptoms": "none"})
        page = ada_api.get(page["next"]).json()
        pages.append(page)

    assert [report["id"] for page in pages for report in page["results"]] == listed
    for before, page in itertools.pairwise(pages):
        assert ada_api.get(page["previous"]).json()["results"] == before["results"]
    newer = ada_api.get(ada_api.get(pages[1]["previous"]).json()["previous"]).json()
    assert len(newer["results"]) == 2, "those that came in next"
    assert ada_api.get(newer["next"]).json()["results"] == pages[0]["results"]


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "1.5", "", "1&page_size=2"])
def test_a_page_has_one_size_from_1_to_100(ada_api: APIClient, size: str) -> None:
    answer = ada_api.get(f"/api/v1/reports?page_size={size}")

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == ["page_size"]


@pytest.mark.parametrize("size", ["1", "100"])
def test_the_sizes_at_the_bounds_are_fine(ada_api: APIClient, size: str) -> None:
    assert ada_api.get(f"/api/v1/reports?page_size={size}").status_code == 200


def test_a_report_that_was_right_when_it_came_is_the_same_report_on_another_day(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    body = {"client_id": str(uuid.uuid4()), "answers": change(MILD_SORE, mouth_sores__onset_on="2026-01-01")}
    late, later = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (22, 23))  # midnight of Brussels between them
    with time_machine.travel(late, tick=False):
        api = api_of(ada)
        first = api.post("/api/v1/reports", body, format="json")
    with time_machine.travel(later, tick=False):
        again = api.post("/api/v1/reports", body, format="json")
        other = api.post("/api/v1/reports", {**body, "client_id": str(uuid.uuid4())}, format="json")

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert other.status_code == 400, "more than 60 days back"
