"""Push messages to an app by Firebase Cloud Messaging (HTTP v1)."""

from __future__ import annotations

import base64
import functools
import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings

from alerts.models.notification import AttemptOutcome, Channel
from alerts.transports.carrier import Carrier
from alerts.transports.messages import Message
from alerts.transports.transport import Sent
from alerts.transports.web import Answer, post

logger = logging.getLogger(__name__)

SCOPE: Final = "https://www.googleapis.com/auth/firebase.messaging"
DEFAULT_LIFE_SECONDS: Final = 3600
RENEW_BEFORE_SECONDS: Final = 300
CALL_SECONDS: Final = 8.0
"""For the access token and for the message alike: with the wait below they keep within the budget of a send."""

WAIT_SECONDS: Final = 4.0
"""How long a thread waits for another one that is fetching the access token."""

BAD_TOKEN_CODES: Final = frozenset({"UNREGISTERED", "SENDER_ID_MISMATCH"})


class NoAccess(Exception):
    """Google gave no access token. The message is a kind of failure."""


def send_fcm(*, token: str, title: str, body: str, data: Mapping[str, str], identity: str) -> Sent:
    """Send a message to one installation of the app now. Never raises; returns within 20 seconds.

    A later message of the same `identity` replaces an earlier one (collapse key, and tag on the telephone).
    Permanent: the app was removed (UNREGISTERED), or the token is of another project or no token.
    """
    if not settings.FCM_CREDENTIALS:
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error="NotConfigured")
    try:
        account = read_account(settings.FCM_CREDENTIALS)
        access = _access.get(account)
    except NoAccess as error:
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error=str(error))
    except Exception as error:
        logger.exception("fcm_credentials_unusable")
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error=f"BadCredentials {type(error).__name__}")
    message = {
        "token": token,
        "notification": {"title": title, "body": body},
        "data": dict(data),
        "android": {"collapse_key": identity, "priority": "HIGH", "notification": {"tag": identity}},
        "apns": {"headers": {"apns-collapse-id": identity[:64], "apns-priority": "10"}},
    }
    answer = post(
        f"{settings.FCM_URL.rstrip('/')}/v1/projects/{account.project}/messages:send",
        content=json.dumps({"message": message}).encode(),
        headers={"Authorization": f"Bearer {access}", "Content-Type": "application/json"},
        total_seconds=CALL_SECONDS,
    )
    if answer.status == 401:
        _access.forget()
    return _read(answer)


def _read(answer: Answer) -> Sent:
    body = answer.json()
    if answer.is_success:
        return Sent(AttemptOutcome.ACCEPTED, provider_id=str(body.get("name", ""))[:200])
    details = _details_of(body)
    code = next((str(detail["errorCode"]) for detail in details if "errorCode" in detail), "")
    error = f"{answer.kind} {code}".strip()[:200]
    violations = [entry for detail in details for entry in detail.get("fieldViolations", [])]
    is_bad_token = code in BAD_TOKEN_CODES or any(entry.get("field") == "message.token" for entry in violations)
    outcome = AttemptOutcome.PERMANENT_FAILURE if is_bad_token else answer.outcome
    return Sent(outcome, error=error, is_address_bad=is_bad_token)


def _details_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    error = body.get("error")
    details = error.get("details") if isinstance(error, dict) else None
    return [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []


@dataclass(frozen=True, slots=True)
class Account:
    """The service account that sends for the Firebase project."""

    project: str
    email: str
    token_url: str
    key: RSAPrivateKey


@functools.lru_cache(maxsize=4)
def read_account(path: str) -> Account:
    """The service account in a file of the Firebase console. Raises OSError, ValueError or KeyError."""
    fields = json.loads(Path(path).read_text())
    key = serialization.load_pem_private_key(fields["private_key"].encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the private key is not RSA")
    return Account(fields["project_id"], fields["client_email"], fields["token_uri"], key)


class AccessTokens:
    """The access token in use, renewed some minutes before it ends. One thread renews, the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Account, str, float] | None = None

    def get(self, account: Account) -> str:
        """A token that still holds. Raises NoAccess."""
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise NoAccess("AccessTokenBusy")
        try:
            if self._held is None or self._held[0] is not account or self._held[2] < time.monotonic():
                self._held = (account, *_request_token(account))
            return self._held[1]
        finally:
            self._lock.release()

    def forget(self) -> None:
        """The token was refused: ask for another next time."""
        self._held = None


_access = AccessTokens()


def _request_token(account: Account) -> tuple[str, float]:
    """A new access token, and until when it is used by this process's monotonic clock."""
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": _assertion(account)}
    answer = post(account.token_url, form=form, total_seconds=CALL_SECONDS)
    body = answer.json()
    token, life = body.get("access_token"), body.get("expires_in", DEFAULT_LIFE_SECONDS)
    if not answer.is_success or not isinstance(token, str) or not isinstance(life, int):
        raise NoAccess(f"NoAccessToken {answer.kind}")
    return token, time.monotonic() + max(0, life - RENEW_BEFORE_SECONDS)


def _assertion(account: Account) -> str:
    """A JSON Web Token that says who we are, signed by the account's key (RFC 7523)."""
    now = int(time.time())
    claims = {"iss": account.email, "scope": SCOPE, "aud": account.token_url, "iat": now, "exp": now + 3600}
    parts = ({"alg": "RS256", "typ": "JWT"}, claims)
    signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
    signature = account.key.sign(signed, PKCS1v15(), hashes.SHA256())
    return b".".join([signed, _base64url(signature)]).decode()


def _base64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


class FcmTransport(Carrier):
    """Shown by the telephone; the app opens the link."""

    channel: ClassVar[Channel] = Channel.FCM

    def carry(self, message: Message, address: str) -> Sent:
        return send_fcm(
            token=address,
            title=message.subject,
            body=message.paragraphs[0],
            data={"kind": message.kind, "url": message.link},
            identity=message.identity,
        )
