"""What patients are asked again, and when that is no longer needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.models import Reminder
from alerts.reminders import ask_still_sore, schedule_recheck, stand_down
from symptoms.clinical.actions import AskStillSore, ScheduleRecheck, StandDownReminders
from symptoms.models import Patient

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
TOMORROW = date(2026, 3, 11)


def local(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


@pytest.fixture(autouse=True)
def only_ours(ada: Patient, ben: Patient) -> None:
    """Enrolment has planned reminders of its own; begin without any."""
    Reminder.objects.all().delete()
    ada.time_zone = "Europe/Brussels"
    ada.save()


def recheck(ada: Patient, on: date = TOMORROW, now: datetime | None = None) -> Reminder | None:
    action = ScheduleRecheck(on, "RESP-COUGH-MILD")
    return schedule_recheck(action, patient=ada, report=None, now=now or local(10))


def answer(ada: Patient, now: datetime) -> int:
    """How many questions the answer has made needless."""
    before = Reminder.objects.filter(state="cancelled").count()
    stand_down(StandDownReminders(), patient=ada, report=None, now=now)
    return Reminder.objects.filter(state="cancelled").count() - before


def test_a_recheck_is_asked_the_next_morning_and_all_day(ada: Patient) -> None:
    reminder = recheck(ada)
    assert reminder is not None
    assert (reminder.kind, reminder.occurrence) == ("recheck", "2026-03-11")
    assert (reminder.due_at, reminder.expires_at) == (local(11, 9), local(12, 0))


def test_two_rules_ask_once(ada: Patient) -> None:
    assert recheck(ada) == recheck(ada)
    assert Reminder.objects.count() == 1


def test_a_day_that_is_over_is_not_asked_about(ada: Patient) -> None:
    assert recheck(ada, date(2026, 3, 9)) is None


def test_the_question_about_the_sores_is_due_now_and_for_four_hours(ada: Patient) -> None:
    now = local(10, 8)
    reminder = ask_still_sore(AskStillSore(date(2026, 3, 10)), patient=ada, report=None, now=now)
    assert (reminder.kind, reminder.occurrence) == ("still_sore", "2026-03-10")
    assert (reminder.due_at, reminder.expires_at) == (now, now + timedelta(hours=4))


def test_an_answer_ends_the_questions_of_today_and_leaves_those_of_tomorrow(ada: Patient) -> None:
    recheck(ada, date(2026, 3, 10))
    ask_still_sore(AskStillSore(date(2026, 3, 10)), patient=ada, report=None, now=local(10, 8))
    later = recheck(ada)
    midnight = Reminder.objects.create(
        patient=ada, kind="recheck", occurrence="x", due_at=local(11, 0), expires_at=local(12, 0)
    )
    assert answer(ada, local(10, 8, 30)) == 2
    assert set(Reminder.objects.filter(state="pending")) == {midnight, later}
    midnight.delete()
    assert answer(ada, local(10, 23, 59)) == 0
    assert answer(ada, local(11, 0)) == 1


def test_an_answer_leaves_the_visit_and_other_patients_alone(ada: Patient, ben: Patient) -> None:
    visit_reminder = Reminder.objects.create(
        patient=ada, kind="visit_today", occurrence="x", due_at=local(10, 9), expires_at=local(11, 0)
    )
    others = recheck(ben, date(2026, 3, 10), local(10, 7))
    assert answer(ada, local(10, 8)) == 0
    assert set(Reminder.objects.filter(state="pending")) == {visit_reminder, others}


def test_a_question_that_was_stood_down_can_be_needed_again(ada: Patient) -> None:
    recheck(ada)
    answer(ada, local(11, 8))
    again = recheck(ada, now=local(11, 8, 1))
    assert again is not None
    assert (again.state, Reminder.objects.count()) == ("pending", 1)


def test_a_question_that_was_sent_is_not_sent_again(ada: Patient) -> None:
    recheck(ada)
    Reminder.objects.update(state="sent", sent_at=local(11, 9))
    again = recheck(ada, now=local(11, 10))
    assert again is not None
    assert again.state == "sent"
