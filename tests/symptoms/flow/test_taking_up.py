"""A talk that was closed or fell silent is taken up again: old taps answer nothing, and the instruction stands."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.acknowledging import close
from alerts.models import Alert
from symptoms.clinical.terms import Respondent, Urgency
from symptoms.flow import sweeps
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.report import ClientIdConflict, file_report
from symptoms.flow.turn import take_turn
from symptoms.models import Conversation, Message, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportSource

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)


class Phone:
    """A patient's phone in one talk."""

    def __init__(self, patient: Patient) -> None:
        self.patient = patient
        self.now = NOW
        self.turn = open_conversation(patient, uuid.uuid4(), self.now).turn
        self.conversation = Conversation.objects.get(pk=self.turn["conversation"]["id"])

    def send(self, value: Any, kind: AnswerKind | None = None, client_id: uuid.UUID | None = None) -> Turn:
        kind = kind or (AnswerKind.CHOICES if isinstance(value, list) else AnswerKind.TEXT)
        self.now += timedelta(seconds=20)
        self.turn = take_turn(self.conversation, InboundMessage(client_id or uuid.uuid4(), kind, value), self.now)
        return self.turn

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)
        sweeps.assess_due_reports(self.now)

    def reopen(self) -> Turn:
        return open_conversation(self.patient, uuid.uuid4(), self.now).turn


@pytest.fixture
def phone(ada: Patient, nurse_kim: Practitioner) -> Phone:
    return Phone(ada)


def asked(turn: Turn) -> str | None:
    return turn["expects"]["slot"] if turn["expects"] else None


def urgency(turn: Turn) -> str | None:
    return turn["advice"]["urgency"] if turn["advice"] else None


EMERGENCIES = ["I can't breathe", "I am very short of breath at rest", "I cough up a lot of blood"]


@pytest.mark.parametrize("words", EMERGENCIES)
def test_an_emergency_in_one_sentence_is_one_alert_then_and_later(phone: Phone, words: str) -> None:
    phone.send(words)
    phone.wait(minutes=40)
    alert = Alert.objects.get()
    assert (alert.problem, alert.urgency) == ("respiratory", Urgency.EMERGENCY)
    assert "SYMPTOMS-UNKNOWN" in alert.rules, "the team reads that nothing else is known"


def test_an_emergency_after_the_alert_was_closed_is_raised_anew_with_all_it_leaves_open(
    phone: Phone, nurse_kim: Practitioner
) -> None:
    for _ in range(2):
        phone.send("I can't breathe")
        alert = Alert.objects.not_closed().get()
        assert "SYMPTOMS-UNKNOWN" in alert.rules
        close(alert, nurse_kim, "emergency", "sent an ambulance", phone.now)
        phone.wait(days=2)
        phone.turn = phone.reopen()
        phone.conversation = Conversation.objects.get(pk=phone.turn["conversation"]["id"])


def test_what_is_new_after_an_emergency_raises_its_own_alert(phone: Phone) -> None:
    phone.send("I can't breathe")
    phone.send("I have 5 mouth sores")
    phone.wait(minutes=40)
    assert set(Alert.objects.values_list("problem", flat=True)) == {"respiratory", "mouth"}


@pytest.mark.parametrize("late", [["none"], "no", "ok thanks", "I don't know"])
def test_an_old_tap_after_silence_wakes_the_talk_and_answers_nothing(phone: Phone, late: Any) -> None:
    phone.send(["cough"])
    phone.send(["none"])
    phone.wait(minutes=40)

    turn = phone.send(late)

    assert (asked(turn), urgency(turn)) == ("symptoms", "urgent"), "the instruction still stands"
    assert SymptomReport.objects.count() == 1
    assert phone.send(["none"])["advice"] is not None, "now it answers the question on screen"


def test_a_symptom_after_silence_is_heard_at_once(phone: Phone) -> None:
    phone.send(["cough"])
    phone.wait(minutes=40)

    assert asked(phone.send(["dyspnea"])) == "red_flags"


def test_whoever_opens_the_app_again_reads_the_instruction_again(phone: Phone) -> None:
    phone.send(["fever", "cough"])
    phone.wait(minutes=40)

    turn = phone.reopen()

    assert urgency(turn) == "urgent"
    assert any(turn["advice"]["headline"] in message["text"] for message in turn["messages"])


def test_a_talk_that_goes_on_carries_its_urgent_advice(phone: Phone) -> None:
    phone.send(["mouth_sores"])
    phone.send(5, AnswerKind.NUMBER)

    turn = phone.reopen()

    assert (urgency(turn), asked(turn)) == ("urgent", "mouth_sores.onset_on")
    assert turn["report"] is not None


@pytest.mark.parametrize("words", ["ok thanks, calling them", "no", "the ambulance is on the way"])
def test_after_an_emergency_the_instruction_is_repeated_and_nothing_is_asked(phone: Phone, words: str) -> None:
    phone.send("my lips are blue")

    turn = phone.send(words)

    assert urgency(turn) in ("emergency", "urgent")
    if "ambulance" not in words:
        assert (asked(turn), turn["conversation"]["status"]) == (None, "closed")


@pytest.mark.parametrize("words", ["sorry, I pressed the wrong button", "ok I will", "the ambulance is here, thanks"])
def test_what_is_written_after_an_emergency_is_kept_beside_the_report(phone: Phone, words: str) -> None:
    phone.send(["cough"])
    phone.send(["chest_pain"])

    turn = phone.send(words)

    assert (urgency(turn), asked(turn), turn["conversation"]["status"]) == ("emergency", None, "closed")
    assert phone.patient.clinic.emergency_number in turn["messages"][0]["text"], "the instruction stands"
    report = SymptomReport.objects.get()
    assert [(one.note, one.answers) for one in report.amendments.all()] == [(words, {})]
    assert set(Alert.objects.filter(problem="respiratory").values_list("urgency", flat=True)) == {Urgency.EMERGENCY}


def test_a_sign_of_danger_that_is_taken_back_stays_on_record_with_its_urgency(phone: Phone) -> None:
    phone.send(["cough"])
    phone.send(["chest_pain"])

    turn = phone.send(["none"])

    report = SymptomReport.objects.get()
    assert (report.answers["red_flags"], report.urgency) == (["chest_pain"], Urgency.EMERGENCY)
    assert (report.amended_answers or {})["red_flags"] == "none"
    assert urgency(turn) == "emergency"


def test_news_after_an_emergency_are_gone_into_and_the_instruction_stands(phone: Phone) -> None:
    phone.send("my lips are blue")

    assert asked(phone.send("I have a rash")) == "other.can_wait"
    phone.send("yes", AnswerKind.CHOICE)
    phone.send(["none"])
    turn = phone.send(["none"])

    assert asked(turn) is None
    assert phone.patient.clinic.emergency_number in turn["messages"][0]["text"], "before anything milder is said"


def test_an_urgent_finding_after_an_emergency_is_told_at_once(phone: Phone) -> None:
    phone.send("my lips are blue")

    turn = phone.send("and I have six mouth ulcers")

    assert urgency(turn) == "urgent"
    assert any(turn["advice"]["headline"] in message["text"] for message in turn["messages"])


def test_a_new_talk_within_a_day_of_an_emergency_says_that_the_instruction_stands(phone: Phone) -> None:
    phone.send("my lips are blue")
    number = phone.patient.clinic.emergency_number

    phone.now += timedelta(hours=23)
    assert [number in message["text"] for message in phone.reopen()["messages"]] == [True, True, False]
    Conversation.objects.update(status="closed")
    phone.now += timedelta(hours=2)
    assert len(phone.reopen()["messages"]) == 2


QUESTIONS_AFTER_AN_EMERGENCY = {
    "en": ("my lips are blue", "should I take my tablets tonight?"),
    "fr": ("je n'arrive plus à respirer", "est-ce que je dois prendre mes comprimés ce soir ?"),
    "nl": ("ik krijg geen lucht", "moet ik nu echt bellen?"),
    "de": ("ich bekomme keine Luft", "soll ich wirklich anrufen?"),
    "es": ("no puedo respirar", "¿tengo que llamar de verdad?"),
}


@pytest.mark.parametrize("language", QUESTIONS_AFTER_AN_EMERGENCY)
def test_a_question_after_an_emergency_is_kept_and_the_instruction_comes_first(phone: Phone, language: str) -> None:
    phone.patient.language = language
    phone.patient.save()
    danger, question = QUESTIONS_AFTER_AN_EMERGENCY[language]
    phone.send(danger)

    turn = phone.send(question)

    assert (urgency(turn), asked(turn)) == ("emergency", None)
    assert phone.patient.clinic.emergency_number in turn["messages"][0]["text"]
    assert [one.note for one in SymptomReport.objects.get().amendments.all()] == [question]


def test_that_it_is_better_after_an_emergency_is_answered_with_what_stands(phone: Phone) -> None:
    phone.send("my lips are blue")
    turn = phone.send("false alarm, I feel better now")

    assert (urgency(turn), asked(turn)) == ("emergency", None)


def test_news_after_an_emergency_are_answered_with_what_stands(phone: Phone) -> None:
    phone.send("my lips are blue")

    assert says_it_stands(phone.send("false alarm, only a rash on my back"))


def test_what_was_judged_an_emergency_within_a_day_stands_however_old_the_report_is(phone: Phone) -> None:
    phone.send("my lips are blue")
    SymptomReport.objects.update(received_at=phone.now - timedelta(hours=25))

    assert says_it_stands(phone.send("false alarm, only a rash on my back"))


def finish(phone: Phone) -> Turn:
    """Say "none" to the list, and that the sores are gone, until nothing is asked any more."""
    while phone.turn["expects"]:
        phone.send(["none"] if asked(phone.turn) == "symptoms" else "yes")
    return phone.turn


def file_emergency(phone: Phone) -> None:
    """A form of another phone: the lips are blue."""
    file_report(
        phone.patient,
        client_id=uuid.uuid4(),
        answers={"symptoms": ["dyspnea"], "red_flags": ["blue_or_grey"]},
        occurred_at=None,
        respondent=Respondent.CARER,
        source=ReportSource.FORM,
        now=phone.now,
    )


STILL_STANDS = "Before, you were told to call 112."


def says_it_stands(turn: Turn) -> bool:
    return any(message["text"].startswith(STILL_STANDS) for message in turn["messages"])


def test_the_end_of_a_talk_says_that_the_emergency_of_a_form_stands(phone: Phone) -> None:
    file_emergency(phone)

    assert says_it_stands(finish(phone))


def test_a_talk_that_fell_silent_before_a_form_told_of_an_emergency_says_at_both_ends_that_it_stands(
    phone: Phone,
) -> None:
    phone.send(["mouth_sores"])
    phone.wait(hours=1)
    file_emergency(phone)

    phone.turn = phone.reopen()
    assert says_it_stands(phone.turn)
    assert says_it_stands(finish(phone))


def test_every_talk_of_the_day_after_an_emergency_says_that_it_stands(phone: Phone) -> None:
    phone.send("my lips are blue")
    phone.send("I have a rash")
    for value in ("yes", ["none"], ["none"]):
        phone.send(value)

    assert says_it_stands(phone.send("hello"))
    assert says_it_stands(finish(phone))
    phone.now += timedelta(hours=25)
    assert not says_it_stands(phone.send("hello"))


URGENT_STANDS = "Before, you were told to get medical help now."


def says_it_is_urgent(turn: Turn) -> bool:
    return any(message["text"].startswith(URGENT_STANDS) for message in turn["messages"])


def test_a_new_talk_within_a_day_of_an_urgent_report_says_at_both_ends_that_it_stands(phone: Phone) -> None:
    phone.send(["mouth_sores"])
    phone.send(5, AnswerKind.NUMBER)
    assert not says_it_is_urgent(phone.send("stop")), "it is said by itself"

    phone.wait(minutes=10)
    phone.turn = phone.reopen()
    assert says_it_is_urgent(phone.turn)
    phone.conversation = Conversation.objects.latest("started_at")
    turn = finish(phone)
    assert (urgency(turn), says_it_is_urgent(turn)) == ("none", True)

    phone.wait(hours=24)
    assert not says_it_is_urgent(phone.reopen())


def test_what_is_added_to_a_closed_talk_is_answered_with_the_urgent_instruction(phone: Phone) -> None:
    phone.send(["mouth_sores"])
    phone.send(5, AnswerKind.NUMBER)
    phone.send("stop")

    assert says_it_is_urgent(phone.send("and I have a rash"))
    assert not says_it_is_urgent(phone.send("yes", AnswerKind.CHOICE)), "once is enough"


def test_an_instruction_that_is_repeated_names_the_number_that_is_answered_now(phone: Phone) -> None:
    clinic = phone.patient.clinic
    for value in (["mouth_sores"], "five", "today", "as usual", "a bit", "not at all", "yes", "36.8"):
        phone.send(value)
    assert clinic.phone in phone.turn["advice"]["text"], "it is open"

    phone.now += timedelta(hours=9)
    turn = phone.send("thanks")

    words = " ".join(message["text"] for message in turn["messages"])
    assert clinic.out_of_hours_phone in words
    assert clinic.phone not in words
    assert [action["phone"] for action in turn["advice"]["actions"][:2]] == [clinic.out_of_hours_phone, "112"]
    assert [reason["rule"] for reason in turn["advice"]["reasons"]] == ["MOUTH-COUNT"]


def test_what_the_team_knows_names_the_number_that_is_answered_now(phone: Phone, nurse_kim: Practitioner) -> None:
    clinic = phone.patient.clinic
    phone.now += timedelta(hours=9)
    for outcome in ("phone_advice", None):
        phone.send(["mouth_sores"])
        phone.send("five")
        phone.send("stop")
        if outcome:
            close(Alert.objects.get(), nurse_kim, outcome, "called", phone.now)

    assert "Your team already knows" in phone.turn["advice"]["text"]
    assert clinic.phone not in phone.turn["advice"]["text"]


def test_a_talk_that_is_taken_up_in_another_language_is_asked_in_it(phone: Phone, ada: Patient) -> None:
    phone.send(["mouth_sores"])
    phone.send("five")
    ada.language = "nl"
    ada.save()
    phone.now += timedelta(seconds=20)

    turn = phone.reopen()

    assert turn["advice"]["headline"] in turn["messages"][0]["text"]
    assert turn["messages"][-1]["text"].startswith("Wanneer")
    assert turn["conversation"]["status"] == "open"
    assert [message["id"] for message in phone.reopen()["messages"]] == [message["id"] for message in turn["messages"]]


def test_a_talk_that_is_taken_up_twice_gets_the_same_words_twice(phone: Phone) -> None:
    phone.send(["mouth_sores"])
    phone.wait(hours=1)

    first, again = phone.reopen(), phone.reopen()

    assert [message["id"] for message in again["messages"]] == [message["id"] for message in first["messages"]]


def test_a_talk_that_was_broken_off_is_taken_up_with_what_was_told(phone: Phone) -> None:
    phone.send("two mouth sores since yesterday")
    phone.send("normal", AnswerKind.CHOICE)
    phone.wait(hours=5)

    assert asked(phone.reopen()) == "symptoms"
    assert asked(phone.send("yes")) == "mouth_sores.count"
    assert "2" in phone.turn["messages"][0]["text"], "it is read back, and asked"
    assert asked(phone.send("yes")) == "mouth_sores.intake"
    phone.send("reduced", AnswerKind.CHOICE)

    report = SymptomReport.objects.latest("received_at")
    assert report.answers == {"symptoms": ["mouth_sores"], "mouth_sores.count": 2, "mouth_sores.intake": "reduced"}


def test_what_was_told_is_read_back_for_a_day_and_signs_of_danger_never(phone: Phone) -> None:
    phone.send(["cough"])
    phone.send(["none"])
    phone.wait(hours=1)
    phone.reopen()

    turn = phone.send("yes")
    assert (asked(turn), len(turn["messages"])) == ("red_flags", 1)

    phone.wait(hours=25)
    phone.reopen()
    phone.conversation.refresh_from_db()
    assert phone.conversation.state["likely"] == {}


def test_an_instruction_stands_for_a_day(phone: Phone) -> None:
    phone.send("my lips are blue")
    phone.now += timedelta(hours=25)

    turn = phone.send("thanks")

    assert (asked(turn), turn["advice"]) == ("symptoms", None)


def test_a_repeat_of_a_message_to_a_closed_talk_gets_its_answer(phone: Phone) -> None:
    first = phone.conversation
    phone.send("stop")
    phone.conversation = Conversation.objects.get(pk=phone.reopen()["conversation"]["id"])
    assert phone.conversation != first or phone.conversation.status == "open"
    message_id = uuid.uuid4()

    answer = phone.send(["cough"], client_id=message_id)
    phone.conversation = first

    assert phone.send(["cough"], client_id=message_id) == answer
    with pytest.raises(ClientIdConflict):
        phone.send(["fever"], client_id=message_id)


def test_an_old_tap_that_a_crash_left_behind_answers_its_own_question(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    with monkeypatch.context() as broken:
        broken.setattr("symptoms.flow.draw.judge", fail)
        phone.send(["none"])
    assert asked(phone.send(["fever", "cough"])) == "red_flags"

    sweeps.retry_unanswered_messages(phone.now + timedelta(minutes=2))

    answers = SymptomReport.objects.get().answers
    assert "red_flags" not in answers, "nobody has answered that question"
    assert answers["symptoms"] == ["cough", "fever"], "and of two answers the worse is kept"


def test_sores_that_are_not_gone_are_asked_about(phone: Phone, ada: Patient) -> None:
    for value in (["mouth_sores"], 1, "today", "as usual", "a bit", "not at all", "yes", "36.8"):
        phone.send(value, AnswerKind.NUMBER if value == 1 else None)
    assert urgency(phone.turn) == "self_care"
    phone.now += timedelta(days=1)
    phone.reopen()
    phone.conversation = Conversation.objects.get(patient=ada, status="open")

    assert asked(phone.send(["none"])) == "mouth_sores.gone"
    turn = phone.send("no")

    assert (asked(turn), urgency(turn)) == ("mouth_sores.count", None)
    assert not Alert.objects.exists()


def test_days_are_counted_from_when_a_message_was_written(phone: Phone) -> None:
    words = "one mouth ulcer since yesterday"
    inbound = InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words, sent_at=NOW - timedelta(days=3))

    turn = take_turn(phone.conversation, inbound, NOW)

    assert SymptomReport.objects.get().answers["mouth_sores.onset_on"] == "2026-02-26"
    assert urgency(turn) == "urgent"


def test_a_remark_about_suicide_answers_no_question_and_gives_the_numbers(phone: Phone) -> None:
    turn = phone.send("I don't want to live any more")

    assert urgency(turn) == "emergency"
    assert turn["advice"]["actions"][0]["phone"] == "112"
    assert not any("Which of these" in message["text"] for message in turn["messages"])
    assert not SymptomReport.objects.filter(answers__symptoms="none").exists()
    assert Alert.objects.get().rules == ["SELF-HARM"]


def test_the_talk_follows_the_patients_language(phone: Phone, ada: Patient) -> None:
    ada.language = "nl"
    ada.save()

    turn = phone.send(["cough"])

    assert turn["messages"][-1]["text"].startswith("Hebt u")
    assert Message.objects.filter(sender="bot").count() == 3


def test_a_sign_of_danger_beside_a_remark_about_suicide_is_told_too(phone: Phone) -> None:
    turn = phone.send("I want to die and my lips are blue")

    said = " ".join(message["text"] for message in turn["messages"])
    assert "You are not alone" in said
    assert "Call 112 now" in said
    assert turn["conversation"]["status"] == "closed"
    assert set(Alert.objects.values_list("urgency", flat=True)) == {4}


def test_a_sign_of_danger_that_is_ticked_on_an_older_screen_counts(phone: Phone) -> None:
    phone.send(["cough"])
    phone.send(["none"])  # of the danger signs, by another phone
    turn = phone.send(["cannot_speak_sentences"])
    assert urgency(turn) == "emergency"
    assert Alert.objects.get(problem="respiratory").urgency == Urgency.EMERGENCY


def test_an_instruction_of_days_ago_is_not_said_again_at_the_end_of_a_talk(phone: Phone) -> None:
    phone.send(["fever"])
    phone.send("stop")
    phone.now += timedelta(hours=1)
    phone.turn = phone.reopen()
    phone.conversation = Conversation.objects.get(pk=phone.turn["conversation"]["id"])
    assert "Before, you were told" in str(phone.turn["messages"])

    phone.now += timedelta(days=6)
    turn = phone.send(["none"])

    assert turn["conversation"]["status"] == "closed"
    assert "Before, you were told" not in str(turn["messages"])
