"""A browser that has subscribed to Web Push at a local push service, and can read what it gets."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from tests.alerts.http_sink import Received


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def make_vapid_key() -> str:
    """A private key as VAPID_PRIVATE_KEY has it."""
    key = ec.generate_private_key(ec.SECP256R1())
    return base64url(key.private_numbers().private_value.to_bytes(32, "big"))


@dataclass
class FakeBrowser:
    """Its keys never leave it; `subscription` is what a page hands to the server."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def subscription(self) -> dict[str, Any]:
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": base64url(public), "auth": base64url(self.auth)}}

    def read(self, request: Received) -> dict[str, Any]:
        """Decrypt a push message. Raises for one that is for another browser."""
        assert request.headers["content-encoding"] == "aes128gcm"
        plain = http_ece.decrypt(  # type: ignore[no-untyped-call]  # has no types
            request.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        read: dict[str, Any] = json.loads(plain)
        return read


def vapid_claims(request: Received) -> dict[str, Any]:
    """What the sender says of itself, once its signature has been verified."""
    authorization = request.headers["authorization"]
    assert Vapid02.verify(authorization)  # type: ignore[no-untyped-call]  # has no types
    token = authorization.split("t=")[1].split(",")[0]
    claims = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return read
