"""A refusal says whom to call, and danger in what was refused reaches the team."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.acknowledging import acknowledge, close
from alerts.models import Alert
from alerts.models.alert import Outcome
from symptoms.clinical.terms import MAX_TEXT_LENGTH
from symptoms.flow.advise import call_team
from symptoms.flow.reading import MOST_READ
from symptoms.models import Message, Patient, Practitioner, SymptomReport
from tests.cast import api_of_carer
from tests.symptoms.api.test_check_in import begin
from tests.symptoms.api.test_reports import BREATHLESS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nurse_kim")]

REPORTS = "/api/v1/reports"
WELL = {"symptoms": "none"}
FILLER = "It has been a long day and I went for a walk. "


def new_id() -> str:
    return str(uuid.uuid4())


def messages(api: APIClient) -> str:
    return f"/api/v1/conversations/{begin(api)['conversation']['id']}/messages"


def message_of(answer: Any) -> str:
    return str(answer.json()["error"]["message"])


def send_raw(api: APIClient, path: str, body: bytes, content_type: str = "application/json") -> Any:
    return api.generic("POST", path, body, content_type=content_type)  # type: ignore[arg-type]  # bytes are fine


# Reports


ENVELOPES: dict[str, dict[str, Any]] = {
    "no zone": {"occurred_at": "2026-03-01T10:00:00"},
    "no time": {"occurred_at": "yesterday"},
    "respondent": {"respondent": "doctor"},
    "extra key": {"urgent": True},
    "wrong id": {"client_id": "1"},
    "no id": {"client_id": None},
}


@pytest.mark.parametrize("wrong", ENVELOPES.values(), ids=list(ENVELOPES))
def test_a_report_in_a_wrong_envelope_is_refused_and_its_danger_is_acted_upon(
    ada: Patient, ada_api: APIClient, wrong: dict[str, Any]
) -> None:
    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": BREATHLESS, **wrong})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == list(wrong)
    assert call_team(ada, timezone.now())["phone"] in message_of(answer)
    assert Alert.objects.get().problem == "respiratory"
    kept = SymptomReport.objects.get()
    assert (kept.status, kept.urgency, kept.answers) == ("abandoned", 3, BREATHLESS)


@pytest.mark.parametrize("wrong", ENVELOPES.values(), ids=list(ENVELOPES))
def test_a_calm_one_is_kept_by_nobody_and_put_before_a_person(
    ada: Patient, ada_api: APIClient, wrong: dict[str, Any]
) -> None:
    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": WELL, **wrong})

    assert (answer.status_code, SymptomReport.objects.count()) == (400, 0)
    alert = Alert.objects.get()
    assert (alert.problem, alert.urgency, alert.rules) == ("system", 3, ["COULD-NOT-ASSESS"])
    assert call_team(ada, timezone.now())["phone"] in message_of(answer)


def test_a_report_in_which_nothing_is_said_disturbs_nobody(ada: Patient, ada_api: APIClient) -> None:
    said_nothing = [{}, {"client_id": new_id()}, {"client_id": "1", "answers": {}}, {"answers": []}]
    for body in said_nothing:
        answer = ada_api.post(REPORTS, body)
        assert answer.status_code == 400
        assert call_team(ada, timezone.now())["phone"] in message_of(answer)
    assert not Alert.objects.exists()


@pytest.mark.parametrize(("count", "is_urgent"), [(3, False), (4, True)])
def test_a_wrong_answer_is_asked_for_again_and_the_others_are_judged_as_in_a_talk(
    ada_api: APIClient, count: int, is_urgent: bool
) -> None:
    answers = {"symptoms": ["mouth_sores"], "mouth_sores.count": count, "fever.temperature_c": 50}

    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": answers})

    assert list(answer.json()["error"]["fields"]) == ["fever.temperature_c"]
    assert Alert.objects.exists() == SymptomReport.objects.exists() == is_urgent
    if is_urgent:
        assert "fever.temperature_c" not in SymptomReport.objects.get().answers


WRONG_ANSWERS: dict[str, dict[str, Any]] = {
    "words under a choice": {"cough.severity": "I cough and my lips are blue"},
    "a text in pieces": {"other.text": [{"en": "my lips are blue"}]},
    "a text that is too long": {"other.text": FILLER * 200 + "My lips are blue."},
    "a sign beside one that there is not": {"red_flags": ["blue_or_grey", "purple"]},
}


@pytest.mark.parametrize("wrong", WRONG_ANSWERS.values(), ids=list(WRONG_ANSWERS))
def test_danger_in_a_wrong_answer_is_heard(ada_api: APIClient, wrong: dict[str, Any]) -> None:
    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": {"symptoms": ["cough"], **wrong}})

    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, list(wrong))
    assert "Call 112 now" in message_of(answer)
    assert Alert.objects.get(problem="respiratory").urgency == 4


def test_the_same_refused_report_again_changes_nothing_and_the_right_one_joins_its_alert(ada_api: APIClient) -> None:
    body = {"client_id": new_id(), "answers": BREATHLESS, "urgent": True}

    first, again = ada_api.post(REPORTS, body), ada_api.post(REPORTS, body)
    del body["urgent"]
    right = ada_api.post(REPORTS, body)

    assert message_of(first) == message_of(again)
    assert (right.status_code, right.json()["client_id"]) == (201, body["client_id"])
    assert SymptomReport.objects.count() == 2
    assert Alert.objects.count() == 1


def test_the_same_danger_refused_on_another_day_is_told_again(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner
) -> None:
    body = {"answers": BREATHLESS, "urgent": True}
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        ada_api.post(REPORTS, {"client_id": new_id(), **body})
        alert = Alert.objects.get()
        acknowledge(alert, nurse_kim, timezone.now())
        close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
        ada_api.post(REPORTS, {"client_id": new_id(), "answers": WELL})
        clock.shift(timedelta(days=7))
        ada_api.post(REPORTS, {"client_id": new_id(), **body})

    assert Alert.objects.get(state="open").problem == "respiratory"


def test_words_under_a_name_that_there_is_not_are_read(ada_api: APIClient) -> None:
    body = {"client_id": new_id(), "answers": WELL, "comment": {"en": ["my lips are blue"]}}

    answer = ada_api.post(REPORTS, body)

    assert answer.status_code == 400
    assert "Call 112 now" in message_of(answer)
    assert Alert.objects.get(problem="respiratory").urgency == 4


def test_signs_of_danger_outside_of_the_answers_count(ada_api: APIClient) -> None:
    ada_api.post(REPORTS, {"client_id": new_id(), "red_flags": ["blue_or_grey"], "symptoms": ["cough"]})

    kept = SymptomReport.objects.get()
    assert (kept.urgency, kept.answers["red_flags"]) == (4, ["blue_or_grey"])


@pytest.mark.parametrize(("answers", "rises"), [(WELL, False), (BREATHLESS, True)])
def test_an_id_that_was_used_keeps_no_second_report_and_hides_no_danger(
    ada_api: APIClient, answers: dict[str, Any], rises: bool
) -> None:
    body = {"client_id": new_id(), "answers": {"symptoms": ["mouth_sores"], "mouth_sores.count": 1}}
    ada_api.post(REPORTS, {**body, "answers": {**WELL, "respondent": "patient"}})

    answer = ada_api.post(REPORTS, {**body, "answers": answers})

    assert (answer.status_code, SymptomReport.objects.count()) == (409, 1)
    assert Alert.objects.filter(problem="system", urgency=3).exists() == rises


def test_what_a_carer_sent_is_hers(ada: Patient) -> None:
    carer_api = api_of_carer(ada, "Carl")

    carer_api.post(REPORTS, {"client_id": new_id(), "answers": BREATHLESS, "urgent": True})

    report = SymptomReport.objects.get()
    assert (report.respondent, report.carer is not None) == ("carer", True)


def test_what_cannot_be_heard_is_put_before_a_person(
    ada: Patient, ada_api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    monkeypatch.setattr("symptoms.flow.refused.understand", fail)

    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": BREATHLESS, "comment": "hello"})

    assert answer.status_code == 400
    assert Alert.objects.get().rules == ["COULD-NOT-ASSESS"]
    assert call_team(ada, timezone.now())["phone"] in message_of(answer)


def test_a_report_that_breaks_on_our_side_is_put_before_a_person(
    ada: Patient, ada_api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    for module in ("assess", "report"):
        monkeypatch.setattr(f"symptoms.flow.{module}.stored", fail)

    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": WELL})

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "unavailable")
    assert call_team(ada, timezone.now())["phone"] in message_of(answer)
    assert Alert.objects.get().rules == ["COULD-NOT-ASSESS"]


def test_a_body_that_stalls_on_its_way_says_once_whom_to_call(
    ada: Patient, ada_api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stall(*args: Any, **kwargs: Any) -> bytes:
        raise BlockingIOError("no more bytes came")

    monkeypatch.setattr("django.core.handlers.wsgi.LimitedStream.read", stall)

    answer = ada_api.post(REPORTS, {"client_id": new_id(), "answers": WELL})

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "unavailable")
    assert message_of(answer).count(call_team(ada, timezone.now())["phone"]) == 1


@pytest.mark.parametrize("words", ["   ", "\n\t", "\u2003"])
def test_a_message_of_nothing_but_spaces_is_refused(ada_api: APIClient, words: str) -> None:
    """As the document says."""
    talk = ada_api.post("/api/v1/conversations", {"client_id": new_id()}).json()["conversation"]["id"]

    answer = ada_api.post(f"/api/v1/conversations/{talk}/messages", {"client_id": new_id(), "text": words})

    assert (answer.status_code, [*answer.json()["error"]["fields"]]) == (400, ["text"])


# Bodies that are no JSON


BROKEN: dict[str, bytes] = {
    "cut off": b'{"client_id": "1", "text": "my lips are blue',
    "another encoding": '{"text": "é my lips are blue"}'.encode("latin-1"),
    "nul": b'{"text": "my lips are blue \\u0000"}',
    "a list": b'["my lips are blue"]',
    "a text": b'"my lips are blue"',
    "twice": b'{"text": "a", "text": "my lips are blue"}',
    "no number": b'{"text": "my lips are blue", "number": NaN}',
    "deep": b'{"text": "my lips are blue", "a": ' + b"[" * 10 + b"]" * 10 + b"}",
    "hundreds of levels deep": b'{"a": ' + b"[" * 600 + b'"my lips are blue"' + b"]" * 600 + b"}",
    "deeper than can be read": b'{"a": ' + b"[" * 9000 + b'"my lips are blue"' + b"]" * 9000 + b"}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=list(BROKEN))
def test_danger_in_a_body_that_is_no_json_is_heard(ada_api: APIClient, body: bytes) -> None:
    of_no_report = f"{REPORTS}/{new_id()}/amendments"
    for path in (messages(ada_api), REPORTS, f"{REPORTS}/batch", of_no_report):
        answer = send_raw(ada_api, path, body)
        assert answer.status_code == (404 if path == of_no_report else 400)
        assert "Call 112 now" in message_of(answer)
    assert Alert.objects.get(problem="respiratory").urgency == 4


@pytest.mark.parametrize("half", ["\\ud83d", "\\uDE37"], ids=["first", "second"])
def test_half_an_emoji_where_a_phone_cut_a_text_off_is_no_reason_to_refuse_it(ada_api: APIClient, half: str) -> None:
    path, told = messages(ada_api), rf'"My lips are blue \ud83d\ude37 {half}"'
    message = f'{{"client_id": "{new_id()}", "text": {told}}}'
    kept = f'{{"client_id": "{new_id()}", "answers": {{"symptoms": "other", "other.text": {told}, "{half}": 1}}}}'

    taken = send_raw(ada_api, path, message.encode())
    batch = send_raw(ada_api, f"{REPORTS}/batch", f'{{"reports": [{kept}]}}'.encode())

    assert (taken.status_code, taken.json()["advice"]["urgency"]) == (200, "emergency")
    assert send_raw(ada_api, path, message.encode()).json() == taken.json()
    assert (batch.status_code, [one["status"] for one in batch.json()["results"]]) == (207, [201])
    assert "My lips are blue \N{FACE WITH MEDICAL MASK} \N{REPLACEMENT CHARACTER}" in str(batch.json())


def test_danger_in_a_form_is_heard(ada_api: APIClient) -> None:
    answer = send_raw(ada_api, messages(ada_api), b"text=my+lips+are+blue", "application/x-www-form-urlencoded")

    assert answer.status_code == 415
    assert "Call 112 now" in message_of(answer)


def test_danger_in_a_body_that_is_too_large_is_heard(ada_api: APIClient) -> None:
    body = json.dumps({"text": "my lips are blue. " + "x" * 1_000_000}).encode()

    answer = send_raw(ada_api, messages(ada_api), body)

    assert answer.status_code == 413
    assert "Call 112 now" in message_of(answer)


def test_what_is_no_json_and_tells_nothing_may_have_been_anything(ada: Patient, ada_api: APIClient) -> None:
    assert send_raw(ada_api, REPORTS, b'{"answers": {"sym').status_code == 400
    assert Alert.objects.get().rules == ["COULD-NOT-ASSESS"]
    assert send_raw(ada_api, REPORTS, b"").status_code == 400


# Messages


@pytest.mark.parametrize(("length", "status"), [(MAX_TEXT_LENGTH, 200), (MAX_TEXT_LENGTH + 1, 400)])
def test_a_text_has_so_many_characters_and_danger_at_its_end_is_heard_in_either_case(
    ada_api: APIClient, length: int, status: int
) -> None:
    danger = "My lips are blue."
    words = (FILLER * 200)[: length - len(danger)] + danger

    answer = ada_api.post(messages(ada_api), {"client_id": new_id(), "text": words})

    assert answer.status_code == status
    told = answer.json()["advice"]["headline"] if status == 200 else message_of(answer)
    assert "Call 112 now" in told
    assert Alert.objects.get(problem="respiratory").urgency == 4


@pytest.mark.parametrize("place", [0, 4_795, 4_995, 19_000])
def test_a_text_that_is_far_too_long_is_read_through(ada_api: APIClient, place: int) -> None:
    words = (FILLER * 420)[:place] + " my lips are blue " + (FILLER * 420)[place : MOST_READ - 18]

    ada_api.post(messages(ada_api), {"client_id": new_id(), "text": words})

    assert Alert.objects.get(problem="respiratory").urgency == 4


@pytest.mark.parametrize(("length", "is_told"), [(MOST_READ, False), (MOST_READ + 1, True)])
def test_a_text_that_cannot_be_read_through_is_put_before_a_person(
    ada_api: APIClient, length: int, is_told: bool
) -> None:
    ada_api.post(messages(ada_api), {"client_id": new_id(), "text": "x" * length})

    assert Alert.objects.filter(rules=["COULD-NOT-ASSESS"]).exists() == is_told


def test_a_long_text_without_danger_is_refused_with_the_numbers_and_disturbs_nobody(
    ada: Patient, ada_api: APIClient
) -> None:
    answer = ada_api.post(messages(ada_api), {"client_id": new_id(), "text": "x" * (MAX_TEXT_LENGTH + 1)})

    assert list(answer.json()["error"]["fields"]) == ["text"]
    assert call_team(ada, timezone.now())["phone"] in message_of(answer)
    assert "112" in message_of(answer)
    assert not Alert.objects.exists()
    assert not Message.objects.filter(sender="patient").exists()


WRONG_MESSAGES: dict[str, dict[str, Any]] = {
    "two answers": {"text": "I cannot breathe", "choice": "no"},
    "a field too many": {"text": "I cannot breathe", "mood": 1},
    "a wrong id": {"text": "I cannot breathe", "client_id": "1"},
    "a list": {"text": ["I cannot breathe"]},
    "a sign": {"choices": ["blue_or_grey"], "number": 1},
    "a long choice": {"choice": "I cannot breathe " + "x" * 60},
}


@pytest.mark.parametrize("body", WRONG_MESSAGES.values(), ids=list(WRONG_MESSAGES))
def test_danger_in_a_message_that_is_refused_is_heard(ada_api: APIClient, body: dict[str, Any]) -> None:
    answer = ada_api.post(messages(ada_api), {"client_id": new_id(), **body})

    assert answer.status_code == 400
    assert "Call 112 now" in message_of(answer)
    assert SymptomReport.objects.get().urgency == 4


def test_danger_said_in_a_talk_that_there_is_not_is_heard(ada_api: APIClient, ben_api: APIClient) -> None:
    answer = ben_api.post(messages(ada_api), {"client_id": new_id(), "text": "my lips are blue"})

    assert answer.status_code == 404
    assert "Call 112 now" in message_of(answer)
    assert SymptomReport.objects.get().patient.full_name == "Ben Baker"


def test_a_remark_about_suicide_in_a_message_that_is_refused_reaches_a_person(ada_api: APIClient) -> None:
    answer = ada_api.post(messages(ada_api), {"client_id": new_id(), "text": "I want to kill myself", "mood": 1})

    assert answer.status_code == 400
    assert "You are not alone" in message_of(answer)
    assert Alert.objects.get().rules == ["SELF-HARM"]


UNREADABLE_TIMES = ["yesterday", "2026-03-01T10:00:00", "", 5, None, [], "9999-12-31T23:59:59-23:59"]


@pytest.mark.parametrize("sent_at", UNREADABLE_TIMES, ids=str)
def test_a_time_that_cannot_be_read_is_no_reason_to_refuse_a_message(ada_api: APIClient, sent_at: Any) -> None:
    answer = ada_api.post(messages(ada_api), {"client_id": new_id(), "text": "my lips are blue", "sent_at": sent_at})

    assert answer.status_code == 200
    assert answer.json()["advice"]["urgency"] == "emergency"
    assert Message.objects.get(sender="patient").is_clock_wrong == (sent_at is not None)


def test_a_refusal_is_told_in_the_patients_language(ada: Patient, ada_api: APIClient) -> None:
    ada.language = "nl"
    ada.save()

    answer = ada_api.post(messages(ada_api), {"client_id": new_id()})

    assert "niet bij uw team aangekomen" in message_of(answer)


# Who is not let in


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("nl-BE,nl;q=0.9,en;q=0.8", "noodnummer"),
        ("it, de;q=0.5", "Notrufnummer"),
        ("xx", "emergency number"),
        ("", "emergency number"),
    ],
)
def test_whoever_is_not_let_in_is_told_what_to_do_in_the_language_of_the_phone(
    nobody_api: APIClient, wanted: str, words: str
) -> None:
    for token in ("", "Bearer wrong", "Bearer"):
        answer = nobody_api.get("/api/v1/me", HTTP_AUTHORIZATION=token, HTTP_ACCEPT_LANGUAGE=wanted)
        assert answer.status_code == 401
        assert words in message_of(answer)


def test_nobody_and_staff_say_nothing_in_a_patients_name(nobody_api: APIClient, kim_api: APIClient) -> None:
    for api, status in ((nobody_api, 401), (kim_api, 403)):
        assert api.post(REPORTS, {"answers": BREATHLESS}).status_code == status
    assert not Alert.objects.exists()
