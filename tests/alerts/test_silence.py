"""Who does not answer gets one nudge; who stays silent comes before the care team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alerts import silence
from alerts.acknowledging import close
from alerts.models import Alert, CheckInPlan, Reminder
from alerts.models.alert import Outcome
from alerts.reminders import words_of
from alerts.silence import judge_silence, tell_of_silence
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.report import ReportStatus
from tests.alerts.clockwork import live, local, sent_to, tick
from tests.alerts.making import make_report, raised, routine, urgent
from tests.alerts.test_check_ins import enrolled, report
from tests.cast import make_patient

pytestmark = pytest.mark.django_db

WEEKLY_SINCE = date(2026, 1, 1)
"""Check-ins on 5, 12, 19 and 26 March."""


@pytest.fixture
def anna(ada: Patient) -> Patient:
    """ada, daily from 1 March on."""
    return enrolled(ada, local(28, 18, month=2))


@pytest.fixture
def weekly(ada: Patient) -> Patient:
    return enrolled(ada, local(4, 18), first_dose_on=WEEKLY_SINCE)


def no_report(patient: Patient) -> list[Alert]:
    return list(Alert.objects.filter(patient=patient, problem=Problem.NO_REPORT))


def test_a_weekly_check_in_gets_one_nudge_after_a_day(weekly: Patient) -> None:
    live(local(5, 9), local(6, 8))
    assert sent_to(weekly) == [("check_in", local(5, 9))]
    live(local(6, 9), local(11, 23))
    assert sent_to(weekly) == [("check_in", local(5, 9)), ("check_in_nudge", local(6, 9))]
    assert no_report(weekly) == []


def test_of_daily_check_ins_the_next_is_the_nudge(anna: Patient) -> None:
    live(local(1, 9), local(2, 12))
    assert [kind for kind, _ in sent_to(anna)] == ["check_in", "check_in"]
    first, second = Reminder.objects.filter(kind="check_in").select_related("patient", "visit").order_by("due_at")
    assert (first.follows_silence, second.follows_silence) == (False, True)
    assert "have not heard" in words_of(second)
    assert "have not heard" not in words_of(first)


@pytest.mark.parametrize("seconds", [-1, 0])
def test_two_in_a_row_are_a_routine_alert_after_24_hours_and_not_before(
    weekly: Patient, nurse_kim: Practitioner, seconds: int
) -> None:
    live(local(5, 9), local(12, 9))
    tick(local(13, 9) + timedelta(seconds=seconds))
    assert [(alert.urgency, alert.rules) for alert in no_report(weekly)] == (
        [(Urgency.ROUTINE, ["NO-REPORT"])] if seconds == 0 else []
    )


def test_an_answer_between_two_silences_begins_the_count_anew(weekly: Patient) -> None:
    live(local(5, 9), local(6, 10))
    report(weekly, local(7, 10))
    live(local(12, 9), local(13, 12))
    assert no_report(weekly) == []
    live(local(19, 9), local(20, 9))
    assert len(no_report(weekly)) == 1


def test_one_is_enough_while_an_urgent_alert_is_open(weekly: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent(), weekly, now=local(4))
    live(local(5, 9), local(6, 9))
    assert len(no_report(weekly)) == 1


@pytest.mark.parametrize("is_closed", [False, True], ids=["routine", "closed"])
def test_one_is_not_enough_beside_a_routine_or_a_closed_alert(
    weekly: Patient, nurse_kim: Practitioner, is_closed: bool
) -> None:
    alert = raised(urgent() if is_closed else routine(), weekly, now=local(4))
    if is_closed:
        close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", local(4, 12))
    live(local(5, 9), local(6, 9))
    assert no_report(weekly) == []


def test_a_talk_that_was_broken_off_with_an_answer_counts_as_answered(weekly: Patient) -> None:
    live(local(5, 9), local(5, 10))
    make_report(weekly, {"symptoms": ["cough"]}, at=local(5, 11), status=ReportStatus.ABANDONED)
    live(local(6, 9), local(6, 12))
    assert [kind for kind, _ in sent_to(weekly)] == ["check_in"]
    assert CheckInPlan.objects.get(patient=weekly).silent_count == 0


def test_one_without_any_answer_does_not(weekly: Patient) -> None:
    live(local(5, 9), local(5, 10))
    make_report(weekly, {}, at=local(5, 11), status=ReportStatus.ABANDONED)
    live(local(6, 9), local(6, 12))
    assert [kind for kind, _ in sent_to(weekly)] == ["check_in", "check_in_nudge"]


def test_who_is_answering_at_this_moment_is_not_nudged(weekly: Patient) -> None:
    live(local(5, 9), local(5, 10))
    make_report(weekly, {"symptoms": ["cough"]}, at=local(6, 8, 59), status=ReportStatus.IN_PROGRESS)
    tick(local(6, 9))
    assert [kind for kind, _ in sent_to(weekly)] == ["check_in"]


def test_a_nudge_waits_for_the_end_of_the_quiet_hours(weekly: Patient) -> None:
    live(local(5, 9), local(5, 10))
    Reminder.objects.filter(kind="check_in").update(answer_due_at=local(5, 23))
    live(local(5, 23), local(6, 9), timedelta(minutes=30))
    assert sent_to(weekly)[-1] == ("check_in_nudge", local(6, 8))


def test_an_answer_that_comes_while_the_team_is_about_to_be_told_is_in_time(weekly: Patient) -> None:
    live(local(5, 9), local(12, 12))
    judge_silence(local(13, 12))
    report(weekly, local(13, 12, 1))
    assert tell_of_silence(local(13, 12, 2)) == 0
    assert no_report(weekly) == []


def test_who_stays_silent_after_the_alert_was_closed_comes_again(anna: Patient, nurse_kim: Practitioner) -> None:
    live(local(1, 9), local(3, 9))
    [alert] = no_report(anna)
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", local(3, 12))
    live(local(3, 15), local(4, 9))
    assert len(no_report(anna)) == 1
    live(local(4, 15), local(5, 9))
    assert len(no_report(anna)) == 2


def test_while_the_alert_is_open_silence_joins_it(anna: Patient, nurse_kim: Practitioner) -> None:
    live(local(1, 9), local(10, 9), timedelta(hours=3))
    [alert] = no_report(anna)
    assert alert.events.count() == 1


def test_a_failure_to_tell_is_logged_and_tried_again(
    weekly: Patient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live(local(5, 9), local(12, 9))
    judge_silence(local(13, 9))
    with monkeypatch.context() as broken:
        broken.setattr(silence, "raise_alert", None)
        assert tell_of_silence(local(13, 9)) == 0
    assert "silence_not_told" in caplog.text
    assert tell_of_silence(local(13, 9)) == 0
    assert tell_of_silence(local(13, 9) + silence.PUT_OFF) == 1


def test_judging_a_batch_costs_the_same_number_of_statements_for_one_patient_and_for_thirty(
    clinic: Clinic, django_assert_num_queries: Any
) -> None:
    def silent(count: int) -> None:
        for _ in range(count):
            enrolled(make_patient(clinic, "Somebody"), local(4, 18), first_dose_on=WEEKLY_SINCE)
        tick(local(5, 9))

    silent(1)
    with django_assert_num_queries(7):
        assert judge_silence(local(6, 9)) == 1
    silent(30)
    with django_assert_num_queries(7):
        assert judge_silence(local(6, 9)) == 30
    with django_assert_num_queries(3):
        assert judge_silence(local(6, 9)) == 0
