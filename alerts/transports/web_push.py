"""Web Push: a message that only the subscribed browser can read, by way of its push service."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import time
from collections.abc import Mapping
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPusher

from alerts.models.notification import AttemptOutcome, Channel
from alerts.transports.carrier import Carrier
from alerts.transports.messages import Message
from alerts.transports.transport import Sent
from alerts.transports.web import is_allowed, post

logger = logging.getLogger(__name__)

GONE: Final = frozenset({404, 410})
TOKEN_SECONDS: Final = 60 * 60
"""How long the signed VAPID token holds; push services refuse more than a day."""


def send_web_push(
    *, subscription: str | Mapping[str, Any], payload: Mapping[str, object], identity: str, ttl_seconds: int = 3600
) -> Sent:
    """Send `payload` as JSON to a push subscription now. Never raises; returns within 20 seconds.

    `subscription` is what the browser gives (`endpoint`, `keys.p256dh`, `keys.auth`), also as JSON text. A later
    message of the same `identity` replaces an earlier one that still waits at the push service. Permanent:
    the subscription cannot be used, its service is not one of ours, or it has ended (404, 410).
    """
    if not settings.VAPID_PRIVATE_KEY:
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error="NotConfigured")
    try:
        endpoint, body = _encrypt(subscription, payload)
    except Exception as error:  # whatever a browser may have given us as its keys
        return Sent(
            AttemptOutcome.PERMANENT_FAILURE, error=f"BadSubscription {type(error).__name__}", is_address_bad=True
        )
    if not is_allowed(endpoint, settings.WEB_PUSH_HOSTS):
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error="HostNotAllowed", is_address_bad=True)
    try:
        signature = _sign(endpoint)
    except Exception as error:
        logger.exception("web_push_key_unusable")
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error=f"BadKey {type(error).__name__}")
    answer = post(
        endpoint,
        content=body,
        headers={
            **signature,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(ttl_seconds),
            "Urgency": "high",
            "Topic": topic_of(identity),
        },
    )
    if answer.status in GONE:
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error=answer.kind, is_address_bad=True)
    return Sent(answer.outcome, error="" if answer.is_success else answer.kind)


def topic_of(identity: str) -> str:
    """The identity as a Topic header: at most 32 characters of base64url."""
    return base64.urlsafe_b64encode(hashlib.sha256(identity.encode()).digest())[:32].decode()


def _encrypt(subscription: str | Mapping[str, Any], payload: Mapping[str, object]) -> tuple[str, bytes]:
    """Where the message goes, and the message for the browser's own key. Raises for what is no subscription."""
    given = json.loads(subscription) if isinstance(subscription, str) else subscription
    encrypted: bytes = WebPusher(given).encode(json.dumps(payload).encode(), "aes128gcm")["body"]
    return str(given["endpoint"]), encrypted


def _sign(endpoint: str) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": settings.VAPID_SUBJECT,
        "exp": int(time.time()) + TOKEN_SECONDS,
    }
    signed: dict[str, str] = read_key(settings.VAPID_PRIVATE_KEY).sign(claims)  # type: ignore[no-untyped-call]
    return signed


def read_key(text: str) -> Vapid02:
    """The key that signs our calls. Raises some exception for text that is none."""
    key: Vapid02 = Vapid02.from_string(text)  # type: ignore[no-untyped-call]  # has no types
    return key


class WebPushTransport(Carrier):
    """Shown by the browser; a click opens the link."""

    channel: ClassVar[Channel] = Channel.WEB_PUSH

    def carry(self, message: Message, address: str) -> Sent:
        payload = {
            "title": message.subject,
            "body": message.paragraphs[0],
            "url": message.link,
            "tag": message.identity,
        }
        return send_web_push(subscription=address, payload=payload, identity=message.identity)
