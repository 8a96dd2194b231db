"""Staff write to a patient: it stands in the app's talk, is announced without its content, and is kept."""

from __future__ import annotations

import uuid
from datetime import time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.acknowledging import NotOfThisClinic, close
from alerts.messaging import MAX_MESSAGE_LENGTH, CannotWrite, write_to_patient
from alerts.models import Alert, AlertEvent, Reminder
from alerts.models.alert import Outcome
from alerts.models.reminder import ReminderState
from alerts.reminding import deliver_due
from symptoms.courses import set_status
from symptoms.flow.advise import numbers_of
from symptoms.flow.opening import open_conversation
from symptoms.models import Conversation, Message, Patient, Practitioner
from symptoms.wording import LANGUAGES, text
from tests.alerts.making import raised, urgent
from tests.cast import make_patient, make_practitioner

pytestmark = pytest.mark.django_db

WORDS = "We will call you at 3 this afternoon."


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent(), ada, now=timezone.now())


def test_it_stands_in_the_open_talk_signed_with_name_and_role(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, ada_api: APIClient
) -> None:
    talk = open_conversation(ada, uuid.uuid4(), timezone.now()).turn["conversation"]["id"]
    write_to_patient(alert, nurse_kim, f"  {WORDS} ", timezone.now())
    read = ada_api.get(f"/api/v1/conversations/{talk}").json()
    assert read["status"] == "open"
    assert [one["sender"] for one in read["messages"]] == ["bot", "bot", "staff"]
    to_answer = "What you write here may not be read in time. To answer, call your team: +32 2 555 01"
    assert read["messages"][-1]["text"].startswith(f"{WORDS}\n\nKim Keller, nurse\n\n{to_answer}")


def test_the_question_on_screen_stays(alert: Alert, ada: Patient, nurse_kim: Practitioner, ada_api: APIClient) -> None:
    talk = open_conversation(ada, uuid.uuid4(), timezone.now()).turn["conversation"]["id"]
    write_to_patient(alert, nurse_kim, WORDS, timezone.now())
    sent = {"client_id": str(uuid.uuid4()), "choices": ["mouth_sores"]}
    turn = ada_api.post(f"/api/v1/conversations/{talk}/messages", sent).json()
    assert turn["expects"]["slot"] == "mouth_sores.count"
    numbers = Message.objects.filter(conversation=talk).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_somebody_who_never_talked_finds_it_in_a_closed_talk(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, ada_api: APIClient
) -> None:
    write_to_patient(alert, nurse_kim, WORDS, timezone.now())
    (talk,) = ada_api.get("/api/v1/conversations").json()["results"]
    assert talk["status"] == "closed"
    assert ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).status_code == 201


def test_the_latest_talk_is_taken_and_stays_closed(alert: Alert, ada: Patient, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    open_conversation(ada, uuid.uuid4(), now)
    Conversation.objects.update(status="closed", closed_at=now)
    message = write_to_patient(alert, nurse_kim, WORDS, now)
    assert (Conversation.objects.get().status, message.conversation) == ("closed", Conversation.objects.get())


def test_the_announcement_is_sent_at_once_at_night_too_and_says_nothing_of_it(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Patient.objects.filter(pk=ada.pk).update(quiet_from=time(0, 0), quiet_until=time(12, 0), time_zone="UTC")
    night = timezone.now().replace(hour=3)
    message = write_to_patient(alert, nurse_kim, WORDS, night)
    Reminder.objects.exclude(kind="staff_message").update(state=ReminderState.CANCELLED)
    assert deliver_due(night) == 1
    (sent,) = mail.outbox
    said = f"{sent.subject} {sent.body}"
    assert "message from your clinic" in said
    for secret in (WORDS, "Kim", "mouth", "Ada"):
        assert secret not in said
    assert Reminder.objects.get(kind="staff_message").occurrence == str(message.pk)


def test_a_form_that_is_sent_twice_writes_once(alert: Alert, kim_site: Client) -> None:
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    form = kim_site.get(address).context["form"]
    sent = {"message": WORDS, "generation": 1, "form_id": str(form["form_id"].value())}
    for _ in range(2):
        assert kim_site.post(address, sent).status_code == 302
    assert Message.objects.filter(sender="staff").count() == 1
    assert Reminder.objects.filter(kind="staff_message").count() == 1


def test_two_messages_are_announced_both(alert: Alert, ada: Patient, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    for seconds in (0, 1):
        write_to_patient(alert, nurse_kim, WORDS, now + timedelta(seconds=seconds))
    deliver_due(now + timedelta(seconds=2))
    states = Reminder.objects.filter(kind="staff_message").values_list("state", flat=True)
    assert set(states) == {"sent"}


def test_the_app_reads_the_announcement_and_staff_that_it_was_shown(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, ada_api: APIClient, kim_site: Client
) -> None:
    write_to_patient(alert, nurse_kim, WORDS, timezone.now())
    (row,) = [one for one in ada_api.get("/api/v1/reminders").json()["results"] if one["kind"] == "staff_message"]
    assert row["text"] == "Your team has written to you. Please open the app to read it."
    address = reverse("admin:alerts_alert_change", args=[alert.pk])
    assert "The app has not said yet" in kim_site.get(address).content.decode()
    assert ada_api.post(f"/api/v1/reminders/{row['id']}/shown").status_code == 204
    assert "Shown in the app" in kim_site.get(address).content.decode()


def test_it_is_on_the_timeline_with_who_wrote_it(alert: Alert, nurse_kim: Practitioner, kim_site: Client) -> None:
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    answer = kim_site.post(address, {"generation": alert.generation, "message": WORDS}, follow=True)
    assert "The message is in the patient" in answer.content.decode()
    event = AlertEvent.objects.get(kind="messaged")
    assert (event.actor, event.detail["note"]) == (nurse_kim.user, WORDS)
    alert.refresh_from_db()
    assert alert.state == "open"


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_who_is_not_written_to_gets_nothing_and_staff_read_why(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, kim_site: Client, status: str
) -> None:
    set_status(ada, status, timezone.now())
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    answer = kim_site.post(address, {"generation": alert.generation, "message": WORDS}).content.decode()
    assert "The service does not write to this patient any more. Call instead." in answer
    assert not Message.objects.exists()
    assert not Reminder.objects.filter(kind="staff_message").exists()


def test_empty_words_and_another_clinic_are_refused(
    alert: Alert, nurse_kim: Practitioner, nurse_lee: Practitioner, lee_site: Client
) -> None:
    with pytest.raises(CannotWrite, match="Write the message"):
        write_to_patient(alert, nurse_kim, " \n", timezone.now())
    with pytest.raises(NotOfThisClinic):
        write_to_patient(alert, nurse_lee, WORDS, timezone.now())
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    assert lee_site.post(address, {"generation": 1, "message": WORDS}).status_code == 404
    assert not Message.objects.exists()


def test_a_message_too_long_is_refused_by_the_form(alert: Alert, kim_site: Client) -> None:
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    for length, count in ((MAX_MESSAGE_LENGTH + 1, 0), (MAX_MESSAGE_LENGTH, 1)):
        kim_site.post(address, {"generation": alert.generation, "message": "x" * length})
        assert Message.objects.count() == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signature_is_in_the_patients_language(nurse_kim: Practitioner, language: str) -> None:
    patient = make_patient(nurse_kim.clinic, "Fay Fransen", language=language)
    message = write_to_patient(raised(urgent(), patient), nurse_kim, WORDS, timezone.now())
    to_answer = text(language, "staff", "to_answer", **numbers_of(patient, timezone.now()))
    assert message.text.endswith(f"Kim Keller, {text(language, 'staff', 'nurse')}\n\n{to_answer}")


def test_what_the_patient_answers_in_another_talk_stands_on_the_page_of_the_alert(
    alert: Alert, nurse_kim: Practitioner, ada_api: APIClient, kim_site: Client
) -> None:
    write_to_patient(alert, nurse_kim, WORDS, timezone.now())
    talk = ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()["conversation"]["id"]
    answer = "Not at 3, ring me at 5 please"
    ada_api.post(f"/api/v1/conversations/{talk}/messages", {"client_id": str(uuid.uuid4()), "text": answer})
    shown = kim_site.get(reverse("admin:alerts_alert_change", args=[alert.pk])).content.decode()
    assert answer in shown


def test_what_is_written_while_a_colleague_closes_the_alert_is_sent_only_after_a_second_look(
    alert: Alert, nurse_kim: Practitioner, kim_site: Client
) -> None:
    sam = make_practitioner(nurse_kim.clinic, "sam")
    address = reverse("admin:alerts_alert_message", args=[alert.pk])
    form = kim_site.get(address).context["form"]
    sent = {name: str(form[name].value()) for name in ("generation", "seen_at", "form_id")} | {"message": WORDS}
    close(alert, sam, Outcome.CLINIC_VISIT, "comes in at 3", timezone.now())
    answer = kim_site.post(address, sent)
    said = answer.content.decode()
    for words in ("Nothing was sent", "comes in at 3", WORDS):
        assert words in said
    assert not Message.objects.filter(sender="staff").exists()
    form = answer.context["form"]
    again = {name: str(form[name].value()) for name in ("generation", "seen_at", "form_id", "message")}
    assert kim_site.post(address, again).status_code == 302
    assert Message.objects.filter(sender="staff").count() == 1
