"""Mail by the API of a provider, through Anymail to a local server with the API of Postmark."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from alerts.transports.mail import compose_mail, send_mail
from alerts.transports.transport import Sent
from tests.alerts.http_sink import HttpSink, Reply, reply, running_http_sink

INACTIVE = "Found inactive addresses: kim@hospital.example. Inactive recipients are ones that bounced."


@pytest.fixture
def postmark(settings: Settings) -> Iterator[HttpSink]:
    with running_http_sink(lambda _: reply(200, accepted())) as sink:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "token",
            "POSTMARK_API_URL": f"{sink.url}/",
            "REQUESTS_TIMEOUT": (1, 1),
        }
        yield sink


def accepted() -> dict[str, object]:
    return {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": "kim@hospital.example", "SubmittedAt": "x"}


def send() -> Sent:
    return send_mail(compose_mail(identity="n-1", to="kim@hospital.example", subject="URGENT alert 7", body="Sign in"))


def test_the_provider_s_name_for_the_mail_is_kept_for_its_receipts(postmark: HttpSink) -> None:
    sent = send()
    assert (sent.outcome, sent.provider_id) == ("accepted", "pm-1")
    [request] = postmark.received
    assert request.headers["x-postmark-server-token"] == "token"
    mail = json.loads(request.body)
    assert (mail["To"], mail["Subject"]) == ("kim@hospital.example", "URGENT alert 7")
    assert {"Name": "Message-ID", "Value": "<n-1@127.0.0.1>"} in mail["Headers"]


@pytest.mark.parametrize("place", ["127.0.0.1:1", "no.such.host.invalid"])
def test_a_provider_that_was_never_reached_has_nothing(postmark: HttpSink, settings: Settings, place: str) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": f"http://{place}/"}
    assert send().outcome == "temporary_failure"


@pytest.mark.parametrize(
    ("said", "outcome", "is_address_bad"),
    [
        (reply(422, {"ErrorCode": 406, "Message": INACTIVE}), "permanent_failure", True),
        (reply(422, {"ErrorCode": 406, "Message": "in words that nobody has seen before"}), "unknown", False),
        (reply(401, {"ErrorCode": 10, "Message": "bad token"}), "temporary_failure", False),
        (reply(429, {}), "temporary_failure", False),
        (reply(500, {}), "temporary_failure", False),
        (Reply(is_cut=True), "unknown", False),
        (Reply(after_s=3), "unknown", False),
    ],
)
def test_how_a_provider_refuses(postmark: HttpSink, said: Reply, outcome: str, is_address_bad: bool) -> None:
    postmark.answer = lambda _: said
    sent = send()
    assert (sent.outcome, sent.is_address_bad) == (outcome, is_address_bad)
    assert "kim" not in sent.error
