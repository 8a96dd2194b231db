"""Files the reports that an app kept while it had no network.

Each is stored, judged and acted on in a transaction of its own, so one that fails takes no other with it, and an
urgent one has its alert and its instruction before the answer goes out.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from symptoms.clinical.terms import Respondent
from symptoms.flow.report import ClientIdConflict, Filed, digest_of, file_report
from symptoms.models import Carer, Patient
from symptoms.models.report import ReportSource
from symptoms.phone_clock import believable_moment

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One report as the app kept it. An answer that is not right counts as unknown: nobody is there to be asked."""

    client_id: uuid.UUID
    answers: dict[str, Any]
    occurred_at: datetime | None
    respondent: Respondent
    carer: Carer | None = None


class NotFiled(Exception):
    """The report could not be stored. It may be anything, and has to be sent again."""


Outcome = Filed | ClientIdConflict | NotFiled


def file_kept_reports(patient: Patient, kept: Iterable[KeptReport], now: datetime) -> list[Outcome]:
    """What became of each report, in the order of `kept`.

    They are judged the oldest first, so that each finds the earlier ones in its history, and however they stand in
    the batch the outcome is the same.
    """
    numbered = list(enumerate(kept))
    filed: dict[int, Outcome] = {}
    for number, one in sorted(numbered, key=lambda entry: _age(entry[1], now)):
        filed[number] = _file(patient, one, now)
    return [filed[number] for number, _ in numbered]


def _age(one: KeptReport, now: datetime) -> tuple[datetime, uuid.UUID, str]:
    """By which reports are ordered; of two at the same moment always the same one comes first."""
    return believable_moment(one.occurred_at, now), one.client_id, digest_of(one.answers)


def _file(patient: Patient, one: KeptReport, now: datetime) -> Outcome:
    try:
        return file_report(
            patient,
            client_id=one.client_id,
            answers=one.answers,
            occurred_at=one.occurred_at,
            respondent=one.respondent,
            carer=one.carer,
            source=ReportSource.OFFLINE,
            now=now,
        )
    except ClientIdConflict as conflict:
        return conflict
    except Exception:
        logger.exception("kept_report_not_filed patient=%s", patient.pk)
        return NotFiled()
