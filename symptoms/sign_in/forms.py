"""The forms in which a code is typed: each try is counted before it is judged, and a code works once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from symptoms.sign_in.telling import FREE_GUESSES, tell_of_guessing
from symptoms.sign_in.throttle import count_try, factor_key, forgive, is_first_use

CODE_LIFETIME: Final = timedelta(seconds=90)


class _CountedCode:
    user: Any

    def clean_code(self) -> str:
        name = self.user.get_username()
        key = factor_key(context.request, name)
        number = count_try(key)
        if number is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        if number == FREE_GUESSES:
            tell_of_guessing(self.user)
        code: str = super().clean_code()  # type: ignore[misc]
        if not is_first_use(name, code, CODE_LIFETIME):
            raise get_mfa_adapter().validation_error("incorrect_code")
        forgive(key)
        return code


class CodeForm(_CountedCode, AuthenticateForm):
    """The second factor at sign-in."""


class ConfirmForm(_CountedCode, ReauthenticateForm):
    """The second factor again, before something that needs it."""
