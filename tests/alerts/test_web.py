"""One HTTP call to a provider: its time budget, and what is known when no answer comes."""

from __future__ import annotations

import time

import pytest

from alerts.transports.web import LONGEST_ANSWER, is_allowed, post
from tests.alerts.http_sink import Reply, reply, running_http_sink


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "accepted"), (299, "accepted"), (300, "temporary_failure"), (404, "temporary_failure"),
     (429, "temporary_failure"), (500, "temporary_failure")],
)  # fmt: skip
def test_a_status_is_a_yes_or_a_passing_no(status: int, outcome: str) -> None:
    with running_http_sink(lambda _: reply(status)) as sink:
        answer = post(sink.url)
    assert (answer.status, answer.outcome) == (status, outcome)


def test_a_redirect_is_not_followed() -> None:
    with running_http_sink(lambda _: reply(307)) as sink:
        assert post(f"{sink.url}/moved").status == 307
    assert len(sink.received) == 1


def test_a_provider_that_is_away_has_surely_not_accepted() -> None:
    answer = post("http://127.0.0.1:1/")
    assert (answer.status, answer.outcome, answer.kind) == (0, "temporary_failure", "ConnectError")


@pytest.mark.parametrize("said", [Reply(after_s=5), Reply(is_cut=True), Reply(body=b"x" * 100, drip_s=0.05)])
def test_a_provider_whose_answer_is_lost_may_have_accepted(said: Reply) -> None:
    began = time.monotonic()
    with running_http_sink(lambda _: said) as sink:
        answer = post(sink.url, content=b"a page", total_seconds=0.5)
        assert time.monotonic() - began < 5, "before the provider had come to an end"
        assert sink.received[0].body == b"a page"
    assert (answer.status, answer.outcome) == (0, "unknown")


def test_an_endless_answer_is_cut_off() -> None:
    with running_http_sink(lambda _: Reply(body=b"x" * 1_000_000)) as sink:
        answer = post(sink.url)
    assert (answer.status, len(answer.body)) == (200, LONGEST_ANSWER)


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"\xff"])
def test_an_answer_that_is_no_object_reads_as_empty(body: bytes) -> None:
    with running_http_sink(lambda _: Reply(body=body)) as sink:
        assert post(sink.url).json() == {}


@pytest.mark.parametrize(
    ("url", "is_ok"),
    [
        ("https://push.example/x", True),
        ("https://PUSH.example:8443/x", True),
        ("https://a.notify.example/x", True),
        ("https://notify.example/x", False),
        ("https://evilnotify.example/x", False),
        ("https://push.example.evil/x", False),
        ("http://push.example/x", False),
        ("https://user@push.example/x", False),
        ("https://127.0.0.1/x", False),
        ("http://169.254.169.254/latest", False),
        ("ftp://push.example/x", False),
        ("https://[broken", False),
        ("https://push.example:99999999/", False),
        ("push.example", False),
        ("", False),
    ],
)
def test_only_named_hosts_are_called_and_only_over_https(url: str, is_ok: bool) -> None:
    assert is_allowed(url, ["push.example", ".notify.example"]) == is_ok


def test_plain_http_is_for_this_machine_alone_and_only_when_named() -> None:
    assert is_allowed("http://127.0.0.1:9/x", ["127.0.0.1"])
    assert not is_allowed("http://127.0.0.1:9/x", ["push.example"])
