"""Talks between a patient and the chatbot, kept word for word."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import models

from symptoms.models.carer import Carer
from symptoms.models.encrypted import EncryptedJSONField, EncryptedTextField
from symptoms.models.fields import LANGUAGES, choices, one_of
from symptoms.models.patient import Patient
from symptoms.models.saying import dated
from symptoms.phone_clock import is_clock_wrong


class ConversationStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Conversation(models.Model):
    """One check-in. Its dialogue state is saved between turns, so it can be taken up days later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="conversations", db_index=False)
    client_id = models.UUIDField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    status = models.CharField(max_length=10, choices=choices(ConversationStatus), default=ConversationStatus.OPEN)
    dialogue_version = models.CharField(max_length=20)
    state = EncryptedJSONField(default=dict)
    carer = models.ForeignKey(
        Carer,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        help_text="Who wrote last, if a carer.",
    )
    message_count = models.PositiveIntegerField(default=0, help_text="Messages so far; numbers the next one.")
    started_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_conversation_per_client_id"),
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(status=ConversationStatus.OPEN),
                name="one_open_conversation_per_patient",
            ),
            models.CheckConstraint(condition=one_of("status", ConversationStatus), name="conversation_status_known"),
        ]
        indexes = [models.Index(fields=["patient", "-started_at"], name="conversation_by_patient")]

    def __str__(self) -> str:
        return dated(self, self.started_at)


class Sender(StrEnum):
    BOT = "bot"
    PATIENT = "patient"
    STAFF = "staff"


class MessageQuerySet(models.QuerySet["Message"]):
    def unanswered(self, before: datetime) -> MessageQuerySet:
        """Patients' messages from before a moment that a crash left without a reply, the oldest first."""
        return self.filter(sender=Sender.PATIENT, answered_at=None, created_at__lte=before).order_by("created_at")


class Message(models.Model):
    """One message. A patient's message is committed before anything is computed from it.

    `answered_at` stays empty until the reply is committed; a sweep looks for those that stayed so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages", db_index=False)
    number = models.PositiveIntegerField(help_text="Order within the conversation, from 1.")
    sender = models.CharField(max_length=10, choices=choices(Sender))
    carer = models.ForeignKey(
        Carer,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        help_text="Wrote it for the patient.",
    )
    client_id = models.UUIDField(null=True, blank=True)
    text = EncryptedTextField(blank=True, help_text="What the reader sees.")
    answer = EncryptedJSONField(
        null=True, blank=True, help_text="As sent by the app: text, choice, choices, number or date."
    )
    asked = models.CharField(
        max_length=60, blank=True, default="", db_default="", help_text="Slot of the question on screen when it came."
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="By the phone's clock.")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    body_digest = models.CharField(max_length=64, blank=True, editable=False)
    reply = EncryptedJSONField(
        null=True, blank=True, help_text="The turn that answered it, returned again to a repeat."
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["conversation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="messages_are_numbered"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="one_message_per_client_id"),
            models.CheckConstraint(condition=one_of("sender", Sender), name="message_sender_known"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(sender=Sender.PATIENT, answered_at=None),
                name="message_unanswered",
            ),
            models.Index(fields=["-created_at", "-id"], name="message_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the phone says a time that cannot be."""
        return is_clock_wrong(self.sent_at, self.created_at)
