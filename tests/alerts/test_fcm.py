"""FCM against a local Google: the access token is asked for with a signed assertion, then the message is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pytest_django import Settings

from alerts.transports import fcm
from alerts.transports.fcm import send_fcm
from alerts.transports.transport import Sent
from tests.alerts.http_sink import Received, Reply, reply, running_http_sink

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EMAIL = "sender@project.example"


class FakeGoogle:
    """Gives out access tokens for assertions that are signed by KEY, and takes messages of the newest one."""

    def __init__(self) -> None:
        self.url = ""
        self.messages: list[dict[str, Any]] = []
        self.tokens_given = 0
        self.life_s = 3600
        self.token_reply: Reply | None = None
        self.message_reply = reply(200, {"name": "projects/everolimus/messages/1"})

    def answer(self, request: Received) -> Reply:
        if request.path == "/token":
            return self.token_reply or self._give_token(request)
        assert request.path == "/v1/projects/everolimus/messages:send"
        if request.headers["authorization"] != f"Bearer token-{self.tokens_given}":
            return reply(401, {"error": {"status": "UNAUTHENTICATED"}})
        self.messages.append(json.loads(request.body)["message"])
        return self.message_reply

    def _give_token(self, request: Received) -> Reply:
        form = request.form
        assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        head, claims, signature = form["assertion"].split(".")
        KEY.public_key().verify(decode(signature), f"{head}.{claims}".encode(), PKCS1v15(), hashes.SHA256())
        said = json.loads(decode(claims))
        assert (said["iss"], said["aud"]) == (EMAIL, f"{self.url}/token")
        self.tokens_given += 1
        return reply(200, {"access_token": f"token-{self.tokens_given}", "expires_in": self.life_s})


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture
def google(settings: Settings, tmp_path: Path) -> Iterator[FakeGoogle]:
    google = FakeGoogle()
    with running_http_sink(google.answer) as sink:
        google.url = settings.FCM_URL = sink.url
        pem = KEY.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        account = {
            "project_id": "everolimus",
            "client_email": EMAIL,
            "token_uri": f"{sink.url}/token",
            "private_key": pem.decode(),
        }
        file = tmp_path / "account.json"
        file.write_text(json.dumps(account))
        settings.FCM_CREDENTIALS = str(file)
        yield google


def send() -> Sent:
    return send_fcm(token="phone-1", title="URGENT alert 7", body="Sign in", data={"url": "https://x"}, identity="n-1")


def test_a_message_reaches_one_installation_and_replaces_its_earlier_copy(google: FakeGoogle) -> None:
    sent = send()
    assert (sent.outcome, sent.provider_id) == ("accepted", "projects/everolimus/messages/1")
    [message] = google.messages
    assert message["token"] == "phone-1"
    assert message["notification"] == {"title": "URGENT alert 7", "body": "Sign in"}
    assert message["android"]["collapse_key"] == message["apns"]["headers"]["apns-collapse-id"] == "n-1"


def test_the_access_token_is_kept_until_it_is_about_to_end(google: FakeGoogle) -> None:
    send()
    send()
    assert google.tokens_given == 1


def test_an_access_token_that_ends_soon_is_not_kept(google: FakeGoogle) -> None:
    google.life_s = fcm.RENEW_BEFORE_SECONDS
    assert [send().outcome, send().outcome] == ["accepted", "accepted"]
    assert google.tokens_given == 2


def test_a_refused_access_token_is_replaced_at_the_next_try(google: FakeGoogle) -> None:
    send()
    google.tokens_given = 5
    assert send().outcome == "temporary_failure"
    assert send().outcome == "accepted"


@pytest.mark.parametrize(
    ("status", "error", "outcome", "kind"),
    [
        (404, {"details": [{"errorCode": "UNREGISTERED"}]}, "permanent_failure", "HTTP 404 UNREGISTERED"),
        (403, {"details": [{"errorCode": "SENDER_ID_MISMATCH"}]}, "permanent_failure", "HTTP 403 SENDER_ID_MISMATCH"),
        (
            400,
            {"details": [{"errorCode": "INVALID_ARGUMENT"}, {"fieldViolations": [{"field": "message.token"}]}]},
            "permanent_failure",
            "HTTP 400 INVALID_ARGUMENT",
        ),
        (400, {"details": [{"errorCode": "INVALID_ARGUMENT"}]}, "temporary_failure", "HTTP 400 INVALID_ARGUMENT"),
        (404, {"status": "NOT_FOUND"}, "temporary_failure", "HTTP 404"),
        (429, {"details": [{"errorCode": "QUOTA_EXCEEDED"}]}, "temporary_failure", "HTTP 429 QUOTA_EXCEEDED"),
        (503, None, "temporary_failure", "HTTP 503"),
    ],
)
def test_only_what_is_about_the_installation_is_permanent(
    google: FakeGoogle, status: int, error: object, outcome: str, kind: str
) -> None:
    google.message_reply = reply(status, {"error": error})
    sent = send()
    assert (sent.outcome, sent.error) == (outcome, kind)


@pytest.mark.parametrize("said", [reply(400, {"error": "invalid_grant"}), reply(200, {}), Reply(is_cut=True)])
def test_without_an_access_token_nothing_is_sent(google: FakeGoogle, said: Reply) -> None:
    google.token_reply = said
    sent = send()
    assert sent.outcome == "temporary_failure"
    assert sent.error.startswith("NoAccessToken")
    assert not google.messages


@pytest.mark.parametrize("content", ["", "{}", "no JSON"])
def test_a_broken_file_of_credentials_is_our_fault_and_passes(settings: Settings, tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(content)
    settings.FCM_CREDENTIALS = str(file)
    sent = send()
    assert sent.outcome == "temporary_failure"
    assert sent.error.startswith("BadCredentials")


def test_fcm_is_off_unless_configured(settings: Settings) -> None:
    settings.FCM_CREDENTIALS = ""
    assert send().error == "NotConfigured"
