"""What a planned or changed course means for the calendar: visits and reminders, and then the lessons.

The two sides do not know each other; only here both are seen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alerts.visits import plan_calendar as plan_visits
from symptoms.clinical.actions import OfferEducation, PlanCalendar
from symptoms.flow.act import carry_out
from symptoms.models import Patient, SymptomReport


def plan_calendar(action: PlanCalendar, *, patient: Patient, report: SymptomReport | None, now: datetime) -> Any:
    """Plan visits and reminders, and bring the lessons in line. A lesson that fails undoes no visit."""
    planned = plan_visits(action, patient=patient, report=report, now=now)
    carry_out([OfferEducation(rules=())], patient=patient, report=report, now=now)
    return planned
