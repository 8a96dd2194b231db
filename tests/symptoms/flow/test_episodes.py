"""Episodes stay one at a time, in whatever order reports come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from alerts.acknowledging import acknowledge, close
from alerts.models import Alert
from alerts.models.alert import Outcome
from symptoms.clinical.terms import Symptom
from symptoms.flow import sweeps
from symptoms.flow.amend import amend_report
from symptoms.models import Assessment, Episode, Patient, Practitioner
from symptoms.models.amendment import AmendmentReason
from tests.alerts.making import make_report
from tests.symptoms.clinical.reports import MILD_SORE
from tests.symptoms.flow.filing import file_form

pytestmark = pytest.mark.django_db


def test_an_open_episode_is_continued_though_a_closed_one_began_later(ada: Patient) -> None:
    now = timezone.now()
    for hours_ago, closed_at in ((3, None), (2, now - timedelta(hours=1))):
        began = now - timedelta(hours=hours_ago)
        Episode.objects.create(
            patient=ada,
            symptom=Symptom.COUGH,
            earliest_on=began.date(),
            opened_by=make_report(ada, at=began),
            opened_at=began,
            closed_at=closed_at,
            closed_on=closed_at.date() if closed_at else None,
        )
    report = file_form(ada, {"symptoms": ["cough"], "cough.severity": 1}, now)
    assert Assessment.objects.filter(report=report).exists()
    assert Episode.objects.open().get().opened_at == now - timedelta(hours=3)


# The clocks of phones, and what was amended, end no sore and begin no treatment

SORE = {**MILD_SORE, "mouth_sores.onset_on": "2026-03-18"}
HEADACHE = {"symptoms": ["other"], "other.text": "headache", "other.can_wait": "yes"}
BREATHLESS = {"symptoms": ["dyspnea"], "red_flags": "none", "dyspnea.severity": 2, "dyspnea.exertion": "moderate"}


def march(day: int, hour: int = 11) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def closed_alert(problem: str, by: Practitioner, now: datetime) -> None:
    alert = Alert.objects.get(problem=problem)
    acknowledge(alert, by, now)
    close(alert, by, Outcome.PHONE_ADVICE, "rang", now)


def test_a_sore_from_a_phone_whose_clock_is_slow_is_not_ended_by_a_report_of_something_else(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    file_form(ada, {"symptoms": "none"}, march(10))
    file_form(ada, SORE, march(18), occurred_at=march(5))
    file_form(ada, HEADACHE, march(19))

    assert Episode.objects.open().filter(symptom=Symptom.MOUTH_SORES).exists()
    sweeps.reassess_open_episodes(march(22))
    sweeps.reassess_open_episodes(march(22, 16))
    assert "MOUTH-DURATION" in Alert.objects.get(problem="mouth").rules


def test_sores_that_were_amended_away_are_not_ended_by_a_later_report_of_something_else(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    sore = file_form(ada, SORE, march(18))
    nothing = {"symptoms": "none", **dict.fromkeys((slot for slot in SORE if slot.startswith("mouth")), "not_asked")}
    amend_report(
        sore, reason=AmendmentReason.MISTAKE, answers=nothing, note="", author=ada.user, now=march(18, 12)
    )  # fmt: skip
    file_form(ada, HEADACHE, march(19))

    assert Episode.objects.open().filter(symptom=Symptom.MOUTH_SORES).exists()


def test_symptoms_from_a_phone_whose_clock_is_slow_are_no_baseline(ada: Patient, nurse_kim: Practitioner) -> None:
    ada.courses.update(first_dose_on=date(2026, 3, 9))

    urgencies = [
        file_form(ada, BREATHLESS, march(day), occurred_at=march(day) - timedelta(days=3)).urgency for day in (10, 11)
    ]

    assert urgencies == [3, 3]


def test_a_late_report_of_something_else_does_not_make_new_sores_old_ones(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    file_form(ada, {**SORE, "mouth_sores.count": 5, "mouth_sores.onset_on": "2026-03-01"}, march(1))
    closed_alert("mouth", nurse_kim, march(3))
    file_form(ada, {"symptoms": "none"}, march(5))
    file_form(ada, {**SORE, "mouth_sores.onset_on": "2026-03-12"}, march(12))
    file_form(ada, HEADACHE, march(13), occurred_at=march(2))
    file_form(ada, {**SORE, "mouth_sores.count": 5, "mouth_sores.onset_on": "2026-03-12"}, march(14))

    assert Alert.objects.filter(problem="mouth", state="open").exists()


def test_a_late_report_of_breathlessness_does_not_make_the_next_one_known(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    file_form(ada, BREATHLESS, march(1))
    closed_alert("respiratory", nurse_kim, march(3))
    file_form(ada, {"symptoms": "none"}, march(5))
    file_form(ada, BREATHLESS, march(6), occurred_at=march(2))
    file_form(ada, BREATHLESS, march(20))

    assert Alert.objects.filter(problem="respiratory", state="open").exists()
