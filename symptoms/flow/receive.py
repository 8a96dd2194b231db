"""Takes in a message. It is committed before anything is computed from it, so nothing a patient says is lost."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from symptoms.clinical.terms import UNKNOWN, Slot
from symptoms.flow.present import option_label
from symptoms.flow.report import ClientIdConflict, digest_of
from symptoms.flow.talk import is_over, open_talk_for, state_of
from symptoms.models import Carer, Conversation, Message
from symptoms.models.conversation import ConversationStatus, Sender
from symptoms.phone_clock import is_slow_as_before, was_written_before
from symptoms.prepared import Prepared, PreparedInsert, PreparedUpdate

VERSION: Final = RawSQL("symptoms_conversation.xmin::text", [], output_field=TextField())
"""Of which transaction a row is: another one whenever it is written."""

SEEN: Final = Prepared(
    lambda pk, patient: Conversation.objects.filter(pk=pk, patient=patient).order_by().annotate(version=VERSION)
)
LOCKED: Final = Prepared(
    lambda pk, patient: Conversation.objects.select_for_update().filter(pk=pk, patient=patient).order_by()
)
GO_ON: Final = """
    UPDATE symptoms_conversation SET message_count = message_count + 1, last_message_at = %s, carer_id = %s
    WHERE id = %s AND status = 'open' AND xmin = %s::xid AND NOT EXISTS (
        SELECT FROM symptoms_message said JOIN symptoms_conversation talk ON talk.id = said.conversation_id
        WHERE talk.patient_id = %s AND said.client_id = %s
    ) RETURNING id
"""
"""Takes one more message into an open talk that is as it was seen, if it was not said before."""

CONTINUE: Final = PreparedUpdate(
    Conversation, "status", "closed_at", "state", "message_count", "last_message_at", "carer"
)
APPEND: Final = PreparedInsert(Message)
SAID_BEFORE: Final = Prepared(
    lambda patient, client_id: Message.objects.filter(conversation__patient=patient, client_id=client_id)[:1]
)


LOOKED_BACK: Final = 50
"""Messages at the end of a talk, those of the bot and of others too, among which somebody's last one is looked for."""


class AnswerKind(StrEnum):
    """How the app sends an answer."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message as the app sends it. `value` is a text, a code, a list of codes, a number, or a date.

    `carer` wrote it in the patient's name; None: the patient. `slot` is the question on the screen that it was
    answered from; None: the app does not say.
    """

    client_id: uuid.UUID
    kind: AnswerKind
    value: Any
    sent_at: datetime | None = None
    carer: Carer | None = None
    slot: Slot | None = None

    @property
    def answer(self) -> dict[str, Any]:
        """As stored: the one key that the app sent, with its value in JSON's terms."""
        return {self.kind.value: self.value if isinstance(self.value, (str, int, float, list)) else str(self.value)}

    @property
    def body(self) -> dict[str, Any]:
        """What a repeat has to say again."""
        return self.answer if self.slot is None else {**self.answer, "slot": self.slot}


def receive(conversation: Conversation, inbound: InboundMessage, now: datetime) -> Message:
    """Commit a message and return it; a repeat returns the first one, answered or not.

    Of `conversation` the key and the patient count. A message to a closed one goes to the patient's open one, and
    opens this one again when there is none. Raises Conversation.DoesNotExist when the patient has no such
    conversation, ClientIdConflict when the client id was used for another message.

    Nearly every message is new, and comes alone: one statement takes it in, which commits by itself. Any other is
    looked at with the conversation locked.
    """
    digest = digest_of(inbound.body)
    seen = SEEN.get(pk=conversation.pk, patient=conversation.patient_id)
    seen.patient = conversation.patient
    if seen.status == ConversationStatus.OPEN:
        message = _next_message(seen, inbound, digest, now)
        version = seen.version  # type: ignore[attr-defined]  # an annotation
        unless_changed = [now, seen.carer_id, seen.pk, version, seen.patient_id, inbound.client_id]
        if APPEND.after(GO_ON, unless_changed, message):
            return message
    try:
        return _receive_locked(conversation, inbound, digest, now)
    except IntegrityError:  # another talk was begun meanwhile: it takes the message
        return _receive_locked(conversation, inbound, digest, now)


def _receive_locked(conversation: Conversation, inbound: InboundMessage, digest: str, now: datetime) -> Message:
    """The same where it may be a repeat, the talk may be closed, or another phone may be at it."""
    with transaction.atomic():
        locked = LOCKED.get(pk=conversation.pk, patient=conversation.patient_id)
        first = SAID_BEFORE.first(patient=locked.patient_id, client_id=inbound.client_id)
        if first is not None:
            if first.body_digest != digest:
                raise ClientIdConflict
            return first
        locked.patient = conversation.patient
        talk = open_talk_for(locked)
        message = _next_message(talk, inbound, digest, now, is_from_another=talk.pk != conversation.pk)
        CONTINUE(message.conversation)
        return APPEND(message)[0]


def _next_message(
    conversation: Conversation, inbound: InboundMessage, digest: str, now: datetime, *, is_from_another: bool = False
) -> Message:
    """The message as the conversation takes it in. Neither is stored.

    `is_from_another`: it was written on the screen of another talk, so that it answers only what it names.
    """
    asked = inbound.slot or UNKNOWN if is_from_another else question_of(inbound, conversation, now)
    conversation.message_count += 1
    conversation.last_message_at = now
    conversation.carer = inbound.carer
    return Message(
        conversation=conversation,
        number=conversation.message_count,
        sender=Sender.PATIENT,
        carer=inbound.carer,
        client_id=inbound.client_id,
        body_digest=digest,
        text=shown_text(inbound, conversation, asked),
        answer=inbound.answer,
        asked=asked,
        sent_at=inbound.sent_at,
        created_at=now,
    )


def question_of(inbound: InboundMessage, conversation: Conversation, now: datetime) -> str:
    """The slot of the question that a message answers: what the app says, else the one on screen.

    `unknown` for what was written before that one was put, so on another screen; nothing while none is on screen.
    A clock that is slow makes nothing old: without that, such a phone would be asked the same for ever.
    """
    if inbound.slot is not None:
        return inbound.slot
    if is_over(conversation):
        return ""
    if was_written_before(inbound.sent_at, conversation.last_message_at, now) and not _is_clock_slow(
        inbound, conversation, now
    ):
        return UNKNOWN
    return state_of(conversation).asking or ""


def _is_clock_slow(inbound: InboundMessage, conversation: Conversation, now: datetime) -> bool:
    """Whether a message seems old only because the clock of the phone is slow, as it was with the one before.

    That is looked for at the end of this talk, then of the one before: at the same cost however long the history is.
    """
    before = _last_word(conversation, inbound.carer)
    if before is None:
        others = Conversation.objects.filter(patient=conversation.patient_id).exclude(pk=conversation.pk)
        other = others.only("message_count").order_by("-started_at").first()
        before = _last_word(other, inbound.carer) if other else None
    if before is None or before.sent_at is None or inbound.sent_at is None:
        return False
    return is_slow_as_before(inbound.sent_at, now, (before.sent_at, before.created_at))


def _last_word(conversation: Conversation, carer: Carer | None) -> Message | None:
    """At the end of a talk the last message of the patient, or of a carer, of which the phone says when it was sent."""
    last = conversation.messages.filter(number__gt=conversation.message_count - LOOKED_BACK)
    return last.filter(sender=Sender.PATIENT, carer=carer, sent_at__isnull=False).order_by("number").last()


def shown_text(inbound: InboundMessage, conversation: Conversation, asked: str) -> str:
    """What stands in the transcript: typed words as they are, tapped choices by their labels."""
    values = inbound.value if isinstance(inbound.value, list) else [inbound.value]
    state = state_of(conversation)
    question = state.dialogue.questions.get(Slot(asked) if asked not in ("", UNKNOWN) else Slot.SYMPTOMS)
    if inbound.kind is AnswerKind.TEXT or question is None:
        return ", ".join(map(str, values))
    labels = {value: option_label(conversation.language, question.slot, value) for value in question.options}
    return ", ".join(labels.get(str(value), str(value)) for value in values)
