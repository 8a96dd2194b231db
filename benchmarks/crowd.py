"""Many patients of one clinic, what there is of them, and many open alerts, written straight into the tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from alerts.escalation import DEFAULT_POLICY, policy_to_json
from alerts.models import Alert
from alerts.models.alert import AlertState
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.encrypted import site_keys

MAKE_PATIENTS: Final = """
WITH users AS (
    INSERT INTO symptoms_user (username, password, is_superuser, first_name, last_name, email, is_staff, is_active,
        date_joined)
    SELECT 'crowd-' || n, '!', false, '', '', '', false, true, now()
    FROM generate_series(%(first)s::int, %(last)s::int) AS n RETURNING id, username
),
patients AS (
    INSERT INTO symptoms_patient (id, clinic_id, user_id, full_name, hospital_number, date_of_birth, email, phone,
        language, time_zone, quiet_from, quiet_until, preferences, status, emergency_department, is_synthetic,
        created_at)
    SELECT gen_random_uuid(), %(clinic)s, id, 'Patient ' || username, username, '1940-01-01'::date + number, '',
        (%(phones)s::text[])[number - %(first)s + 1], 'en', 'Europe/Brussels', '21:00', '08:00', '{}', 'active', '',
        false, now() FROM users, LATERAL (SELECT substr(username, 7)::int AS number) AS numbered RETURNING id
)
INSERT INTO symptoms_treatmentcourse (patient_id, regimen, starting_dose_mg, first_dose_on, created_at)
SELECT id, 'everolimus_exemestane', 10, current_date - (random() * 90)::int, now() FROM patients
"""

MAKE_RECORDS: Final = """
WITH treated AS (
    SELECT course.id AS course, patient.id AS patient, patient.clinic_id AS clinic
    FROM symptoms_patient patient JOIN symptoms_treatmentcourse course ON course.patient_id = patient.id
    WHERE patient.clinic_id = %(clinic)s AND NOT EXISTS (SELECT FROM alerts_visit WHERE course_id = course.id)
),
reports AS (
    INSERT INTO symptoms_symptomreport (id, patient_id, course_id, client_id, source, status, respondent, answers,
        corrections, body_digest, occurred_at, received_at, urgency)
    SELECT gen_random_uuid(), patient, course, gen_random_uuid(), 'form', 'complete', 'patient',
        '{"symptoms": ["mouth_sores"], "mouth_sores.count": 1}', '[]', '', now() - interval '1 day',
        now() - interval '1 day', 1 FROM treated
),
looks AS (
    INSERT INTO symptoms_accessrecord (clinic_id, person_id, role, kind, page, record, patients)
    SELECT clinic, %(person)s, 'nurse', 'view', 'admin:symptoms_patient_change', '', ARRAY[patient] FROM treated
)
INSERT INTO alerts_visit (id, patient_id, course_id, kind, status, planned_on, created_at, updated_at)
SELECT gen_random_uuid(), patient, course, 'day_15', 'planned', current_date + 3, now(), now() FROM treated
"""

STEP: Final = 1_000
KINDS: Final = (
    (Problem.RESPIRATORY, Urgency.EMERGENCY, ["RED-REST", "RESP-DYSPNEA"]),
    (Problem.MOUTH, Urgency.URGENT, ["MOUTH-COUNT", "MOUTH-INTAKE", "MOUTH-DURATION"]),
    (Problem.INFECTION, Urgency.URGENT, ["FEVER"]),
    (Problem.MOUTH, Urgency.ROUTINE, ["MOUTH-PAIN"]),
    (Problem.OTHER, Urgency.ROUTINE, ["OTHER"]),
    (Problem.NO_REPORT, Urgency.ROUTINE, ["NO-REPORT"]),
)


def enrol_crowd(clinic: Clinic, count: int) -> None:
    """So many more patients on treatment, a thousand in each statement: none takes as long as a statement may.

    The references are checked after each thousand and by the index, which PostgreSQL only takes once it knows how
    much the tables have grown; left to the end of the transaction they are one statement of all the rows.
    """
    begin = Patient.objects.count()
    with connection.cursor() as cursor:
        for first in range(begin, begin + count, STEP):
            last = min(first + STEP, begin + count) - 1
            phones = [site_keys().encrypt(phone_of(number)) for number in range(first, last + 1)]
            cursor.execute(MAKE_PATIENTS, {"first": first, "last": last, "clinic": clinic.pk, "phones": phones})
            cursor.execute("ANALYZE symptoms_user, symptoms_patient")
            connection.check_constraints()


def phone_of(number: int) -> str:
    """The telephone of one of the crowd."""
    return f"+32 470 {number // 10_000:02} {number // 100 % 100:02} {number % 100:02}"


def record_crowd(clinic: Clinic, nurse: Practitioner) -> None:
    """A report, a visit and a look by the nurse for every patient of the clinic who has no visit yet."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE_RECORDS, {"clinic": clinic.pk, "person": nurse.user_id})
        cursor.execute("ANALYZE symptoms_symptomreport, symptoms_accessrecord, alerts_visit")
        connection.check_constraints()


def raise_crowd(clinic: Clinic, count: int, nurse: Practitioner, now: datetime) -> None:
    """One open alert of each of so many patients of the clinic; the nurse has every fourth."""
    policy = policy_to_json(DEFAULT_POLICY)
    patients = Patient.objects.filter(clinic=clinic, alerts=None)[:count]
    alerts = (
        _alert(number, patient, policy, nurse if number % 4 == 0 else None, now)
        for number, patient in enumerate(patients)
    )
    Alert.objects.bulk_create(alerts, batch_size=STEP // 2)


def _alert(
    number: int, patient: Patient, policy: dict[str, object], nurse: Practitioner | None, now: datetime
) -> Alert:
    problem, urgency, rules = KINDS[number % len(KINDS)]
    raised_at = now - timedelta(minutes=number % 3000)
    return Alert(
        clinic_id=patient.clinic_id, patient=patient, problem=problem, urgency=urgency, rules=rules, policy=policy,
        raised_at=raised_at, updated_at=raised_at, climbs_at=now + timedelta(minutes=10), steps_taken=number % 3,
        climbing_since=raised_at, state=AlertState.ACKNOWLEDGED if nurse else AlertState.OPEN, acknowledged_by=nurse,
        acknowledged_at=raised_at if nurse else None,
    )  # fmt: skip
