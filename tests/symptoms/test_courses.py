"""What changes in the course of treatment, and what is planned anew because of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from alerts.models import Alert, CheckInPlan, Visit
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Symptom
from symptoms.courses import (
    check_course,
    ct_warning,
    move_first_dose,
    record_dose_event,
    set_status,
    start_notice,
)
from symptoms.models import DoseEvent, Episode, Patient, Practitioner, TreatmentCourse
from symptoms.models.patient import PatientStatus
from tests.cast import course_of
from tests.symptoms.admin.records import file_four_sores

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def today(patient: Patient) -> Any:
    return local_date(NOW, patient.zone)


def test_a_moved_first_dose_moves_the_visit(ada: Patient) -> None:
    stale = course_of(ada)
    moved = move_first_dose(stale, stale.first_dose_on + timedelta(days=3), NOW)
    assert course_of(ada).first_dose_on == moved.first_dose_on
    assert Visit.objects.get(patient=ada).planned_on == moved.day_15_on


def test_a_first_dose_does_not_move_behind_an_interruption_unless_that_was_taken_back(ada: Patient) -> None:
    course, now = course_of(ada), NOW
    pause = course.first_dose_on + timedelta(days=2)
    record_dose_event(course, kind="interrupted", happened_on=pause, now=now, reason="stomatitis")
    with pytest.raises(ValidationError, match="has not been taken since") as refusal:
        move_first_dose(course, pause + timedelta(days=1), now)
    assert list(refusal.value.message_dict) == ["first_dose_on"]
    assert move_first_dose(course, pause, now).first_dose_on == pause
    record_dose_event(course, kind="restarted", happened_on=pause, now=now)
    assert move_first_dose(course, pause + timedelta(days=1), now).first_dose_on == pause + timedelta(days=1)


@pytest.mark.parametrize("days", [-3700, 400])
def test_an_absurd_first_dose_is_refused(ada: Patient, days: int) -> None:
    course = course_of(ada)
    with pytest.raises(ValidationError) as refusal:
        move_first_dose(course, today(ada) + timedelta(days=days), NOW)
    assert list(refusal.value.message_dict) == ["first_dose_on"]
    assert course_of(ada).first_dose_on == course.first_dose_on


def test_a_change_does_not_undo_what_happened_meanwhile(ada: Patient) -> None:
    stale = course_of(ada)
    course_of(ada).__class__.objects.filter(pk=stale.pk).update(baseline_ct_on=stale.first_dose_on)
    move_first_dose(stale, stale.first_dose_on + timedelta(days=1), NOW)
    assert course_of(ada).baseline_ct_on == stale.first_dose_on


@pytest.mark.source("S-01")
def test_the_dose_log_says_what_when_why_and_by_whom(ada: Patient, nurse_kim: Practitioner) -> None:
    course = course_of(ada)
    event = record_dose_event(
        course,
        kind="interrupted",
        happened_on=today(ada),
        reason="stomatitis",
        note="two weeks",
        by=nurse_kim.user,
        now=NOW,
    )
    assert DoseEvent.objects.get() == event
    assert (event.kind, event.reason, event.recorded_by) == ("interrupted", "stomatitis", nurse_kim.user)
    assert course_of(ada).ended_on is None, "check-ins go on while the drug is interrupted"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"kind": "changed"}, "dose_mg"),
        ({"kind": "restarted", "dose_mg": 0}, "dose_mg"),
        ({"kind": "interrupted", "days_ago": -1}, "happened_on"),
        ({"kind": "interrupted", "days_ago": 10}, "happened_on"),
        ({"kind": "stopped", "days_ago": -1}, "happened_on"),
        ({"kind": "stopped", "days_ago": 10}, "happened_on"),
        ({"kind": "doubled"}, "kind"),
        ({"kind": "interrupted", "reason": "boredom"}, "reason"),
    ],
)
def test_a_line_that_cannot_be_true_is_refused(ada: Patient, line: dict[str, Any], field: str) -> None:
    given = dict(line)
    day = today(ada) - timedelta(days=given.pop("days_ago", 0))
    with pytest.raises(ValidationError) as refusal:
        record_dose_event(course_of(ada), happened_on=day, now=NOW, **given)
    assert list(refusal.value.message_dict) == [field]
    assert not DoseEvent.objects.exists()


def test_stopping_the_drug_ends_the_course(ada: Patient) -> None:
    course = course_of(ada)
    record_dose_event(course, kind="stopped", happened_on=today(ada), reason="progression", now=NOW)
    course.refresh_from_db()
    assert course.ended_on == today(ada)


Log = Sequence[tuple[str, int]]
"""Lines of a dose log: what happened, and how many days ago."""


def begun_long_ago(patient: Patient, log: Log) -> TreatmentCourse:
    course = course_of(patient)
    course.first_dose_on -= timedelta(days=30)
    course.save()
    for kind, days_ago in log:
        record(course, kind, days_ago)
    return course


def record(course: TreatmentCourse, kind: str, days_ago: int) -> None:
    dose_mg = 5 if kind == "changed" else None
    on = today(course.patient) - timedelta(days=days_ago)
    record_dose_event(course, kind=kind, happened_on=on, dose_mg=dose_mg, now=NOW)


@pytest.mark.source("S-16")
def test_a_drug_that_is_taken_again_takes_its_course_up_again(ada: Patient) -> None:
    course = course_of(ada)
    record_dose_event(course, kind="stopped", happened_on=today(ada), note="by mistake", now=NOW)
    assert Visit.objects.get(patient=ada).status == "cancelled"
    record_dose_event(course, happened_on=today(ada), kind="restarted", dose_mg=5, now=NOW)
    assert course_of(ada) == course
    assert Visit.objects.get(patient=ada).status == "planned"
    assert CheckInPlan.objects.get(patient=ada).next_at is not None


TAKEN = ()
INTERRUPTED = (("interrupted", 3),)
STOPPED = (("stopped", 3),)


@pytest.mark.parametrize(
    ("log", "kind", "days_ago", "refusal"),
    [
        (TAKEN, "restarted", 0, "was not interrupted on that day"),
        (INTERRUPTED, "interrupted", 0, "interrupted since {3}"),
        (INTERRUPTED, "interrupted", 3, "interrupted since {3}"),
        (INTERRUPTED, "changed", 0, "interrupted since {3}"),
        (INTERRUPTED, "restarted", 4, "was not interrupted on that day"),
        ((*INTERRUPTED, ("restarted", 1)), "restarted", 0, "was not interrupted on that day"),
        ((*INTERRUPTED, ("restarted", 1)), "interrupted", 2, "interrupted since {3}"),
        (STOPPED, "interrupted", 0, "stopped on {3}"),
        (STOPPED, "stopped", 0, "stopped on {3}"),
        (STOPPED, "changed", 0, "stopped on {3}"),
        ((*STOPPED, ("restarted", 1)), "interrupted", 2, "stopped on {3}"),
        ((("changed", 2),), "stopped", 3, "changed on {2}"),
    ],
)
def test_a_line_that_does_not_fit_the_log_is_refused_and_the_line_that_stands_is_named(
    ada: Patient, log: Log, kind: str, days_ago: int, refusal: str
) -> None:
    course = begun_long_ago(ada, log)
    with pytest.raises(ValidationError) as refused:
        record(course, kind, days_ago)
    said = refused.value.message_dict
    assert list(said) == ["kind"]
    days = [date_format(today(ada) - timedelta(days=days), "DATE_FORMAT") for days in range(4)]
    assert refusal.format(*days) in said["kind"][0]
    assert DoseEvent.objects.count() == len(log)


@pytest.mark.parametrize(
    ("log", "kind", "days_ago"),
    [
        (TAKEN, "interrupted", 0),
        (TAKEN, "changed", 0),
        (INTERRUPTED, "restarted", 0),
        (INTERRUPTED, "restarted", 3),
        (INTERRUPTED, "stopped", 0),
        (INTERRUPTED, "interrupted", 4),
        ((*INTERRUPTED, ("restarted", 3)), "interrupted", 3),
        ((*INTERRUPTED, ("restarted", 1)), "interrupted", 0),
        ((*INTERRUPTED, ("restarted", 1)), "restarted", 2),
        (STOPPED, "restarted", 3),
        (STOPPED, "restarted", 0),
        (STOPPED, "interrupted", 4),
        (STOPPED, "stopped", 4),
        ((("changed", 2),), "stopped", 2),
        ((("interrupted", 2),), "stopped", 3),
    ],
)
def test_what_the_days_make_fit_is_kept_and_what_was_recorded_by_mistake_can_be_put_right(
    ada: Patient, log: Log, kind: str, days_ago: int
) -> None:
    record(begun_long_ago(ada, log), kind, days_ago)
    assert DoseEvent.objects.count() == len(log) + 1


def test_a_log_that_holds_what_would_be_refused_today_can_be_gone_on_with(ada: Patient) -> None:
    course = begun_long_ago(ada, INTERRUPTED)
    for days in (2, 1):
        on = today(ada) - timedelta(days=days)
        DoseEvent.objects.create(course=course, kind="interrupted", happened_on=on, reason="stomatitis")
    record(course, "restarted", 0)
    assert course_of(ada).ended_on is None


def test_a_line_that_was_forgotten_ends_and_begins_nothing(ada: Patient) -> None:
    course = begun_long_ago(ada, STOPPED)
    record(course, "interrupted", 4)
    course.refresh_from_db()
    assert course.ended_on == today(ada) - timedelta(days=3)


def test_a_course_is_not_taken_up_again_beside_another(ada: Patient) -> None:
    old = course_of(ada)
    record_dose_event(old, kind="stopped", happened_on=today(ada) - timedelta(days=2), now=NOW)
    new = TreatmentCourse.objects.create(patient=ada, first_dose_on=today(ada))
    with pytest.raises(ValidationError) as refusal:
        record_dose_event(old, kind="restarted", happened_on=today(ada), now=NOW)
    assert list(refusal.value.message_dict) == ["kind"]
    assert course_of(ada) == new


def test_a_first_dose_does_not_move_behind_the_end(ada: Patient) -> None:
    course = course_of(ada)
    record_dose_event(course, kind="stopped", happened_on=today(ada) - timedelta(days=5), now=NOW)
    with pytest.raises(ValidationError):
        move_first_dose(course, today(ada), NOW)


@pytest.mark.source("S-20")
@pytest.mark.parametrize(("dose_mg", "is_taken"), [(0, False), (1, True), (30, True), (31, False), (500, False)])
def test_a_daily_dose_is_one_of_a_regimen_and_no_slip_of_the_pen(ada: Patient, dose_mg: int, is_taken: bool) -> None:
    course = course_of(ada)
    course.starting_dose_mg = Decimal(dose_mg)
    with nullcontext() if is_taken else pytest.raises(ValidationError, match="milligrams"):
        check_course(course, today(ada))
    with nullcontext() if is_taken else pytest.raises(ValidationError, match="milligrams"):
        record_dose_event(course, kind="changed", happened_on=today(ada), dose_mg=dose_mg, now=NOW)


def test_a_status_is_one_of_four(ada: Patient) -> None:
    for status in PatientStatus:
        assert set_status(ada, status, NOW).status == status
    with pytest.raises(ValidationError) as refusal:
        set_status(ada, "lost", NOW)
    assert list(refusal.value.message_dict) == ["status"]


def test_the_question_about_open_sores_moves_with_the_patients_hours(ada: Patient) -> None:
    file_four_sores(ada)
    before = Episode.objects.get(patient=ada, symptom=Symptom.MOUTH_SORES).ask_due_at
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    set_status(ada, PatientStatus.ACTIVE, NOW)
    after = Episode.objects.get(patient=ada, symptom=Symptom.MOUTH_SORES).ask_due_at
    assert before is not None
    assert after is not None
    assert after < before


@pytest.mark.source("S-17")
def test_a_baseline_ct_is_one_made_before_the_first_dose(ada: Patient) -> None:
    course = course_of(ada)
    warnings = []
    for made_on in (None, course.first_dose_on + timedelta(days=1), course.first_dose_on):
        course.baseline_ct_on = made_on
        warnings.append(ct_warning(course))
    assert [bool(warning) for warning in warnings] == [True, True, False]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (0, "Day 1 is still ahead"),
        (2, "today is day 2. Check-ins and reminders begin now"),
        (15, "Day 15 is on"),
        (16, "stands in the worklist as missed"),
        (400, "today is day 400, and day 15 was on"),
    ],
)
def test_a_course_that_does_not_begin_today_says_what_that_means(ada: Patient, day: int, words: str) -> None:
    first_dose_on = today(ada) - timedelta(days=day - 1)
    notice = start_notice(first_dose_on, today(ada))
    assert notice is not None
    assert words in notice


def test_a_course_that_begins_today_needs_no_words(ada: Patient) -> None:
    assert start_notice(today(ada), today(ada)) is None


@pytest.mark.source("S-14")
def test_what_is_said_of_a_late_start_is_what_happens(ada: Patient, nurse_kim: Practitioner) -> None:
    for day, alerts in ((15, 0), (16, 1)):
        move_first_dose(course_of(ada), today(ada) - timedelta(days=day - 1), NOW)
        assert Alert.objects.filter(patient=ada, problem=Problem.MISSED_VISIT).count() == alerts, day
