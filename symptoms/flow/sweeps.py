"""Works off due rows: reports without an assessment, mouth episodes whose moment has come, unanswered messages.

Each row is one transaction, claimed with SKIP LOCKED, so that any number of workers may sweep at once and
one bad row stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from django.db import models, transaction

from symptoms.clinical.actions import AskStillSore
from symptoms.clinical.episodes import PATIENCE, crossing_day
from symptoms.flow.act import carry_out
from symptoms.flow.assess import assess_report, assess_silence, take_turn_if_free
from symptoms.flow.report import abandon_check_in
from symptoms.flow.safety import tell_team_of_failure
from symptoms.flow.turn import answer_message, give_up_message
from symptoms.models import Episode, Message, SymptomReport
from symptoms.models.patient import PatientStatus
from symptoms.models.report import ReportStatus

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=models.Model)

PUT_OFF: Final = timedelta(minutes=5)
"""How long a row that failed is left alone. The care team has been told meanwhile."""

UNANSWERED_AFTER: Final = timedelta(minutes=1)
STILL_TREATED: Final = (PatientStatus.ACTIVE, PatientStatus.PAUSED)


def work_off(due: models.QuerySet[Row], handle: Callable[[Row], None], put_off: Callable[[Row], None]) -> int:
    """Handle every due row in a transaction of its own and return how many were handled.

    Once handled, a row must no longer be due. One that fails is logged and given to `put_off`, which must
    see to the same. If that fails too the row is left to the next sweep, and the others still get their turn.
    """
    handled = 0
    left: list[Any] = []
    while True:
        with transaction.atomic():
            row = due.exclude(pk__in=left).select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return handled
            try:
                with transaction.atomic():
                    handle(row)
                handled += 1
            except Exception:
                logger.exception("sweep_failed row=%s pk=%s", row._meta.label, row.pk)
                left.append(row.pk)
                _put_off(row, put_off)


def _put_off(row: Row, put_off: Callable[[Row], None]) -> None:
    try:
        with transaction.atomic():
            put_off(row)
    except Exception:
        logger.exception("put_off_failed row=%s pk=%s", row._meta.label, row.pk)


def assess_due_reports(now: datetime) -> int:
    """Assess every report whose assessment is due: offline ones, abandoned check-ins, those of a crashed turn."""

    def handle(report: SymptomReport) -> None:
        is_writing = report.status == ReportStatus.IN_PROGRESS and not abandon_check_in(report)
        if is_writing or not take_turn_if_free(report.patient):
            SymptomReport.objects.filter(pk=report.pk).update(assess_due_at=now + UNANSWERED_AFTER)
            return
        assess_report(report, now)

    def put_off(report: SymptomReport) -> None:
        SymptomReport.objects.filter(pk=report.pk).update(assess_due_at=now + PUT_OFF)
        tell_team_of_failure(report.patient, report, now)

    due = SymptomReport.objects.awaiting_assessment(now).select_related("patient", "course")
    return work_off(due, handle, put_off)


def reassess_open_episodes(now: datetime) -> int:
    """Let time alone cross the threshold of three days: ask first, and raise when nobody answers.

    Touches only open mouth episodes whose moment has come.
    """
    due = Episode.objects.select_related("patient")
    asked = work_off(due.ask_due(now), partial(ask_still_sore, now=now), partial(put_off_episode, now=now))
    raised = work_off(due.raise_due(now), partial(raise_silence, now=now), partial(put_off_episode, now=now))
    return asked + raised


def ask_still_sore(episode: Episode, now: datetime) -> None:
    """Ask the patient whether the sores are still there, and start the wait for an answer."""
    episode.ask_due_at = None
    if episode.patient.status in STILL_TREATED:
        question = AskStillSore(crossing_day(episode.earliest_on))
        carry_out([question], patient=episode.patient, report=None, now=now)
        episode.asked_at = now
        episode.raise_due_at = now + PATIENCE
    episode.save()


def raise_silence(episode: Episode, now: datetime) -> None:
    """Nobody answered: the sores count as still there, and the care team is told."""
    episode.raise_due_at = None
    episode.save()
    if episode.patient.status in STILL_TREATED:
        assess_silence(episode, now)


def put_off_episode(episode: Episode, now: datetime) -> None:
    """Leave an episode that failed alone for a while, and tell the care team."""
    stored = Episode.objects.get(pk=episode.pk)
    if stored.ask_due_at is not None:
        stored.ask_due_at = now + PUT_OFF
    if stored.raise_due_at is not None:
        stored.raise_due_at = now + PUT_OFF
    stored.save()
    tell_team_of_failure(episode.patient, None, now)


def retry_unanswered_messages(now: datetime) -> int:
    """Try once more to answer messages that a crash left without a reply; then a person has to."""

    def handle(message: Message) -> None:
        answer_message(message, now)

    def put_off(message: Message) -> None:
        give_up_message(message, now)

    due = Message.objects.unanswered(now - UNANSWERED_AFTER).select_related("conversation__patient")
    return work_off(due, handle, put_off)
