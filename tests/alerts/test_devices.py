"""`PUT` and `DELETE /api/v1/devices/{device_id}`, `POST /api/v1/reminders/{id}/shown`, `GET /api/v1/visits.ics`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.devices import MOST_DEVICES
from alerts.models import PatientDevice, Reminder, Visit
from alerts.visits import book_visit, cancel_visit
from symptoms.models import Patient
from tests.cast import api_of

pytestmark = pytest.mark.django_db

FCM = {"service": "fcm", "token": "a-token-of-the-app"}
WEB = {
    "service": "web_push",
    "subscription": {
        "endpoint": "https://push.example/abc",
        "expirationTime": None,
        "keys": {"p256dh": "BNcR", "auth": "tBHI"},
    },
}


@pytest.fixture(autouse=True)
def push_hosts(settings: Settings) -> None:
    settings.WEB_PUSH_HOSTS = ["push.example"]


def put(api: APIClient, device_id: str, body: dict[str, Any]) -> Any:
    return api.put(f"/api/v1/devices/{device_id}", body, format="json")


@pytest.mark.parametrize("body", [FCM, WEB], ids=["fcm", "web push"])
def test_a_device_is_registered_and_forgotten(ada: Patient, ada_api: APIClient, body: dict[str, Any]) -> None:
    answer = put(ada_api, "phone-1", body)
    assert answer.status_code == 200
    assert set(answer.json()) == {"device_id", "service", "registered_at"}
    assert put(ada_api, "phone-1", body).status_code == 200
    assert PatientDevice.objects.get().patient == ada
    for _ in range(2):
        assert ada_api.delete("/api/v1/devices/phone-1").status_code == 204
    assert not PatientDevice.objects.exists()


def test_what_is_kept_of_a_subscription_is_what_the_push_service_wants(ada_api: APIClient) -> None:
    put(ada_api, "browser", WEB)
    assert "expirationTime" not in PatientDevice.objects.get().address


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": "pigeon"}, "service"),
        ({"token": ""}, "token"),
        ({"token": 5}, "token"),
        ({"subscription": WEB["subscription"]}, "subscription"),
        ({"service": "web_push"}, "subscription"),
        ({"colour": "red"}, "colour"),
        (
            {
                "service": "web_push",
                "subscription": {"endpoint": "http://10.0.0.1/x", "keys": {"p256dh": "a", "auth": "b"}},
            },
            "subscription",
        ),
    ],
)
def test_a_wrong_field_is_named(ada_api: APIClient, change: dict[str, Any], field: str) -> None:
    answer = put(ada_api, "phone", FCM | change)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert not PatientDevice.objects.exists()


@pytest.mark.parametrize("device_id", ["x" * 65, "a%20b"])
def test_a_wrong_device_id_is_named(ada_api: APIClient, device_id: str) -> None:
    answer = put(ada_api, device_id, FCM)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["device_id"])


def test_a_phone_that_changes_hands_takes_nobodys_messages_with_it(
    ada_api: APIClient, ben: Patient, ben_api: APIClient
) -> None:
    put(ada_api, "phone", FCM)
    put(ben_api, "phone", FCM)
    assert [device.patient for device in PatientDevice.objects.all()] == [ben]


def test_signing_out_ends_the_registration(ada_api: APIClient) -> None:
    put(ada_api, "phone", FCM)
    assert ada_api.delete("/api/v1/session").status_code == 204
    assert not PatientDevice.objects.exists()


def test_the_oldest_of_too_many_devices_are_forgotten(ada_api: APIClient) -> None:
    for number in range(MOST_DEVICES + 2):
        put(ada_api, f"phone-{number}", {"service": "fcm", "token": f"token-{number}"})
    kept = set(PatientDevice.objects.values_list("device_id", flat=True))
    assert kept == {f"phone-{number}" for number in range(2, MOST_DEVICES + 2)}


def test_nobody_forgets_the_device_of_somebody_else(ada_api: APIClient, ben_api: APIClient) -> None:
    put(ada_api, "phone", FCM)
    assert ben_api.delete("/api/v1/devices/phone").status_code == 204
    assert PatientDevice.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("nobody_api", 401), ("kim_api", 403), ("lee_api", 403)])
def test_only_patients_have_devices_visits_and_reminders(
    request: pytest.FixtureRequest, ada: Patient, who: str, status: int
) -> None:
    api: APIClient = request.getfixturevalue(who)
    reminder = Reminder.objects.filter(patient=ada)[0]
    assert put(api, "phone", FCM).status_code == status
    assert api.delete("/api/v1/devices/phone").status_code == status
    assert api.post(f"/api/v1/reminders/{reminder.pk}/shown").status_code == status
    assert api.get("/api/v1/visits.ics").status_code == status


def test_a_reminder_of_somebody_else_does_not_exist(ada: Patient, ben_api: APIClient) -> None:
    reminder = Reminder.objects.filter(patient=ada)[0]
    assert ben_api.post(f"/api/v1/reminders/{reminder.pk}/shown").status_code == 404
    reminder.refresh_from_db()
    assert reminder.shown_at is None


def test_the_first_time_that_a_reminder_was_shown_counts(ada: Patient) -> None:
    api = api_of(ada)
    reminder = Reminder.objects.filter(patient=ada)[0]
    times = []
    for _ in range(2):
        assert api.post(f"/api/v1/reminders/{reminder.pk}/shown").status_code == 204
        reminder.refresh_from_db()
        times.append(reminder.shown_at)
    assert times[0] == times[1] is not None


def entries(api: APIClient) -> list[Any]:
    answer = api.get("/api/v1/visits.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_planned_visit_is_a_day_in_the_calendar(ada: Patient, ada_api: APIClient, ben: Patient) -> None:
    visit = Visit.objects.get(patient=ada)
    [entry] = entries(ada_api)
    assert (entry["uid"], entry["status"]) == (f"visit-{visit.pk}@127.0.0.1", "TENTATIVE")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (visit.planned_on, visit.planned_on + timedelta(days=1))


def test_a_booked_visit_is_at_its_time_and_a_cancelled_one_is_taken_out(ada: Patient, ada_api: APIClient) -> None:
    visit = Visit.objects.get(patient=ada)
    now = timezone.now()
    at = (now + timedelta(days=5)).replace(microsecond=0)
    book_visit(visit, at, now)
    [entry] = entries(ada_api)
    assert (entry["dtstart"].dt, entry["status"], entry["uid"]) == (at, "CONFIRMED", f"visit-{visit.pk}@127.0.0.1")
    assert entry["dtend"].dt == at + timedelta(hours=1)
    cancel_visit(visit, now)
    [entry] = entries(ada_api)
    assert entry["status"] == "CANCELLED"
    Visit.objects.update(status="missed")
    [entry] = entries(ada_api)
    assert entry["status"] == "CANCELLED"


def test_the_calendar_tells_nothing_of_the_illness(ada: Patient, ada_api: APIClient) -> None:
    body = ada_api.get("/api/v1/visits.ics").content.decode().lower()
    for word in ("everolimus", "day 15", "day_15", "onco", ada.clinic.name, *ada.full_name.split()):
        assert word.lower() not in body
