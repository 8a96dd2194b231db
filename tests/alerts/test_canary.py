"""The synthetic patient: red reports go the whole way to a provider, and no person's list or figures know of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from alerts.canary import canary_age, is_canary_late, send_canary
from alerts.chores import keep_house
from alerts.models import Alert, Notification, PeriodicRun
from alerts.models.alert import CANARY_SLUG
from alerts.notifying import deliver_due
from symptoms.clinical.terms import Urgency
from symptoms.models import Patient, Practitioner
from tests.alerts.making import raised, urgent
from tests.alerts.sink import Sink, running_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def canary(settings: Settings) -> None:
    settings.CANARY_EMAIL = "canary@sink.example"


def next_period() -> None:
    PeriodicRun.objects.update(slot=F("slot") - timedelta(minutes=10))


@pytest.mark.usefixtures("canary")
def test_a_red_report_goes_the_whole_way_to_a_mailbox(settings: Settings) -> None:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        assert send_canary()
        deliver_due()
        assert recipients(sink) == ["canary@sink.example"]
    alert = Alert.objects.get()
    assert (alert.urgency, alert.patient.is_synthetic) == (Urgency.EMERGENCY, True)
    assert alert.report is not None
    assert alert.report.assessments.exists()
    age = canary_age()
    assert age is not None
    assert age < timedelta(minutes=1)
    assert not is_canary_late()


def recipients(sink: Sink) -> list[str]:
    return [address for to, _ in sink.mails for address in to]


@pytest.mark.usefixtures("canary")
def test_of_two_dispatchers_one_sends_it_and_the_next_period_closes_the_last() -> None:
    assert [send_canary(), send_canary()] == [True, False]
    next_period()
    assert send_canary()
    assert sorted(Alert.objects.values_list("state", flat=True)) == ["closed", "open"]
    assert Patient.objects.count() == Practitioner.objects.count() == 1


@pytest.mark.usefixtures("canary")
@pytest.mark.parametrize(("minutes", "is_late"), [(1.9, False), (2.1, True)])
def test_a_first_page_that_does_not_arrive_is_late(minutes: float, is_late: bool) -> None:
    send_canary()
    Alert.objects.update(raised_at=F("raised_at") - timedelta(minutes=minutes))
    assert is_canary_late() == is_late


@pytest.mark.usefixtures("canary")
@pytest.mark.parametrize(("minutes", "is_late"), [(11.9, False), (12.1, True)])
def test_pages_that_stop_arriving_are_late(settings: Settings, minutes: float, is_late: bool) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_canary()
    deliver_due()
    Notification.objects.update(finished_at=F("finished_at") - timedelta(minutes=minutes))
    assert is_canary_late() == is_late


def test_without_an_address_there_is_no_canary() -> None:
    assert not send_canary()
    assert not is_canary_late()
    assert not Alert.objects.exists()


def test_what_is_open_when_its_address_is_taken_away_is_closed(settings: Settings) -> None:
    settings.CANARY_EMAIL = "canary@sink.example"
    send_canary()
    settings.CANARY_EMAIL = ""
    assert not send_canary()
    assert Alert.objects.get().state == "closed"


@pytest.mark.usefixtures("canary")
def test_no_persons_list_shows_it(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner, capsys: pytest.CaptureFixture[str]
) -> None:
    own = raised(urgent(), ada)
    send_canary()
    assert Alert.objects.count() == 2
    call_command("worklist", "--json")
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [str(own.pk)]
    for address in ("/admin/alerts/alert/", "/admin/symptoms/patient/", "/admin/symptoms/symptomreport/"):
        assert "Canary" not in kim_site.get(address).content.decode()


@pytest.mark.usefixtures("canary")
def test_keeping_house_sends_it_and_no_digest_is_written_for_it() -> None:
    keep_house()
    keep_house()
    alert = Alert.objects.get()
    assert alert.clinic.slug == CANARY_SLUG
    assert not alert.clinic.practitioners.get().digests.exists()
