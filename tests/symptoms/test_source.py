"""What the review asks for beyond its thresholds: records, teaching, and where to go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from education.catalogue import shipped_leaflets
from education.models import LeafletOffer
from symptoms.clinical.dosing import DoseEventKind, DoseReason
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.terms import OtherSymptom
from symptoms.clinical.triage import assess
from symptoms.courses import record_dose_event
from symptoms.enrolment import enrol_patient
from symptoms.flow.advise import advise
from symptoms.models import Clinic, DoseEvent, Patient, TreatmentCourse
from symptoms.models.course import Regimen
from tests.symptoms.clinical.reports import MILD_SORE, change

SUNDAY = datetime(2026, 3, 8, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 12, 12, tzinfo=UTC)


def advice_text(patient: Patient, answers: dict[str, object], now: datetime) -> str:
    judgement = assess(Facts(now.date(), True, answers, Baseline(), History()))
    return str(advise(judgement.findings, patient, now)["text"])


@pytest.mark.source("S-01")
def test_interruptions_are_kept_in_the_dose_log_with_their_reason(ada: Patient) -> None:
    course = ada.courses.get()
    for kind, day in ((DoseEventKind.INTERRUPTED, 3), (DoseEventKind.RESTARTED, 9)):
        DoseEvent.objects.create(
            course=course, kind=kind, happened_on=course.first_dose_on + timedelta(day), reason=DoseReason.STOMATITIS
        )

    assert [event.kind for event in course.dose_events.all()] == ["interrupted", "restarted"]


@pytest.mark.source("S-02", "S-13", "S-22")
def test_teaching_begins_with_enrolment(clinic: Clinic) -> None:
    enrolment = enrol_patient(clinic=clinic, first_dose_on=date.today(), full_name="A", now=timezone.now())  # noqa: DTZ011

    offered = set(LeafletOffer.objects.filter(patient=enrolment.patient).values_list("slug", flat=True))
    assert {"starting-everolimus", "your-mouth", "your-lungs", "reaching-us"} <= offered
    taught = {tag for leaflet in shipped_leaflets().values() for tag in leaflet.sources}
    assert {"S-13", "S-22"} <= taught


@pytest.mark.source("S-04")
def test_who_lives_far_away_is_sent_to_the_emergency_department_nearby(ada: Patient) -> None:
    ada.clinic.out_of_hours_phone = ""
    ada.emergency_department = "Hospital of the Hills"

    assert "Hospital of the Hills" in advice_text(ada, change(MILD_SORE, mouth_sores__count=4), SUNDAY)
    assert "Hospital of the Hills" not in advice_text(ada, change(MILD_SORE, mouth_sores__count=4), THURSDAY)


@pytest.mark.source("S-05", "S-10")
def test_the_first_mild_sore_starts_the_mouth_bath_and_gentle_care(ada: Patient) -> None:
    told = advice_text(ada, dict(MILD_SORE), THURSDAY)

    assert "mouth bath" in told
    assert "soft" in told


@pytest.mark.source("S-06")
def test_the_mouth_bath_is_not_prophylactic_unless_the_clinic_says_so(clinic: Clinic) -> None:
    assert clinic.is_bath_prophylactic is False


@pytest.mark.source("S-07", "S-20")
def test_the_approved_regimen_and_its_dose_are_the_default_and_others_are_recorded(clinic: Clinic) -> None:
    now = timezone.now()
    usual = enrol_patient(clinic=clinic, first_dose_on=now.date(), full_name="A", now=now).course
    stepwise = enrol_patient(
        clinic=clinic, first_dose_on=now.date(), full_name="B", now=now, starting_dose_mg=Decimal("2.5")
    ).course

    usual.refresh_from_db()
    assert usual.regimen == Regimen.BOLERO_2
    assert usual.starting_dose_mg == Decimal(10)
    assert stepwise.starting_dose_mg == Decimal("2.5")


@pytest.mark.source("S-17")
def test_a_course_knows_whether_there_is_a_baseline_ct(ada: Patient) -> None:
    assert ada.courses.get().baseline_ct_on is None
    TreatmentCourse.objects.update(baseline_ct_on=date(2026, 2, 1))
    assert ada.courses.get().baseline_ct_on == date(2026, 2, 1)


@pytest.mark.source("S-19")
def test_the_other_side_effects_of_table_2_can_be_reported() -> None:
    assert {"rash", "fatigue", "diarrhea", "nausea", "dysgeusia"} <= set(OtherSymptom)


def test_a_course_that_has_ended_makes_room_for_another(ada: Patient) -> None:
    now = timezone.now()
    record_dose_event(ada.courses.get(), kind="stopped", happened_on=now.date(), now=now)

    TreatmentCourse.objects.create(patient=ada, first_dose_on=timezone.now().date())
