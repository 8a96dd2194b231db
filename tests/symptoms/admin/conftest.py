"""One row of every kind for `ada` and for `ben`, and who else looks at the clinician site."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from education.models import LeafletOffer
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Symptom, Urgency
from symptoms.models import (
    Assessment,
    Clinic,
    Consent,
    Conversation,
    Episode,
    Message,
    Patient,
    Practitioner,
    RulesetApproval,
    SymptomReport,
    User,
)
from symptoms.models.assessment import AssessmentKind
from symptoms.models.clinic import Role
from symptoms.models.conversation import Sender
from symptoms.models.report import ReportSource, ReportStatus
from tests.cast import course_of, make_practitioner, site_of


@dataclass
class Chart:
    """The rows of one patient; `rows` are those that have pages on the clinician site."""

    patient: Patient
    report: SymptomReport
    episode: Episode
    conversation: Conversation
    rows: list[Any]


def make_chart(patient: Patient, practitioner: Practitioner) -> Chart:
    """A check-in with two messages, its report with one finding, an open episode, a consent, an approval."""
    now = timezone.now()
    conversation = Conversation.objects.create(
        patient=patient,
        client_id=uuid.uuid4(),
        language="en",
        dialogue_version="1",
        started_at=now,
        last_message_at=now,
    )
    for number, (sender, text) in enumerate([(Sender.BOT, "How are you?"), (Sender.PATIENT, "<b>four</b> sores")], 1):
        Message.objects.create(conversation=conversation, number=number, sender=sender, text=text, created_at=now)
    report = SymptomReport.objects.create(
        patient=patient,
        course=course_of(patient),
        conversation=conversation,
        client_id=uuid.uuid4(),
        source=ReportSource.CHAT,
        status=ReportStatus.COMPLETE,
        answers={"symptoms": ["mouth_sores"], "mouth_sores.count": 4},
        corrections=[{"slot": "mouth_sores.count", "was": 2, "now": 4, "at": now.isoformat()}],
        occurred_at=now,
        received_at=now,
        urgency=Urgency.URGENT,
    )
    assessment = Assessment.objects.create(
        report=report,
        kind=AssessmentKind.FINAL,
        assessed_at=now,
        ruleset=CURRENT.version,
        ruleset_hash=CURRENT.content_hash,
        facts={"answers": report.answers},
        findings=[{"rule": "MOUTH-COUNT", "urgency": "urgent", "problem": "mouth"}],
        urgency=Urgency.URGENT,
        advice={"urgency": "urgent", "headline": "Call us today.", "text": "Ring the clinic."},
    )
    episode = Episode.objects.create(
        patient=patient,
        symptom=Symptom.MOUTH_SORES,
        earliest_on=(now - timedelta(days=1)).date(),
        opened_by=report,
        opened_at=now,
    )
    consent = Consent.objects.create(patient=patient, text_version="1", language="en", given_at=now)
    approval = RulesetApproval.objects.create(
        clinic=patient.clinic, ruleset="older", ruleset_hash="0" * 64, approved_by=practitioner
    )
    offer = LeafletOffer.objects.create(
        patient=patient, slug="your-mouth", version="1", language="en", report=report, offered_at=now
    )
    code = patient.activation_codes.latest("created_at")
    rows = [
        patient, course_of(patient), report, assessment, episode, conversation, consent, approval, offer, code,
    ]  # fmt: skip
    return Chart(patient, report, episode, conversation, rows)


@pytest.fixture
def ada_chart(ada: Patient, nurse_kim: Practitioner) -> Chart:
    return make_chart(ada, nurse_kim)


@pytest.fixture
def ben_chart(ben: Patient, nurse_lee: Practitioner) -> Chart:
    return make_chart(ben, nurse_lee)


@pytest.fixture
def operator_site(db: None) -> Client:
    """A superuser who works at no clinic."""
    return site_of(User.objects.create_superuser("operator"))


@pytest.fixture
def oncologist(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "omar", role=Role.ONCOLOGIST)


@pytest.fixture
def administrator(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "amy", role=Role.ADMINISTRATOR)
