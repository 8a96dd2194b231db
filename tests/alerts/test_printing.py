"""The summary of a visit is one page of A4, however much was reported: printed by a real browser."""

from __future__ import annotations

import re
import subprocess
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.attending import record_checklist
from alerts.models import Visit
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import OtherSymptom, Problem, RedFlag, Respondent, Urgency
from symptoms.courses import record_dose_event
from symptoms.flow.report import file_report
from symptoms.models import Patient, Practitioner
from symptoms.models.report import ReportSource
from tests.alerts.making import raised
from tests.cast import course_of
from tests.chromium import require_chromium

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORST: Final[dict[str, object]] = {
    "symptoms": ["mouth_sores", "cough", "dyspnea", "fever", "other"],
    "red_flags": [flag.value for flag in RedFlag],
    "mouth_sores.count": "more_than_three", "mouth_sores.intake": "almost_nothing", "mouth_sores.severity": 4,
    "mouth_sores.interference": 4, "cough.severity": 4, "cough.interference": 4, "cough.blood": "yes",
    "dyspnea.severity": 4, "dyspnea.interference": 4, "dyspnea.exertion": "at_rest",
    "fever.temperature_c": 34.2, "fever.rigors": "yes", "other.text": "everything hurts and itches " * 100,
    "other.can_wait": "no", "other_symptoms": {name.value: 4 for name in OtherSymptom},
}  # fmt: skip


def pages_of(page: bytes, folder: Path) -> int:
    """How many pages a browser prints."""
    source, printed = folder / "summary.html", folder / "summary.pdf"
    source.write_bytes(page)
    subprocess.run(
        [require_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={printed}",
         source.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def report(patient: Patient, answers: dict[str, object], days_ago: int) -> None:
    file_report(
        patient,
        client_id=uuid.uuid4(),
        answers=answers,
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.OFFLINE,
        now=timezone.now() - timedelta(days=days_ago),
    )


def test_a_month_of_the_worst_days_is_one_page(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client, tmp_path: Path
) -> None:
    now = timezone.now()
    course = course_of(ada)
    course.first_dose_on = now.date() - timedelta(days=30)
    course.save()
    Patient.objects.filter(pk=ada.pk).update(full_name="Wilhelmina " * 18)
    for days in range(28):
        report(ada, WORST, days)
        report(ada, WORST | {"fever.temperature_c": 104}, days)
    for problem in (Problem.NO_REPORT, Problem.MISSED_VISIT, Problem.SYSTEM):
        raised(NotifyCareTeam(problem, Urgency.ROUTINE, rules=("X",)), ada, now=now)
    for days in range(8):
        record_dose_event(
            course, kind="changed", happened_on=(now - timedelta(days=days)).date(), dose_mg=5, reason="stomatitis",
            note="n" * 200, now=now,
        )  # fmt: skip
    visit = Visit.objects.get(patient=ada)
    Visit.objects.filter(pk=visit.pk).update(planned_on=now.date())
    answers = {"stomatitis": "established", "weight_kg": 61, "adherence": "some_missed", "dose_decision": "interrupt"}
    record_checklist(visit, nurse_kim, answers | {"other_side_effects": "long " * 400, "note": "word " * 400}, now)
    page = kim_site.get(reverse("admin:alerts_visit_summary", args=[visit.pk])).content
    assert b"Not on this page" in page
    assert pages_of(page, tmp_path) == 1


def test_the_page_of_somebody_who_is_well_is_one_too(ada: Patient, kim_site: Client, tmp_path: Path) -> None:
    page = kim_site.get(reverse("admin:alerts_visit_summary", args=[Visit.objects.get(patient=ada).pk])).content
    assert pages_of(page, tmp_path) == 1
