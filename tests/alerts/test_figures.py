"""Figures for Prometheus and for the clinic: from real rows, without test patients, and with no personal data."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from alerts import metrics
from alerts.acknowledging import acknowledge, close, record_action
from alerts.canary import send_canary
from alerts.claiming import claim_next
from alerts.handing_over import give_back
from alerts.liveness import record_heartbeat
from alerts.models import Alert, DeliveryAttempt, Notification, Reminder
from alerts.models.alert import Outcome
from alerts.models.notification import Channel
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.notifying import deliver_due
from alerts.statistics import alert_statistics
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clock import database_now
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport
from tests.alerts.delivering import NullTransport
from tests.alerts.making import emergency, make_report, raised, routine, urgent
from tests.triggers import ignoring

pytestmark = pytest.mark.django_db


def scrape(client: Client, **headers: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, ordered by the names of the labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_each_stage_is_measured_by_urgency(client: Client, ada: Patient, nurse_kim: Practitioner) -> None:
    now = database_now()
    alert = raised(urgent(), ada, now=now - timedelta(seconds=3))
    Notification.objects.update(created_at=now)
    deliver_due(transports={Channel.EMAIL: NullTransport()})
    with ignoring("alerts.DeliveryAttempt:attempt_ends_once"):
        DeliveryAttempt.objects.update(started_at=now + timedelta(seconds=2), finished_at=now + timedelta(seconds=5))
    acknowledge(alert, nurse_kim, now + timedelta(seconds=57))
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", now + timedelta(seconds=117))
    seen = scrape(client)
    seconds = {
        stage: seen[f"alert_time_to_{stage}_seconds_sum", "urgent"]
        for stage in ("queue", "first_attempt", "accept", "acknowledge", "close")
    }
    assert seconds == pytest.approx({"queue": 3, "first_attempt": 2, "accept": 5, "acknowledge": 60, "close": 120})
    assert seen["alert_time_to_accept_seconds_count", "urgent"] == 1
    assert seen["alert_time_to_accept_seconds_quantile", "0.99", "urgent"] == pytest.approx(5)
    assert ("alert_time_to_deliver_seconds_sum", "urgent") not in seen, "there was no receipt"


def test_what_waits_is_counted(client: Client, ada: Patient, nurse_kim: Practitioner) -> None:
    now = database_now()
    raised(emergency(), ada, now=now)
    raised(routine(), ada, now=now)
    acknowledge(raised(urgent("X", problem=Problem.OTHER), ada, now=now), nurse_kim, now)
    assert claim_next() is not None
    with ignoring("alerts.DeliveryAttempt:attempt_ends_once"):
        DeliveryAttempt.objects.update(started_at=now - timedelta(minutes=3))
    Notification.objects.update(due_at=now - timedelta(seconds=40))
    Alert.objects.filter(urgency=Urgency.EMERGENCY).update(climbs_at=now - timedelta(seconds=7))
    record_heartbeat("dispatcher")
    seen = scrape(client)
    assert seen["alert_open", "open", "emergency"] == seen["alert_open", "acknowledged", "urgent"] == 1
    assert seen["alert_open", "open", "routine"] == seen["alert_attempts_unknown",] == 1
    assert 40 <= seen["alert_oldest_due_seconds",] < 60
    assert 7 <= seen["alert_oldest_climb_seconds",] < 27
    assert seen["process_silent_seconds", "dispatcher"] < 20


def test_an_empty_database_has_figures_too(client: Client) -> None:
    seen = scrape(client)
    assert seen["alert_oldest_due_seconds",] == seen["alert_attempts_unknown",] == 0
    assert ("alert_canary_age_seconds",) not in seen


def test_the_canary_has_an_age_and_is_in_no_other_figure(client: Client, settings: Settings) -> None:
    settings.CANARY_EMAIL = "canary@sink.example"
    send_canary()
    deliver_due(transports={Channel.EMAIL: NullTransport()})
    seen = scrape(client)
    assert seen["alert_canary_age_seconds",] < 20
    assert not [name for name in seen if "emergency" in name]


def test_a_token_is_asked_for_when_one_is_set(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a token"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 401
    assert scrape(client, Authorization="Bearer a token")


def test_a_scrape_costs_the_same_however_many_alerts_there_are(
    client: Client, ada: Patient, nurse_kim: Practitioner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for problem in (Problem.MOUTH, Problem.OTHER, Problem.INFECTION):
        raised(urgent("X", problem=problem), ada, now=database_now())
        with django_assert_num_queries(5):
            client.get("/metrics")
    assert ada.full_name not in client.get("/metrics").content.decode()
    assert metrics.STAGES


# The clinic's own page


def lived_through(
    ada: Patient, kim: Practitioner, action: NotifyCareTeam, outcome: Outcome | None, *, taken_after: int | None
) -> None:
    began = database_now() - timedelta(days=2)
    alert = raised(action, ada, now=began)
    if taken_after is not None:
        acknowledge(alert, kim, began + timedelta(minutes=taken_after))
    if outcome is not None:
        close(alert, kim, outcome, "because", began + timedelta(hours=5))


def test_the_clinics_page_shows_volume_shares_and_times(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), Outcome.PHONE_ADVICE, taken_after=4)
    lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), Outcome.CLINIC_VISIT, taken_after=6)
    lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), Outcome.NO_ACTION, taken_after=8)
    lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), None, taken_after=None)
    (row,) = alert_statistics(ada.clinic, database_now()).urgencies
    assert (row.urgency, row.raised, row.closed, row.acted_on, row.false_alarms) == ("urgent", 4, 3, 2, 1)
    assert (row.share_acted_on, row.share_of_false_alarms) == (50, 33)
    assert (row.median_to_acknowledge, row.p90_to_acknowledge) == (timedelta(minutes=7), None)
    assert row.untaken == 1
    assert row.longest_untaken is not None
    assert row.longest_untaken >= timedelta(days=2)
    page = kim_site.get(reverse("admin:alerts_alert_statistics")).content.decode()
    for words in ("2 (50 %)", "1 (33 %)", "7 min", "not reached", "1, the oldest for 2 days", "advice by telephone"):
        assert words in page
    assert ada.full_name not in page


def test_who_gave_an_alert_back_has_not_taken_it(ada: Patient, nurse_kim: Practitioner) -> None:
    began = database_now() - timedelta(minutes=30)
    alert = acknowledge(raised(urgent(), ada, now=began), nurse_kim, began + timedelta(minutes=1))
    give_back(alert, nurse_kim, "", began + timedelta(minutes=2))
    (row,) = alert_statistics(ada.clinic, database_now()).urgencies
    assert (row.untaken, row.median_to_acknowledge) == (1, None)
    acknowledge(alert, nurse_kim, began + timedelta(minutes=20))
    (row,) = alert_statistics(ada.clinic, database_now()).urgencies
    assert (row.untaken, row.median_to_acknowledge) == (0, timedelta(minutes=20))


def test_a_recorded_action_counts_before_the_alert_is_closed(ada: Patient, nurse_kim: Practitioner) -> None:
    record_action(raised(urgent(), ada, now=database_now()), nurse_kim, "rang", database_now())
    (row,) = alert_statistics(ada.clinic, database_now()).urgencies
    assert (row.acted_on, row.closed, row.share_of_false_alarms) == (1, 0, None)


def test_other_clinics_test_patients_and_old_alerts_do_not_count(
    lee_site: Client, clinic: Clinic, ada: Patient, nurse_kim: Practitioner
) -> None:
    raised(urgent(), ada, now=database_now())
    assert "No alerts" in lee_site.get(reverse("admin:alerts_alert_statistics")).content.decode()
    Alert.objects.update(raised_at=F("raised_at") - timedelta(weeks=12, minutes=1))
    assert alert_statistics(clinic, database_now()).urgencies == []
    raised(emergency(), ada, now=database_now())
    type(ada).objects.update(is_synthetic=True)
    assert alert_statistics(clinic, database_now()).urgencies == []


def add_check_in(patient: Patient, sent_at: datetime, *, answered_after: timedelta | None) -> None:
    Reminder.objects.create(
        patient=patient, kind=ReminderKind.CHECK_IN, occurrence=sent_at.isoformat(), due_at=sent_at,
        expires_at=sent_at + timedelta(days=1), state=ReminderState.SENT, sent_at=sent_at,
    )  # fmt: skip
    if answered_after is not None:
        make_report(patient, at=sent_at + answered_after)


@pytest.mark.parametrize(
    ("answered_after", "answered"),
    [(timedelta(0), 1), (timedelta(hours=24) - timedelta(seconds=1), 1), (timedelta(hours=24), 0), (None, 0)],
)
def test_a_check_in_is_answered_by_a_report_within_a_day(
    ada: Patient, answered_after: timedelta | None, answered: int
) -> None:
    now = database_now()
    add_check_in(ada, now - timedelta(days=3), answered_after=answered_after)
    figures = alert_statistics(ada.clinic, now)
    assert (figures.asked, figures.answered, figures.response_rate) == (1, answered, 100 * answered)


def test_a_check_in_whose_day_is_not_over_does_not_count_yet(ada: Patient) -> None:
    now = database_now()
    add_check_in(ada, now - timedelta(hours=24), answered_after=None)
    add_check_in(ada, now - timedelta(hours=23, minutes=59), answered_after=None)
    assert alert_statistics(ada.clinic, now).asked == 1


def test_reports_and_alerts_are_counted_by_week_urgency_and_problem(ada: Patient, nurse_kim: Practitioner) -> None:
    now = database_now()
    report = make_report(ada, at=now)
    SymptomReport.objects.filter(pk=report.pk).update(urgency=Urgency.URGENT)
    make_report(ada, at=now)
    raised(urgent(), ada, now=now)
    figures = alert_statistics(ada.clinic, now)
    assert [week.counts for week in figures.reports] == [{"urgent": 1, "": 1}]
    assert [week.counts for week in figures.alerts] == [{"urgent": 1}]
    assert figures.problems == [("mouth", 1, 0)]
    assert figures.reported == 2


@pytest.mark.parametrize(("weeks", "shown"), [("4", 0), ("52", 1)])
def test_the_period_is_chosen(kim_site: Client, ada: Patient, weeks: str, shown: int) -> None:
    raised(urgent(), ada, now=database_now())
    Alert.objects.update(raised_at=F("raised_at") - timedelta(weeks=8))
    page = kim_site.get(reverse("admin:alerts_alert_statistics"), {"weeks": weeks})
    assert len(page.context["sections"][0].rows) == shown


@pytest.mark.parametrize("weeks", ["0", "-4", "1000000", "all", ""])
def test_a_period_that_is_not_offered_is_said(kim_site: Client, ada: Patient, weeks: str) -> None:
    page = kim_site.get(reverse("admin:alerts_alert_statistics"), {"weeks": weeks}).content.decode()
    assert "There is no such period" in page


def test_the_figures_are_taken_away_as_a_table(kim_site: Client, ada: Patient, nurse_kim: Practitioner) -> None:
    lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), Outcome.PHONE_ADVICE, taken_after=4)
    answer = kim_site.get(reverse("admin:alerts_alert_statistics"), {"weeks": "4", "format": "csv"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    table = list(csv.reader(answer.getvalue().decode("utf-8-sig").splitlines()))
    assert table[0] == ["figure", "of", "week", "value"]
    assert ["median seconds to acknowledge", "urgent", "", "240"] in table
    assert ["alerts by outcome", "advice by telephone", "", "1"] in table
    assert ada.full_name not in answer.getvalue().decode()


def test_the_table_is_in_the_words_of_whoever_reads(kim_site: Client, ada: Patient) -> None:
    raised(urgent(problem=Problem.RESPIRATORY), ada)
    asked = {"weeks": "4", "format": "csv"}
    answer = kim_site.get(reverse("admin:alerts_alert_statistics"), asked, headers={"Accept-Language": "nl"})
    table = list(csv.reader(answer.getvalue().decode("utf-8-sig").splitlines()))
    assert table[0] == ["cijfer", "van", "week", "waarde"]
    assert not {"alerts raised", "urgent", "respiratory", "reports"} & {cell for row in table for cell in row}


def test_no_cell_of_the_table_is_a_formula(kim_site: Client, ada: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
    monkeypatch.setattr("alerts.admin.figures.rows_of", lambda figures: [(cell, "", "", cell) for cell in evil])
    answer = kim_site.get(reverse("admin:alerts_alert_statistics"), {"format": "csv"})
    cells = [cell for row in csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=1+1" in cells


def test_the_page_costs_the_same_however_much_has_happened(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = database_now()
    with django_assert_num_queries(6):
        alert_statistics(ada.clinic, now)
    for number in range(5):
        lived_through(ada, nurse_kim, urgent(problem=Problem.OTHER), Outcome.PHONE_ADVICE, taken_after=number)
        add_check_in(ada, database_now() - timedelta(days=2 + number), answered_after=timedelta(hours=1))
    with django_assert_num_queries(6):
        alert_statistics(ada.clinic, now)
