"""Puts reports right. A report stays as it was filed; what is amended stands beside it and can only raise urgency."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from symptoms.clinical.actions import TellOfAmendment
from symptoms.clinical.answers import validate_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Slot
from symptoms.flow.act import carry_out
from symptoms.flow.assess import assess_amended, wait_for_turn
from symptoms.flow.reading import Danger, danger_in_words, each_once
from symptoms.flow.report import ClientIdConflict, Filed, digest_of
from symptoms.flow.safety import tell_team_of_self_harm
from symptoms.models import Amendment, Carer, Patient, SymptomReport, User
from symptoms.models.amendment import AmendmentReason
from symptoms.models.report import ReportStatus


class StillRunning(Exception):
    """The check-in goes on; it is corrected by answering."""


def amend_report(
    report: SymptomReport,
    *,
    reason: AmendmentReason,
    answers: Mapping[str, Any],
    note: str,
    author: User,
    now: datetime,
    carer: Carer | None = None,
    client_id: uuid.UUID | None = None,
) -> Filed:
    """Note what is right instead, and judge the report again.

    Danger in the patient's own words counts like one that is ticked.

    A repeat of the same client id and body changes nothing; with another body it raises ClientIdConflict. Raises
    InvalidAnswers, ValidationError when there is neither an answer nor a note, and StillRunning.
    """
    if not answers and not note.strip():
        raise ValidationError({"note": _("Say what is right instead.")})
    amendment = Amendment(
        client_id=client_id or uuid.uuid4(),
        body_digest=digest_of({"reason": reason, "answers": answers, "note": note}),
        reason=reason,
        answers=each_once(answers),
        note=note.strip(),
        author=author,
        carer=carer,
        amended_at=now,
    )
    danger, patient = Danger(), report.patient
    if author.pk == patient.user_id:
        words, today = [note, answers.get(Slot.OTHER_TEXT)], local_date(now, patient.zone)
        danger = danger_in_words(words, patient.language, today, is_carer=carer is not None)
    with transaction.atomic():
        wait_for_turn(patient)
        held = SymptomReport.objects.select_for_update(of=("self",)).select_related("patient__clinic", "course")
        amendment.report = amended = held.get(pk=report.pk)
        if amended.status == ReportStatus.IN_PROGRESS:
            raise StillRunning
        if not _is_new(amendment):
            return Filed(amended, danger.is_self_harm)
        validate_answers(answers, local_date(amended.received_at, amended.patient.zone))
        before = amended.amended_answers or amended.answers
        amended.amended_answers = danger.added_to({**before, **each_once(answers)})
        amended.save(update_fields=["amended_answers"])
        tell = TellOfAmendment(amendment.pk, _who(amendment, patient))
        carry_out([tell], patient=patient, report=amended, now=now)
        if answers or amended.amended_answers != before:
            assess_amended(amended, now)
        if danger.is_self_harm:
            tell_team_of_self_harm(amended.patient, amended, now)
    return Filed(amended, danger.is_self_harm)


def _who(amendment: Amendment, patient: Patient) -> str:
    if amendment.carer is not None:
        return "carer"
    return "patient" if amendment.author_id == patient.user_id else "staff"


def _is_new(amendment: Amendment) -> bool:
    """Store it, unless it is there already. Raises ClientIdConflict."""
    try:
        with transaction.atomic():
            amendment.save(force_insert=True)
    except IntegrityError:
        first = Amendment.objects.get(report=amendment.report, client_id=amendment.client_id)
        if first.body_digest != amendment.body_digest:
            raise ClientIdConflict from None
        return False
    return True
