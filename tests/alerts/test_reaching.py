"""A reminder reaches the patient by the best way that is open, and by another one when it is not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.models import PatientDevice, Reminder
from alerts.models.device import PushService
from alerts.reaching import PatientChannel, number_of, ways_to
from alerts.reminding import TRY_AGAIN_AFTER, UNREAD_AFTER, deliver_due, repeat_unread
from symptoms.models import DeviceToken, Patient
from symptoms.models.patient import PatientStatus
from tests.alerts.browsers import FakeBrowser, make_vapid_key
from tests.alerts.http_sink import HttpSink, Received, Reply, reply, running_http_sink
from tests.alerts.sink import Sink, running_sink

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 10, 9, tzinfo=ZoneInfo("Europe/Brussels")).astimezone(UTC)
SOON = timedelta(minutes=1)


class Providers:
    """A push service and an SMS service in one, which answer as they are told."""

    def __init__(self) -> None:
        self.push: Reply = reply(201)
        self.sms: Reply = reply(201, {"sid": "SM1"})
        self.pushes: list[Received] = []
        self.texts: list[dict[str, str]] = []

    def answer(self, request: Received) -> Reply:
        if request.path.startswith("/push"):
            self.pushes.append(request)
            return self.push
        self.texts.append(request.form)
        return self.sms


@pytest.fixture
def providers() -> Providers:
    return Providers()


@pytest.fixture
def web(providers: Providers, settings: Settings) -> Iterator[HttpSink]:
    with running_http_sink(providers.answer) as sink:
        host = sink.url.removeprefix("http://")
        settings.VAPID_PRIVATE_KEY, settings.VAPID_SUBJECT = make_vapid_key(), "mailto:team@clinic.example"
        settings.WEB_PUSH_HOSTS = ["127.0.0.1"]
        settings.SMS_URL, settings.SMS_FROM = f"http://account:secret@{host}", "+3225550199"
        yield sink


@pytest.fixture
def mails(settings: Settings) -> Iterator[Sink]:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 2
        yield sink


@pytest.fixture
def anna(ada: Patient) -> Patient:
    """ada in Brussels with a telephone number and a mail address."""
    Reminder.objects.all().delete()
    ada.time_zone, ada.email, ada.phone = "Europe/Brussels", "ada@example.org", "0470 12 34 56"
    ada.save()
    return ada


def browser_of(
    patient: Patient, web: HttpSink, *, name: str = "phone", expires_in: timedelta = timedelta(days=90)
) -> FakeBrowser:
    """A browser of the patient, registered for push, whose session lasts unless told otherwise."""
    browser = FakeBrowser(f"{web.url}/push/{name}")
    session, _ = DeviceToken.issue(patient.user, name)
    DeviceToken.objects.filter(pk=session.pk).update(expiry=NINE + expires_in)
    PatientDevice.objects.create(
        patient=patient,
        session=session,
        device_id=name,
        service=PushService.WEB_PUSH,
        address=json.dumps(browser.subscription),
        address_digest=f"{patient.pk}{name}"[:64],
        registered_at=NINE,
    )
    return browser


def remind(patient: Patient, kind: str = "visit_today") -> Reminder:
    return Reminder.objects.create(
        patient=patient, kind=kind, occurrence="a", due_at=NINE, expires_at=NINE + timedelta(hours=12)
    )


def channel() -> str:
    return Reminder.objects.get().channel


def test_push_comes_first_and_tells_nothing(anna: Patient, web: HttpSink, providers: Providers, mails: Sink) -> None:
    browser = browser_of(anna, web)
    reminder = remind(anna, "still_sore")
    assert deliver_due(NINE) == 1
    [request] = providers.pushes
    message = browser.read(request)
    assert message == {
        "title": "A message from your clinic",
        "body": "Please open the app to read it. We do not read replies.",
        "reminder": str(reminder.pk),
    }
    assert (channel(), mails.mails, providers.texts) == ("push", [], [])


def test_every_device_gets_it_and_one_is_enough(anna: Patient, web: HttpSink, providers: Providers) -> None:
    browser_of(anna, web, name="phone")
    browser_of(anna, web, name="tablet")
    remind(anna)
    deliver_due(NINE)
    assert sorted(request.path for request in providers.pushes) == ["/push/phone", "/push/tablet"]


def test_a_phone_that_was_signed_out_is_not_pushed_to(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    browser_of(anna, web, expires_in=timedelta(0))
    remind(anna)
    deliver_due(NINE)
    assert (channel(), providers.pushes) == ("email", [])


@pytest.mark.parametrize(("status", "is_forgotten"), [(410, True), (500, False)], ids=["gone", "away"])
def test_when_push_fails_mail_takes_over_at_once(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink, status: int, is_forgotten: bool
) -> None:
    browser_of(anna, web)
    providers.push = reply(status)
    remind(anna)
    assert deliver_due(NINE) == 1
    assert (channel(), len(mails.mails)) == ("email", 1)
    assert PatientDevice.objects.exists() != is_forgotten


def test_when_mail_fails_too_a_text_message_takes_over(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    mails.refuse_recipient = "550 unknown"
    remind(anna)
    assert deliver_due(NINE) == 1
    [form] = providers.texts
    assert (channel(), form["To"]) == ("sms", "+32470123456")
    assert form["Body"] == "A message from your clinic. Please open the app to read it. We do not read replies."


def test_when_everything_fails_it_is_tried_once_more_and_then_left_to_the_app(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    browser_of(anna, web)
    providers.push, providers.sms, mails.refuse_recipient = reply(503), reply(503), "450 busy"
    remind(anna)
    assert deliver_due(NINE) == 0
    assert deliver_due(NINE + TRY_AGAIN_AFTER) == 1
    assert (channel(), len(providers.pushes), len(providers.texts)) == ("app", 2, 2)
    assert Reminder.objects.get().unread_due_at is None


def test_a_push_whose_answer_got_lost_is_not_doubled_by_a_mail(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    browser_of(anna, web)
    providers.push = Reply(is_cut=True)
    remind(anna)
    assert deliver_due(NINE) == 1
    assert (channel(), mails.mails) == ("push", [])


@pytest.mark.parametrize(
    ("wishes", "ways"),
    [
        ({}, ["push", "email", "sms"]),
        ({"sms": True}, ["push", "sms", "email"]),
        ({"push": False}, ["email", "sms"]),
        ({"email": False, "sms": False}, ["push"]),
        ({"push": False, "email": False, "sms": False}, []),
        ({"something_else": False}, ["push", "email", "sms"]),
    ],
)
def test_the_patient_chooses_the_ways(anna: Patient, web: HttpSink, wishes: dict[str, bool], ways: list[str]) -> None:
    browser_of(anna, web)
    anna.preferences = wishes
    assert ways_to(anna, list(PatientDevice.objects.all())) == ways


def test_the_preferences_are_those_of_the_app(
    anna: Patient, ada_api: APIClient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    assert ada_api.patch("/api/v1/me", {"preferences": {"email": False}}, format="json").status_code == 200
    Reminder.objects.all().delete()
    remind(anna)
    deliver_due(NINE)
    assert (channel(), mails.mails) == ("sms", [])


def test_without_any_way_there_is_the_list_in_the_app(anna: Patient) -> None:
    Patient.objects.update(email="", phone="")
    remind(anna)
    assert deliver_due(NINE) == 1
    assert channel() == PatientChannel.APP


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("0470 12 34 56", "+32470123456"),
        ("+351 912 345 678", "+351912345678"),
        ("", None),
        ("12", None),
        ("ask her sister", None),
    ],
)
def test_a_number_is_one_of_the_clinics_country_unless_it_says_more(
    anna: Patient, phone: str, number: str | None
) -> None:
    anna.phone = phone
    assert number_of(anna) == number


def test_what_is_not_shown_is_sent_once_more_by_another_way(
    anna: Patient, web: HttpSink, providers: Providers, mails: Sink
) -> None:
    browser_of(anna, web)
    reminder = remind(anna)
    deliver_due(NINE)
    assert repeat_unread(NINE + UNREAD_AFTER - timedelta(seconds=1)) == 0
    assert repeat_unread(NINE + UNREAD_AFTER) == 1
    assert deliver_due(NINE + UNREAD_AFTER) == 1
    reminder.refresh_from_db()
    assert (reminder.channel, reminder.is_repeat, reminder.state) == ("email", True, "sent")
    assert (len(providers.pushes), len(mails.mails)) == (1, 1)
    for hours in range(3, 12):
        assert repeat_unread(NINE + timedelta(hours=hours)) == 0
        assert deliver_due(NINE + timedelta(hours=hours)) == 0


def test_with_one_way_only_the_repeat_takes_it_again(anna: Patient, mails: Sink) -> None:
    remind(anna)
    deliver_due(NINE)
    repeat_unread(NINE + UNREAD_AFTER)
    deliver_due(NINE + UNREAD_AFTER)
    assert len(mails.mails) == 2
    assert len({mail["Message-ID"] for _, mail in mails.mails}) == 1


@pytest.mark.parametrize("when", ["before the repeat is due", "while the repeat waits"])
def test_what_the_app_has_shown_is_not_sent_again(anna: Patient, ada_api: APIClient, mails: Sink, when: str) -> None:
    Reminder.objects.all().delete()
    reminder = remind(anna)
    deliver_due(NINE)
    if when == "while the repeat waits":
        repeat_unread(NINE + UNREAD_AFTER)
    assert ada_api.post(f"/api/v1/reminders/{reminder.pk}/shown").status_code == 204
    repeat_unread(NINE + UNREAD_AFTER)
    assert deliver_due(NINE + UNREAD_AFTER) == 0
    reminder.refresh_from_db()
    assert (reminder.state, len(mails.mails)) == ("sent", 1)
    assert reminder.shown_at is not None


@pytest.mark.parametrize("what", ["expired", "newer", "paused", "night"])
def test_a_repeat_that_has_lost_its_sense_leaves_the_reminder_sent(anna: Patient, mails: Sink, what: str) -> None:
    reminder = remind(anna, "recheck")
    deliver_due(NINE)
    now = NINE + UNREAD_AFTER
    if what == "expired":
        Reminder.objects.update(expires_at=now)
    if what == "newer":
        Reminder.objects.create(
            patient=anna, kind="recheck", occurrence="b", due_at=now - SOON, expires_at=now + SOON, state="sent"
        )
    if what == "paused":
        Patient.objects.update(status=PatientStatus.PAUSED)
    if what == "night":
        Patient.objects.update(quiet_from="10:00", quiet_until="22:00")
    repeat_unread(now)
    assert deliver_due(now) == 0
    reminder.refresh_from_db()
    assert (reminder.state, len(mails.mails)) == ("sent", 1)


def test_a_reminder_in_the_app_alone_is_not_repeated(anna: Patient) -> None:
    Patient.objects.update(email="", phone="")
    remind(anna)
    deliver_due(NINE)
    assert repeat_unread(NINE + timedelta(days=1)) == 0


def test_repeating_costs_one_statement(anna: Patient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        repeat_unread(NINE)
