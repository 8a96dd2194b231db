"""Episodes stay one at a time, in whatever order reports come."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from symptoms.clinical.terms import Respondent, Symptom
from symptoms.flow.report import file_report
from symptoms.models import Assessment, Episode, Patient
from symptoms.models.report import ReportSource
from tests.alerts.making import make_report

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
    report = file_report(
        ada,
        client_id=uuid.uuid4(),
        answers={"symptoms": ["cough"], "cough.severity": 1},
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.FORM,
        now=now,
    ).report
    assert Assessment.objects.filter(report=report).exists()
    assert Episode.objects.open().get().opened_at == now - timedelta(hours=3)
