"""By which channel each person is paged, and by which next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from alerts.claiming import claim_next, from_now
from alerts.models import Alert, DeliveryAttempt, Notification
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.paging import queue_notifications
from symptoms.models import Clinic, Patient, Practitioner
from tests.alerts.delivering import NullTransport, deliver_one
from tests.alerts.making import NOW, make_practitioner, raised, recipients_of, urgent
from tests.alerts.providers import PHONE, give_address
from tests.triggers import ignoring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("providers")]


@pytest.fixture
def kim(nurse_kim: Practitioner) -> Practitioner:
    """Kim is paged by SMS, then by webhook, then by e-mail."""
    give_address(nurse_kim, Channel.SMS, PHONE, order=1)
    give_address(nurse_kim, Channel.WEBHOOK, "https://127.0.0.1/pager", order=2)
    return nurse_kim


@pytest.fixture
def alert(ada: Patient, kim: Practitioner) -> Alert:
    return raised(urgent(), ada)


def channels_of(alert: Alert) -> list[str]:
    return sorted(alert.notifications.values_list("channel", flat=True))


def failing(*outcomes: AttemptOutcome) -> dict[str, NullTransport]:
    transport = NullTransport(*outcomes)
    return dict.fromkeys(Channel, transport)


def test_a_person_is_paged_by_their_own_first_channel(alert: Alert) -> None:
    assert channels_of(alert) == ["sms"]


@pytest.mark.parametrize(
    ("wanted", "used"),
    [(["webhook"], "webhook"), (["fcm", "email", "sms"], "email"), (["fcm"], "sms"), ([], "sms")],
)
def test_a_policy_names_channels_and_nobody_is_left_out_for_having_none_of_them(
    alert: Alert, kim: Practitioner, wanted: list[str], used: str
) -> None:
    [page] = queue_notifications(alert, [kim], now=NOW, step=2, cycle=1, channels=wanted)
    assert page.channel == used


def test_asking_twice_for_the_same_page_queues_it_once(alert: Alert, kim: Practitioner) -> None:
    first = queue_notifications(alert, [kim], now=NOW, step=2, cycle=1)
    second = queue_notifications(alert, [kim], now=NOW, step=2, cycle=1)
    assert [page.pk for page in first] == [page.pk for page in second]
    assert alert.notifications.filter(step=2).count() == 1


def test_the_key_of_a_page_says_what_it_is(alert: Alert, kim: Practitioner) -> None:
    [page] = queue_notifications(alert, [kim], now=NOW, step=3, cycle=2)
    assert page.idempotency_key == f"{alert.pk}:1:3:2:sms:{kim.pk}"


def test_who_cannot_be_reached_is_left_out_of_the_answer(alert: Alert, clinic: Clinic, kim: Practitioner) -> None:
    mute = make_practitioner(clinic, "mute", email="")
    pages = queue_notifications(alert, [mute, kim], now=NOW, step=2, cycle=1)
    assert [page.recipient for page in pages] == [kim]
    assert queue_notifications(alert, [mute], now=NOW, step=3, cycle=1) == []


def test_somebody_without_an_e_mail_address_is_reached_by_a_verified_number(ada: Patient) -> None:
    nurse = make_practitioner(ada.clinic, "phone_only", email="", is_on_call=True)
    give_address(nurse, Channel.SMS, PHONE)
    assert channels_of(raised(urgent(), ada)) == ["sms"]


@pytest.mark.parametrize("outcome", [AttemptOutcome.TEMPORARY_FAILURE, AttemptOutcome.UNKNOWN])
def test_after_two_failures_the_next_channel_is_tried_beside_the_first(alert: Alert, outcome: AttemptOutcome) -> None:
    transports = failing(*[outcome] * 5)
    page = alert.notifications.get()
    deliver_one(page.pk, transports)
    assert channels_of(alert) == ["sms"]
    Notification.objects.update(due_at=Now())
    deliver_one(page.pk, transports)
    assert channels_of(alert) == ["sms", "webhook"]
    page.refresh_from_db()
    assert page.state == "pending", "the first channel is tried on as well"
    other = alert.notifications.get(channel="webhook")
    for _ in range(2):
        Notification.objects.update(due_at=Now())
        deliver_one(other.pk, transports)
    assert channels_of(alert) == ["email", "sms", "webhook"]


@pytest.mark.parametrize(("age_s", "channels"), [(50, ["sms"]), (60, ["sms", "webhook"])])
def test_a_page_that_is_taken_over_a_minute_after_its_first_try_goes_by_the_next_channel_as_well(
    alert: Alert, age_s: int, channels: list[str]
) -> None:
    page = alert.notifications.get()
    assert claim_next() is not None
    Notification.objects.update(lease_until=Now())
    with ignoring("alerts.DeliveryAttempt:attempt_ends_once"):
        DeliveryAttempt.objects.update(started_at=from_now(-timedelta(seconds=age_s)))
    deliver_one(page.pk, failing())
    assert channels_of(alert) == channels


def test_each_channel_is_added_once(alert: Alert) -> None:
    page = alert.notifications.get()
    transports = failing(*[AttemptOutcome.TEMPORARY_FAILURE] * 6)
    for _ in range(5):
        Notification.objects.filter(pk=page.pk).update(due_at=Now())
        deliver_one(page.pk, transports)
    assert channels_of(alert) == ["sms", "webhook"]


def test_a_permanent_failure_goes_through_the_person_s_channels_and_then_to_the_others(
    alert: Alert, clinic: Clinic
) -> None:
    make_practitioner(clinic, "off_duty")
    transports = failing(*[AttemptOutcome.PERMANENT_FAILURE] * 3)
    for channels in (["sms", "webhook"], ["email", "sms", "webhook"]):
        assert deliver_due(1, transports) == 1
        assert (channels_of(alert), set(recipients_of(alert))) == (channels, {"kim"})
    assert deliver_due(1, transports) == 1
    assert set(recipients_of(alert)) == {"kim", "off_duty"}


def test_the_next_channel_belongs_to_the_same_round(alert: Alert, kim: Practitioner) -> None:
    [page] = queue_notifications(alert, [kim], now=NOW, step=4, cycle=7)
    deliver_one(page.pk, failing(AttemptOutcome.PERMANENT_FAILURE))
    added = alert.notifications.get(channel="webhook")
    assert (added.generation, added.step, added.cycle, added.recipient) == (1, 4, 7, kim)
