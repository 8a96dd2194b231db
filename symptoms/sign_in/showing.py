"""Whether a code typed beside a password is right: so that no tries of others keep out who has both."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import HttpRequest

from symptoms.models import User
from symptoms.sign_in.telling import FREE_GUESSES, tell_of_guessing
from symptoms.sign_in.throttle import blind_key, count_try, factor_key, forgive, recovery_key, was_used

CODE_LIFETIME: Final = timedelta(seconds=90)


def shows_factor(request: HttpRequest, username: str, user: User | None, code: str) -> bool:
    """Whether `code` is one of the app of `user`, or a recovery code that is left; it is not used up.

    `user` None: the password was wrong. The same is done then as for a right one, so that nobody learns which it was.
    After a right password codes are counted as on the page that asks for them, and the owner is told of wrong ones.
    """
    key = blind_key(username) if user is None else factor_key(request, username)
    number = count_try(key)
    factors = list(Authenticator.objects.filter(user=user and user.pk))
    if number is None:
        is_judged = may_recover(request, username, code)
        factors = [one for one in factors if is_judged and one.type == Authenticator.Type.RECOVERY_CODES]
    is_right = any(_is_right(one, username, code) for one in factors)
    if is_right:
        forgive(key)
    elif user is not None and number == FREE_GUESSES:
        tell_of_guessing(user)
    return is_right


def may_recover(request: HttpRequest, username: str, code: str) -> bool:
    """Whether a code that comes while codes are delayed is judged as a recovery code: not too many of these from here.

    Who types codes of the app, anywhere, delays only these: a recovery code has ten digits and is not found by trying.
    """
    return is_like_recovery_code(code) and count_try(recovery_key(request, username)) is not None


def is_like_recovery_code(code: str) -> bool:
    return code.isdecimal() and len(code) == settings.MFA_RECOVERY_CODE_DIGITS


def is_recovery_code(user: User, code: str) -> bool:
    """Whether this is a recovery code of somebody, which is left; it is not used up."""
    factors = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return any(_is_right(one, user.get_username(), code) for one in factors)


def _is_right(factor: Authenticator, username: str, code: str) -> bool:
    match factor.type:
        case Authenticator.Type.TOTP:
            return validate_totp_code(decrypt(factor.data["secret"]), code) and not was_used(
                username, code, CODE_LIFETIME
            )
        case Authenticator.Type.RECOVERY_CODES:
            left = RecoveryCodes(factor).get_unused_codes()
            return any(compare_user_code(actual=code, expected=one) for one in left)
        case _:
            return False
