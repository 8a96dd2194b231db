"""The daily digest: when the clinic opens, once a day and person, tried until it is sent, and with nothing clinical."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from alerts import digests
from alerts.acknowledging import close
from alerts.digests import deliver_digests, plan_digests
from alerts.models import Alert, ClinicHoliday, Digest, RotaGap
from alerts.models.alert import Outcome
from alerts.models.notification import Channel
from alerts.watchdog import reasons_for_delay
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, Practitioner, User
from tests.alerts.http_sink import reply
from tests.alerts.making import NOW, make_practitioner, raised, routine
from tests.alerts.providers import PHONE, Providers, give_address
from tests.alerts.sink import Sink, running_sink

pytestmark = pytest.mark.django_db

TUESDAY_OPENING = datetime(2026, 3, 10, 8, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def plan_at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(digests, "database_now", lambda: moment)
    return plan_digests()


@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        (TUESDAY_OPENING - timedelta(minutes=1), 0),
        (TUESDAY_OPENING, 1),
        (TUESDAY_OPENING + timedelta(hours=9, minutes=59), 1),
        (TUESDAY_OPENING + timedelta(hours=10), 0),
        (TUESDAY_OPENING + timedelta(days=4), 0),
    ],
    ids=["before", "opens", "after a long outage", "closed", "Saturday"],
)
def test_it_is_written_on_working_days_from_when_the_clinic_opens(
    ada: Patient, nurse_kim: Practitioner, moment: datetime, planned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(routine(), ada)
    assert plan_at(moment, monkeypatch) == planned


def test_it_goes_to_tier_1_once_a_day_with_the_number_of_alerts_and_a_link(
    ada: Patient, ben: Patient, nurse_kim: Practitioner, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_practitioner(ada.clinic, "off_duty")
    raised(routine(), ada)
    raised(routine("OTHER", problem=Problem.OTHER), ada)
    for _ in range(2):
        plan_at(TUESDAY_OPENING, monkeypatch)
        deliver_digests()
    ((to, mail),) = sink.mails
    assert to == [nurse_kim.user.email]
    assert mail["Subject"] == "2 alerts are waiting"
    assert "/admin/alerts/alert/" in mail.get_content()
    for secret in (ada.full_name, "mouth", "MOUTH-PAIN"):
        assert secret not in mail.as_string()
    plan_at(TUESDAY_OPENING + timedelta(days=1), monkeypatch)
    assert Digest.objects.count() == 2


def test_without_waiting_alerts_or_on_a_holiday_there_is_none(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(routine(), ada)
    ClinicHoliday.objects.create(clinic=ada.clinic, on=TUESDAY_OPENING.date(), name="closed")
    assert plan_at(TUESDAY_OPENING, monkeypatch) == 0
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW)
    assert plan_at(TUESDAY_OPENING + timedelta(days=1), monkeypatch) == 0


def test_one_that_fails_is_tried_again_until_it_is_sent(
    ada: Patient, nurse_kim: Practitioner, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    sink.refuse_data = "451 later"
    assert deliver_digests() == 0
    assert deliver_digests() == 0, "held until its lease ends"
    sink.refuse_data = ""
    Digest.objects.update(not_before=Now())
    assert deliver_digests() == 1
    digest = Digest.objects.get()
    assert (digest.state, digest.attempt_count) == ("sent", 2)
    assert len(sink.mails) == 1


def test_one_that_no_try_brought_out_ends_with_the_day_and_warns_nobody_any_more(
    ada: Patient, nurse_kim: Practitioner, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    sink.refuse_data = "451 later"
    for hours, state in ((15.9, "pending"), (16, "failed")):
        moment = TUESDAY_OPENING + timedelta(hours=hours)
        monkeypatch.setattr(digests, "database_now", lambda moment=moment: moment)
        Digest.objects.update(not_before=Now())
        assert deliver_digests() == 0
        assert Digest.objects.get().state == state
    assert "digest_late" not in reasons_for_delay()


def test_one_whose_answer_got_lost_may_have_arrived_and_is_not_sent_again(
    ada: Patient, nurse_kim: Practitioner, sink: Sink, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    settings.EMAIL_TIMEOUT, sink.silent_s = 0.3, 0.6
    assert deliver_digests() == 1
    assert Digest.objects.get().state == "sent"


def test_one_that_every_channel_refuses_is_a_system_alert(
    ada: Patient,
    nurse_kim: Practitioner,
    sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    sink.refuse_recipient = "550 unknown"
    assert deliver_digests() == 0
    assert Digest.objects.get().state == "failed"
    assert "digest_refused" in caplog.text
    told = Alert.objects.get(problem="system")
    assert (told.rules, told.urgency, told.patient) == (["DIGEST-REFUSED"], Urgency.URGENT, ada)


def test_one_for_somebody_without_any_address_is_a_system_alert(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    User.objects.filter(pk=nurse_kim.user.pk).update(email="")
    assert deliver_digests() == 0
    assert Alert.objects.get(problem="system").rules == ["DIGEST-REFUSED"]


def test_it_goes_by_the_person_s_own_first_channel(
    ada: Patient, nurse_kim: Practitioner, providers: Providers, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE)
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    assert deliver_digests() == 1
    assert providers.texts() == ["1 alert is waiting. https://clinic.example/admin/alerts/alert/"]
    assert sink.mails == []


@pytest.mark.parametrize("status", [400, 503], ids=["refused", "away"])
def test_what_one_channel_does_not_take_goes_by_the_next(
    ada: Patient,
    nurse_kim: Practitioner,
    providers: Providers,
    sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    providers.sms.answer = lambda _: reply(status, {"code": 21211})
    give_address(nurse_kim, Channel.SMS, PHONE)
    raised(routine(), ada)
    plan_at(TUESDAY_OPENING, monkeypatch)
    assert deliver_digests() == 1
    assert len(sink.mails) == 1
    assert not Alert.objects.filter(problem="system").exists()


def test_gaps_in_the_rota_are_named_in_it(
    ada: Patient, nurse_kim: Practitioner, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(routine(), ada)
    RotaGap.objects.create(clinic=ada.clinic, tier="lead", starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    plan_at(TUESDAY_OPENING, monkeypatch)
    deliver_digests()
    assert "1 gaps" in sink.mails[0][1].get_content()
