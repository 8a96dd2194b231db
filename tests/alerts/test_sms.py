"""SMS through a local service with the API of Twilio: what it is sent, and how it refuses."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from alerts.transports.sms import send_sms
from tests.alerts.http_sink import HttpSink, Reply, reply, running_http_sink

ACCOUNT, TOKEN = "AC00000000000000000000000000000001", "secret/token"
NUMBER = "+32470123456"


@pytest.fixture
def sink(settings: Settings) -> Iterator[HttpSink]:
    with running_http_sink(lambda _: reply(201, {"sid": "SM1", "status": "queued"})) as sink:
        settings.SMS_URL = sink.url.replace("http://", f"http://{ACCOUNT}:secret%2Ftoken@")
        settings.SMS_FROM = "+32460000000"
        yield sink


def test_a_message_goes_to_the_account_with_its_token(sink: HttpSink) -> None:
    sent = send_sms(to=NUMBER, text="Ça attend ☎", callback="https://clinic.example/receipts/twilio")
    assert (sent.outcome, sent.provider_id, sent.error) == ("accepted", "SM1", "")
    [request] = sink.received
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode() == f"{ACCOUNT}:{TOKEN}"
    assert request.form == {
        "To": NUMBER,
        "From": "+32460000000",
        "Body": "Ça attend ☎",
        "StatusCallback": "https://clinic.example/receipts/twilio",
    }


def test_a_messaging_service_may_be_the_sender(sink: HttpSink, settings: Settings) -> None:
    settings.SMS_FROM = "MG123"
    send_sms(to=NUMBER, text="x")
    assert sink.received[0].form == {"To": NUMBER, "MessagingServiceSid": "MG123", "Body": "x"}


@pytest.mark.parametrize(
    ("status", "code", "outcome", "error"),
    [
        (400, 21211, "permanent_failure", "HTTP 400 21211"),
        (400, 21610, "permanent_failure", "HTTP 400 21610"),
        (400, 21614, "permanent_failure", "HTTP 400 21614"),
        (400, 21606, "temporary_failure", "HTTP 400 21606"),
        (401, 20003, "temporary_failure", "HTTP 401 20003"),
        (404, 20404, "temporary_failure", "HTTP 404 20404"),
        (429, 20429, "temporary_failure", "HTTP 429 20429"),
        (503, None, "temporary_failure", "HTTP 503"),
    ],
)
def test_only_what_is_about_the_number_is_permanent(
    sink: HttpSink, status: int, code: int | None, outcome: str, error: str
) -> None:
    sink.answer = lambda _: reply(status, {"code": code, "message": f"about {NUMBER}"})
    sent = send_sms(to=NUMBER, text="x")
    assert (sent.outcome, sent.error) == (outcome, error)
    assert NUMBER not in sent.error


def test_a_page_that_answers_200_but_is_no_provider_is_not_believed(sink: HttpSink) -> None:
    sink.answer = lambda _: Reply(200, b"<html>Please sign in to this network</html>")
    assert send_sms(to=NUMBER, text="x").outcome == "unknown"


def test_accepted_and_then_silent_is_unknown(sink: HttpSink) -> None:
    sink.answer = lambda _: Reply(201, b'{"sid": "SM1"}', is_cut=True)
    assert send_sms(to=NUMBER, text="x").outcome == "unknown"
    assert len(sink.received) == 1


def test_a_provider_that_is_away_is_a_passing_failure(settings: Settings) -> None:
    settings.SMS_URL = f"http://{ACCOUNT}:t@127.0.0.1:1"
    assert send_sms(to=NUMBER, text="x").outcome == "temporary_failure"


def test_without_a_provider_nothing_is_sent_and_nobody_is_told_that_the_number_is_bad(settings: Settings) -> None:
    settings.SMS_URL = ""
    sent = send_sms(to=NUMBER, text="x")
    assert (sent.outcome, sent.error) == ("temporary_failure", "NotConfigured")
