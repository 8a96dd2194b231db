"""A double tap, a retry after a lost response, two devices: the same request at the same moment is done once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, Final

import pytest
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from education.models import TeachBackAnswer
from symptoms.consent import TEXT_VERSION
from symptoms.enrolment import issue_activation_code
from symptoms.models import Assessment, Conversation, DeviceToken, Message, Patient, Practitioner, SymptomReport
from tests.symptoms.api.test_reports import BREATHLESS

pytestmark = pytest.mark.django_db(transaction=True)

Send = Callable[[APIClient], Any]

AGREED: Final = {"text_version": TEXT_VERSION, "language": "en"}


def phone_of(patient: Patient) -> APIClient:
    """One more of the patient's devices."""
    _, token = DeviceToken.issue(patient.user, "test phone")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def at_once(patient: Patient, *sends: Send) -> list[HttpResponse]:
    """Every request from a device of its own, all at the same moment; the answers in the order of the requests."""
    start = Barrier(len(sends))

    def send(one: Send, phone: APIClient) -> HttpResponse:
        start.wait(5)
        try:
            answer: HttpResponse = one(phone)
            return answer
        finally:
            connection.close()

    phones = [phone_of(patient) for _ in sends]
    with ThreadPoolExecutor(len(sends)) as threads:
        return list(threads.map(send, sends, phones))


def same(one: HttpResponse, other: HttpResponse) -> bool:
    return bool(json.loads(one.content) == json.loads(other.content))


def test_a_report_sent_four_times_at_once_is_one(ada: Patient, nurse_kim: Practitioner) -> None:
    body = {"client_id": str(uuid.uuid4()), "answers": BREATHLESS}

    answers = at_once(ada, *[lambda phone: phone.post("/api/v1/reports", body)] * 4)

    assert {answer.status_code for answer in answers} == {201}
    assert all(same(answer, answers[0]) for answer in answers)
    assert SymptomReport.objects.count() == Assessment.objects.count() == Alert.objects.count() == 1
    assert Alert.objects.get().notifications.count() == 1


def test_of_two_bodies_under_one_id_one_is_filed_and_one_refused(ada: Patient, nurse_kim: Practitioner) -> None:
    client_id = str(uuid.uuid4())
    bodies = [{"client_id": client_id, "answers": answers} for answers in (BREATHLESS, {"symptoms": "none"})]

    answers = at_once(
        ada,
        lambda phone: phone.post("/api/v1/reports", bodies[0]),
        lambda phone: phone.post("/api/v1/reports", bodies[1]),
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert SymptomReport.objects.count() == 1


def test_a_batch_beside_the_form_that_it_holds_is_filed_once(ada: Patient, nurse_kim: Practitioner) -> None:
    body = {"client_id": str(uuid.uuid4()), "answers": BREATHLESS}

    def batch(phone: APIClient) -> Any:
        return phone.post("/api/v1/reports/batch", {"reports": [body]})

    answers = at_once(ada, batch, lambda phone: phone.post("/api/v1/reports", body), batch)

    assert [answer.status_code for answer in answers] == [207, 201, 207]
    assert SymptomReport.objects.count() == Assessment.objects.count() == 1


def test_two_devices_that_begin_at_once_share_one_talk(ada: Patient) -> None:
    def begin(phone: APIClient) -> Any:
        return phone.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())})

    answers = at_once(ada, begin, begin, begin)

    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    assert Conversation.objects.count() == 1


def test_a_message_tapped_four_times_is_taken_and_answered_once(ada: Patient, nurse_kim: Practitioner) -> None:
    talk = phone_of(ada).post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()["conversation"]["id"]
    body = {"client_id": str(uuid.uuid4()), "text": "my lips are blue and I cannot breathe"}

    answers = at_once(ada, *[lambda phone: phone.post(f"/api/v1/conversations/{talk}/messages", body)] * 4)

    assert {answer.status_code for answer in answers} == {200}
    assert all(same(answer, answers[0]) for answer in answers)
    assert answers[0].json()["advice"]["urgency"] == "emergency"  # type: ignore[attr-defined]  # of the test client
    assert Message.objects.filter(sender="patient").count() == 1
    assert SymptomReport.objects.count() == 1


def test_a_device_that_registers_four_times_at_once_is_registered(ada: Patient) -> None:
    body = {"service": "fcm", "token": "one-and-the-same"}

    answers = at_once(ada, *[lambda phone: phone.put("/api/v1/devices/phone", body)] * 4)

    assert {answer.status_code for answer in answers} == {200}
    assert ada.devices.count() == 1


def test_an_answer_to_a_leaflet_tapped_twice_is_one(ada: Patient) -> None:
    leaflet = phone_of(ada).get("/api/v1/leaflets/your-mouth").json()
    question = leaflet["questions"][0]
    body = {
        "client_id": str(uuid.uuid4()),
        "text_id": leaflet["text_id"],
        "question": question["id"],
        "option": question["options"][0]["id"],
    }

    answers = at_once(ada, *[lambda phone: phone.post("/api/v1/leaflets/your-mouth/answers", body)] * 3)

    assert {answer.status_code for answer in answers} == {200}
    assert TeachBackAnswer.objects.count() == 1


def test_of_two_devices_that_edit_what_they_saw_one_has_to_look_again(ada: Patient) -> None:
    seen = phone_of(ada).get("/api/v1/me")["ETag"]

    def edit(language: str) -> Send:
        return lambda phone: phone.patch("/api/v1/me", {"language": language}, HTTP_IF_MATCH=seen)

    answers = at_once(ada, edit("fr"), edit("nl"))

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    kept = next(answer for answer in answers if answer.status_code == 200)
    ada.refresh_from_db()
    assert ada.language == kept.json()["language"]  # type: ignore[attr-defined]  # of the test client


def test_a_phone_that_is_let_in_several_times_at_once_is_in_once(ada: Patient) -> None:
    code = issue_activation_code(ada, now=timezone.now())
    body = {"code": code, "device_name": "Ada's phone", "client_id": str(uuid.uuid4())}

    answers = at_once(ada, *[lambda phone: phone.post("/api/v1/activate", body)] * 4)

    assert {answer.status_code for answer in answers} == {200}
    assert all(same(answer, answers[0]) for answer in answers)
    assert DeviceToken.objects.count() == len(answers) + 1


def test_a_carer_who_is_invited_several_times_at_once_is_one(ada: Patient) -> None:
    body = {"name": "Carl", "client_id": str(uuid.uuid4())}

    answers = at_once(ada, *[lambda phone: phone.post("/api/v1/carers", body)] * 4)

    assert {answer.status_code for answer in answers} == {201}
    assert all(same(answer, answers[0]) for answer in answers)
    assert (ada.carers.count(), ada.activation_codes.filter(carer__isnull=False).count()) == (1, 1)


@pytest.mark.parametrize(("path", "body", "status"), [("consent", AGREED, 201), ("erasure", {}, 202)])
def test_what_is_agreed_to_or_asked_for_four_times_at_once_is_noted_once(
    ada: Patient, path: str, body: dict[str, Any], status: int
) -> None:
    answers = at_once(ada, *[lambda phone: phone.post(f"/api/v1/{path}", body)] * 4)

    assert {answer.status_code for answer in answers} == {status}
    assert all(same(answer, answers[0]) for answer in answers)
    assert (ada.consents.count(), ada.erasures.count()) == ((1, 0) if path == "consent" else (0, 2))
    assert Alert.objects.count() == (0 if path == "consent" else 1), "the team is told once that a patient leaves"


def test_who_agrees_and_takes_it_back_at_once_has_done_both_in_one_order(ada: Patient) -> None:
    answers = at_once(
        ada,
        lambda phone: phone.post("/api/v1/consent", AGREED),
        lambda phone: phone.delete("/api/v1/consent"),
    )

    assert [answer.status_code for answer in answers] == [201, 204]
    in_force = ada.consents.filter(withdrawn_at=None).count()
    ada.refresh_from_db()
    assert (in_force, ada.status) in [(1, "active"), (0, "withdrawn")]
