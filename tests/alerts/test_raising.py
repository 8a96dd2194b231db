"""An alert joins the open one of its problem, rises, and pages people when there is something new."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alerts.acknowledging import acknowledge, close
from alerts.models import Alert, Notification
from alerts.models.alert import AlertState, Outcome
from alerts.raising import raise_alert
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Symptom, Urgency
from symptoms.models import Episode, Patient, Practitioner
from symptoms.models.report import ReportStatus
from tests.alerts.making import (
    NOW,
    emergency,
    events_of,
    make_episode,
    make_practitioner,
    make_report,
    raised,
    recipients_of,
    routine,
    urgent,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)
SORES = {"symptoms": ["mouth_sores"], "mouth_sores.count": 4, "mouth_sores.intake": "normal"}


def test_a_first_urgent_finding_opens_an_alert_and_pages_those_on_call(ada: Patient, nurse_kim: Practitioner) -> None:
    make_practitioner(ada.clinic, "off_duty")
    report = make_report(ada, SORES)
    alert = raised(urgent(), ada, report)
    assert (alert.state, alert.urgency, alert.generation, alert.rules) == ("open", Urgency.URGENT, 1, ["MOUTH-COUNT"])
    assert (alert.clinic, alert.report, alert.raised_at, alert.answers_seen) == (ada.clinic, report, NOW, SORES)
    assert recipients_of(alert) == [nurse_kim.user.username]
    assert events_of(alert) == ["raised"]


def test_a_routine_finding_waits_in_the_worklist(ada: Patient, nurse_kim: Practitioner) -> None:
    assert recipients_of(raised(routine(), ada)) == []


def test_numbers_are_given_out_by_the_database_and_differ(ada: Patient, nurse_kim: Practitioner) -> None:
    first, second = raised(urgent(), ada), raised(emergency(), ada)
    assert first.number < second.number
    assert Alert.objects.get(pk=first.pk).number == first.number


def test_the_same_finding_again_joins_and_pages_nobody(ada: Patient, nurse_kim: Practitioner) -> None:
    first = raised(urgent(), ada, make_report(ada, SORES))
    report = make_report(ada, SORES, at=LATER)
    second = raised(urgent(), ada, report, LATER)
    assert second == first
    assert (second.report, second.updated_at, second.raised_at) == (report, LATER, NOW)
    assert len(recipients_of(second)) == 1
    assert events_of(second) == ["raised", "joined"]


def test_the_same_report_judged_again_adds_no_line(ada: Patient, nurse_kim: Practitioner) -> None:
    report = make_report(ada, SORES, status=ReportStatus.IN_PROGRESS)
    for _ in range(3):
        alert = raised(urgent(), ada, report)
    assert events_of(alert) == ["raised"]


def test_a_rule_that_it_has_not_seen_pages_again_in_the_same_generation(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent("MOUTH-COUNT"), ada)
    alert = raised(urgent("MOUTH-COUNT", "MOUTH-INTAKE"), ada)
    assert (alert.rules, alert.generation) == (["MOUTH-COUNT", "MOUTH-INTAKE"], 1)
    assert [page.cycle for page in alert.notifications.order_by("cycle")] == [1, 2]


def test_a_routine_rule_that_joins_an_urgent_alert_pages_nobody(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent(), ada)
    alert = raised(routine("MOUTH-NO-BATH"), ada)
    assert (alert.urgency, alert.rules) == (Urgency.URGENT, ["MOUTH-COUNT", "MOUTH-NO-BATH"])
    assert len(recipients_of(alert)) == 1


def test_a_rise_voids_the_acknowledgement_and_pages_again(ada: Patient, nurse_kim: Practitioner) -> None:
    action = urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY)
    acknowledge(raised(action, ada), nurse_kim, NOW)
    alert = raised(emergency(), ada, now=LATER)
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.acknowledged_at) == (AlertState.OPEN, None, None)
    assert (alert.urgency, alert.generation) == (Urgency.EMERGENCY, 2)
    states = dict(alert.notifications.values_list("generation", "state"))
    assert states == {1: "cancelled", 2: "pending"}
    assert events_of(alert) == ["raised", "acknowledged", "urgency_rose"]


def test_after_a_rise_nobody_gets_the_page_of_the_lower_urgency(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)
    alert = raised(emergency(), ada)
    assert dict(alert.notifications.values_list("generation", "state")) == {1: "cancelled", 2: "pending"}


def test_a_new_rule_pages_again_without_voiding_the_acknowledgement(ada: Patient, nurse_kim: Practitioner) -> None:
    acknowledge(raised(urgent(), ada), nurse_kim, NOW)
    alert = raised(urgent("MOUTH-INTAKE"), ada)
    assert alert.state == AlertState.ACKNOWLEDGED
    assert sorted(page.state for page in alert.notifications.all()) == ["cancelled", "pending"]


def test_urgency_never_falls_in_the_code_nor_in_the_database(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    assert raised(routine(), ada).urgency == Urgency.URGENT
    with pytest.raises(Exception, match="only rises"), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(urgency=Urgency.ROUTINE)


def test_the_database_refuses_a_second_open_alert_of_a_problem(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent(), ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(clinic=ada.clinic, patient=ada, problem="mouth", urgency=3, raised_at=NOW, updated_at=NOW)


def test_each_problem_has_its_own_alert(ada: Patient, nurse_kim: Practitioner) -> None:
    for problem in Problem:
        raised(urgent("ANY", problem=problem), ada)
    assert Alert.objects.filter(patient=ada).count() == len(Problem)


def test_nobody_on_call_pages_everybody_who_can_be_reached(ada: Patient, nurse_lee: Practitioner) -> None:
    make_practitioner(ada.clinic, "one")
    make_practitioner(ada.clinic, "two")
    make_practitioner(ada.clinic, "no_address", email="")
    gone = make_practitioner(ada.clinic, "left_the_clinic")
    gone.user.is_active = False
    gone.user.save()
    assert recipients_of(raised(urgent(), ada)) == ["one", "two"]


def test_somebody_on_call_without_an_address_does_not_count(ada: Patient) -> None:
    make_practitioner(ada.clinic, "on_call", email="", is_on_call=True)
    make_practitioner(ada.clinic, "at_home")
    assert recipients_of(raised(urgent(), ada)) == ["at_home"]


def test_nobody_reachable_is_loud(ada: Patient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        alert = raised(urgent(), ada)
    assert events_of(alert) == ["raised", "nobody_reachable"]
    system = Alert.objects.get(patient=ada, problem=Problem.SYSTEM)
    assert (system.urgency, system.rules) == (Urgency.URGENT, ["NOBODY-REACHABLE"])
    assert f"nobody_reachable alert={alert.number}" in caplog.text
    assert ada.full_name not in caplog.text


def test_pages_are_due_by_the_database_clock(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada, now=NOW + timedelta(days=400))
    assert Notification.objects.claimable().filter(alert=alert).count() == 1


# Not anew


def closed(ada: Patient, kim: Practitioner, answers: dict[str, object], action: NotifyCareTeam | None = None) -> Alert:
    """An alert about the mouth that a clinician has closed, of an episode that is still open."""
    action = action or urgent()
    report = make_report(ada, answers)
    alert = raised(action, ada, report)
    make_episode(report, Symptom.MOUTH_SORES)
    return close(alert, kim, Outcome.PHONE_ADVICE, "rang", NOW + timedelta(hours=1))


def raise_later(ada: Patient, answers: dict[str, object], action: NotifyCareTeam | None = None) -> Alert | None:
    report = make_report(ada, answers, at=LATER)
    return raise_alert(action or urgent(), patient=ada, report=report, now=LATER)


def test_what_a_clinician_has_seen_and_closed_is_not_raised_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    assert raise_later(ada, SORES) is None
    assert Notification.objects.exclude(state="cancelled").count() == 0


def test_a_worse_answer_is_raised_anew_and_linked(ada: Patient, nurse_kim: Practitioner) -> None:
    before = closed(ada, nurse_kim, SORES)
    again = raise_later(ada, {**SORES, "mouth_sores.count": 5})
    assert again is not None
    assert (again.reopens, again.state) == (before, "open")


def test_worse_is_worse_than_what_the_alert_saw_last(ada: Patient, nurse_kim: Practitioner) -> None:
    opening = make_report(ada, SORES)
    make_episode(opening, Symptom.MOUTH_SORES)
    raised(urgent(), ada, opening)
    alert = raised(urgent(), ada, make_report(ada, {**SORES, "mouth_sores.count": 6}))
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW + timedelta(hours=1))
    assert raise_later(ada, {**SORES, "mouth_sores.count": 6}) is None
    assert raise_later(ada, {**SORES, "mouth_sores.count": 7}) is not None


def test_an_answer_that_became_unknown_is_raised_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    assert raise_later(ada, {**SORES, "mouth_sores.count": "unknown"}) is not None


def test_a_rule_that_it_had_not_seen_is_raised_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    assert raise_later(ada, SORES, urgent("MOUTH-COUNT", "MOUTH-DURATION")) is not None


def test_another_episode_is_raised_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    Episode.objects.update(closed_at=LATER, closed_on=LATER.date())
    assert raise_later(ada, SORES) is not None


@pytest.mark.parametrize(("seconds_after_closing", "is_known"), [(0, True), (1, False)])
def test_an_episode_that_began_after_the_closing_is_another(
    ada: Patient, nurse_kim: Practitioner, seconds_after_closing: int, is_known: bool
) -> None:
    before = raised(urgent(), ada, make_report(ada, SORES))
    closed_at = NOW + timedelta(hours=1)
    close(before, nurse_kim, Outcome.PHONE_ADVICE, "rang", closed_at)
    began = make_report(ada, SORES, at=closed_at + timedelta(seconds=seconds_after_closing))
    make_episode(began, Symptom.MOUTH_SORES, opened_at=closed_at)
    assert (raise_later(ada, SORES) is None) == is_known


def test_the_episode_of_a_check_in_that_ended_after_the_closing_is_the_same(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    report = make_report(ada, SORES, status=ReportStatus.IN_PROGRESS)
    close(raised(urgent(), ada, report), nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW + timedelta(minutes=5))
    make_episode(report, Symptom.MOUTH_SORES, opened_at=NOW + timedelta(minutes=30))
    assert raise_later(ada, SORES) is None


def test_one_symptom_of_the_problem_that_is_new_makes_the_episode_another(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    action = urgent("RESP-COUGH", problem=Problem.RESPIRATORY)
    report = make_report(ada, {"symptoms": ["cough"], "cough.severity": 2})
    alert = raised(action, ada, report)
    make_episode(report, Symptom.COUGH)
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW + timedelta(hours=1))
    assert raise_later(ada, dict(report.answers), action) is None
    make_episode(make_report(ada, at=LATER), Symptom.DYSPNEA, opened_at=LATER)
    assert raise_later(ada, dict(report.answers), action) is not None


def test_an_emergency_is_always_raised(ada: Patient, nurse_kim: Practitioner) -> None:
    report = make_report(ada, {"symptoms": ["dyspnea"], "dyspnea.severity": 4})
    make_episode(report, Symptom.DYSPNEA)
    close(raised(emergency(), ada, report), nurse_kim, Outcome.EMERGENCY, "rang", NOW)
    assert raise_alert(emergency(), patient=ada, report=report, now=LATER) is not None


@pytest.mark.parametrize("problem", [p for p in Problem if p not in (Problem.MOUTH, Problem.RESPIRATORY)])
def test_a_problem_without_episodes_is_always_raised(ada: Patient, nurse_kim: Practitioner, problem: Problem) -> None:
    action = urgent("FEVER", problem=problem)
    close(raised(action, ada, make_report(ada)), nurse_kim, Outcome.CLINIC_VISIT, "rang", NOW)
    assert raise_later(ada, {}, action) is not None


def test_the_very_report_that_was_closed_is_not_raised_anew_when_it_is_judged_once_more(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    action = urgent("FEVER", problem=Problem.INFECTION)
    report = make_report(ada, {"fever.temperature_c": 38.5}, status=ReportStatus.IN_PROGRESS)
    close(raised(action, ada, report), nurse_kim, Outcome.CLINIC_VISIT, "rang", NOW)
    assert raise_alert(action, patient=ada, report=report, now=LATER) is None
    report.answers = {"fever.temperature_c": 39.5}
    assert raise_alert(action, patient=ada, report=report, now=LATER) is not None


def test_the_clock_alone_raises_what_was_not_seen_and_not_what_was(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    by_clock = urgent("MOUTH-DURATION")
    alert = raise_alert(by_clock, patient=ada, report=None, now=LATER)
    assert alert is not None
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", LATER)
    assert raise_alert(by_clock, patient=ada, report=None, now=LATER + timedelta(hours=1)) is None


def test_answers_that_the_closed_alert_never_saw_are_raised(ada: Patient, nurse_kim: Practitioner) -> None:
    opening = make_report(ada, SORES)
    make_episode(opening, Symptom.MOUTH_SORES)
    close(raised(urgent("MOUTH-DURATION"), ada), nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW)
    assert raise_later(ada, SORES, urgent("MOUTH-DURATION")) is not None


def test_a_deciding_answer_that_a_finished_report_lacks_is_worse(ada: Patient, nurse_kim: Practitioner) -> None:
    closed(ada, nurse_kim, SORES)
    unfinished = make_report(ada, {"symptoms": ["mouth_sores"]}, at=LATER, status=ReportStatus.IN_PROGRESS)
    assert raise_alert(urgent(), patient=ada, report=unfinished, now=LATER) is None
    unfinished.status = ReportStatus.ABANDONED
    assert raise_alert(urgent(), patient=ada, report=unfinished, now=LATER) is not None
