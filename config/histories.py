"""Lets patients who do not exist live through the days since their first dose, by the real pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from alerts.acknowledging import close
from alerts.attending import mark_attended
from alerts.models import Alert, Visit
from alerts.models.alert import Outcome
from symptoms.clinical.calendar import DAY_15, local_date, moment_of
from symptoms.clinical.terms import Respondent
from symptoms.cohort import VirtualPatient, reports_of
from symptoms.enrolment import Enrolment, enrol_patient
from symptoms.flow.report import file_report
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportSource

CHECK_IN_AT: Final = time(9, 30)
ALERTS_CLOSED_AFTER: Final = timedelta(hours=30)


def enrol(virtual: VirtualPatient, clinic: Clinic, now: datetime, **particulars: Any) -> Enrolment:
    """Enrol a patient so long ago that `now` is the last of the patient's days of treatment."""
    zone = clinic.zone
    first_dose_on = local_date(now, zone) - timedelta(days=virtual.days - 1)
    defaults: dict[str, Any] = {
        "baseline_ct_on": first_dose_on - timedelta(days=5),
        "is_bath_prescribed": True,
        "baseline_cough": 0,
        "baseline_dyspnea": 0,
    }
    return enrol_patient(
        clinic=clinic,
        first_dose_on=first_dose_on,
        now=moment_of(first_dose_on - timedelta(days=3), CHECK_IN_AT, zone),
        **(defaults | particulars),
    )


def live_through(
    enrolment: Enrolment, virtual: VirtualPatient, nurse: Practitioner, random: Random, until: datetime
) -> int:
    """File the reports of the patient's days in order, up to a moment. The nurse sees to alerts. Returns how many."""
    patient, first_dose_on = enrolment.patient, enrolment.course.first_dose_on
    if virtual.days > DAY_15:
        _attend_day_15(enrolment)
    count = 0
    for day, answers in reports_of(virtual, first_dose_on, random):
        at = moment_of(first_dose_on + timedelta(days=day - 1), CHECK_IN_AT, patient.zone)
        if at > until:
            break
        count += 1
        see_to_alerts(patient, nurse, at)
        file(patient, answers, random, at)
    see_to_alerts(patient, nurse, until)
    return count


def file(patient: Patient, answers: Mapping[str, Any], random: Random, at: datetime) -> SymptomReport:
    """One form from the patient's app, received at a moment."""
    return file_report(
        patient,
        client_id=UUID(int=random.getrandbits(128), version=4),
        answers=answers,
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.FORM,
        now=at,
    ).report


def see_to_alerts(patient: Patient, nurse: Practitioner, now: datetime) -> None:
    """The nurse closes what has waited for a day; the newest alerts stay in the worklist."""
    for alert in Alert.objects.filter(patient=patient, updated_at__lt=now - ALERTS_CLOSED_AFTER).not_closed():
        close(alert, nurse, Outcome.PHONE_ADVICE, "rang", now)


def _attend_day_15(enrolment: Enrolment) -> None:
    course = enrolment.course
    mark_attended(Visit.objects.get(course=course), moment_of(course.day_15_on, CHECK_IN_AT, enrolment.patient.zone))
