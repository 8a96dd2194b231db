"""A check-in over the mobile API: the instruction is in the same reply, and the alert exists with it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.models import Assessment, Message, Patient, Practitioner, SymptomReport
from symptoms.wording import text

Turn = dict[str, Any]

SORES: dict[str, dict[str, Any]] = {
    "mouth_sores.count": {"number": 4},
    "mouth_sores.onset_on": {"number": 2},
    "mouth_sores.intake": {"choice": "reduced"},
    "mouth_sores.severity": {"choice": "2"},
    "mouth_sores.interference": {"choice": "3"},
    "mouth_sores.bath_started": {"choice": "no"},
    "fever.temperature_c": {"number": 36.9},
}


def begin(api: APIClient) -> Turn:
    response = api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())})
    assert response.status_code == 201
    turn: Turn = response.json()
    return turn


def say(api: APIClient, turn: Turn, **message: Any) -> Turn:
    path = f"/api/v1/conversations/{turn['conversation']['id']}/messages"
    response = api.post(path, {"client_id": str(uuid.uuid4()), **message})
    assert response.status_code == 200, response.json()
    answer: Turn = response.json()
    return answer


def finish(api: APIClient, turn: Turn, answers: dict[str, dict[str, Any]]) -> Turn:
    """Answer whatever is asked until the check-in is over."""
    while turn["expects"] is not None:
        turn = say(api, turn, **answers[turn["expects"]["slot"]])
    return turn


def test_a_turn_has_the_shape_of_the_contract(ada_api: APIClient) -> None:
    turn = begin(ada_api)

    assert set(turn) == {"conversation", "messages", "expects", "advice", "report"}
    assert turn["conversation"]["status"] == "open"
    assert [message["sender"] for message in turn["messages"]] == ["bot", "bot"]
    assert turn["expects"]["slot"] == "symptoms"
    assert turn["expects"]["type"] == "choices"
    assert turn["expects"]["options"][0] == {
        "value": "mouth_sores",
        "label": text("en", "option.symptoms", "mouth_sores"),
    }
    assert turn["expects"]["options"][-1]["value"] == "unknown"
    assert turn["advice"] is None
    assert turn["report"] is None


@pytest.mark.source("S-11")
def test_four_sores_that_make_eating_hard_are_urgent_in_the_same_reply(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner
) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores"])
    assert turn["advice"] is None

    turn = say(ada_api, turn, number=4)

    assert turn["advice"]["urgency"] == "urgent"
    assert any(turn["advice"]["headline"] in message["text"] for message in turn["messages"])
    assert "112" in [action.get("phone") for action in turn["advice"]["actions"]]
    assert [reason["rule"] for reason in turn["advice"]["reasons"]] == ["MOUTH-COUNT"]
    alert = Alert.objects.get(patient=ada)
    assert (alert.problem, alert.rules) == ("mouth", ["MOUTH-COUNT"])
    assert alert.notifications.get().recipient == nurse_kim

    turn = finish(ada_api, turn, SORES)

    assert turn["conversation"]["status"] == "closed"
    assert turn["advice"]["urgency"] == "urgent"
    report = ada_api.get(f"/api/v1/reports/{turn['report']['id']}").json()
    assert report["status"] == "complete"
    assert report["urgency"] == "urgent"
    assert {finding["rule"] for finding in report["findings"]} == {"MOUTH-COUNT", "MOUTH-INTAKE", "MOUTH-SEVERE"}
    assert report["findings"][0]["source"] == "S-11"
    assert Alert.objects.get(patient=ada).rules == ["MOUTH-COUNT", "MOUTH-INTAKE", "MOUTH-SEVERE"]


def test_an_emergency_ends_the_questions(ada_api: APIClient, ada: Patient, nurse_kim: Practitioner) -> None:
    turn = say(ada_api, begin(ada_api), choices=["dyspnea"])
    assert turn["expects"]["slot"] == "red_flags", "signs of danger come first"

    turn = say(ada_api, turn, choices=["blue_or_grey"])

    assert turn["expects"] is None
    assert turn["conversation"]["status"] == "closed"
    assert turn["advice"]["urgency"] == "emergency"
    assert turn["advice"]["actions"][0]["phone"] == "112"
    assert "112" in turn["advice"]["headline"]
    assert [one.kind for one in Assessment.objects.all()] == ["final"], "it is judged and told once"
    assert [event.kind for event in Alert.objects.get().events.all()] == ["raised"]


def test_nothing_to_report_says_what_to_watch_for_and_never_that_all_is_well(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choices=["none"])

    assert turn["conversation"]["status"] == "closed"
    assert turn["advice"]["urgency"] == "none"
    assert text("en", "advice.none", "text", clinic_phone="+32 2 555 01 00") in turn["advice"]["text"]


def test_a_repeated_message_gets_the_same_turn_and_changes_nothing(ada_api: APIClient, ada: Patient) -> None:
    turn = begin(ada_api)
    path = f"/api/v1/conversations/{turn['conversation']['id']}/messages"
    message = {"client_id": str(uuid.uuid4()), "choices": ["mouth_sores"]}

    first, again = ada_api.post(path, message), ada_api.post(path, message)
    other = ada_api.post(path, {**message, "choices": ["cough"]})

    assert first.json() == again.json()
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "client_id_conflict"
    assert Message.objects.filter(sender="patient").count() == 1


def test_an_open_conversation_is_taken_up_where_it_stands(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores"])

    resumed = ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())})

    assert resumed.status_code == 200
    assert resumed.json()["conversation"] == turn["conversation"]
    assert resumed.json()["expects"]["slot"] == "mouth_sores.count"
    assert resumed.json()["messages"] == turn["messages"]


def test_an_answer_out_of_range_is_asked_for_again_and_after_two_repeats_is_unknown(
    ada_api: APIClient, nurse_kim: Practitioner
) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores"])
    for _ in range(2):
        turn = say(ada_api, turn, number=200)
        assert turn["expects"]["slot"] == "mouth_sores.count"
        assert "0 to 99" in turn["messages"][0]["text"]

    turn = say(ada_api, turn, number=200)

    assert turn["expects"]["slot"] == "mouth_sores.onset_on"
    assert turn["advice"]["urgency"] == "urgent", "an unknown count may be more than three"
    assert SymptomReport.objects.get().answers["mouth_sores.count"] == "unknown"


def test_a_correction_is_kept_beside_the_first_answer_and_lowers_nothing(
    ada_api: APIClient, ada: Patient, nurse_kim: Practitioner
) -> None:
    turn = say(ada_api, say(ada_api, begin(ada_api), choices=["mouth_sores"]), number=4)
    turn = say(ada_api, say(ada_api, turn, choice="back"), number=2)

    report = SymptomReport.objects.get()
    assert report.answers["mouth_sores.count"] == 2
    assert [(one["slot"], one["was"], one["now"]) for one in report.corrections] == [("mouth_sores.count", 4, 2)]
    assert turn["advice"]["urgency"] == "urgent"
    assert Alert.objects.get(patient=ada).urgency == 3


def test_dropping_a_symptom_drops_its_answers(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores", "other"])
    turn = say(ada_api, turn, number=1)
    turn = say(ada_api, say(ada_api, turn, choice="back"), choice="back")
    assert turn["expects"]["slot"] == "symptoms"

    turn = say(ada_api, turn, choices=["other"])

    assert turn["expects"]["slot"] == "other.text"
    assert "mouth_sores.count" not in SymptomReport.objects.get().answers


def test_stopping_early_judges_what_is_there(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    turn = say(ada_api, say(ada_api, begin(ada_api), choices=["cough"]), choice="stop")

    assert turn["conversation"]["status"] == "closed"
    assert turn["advice"]["urgency"] == "urgent", "a cough of unknown severity"
    assert SymptomReport.objects.get().status == "complete"


@pytest.mark.source("S-03")
def test_something_else_is_one_tap_away(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    turn = say(ada_api, begin(ada_api), choice="something_else")
    assert turn["expects"] == {
        "slot": "other.text",
        "type": "text",
        "options": [{"value": "unknown", "label": "I don't know"}],
        "min": None,
        "max": None,
        "unit": None,
    }

    turn = say(ada_api, turn, text="my feet itch")

    turn = say(ada_api, turn, choice="yes")
    assert turn["expects"]["slot"] == "other_symptoms"
    turn = say(ada_api, turn, choices=["rash", "fatigue"])
    assert turn["expects"]["slot"] == "symptoms", "and is there anything else?"
    turn = say(ada_api, turn, choices=["none"])
    assert turn["advice"]["urgency"] == "routine"
    assert SymptomReport.objects.get().answers == {
        "symptoms": ["other"],
        "other.text": "my feet itch",
        "other.can_wait": "yes",
        "other_symptoms": {"rash": "unknown", "fatigue": "unknown"},
    }


def test_a_carer_may_answer(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choice="carer")
    assert turn["expects"]["slot"] == "symptoms"

    say(ada_api, turn, choices=["none"])

    assert SymptomReport.objects.get().respondent == "carer"


@pytest.mark.parametrize("write", [str, str.upper, lambda label: f" {label}. "])
def test_the_label_of_a_choice_may_be_typed(ada_api: APIClient, write: Any) -> None:
    turn = say(ada_api, begin(ada_api), text=write(text("en", "option.symptoms", "mouth_sores")))

    assert turn["expects"]["slot"] == "mouth_sores.count"


def test_numbers_may_be_typed(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    turn = say(ada_api, begin(ada_api), choices=["mouth_sores"])

    assert say(ada_api, turn, text=" 2 ")["expects"]["slot"] == "mouth_sores.onset_on"
    assert SymptomReport.objects.get().answers["mouth_sores.count"] == 2


def test_fahrenheit_is_read_back_in_celsius(ada_api: APIClient, nurse_kim: Practitioner) -> None:
    turn = say(ada_api, say(ada_api, begin(ada_api), choices=["fever"]), choices=["none"])
    turn = say(ada_api, turn, number=100.4)

    assert "38.0 °C" in turn["messages"][0]["text"]
    assert turn["advice"]["urgency"] == "urgent"


@pytest.mark.parametrize("sent", [34, 43, 93, 101.3, 110])
def test_an_app_lets_every_temperature_through(ada_api: APIClient, nurse_kim: Practitioner, sent: float) -> None:
    turn = say(ada_api, say(ada_api, begin(ada_api), choices=["fever"]), choices=["none"])
    assert turn["expects"]["min"] <= sent <= turn["expects"]["max"]

    say(ada_api, turn, number=sent)
    assert SymptomReport.objects.get().answers["fever.temperature_c"] == sent


@pytest.mark.parametrize("sent", [33.9, 43.1, 92.9, 110.1])
def test_what_is_a_temperature_on_neither_scale_is_asked_again(
    ada_api: APIClient, nurse_kim: Practitioner, sent: float
) -> None:
    turn = say(ada_api, say(ada_api, begin(ada_api), choices=["fever"]), choices=["none"])
    turn = say(ada_api, turn, number=sent)

    assert turn["expects"]["slot"] == "fever.temperature_c"
    assert "93" in turn["messages"][0]["text"], "both scales are named"


def test_a_message_to_a_closed_conversation_is_not_lost(ada_api: APIClient) -> None:
    closed = say(ada_api, begin(ada_api), choices=["none"])

    turn = say(ada_api, closed, choices=["cough"])

    assert turn["conversation"] == {"id": closed["conversation"]["id"], "status": "open"}
    assert turn["expects"]["slot"] == "red_flags"
    assert SymptomReport.objects.count() == 2


def test_the_transcript_has_every_word_in_order(ada_api: APIClient) -> None:
    turn = say(ada_api, begin(ada_api), choices=["none"])

    transcript = ada_api.get(f"/api/v1/conversations/{turn['conversation']['id']}").json()
    talks = ada_api.get("/api/v1/conversations").json()

    assert [message["sender"] for message in transcript["messages"]] == ["bot", "bot", "patient", "bot", "bot", "bot"]
    assert transcript["messages"][2]["text"] == text("en", "option.common", "none")
    assert set(talks) == {"next", "previous", "results"}
    assert [talk["id"] for talk in talks["results"]] == [turn["conversation"]["id"]]
