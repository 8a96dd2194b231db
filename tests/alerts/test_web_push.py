"""Web Push to a local push service: only the subscribed browser can read it, and the sender is signed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from alerts.transports.web_push import send_web_push, topic_of
from tests.alerts.browsers import FakeBrowser, make_vapid_key, vapid_claims
from tests.alerts.http_sink import HttpSink, Reply, reply, running_http_sink

PAYLOAD = {"title": "URGENT alert 7", "url": "https://clinic.example/"}


@pytest.fixture
def sink(settings: Settings) -> Iterator[HttpSink]:
    with running_http_sink(lambda _: Reply(201, b"")) as sink:
        settings.VAPID_PRIVATE_KEY = make_vapid_key()
        settings.VAPID_SUBJECT = "mailto:duty@clinic.example"
        settings.WEB_PUSH_HOSTS = ["127.0.0.1"]
        yield sink


@pytest.fixture
def browser(sink: HttpSink) -> FakeBrowser:
    return FakeBrowser(f"{sink.url}/push/abc")


def test_the_browser_reads_it_and_the_push_service_cannot(sink: HttpSink, browser: FakeBrowser) -> None:
    sent = send_web_push(subscription=browser.subscription, payload=PAYLOAD, identity="notification-1", ttl_seconds=60)
    assert (sent.outcome, sent.error) == ("accepted", "")
    [request] = sink.received
    assert browser.read(request) == PAYLOAD
    assert b"URGENT" not in request.body
    with pytest.raises(Exception, match="Decryption"):
        FakeBrowser(browser.endpoint).read(request)
    assert {name: request.headers[name] for name in ("ttl", "urgency", "topic")} == {
        "ttl": "60",
        "urgency": "high",
        "topic": topic_of("notification-1"),
    }


def test_the_sender_is_signed_for_this_push_service(sink: HttpSink, browser: FakeBrowser) -> None:
    send_web_push(subscription=browser.subscription, payload=PAYLOAD, identity="x")
    claims = vapid_claims(sink.received[0])
    assert (claims["aud"], claims["sub"]) == (sink.url, "mailto:duty@clinic.example")
    assert 0 < claims["exp"] - time.time() <= 24 * 60 * 60


def test_the_same_identity_has_the_same_topic_which_a_push_service_takes() -> None:
    assert topic_of("reminder-1") == topic_of("reminder-1") != topic_of("reminder-2")
    assert len(topic_of("x" * 500)) == 32


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "accepted"), (202, "accepted"), (404, "permanent_failure"), (410, "permanent_failure"),
     (400, "temporary_failure"), (403, "temporary_failure"), (413, "temporary_failure"), (429, "temporary_failure"),
     (500, "temporary_failure")],
)  # fmt: skip
def test_only_a_subscription_that_has_ended_is_permanent(
    sink: HttpSink, browser: FakeBrowser, status: int, outcome: str
) -> None:
    sink.answer = lambda _: reply(status)
    assert send_web_push(subscription=browser.subscription, payload=PAYLOAD, identity="x").outcome == outcome


@pytest.mark.parametrize("given", ["", "{", "[]", '{"endpoint": "https://x"}', {"endpoint": "x", "keys": {}}, {}])
def test_what_is_no_subscription_fails_for_good(sink: HttpSink, given: str | dict[str, object]) -> None:
    sent = send_web_push(subscription=given, payload=PAYLOAD, identity="x")
    assert sent.outcome == "permanent_failure"
    assert not sink.received


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:{port}/x", "https://169.254.169.254/latest/meta-data"])
def test_a_browser_cannot_make_us_call_another_host(
    sink: HttpSink, settings: Settings, endpoint: str, browser: FakeBrowser
) -> None:
    settings.WEB_PUSH_HOSTS = ["fcm.googleapis.com"]
    browser.endpoint = endpoint.format(port=sink.url.rpartition(":")[2])
    sent = send_web_push(subscription=browser.subscription, payload=PAYLOAD, identity="x")
    assert (sent.outcome, sent.error) == ("permanent_failure", "HostNotAllowed")
    assert not sink.received


@pytest.mark.parametrize("key", ["", "no key"])
def test_without_a_usable_key_of_ours_no_subscription_is_to_blame(
    browser: FakeBrowser, settings: Settings, key: str
) -> None:
    settings.VAPID_PRIVATE_KEY = key
    sent = send_web_push(subscription=browser.subscription, payload=PAYLOAD, identity="x")
    assert sent.outcome == "temporary_failure"
