"""An answer goes to the question on the screen that it was tapped on, and denies nothing on another one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from symptoms.clinical.terms import Slot
from symptoms.flow.receive import AnswerKind, InboundMessage, receive
from symptoms.flow.report import ClientIdConflict
from symptoms.flow.sweeps import retry_unanswered_messages
from symptoms.flow.turn import answer_message, take_turn
from symptoms.models import Conversation, Episode, Message, Patient, Practitioner, SymptomReport
from symptoms.phone_clock import TOLERATED
from tests.symptoms.api.test_check_in import begin, say
from tests.symptoms.flow.test_taking_up import NOW, Phone, asked, urgency

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def phone(ada: Patient, nurse_kim: Practitioner) -> Phone:
    return Phone(ada)


def answers() -> dict[str, Any]:
    found: dict[str, Any] = SymptomReport.objects.latest("received_at").answers
    return found


def tap(phone: Phone, value: Any, kind: AnswerKind, slot: Slot | None, **sent: Any) -> Any:
    phone.now += timedelta(seconds=20)
    inbound = InboundMessage(uuid.uuid4(), kind, value, slot=slot, **sent)
    phone.turn = take_turn(phone.conversation, inbound, phone.now)
    return phone.turn


def test_none_on_the_first_screen_denies_no_sign_of_danger_on_the_next(phone: Phone) -> None:
    phone.send(["cough"])

    turn = tap(phone, ["none"], AnswerKind.CHOICES, Slot.SYMPTOMS)

    assert asked(turn) == "red_flags"
    assert "red_flags" not in answers()
    assert answers()["symptoms"] == ["cough"], "of two answers the worse is kept"


def test_the_question_on_screen_may_be_named(phone: Phone) -> None:
    phone.send(["cough"])

    turn = tap(phone, ["none"], AnswerKind.CHOICES, Slot.RED_FLAGS)

    assert (asked(turn), answers()["red_flags"]) == ("cough.severity", "none")


@pytest.mark.parametrize(("first", "late", "kept"), [(2, 9, 9), (9, 2, 9)])
def test_a_late_answer_is_kept_where_it_is_the_worse(phone: Phone, first: int, late: int, kept: int) -> None:
    phone.send(["mouth_sores"])
    phone.send(first, AnswerKind.NUMBER)

    turn = tap(phone, late, AnswerKind.NUMBER, Slot.MOUTH_COUNT)

    assert (asked(turn), answers()["mouth_sores.count"]) == ("mouth_sores.onset_on", kept)
    assert urgency(turn) == "urgent"


@pytest.mark.parametrize(("severity", "is_asked"), [("0", False), ("1", True)])
def test_what_a_late_answer_shows_is_asked_about_though_its_question_was_closed(
    phone: Phone, severity: str, is_asked: bool
) -> None:
    phone.send(["mouth_sores"])

    tap(phone, severity, AnswerKind.CHOICE, Slot.COUGH_SEVERITY)

    assert ("cough.severity" in answers()) == is_asked
    assert ("cough" in answers()["symptoms"]) == is_asked


@pytest.mark.parametrize(
    ("value", "kind", "slot", "heard"),
    [
        (["none"], AnswerKind.CHOICES, Slot.RED_FLAGS, False),
        ("no", AnswerKind.CHOICE, Slot.COUGH_BLOOD, False),
        (9, AnswerKind.NUMBER, Slot.MOUTH_COUNT, True),
        (["blue_or_grey"], AnswerKind.CHOICES, Slot.RED_FLAGS, True),
    ],
)
def test_after_silence_a_late_answer_counts_where_it_shows_something(
    phone: Phone, value: Any, kind: AnswerKind, slot: Slot, heard: bool
) -> None:
    phone.send(["none"])
    phone.wait(minutes=40)
    before = SymptomReport.objects.count()

    turn = tap(phone, value, kind, slot)

    assert (SymptomReport.objects.count() > before) == heard
    assert (urgency(turn) in ("urgent", "emergency")) == heard


def test_a_remark_about_suicide_is_heard_from_whatever_screen(phone: Phone) -> None:
    phone.send(["none"])
    phone.wait(minutes=40)

    assert urgency(tap(phone, "I want to kill myself", AnswerKind.TEXT, Slot.COUGH_BLOOD)) == "emergency"


@pytest.mark.parametrize(
    ("before_the_question", "is_taken"),
    [(timedelta(0), True), (TOLERATED, True), (TOLERATED + SECOND, False), (timedelta(hours=5), False)],
    ids=str,
)
def test_what_was_tapped_before_the_question_was_put_denies_nothing(
    phone: Phone, before_the_question: timedelta, is_taken: bool
) -> None:
    """For apps that do not say which question they show."""
    phone.send(["cough"])
    put_at = phone.now

    turn = tap(phone, ["none"], AnswerKind.CHOICES, None, sent_at=put_at - before_the_question)

    assert ("red_flags" in answers()) == is_taken
    assert asked(turn) == ("cough.severity" if is_taken else "red_flags")


@pytest.mark.parametrize("slow_by", [timedelta(minutes=10), timedelta(days=3)], ids=str)
def test_a_phone_with_a_slow_clock_is_asked_once_more_and_no_more(phone: Phone, slow_by: timedelta) -> None:
    """For apps that do not say which question they show."""
    for value, question in ((["cough"], "symptoms"), (["cough"], "red_flags"), (["none"], "cough.severity")):
        turn = tap(phone, value, AnswerKind.CHOICES, None, sent_at=phone.now - slow_by)
        assert asked(turn) == question

    phone.send("stop")
    phone.turn = phone.reopen()
    phone.conversation = Conversation.objects.get(pk=phone.turn["conversation"]["id"])
    assert asked(tap(phone, ["fever"], AnswerKind.CHOICES, None, sent_at=phone.now - slow_by)) == "red_flags"


def test_taps_that_waited_for_a_network_answer_no_later_question(phone: Phone) -> None:
    """The phone sends them one after the other; they were tapped at different times."""
    phone.send(["cough"])
    for waited in (timedelta(hours=3), timedelta(hours=2)):
        turn = tap(phone, ["none"], AnswerKind.CHOICES, None, sent_at=phone.now - waited)

        assert (asked(turn), "red_flags" in answers()) == ("red_flags", False)


@pytest.mark.parametrize(("apart", "is_denied"), [(5, False), (6, True)])
def test_taps_that_come_in_one_go_tell_nothing_of_a_clock(phone: Phone, apart: int, is_denied: bool) -> None:
    phone.send(["cough"])
    tapped = phone.now - timedelta(hours=1)
    tap(phone, ["none"], AnswerKind.CHOICES, None, sent_at=tapped)
    phone.now += timedelta(seconds=apart - 20)

    tap(phone, ["none"], AnswerKind.CHOICES, None, sent_at=tapped + timedelta(seconds=apart))

    assert ("red_flags" in answers()) == is_denied


def test_a_symptom_that_was_tapped_before_counts_all_the_same(phone: Phone) -> None:
    phone.send(["cough"])

    tap(phone, ["dyspnea"], AnswerKind.CHOICES, None, sent_at=phone.now - timedelta(hours=1))

    assert answers()["symptoms"] == ["cough", "dyspnea"]


@pytest.mark.parametrize("late", [["none"], "none", "no"], ids=str)
def test_what_came_while_no_question_stood_answers_none_that_was_put_meanwhile(phone: Phone, late: Any) -> None:
    """Two taps at once wake a talk that fell silent: the first is greeted and asked anew."""
    phone.send(["mouth_sores"])
    phone.wait(minutes=40)
    kind = AnswerKind.CHOICES if isinstance(late, list) else AnswerKind.TEXT
    first, second = (receive(phone.conversation, InboundMessage(uuid.uuid4(), kind, late), phone.now) for _ in range(2))

    answer_message(first, phone.now)
    turn = answer_message(second, phone.now)

    assert (asked(turn), turn["conversation"]["status"]) == ("symptoms", "open")
    assert Episode.objects.filter(closed_at=None).exists()


def test_words_that_came_while_no_question_stood_are_heard(phone: Phone) -> None:
    phone.send(["mouth_sores"])
    phone.wait(minutes=40)
    first, second = (
        receive(phone.conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), phone.now)
        for words in ("hello", "my lips are blue")
    )

    answer_message(first, phone.now)

    assert urgency(answer_message(second, phone.now)) == "emergency"


def test_days_of_a_message_that_a_crash_left_are_counted_from_when_it_came(phone: Phone) -> None:
    words = "I have had two mouth ulcers since yesterday, I eat normally"
    receive(phone.conversation, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), phone.now)

    phone.now += timedelta(days=2)
    assert retry_unanswered_messages(phone.now) == 1

    assert answers()["mouth_sores.onset_on"] == (NOW - timedelta(days=1)).date().isoformat()


def test_the_screen_is_part_of_the_message(phone: Phone) -> None:
    phone.send(["cough"])
    message_id = uuid.uuid4()
    first = InboundMessage(message_id, AnswerKind.CHOICES, ["none"], slot=Slot.RED_FLAGS)
    turn = take_turn(phone.conversation, first, phone.now)

    assert take_turn(phone.conversation, first, phone.now) == turn
    with pytest.raises(ClientIdConflict):
        take_turn(phone.conversation, InboundMessage(message_id, AnswerKind.CHOICES, ["none"]), phone.now)


def test_the_app_names_the_question_and_is_refused_one_that_there_is_not(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores"], slot="symptoms")
    turn = say(ada_api, turn, number=2, slot=turn["expects"]["slot"])
    assert [one.asked for one in Message.objects.filter(sender="patient").order_by("number")] == [
        "symptoms", "mouth_sores.count",
    ]  # fmt: skip

    path = f"/api/v1/conversations/{turn['conversation']['id']}/messages"
    answer = ada_api.post(path, {"client_id": str(uuid.uuid4()), "choice": "no", "slot": "mouth_sores.colour"})

    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["slot"])


def test_the_transcript_has_the_words_of_the_screen_that_was_answered(phone: Phone) -> None:
    phone.send(["cough"])

    tap(phone, ["cannot_speak_sentences"], AnswerKind.CHOICES, Slot.RED_FLAGS)

    assert "_" not in Message.objects.filter(sender="patient").latest("number").text
