"""Check-ins come by themselves, to everybody on treatment and to nobody else, once each."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from alerts import check_ins
from alerts.check_ins import plan_due
from alerts.models import CheckInPlan, Reminder, Visit
from alerts.reminders import stand_down
from alerts.reminding import deliver_due
from alerts.visits import plan_calendar
from symptoms.clinical.actions import PlanCalendar, StandDownReminders
from symptoms.clinical.terms import Respondent
from symptoms.courses import move_first_dose, record_dose_event, set_status
from symptoms.flow.report import file_report
from symptoms.models import Clinic, Patient, SymptomReport, TreatmentCourse, User
from symptoms.models.patient import PatientStatus
from symptoms.models.report import ReportSource
from tests.alerts.clockwork import live, local, sent_to, tick
from tests.alerts.making import make_course, make_report
from tests.cast import course_of, make_patient

pytestmark = pytest.mark.django_db

FIRST_DOSE = date(2026, 3, 1)
WELL = {"symptoms": "none"}


@pytest.fixture
def anna(ada: Patient) -> Patient:
    """ada, enrolled on the evening before her first dose, in Brussels, with the app and nothing else."""
    return enrolled(ada, local(28, 18, month=2))


def enrolled(patient: Patient, now: datetime, first_dose_on: date = FIRST_DOSE) -> Patient:
    """Forget what enrolment has planned in the real present, and plan as of `now`."""
    for model in (Reminder, Visit, CheckInPlan):
        model.objects.filter(patient=patient).delete()
    patient.time_zone, patient.email, patient.phone = "Europe/Brussels", "", ""
    patient.save()
    make_course(patient, first_dose_on)
    plan(patient, now)
    return patient


def plan(patient: Patient, now: datetime) -> None:
    plan_calendar(PlanCalendar(), patient=patient, report=None, now=now)


def next_at(patient: Patient) -> datetime | None:
    return CheckInPlan.objects.get(patient=patient).next_at


def report(patient: Patient, now: datetime, answers: dict[str, Any] | None = None) -> SymptomReport:
    patient = Patient.objects.select_related("clinic").get(pk=patient.pk)
    return file_report(
        patient,
        client_id=uuid.uuid4(),
        answers=answers or WELL,
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.FORM,
        now=now,
    ).report


def check_in_days(patient: Patient) -> list[datetime]:
    return [moment for kind, moment in sent_to(patient) if kind == "check_in" and moment]


def test_the_first_check_in_is_on_the_morning_of_day_1(anna: Patient) -> None:
    assert next_at(anna) == local(1, 9)
    tick(local(1, 8, 59))
    assert sent_to(anna) == []
    tick(local(1, 9))
    assert sent_to(anna) == [("check_in", local(1, 9))]
    assert next_at(anna) == local(2, 9)
    reminder = Reminder.objects.get(patient=anna, kind="check_in")
    assert (reminder.occurrence, reminder.expires_at) == ("2026-03-01@Europe/Brussels", local(2, 9))


def test_the_rhythm_over_three_months_of_daily_answers(anna: Patient) -> None:
    days = []
    for number in range(1, 92):
        now = datetime.combine(FIRST_DOSE + timedelta(days=number - 1), time(9), tzinfo=anna.zone)
        before = len(check_in_days(anna))
        tick(now)
        if len(check_in_days(anna)) > before:
            days.append(number)
            report(anna, now + timedelta(minutes=20))
    assert days == [*range(1, 29), 29, 32, 36, 39, 43, 46, 50, 53, 57, 64, 71, 78, 85]
    assert not Reminder.objects.filter(kind="check_in_nudge").exists()


def test_sweeping_again_asks_nobody_twice(anna: Patient) -> None:
    assert plan_due(local(1, 9)) == 1
    assert plan_due(local(1, 9)) == 0
    CheckInPlan.objects.update(next_at=local(1, 9))
    plan_due(local(1, 9))
    assert Reminder.objects.filter(kind="check_in").count() == 1


def test_who_reports_before_nine_is_not_asked_that_day(anna: Patient) -> None:
    report(anna, local(3, 8))
    assert next_at(anna) == local(4, 9)


def test_who_reports_while_the_check_in_waits_is_not_asked(anna: Patient) -> None:
    plan_due(local(1, 9))
    report(anna, local(1, 9, 0))
    assert deliver_due(local(1, 9, 1)) == 0
    assert Reminder.objects.get(kind="check_in").state == "cancelled"


def test_a_talk_broken_off_last_night_does_not_cost_the_check_in_of_today(anna: Patient) -> None:
    tick(local(9, 9))
    stand_down_at(anna, answered_at=local(9, 23, 42), now=local(10, 0, 15))
    assert next_at(anna) == local(10, 9)
    tick(local(10, 9))
    assert check_in_days(anna)[-1] == local(10, 9)


def test_an_old_report_settles_its_own_day_and_no_later_one(anna: Patient) -> None:
    """Day 57 on: weekly check-ins. A report of six days ago comes in the evening before the next one."""
    anna = enrolled(anna, local(1, 18, month=5))
    tick(local(3, 9, month=5))
    before = next_at(anna)
    assert before == local(10, 9, month=5)
    stand_down_at(anna, answered_at=local(3, 12, month=5), now=local(9, 20, month=5))
    assert next_at(anna) == before


def test_an_old_report_does_not_answer_the_check_in_of_today(anna: Patient) -> None:
    tick(local(10, 9))
    CheckInPlan.objects.filter(patient=anna).update(silent_count=1)
    stand_down_at(anna, answered_at=local(4, 12), now=local(10, 12))
    plan = CheckInPlan.objects.get(patient=anna)
    assert (plan.settled_on, plan.silent_count, plan.next_at) == (date(2026, 3, 10), 1, local(11, 9))
    assert Reminder.objects.filter(patient=anna, answer_due_at__isnull=False).count() == 1


def stand_down_at(patient: Patient, *, answered_at: datetime, now: datetime) -> None:
    """A report that the patient gave at one moment is judged at another."""
    stand_down(StandDownReminders(), patient=patient, report=make_report(patient, WELL, at=answered_at), now=now)


def test_a_sore_makes_it_daily_until_it_is_gone(anna: Patient) -> None:
    enrolled(anna, local(1, 8, month=3), first_dose_on=date(2026, 1, 1))  # weekly: 5, 12, 19 March
    sore = {
        "symptoms": ["mouth_sores"], "mouth_sores.count": 1, "mouth_sores.onset_on": "2026-03-05",
        "mouth_sores.intake": "normal", "mouth_sores.severity": 1, "mouth_sores.interference": 0,
        "fever.temperature_c": 36.8,
    }  # fmt: skip
    report(anna, local(5, 9), sore)
    assert next_at(anna) == local(6, 9)
    tick(local(6, 9))
    assert next_at(anna) == local(7, 9)
    report(anna, local(6, 10), {"symptoms": "none", "mouth_sores.gone": "yes"})
    assert next_at(anna) == local(12, 9)


def test_an_interruption_changes_nothing(anna: Patient) -> None:
    live(local(1, 9), local(3, 9), timedelta(days=1))
    record_dose_event(
        course_of(anna), kind="interrupted", happened_on=date(2026, 3, 3), reason="stomatitis", now=local(3)
    )
    live(local(4, 9), local(6, 9), timedelta(days=1))
    assert len(check_in_days(anna)) == 6
    record_dose_event(course_of(anna), kind="restarted", happened_on=date(2026, 3, 6), now=local(6))
    assert next_at(anna) == local(7, 9)


def test_after_the_treatment_nothing_is_asked(anna: Patient) -> None:
    tick(local(1, 9))
    record_dose_event(course_of(anna), kind="stopped", happened_on=date(2026, 3, 2), now=local(2, 8))
    assert next_at(anna) is None
    live(local(2, 9), local(12), timedelta(hours=3))
    assert len(sent_to(anna)) == 1


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_who_is_not_written_to_is_not_asked_and_not_silent(anna: Patient, status: str) -> None:
    tick(local(1, 9))
    set_status(anna, status, local(1, 12))
    live(local(2, 9), local(9), timedelta(hours=3))
    assert len(sent_to(anna)) == 1
    assert not anna.alerts.filter(problem="no_report").exists()


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_status_and_course_are_read_again_when_planning_and_when_sending(anna: Patient, status: str) -> None:
    plan_due(local(1, 9))
    Patient.objects.filter(pk=anna.pk).update(status=status)
    assert deliver_due(local(1, 9)) == 0
    assert Reminder.objects.get(kind="check_in").state == "cancelled"
    assert plan_due(local(2, 9)) == 0
    assert next_at(anna) is None


def test_a_course_that_ended_behind_our_back_is_noticed_too(anna: Patient) -> None:
    plan_due(local(1, 9))
    TreatmentCourse.objects.filter(patient=anna).update(ended_on=date(2026, 3, 1))
    assert deliver_due(local(1, 9)) == 0
    assert plan_due(local(2, 9)) == 0
    assert next_at(anna) is None


def test_resumed_is_asked_again_at_the_next_decent_moment(anna: Patient) -> None:
    tick(local(1, 9))
    set_status(anna, PatientStatus.PAUSED, local(2, 8))
    set_status(anna, PatientStatus.ACTIVE, local(9, 14))
    assert next_at(anna) == local(9, 14)
    live(local(9, 14), local(10, 9), timedelta(hours=1))
    assert check_in_days(anna) == [local(1, 9), local(9, 14), local(10, 9)]


def test_a_first_dose_that_moves_ahead_takes_the_check_ins_with_it(anna: Patient) -> None:
    plan_due(local(1, 9))
    move_first_dose(course_of(anna), date(2026, 3, 5), local(1, 9))
    assert next_at(anna) == local(5, 9)
    assert deliver_due(local(1, 9)) == 0
    live(local(1, 9), local(5, 9))
    assert check_in_days(anna) == [local(5, 9)]


def test_another_zone_moves_what_is_ahead(anna: Patient) -> None:
    tick(local(1, 9))
    anna.time_zone = "America/New_York"
    anna.save()
    plan(anna, local(1, 20))
    assert next_at(anna) == local(2, 9, zone=ZoneInfo("America/New_York"))


def test_travelling_west_over_the_date_line_the_second_11th_is_asked_about(anna: Patient) -> None:
    auckland, los_angeles = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")
    anna.time_zone = "Pacific/Auckland"
    anna.save()
    plan(anna, local(11, 8, zone=auckland))
    tick(local(11, 9, zone=auckland))
    anna.time_zone = "America/Los_Angeles"
    anna.save()
    plan(anna, local(11, 22, zone=auckland))
    tick(local(11, 9, zone=los_angeles))
    occurrences = Reminder.objects.filter(kind="check_in").order_by("due_at").values_list("occurrence", flat=True)
    assert list(occurrences) == ["2026-03-11@Pacific/Auckland", "2026-03-11@America/Los_Angeles"]


def test_after_days_of_downtime_everybody_is_asked_once(anna: Patient, ben: Patient) -> None:
    enrolled(ben, local(28, 18, month=2))
    live(local(1, 9), local(2, 9), timedelta(days=1))
    back = local(6, 14)
    live(back, back + timedelta(minutes=5), timedelta(minutes=1))
    for patient in (anna, ben):
        assert check_in_days(patient) == [local(1, 9), local(2, 9), back]


def test_back_in_the_night_it_waits_for_the_morning(anna: Patient) -> None:
    tick(local(1, 9))
    live(local(4, 23), local(5, 10), timedelta(minutes=30))
    assert check_in_days(anna) == [local(1, 9), local(5, 8)]
    assert next_at(anna) == local(6, 9)


def test_when_only_the_senders_were_down_the_newest_goes_out(anna: Patient) -> None:
    for day in (1, 2, 3):
        plan_due(local(day, 9))
    deliver_due(local(3, 9))
    states = Reminder.objects.filter(kind="check_in").order_by("due_at").values_list("state", flat=True)
    assert list(states) == ["expired", "expired", "sent"]


def test_one_who_cannot_be_planned_does_not_stop_the_others(
    anna: Patient, ben: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    enrolled(ben, local(28, 18, month=2))
    Patient.objects.filter(pk=anna.pk).update(time_zone="Nowhere/Land")
    assert plan_due(local(1, 9)) == 1
    assert "check_in_not_planned" in caplog.text
    assert next_at(anna) == local(1, 9) + check_ins.TRY_AGAIN_AFTER


def test_patients_from_before_check_ins_came_are_asked_on_their_day_only(anna: Patient) -> None:
    enrolled(anna, local(1, 8), first_dose_on=date(2026, 1, 1))
    CheckInPlan.objects.update(next_at=local(10, 12), settled_on=date(2026, 3, 10), not_before=local(10, 12))
    assert plan_due(local(10, 12)) == 0
    assert next_at(anna) == local(12, 9)


def test_planning_a_batch_costs_the_same_number_of_statements_for_one_patient_and_for_fifty(
    clinic: Clinic, django_assert_num_queries: Any
) -> None:
    def crowd(count: int) -> None:
        for _ in range(count):
            enrolled(make_patient(clinic, "Somebody"), local(28, 18, month=2))

    crowd(1)
    with django_assert_num_queries(5):  # begin, claim, insert, move on, commit
        assert plan_due(local(1, 9)) == 1
    crowd(50)
    with django_assert_num_queries(5):
        assert plan_due(local(1, 9)) == 50
    with django_assert_num_queries(3):
        assert plan_due(local(1, 9)) == 0


def test_sending_a_batch_costs_the_same_number_of_statements_for_one_patient_and_for_fifty(
    clinic: Clinic, django_assert_num_queries: Any
) -> None:
    for _ in range(50):
        enrolled(make_patient(clinic, "Somebody"), local(28, 18, month=2))
    plan_due(local(1, 9))
    with django_assert_num_queries(8):  # begin, claim, write down, commit; devices; begin, settle, commit
        assert deliver_due(local(1, 9)) == 50


@pytest.mark.django_db(transaction=True)
def test_competing_workers_plan_each_patient_once(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_ins, "BATCH", 3)
    for _ in range(20):
        enrolled(make_patient(clinic, "Somebody"), local(28, 18, month=2))
    barrier = Barrier(4)

    def work(_: int) -> int:
        try:
            barrier.wait(timeout=60)
            return plan_due(local(1, 9))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        planned = sum(pool.map(work, range(4)))
    planned += plan_due(local(1, 9))
    assert planned == Reminder.objects.filter(kind="check_in").count() == 20
    assert User.objects.filter(patient__check_in_plan__next_at=local(2, 9)).count() == 20


def test_the_advice_says_when_the_next_check_in_is(anna: Patient) -> None:
    advice = report(anna, local(3, 9, 30)).assessments.get().advice
    assert advice is not None
    assert "Wednesday 4 March" in advice["text"]
    assert [one["at"] for one in advice["actions"] if one["type"] == "recheck"] == ["2026-03-04T08:00:00Z"]


def test_who_has_to_call_now_is_not_told_to_wait_for_the_next_check_in(anna: Patient) -> None:
    advice = report(anna, local(3, 9, 30), {"symptoms": ["dyspnea"], "dyspnea.severity": 2}).assessments.get().advice
    assert advice is not None
    assert "recheck" not in {one["type"] for one in advice["actions"]}


def test_a_recheck_that_falls_on_a_check_in_is_not_asked_twice(anna: Patient) -> None:
    cough = {
        "symptoms": ["cough"], "cough.severity": 1, "cough.interference": 0, "cough.blood": "no", "red_flags": "none",
        "fever.temperature_c": 36.8,
    }  # fmt: skip
    filed = report(anna, local(3, 9, 30), cough)
    assert "RESP-COUGH-MILD" in [one["rule"] for one in filed.assessments.get().findings]
    live(local(3, 10), local(4, 10))
    asked = Reminder.objects.filter(patient=anna, kind__in=["recheck", "check_in"], state="sent")
    assert [reminder.kind for reminder in asked] == ["check_in"]
