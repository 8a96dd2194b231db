"""The day-15 visit: planned, moved, booked, attended, missed (S-14)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alerts.acknowledging import close
from alerts.attending import mark_attended
from alerts.models import Alert, Reminder, Visit
from alerts.models.alert import Outcome
from alerts.models.visit import VisitStatus
from alerts.reminders import words_of
from alerts.reminding import deliver_due, repeat_unread
from alerts.visits import (
    CannotChangeVisit,
    book_visit,
    cancel_visit,
    describe_day_15,
    mark_missed,
    plan_another_visit,
    plan_calendar,
)
from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.terms import Problem, Urgency
from symptoms.courses import move_first_dose, record_dose_event, set_status
from symptoms.models import Patient, Practitioner
from symptoms.models.patient import PatientStatus
from tests.alerts.making import make_course
from tests.cast import course_of

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
FIRST_DOSE = date(2026, 3, 1)
DAY_15 = date(2026, 3, 15)


def local(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


@pytest.fixture
def anna(ada: Patient) -> Patient:
    """ada, on the first day of her treatment, in Brussels."""
    Reminder.objects.all().delete()
    Visit.objects.all().delete()
    ada.time_zone = "Europe/Brussels"
    ada.save()
    make_course(ada, FIRST_DOSE)
    return ada


def plan(patient: Patient, now: datetime) -> Visit:
    visit = plan_calendar(PlanCalendar(), patient=patient, report=None, now=now)
    assert visit is not None
    visit.refresh_from_db()
    return visit


def waiting(patient: Patient) -> list[tuple[str, datetime]]:
    rows = Reminder.objects.filter(patient=patient, state="pending").order_by("due_at")
    return [(row.kind.removeprefix("visit_"), row.due_at) for row in rows]


def rules_of(patient: Patient) -> list[str]:
    return [rule for alert in Alert.objects.filter(patient=patient, problem="missed_visit") for rule in alert.rules]


def test_enrolment_plans_the_visit_and_its_reminders(anna: Patient) -> None:
    visit = plan(anna, local(1))
    assert (visit.planned_on, visit.status, visit.booked_at) == (DAY_15, "planned", None)
    assert waiting(anna) == [("week_before", local(8, 9)), ("day_before", local(14, 9)), ("today", local(15, 9))]
    assert rules_of(anna) == []


def test_planning_twice_changes_nothing(anna: Patient) -> None:
    plan(anna, local(1))
    before = waiting(anna)
    plan(anna, local(2))
    assert waiting(anna) == before
    assert (Visit.objects.count(), Reminder.objects.count()) == (1, 3)


def test_a_reminder_that_is_due_at_this_moment_is_not_lost_by_planning_again(anna: Patient) -> None:
    plan(anna, local(1))
    plan(anna, local(8, 9, 1))
    assert ("week_before", local(8, 9)) in waiting(anna)


def test_without_a_running_course_there_is_nothing_to_plan(anna: Patient) -> None:
    anna.courses.update(ended_on=date(2026, 3, 4))
    assert plan_calendar(PlanCalendar(), patient=anna, report=None, now=local(5)) is None


@pytest.mark.parametrize(("is_booked", "status", "reminders"), [(False, "cancelled", 0), (True, "booked", 3)])
def test_when_the_course_ends_a_booked_visit_stays(anna: Patient, is_booked: bool, status: str, reminders: int) -> None:
    visit = plan(anna, local(1))
    if is_booked:
        book_visit(visit, local(15, 14), local(2))
    anna.courses.update(ended_on=date(2026, 3, 4))
    assert plan_calendar(PlanCalendar(), patient=anna, report=None, now=local(5)) is None
    visit.refresh_from_db()
    assert (visit.status, len(waiting(anna))) == (status, reminders)


@pytest.mark.parametrize(("day", "kinds"), [(9, ["day_before", "today"]), (15, []), (14, ["today"])])
def test_enrolled_late_gets_the_reminders_still_ahead(anna: Patient, day: int, kinds: list[str]) -> None:
    plan(anna, local(day))
    assert [kind for kind, _ in waiting(anna)] == kinds
    assert rules_of(anna) == []


def test_enrolled_after_day_15_without_a_visit_is_a_routine_alert_at_once(
    anna: Patient, nurse_kim: Practitioner
) -> None:
    plan(anna, local(16, 0, 1))
    alert = Alert.objects.get(patient=anna)
    assert (alert.problem, alert.urgency, alert.rules) == (Problem.MISSED_VISIT, Urgency.ROUTINE, ["VISIT-OVERDUE"])
    assert alert.notifications.count() == 0


def test_on_day_15_itself_nothing_is_overdue(anna: Patient) -> None:
    plan(anna, local(15, 23, 59))
    assert rules_of(anna) == []


def test_a_moved_first_dose_moves_the_visit_and_what_was_not_sent(anna: Patient) -> None:
    visit = plan(anna, local(1))
    Reminder.objects.filter(kind="visit_week_before").update(state="sent", sent_at=local(8, 9))
    make_course(anna, date(2026, 3, 4))
    assert plan(anna, local(9)) == visit
    visit.refresh_from_db()
    assert visit.planned_on == date(2026, 3, 18)
    assert waiting(anna) == [("week_before", local(11, 9)), ("day_before", local(17, 9)), ("today", local(18, 9))]
    assert Reminder.objects.get(sent_at=local(8, 9)).state == "superseded"
    assert rules_of(anna) == []


def test_a_first_dose_that_moves_there_and_back_leaves_the_first_plan(anna: Patient) -> None:
    plan(anna, local(1))
    before = waiting(anna)
    for first_dose in (date(2026, 3, 4), FIRST_DOSE):
        make_course(anna, first_dose)
        plan(anna, local(1))
    assert waiting(anna) == before


def test_a_booked_visit_stays_and_the_clinic_is_asked_to_look(anna: Patient, nurse_kim: Practitioner) -> None:
    visit = book_visit(plan(anna, local(1)), local(16, 14), local(2))
    make_course(anna, date(2026, 3, 4))
    plan(anna, local(3))
    visit.refresh_from_db()
    assert (visit.status, visit.booked_at, visit.planned_on) == ("booked", local(16, 14), date(2026, 3, 18))
    assert waiting(anna)[-1] == ("today", local(16, 9))
    assert rules_of(anna) == ["VISIT-MOVED"]
    plan(anna, local(3))
    assert rules_of(anna) == ["VISIT-MOVED"]


def test_planning_again_follows_the_patient_to_another_zone(anna: Patient) -> None:
    book_visit(plan(anna, local(1)), local(16, 14), local(2))
    anna.time_zone = "Europe/Athens"
    anna.save()
    plan(anna, local(2))
    assert waiting(anna) == [("week_before", local(9, 8)), ("day_before", local(15, 8)), ("today", local(16, 8))]


@pytest.mark.parametrize(
    ("changes", "at", "due_at"),
    [
        ({"time_zone": "Asia/Tokyo"}, local(15, 7, 30), local(15, 7, 30)),
        ({"quiet_from": time(22), "quiet_until": time(7)}, local(15, 10), local(15, 10)),
        ({"time_zone": "Asia/Tokyo"}, local(14, 16, 30), None),
    ],
    ids=["farther east", "earlier up", "where it is the day after"],
)
def test_a_reminder_whose_hour_a_change_of_settings_jumps_over_is_not_lost(
    anna: Patient, changes: dict[str, Any], at: datetime, due_at: datetime | None
) -> None:
    anna.quiet_from, anna.quiet_until = time(21), time(12)
    anna.save()
    visit = plan(anna, local(1))
    for name, value in changes.items():
        setattr(anna, name, value)
    anna.save()

    plan(anna, at)
    plan(anna, at)

    today = Reminder.objects.get(visit=visit, kind="visit_today", state="pending")
    assert today.due_at == (due_at or local(15, 4)), "at once, or when it is no longer quiet there"


def test_a_first_dose_moved_into_the_past_is_overdue_at_once(anna: Patient, nurse_kim: Practitioner) -> None:
    plan(anna, local(4))
    make_course(anna, date(2026, 2, 10))
    plan(anna, local(4))
    assert rules_of(anna) == ["VISIT-OVERDUE"]


def test_a_missed_visit_whose_day_moves_ahead_is_planned_again(anna: Patient, nurse_kim: Practitioner) -> None:
    plan(anna, local(1))
    mark_missed(local(18, 0))
    make_course(anna, date(2026, 3, 10))
    visit = plan(anna, local(18))
    assert (visit.status, len(waiting(anna))) == ("planned", 2)


def test_booking_counts_the_reminders_from_the_booked_day(anna: Patient) -> None:
    visit = book_visit(plan(anna, local(1)), local(17, 14), local(2))
    assert (visit.status, visit.booked_at) == ("booked", local(17, 14))
    assert waiting(anna) == [("week_before", local(10, 9)), ("day_before", local(16, 9)), ("today", local(17, 9))]
    book_visit(visit, local(17, 8, 30), local(3))
    assert waiting(anna)[-1] == ("today", local(17, 8))


def sent(visit: Visit, kind: str, at: datetime) -> Reminder:
    """A reminder of the visit that went out and that the app has not shown."""
    reminder = Reminder.objects.get(visit=visit, kind=kind, state="pending")
    reminder.state, reminder.sent_at, reminder.unread_due_at = "sent", at, at + timedelta(hours=3)
    reminder.save()
    return reminder


def test_what_was_sent_about_another_day_keeps_its_words_and_is_not_repeated(anna: Patient) -> None:
    visit = book_visit(plan(anna, local(1)), local(16, 14), local(2))
    reminder = sent(visit, "visit_day_before", local(15, 9))
    words = words_of(reminder)
    book_visit(visit, local(20, 11), local(15, 12))
    reminder = Reminder.objects.select_related("visit", "patient__clinic").get(pk=reminder.pk)
    assert (reminder.state, reminder.unread_due_at, words_of(reminder)) == ("superseded", None, words)
    assert repeat_unread(local(15, 13)) == 0


def test_another_hour_of_the_same_day_is_told_by_a_new_reminder(anna: Patient) -> None:
    visit = book_visit(plan(anna, local(1)), local(16, 14), local(2))
    sent(visit, "visit_day_before", local(15, 8))
    book_visit(visit, local(16, 11), local(15, 8, 30))
    reminder = Reminder.objects.get(visit=visit, kind="visit_day_before", about_on=date(2026, 3, 16))
    assert (reminder.state, reminder.about_at, reminder.sent_at) == ("pending", local(16, 11), None)


def test_a_reminder_that_waits_to_be_repeated_is_not_sent_once_the_visit_is_cancelled(anna: Patient) -> None:
    visit = book_visit(plan(anna, local(1)), local(16, 14), local(2))
    reminder = sent(visit, "visit_day_before", local(15, 9))
    assert repeat_unread(local(15, 12)) == 1
    cancel_visit(visit, local(15, 13))
    reminder.refresh_from_db()
    assert (reminder.state, deliver_due(local(15, 14))) == ("cancelled", 0)


@pytest.mark.parametrize("status", ["cancelled", "attended", "missed"])
def test_the_visit_is_looked_at_again_when_its_reminder_is_sent(anna: Patient, status: str) -> None:
    visit = plan(anna, local(1))
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert deliver_due(local(8, 9)) == 0
    assert Reminder.objects.get(visit=visit, kind="visit_week_before").state == "cancelled"


def test_a_visit_is_told_by_the_clinics_clock_and_its_reminders_come_by_the_patients(anna: Patient) -> None:
    anna.time_zone = "America/New_York"
    anna.save()
    visit = book_visit(plan(anna, local(1)), local(17, 3), local(2))  # still the 16th in New York
    new_york = ZoneInfo("America/New_York")
    assert waiting(anna) == [
        ("week_before", datetime(2026, 3, 10, 9, tzinfo=new_york).astimezone(UTC)),
        ("day_before", datetime(2026, 3, 16, 9, tzinfo=new_york).astimezone(UTC)),
    ]
    reminder = Reminder.objects.select_related("patient__clinic").get(
        visit=visit, kind="visit_day_before", state="pending"
    )
    assert words_of(reminder) == "Your clinic visit is tomorrow, Tuesday 17 March, at 03:00."
    assert mark_missed(local(19, 23, 59)) == 0


def test_booking_refuses_a_time_that_has_passed_and_a_visit_that_took_place(anna: Patient) -> None:
    visit = plan(anna, local(1))
    for when in (local(1), local(2)):
        with pytest.raises(CannotChangeVisit):
            book_visit(visit, when, local(2))
    mark_attended(visit, local(15))
    with pytest.raises(CannotChangeVisit):
        book_visit(visit, local(20), local(16))
    with pytest.raises(CannotChangeVisit):
        cancel_visit(visit, local(16))


def test_a_cancelled_visit_is_neither_reminded_of_nor_missed_until_it_is_booked_again(
    anna: Patient, nurse_kim: Practitioner
) -> None:
    visit = cancel_visit(plan(anna, local(1)), local(2))
    assert waiting(anna) == []
    assert mark_missed(local(25)) == 0
    assert book_visit(visit, local(28), local(26)).status == "booked"
    assert [kind for kind, _ in waiting(anna)] == ["day_before", "today"]


def test_an_attended_visit_is_not_reminded_of_nor_missed(anna: Patient) -> None:
    mark_attended(plan(anna, local(1)), local(15))
    assert waiting(anna) == []
    assert mark_missed(local(25)) == 0
    assert Alert.objects.count() == 0


@pytest.mark.parametrize(
    ("booked_at", "last_moment"),
    [(None, local(17, 23, 59)), (local(16, 0, 1), local(18, 23, 59)), (local(20, 17), local(22, 23, 59))],
    ids=["unbooked", "booked early that day", "booked"],
)
def test_a_visit_is_missed_two_days_after_its_day_and_not_a_minute_before(
    anna: Patient, nurse_kim: Practitioner, booked_at: datetime | None, last_moment: datetime
) -> None:
    visit = plan(anna, local(1))
    if booked_at:
        book_visit(visit, booked_at, local(2))
    assert mark_missed(last_moment) == 0
    assert mark_missed(last_moment + timedelta(minutes=1)) == 1
    visit.refresh_from_db()
    assert visit.status == VisitStatus.MISSED
    assert rules_of(anna) == ["VISIT-MISSED"]
    assert mark_missed(last_moment + timedelta(days=1)) == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_sweep_sees_the_ends_of_days_everywhere(anna: Patient, nurse_kim: Practitioner, zone: str) -> None:
    anna.time_zone = zone
    anna.save()
    end = datetime(2026, 3, 18, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    plan(anna, local(1))
    assert mark_missed(end - timedelta(minutes=1)) == 0
    assert mark_missed(end) == 1


def test_a_missed_visit_joins_the_alert_that_it_is_overdue(anna: Patient, nurse_kim: Practitioner) -> None:
    plan(anna, local(16))
    mark_missed(local(18, 0))
    assert Alert.objects.filter(patient=anna).count() == 1
    assert rules_of(anna) == ["VISIT-OVERDUE", "VISIT-MISSED"]


def test_the_timeline_names_every_visit_that_was_missed(anna: Patient, nurse_kim: Practitioner) -> None:
    visit = plan(anna, local(1))
    mark_missed(local(18, 0))
    book_visit(visit, local(20), local(18))
    mark_missed(local(23, 0))
    events = Alert.objects.get(patient=anna).events.filter(kind="joined").order_by("number")
    assert [(event.detail["visit"], event.detail["day"]) for event in events] == [
        (str(visit.pk), "2026-03-15"), (str(visit.pk), "2026-03-20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "ends", "alerts"), [("paused", "missed", 1), ("withdrawn", "cancelled", 0), ("deceased", "cancelled", 0)]
)
def test_the_visit_of_somebody_who_is_no_longer_followed_ends_quietly(
    anna: Patient, nurse_kim: Practitioner, status: PatientStatus, ends: str, alerts: int
) -> None:
    visit = plan(anna, local(1))
    Patient.objects.filter(pk=anna.pk).update(status=status)
    assert mark_missed(local(18, 0)) == alerts
    visit.refresh_from_db()
    assert (visit.status, Alert.objects.count()) == (ends, alerts)


def test_a_missed_visit_may_still_be_booked(anna: Patient, nurse_kim: Practitioner) -> None:
    visit = plan(anna, local(1))
    mark_missed(local(18, 0))
    close(Alert.objects.get(), nurse_kim, Outcome.CLINIC_VISIT, "rang", local(18))
    assert book_visit(visit, local(20), local(18)).status == "booked"
    assert mark_missed(local(22, 23, 59)) == 0
    assert mark_missed(local(23, 0)) == 1
    assert Alert.objects.filter(state="open").count() == 1


def test_what_the_app_shows_of_the_visit(anna: Patient) -> None:
    course = anna.courses.get()
    assert describe_day_15(course) is None
    visit = plan(anna, local(1))
    assert describe_day_15(course) == {"planned_on": "2026-03-15", "status": "planned", "booked_at": None}
    book_visit(visit, local(16, 14), local(2))
    assert describe_day_15(course) == {
        "planned_on": "2026-03-15",
        "status": "booked",
        "booked_at": "2026-03-16T13:00:00Z",
    }


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_who_is_not_written_to_has_no_reminders_planned_until_it_is_resumed(anna: Patient, status: str) -> None:
    visit = plan(anna, local(1))
    set_status(anna, status, local(2))
    assert waiting(anna) == []
    set_status(anna, "active", local(9))
    visit.refresh_from_db()
    assert (visit.status, [kind for kind, _ in waiting(anna)]) == ("planned", ["day_before", "today"])


def test_who_comes_back_after_the_visit_was_dropped_is_overdue_at_once(anna: Patient, nurse_kim: Practitioner) -> None:
    visit = plan(anna, local(1))
    set_status(anna, "withdrawn", local(10))
    assert mark_missed(local(18, 0)) == 0
    set_status(anna, "active", local(21))
    visit.refresh_from_db()
    assert (visit.status, visit.cancelled_for, rules_of(anna)) == ("planned", "", ["VISIT-OVERDUE"])
    set_status(anna, "active", local(21, 11))
    assert Alert.objects.filter(patient=anna).count() == 1


def test_what_the_clinic_cancelled_stays_cancelled_whatever_is_planned(anna: Patient) -> None:
    visit = cancel_visit(plan(anna, local(1)), local(2))
    set_status(anna, "withdrawn", local(3))
    set_status(anna, "active", local(4))
    visit.refresh_from_db()
    assert (visit.status, waiting(anna)) == ("cancelled", [])


@pytest.mark.parametrize("status", ["withdrawn", "deceased"])
def test_nobody_is_alarmed_about_the_visit_of_somebody_who_is_no_longer_followed(anna: Patient, status: str) -> None:
    Patient.objects.filter(pk=anna.pk).update(status=status)
    plan(anna, local(20))
    assert rules_of(anna) == []


def test_a_visit_that_cannot_be_judged_does_not_stop_the_others(
    anna: Patient, ben: Patient, nurse_kim: Practitioner, caplog: pytest.LogCaptureFixture
) -> None:
    plan(anna, local(1))
    make_course(ben, FIRST_DOSE)
    plan(ben, local(1))
    Patient.objects.filter(pk=anna.pk).update(time_zone="Nowhere/Land")
    assert mark_missed(local(18, 2)) == 1
    assert "visit_not_judged" in caplog.text


def by_hand(anna: Patient, day: int) -> Visit:
    """A further visit that the clinic plans beside that of day 15."""
    return plan_another_visit(plan(anna, local(1)), date(2026, 3, day), local(1))


def test_what_was_planned_by_hand_comes_back_when_the_course_goes_on(anna: Patient, nurse_kim: Practitioner) -> None:
    visit, course = by_hand(anna, 20), course_of(anna)
    stopped, restarted = ("stopped", local(5)), ("restarted", local(5, 12))
    for (kind, at), status in ((stopped, "cancelled"), (restarted, "planned")):
        record_dose_event(course, kind=kind, happened_on=date(2026, 3, 5), now=at, by=nurse_kim.user)
        visit.refresh_from_db()
        assert visit.status == status
    assert visit.reminders.filter(state="pending").exists()


def test_what_the_clinic_cancelled_by_hand_stays_so(anna: Patient) -> None:
    visit = by_hand(anna, 20)
    cancel_visit(visit, local(2))
    plan(anna, local(3))
    visit.refresh_from_db()
    assert visit.status == "cancelled"


def test_a_visit_by_hand_that_a_moved_course_leaves_before_day_1_is_told(
    anna: Patient, nurse_kim: Practitioner
) -> None:
    by_hand(anna, 10)
    move_first_dose(course_of(anna), date(2026, 3, 9), local(2))
    assert rules_of(anna) == []
    move_first_dose(course_of(anna), date(2026, 3, 12), local(2))
    assert rules_of(anna) == ["VISIT-MOVED"]
