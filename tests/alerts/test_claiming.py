"""Nobody is flooded: many pages for one person go out as one, and too many in a minute wait a moment. None is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from alerts.acknowledging import acknowledge
from alerts.claiming import HOLD_BACK, MOST_A_MINUTE, claim_next, from_now
from alerts.models import Alert, DeliveryAttempt, Notification
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import _deliver, deliver_due
from alerts.transports import TRANSPORTS
from symptoms.clinical.terms import Problem
from symptoms.clock import database_now
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport, deliver_one
from tests.alerts.making import NOW, emergency, make_practitioner, raised, urgent
from tests.alerts.sink import Sink, running_sink
from tests.cast import make_patient

pytestmark = pytest.mark.django_db
PROBLEMS = [Problem.MOUTH, Problem.INFECTION, Problem.OTHER, Problem.NO_REPORT, Problem.MISSED_VISIT]


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def raise_many(ada: Patient, count: int) -> list[Alert]:
    """Alerts of different problems, and of other patients when there are more."""
    alerts = [raised(urgent("R", problem=problem), ada) for problem in PROBLEMS[:count]]
    others = [make_patient(ada.clinic, f"Patient {number}") for number in range(len(alerts), count)]
    return [*alerts, *(raised(urgent("R"), patient) for patient in others)]


def states() -> set[str]:
    return set(Notification.objects.values_list("state", flat=True))


def test_up_to_five_go_out_one_by_one(ada: Patient, nurse_kim: Practitioner, sink: Sink) -> None:
    raise_many(ada, 5)
    assert deliver_due() == 5
    assert len(sink.mails) == 5


def test_more_than_five_go_out_as_one_that_names_each_the_most_urgent_first(
    ada: Patient, nurse_kim: Practitioner, sink: Sink
) -> None:
    alerts = raise_many(ada, 5)
    worst = raised(emergency(), ada)
    assert deliver_due() == 1
    [(_, mail)] = sink.mails
    numbers = ", ".join(str(alert.number) for alert in [worst, *alerts])
    assert mail["Subject"] == f"EMERGENCY alert: 6 are waiting ({numbers})"
    assert states() == {"accepted"}
    for alert in alerts:
        assert f"URGENT alert {alert.number}" in mail.get_content()
        assert [event.kind for event in alert.events.all()] == ["raised", "notified"]
        assert alert.notifications.get().attempts.get().outcome == "accepted"


def test_the_alert_shows_that_its_page_went_out_within_another(
    ada: Patient, nurse_kim: Practitioner, sink: Sink, kim_site: Client
) -> None:
    alerts = raise_many(ada, 6)
    deliver_due()
    leading = Notification.objects.get(bundled_into=None)
    assert Notification.objects.filter(bundled_into=leading).count() == 5
    page = kim_site.get(reverse("admin:alerts_alert_change", args=[alerts[-1].pk])).content.decode()
    assert "within another page" in page


def test_a_bundle_that_fails_is_tried_again_with_each_of_its_pages(ada: Patient, nurse_kim: Practitioner) -> None:
    raise_many(ada, 6)
    transport = NullTransport(AttemptOutcome.TEMPORARY_FAILURE)
    assert deliver_due(1, {Channel.EMAIL: transport}) == 1
    assert (states(), Notification.objects.exclude(bundled_into=None).count()) == ({"pending"}, 0)
    Notification.objects.update(due_at=Now())
    deliver_due(transports={Channel.EMAIL: transport})
    assert (states(), len(transport.sent)) == ({"accepted"}, 2)
    assert DeliveryAttempt.objects.count() == 12


def test_an_alert_that_is_taken_meanwhile_leaves_the_bundle(ada: Patient, nurse_kim: Practitioner, sink: Sink) -> None:
    raise_many(ada, 6)
    claim = claim_next()
    assert claim is not None
    first = Notification.objects.get(pk=next(iter(claim.attempts))).alert
    acknowledge(first, nurse_kim, NOW)
    _deliver(claim, TRANSPORTS)
    [(_, mail)] = sink.mails
    assert "5 are waiting" in mail["Subject"]
    assert first.notifications.get().state == "cancelled"
    others = Notification.objects.exclude(alert=first)
    assert set(others.values_list("state", flat=True)) == {"accepted"}
    assert others.filter(bundled_into=None).count() == 1


def test_pages_of_several_people_are_not_put_together(ada: Patient, nurse_kim: Practitioner) -> None:
    make_practitioner(ada.clinic, "colleague", is_on_call=True)
    raise_many(ada, 4)
    transport = NullTransport()
    assert deliver_due(transports={Channel.EMAIL: transport}) == len(transport.sent) == 8
    raise_many(make_patient(ada.clinic, "Another"), 3)
    raise_many(make_patient(ada.clinic, "Yet another"), 3)
    claim = claim_next()
    assert claim is not None
    recipients = Notification.objects.filter(pk__in=claim.attempts).values_list("recipient", flat=True)
    assert len(set(recipients)) == 1


def let_a_minute_be_busy(nurse: Practitioner, ada: Patient, count: int) -> None:
    """As if so many pages had gone out to the nurse half a minute ago."""
    for _ in range(count):
        alert = raised(urgent("R"), make_patient(ada.clinic, "Somebody"))
        alert.notifications.update(state="accepted", last_attempt_at=from_now(timedelta(seconds=-30)))


@pytest.mark.parametrize(("sent", "is_held_back"), [(MOST_A_MINUTE - 1, False), (MOST_A_MINUTE, True)])
def test_who_got_many_in_a_minute_gets_the_next_a_moment_later(
    ada: Patient, nurse_kim: Practitioner, sent: int, is_held_back: bool
) -> None:
    let_a_minute_be_busy(nurse_kim, ada, sent)
    page = raised(urgent(), ada).notifications.get()
    transport = NullTransport()
    assert deliver_one(page.pk, {Channel.EMAIL: transport}) != is_held_back
    page.refresh_from_db()
    assert (page.held_back_at is not None) == is_held_back
    if is_held_back:
        assert page.state == "pending"
        assert page.due_at - database_now() <= HOLD_BACK
        Notification.objects.filter(pk=page.pk).update(due_at=Now())
        assert deliver_one(page.pk, {Channel.EMAIL: transport}), "a page is put off once"
        assert transport.sent == [page.pk]


def test_what_was_put_off_goes_out_together(ada: Patient, nurse_kim: Practitioner, sink: Sink) -> None:
    let_a_minute_be_busy(nurse_kim, ada, MOST_A_MINUTE)
    raise_many(ada, 3)
    assert deliver_due() == 0
    first = Notification.objects.filter(state="pending").first()
    assert first is not None
    Notification.objects.filter(pk=first.pk).update(due_at=Now())
    assert deliver_due() == 1
    [(_, mail)] = sink.mails
    assert "3 are waiting" in mail["Subject"]
    assert states() == {"accepted"}


def test_a_busy_minute_by_one_channel_holds_nothing_back_by_another(ada: Patient, nurse_kim: Practitioner) -> None:
    let_a_minute_be_busy(nurse_kim, ada, MOST_A_MINUTE)
    page = raised(urgent(), ada).notifications.get()
    Notification.objects.filter(pk=page.pk).update(channel=Channel.SMS)
    assert deliver_one(page.pk, {Channel.SMS: NullTransport()})


def test_a_claim_costs_the_same_whatever_the_history(ada: Patient, nurse_kim: Practitioner) -> None:
    def queries_of_a_claim() -> int:
        raised(urgent("R"), make_patient(ada.clinic, "Another"))
        with CaptureQueriesContext(connection) as queries:
            assert claim_next() is not None
        return len(queries)

    few = queries_of_a_claim()
    let_a_minute_be_busy(nurse_kim, ada, 6)
    assert queries_of_a_claim() == few
