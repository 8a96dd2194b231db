"""A talk whose state this release cannot read, such as one that a newer release went on with, begins anew."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from symptoms.flow.opening import open_conversation
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.turn import take_turn
from symptoms.models import Message, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportStatus
from tests.symptoms.flow.test_taking_up import Phone, asked, urgency

pytestmark = pytest.mark.django_db

STRANGE: dict[str, Any] = {
    "another question": {"asking": "skin.rash"},
    "another symptom": {"mentioned": ["rash"]},
    "another shape": {"answers": None},
}


@pytest.fixture(params=STRANGE.values(), ids=list(STRANGE))
def phone(request: pytest.FixtureRequest, ada: Patient, nurse_kim: Practitioner) -> Phone:
    """A check-in that has told of two sores and a cough, and stands where nobody here knows."""
    phone = Phone(ada)
    phone.send("two mouth ulcers and a cough")
    phone.conversation.refresh_from_db()
    phone.conversation.state |= request.param
    phone.conversation.save()
    return phone


def test_words_are_kept_and_heard(phone: Phone) -> None:
    assert urgency(phone.send("my lips are blue")) == "emergency"
    assert Message.objects.filter(sender="patient").count() == 2


@pytest.mark.parametrize("slot", [None, "symptoms", "red_flags"])
def test_a_tap_answers_nothing_and_the_patient_is_asked_anew(phone: Phone, slot: Any) -> None:
    inbound = InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["none"], slot=slot)

    turn = take_turn(phone.conversation, inbound, phone.now)

    assert (asked(turn), turn["advice"]) == ("symptoms", None)
    assert Message.objects.get(client_id=inbound.client_id).answered_at is not None


def test_whoever_opens_the_app_is_asked_anew(phone: Phone) -> None:
    assert asked(open_conversation(phone.patient, uuid.uuid4(), phone.now).turn) == "symptoms"


def test_what_was_told_is_kept_and_judged(phone: Phone) -> None:
    told = SymptomReport.objects.get()
    phone.send("hello")
    phone.send(["fever"])
    phone.wait(minutes=40)

    told.refresh_from_db()
    assert (told.status, told.assess_due_at) == (ReportStatus.ABANDONED, None)
    assert told.answers["mouth_sores.count"] == 2
    assert "unknown" in told.answers["symptoms"]
    assert SymptomReport.objects.exclude(pk=told.pk).get().answers["symptoms"] == ["fever"]


def test_silence_ends_the_check_in_with_what_was_told(phone: Phone) -> None:
    phone.wait(minutes=40)

    told = SymptomReport.objects.get()
    assert (told.status, told.assess_due_at, told.answers["mouth_sores.count"]) == (ReportStatus.ABANDONED, None, 2)
