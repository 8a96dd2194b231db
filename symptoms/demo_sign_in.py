"""The second factor of the demonstration staff: one secret, known to everybody, on local machines only."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from symptoms.demo_password import SECRET
from symptoms.models import User
from symptoms.sign_in.showing import CODE_LIFETIME
from symptoms.sign_in.throttle import was_used


def set_up_app(user: User) -> None:
    """Give somebody of the demonstration the second factor that everybody knows, if they have none."""
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, SECRET)


def code_for(username: str) -> str | None:
    """A code that is right now and was not used yet; None when all three are used: wait half a minute."""
    step = int(time.time()) // app_settings.TOTP_PERIOD
    codes = [format_hotp_value(hotp_value(SECRET, step + offset)) for offset in (0, -1, 1)]
    return next((code for code in codes if not was_used(username, code, CODE_LIFETIME)), None)
