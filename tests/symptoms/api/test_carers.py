"""A carer reports in the patient's name, from a device of her own, and decides nothing for the patient."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.carers import MOST_CARERS, invite_carer, revoke_carer
from symptoms.clinical.terms import Urgency
from symptoms.enrolment import CODE_ALPHABET, derive_code
from symptoms.models import ActivationCode, Carer, DeviceToken, Message, Patient, Practitioner, SymptomReport
from tests.cast import api_of_carer

pytestmark = pytest.mark.django_db


def invite(api: APIClient, name: str = "Carl Archer") -> Any:
    return api.post("/api/v1/carers", {"name": name})


def activate(code: str) -> APIClient:
    answer = APIClient().post("/api/v1/activate", {"code": code, "device_name": "Carl's phone"}).json()
    assert answer["respondent"] == "carer"
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer['token']}")
    return client


def begin(api: APIClient) -> str:
    return str(api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()["conversation"]["id"])


def say(api: APIClient, talk: str, **answer: Any) -> Any:
    response = api.post(f"/api/v1/conversations/{talk}/messages", {"client_id": str(uuid.uuid4()), **answer})
    assert response.status_code == 200
    return response.json()


def test_the_patient_lets_a_carer_in_sees_her_and_ends_it(ada: Patient, ada_api: APIClient) -> None:
    invited = invite(ada_api).json()
    carl = activate(invited["activation_code"])
    assert carl.get("/api/v1/me").json()["id"] == str(ada.pk)
    assert [one["name"] for one in ada_api.get("/api/v1/carers").json()["results"]] == ["Carl Archer"]
    devices = ada_api.get("/api/v1/sessions").json()["results"]
    assert {one["carer_id"] for one in devices} == {None, invited["id"]}

    assert ada_api.delete(f"/api/v1/carers/{invited['id']}").status_code == 204
    assert carl.get("/api/v1/me").status_code == 401
    assert ada_api.get("/api/v1/carers").json()["results"] == []
    assert ada_api.get("/api/v1/me").status_code == 200


def test_what_a_carer_reports_says_so_whatever_the_app_sends(ada: Patient) -> None:
    api = api_of_carer(ada, "Carl")
    body = {"client_id": str(uuid.uuid4()), "answers": {"symptoms": "none"}, "respondent": "patient"}
    report = api.post("/api/v1/reports", body).json()
    carer = Carer.objects.get()
    assert (report["respondent"], report["carer_id"]) == ("carer", str(carer.pk))
    again = api.post("/api/v1/reports", body).json()
    assert again == report

    kept = {"reports": [{**body, "client_id": str(uuid.uuid4())}]}
    [result] = api.post("/api/v1/reports/batch", kept).json()["results"]
    assert (result["report"]["respondent"], result["report"]["carer_id"]) == ("carer", str(carer.pk))


def test_a_carer_talks_in_the_patients_name_and_the_instruction_is_in_the_reply(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    api = api_of_carer(ada, "Carl")
    talk = begin(api)
    turn = say(api, talk, choices=["cough"])
    turn = say(api, talk, text="She cannot speak in whole sentences")
    assert turn["advice"]["urgency"] == "emergency"
    carer = Carer.objects.get()
    report = SymptomReport.objects.get()
    assert (report.respondent, report.carer) == ("carer", carer)
    assert {message.carer for message in Message.objects.filter(sender="patient")} == {carer}
    assert Alert.objects.get(problem="respiratory").patient == ada


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Dad has chest pain and a cough"),
        ("en", "My wife cannot speak in whole sentences any more"),
        ("fr", "Mon mari a mal à la poitrine et tousse"),
        ("nl", "Mijn man heeft pijn op de borst en hoest"),
        ("de", "Mein Mann hat Brustschmerzen und hustet"),
        ("es", "Mi marido tiene dolor en el pecho y tos"),
    ],
)
def test_a_carer_need_not_say_that_she_is_one(ada: Patient, nurse_kim: Practitioner, language: str, words: str) -> None:
    ada.language = language
    ada.save()
    api = api_of_carer(ada, "Carl")

    turn = say(api, begin(api), text=words)

    assert turn["advice"]["urgency"] == "emergency"
    assert Alert.objects.get(problem="respiratory").patient == ada


def test_the_patient_is_heard_on_the_phone_of_a_carer_as_on_any_other(ada: Patient, nurse_kim: Practitioner) -> None:
    api = api_of_carer(ada, "Carl")

    assert say(api, begin(api), text="I have chest pain and a cough")["advice"]["urgency"] == "emergency"


def test_what_the_phone_of_a_carer_says_of_one_message_it_does_not_say_of_the_patients_next(
    ada: Patient, ada_api: APIClient
) -> None:
    api = api_of_carer(ada, "Carl")
    talk = begin(api)
    say(api, talk, text="hello")

    turn = say(ada_api, talk, text="my wife has chest pain")

    assert turn["advice"] is None, "she is nobody's patient here"


def test_words_of_a_carer_that_are_refused_are_heard_as_hers(ada: Patient, nurse_kim: Practitioner) -> None:
    api = api_of_carer(ada, "Carl")
    message = {"client_id": str(uuid.uuid4()), "text": "Dad has chest pain and a cough", "mood": "bad"}

    refused = api.post(f"/api/v1/conversations/{begin(api)}/messages", message)

    assert refused.status_code == 400
    assert Alert.objects.get(problem="respiratory").urgency == Urgency.EMERGENCY


def test_a_report_that_patient_and_carer_wrote_together_is_the_carers(ada: Patient, ada_api: APIClient) -> None:
    talk = begin(ada_api)
    say(ada_api, talk, choices=["mouth_sores"])
    assert SymptomReport.objects.get().respondent == "patient"
    say(api_of_carer(ada, "Carl"), talk, number=2)
    assert SymptomReport.objects.get().respondent == "carer"
    say(ada_api, talk, choice="unknown")
    report = SymptomReport.objects.get()
    assert (report.respondent, report.carer) == ("carer", Carer.objects.get())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("patch", "/api/v1/me"),
        ("get", "/api/v1/me/export"),
        ("get", "/api/v1/me/export.html"),
        ("get", "/api/v1/consent"),
        ("post", "/api/v1/consent"),
        ("delete", "/api/v1/consent"),
        ("get", "/api/v1/carers"),
        ("post", "/api/v1/carers"),
        ("get", "/api/v1/sessions"),
        ("get", "/api/v1/erasure"),
        ("post", "/api/v1/erasure"),
        ("put", "/api/v1/devices/phone"),
        ("post", "/api/v1/leaflets/your-mouth/answers"),
    ],
)
def test_a_carer_decides_nothing_for_the_patient(ada: Patient, method: str, path: str) -> None:
    api = api_of_carer(ada, "Carl")
    response = getattr(api, method)(path)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "permission_denied"


def test_a_carer_lets_no_other_carer_out(ada: Patient) -> None:
    api = api_of_carer(ada, "Carl")
    assert api.delete(f"/api/v1/carers/{Carer.objects.get().pk}").status_code == 403
    assert api.delete(f"/api/v1/sessions/{DeviceToken.objects.get().session_id}").status_code == 403
    assert api.delete("/api/v1/session").status_code == 204


def test_another_patients_carer_does_not_exist(ada: Patient, ben_api: APIClient, nurse_kim: Practitioner) -> None:
    carer, _ = invite_carer(ada, name="Carl", now=timezone.now(), by=nurse_kim.user)
    assert ben_api.delete(f"/api/v1/carers/{carer.pk}").status_code == 404
    assert Carer.objects.in_force().get() == carer


def test_a_new_code_for_the_patient_leaves_the_carers_alone(ada: Patient, ada_api: APIClient) -> None:
    first = invite(ada_api, "Carl").json()["activation_code"]
    second = invite(ada_api, "Cleo").json()["activation_code"]
    for code in (first, second):
        assert activate(code).get("/api/v1/me").status_code == 200


def test_a_carer_who_was_ended_comes_back_by_no_code(ada: Patient, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    carer, code = invite_carer(ada, name="Carl", now=now, by=nurse_kim.user)
    revoke_carer(carer, now=now, by=ada.user)
    revoke_carer(carer, now=timezone.now(), by=nurse_kim.user)
    assert APIClient().post("/api/v1/activate", {"code": code, "device_name": "x"}).status_code == 400
    carer.refresh_from_db()
    assert (carer.revoked_at, carer.revoked_by) == (now, ada.user)


def test_five_carers_are_enough(ada_api: APIClient) -> None:
    answers = [invite(ada_api, f"Carer {n}") for n in range(MOST_CARERS + 1)]
    assert [one.status_code for one in answers] == [201] * MOST_CARERS + [400]
    assert list(answers[-1].json()["error"]["fields"]) == ["name"]
    assert invite(ada_api, " ").status_code == 400


def test_an_invitation_whose_answer_got_lost_gives_the_same_code_again(ada: Patient, ada_api: APIClient) -> None:
    body = {"name": "Carl", "client_id": str(uuid.uuid4())}
    first, again = (ada_api.post("/api/v1/carers", body) for _ in range(2))

    assert (again.status_code, again.json()) == (201, first.json())
    assert first.json()["activation_code"].replace("-", "") not in str(list(ActivationCode.objects.values()))
    assert activate(again.json()["activation_code"]).get("/api/v1/me").status_code == 200
    assert ada_api.post("/api/v1/carers", body).json() == first.json()
    assert ada_api.post("/api/v1/carers", {**body, "name": "Cleo"}).status_code == 409


def test_the_code_of_an_invitation_is_of_this_patient_and_this_request(ada: Patient, ben: Patient) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    codes = {derive_code(patient, client_id) for patient in (ada, ben) for client_id in (one, other)}

    assert len(codes) == 4
    for code in codes:
        assert (len(code), code[5]) == (11, "-")
        assert set(code) - {"-"} <= set(CODE_ALPHABET)
    with override_settings(SECRET_KEY="another key"):
        assert derive_code(ada, one) not in codes


def test_asking_again_brings_no_carer_back(ada: Patient, ada_api: APIClient) -> None:
    body = {"name": "Carl", "client_id": str(uuid.uuid4())}
    invited = ada_api.post("/api/v1/carers", body).json()
    ada_api.delete(f"/api/v1/carers/{invited['id']}")

    assert ada_api.post("/api/v1/carers", body).json() == invited
    assert ada_api.get("/api/v1/carers").json()["results"] == []
    refused = APIClient().post("/api/v1/activate", {"code": invited["activation_code"], "device_name": "x"})
    assert refused.status_code == 400
