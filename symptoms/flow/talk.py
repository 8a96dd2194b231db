"""Where a talk stands: what is asked in it, or that it is over; and how one is closed and opened again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from symptoms.flow.state import DialogueState
from symptoms.models import Conversation
from symptoms.models.conversation import ConversationStatus


def saved_state(conversation: Conversation) -> dict[str, Any]:
    """The saved state of a talk in which something is asked, else an empty one."""
    state: dict[str, Any] = conversation.state
    return {} if _read(conversation) is None else state


def is_over(conversation: Conversation) -> bool:
    """Whether nothing is asked in a talk, so that what comes to it begins a new check-in."""
    return _read(conversation) is None


def state_of(conversation: Conversation) -> DialogueState:
    """Where a talk stands: a closed one asks nothing, any other one that is over stands at the beginning."""
    if conversation.status == ConversationStatus.CLOSED:
        return DialogueState(asking=None)
    return _read(conversation) or DialogueState()


def _read(conversation: Conversation) -> DialogueState | None:
    """The state of a talk; None where nothing is asked.

    That is so in a talk that was closed or fell silent, and as far as is known in one whose state this release cannot
    read: a newer one may have gone on with it.
    """
    if conversation.status == ConversationStatus.CLOSED or not conversation.state:
        return None
    try:
        return DialogueState.from_json(conversation.state)
    except (KeyError, TypeError, ValueError):
        return None


def close(conversation: Conversation, now: datetime) -> None:
    """Ask no more in a talk. The caller stores it."""
    conversation.status, conversation.closed_at = ConversationStatus.CLOSED, now


def open_talk_for(conversation: Conversation) -> Conversation:
    """The talk that takes what is said in this one, which the caller holds: of a closed one, the patient's open one.

    When there is none, this one is opened again, and the caller stores it.
    """
    if conversation.status == ConversationStatus.OPEN:
        return conversation
    others = Conversation.objects.select_for_update().filter(
        patient=conversation.patient_id, status=ConversationStatus.OPEN
    )
    if (other := others.first()) is not None:
        other.patient = conversation.patient
        return other
    conversation.status, conversation.closed_at, conversation.state = ConversationStatus.OPEN, None, {}
    return conversation
