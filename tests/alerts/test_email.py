"""Pages by e-mail through a real SMTP server: what they say, what they keep to themselves, how they fail."""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from pytest_django import Settings

from alerts.acknowledging import acknowledge
from alerts.models import ContactPoint, Notification
from alerts.models.notification import AttemptOutcome
from alerts.transports import smtp
from alerts.transports.email import EmailTransport
from alerts.transports.mail import compose_mail, send_mail
from alerts.transports.messages import HEADLINES, link_to
from symptoms.clinical.terms import Urgency
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import deliver_one
from tests.alerts.making import NOW, emergency, events_of, make_practitioner, make_report, raised, routine, urgent
from tests.alerts.sink import Sink, running_sink

pytestmark = pytest.mark.django_db
BACKEND = "alerts.transports.smtp.EmailBackend"


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 2
        settings.SITE_URL = "https://clinic.example"
        yield sink


@pytest.fixture
def page(ada: Patient, nurse_kim: Practitioner) -> Notification:
    return raised(urgent(), ada).notifications.get()


def test_a_page_says_how_urgent_which_alert_and_where_to_read_it(sink: Sink, page: Notification) -> None:
    deliver_one(page.pk)
    [(recipients, mail)] = sink.mails
    assert recipients == [page.recipient.user.email]
    assert mail["Subject"] == f"URGENT alert {page.alert.number}"
    assert f"https://clinic.example/admin/alerts/alert/{page.alert.pk}/change/" in mail.get_content()
    assert mail["Message-ID"] == f"<notification-{page.pk}@clinic.example>"
    page.refresh_from_db()
    assert page.state == "accepted"
    assert page.attempts.get().provider_id == mail["Message-ID"]


def test_the_link_leads_to_the_alert_in_the_admin_site(page: Notification) -> None:
    assert link_to(page.alert).endswith(reverse("admin:alerts_alert_change", args=[page.alert.pk]))


def test_the_subject_names_the_urgency_that_the_alert_has_when_it_is_sent(
    sink: Sink, ada: Patient, nurse_kim: Practitioner
) -> None:
    deliver_one(raised(emergency(), ada).notifications.get().pk)
    assert sink.mails[0][1]["Subject"].startswith("EMERGENCY alert")


def test_a_page_holds_no_name_no_symptom_and_no_rule(sink: Sink, ada: Patient, nurse_kim: Practitioner) -> None:
    ada.hospital_number, ada.phone = "H-4711", "+32 470 00 00 00"
    ada.date_of_birth = date(1971, 4, 5)
    ada.save()
    report = make_report(ada, {"mouth_sores.count": 4, "other.text": "it burns"})
    alert = raised(urgent("MOUTH-COUNT"), ada, report)
    raised(routine("MOUTH-NO-BATH"), ada, report)
    deliver_one(alert.notifications.get().pk)
    [(_, mail)] = sink.mails
    text = f"{mail.as_string()}{mail.get_content()}".lower()
    secrets = [*ada.full_name.split(), ada.email, "H-4711", "470", "1971", "burns", str(ada.pk), str(report.pk)]
    for secret in [*secrets, "mouth", "sore", "MOUTH-COUNT", ada.clinic.name, nurse_kim.user.get_full_name() or "@@"]:
        assert secret.lower() not in text, secret


def test_a_repeat_says_so_and_keeps_its_identity(sink: Sink, page: Notification) -> None:
    for number in (1, 2):
        page.attempt_count = number
        EmailTransport().send(page)
    (_, first), (_, second) = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert "epeat" not in first.as_string()
    assert second["Subject"] == f"Repeat: {first['Subject']}"
    assert "try 2" in second.get_content()


@pytest.mark.parametrize(
    ("place", "reply", "outcome", "error"),
    [
        ("recipient", "550 no such user", "permanent_failure", "SMTPRecipientsRefused 550"),
        ("recipient", "450 busy", "temporary_failure", "SMTPRecipientsRefused 450"),
        ("recipient", "499 still temporary", "temporary_failure", "SMTPRecipientsRefused 499"),
        ("recipient", "500 for good", "permanent_failure", "SMTPRecipientsRefused 500"),
        ("data", "554 looks like spam", "permanent_failure", "SMTPDataError 554"),
        ("data", "451 try later", "temporary_failure", "SMTPDataError 451"),
        ("recipient", "550 5.7.1 account suspended", "temporary_failure", "SMTPRecipientsRefused 550"),
        ("recipient", "550 5.1.1 no such user, see 5.7.1", "permanent_failure", "SMTPRecipientsRefused 550"),
        ("data", "554 5.7.26 sender not authenticated", "temporary_failure", "SMTPDataError 554"),
    ],
)
def test_what_the_server_refuses(
    sink: Sink, page: Notification, place: str, reply: str, outcome: str, error: str
) -> None:
    setattr(sink, f"refuse_{place}", reply)
    deliver_one(page.pk)
    attempt = page.attempts.get()
    assert (attempt.outcome, attempt.error) == (outcome, error)
    assert page.recipient.user.email not in attempt.error


def test_a_server_that_refuses_everybody_for_a_while_gets_every_page_when_it_is_over(
    sink: Sink, ada: Patient, nurse_kim: Practitioner
) -> None:
    make_practitioner(ada.clinic, "sam", is_on_call=True)
    alert = raised(urgent(), ada)
    sink.refuse_recipient = "550 no such user"
    for _ in range(3):
        alert.notifications.update(due_at=Now())
        for page in alert.notifications.all():
            deliver_one(page.pk)
    assert events_of(alert).count("delivery_failed") == 2, "once for each of the two, however often they are refused"
    assert events_of(alert).count("nobody_reachable") == 1
    assert set(alert.notifications.values_list("state", flat=True)) == {"pending"}
    sink.refuse_recipient = ""
    alert.notifications.update(due_at=Now())
    for page in alert.notifications.all():
        deliver_one(page.pk)
    about = [(recipients, mail) for recipients, mail in sink.mails if f"alert {alert.number}" in mail["Subject"]]
    assert sorted(address for recipients, _ in about for address in recipients) == sorted(
        page.recipient.user.email for page in alert.notifications.all()
    )
    assert not ContactPoint.objects.filter(bad_since__isnull=False).exists(), "a page that is taken clears the mark"


def test_a_refused_page_is_tried_until_somebody_has_taken_the_alert(
    sink: Sink, page: Notification, nurse_kim: Practitioner
) -> None:
    sink.refuse_recipient = "550 no such user"
    deliver_one(page.pk)
    page.refresh_from_db()
    assert (page.state, page.finished_at) == ("pending", None)
    acknowledge(page.alert, nurse_kim, NOW)
    page.refresh_from_db()
    assert page.state == "cancelled"


def test_a_server_that_is_away_is_a_passing_failure(page: Notification, settings: Settings) -> None:
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    deliver_one(page.pk)
    assert page.attempts.get().outcome == AttemptOutcome.TEMPORARY_FAILURE


@pytest.mark.parametrize("greeting", [b"", b"220 ready\r\n"], ids=["at the greeting", "after it"])
def test_a_server_that_goes_away_before_the_mail_s_turn_does_not_have_it(
    page: Notification, settings: Settings, greeting: bytes
) -> None:
    def greet_and_leave() -> None:
        caller, _ = listener.accept()
        caller.sendall(greeting)
        caller.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        settings.EMAIL_TIMEOUT = 2
        server = threading.Thread(target=greet_and_leave)
        server.start()
        deliver_one(page.pk)
        server.join()
    assert page.attempts.get().outcome == AttemptOutcome.TEMPORARY_FAILURE


def test_a_server_that_accepts_and_then_falls_silent_gets_the_mail_again(
    sink: Sink, page: Notification, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.silent_s = 0.5
    deliver_one(page.pk)
    page.refresh_from_db()
    assert (page.state, page.attempts.get().outcome) == ("pending", "unknown")
    assert len(sink.mails) == 1


def test_a_server_that_is_slow_at_every_line_is_left_within_the_budget(
    sink: Sink, page: Notification, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TOTAL_SECONDS", 0.5)
    settings.EMAIL_TIMEOUT = 30
    sink.silent_s = 3.0
    began = time.monotonic()
    deliver_one(page.pk)
    assert time.monotonic() - began < sink.silent_s
    attempt = page.attempts.get()
    assert (attempt.outcome, attempt.error) == ("unknown", "SMTPServerDisconnected")


def test_tls_from_the_start_has_the_same_budget(settings: Settings) -> None:
    settings.EMAIL_USE_SSL = True
    assert issubclass(smtp.EmailBackend().connection_class, smtplib.SMTP_SSL)
    assert smtp.EmailBackend().connection_class.getreply is smtp.EmailBackend(use_ssl=False).connection_class.getreply


@pytest.mark.parametrize("address", ["", "line\nbreak@example.org", "a@" + "é" * 70 + ".example"])
def test_an_address_that_cannot_be_written_fails_for_good(sink: Sink, address: str) -> None:
    mail = compose_mail(identity="x", to=address, subject="s", body="b")
    assert send_mail(mail).outcome == AttemptOutcome.PERMANENT_FAILURE


def test_a_fault_of_our_own_never_ends_a_page(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.EMAIL_BACKEND = "no.such.Backend"
    mail = compose_mail(identity="x", to="kim@example.org", subject="s", body="b")
    sent = send_mail(mail)
    assert (sent.outcome, sent.error) == (AttemptOutcome.TEMPORARY_FAILURE, "ModuleNotFoundError")
    assert "mail_failed_unexpectedly" in caplog.text


def test_every_urgency_that_an_alert_can_have_has_a_headline() -> None:
    assert set(HEADLINES) == {urgency for urgency in Urgency if urgency >= Urgency.ROUTINE}
