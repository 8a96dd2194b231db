"""A person of the care team writes to the patient about an alert: the words appear in the app, a push says that
there is something to read, and the timeline keeps who wrote and when."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from alerts.acknowledging import CannotHandle, HasChanged, check_clinic
from alerts.models import Alert, Reminder
from alerts.models.alert import AlertEventKind
from alerts.models.reminder import ReminderKind
from alerts.timeline import lock_alert, record_event
from symptoms.flow.advise import numbers_of
from symptoms.flow.state import DialogueState
from symptoms.models import Conversation, Message, Patient, Practitioner
from symptoms.models.conversation import ConversationStatus, Sender
from symptoms.models.patient import PatientStatus
from symptoms.wording import text

MAX_MESSAGE_LENGTH: Final = 1000
IS_NEWS_FOR: Final = timedelta(days=3)
"""How long it makes sense to say that there is a message to read."""


class CannotWrite(CannotHandle):
    """The service does not write to this patient, or there is nothing to write."""


def write_to_patient(
    alert: Alert, practitioner: Practitioner, words: str, now: datetime, *, seen_at: datetime | None = None
) -> Message:
    """Put a message of the team into the patient's conversation, signed with name and role, and announce it at once.

    It goes into the open talk, else into the latest one; the talk stays as it is, and the question on screen too.
    The announcement names nothing of it and minds no quiet hours: a person wrote it now. `seen_at` is the last change
    of the alert that the practitioner's page showed; None: not asked for. Raises CannotWrite for empty words and for a
    patient to whom the service does not write, HasChanged, and NotOfThisClinic for another clinic's alert.
    """
    said = words.strip()[:MAX_MESSAGE_LENGTH]
    if not said:
        raise CannotWrite(gettext("Write the message."))
    with transaction.atomic():
        check_clinic(alert, practitioner)
        patient = Patient.objects.get(pk=alert.patient_id)
        if patient.status != PatientStatus.ACTIVE:
            raise CannotWrite(gettext("The service does not write to this patient any more. Call instead."))
        # The talk first, as in a patient's turn, which raises alerts while it holds its talk.
        conversation = _conversation_of(patient, now)
        message = _say(conversation, f"{said}\n\n{_signature(practitioner, patient, now)}", now)
        held = lock_alert(alert.pk)
        if seen_at is not None and held.updated_at != seen_at:
            raise HasChanged(gettext("Nothing was sent: something happened to this alert since you opened this page."))
        _announce(message, patient, now)
        detail = {"message": str(message.pk), "note": said}
        record_event(held, AlertEventKind.MESSAGED, now=now, actor=practitioner.user, detail=detail)
        return message


def _signature(practitioner: Practitioner, patient: Patient, now: datetime) -> str:
    """Who wrote, and as what, and how to answer, in the patient's language: nobody is told of an answer in the talk."""
    role = text(patient.language, "staff", practitioner.role)
    return f"{practitioner}, {role}\n\n{text(patient.language, 'staff', 'to_answer', **numbers_of(patient, now))}"


def _say(conversation: Conversation, words: str, now: datetime) -> Message:
    conversation.message_count += 1
    conversation.last_message_at = now
    conversation.save(update_fields=["message_count", "last_message_at"])
    return Message.objects.create(
        conversation=conversation,
        number=conversation.message_count,
        sender=Sender.STAFF,
        text=words,
        created_at=now,
    )


def _conversation_of(patient: Patient, now: datetime) -> Conversation:
    """The talk that the patient sees first, held; for somebody who never talked, a closed one that begins with this."""
    talks = Conversation.objects.filter(patient=patient).select_for_update()
    latest = talks.filter(status=ConversationStatus.OPEN).first() or talks.order_by("-started_at").first()
    return latest or Conversation.objects.create(
        patient=patient,
        client_id=uuid.uuid4(),
        language=patient.language,
        status=ConversationStatus.CLOSED,
        dialogue_version=DialogueState().version,
        started_at=now,
        last_message_at=now,
        closed_at=now,
    )


def _announce(message: Message, patient: Patient, now: datetime) -> None:
    Reminder.objects.create(
        patient=patient,
        kind=ReminderKind.STAFF_MESSAGE,
        occurrence=str(message.pk),
        due_at=now,
        expires_at=now + IS_NEWS_FOR,
    )
