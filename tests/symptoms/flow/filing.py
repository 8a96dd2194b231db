"""Files reports as a form does, at a moment of the test's own."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from symptoms.clinical.terms import Respondent
from symptoms.flow.report import file_report
from symptoms.models import Patient, SymptomReport
from symptoms.models.report import ReportSource


def file_form(
    patient: Patient,
    answers: dict[str, Any],
    now: datetime,
    source: ReportSource = ReportSource.FORM,
    *,
    occurred_at: datetime | None = None,
) -> SymptomReport:
    """The report that is filed at `now`; `occurred_at` is what the phone's clock says."""
    return file_report(
        patient,
        client_id=uuid.uuid4(),
        answers=answers,
        occurred_at=occurred_at,
        respondent=Respondent.PATIENT,
        source=source,
        now=now,
    ).report
