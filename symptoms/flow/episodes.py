"""Keeps the episode rows in step with the reports, and sets the clock of open mouth episodes.

Respiratory episodes are kept for display, and so that a problem which a clinician has closed is not
raised anew while it merely goes on. They decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from symptoms.clinical.calendar import local_date
from symptoms.clinical.episodes import REOPENING_DAYS, crossing_day, moment_to_ask, says_gone
from symptoms.clinical.rules import Case
from symptoms.clinical.terms import Symptom
from symptoms.models import Episode, Patient, Practitioner, SymptomReport
from symptoms.prepared import PreparedInsert, PreparedUpdate, Write

OPEN: Final = PreparedInsert(Episode)
SAVE: Final = PreparedUpdate(Episode)


class CannotReopen(Exception):
    """No clinician has closed the episode of late, or a newer one of its symptom is open."""


RESPIRATORY: Final = (Symptom.COUGH, Symptom.DYSPNEA)


def update_episodes(
    report: SymptomReport, case: Case, episodes: Iterable[Episode], now: datetime, *, may_close: bool = True
) -> list[Write]:
    """Open, continue, reopen or, if it may, close the patient's episodes as a finished report says; what to write.

    The episode that counts is the open one, else the one that was closed last: reports come out of order.
    `episodes` are all that are open or that a report can still reopen.
    """
    if not may_close and (case.episode is None or not case.episode.is_open):
        return []
    in_order = sorted(episodes, key=lambda one: (one.closed_at is None, one.closed_at or now, one.opened_at))
    latest = {episode.symptom: episode for episode in in_order}
    changed = [_update_mouth(latest.get(Symptom.MOUTH_SORES), case, report, now)]
    if may_close:
        changed += [_update_respiratory(latest.get(one), one, case, report, now) for one in RESPIRATORY]
    return [OPEN.of(row) if row._state.adding else SAVE.of(row) for row in changed if row is not None]


def _update_mouth(row: Episode | None, case: Case, report: SymptomReport, now: datetime) -> Episode | None:
    """The episode that has begun or changed; None: none has.

    Only a report that says itself that the sores are gone closes one: the order of earlier reports is that of the
    clocks of phones, and what was amended may count twice.
    """
    after = case.episode
    if after is None:
        return None
    if not after.is_open:
        is_closing = says_gone(case.report) and not _is_overtaken(report)
        return _end(row, now) if row is not None and row.closed_at is None and is_closing else None
    if row is None or (row.closed_on is not None and row.closed_on < after.earliest_on):
        row = Episode(patient=report.patient, symptom=Symptom.MOUTH_SORES, opened_by=report)
        row.opened_at = report.occurred_at
    if Symptom.MOUTH_SORES in case.report.present:
        row.opened_at = min(row.opened_at, report.occurred_at)
    row.closed_at = row.closed_on = row.closed_by = None
    row.earliest_on = after.earliest_on
    row.is_onset_known = after.is_onset_known
    set_clock(row, now)
    return row


def _update_respiratory(
    row: Episode | None, symptom: Symptom, case: Case, report: SymptomReport, now: datetime
) -> Episode | None:
    """The episode that has begun or ended; None: none has."""
    is_open = row is not None and row.closed_at is None
    if symptom in case.report.present and not is_open:
        return Episode(
            patient=report.patient,
            symptom=symptom,
            earliest_on=case.today,
            opened_by=report,
            opened_at=report.occurred_at,
        )
    is_denied = symptom in case.report.stated_absent - case.report.present
    if row is not None and is_open and is_denied and not _is_overtaken(report):
        return _end(row, now)
    return None


def _is_overtaken(report: SymptomReport) -> bool:
    """Whether a later report exists: what a late one says to be over may have come back since."""
    later = SymptomReport.objects.filter(patient=report.patient_id, occurred_at__gt=report.occurred_at)
    return report.occurred_at < report.received_at and later.exists()


def _end(episode: Episode, now: datetime) -> Episode:
    episode.closed_at = now
    episode.closed_on = local_date(now, episode.patient.zone)
    episode.ask_due_at = episode.raise_due_at = None
    return episode


def close_episode(episode: Episode, practitioner: Practitioner, now: datetime) -> None:
    """A clinician's closing. A sore that is reported within two days reopens the episode."""
    episode.closed_by = practitioner
    _end(episode, now).save()


def reopen_episode(episode: Episode, now: datetime) -> None:
    """Undo a clinician's closing of the last two days. The patient of sores over three days is asked at once.

    Raises CannotReopen.
    """
    with transaction.atomic():
        patient = Patient.objects.select_for_update(no_key=True).get(pk=episode.patient_id)
        episode.refresh_from_db()
        others = Episode.objects.open().filter(patient=patient, symptom=episode.symptom)
        is_recent = episode.closed_at is not None and now < episode.closed_at + timedelta(days=REOPENING_DAYS)
        if episode.closed_by_id is None or not is_recent or others.exists():
            raise CannotReopen
        episode.closed_at = episode.closed_on = episode.closed_by = None
        if episode.symptom == Symptom.MOUTH_SORES:
            set_clock(episode, now)
            episode.ask_due_at = episode.ask_due_at or now
        episode.save()


def set_clock(episode: Episode, now: datetime) -> None:
    """Set when the patient of an open mouth episode is asked whether the sores are still there.

    From the crossing day on every report fires `MOUTH-DURATION` by itself, so there is nothing to ask.
    """
    patient = episode.patient
    crossing_on = crossing_day(episode.earliest_on)
    is_ahead = local_date(now, patient.zone) < crossing_on
    episode.ask_due_at = (
        moment_to_ask(crossing_on, patient.zone, patient.quiet_from, patient.quiet_until) if is_ahead else None
    )
    episode.asked_at = None
    episode.raise_due_at = None


def resume_clocks(patient: Patient, now: datetime) -> None:
    """Ask a patient who comes back to the service whether sores are still there whose day has passed meanwhile."""
    silent = Episode.objects.open().filter(patient=patient, symptom=Symptom.MOUTH_SORES)
    silent.filter(ask_due_at=None, raise_due_at=None).update(ask_due_at=now)


def reset_clocks(patient: Patient) -> None:
    """Move the questions that are still ahead after the patient's zone or quiet hours have changed."""
    for episode in Episode.objects.open().filter(patient=patient, ask_due_at__isnull=False):
        crossing_on = crossing_day(episode.earliest_on)
        episode.ask_due_at = moment_to_ask(crossing_on, patient.zone, patient.quiet_from, patient.quiet_until)
        episode.save(update_fields=["ask_due_at"])
