"""Two phones, double taps and two beginnings at the same moment: one talk, every message answered, nothing doubled."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from alerts.models import Alert
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.turn import take_turn
from symptoms.models import Conversation, Message, Patient, Practitioner, SymptomReport

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Do something in many threads at the same moment, and give back what came of it."""
    barrier = Barrier(THREADS)

    def run(number: int) -> Any:
        try:
            barrier.wait(timeout=60)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def begin(patient: Patient) -> Conversation:
    open_conversation(patient, uuid.uuid4(), timezone.now())
    return patient.conversations.get()


def test_phones_that_begin_at_once_share_one_talk(ada: Patient) -> None:
    openings = at_once(lambda number: open_conversation(ada, uuid.uuid4(), timezone.now()))

    assert sum(opening.is_new for opening in openings) == 1
    assert len({opening.turn["conversation"]["id"] for opening in openings}) == 1


def test_a_message_that_is_tapped_many_times_is_one(ada: Patient, nurse_kim: Practitioner) -> None:
    conversation = begin(ada)
    inbound = InboundMessage(uuid.uuid4(), AnswerKind.TEXT, "cant eat, mouth full of ulcers since last week")

    turns = at_once(lambda number: take_turn(conversation, inbound, timezone.now()))

    assert all(turn == turns[0] for turn in turns)
    assert turns[0]["advice"]["urgency"] == "urgent"
    assert Message.objects.filter(sender="patient").count() == 1
    assert Alert.objects.count() == SymptomReport.objects.count() == 1


def test_different_words_at_once_are_all_heard_and_the_worst_stands(ada: Patient, nurse_kim: Practitioner) -> None:
    conversation = begin(ada)

    def say(number: int) -> Turn:
        words = "my lips are blue" if number == 3 else f"{number + 1} mouth ulcers"
        return take_turn(conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), timezone.now())

    turns = at_once(say)

    assert turns[3]["advice"]["urgency"] == "emergency"
    messages = Message.objects.filter(conversation=conversation)
    assert messages.filter(sender="patient", answered_at__isnull=False).count() == THREADS
    assert sorted(messages.values_list("number", flat=True)) == list(range(1, messages.count() + 1))
    assert Alert.objects.filter(urgency=4).exists()
