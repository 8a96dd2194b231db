"""A report is never overwritten: what is right stands beside it, and urgency can only rise by it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.flow.amend import amend_report
from symptoms.models import Amendment, Episode, Patient, Practitioner, SymptomReport
from symptoms.models.amendment import AmendmentReason
from tests.cast import api_of_carer

pytestmark = pytest.mark.django_db

TWO_SORES = {
    "symptoms": ["mouth_sores"],
    "mouth_sores.count": 2,
    "mouth_sores.intake": "normal",
    "mouth_sores.severity": 1,
    "mouth_sores.interference": 0,
    "mouth_sores.bath_started": "yes",
    "fever.temperature_c": 37.0,
}


@pytest.fixture
def report(ada_api: APIClient) -> dict[str, Any]:
    today = timezone.now().date().isoformat()
    body = {"client_id": str(uuid.uuid4()), "answers": {**TWO_SORES, "mouth_sores.onset_on": today}}
    filed: dict[str, Any] = ada_api.post("/api/v1/reports", body).json()
    assert filed["urgency"] == "self_care"
    return filed


def amend(api: APIClient, report: dict[str, Any], **body: Any) -> Any:
    given = {"client_id": str(uuid.uuid4()), "reason": "mistake", **body}
    return api.post(f"/api/v1/reports/{report['id']}/amendments", given)


def test_a_worse_answer_raises_urgency_and_alert_in_the_same_reply(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner, report: dict[str, Any]
) -> None:
    response = amend(ada_api, report, answers={"mouth_sores.count": 5}, note="I had miscounted.")
    body = response.json()
    assert (response.status_code, body["urgency"], body["advice"]["urgency"]) == (201, "urgent", "urgent")
    assert body["answers"] == report["answers"]
    assert [one["answers"] for one in body["amendments"]] == [{"mouth_sores.count": 5}]
    assert (body["amendments"][0]["by"], body["amendments"][0]["note"]) == ("patient", "I had miscounted.")
    assert Alert.objects.get(patient=ada).rules == ["MOUTH-COUNT"]
    assert ada_api.get(f"/api/v1/reports/{report['id']}").json() == body


def test_a_better_answer_takes_nothing_back(ada: Patient, ada_api: APIClient, report: dict[str, Any]) -> None:
    amend(ada_api, report, answers={"mouth_sores.count": 5})
    response = amend(ada_api, report, answers={"mouth_sores.count": 0, "symptoms": "none", "mouth_sores.gone": "yes"})
    body = response.json()
    assert (response.status_code, body["urgency"], body["advice"]["urgency"]) == (201, "urgent", "urgent")
    assert Alert.objects.not_closed().filter(patient=ada).exists()
    assert Episode.objects.open().filter(patient=ada, symptom="mouth_sores").exists()
    assert SymptomReport.objects.get().answers == report["answers"]


def test_what_was_forgotten_opens_an_episode(ada: Patient, ada_api: APIClient) -> None:
    well = ada_api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": {"symptoms": "none"}}).json()
    amend(ada_api, well, reason="forgotten", answers=TWO_SORES)
    assert Episode.objects.open().filter(patient=ada, symptom="mouth_sores").exists()


def test_later_reports_see_both_answers(ada_api: APIClient) -> None:
    """Cough 1, amended to 3: a later 3 is a rise of two above the lowest."""
    cough = {"symptoms": ["cough"], "cough.severity": 1, "cough.blood": "no", "fever.temperature_c": 37.0}
    first = ada_api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": cough}).json()
    amend(ada_api, first, answers={"cough.severity": 3})
    body = {"client_id": str(uuid.uuid4()), "answers": {**cough, "cough.severity": 3}}
    later = ada_api.post("/api/v1/reports", body).json()
    assert "RESP-RISE" in {finding["rule"] for finding in later["findings"]}


def test_a_remark_alone_changes_no_judgement(ada_api: APIClient, report: dict[str, Any]) -> None:
    before = SymptomReport.objects.get().assessments.count()
    assert amend(ada_api, report, note="I wrote this on the bus.").status_code == 201
    assert SymptomReport.objects.get().assessments.count() == before


def test_a_repeat_changes_nothing_and_another_body_is_refused(ada_api: APIClient, report: dict[str, Any]) -> None:
    client_id = str(uuid.uuid4())
    first = amend(ada_api, report, client_id=client_id, answers={"mouth_sores.count": 5})
    again = amend(ada_api, report, client_id=client_id, answers={"mouth_sores.count": 5})
    other = amend(ada_api, report, client_id=client_id, answers={"mouth_sores.count": 6})
    assert (first.json(), again.status_code, other.status_code) == (again.json(), 201, 409)
    assert Amendment.objects.count() == 1


def test_an_amendment_that_was_right_when_it_came_is_the_same_in_another_zone(
    ada: Patient, ada_api: APIClient, report: dict[str, Any]
) -> None:
    client_id, answers = str(uuid.uuid4()), {"mouth_sores.onset_on": timezone.now().date().isoformat()}
    Patient.objects.update(time_zone="Pacific/Kiritimati")
    SymptomReport.objects.update(received_at=timezone.now().replace(hour=5))
    first = amend(ada_api, report, client_id=client_id, answers=answers)
    Patient.objects.update(time_zone="Pacific/Pago_Pago")
    again = amend(ada_api, report, client_id=client_id, answers=answers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert amend(ada_api, report, answers=answers).status_code == 400, "the day lies ahead there"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"mouth_sores.count": -1}}, "mouth_sores.count"),
        ({"answers": {"nonsense": 1}}, "nonsense"),
        ({"reason": "because", "note": "x"}, "reason"),
        ({}, "note"),
    ],
)
def test_what_is_not_right_is_named(ada_api: APIClient, report: dict[str, Any], body: Any, field: str) -> None:
    response = amend(ada_api, report, **body)
    assert (response.status_code, list(response.json()["error"]["fields"])) == (400, [field])
    assert not Amendment.objects.exists()


def test_a_check_in_that_goes_on_is_corrected_by_answering(ada_api: APIClient) -> None:
    begun = ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()
    path = f"/api/v1/conversations/{begun['conversation']['id']}/messages"
    turn = ada_api.post(path, {"client_id": str(uuid.uuid4()), "choices": ["mouth_sores"]}).json()
    response = amend(ada_api, turn["report"], note="x")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "report_in_progress")


def test_another_patients_report_does_not_exist(ben_api: APIClient, report: dict[str, Any]) -> None:
    assert amend(ben_api, report, note="x").status_code == 404


def test_who_amended_is_kept(ada: Patient, nurse_kim: Practitioner, report: dict[str, Any]) -> None:
    amend(api_of_carer(ada, "Carl"), report, note="She ate nothing.")
    amended = amend_report(
        SymptomReport.objects.select_related("patient").get(),
        reason=AmendmentReason.MISUNDERSTOOD,
        answers={"mouth_sores.intake": "reduced"},
        note="",
        author=nurse_kim.user,
        now=timezone.now(),
    )
    authors = [(one.author, one.carer is not None) for one in amended.report.amendments.all()]
    assert authors == [(ada.user, True), (nurse_kim.user, False)]


def test_a_correction_says_whose_it_is(ada: Patient, ada_api: APIClient, report: dict[str, Any]) -> None:
    amend(api_of_carer(ada, "Carl"), report, note="She ate nothing.")
    amend(ada_api, report, note="I ate a little.")
    shown = ada_api.get(f"/api/v1/reports/{report['id']}").json()
    assert [one["by"] for one in shown["amendments"]] == ["carer", "patient"]


def test_reports_that_nobody_amended_cost_no_further_query(
    ada_api: APIClient, report: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        ada_api.get("/api/v1/reports")
