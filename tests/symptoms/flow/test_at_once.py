"""Two phones, double taps and two beginnings at the same moment: one talk, every message answered, nothing doubled."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alerts.models import Alert
from symptoms.clinical.terms import Symptom
from symptoms.flow.assess import wait_for_turn
from symptoms.flow.hear import hear
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage, receive
from symptoms.flow.state import DialogueState
from symptoms.flow.sweeps import assess_due_reports
from symptoms.flow.turn import answer_message, go_on_lightly, take_turn
from symptoms.models import Conversation, Message, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportStatus

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


def taken_in(conversation: Conversation, words: str) -> Message:
    now = timezone.now()
    return receive(conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), now)


def test_a_turn_that_another_phone_overtakes_is_taken_anew(ada: Patient) -> None:
    conversation = begin(ada)
    first, second = taken_in(conversation, "two mouth ulcers"), taken_in(conversation, "and a dry cough")
    now = timezone.now()
    tried = Message.objects.select_related("conversation__patient__clinic").get(pk=first.pk)

    assert go_on_lightly(tried, hear(tried, tried.conversation.state), now) is None
    assert not SymptomReport.objects.exists(), "nothing of it was written"
    answer_message(second, now)
    answer_message(first, now)

    report = SymptomReport.objects.get()
    state = DialogueState.from_json(Conversation.objects.get().state)
    assert report.answers == {"mouth_sores.count": 2}
    assert set(state.mentioned) == {Symptom.COUGH, Symptom.MOUTH_SORES}
    numbers = Message.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_a_turn_of_a_check_in_that_a_sweep_has_ended_meanwhile_begins_another(ada: Patient) -> None:
    conversation = begin(ada)
    answer_message(taken_in(conversation, "two mouth ulcers"), timezone.now())
    message = taken_in(conversation, "3")
    later = timezone.now() + timedelta(hours=1)
    assert assess_due_reports(later) == 1

    answer_message(message, later)

    ended, begun = SymptomReport.objects.order_by("received_at")
    assert (ended.status, begun.status) == (ReportStatus.ABANDONED, ReportStatus.IN_PROGRESS)


def test_a_check_in_whose_turn_is_being_taken_is_not_silent(ada: Patient, nurse_kim: Practitioner) -> None:
    conversation = begin(ada)
    answer_message(taken_in(conversation, "two mouth ulcers"), timezone.now())
    later = timezone.now() + timedelta(hours=1)

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        assert pool.submit(in_a_thread, assess_due_reports, later).result(timeout=30) == 1

    report = SymptomReport.objects.get()
    assert report.status == ReportStatus.IN_PROGRESS
    assert not Alert.objects.exists()
    assert assess_due_reports(later + timedelta(minutes=1)) == 1
    report.refresh_from_db()
    assert report.status == ReportStatus.ABANDONED


def test_a_turn_from_which_nothing_follows_holds_nothing(ada: Patient) -> None:
    conversation = begin(ada)
    message = taken_in(conversation, "two mouth ulcers")
    now = timezone.now()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        wait_for_turn(ada)  # a report of another phone is being judged
        turn = pool.submit(in_a_thread, answer_message, message, now).result(timeout=30)

    assert turn["expects"]["slot"].startswith("mouth_sores.")


def in_a_thread(act: Callable[..., Any], *given: Any) -> Any:
    try:
        return act(*given)
    finally:
        connection.close()
