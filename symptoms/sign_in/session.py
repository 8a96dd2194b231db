"""What a session of the clinician site knows about how its owner signed in, and when it ends."""

from __future__ import annotations

import time
from datetime import timedelta
from enum import StrEnum
from typing import Final

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from symptoms.models import User

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
ENROLLING: Final = timedelta(minutes=30)
"""For so long a session that has only a password may set up a second factor."""


class Limit(StrEnum):
    """What ends a session: half an hour without a click, twelve hours, or too long without a second factor."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    ENROLLING = "enrolling"


CLICKED_AT: Final = "clicked_at"
NOTED_EVERY_S: Final = 60.0


def is_verified(request: HttpRequest) -> bool:
    """Whether the owner of this session has shown a second factor in it."""
    return _first(request, "mfa") is not None


def verify_by_enrolling(request: HttpRequest, kind: Authenticator.Type) -> None:
    """Setting up a factor shows that one has it. The session gets another key."""
    user = request.user
    assert isinstance(user, User)
    if not is_verified(request):
        record_authentication(request, user, "mfa", type=kind)
        request.session.cycle_key()


def has_factor(user: User) -> bool:
    """Whether somebody has set up a second factor, with which they have to sign in."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def time_left(request: HttpRequest) -> tuple[float, Limit]:
    """For how many seconds this session still lasts, less than 0 when it is over, and which limit ends it first."""
    now = time.time()
    verified_at = _first(request, "mfa")
    if verified_at is None:
        began_at = _first(request, "password")
        return (began_at - now + ENROLLING.total_seconds() if began_at is not None else -1.0), Limit.ENROLLING
    clicked_at = request.session.get(CLICKED_AT, verified_at)
    left = {
        Limit.IDLE: clicked_at - now + IDLE.total_seconds(),
        Limit.ABSOLUTE: verified_at - now + ABSOLUTE.total_seconds(),
    }
    limit = min(left, key=left.__getitem__)
    return left[limit], limit


def is_click(request: HttpRequest) -> bool:
    """Whether a person asked for this, and not a page that keeps itself up to date.

    Browsers say of what scripts fetch that it is for no document; a script may say so itself by `X-Background`.
    """
    if request.method not in ("GET", "HEAD"):
        return True
    return "X-Background" not in request.headers and request.headers.get("Sec-Fetch-Dest", "document") == "document"


def note_click(request: HttpRequest) -> None:
    """Keep the session alive, with one write a minute at most."""
    now = time.time()
    if is_click(request) and now - request.session.get(CLICKED_AT, 0) > NOTED_EVERY_S:
        request.session[CLICKED_AT] = now


def _first(request: HttpRequest, method: str) -> float | None:
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return next((float(one["at"]) for one in records if one["method"] == method), None)
