"""A code of the clinic lets one device in, once, for a while; the settings of the patient."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from symptoms.enrolment import ActivationRefused, activate_device, issue_activation_code
from symptoms.models import ActivationCode, DeviceToken, Patient, RefusedActivation, User
from tests.cast import DAYS_ON_TREATMENT, api_of, make_clinic, make_patient


def activate(code: str) -> Any:
    return try_to_activate(code=code)


def try_to_activate(**body: Any) -> Any:
    return APIClient().post("/api/v1/activate", {"code": "WRONG", "device_name": "Ada's phone", **body})


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_code_gives_a_token_that_opens_the_api(ada: Patient, write: Any) -> None:
    response = activate(write(issue_activation_code(ada, now=timezone.now())))

    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"token", "expires_at", "respondent", "patient"}
    assert body["respondent"] == "patient"
    assert body["patient"]["id"] == str(ada.pk)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {body['token']}")
    assert client.get("/api/v1/me").json() == body["patient"]
    assert body["token"] not in str(list(DeviceToken.objects.values()))


def test_only_the_hash_of_a_code_is_stored(ada: Patient) -> None:
    code = issue_activation_code(ada, now=timezone.now())

    assert code.replace("-", "") not in str(list(ActivationCode.objects.values()))


def test_wrong_used_expired_and_replaced_codes_get_the_same_answer(ada: Patient) -> None:
    now = timezone.now()
    expired = issue_activation_code(ada, now=now - timedelta(days=7))
    replaced = issue_activation_code(ada, now=now)
    used = issue_activation_code(ada, now=now)
    assert activate(used).status_code == 200

    answers = [activate(code) for code in ("AAAAA-AAAAA", expired, replaced, used)]

    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["error"]["code"] == "activation_refused"


def test_a_code_works_until_its_last_moment(ada: Patient) -> None:
    now = timezone.now()
    code = issue_activation_code(ada, now=now)

    with pytest.raises(ActivationRefused):
        activate_device(code, device_name="phone", now=now + timedelta(days=7))
    activate_device(code, device_name="phone", now=now + timedelta(days=7) - timedelta(seconds=1))


def test_tries_are_limited(ada: Patient) -> None:
    answers = [activate(f"WRONG{n}") for n in range(21)]

    assert [answer.status_code for answer in answers] == [400] * 20 + [429]
    assert answers[-1].json()["error"]["code"] == "throttled"
    assert int(answers[-1]["Retry-After"]) > 0


def test_codes_that_let_in_do_not_count_as_tries(ada: Patient) -> None:
    now = timezone.now()

    assert {activate(issue_activation_code(ada, now=now)).status_code for _ in range(25)} == {200}


@pytest.mark.parametrize("body", [{"code": 5}, {"device_name": ""}, {"device_name": "x" * 101}, {"pin": "1"}])
def test_a_wrong_body_is_refused_by_name(ada: Patient, body: dict[str, Any]) -> None:
    response = try_to_activate(**body)

    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == list(body)


@pytest.mark.django_db(transaction=True)
def test_of_two_phones_with_one_code_exactly_one_gets_in() -> None:
    code = issue_activation_code(make_patient(make_clinic("c"), "ada"), now=timezone.now())
    barrier = threading.Barrier(4)
    got_in = []

    def try_it() -> None:
        barrier.wait()
        try:
            got_in.append(activate_device(code, device_name="phone", now=timezone.now()))
        except ActivationRefused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got_in) == 1


def test_an_answer_that_got_lost_is_given_again_and_the_phone_is_in(ada: Patient) -> None:
    code, client_id = issue_activation_code(ada, now=timezone.now()), str(uuid.uuid4())

    lost = try_to_activate(code=code, client_id=client_id)
    again = try_to_activate(code=code.lower(), client_id=client_id, device_name="Renamed")

    assert (again.status_code, again.json()) == (200, lost.json())
    assert DeviceToken.objects.get().device_name == "Ada's phone"
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {again.json()['token']}")
    assert client.get("/api/v1/me").status_code == 200
    assert {lost.json()["token"], client_id}.isdisjoint(str(list(DeviceToken.objects.values())).split("'"))


@pytest.mark.parametrize("came_first_as", [None, "6f7c1a52-9d0e-4c59-8a3b-0d2b1f7f5a11"])
@pytest.mark.parametrize("comes_as", [None, "6f7c1a52-9d0e-4c59-8a3b-0d2b1f7f5a12"])
def test_no_other_device_is_given_the_answer_again(
    ada: Patient, came_first_as: str | None, comes_as: str | None
) -> None:
    code = issue_activation_code(ada, now=timezone.now())
    assert try_to_activate(code=code, **({"client_id": came_first_as} if came_first_as else {})).status_code == 200

    stranger = try_to_activate(code=code, **({"client_id": comes_as} if comes_as else {}))

    assert (stranger.status_code, stranger.json()["error"]["code"]) == (400, "activation_refused")
    assert DeviceToken.objects.count() == 1
    assert RefusedActivation.objects.count() == 1


def test_a_code_is_answered_again_for_a_day(ada: Patient) -> None:
    now, client_id = timezone.now(), uuid.uuid4()
    code = issue_activation_code(ada, now=now - timedelta(days=6))
    _, token, _ = activate_device(code, device_name="phone", now=now, client_id=client_id)

    later = now + timedelta(days=1) - timedelta(seconds=1)
    assert activate_device(code, device_name="phone", now=later, client_id=client_id)[1:] == (token, ada)
    with pytest.raises(ActivationRefused):
        activate_device(code, device_name="phone", now=now + timedelta(days=1), client_id=client_id)


@pytest.mark.parametrize("end", ["signed out", "expired", "account closed"])
def test_a_device_that_is_out_does_not_come_back_by_asking_again(ada: Patient, end: str) -> None:
    now, client_id = timezone.now(), uuid.uuid4()
    code = issue_activation_code(ada, now=now)
    activate_device(code, device_name="phone", now=now, client_id=client_id)
    match end:
        case "signed out":
            DeviceToken.objects.get().delete()
        case "expired":
            DeviceToken.objects.update(expiry=now)
        case "account closed":
            User.objects.filter(pk=ada.user_id).update(is_active=False)

    with pytest.raises(ActivationRefused):
        activate_device(code, device_name="phone", now=now, client_id=client_id)


def test_leaving_revokes_this_device_and_no_other(ada: Patient) -> None:
    phone, tablet = api_of(ada), api_of(ada)

    assert phone.delete("/api/v1/session").status_code == 204

    assert phone.get("/api/v1/me").status_code == 401
    assert tablet.get("/api/v1/me").status_code == 200


def test_the_patient_sees_settings_numbers_and_course(ada_api: APIClient, ada: Patient) -> None:
    me = ada_api.get("/api/v1/me").json()

    assert me["quiet_hours"] == {"from": "21:00", "until": "08:00"}
    assert me["clinic"]["emergency_number"] == "112"
    assert me["course"]["day_number"] == DAYS_ON_TREATMENT + 1
    assert me["course"]["day_15_visit"]["status"] == "planned"
    assert "full_name" not in me


def test_settings_can_be_changed(ada_api: APIClient, ada: Patient) -> None:
    response = ada_api.patch(
        "/api/v1/me",
        {"language": "fr", "time_zone": "Asia/Tokyo", "quiet_hours": {"from": "22:30", "until": "07:15"}},
    )

    assert response.status_code == 200
    ada.refresh_from_db()
    assert (ada.language, ada.time_zone, f"{ada.quiet_from:%H:%M}") == ("fr", "Asia/Tokyo", "22:30")
    assert response.json()["quiet_hours"] == {"from": "22:30", "until": "07:15"}


@pytest.mark.parametrize(
    "change",
    [
        {"language": "it"},
        {"time_zone": "Mars"},
        {"quiet_hours": {"from": "25:00"}},
        {"full_name": "Eve"},
        {"clinic": 2},
    ],
)
def test_other_settings_are_refused_by_name(ada_api: APIClient, ada: Patient, change: dict[str, Any]) -> None:
    response = ada_api.patch("/api/v1/me", change)

    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == list(change)
