"""Signs and verifies calls between machines, as the Standard Webhooks specification has it. PURE.

The signature covers the id, the moment and the body, so none can be changed; the moment keeps an old call from
being played again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

TOLERANCE_SECONDS: Final = 300
"""How far the moment of a call may lie from ours."""


class NotSigned(Exception):
    """The call does not come from who shares the secret, was changed, or is too old."""


def sign(secret: str, *, identity: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a call made at `at`, in seconds since 1970."""
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{_signature(secret, identity, str(at), body)}",
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, *, now: float) -> str:
    """The id of a call that is really signed with the secret, and recent. Raises NotSigned."""
    identity, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not secret or not identity or not (at.isascii() and at.isdigit() and len(at) < 12):
        raise NotSigned("headers are missing")
    expected = _signature(secret, identity, at, body).encode()
    given = [part.removeprefix("v1,").encode() for part in headers.get("webhook-signature", "").split()]
    if not any(hmac.compare_digest(expected, one) for one in given):
        raise NotSigned("the signature is another")
    if abs(now - int(at)) > TOLERANCE_SECONDS:
        raise NotSigned("the call is too old")
    return identity


def _signature(secret: str, identity: str, at: str, body: bytes) -> str:
    signed = f"{identity}.{at}.".encode() + body
    return base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    """A secret that begins with `whsec_` is base64, as the specification writes it; any other is taken as it is."""
    return base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
