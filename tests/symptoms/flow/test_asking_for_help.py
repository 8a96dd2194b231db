"""Who asks for help, or asks something after an emergency, reads the number to call."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.utils import timezone

from symptoms.clinical.terms import Slot
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.state import DialogueState
from symptoms.flow.turn import take_turn
from symptoms.flow.understand import understand
from symptoms.models import Patient, Practitioner
from symptoms.wording import sentences
from tests.symptoms.wordings import placeholders

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_the_reply_to_a_question_names_the_emergency_number(language: str) -> None:
    said = dict(sentences(language))
    for key in ("question", "question_in_emergency", "still_stands"):
        assert "emergency_number" in placeholders(said[f"bot.{key}"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "should I call an ambulance?"), ("fr", "est-ce que je dois appeler le 112 ?"),
        ("nl", "moet ik een ambulance bellen?"), ("de", "Soll ich den Notarzt rufen?"),
        ("es", "¿tengo que llamar a una ambulancia?"), ("en", "what should I do if I get breathless?"),
        ("fr", "que faire si je suis essoufflée ?"), ("nl", "wat moet ik doen als ik kortademig word?"),
        ("de", "was soll ich tun, wenn ich Atemnot bekomme?"), ("es", "¿qué hago si me falta el aire?"),
    ],
)  # fmt: skip
def test_who_asks_whether_to_call_reads_the_number_or_the_instruction(language: str, words: str) -> None:
    heard = understand({"text": words}, DialogueState(asking=Slot.SYMPTOMS), language=language, today=TODAY)
    assert heard.red_flags or (heard.note and heard.note.key == "question")


def say(patient: Patient, *words: str) -> Turn:
    open_conversation(patient, uuid.uuid4(), timezone.now())
    conversation = patient.conversations.latest("started_at")
    for one in words:
        turn = take_turn(conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, one), timezone.now())
        conversation.refresh_from_db()
    return turn


BETTER = "it's gone now, I feel better"
QUESTIONS = ["can I drive to hospital myself?", "how long until the ambulance comes?"]
AFTER = [BETTER, *QUESTIONS]


@pytest.mark.django_db
@pytest.mark.parametrize("words", QUESTIONS)
def test_a_question_after_an_emergency_is_answered_with_the_number_and_nothing_is_asked(
    words: str, ada: Patient, nurse_kim: Practitioner
) -> None:
    turn = say(ada, "chest pain and cough", words)

    assert turn["expects"] is None
    assert turn["conversation"]["status"] == "closed"
    assert any("Do not drive yourself" in message["text"] for message in turn["messages"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [BETTER, "I feel better now", "it's gone now", "ça va mieux", "mir geht es jetzt besser", "het gaat nu beter",
     "ya estoy mejor"],
)  # fmt: skip
def test_that_it_is_better_is_kept_beside_the_emergency_and_nothing_is_asked(
    words: str, ada: Patient, nurse_kim: Practitioner
) -> None:
    turn = say(ada, "chest pain and cough", words)

    assert turn["expects"] is None
    assert turn["messages"][0]["text"] == "Call 112 now"
    assert "Even if it is better now" in turn["messages"][1]["text"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", QUESTIONS)
def test_a_question_in_a_talk_taken_up_after_an_emergency_repeats_the_number(
    words: str, ada: Patient, nurse_kim: Practitioner
) -> None:
    turn = say(ada, "chest pain and cough", "my legs are swollen too", words)

    assert any("you were told to call 112" in message["text"] for message in turn["messages"])


@pytest.mark.django_db
@pytest.mark.parametrize("words", AFTER)
def test_in_a_new_talk_after_an_emergency_the_number_is_said_again(
    words: str, ada: Patient, nurse_kim: Practitioner
) -> None:
    say(ada, "chest pain and cough")
    turn = say(ada, words)

    assert any("you were told to call 112" in message["text"] for message in turn["messages"])
