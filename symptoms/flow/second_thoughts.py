"""What somebody writes after the instruction to call the emergency number: kept for the team, while it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from symptoms.clinical.terms import NONE, Slot
from symptoms.flow.amend import amend_report
from symptoms.flow.receive import AnswerKind
from symptoms.models import Message, SymptomReport
from symptoms.models.amendment import AmendmentReason

LONGEST: Final = 2000
"""As long as a remark beside a report may be."""


def keep_second_thoughts(message: Message, report: SymptomReport, now: datetime) -> bool:
    """Keep words, and a late "none of these", beside the report that told of the danger; whether there was any.

    Both answers stand on record, and the urgency stays: a slip of the finger is for a person to judge.
    """
    ((kind, value),) = (message.answer or {AnswerKind.TEXT: ""}).items()
    takes_back = value in (NONE, [NONE]) and isinstance(report.answers.get(Slot.RED_FLAGS), list)
    words = value.strip()[:LONGEST] if kind == AnswerKind.TEXT else ""
    if not (words or takes_back):
        return False
    amend_report(
        report,
        reason=AmendmentReason.MISTAKE if takes_back else AmendmentReason.OTHER,
        answers={Slot.RED_FLAGS: NONE} if takes_back else {},
        note=words,
        author=report.patient.user,
        carer=message.carer,
        client_id=message.client_id,
        now=now,
    )
    return True
