"""What happens when something breaks: a person is told, and the patient gets a fixed safe text."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.flow.act import carry_out
from symptoms.flow.advise import call_emergency, call_team, numbers_of
from symptoms.models import Patient, SymptomReport
from symptoms.wording import text

logger = logging.getLogger(__name__)

COULD_NOT_ASSESS: Final = "COULD-NOT-ASSESS"
SELF_HARM: Final = "SELF-HARM"


def tell_team_of_failure(
    patient: Patient, report: SymptomReport | None, now: datetime, *, urgency: Urgency = Urgency.URGENT
) -> None:
    """Put a message or report that could not be taken in or judged before a person: it may be anything."""
    action = NotifyCareTeam(Problem.SYSTEM, urgency, (COULD_NOT_ASSESS,))
    carry_out([action], patient=patient, report=report, now=now)


def tell_team_of_self_harm(patient: Patient, report: SymptomReport | None, now: datetime) -> None:
    """A remark about suicide or self-harm goes to a person at once."""
    action = NotifyCareTeam(Problem.OTHER, Urgency.EMERGENCY, (SELF_HARM,))
    carry_out([action], patient=patient, report=report, now=now)


def try_to_tell_team(
    patient: Patient, report: SymptomReport | None, now: datetime, *, is_self_harm: bool = False
) -> None:
    """Tell of a failure, and of self-harm, where the safe reply must not fail: if nobody was told, the log says so."""
    for tell in (tell_team_of_failure, *([tell_team_of_self_harm] if is_self_harm else [])):
        try:
            with transaction.atomic():
                tell(patient, report, now)
        except Exception:
            logger.exception("team_not_told patient=%s", patient.pk)


def safe_text(patient: Patient, now: datetime) -> str:
    """What the patient reads when a message could not be processed: whom to call, with the numbers."""
    return text(patient.language, "bot", "safe_reply", **numbers_of(patient, now))


def safe_advice(patient: Patient, now: datetime) -> dict[str, Any]:
    """The advice beside the safe text: as urgent, because nothing is known."""
    return _advice(patient, COULD_NOT_ASSESS, Urgency.URGENT, safe_text(patient, now), now)


def self_harm_advice(patient: Patient, now: datetime) -> dict[str, Any]:
    """The advice beside the fixed answer to a remark about suicide or self-harm."""
    words = text(patient.language, "bot", "self_harm", **numbers_of(patient, now))
    return _advice(patient, SELF_HARM, Urgency.EMERGENCY, words, now)


def _advice(patient: Patient, rule: str, urgency: Urgency, words: str, now: datetime) -> dict[str, Any]:
    """Fixed advice with both numbers to call; in an emergency its own number first."""
    calls = [call_team(patient, now), call_emergency(patient)]
    reason = text(patient.language, "rule", rule)
    return {
        "urgency": urgency.code,
        "headline": reason,
        "text": words,
        "actions": calls[::-1] if urgency is Urgency.EMERGENCY else calls,
        "reasons": [{"rule": rule, "text": reason}],
    }
