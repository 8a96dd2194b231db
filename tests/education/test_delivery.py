"""Leaflets are offered once for each occasion: beside findings, and by the curriculum as the days come."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.models import Reminder
from alerts.reminders import words_of
from education import delivery
from education.catalogue import shipped_leaflets
from education.delivery import offer_leaflets, plan_lessons, teach_due
from education.models import LeafletOffer, TeachingPlan
from education.tasks import teach_due as teach_due_task
from symptoms.clinical.actions import OfferEducation
from symptoms.courses import move_first_dose, record_dose_event, set_status
from symptoms.models import Clinic, Patient
from symptoms.wording import text
from tests.cast import course_of, make_clinic
from tests.education.conftest import FIRST_DOSE, Publish, enrol_on, on_day
from tests.symptoms.admin.records import file_four_sores

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY_1 = ["reaching-us", "starting-everolimus", "your-lungs", "your-mouth"]


def offers(patient: Patient, occasion: str = "") -> list[str]:
    found = LeafletOffer.objects.filter(patient=patient, occasion__endswith=occasion)
    return sorted(found.values_list("slug", flat=True))


def stop(patient: Patient, on: date, now: datetime) -> None:
    record_dose_event(course_of(patient), kind="stopped", happened_on=on, now=now)


def due_at(patient: Patient) -> datetime | None:
    return TeachingPlan.objects.get(course__patient=patient).due_at


@pytest.mark.source("S-02")
def test_the_first_day_is_taught_at_enrolment_and_the_next_lesson_is_planned(anna: Patient) -> None:
    assert offers(anna) == offers(anna, ":day-1") == DAY_1
    assert due_at(anna) == on_day(anna, 3)


def test_who_is_enrolled_before_the_first_dose_is_taught_then(clinic: Clinic) -> None:
    early = enrol_on(clinic, "Early", -5)
    assert offers(early) == DAY_1
    assert due_at(early) == on_day(early, 3)


def test_who_is_enrolled_late_gets_at_once_what_the_others_had(clinic: Clinic) -> None:
    late = enrol_on(clinic, "Late", 9)
    assert set(offers(late)) == {slug for slug, _ in shipped_leaflets()}
    assert due_at(late) == on_day(late, 14)


def test_a_lesson_comes_on_its_day_and_not_before(anna: Patient) -> None:
    assert teach_due(on_day(anna, 3) - timedelta(microseconds=1)) == 0
    assert offers(anna) == DAY_1
    assert teach_due(on_day(anna, 3)) == 1
    assert offers(anna, ":day-3") == ["fever-and-infections", "for-carers"]
    assert teach_due(on_day(anna, 3)) == 0
    assert due_at(anna) == on_day(anna, 7)


@pytest.mark.source("S-13", "S-16")
def test_a_course_is_taught_on_its_days_and_the_lungs_every_month(anna: Patient) -> None:
    for day in range(1, 100):
        teach_due(on_day(anna, day, time(12)))
    by_day = {day: offers(anna, f":day-{day}") for day in range(1, 100) if offers(anna, f":day-{day}")}
    assert by_day == {
        1: DAY_1,
        3: ["fever-and-infections", "for-carers"],
        7: ["day-15-visit", "other-side-effects"],
        14: ["your-lungs", "your-mouth"],
        31: ["your-lungs"],
        61: ["your-lungs"],
        91: ["your-lungs"],
    }


def test_after_downtime_there_is_one_catch_up(anna: Patient) -> None:
    assert teach_due(on_day(anna, 100)) == 1
    later = sorted(set(LeafletOffer.objects.filter(patient=anna).values_list("occasion", "slug")))
    assert [slug for occasion, slug in later if not occasion.endswith(":day-1")].count("your-lungs") == 1
    assert offers(anna, ":day-91") == ["your-lungs"]
    assert due_at(anna) == on_day(anna, 121)


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_nobody_is_taught_whom_the_service_does_not_write_to(anna: Patient, status: str) -> None:
    Patient.objects.filter(pk=anna.pk).update(status=status)  # after the lesson was planned
    assert teach_due(on_day(anna, 3)) == 1
    assert offers(anna) == DAY_1
    assert due_at(anna) is None


def test_who_comes_back_goes_on_where_they_were(anna: Patient) -> None:
    set_status(anna, "paused", on_day(anna, 2))
    assert due_at(anna) is None
    assert teach_due(on_day(anna, 4)) == 0
    set_status(anna, "active", on_day(anna, 5))
    assert offers(anna, ":day-3") == ["fever-and-infections", "for-carers"]
    assert due_at(anna) == on_day(anna, 7)


def test_nothing_is_taught_after_the_end_of_treatment(anna: Patient) -> None:
    stop(anna, FIRST_DOSE + timedelta(days=1), on_day(anna, 2))
    assert due_at(anna) is None
    assert teach_due(on_day(anna, 40)) == 0
    assert offers(anna) == DAY_1


@pytest.mark.parametrize("days", [-1, 10])
def test_a_first_dose_that_moves_moves_the_lessons_ahead(anna: Patient, days: int) -> None:
    moved = FIRST_DOSE + timedelta(days=days)
    move_first_dose(course_of(anna), moved, on_day(anna, 1))
    assert due_at(anna) == on_day(anna, 3 + days)
    assert teach_due(on_day(anna, 3 + days)) == 1
    assert offers(anna, ":day-3") == ["fever-and-infections", "for-carers"]


def test_a_lesson_that_was_given_is_not_given_again_when_the_first_dose_moves(anna: Patient) -> None:
    teach_due(on_day(anna, 7))
    before = offers(anna)
    move_first_dose(course_of(anna), FIRST_DOSE + timedelta(days=6), on_day(anna, 7))
    assert teach_due(on_day(anna, 19)) == 0, "day 13 by the new count"
    assert offers(anna) == before
    assert due_at(anna) == on_day(anna, 20)


def test_a_new_course_is_taught_from_the_start(anna: Patient) -> None:
    stop(anna, FIRST_DOSE, on_day(anna, 2))
    second = anna.courses.create(first_dose_on=FIRST_DOSE + timedelta(days=40))
    plan_lessons(anna, on_day(anna, 41))
    assert offers(anna, f"course-{second.pk}:day-1") == DAY_1


def test_lessons_follow_the_clock_of_the_patient(anna: Patient) -> None:
    anna.time_zone = "America/New_York"
    anna.save()
    plan_lessons(anna, on_day(anna, 1, time(12)))
    assert due_at(anna) == datetime.fromisoformat("2026-03-04T09:00:00-05:00")


def test_planning_again_changes_nothing(anna: Patient) -> None:
    before = (offers(anna), due_at(anna))
    assert plan_lessons(anna, on_day(anna, 1)) == []
    assert (offers(anna), due_at(anna)) == before


def test_a_patient_without_a_course_has_no_lessons(anna: Patient) -> None:
    stop(anna, FIRST_DOSE, on_day(anna, 1))
    assert plan_lessons(anna, on_day(anna, 1)) == []


def test_one_plan_that_fails_stops_no_other(
    anna: Patient, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    otto = enrol_on(clinic, "Otto", 1)
    teach = delivery._teach

    def fail_for_anna(plan: TeachingPlan, now: datetime) -> Any:
        if plan.course.patient_id == anna.pk:
            raise RuntimeError("broken")
        return teach(plan, now)

    monkeypatch.setattr(delivery, "_teach", fail_for_anna)
    assert teach_due(on_day(anna, 3)) == 2
    assert offers(otto, ":day-3") == ["fever-and-infections", "for-carers"]
    assert offers(anna, ":day-3") == []
    assert due_at(anna) == on_day(anna, 3) + delivery.PUT_OFF
    assert "lesson_failed" in caplog.text
    assert "Anna" not in caplog.text


def test_a_sweep_costs_one_query_when_nothing_is_due_and_the_same_for_one_and_for_many(clinic: Clinic) -> None:
    patients = [enrol_on(clinic, f"P{number}", 1) for number in range(6)]

    def cost(now: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            teach_due(now)
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    assert cost(on_day(patients[0], 2)) == 1
    TeachingPlan.objects.exclude(course__patient=patients[0]).update(due_at=on_day(patients[0], 7))
    keep_costs_out = cost(on_day(patients[0], 3))
    assert cost(on_day(patients[0], 7)) <= keep_costs_out
    assert offers(patients[5], ":day-7") == ["day-15-visit", "other-side-effects"]


def test_the_task_goes_by_the_clock_of_the_database(clinic: Clinic) -> None:
    late = enrol_on(clinic, "Late", 1)
    teach_due_task()
    assert offers(late, ":day-14") == ["your-mouth"], "2 March 2026 is long ago: the lungs come with a refresher"


@pytest.mark.django_db(transaction=True)
def test_any_number_of_workers_give_each_lesson_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "BATCH", 3)
    clinic = make_clinic("c")
    patients = [enrol_on(clinic, f"P{number}", 1) for number in range(20)]
    now, barrier, failures, counts = on_day(patients[0], 3), threading.Barrier(4), [], []

    def sweep() -> None:
        barrier.wait()
        try:
            counts.append(teach_due(now))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while teach_due(now):
        pass
    assert failures == []
    assert LeafletOffer.objects.filter(occasion__endswith=":day-3").count() == 40
    assert all(offers(patient, ":day-3") == ["fever-and-infections", "for-carers"] for patient in patients)


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_another_worker_holds_is_left_to_it() -> None:
    anna = enrol_on(make_clinic("c"), "Anna", 1)
    counts: list[int] = []

    def sweep() -> None:
        counts.append(teach_due(on_day(anna, 3)))
        connection.close()

    with transaction.atomic():
        TeachingPlan.objects.select_for_update().get(course__patient=anna)
        other = threading.Thread(target=sweep)
        other.start()
        other.join()
    assert counts == [0]
    assert teach_due(on_day(anna, 3)) == 1


def test_a_report_offers_what_goes_with_its_findings(ada: Patient) -> None:
    report = file_four_sores(ada)
    assert [offer.slug for offer in LeafletOffer.objects.filter(report=report)] == ["your-mouth"]
    again = OfferEducation(rules=("MOUTH-COUNT",))
    assert offer_leaflets(again, patient=ada, report=report, now=NOW) == ["your-mouth"]
    assert LeafletOffer.objects.filter(report=report).count() == 1


def test_findings_without_a_leaflet_offer_nothing(ada: Patient) -> None:
    before = offers(ada)
    assert offer_leaflets(OfferEducation(rules=("CONTRADICTION",)), patient=ada, report=None, now=NOW) == []
    assert offers(ada) == before


def test_an_offer_holds_the_exact_text_in_the_language_of_the_patient(ada: Patient) -> None:
    ada.language = "nl"
    report = file_four_sores(ada)
    offer_leaflets(OfferEducation(rules=("FEVER",)), patient=ada, report=report, now=NOW)
    offer = LeafletOffer.objects.get(report=report, slug="fever-and-infections")
    shipped = shipped_leaflets()["fever-and-infections", "nl"]
    assert (offer.language, offer.version) == ("nl", shipped.version)
    assert offer.text is not None
    assert (offer.text.body, offer.text.text_id) == (shipped.body, shipped.text_id)


def test_a_clinics_own_text_is_offered_to_its_patients_and_to_no_others(
    anna: Patient, ben: Patient, publish: Publish
) -> None:
    text = publish(on_day(anna, 2))
    action = OfferEducation(rules=("MOUTH-MILD",))
    for patient in (anna, ben):
        offer_leaflets(action, patient=patient, report=None, now=on_day(anna, 2))
    offered = LeafletOffer.objects.filter(occasion=f"finding:{date(2026, 3, 3)}")
    assert offered.get(patient=anna).text == text
    assert offered.get(patient=ben, text__clinic=None).version == shipped_leaflets()["your-mouth", "en"].version


def test_what_was_offered_stays_as_it_was_when_the_text_changes(anna: Patient, publish: Publish) -> None:
    before = LeafletOffer.objects.get(patient=anna, slug="your-mouth")
    publish(on_day(anna, 2))
    after = LeafletOffer.objects.get(pk=before.pk)
    assert after.text == before.text
    assert after.text is not None
    assert after.text.body == shipped_leaflets()["your-mouth", "en"].body


def test_a_lesson_that_comes_by_itself_is_announced_once(clinic: Clinic) -> None:
    patient = enrol_on(clinic, "Ada Archer", 1)
    day_3 = on_day(patient, 3, time(9))
    assert not Reminder.objects.filter(kind="lesson").exists(), "at enrolment the clinic tells it"

    teach_due(day_3)
    teach_due(day_3)

    reminder = Reminder.objects.get(kind="lesson")
    assert (reminder.patient, reminder.due_at) == (patient, day_3)
    assert words_of(reminder) == text("en", "reminder", "lesson")


def announced(patient: Patient) -> list[tuple[str, datetime]]:
    found = Reminder.objects.filter(patient=patient, kind="lesson").order_by("due_at")
    return [(name.partition(":")[2], due_at) for name, due_at in found.values_list("occurrence", "due_at")]


def test_planning_again_in_the_night_gives_no_lesson_before_its_hour(anna: Patient) -> None:
    assert plan_lessons(anna, on_day(anna, 3, time(0, 5))) == []
    assert (offers(anna), due_at(anna)) == (DAY_1, on_day(anna, 3))
    assert plan_lessons(anna, on_day(anna, 3) - timedelta(microseconds=1)) == []
    assert announced(anna) == []


def test_a_lesson_that_planning_again_gives_is_announced_as_a_swept_one(anna: Patient) -> None:
    assert plan_lessons(anna, on_day(anna, 3)) == ["fever-and-infections", "for-carers"]
    plan_lessons(anna, on_day(anna, 3))
    teach_due(on_day(anna, 3))
    assert announced(anna) == [("day-3", on_day(anna, 3))]


def test_who_comes_back_in_the_night_is_told_of_the_lesson_when_the_quiet_hours_end(anna: Patient) -> None:
    set_status(anna, "paused", on_day(anna, 2))
    set_status(anna, "active", on_day(anna, 5, time(23, 30)))
    assert offers(anna, ":day-3") == ["fever-and-infections", "for-carers"]
    assert announced(anna) == [("day-3", on_day(anna, 6, anna.quiet_until))]


def test_a_first_dose_that_moves_back_announces_the_lessons_that_it_brings(anna: Patient) -> None:
    move_first_dose(course_of(anna), FIRST_DOSE - timedelta(days=2), on_day(anna, 1))
    assert announced(anna) == [("day-3", on_day(anna, 1))]


def test_a_later_course_is_announced_and_enrolment_is_not(clinic: Clinic) -> None:
    late = enrol_on(clinic, "Late", 9)
    assert announced(late) == []
    stop(late, FIRST_DOSE + timedelta(days=9), on_day(late, 10))
    late.courses.create(first_dose_on=FIRST_DOSE + timedelta(days=40))
    plan_lessons(late, on_day(late, 41))
    assert announced(late) == [("day-1", on_day(late, 41))]


def test_a_catch_up_in_the_night_leaves_the_lesson_of_today_to_its_hour(anna: Patient) -> None:
    assert teach_due(on_day(anna, 7, time(0, 5))) == 1
    assert (offers(anna, ":day-3"), offers(anna, ":day-7")) == (["fever-and-infections", "for-carers"], [])
    assert due_at(anna) == on_day(anna, 7)


def test_a_lesson_that_cannot_be_announced_is_given_all_the_same(clinic: Clinic, settings: Any) -> None:
    patient = enrol_on(clinic, "Ada Archer", 1)
    settings.LESSON_NOTICE = "tests.education.test_delivery.fail"

    teach_due(on_day(patient, 3, time(9)))

    assert offers(patient, "day-3")


def fail(*args: Any) -> None:
    raise RuntimeError("injected")
