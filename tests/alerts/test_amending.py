"""A report on which an alert rests was put right: whoever sees to the alert reads that, beside the first answer."""

from __future__ import annotations

import uuid
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import acknowledge, close
from alerts.admin.why import why_in_short
from alerts.models import Alert
from alerts.models.alert import Outcome
from alerts.worklist import read_worklist
from symptoms.clinical.terms import Problem, Respondent
from symptoms.flow.amend import amend_report
from symptoms.flow.report import file_report
from symptoms.models import Patient, Practitioner, SymptomReport, User
from symptoms.models.amendment import AmendmentReason
from symptoms.models.report import ReportSource
from tests.alerts.making import events_of, raised, urgent

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(ada: Patient, nurse_kim: Practitioner) -> SymptomReport:
    """A fever of 38.5 degrees, half an hour ago."""
    return file_report(
        ada, client_id=uuid.uuid4(), answers={"symptoms": ["fever"], "fever.temperature_c": 38.5}, occurred_at=None,
        respondent=Respondent.PATIENT, source=ReportSource.FORM, now=timezone.now() - timedelta(minutes=30),
    ).report  # fmt: skip


@pytest.fixture
def alert(report: SymptomReport) -> Alert:
    return Alert.objects.get(problem=Problem.INFECTION)


def put_right(report: SymptomReport, by: User, note: str = "", **answers: Any) -> None:
    given = {slot.replace("__", "."): value for slot, value in answers.items()}
    amend_report(
        report, reason=AmendmentReason.MISTAKE, answers=given, note=note, author=by, now=timezone.now()
    )  # fmt: skip


def pages(site: Client, alert: Alert) -> list[str]:
    """The worklist and the page of the alert."""
    addresses = (reverse("admin:index"), reverse("admin:alerts_alert_change", args=[alert.pk]))
    return [unescape(site.get(one).content.decode()) for one in addresses]


def test_a_correction_stands_in_the_timeline_and_on_the_line_beside_the_first_value(
    ada: Patient, report: SymptomReport, alert: Alert, kim_site: Client
) -> None:
    put_right(report, ada.user, fever__temperature_c=37.0)
    after = Alert.objects.get(pk=alert.pk)
    assert events_of(after)[-2:] == ["amended", "joined"], "what was put right comes before what follows from it"
    assert (after.urgency, after.state) == (alert.urgency, alert.state)
    assert set(after.rules) >= set(alert.rules)
    listed, own = pages(kim_site, alert)
    for page in (listed, own):
        assert "temperature: 38.5 °C" in page, "the first value"
        assert "Put right since: temperature: 37.0 °C instead of “38.5 °C”" in page
    assert "A report was put right</b> · the patient" in own
    assert "It is the report of" in own


def test_a_colleague_is_named_and_a_remark_alone_is_said(
    report: SymptomReport, alert: Alert, nurse_kim: Practitioner, kim_site: Client
) -> None:
    put_right(report, nurse_kim.user, note="It was measured under the arm.")
    assert alert.events.get(kind="amended").actor == nurse_kim.user
    listed, own = pages(kim_site, alert)
    assert "Put right since: with a remark" in listed
    assert "A report was put right</b> · Kim Keller" in own


def test_who_acts_from_a_page_of_before_is_asked_to_look_again(
    ada: Patient, report: SymptomReport, alert: Alert, nurse_kim: Practitioner
) -> None:
    before = read_worklist(nurse_kim, timezone.now()).version
    put_right(report, ada.user, note="I was wrong.")
    assert read_worklist(nurse_kim, timezone.now()).version != before
    assert Alert.objects.get(pk=alert.pk).updated_at > alert.updated_at


def test_a_closed_alert_gets_its_line_and_stays_closed(
    ada: Patient, report: SymptomReport, alert: Alert, nurse_kim: Practitioner
) -> None:
    acknowledge(alert, nurse_kim, timezone.now())
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    put_right(report, ada.user, fever__temperature_c=37.0)
    assert events_of(alert)[-1] == "amended"
    assert Alert.objects.get(pk=alert.pk).state == "closed"


def test_an_alert_that_rests_on_another_report_says_nothing(
    ada: Patient, report: SymptomReport, alert: Alert, kim_site: Client
) -> None:
    other = raised(urgent("SELF-HARM", problem=Problem.OTHER), ada, now=timezone.now())
    put_right(report, ada.user, fever__temperature_c=37.0)
    assert "amended" not in events_of(other)


def test_a_narrow_column_says_that_an_answer_was_put_right(
    ada: Patient, report: SymptomReport, alert: Alert, nurse_kim: Practitioner
) -> None:
    put_right(report, ada.user, fever__temperature_c=37.0)
    (line,) = read_worklist(nurse_kim, timezone.now()).alerts
    assert why_in_short(line) == "temperature: 38.5 °C and 1 more (put right later)"


def test_the_chart_says_which_figures_were_put_right(ada: Patient, report: SymptomReport, kim_site: Client) -> None:
    put_right(report, ada.user, fever__temperature_c=37.0)
    page = unescape(kim_site.get(reverse("admin:symptoms_patient_change", args=[ada.pk])).content.decode())
    assert "(put right later): temperature 38.5" in page
