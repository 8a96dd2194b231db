"""One record of every model of the symptom side, made as in life, for the pages that show them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from symptoms.carers import invite_carer
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Respondent
from symptoms.consent import TEXT_VERSION, give_consent
from symptoms.courses import record_dose_event
from symptoms.enrolment import activate_device, issue_activation_code
from symptoms.flow.amend import amend_report
from symptoms.flow.opening import open_conversation
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.report import file_report
from symptoms.flow.turn import take_turn
from symptoms.models import (
    AccessRecord,
    Conversation,
    CtcaeGrade,
    EmergencyAccess,
    Episode,
    Erasure,
    Patient,
    Practitioner,
    RulesetApproval,
    SymptomReport,
    WordingApproval,
)
from symptoms.models.amendment import AmendmentReason
from symptoms.models.report import ReportSource
from tests.cast import course_of

FOUR_SORES: dict[str, Any] = {
    "symptoms": ["mouth_sores"],
    "mouth_sores.count": 4,
    "mouth_sores.intake": "changed",
    "mouth_sores.severity": 2,
    "mouth_sores.interference": 1,
    "mouth_sores.bath_started": "yes",
    "fever.temperature_c": 37.0,
}


def file_four_sores(patient: Patient) -> SymptomReport:
    """A report that is urgent: four sores that change what can be eaten."""
    now = timezone.now()
    onset = (now - timedelta(days=1)).date().isoformat()
    return file_report(
        patient,
        client_id=uuid.uuid4(),
        answers={**FOUR_SORES, "mouth_sores.onset_on": onset},
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.FORM,
        now=now,
    ).report


def talk(patient: Patient, *texts: str) -> Conversation:
    """A conversation in which the patient typed these texts."""
    now = timezone.now()
    opening = open_conversation(patient, uuid.uuid4(), now)
    conversation = Conversation.objects.select_related("patient__clinic").get(pk=opening.turn["conversation"]["id"])
    for text in texts:
        take_turn(conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, text), now)
    return conversation


def one_of_each(patient: Patient, practitioner: Practitioner) -> dict[str, Model]:
    """A record of every model by the model's name, all of one clinic."""
    now = timezone.now()
    token, _, _ = activate_device(issue_activation_code(patient, now=now), device_name="Ada's phone", now=now)
    course = course_of(patient)
    report = file_four_sores(patient)
    conversation = talk(patient, "I cough a little")
    carer, _ = invite_carer(patient, name="Carl", now=now, by=practitioner.user)
    amend_report(
        report,
        reason=AmendmentReason.FORGOTTEN,
        answers={},
        note="It hurts at night.",
        author=practitioner.user,
        now=now,
    )
    records: list[Model] = [
        carer,
        report.amendments.get(),
        Erasure.objects.create(patient=patient, scope="record", requested_at=now, due_at=now + timedelta(days=9999)),
        patient.clinic,
        practitioner,
        practitioner.user,
        patient,
        token,
        patient.activation_codes.filter(used_at__isnull=False).latest("used_at"),
        give_consent(patient, text_version=TEXT_VERSION, language="en", now=now, by=practitioner.user),
        course,
        record_dose_event(course, kind="interrupted", happened_on=now.date() - timedelta(days=1), now=now),
        conversation,
        conversation.messages.get(sender="patient"),
        report,
        report.assessments.get(),
        Episode.objects.get(patient=patient, symptom="mouth_sores"),
        AccessRecord.objects.create(
            clinic=patient.clinic, person=practitioner.user, role=practitioner.role, kind="view", patients=[patient.pk]
        ),
        CtcaeGrade.objects.create(
            patient=patient,
            report=report,
            term="mucositis_oral",
            grade=2,
            version="5.0",
            graded_on=now.date(),
            graded_by=practitioner,
            graded_at=now,
        ),
        WordingApproval.objects.get_or_create(
            clinic=patient.clinic, language="en", wording_hash="0" * 64, defaults={"approved_by": practitioner}
        )[0],
        EmergencyAccess.objects.create(
            practitioner=practitioner,
            patient=patient,
            reason="Breathless at our door",
            ends_at=now + timedelta(hours=1),
        ),
        RulesetApproval.objects.get_or_create(
            clinic=patient.clinic,
            ruleset=CURRENT.version,
            ruleset_hash=CURRENT.content_hash,
            defaults={"approved_by": practitioner},
        )[0],
    ]
    return {type(record)._meta.model_name or "": record for record in records}
