"""Remembers in a browser for which accounts somebody has signed in with it, so that strangers' tries do not delay them.

The cookie lets nobody in. It says only that tries from this browser are counted apart.
"""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE: Final = "known_device"
LIFETIME: Final = timedelta(days=180)
MOST_ACCOUNTS: Final = 40
"""Of a browser that a whole ward shares. The oldest is forgotten first."""


def known_device(request: HttpRequest, username: str) -> str | None:
    """The id of this browser, if somebody has signed in to this account with it."""
    device = _read(request)
    return device["id"] if device and _mark(username) in device["accounts"] else None


def is_known_browser(request: HttpRequest) -> bool:
    """Whether somebody of the staff has signed in with this browser, to whatever account."""
    return _read(request) is not None


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser know that this account was signed in to with it."""
    if known_device(request, username):
        return
    device = _read(request) or {"id": secrets.token_urlsafe(16), "accounts": []}
    accounts = [*device["accounts"], _mark(username)][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device["id"], "accounts": accounts}, salt=COOKIE),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any] | None:
    try:
        device: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return device


def _mark(username: str) -> str:
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return salted_hmac(COOKIE, name, algorithm="sha256").hexdigest()[:16]
