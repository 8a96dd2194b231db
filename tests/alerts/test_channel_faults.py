"""Faults of the providers: slow and failing ones, and ones that accept and then fall silent. No page is lost.

The bounds: each page arrives; one that was accepted is not sent again; copies beyond the first are no more than
attempts whose outcome is unknown.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from alerts.models import DeliveryAttempt, Digest, Notification
from alerts.models.digest import DigestState
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.transports import sms, web
from symptoms.clinical.calendar import local_date
from symptoms.clock import database_now
from symptoms.models import Patient, Practitioner
from tests.alerts.http_sink import HttpSink, Received, Reply, reply, running_http_sink
from tests.alerts.making import emergency, make_practitioner, raised, urgent
from tests.alerts.providers import PHONE, Providers, give_address
from tests.alerts.sink import Sink, running_sink
from tests.alerts.test_dispatching import await_that, dispatcher

NURSES = 8


@pytest.fixture
def mail() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


def on_call(ada: Patient) -> list[Practitioner]:
    """Nurses on call, each with a number of their own; the clinic has had its digest of today, so only pages go out."""
    now = database_now()
    nurses = [make_practitioner(ada.clinic, f"nurse{number}", is_on_call=True) for number in range(NURSES)]
    for number, nurse in enumerate(nurses):
        give_address(nurse, Channel.SMS, f"+3247012340{number}")
    Digest.objects.create(
        recipient=nurses[0],
        on=local_date(now, ada.clinic.zone),
        alert_count=1,
        state=DigestState.SENT,
        created_at=now,
        not_before=now,
    )
    return nurses


def unknown_attempts() -> int:
    return DeliveryAttempt.objects.filter(outcome=AttemptOutcome.UNKNOWN).count()


def environment_of(sink: HttpSink) -> dict[str, str]:
    return {"SMS_URL": sink.url.replace("http://", "http://AC1:token@"), "SMS_FROM": "+32460000000"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failing", [reply(503), Reply(is_cut=True)], ids=["F6-refused", "F6-cut-off"])
def test_a_slow_provider_that_fails_half_the_calls_loses_nothing(
    ada: Patient, nurse_kim: Practitioner, mail: Sink, settings: Settings, failing: Reply
) -> None:
    """F6: each call takes a while, and about half of them fail: the first two for every second nurse."""
    numbers = itertools.count()
    calls: Counter[str] = Counter()
    taken: list[str] = []

    def answer(request: Received) -> Reply:
        to = request.form["To"]
        calls[to] += 1
        if int(to[-1]) % 2 and calls[to] <= 2:
            return Reply(failing.status, failing.body, after_s=0.2, is_cut=failing.is_cut)
        taken.append(to)
        return Reply(201, b'{"sid": "SM%d"}' % next(numbers), after_s=0.2)

    with running_http_sink(answer) as sink:
        for name, value in environment_of(sink).items():
            setattr(settings, name, value)
        nurses = on_call(ada)
        give_address(nurse_kim, Channel.SMS, PHONE)
        alert = raised(emergency(), ada)
        assert set(alert.notifications.values_list("channel", flat=True)) == {"sms"}
        with dispatcher(mail, "--threads", "4", **environment_of(sink)):
            await_that(lambda: not Notification.objects.undelivered().exists(), within_s=60)
    assert sum(calls.values()) - len(taken) == NURSES, "half of the calls failed"
    sent_by_sms = Counter(taken)
    assert len(sent_by_sms) == NURSES + 1, "every nurse got the page"
    assert max(sent_by_sms.values()) == 1, "what was accepted is not sent again"
    assert set(alert.notifications.values_list("state", flat=True)) == {"accepted"}
    assert {nurse.pk for nurse in nurses} <= set(alert.notifications.values_list("recipient", flat=True))
    assert len(mail.mails) == alert.notifications.filter(channel="email").count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_provider_that_accepts_and_breaks_off_gets_each_page_again_and_no_more(
    ada: Patient, nurse_kim: Practitioner, mail: Sink, settings: Settings
) -> None:
    """F13: the first call for each nurse is accepted, and its answer lost."""
    arrived: Counter[str] = Counter()

    def answer(request: Received) -> Reply:
        arrived[request.form["To"]] += 1
        number = sum(arrived.values())
        return Reply(201, b'{"sid": "SM%d"}' % number, is_cut=arrived[request.form["To"]] == 1)

    with running_http_sink(answer) as sink:
        for name, value in environment_of(sink).items():
            setattr(settings, name, value)
        on_call(ada)
        give_address(nurse_kim, Channel.SMS, PHONE)
        raised(emergency(), ada)
        with dispatcher(mail, "--threads", "4", **environment_of(sink)):
            await_that(lambda: not Notification.objects.undelivered().exists(), within_s=60)
    assert set(arrived.values()) == {2}
    assert sum(arrived.values()) - len(arrived) <= unknown_attempts() == NURSES + 1
    repeats = [request for request in sink.received if request.form["Body"].startswith("Repeat: ")]
    assert len(repeats) == NURSES + 1


@pytest.mark.django_db
def test_a_provider_that_accepts_and_never_answers_is_left_within_the_budget(
    ada: Patient, nurse_kim: Practitioner, providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F13, with the time-out itself: the budget is cut to a part of a second."""
    monkeypatch.setattr(sms, "post", functools.partial(web.post, total_seconds=0.3))
    providers.sms.answer = lambda _: Reply(
        201, b'{"sid": "SM1"}', after_s=20 if len(providers.sms.received) == 1 else 0
    )
    give_address(nurse_kim, Channel.SMS, PHONE)
    page = raised(urgent(), ada).notifications.get()
    assert deliver_due() == 1
    page.refresh_from_db()
    assert page.state == "pending"
    Notification.objects.update(due_at=Now())
    assert deliver_due() == 1
    assert [attempt.outcome for attempt in page.attempts.order_by("number")] == ["unknown", "accepted"]
    assert len(providers.sms.received) - 1 <= unknown_attempts()


def test_the_budget_of_every_call_is_shorter_than_the_lease_allows() -> None:
    from alerts.claiming import BUDGET, LEASE
    from alerts.transports import fcm

    assert BUDGET.total_seconds() >= web.TOTAL_SECONDS
    assert BUDGET.total_seconds() >= fcm.WAIT_SECONDS + 2 * fcm.CALL_SECONDS
    assert LEASE >= 2 * BUDGET
