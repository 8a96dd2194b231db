"""A talk that is over asks nothing: what comes to it begins anew, and overwrites nothing that was told."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from alerts.models import Alert
from symptoms.clinical.terms import Slot
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage, receive
from symptoms.flow.sweeps import retry_unanswered_messages
from symptoms.flow.talk import open_talk_for
from symptoms.flow.turn import answer_message, take_turn
from symptoms.models import Conversation, Message, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportStatus
from tests.symptoms.flow.test_at_once import in_a_thread
from tests.symptoms.flow.test_taking_up import Phone, asked, urgency

pytestmark = pytest.mark.django_db

FIND = "symptoms.flow.receive.open_talk_for"


@pytest.fixture
def phone(ada: Patient, nurse_kim: Practitioner) -> Phone:
    return Phone(ada)


def taken_in(phone: Phone, value: Any, slot: Slot | None = None) -> Message:
    """A message that has been committed, and is not answered yet."""
    kind = AnswerKind.CHOICES if isinstance(value, list) else AnswerKind.TEXT
    return receive(phone.conversation, InboundMessage(uuid.uuid4(), kind, value, slot=slot), phone.now)


def is_open(turn: Turn) -> bool:
    return bool(turn["conversation"]["status"] == "open")


def in_another_talk(phone: Phone) -> Conversation:
    """The patient has ended a talk, and begun another."""
    phone.send(["none"])
    phone.now += timedelta(seconds=30)
    return Conversation.objects.get(pk=phone.reopen()["conversation"]["id"])


def test_words_whose_talk_was_ended_by_the_message_before_open_it_again(phone: Phone) -> None:
    ending, words = taken_in(phone, ["none"]), taken_in(phone, "oh wait, I have 2 mouth ulcers since today")
    answer_message(ending, phone.now)

    turn = answer_message(words, phone.now)

    assert (is_open(turn), asked(turn)) == (True, "mouth_sores.intake")
    ended, begun = SymptomReport.objects.order_by("received_at", "status")
    assert (ended.answers, ended.status) == ({"symptoms": "none"}, ReportStatus.COMPLETE)
    assert "symptoms" not in begun.answers, "the earlier check-in is over"
    take_turn(phone.conversation, InboundMessage(uuid.uuid4(), AnswerKind.CHOICE, "normal"), phone.now)
    begun.refresh_from_db()
    assert (begun.answers["mouth_sores.count"], begun.answers["mouth_sores.intake"]) == (2, "normal")


def test_thanks_to_a_talk_that_was_ended_meanwhile_are_greeted_in_an_open_one(phone: Phone) -> None:
    ending, thanks = taken_in(phone, ["none"]), taken_in(phone, "thanks")
    answer_message(ending, phone.now)

    turn = answer_message(thanks, phone.now)

    assert (is_open(turn), asked(turn)) == (True, "symptoms")
    assert Conversation.objects.get().status == "open"


def test_after_an_emergency_what_was_on_its_way_is_kept_for_the_team_and_nothing_is_asked(phone: Phone) -> None:
    emergency, thanks = taken_in(phone, "my lips are blue"), taken_in(phone, "ok thanks")
    answer_message(emergency, phone.now)

    turn = answer_message(thanks, phone.now)

    assert (is_open(turn), asked(turn), urgency(turn)) == (False, None, "emergency")
    assert SymptomReport.objects.get().amendments.get().note == "ok thanks"


def test_a_new_complaint_on_its_way_during_an_emergency_is_gone_into(phone: Phone) -> None:
    emergency, words = taken_in(phone, "my lips are blue"), taken_in(phone, "and I have five mouth ulcers")
    answer_message(emergency, phone.now)

    turn = answer_message(words, phone.now)

    assert is_open(turn) == (asked(turn) is not None)
    assert set(Alert.objects.values_list("problem", flat=True)) >= {"respiratory", "mouth"}
    assert SymptomReport.objects.order_by("received_at").first().answers["red_flags"] == ["blue_or_grey"]  # type: ignore[union-attr]


def test_what_was_on_its_way_to_a_talk_that_is_over_goes_to_the_open_one(phone: Phone) -> None:
    ending, words = taken_in(phone, ["none"]), taken_in(phone, "two mouth ulcers since today")
    answer_message(ending, phone.now)
    other = open_conversation(phone.patient, uuid.uuid4(), phone.now).turn["conversation"]["id"]

    phone.now += timedelta(minutes=2)
    assert retry_unanswered_messages(phone.now) == 1

    words.refresh_from_db()
    assert (str(words.conversation_id), asked(words.reply or {})) == (other, "mouth_sores.intake")
    assert Conversation.objects.get(pk=phone.conversation.pk).status == "closed"


def test_none_on_its_way_to_a_talk_that_is_over_denies_nothing_in_the_open_one(phone: Phone) -> None:
    ending, late = taken_in(phone, ["none"]), taken_in(phone, ["none"])
    answer_message(ending, phone.now)
    other = Conversation.objects.get(pk=phone.reopen()["conversation"]["id"])
    take_turn(other, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["cough"]), phone.now)

    assert asked(answer_message(late, phone.now)) == "red_flags"
    assert "red_flags" not in SymptomReport.objects.get(conversation=other).answers


def test_a_tap_in_a_talk_that_is_over_denies_nothing_in_the_open_one(phone: Phone) -> None:
    other = in_another_talk(phone)
    take_turn(other, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["cough"]), phone.now)

    turn = phone.send(["none"])

    assert (turn["conversation"]["id"], asked(turn)) == (str(other.pk), "red_flags")
    assert "red_flags" not in SymptomReport.objects.get(conversation=other).answers
    assert Message.objects.filter(conversation=other, sender="patient").count() == 2, "it is kept"


def test_words_in_a_talk_that_is_over_are_heard_in_the_open_one(phone: Phone) -> None:
    other = in_another_talk(phone)
    take_turn(other, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["cough"]), phone.now)

    assert urgency(phone.send("my lips are blue")) == "emergency"


def test_a_symptom_ticked_in_a_talk_that_is_over_counts_in_the_open_one(phone: Phone) -> None:
    other = in_another_talk(phone)
    take_turn(other, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["cough"]), phone.now)

    phone.send(["dyspnea"])

    assert SymptomReport.objects.get(conversation=other).answers["symptoms"] == ["cough", "dyspnea"]


def test_the_talk_that_an_emergency_ended_is_shown_as_over(ada: Patient, nurse_kim: Practitioner) -> None:
    phone = Phone(ada)
    begun_with = phone.conversation.client_id
    for words in ("my lips are blue", "ok thanks"):
        phone.send(words)

    turn = open_conversation(ada, begun_with, phone.now).turn

    assert (is_open(turn), asked(turn), urgency(turn)) == (False, None, "emergency")


@pytest.mark.django_db(transaction=True)
def test_a_message_to_a_talk_that_is_over_while_another_begins_is_taken_in(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.send(["none"])

    def find_and_be_overtaken(conversation: Conversation) -> Conversation:
        found = open_talk_for(conversation)
        monkeypatch.setattr(FIND, open_talk_for)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(in_a_thread, open_conversation, phone.patient, uuid.uuid4(), phone.now).result(timeout=30)
        return found

    monkeypatch.setattr(FIND, find_and_be_overtaken)

    turn = phone.send("two mouth ulcers since today")

    assert asked(turn) == "mouth_sores.intake"
    assert Conversation.objects.get(status="open").pk != phone.conversation.pk
