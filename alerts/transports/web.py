"""Posts to a provider over HTTP within one time budget, and says what is known of the outcome."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from alerts.models.notification import AttemptOutcome

logger = logging.getLogger(__name__)

TOTAL_SECONDS: Final = 20.0
"""The whole call: name, connection, request, answer. A server that sends one byte at a time ends here too."""

TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0)
LONGEST_ANSWER: Final = 65_536
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})

NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""Errors after which the provider cannot have seen the request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered. `status` 0: nothing that can be read; `error` then names the kind of failure."""

    status: int = 0
    body: bytes = b""
    error: str = ""
    may_have_arrived: bool = False

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def kind(self) -> str:
        """The failure in a word or two: no address, no content."""
        return self.error or f"HTTP {self.status}"

    @property
    def outcome(self) -> AttemptOutcome:
        """As far as the status alone tells. Unknown: the provider may have accepted what it did not answer."""
        if self.is_success:
            return AttemptOutcome.ACCEPTED
        return AttemptOutcome.UNKNOWN if self.may_have_arrived else AttemptOutcome.TEMPORARY_FAILURE

    def json(self) -> Mapping[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}


def post(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    total_seconds: float = TOTAL_SECONDS,
) -> Answer:
    """Post once, follow no redirect, and return within the budget. Never raises."""
    request = {"headers": headers, "content": content, "data": form, "auth": auth}
    try:
        return asyncio.run(_post(url, request, total_seconds))
    except NEVER_SENT as error:
        return Answer(error=type(error).__name__)
    except (httpx.HTTPError, TimeoutError, OSError) as error:
        return Answer(error=type(error).__name__, may_have_arrived=True)
    except Exception as error:
        logger.exception("post_failed_unexpectedly")
        return Answer(error=type(error).__name__)


async def _post(url: str, request: Mapping[str, Any], total_seconds: float) -> Answer:
    async with (
        asyncio.timeout(total_seconds),
        httpx.AsyncClient(verify=_ssl_context(), timeout=TIMEOUT) as client,
        client.stream("POST", url, **request) as response,
    ):
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LONGEST_ANSWER:
                break
        return Answer(status=response.status_code, body=body[:LONGEST_ANSWER])


@functools.cache
def _ssl_context() -> ssl.SSLContext:
    """Made once: reading the certificates of all authorities takes longer than most calls."""
    return httpx.create_ssl_context()


def is_allowed(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address that somebody gave us may be called: HTTPS to one of the named hosts.

    A name that begins with a dot stands for all below it. Plain HTTP only on this machine, and named too.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        is_plain_address = parts.username is None and parts.password is None and parts.port != 0
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    is_named = any(host.endswith(name) if name.startswith(".") else host == name for name in map(str.lower, hosts))
    return bool(host) and is_safe and is_named and is_plain_address
