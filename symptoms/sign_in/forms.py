"""The forms in which people sign in: each code is counted before it is judged, and works once."""

from __future__ import annotations

import re
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from symptoms.sign_in.showing import CODE_LIFETIME, is_recovery_code, may_recover
from symptoms.sign_in.telling import FREE_GUESSES, tell_of_guessing
from symptoms.sign_in.throttle import count_try, factor_key, forgive, is_first_use

CODE_OF_EITHER: Final = _("Code of your app, or a recovery code")


class PasswordForm(LoginForm):
    """Name and password, and after too many tries of anybody from here a code as well."""

    code = forms.CharField(
        label=CODE_OF_EITHER,
        required=False,
        max_length=40,
        widget=forms.HiddenInput(attrs={"autocomplete": "one-time-code"}),
    )

    def user_credentials(self) -> dict[str, Any]:
        return {**super().user_credentials(), "code": _without_gaps(self.cleaned_data["code"])}

    def add_error(self, field: str | None, error: Any) -> None:
        """The code is asked for once it is needed."""
        if getattr(error, "code", "") == "too_many_login_attempts":
            self.fields["code"].widget = forms.TextInput(attrs={"autocomplete": "one-time-code"})
        super().add_error(field, error)


def _without_gaps(code: str) -> str:
    """Codes are shown in groups, by apps too."""
    return re.sub(r"[\s-]", "", code)


class _CountedCode:
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = CODE_OF_EITHER
        field.widget.attrs = {"autocomplete": "one-time-code", "autofocus": True}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = _without_gaps(self.cleaned_data["code"])  # type: ignore[attr-defined]
        name = self.user.get_username()
        key = factor_key(context.request, name)
        number = count_try(key)
        if number is None and not self._recovers(name):
            raise get_adapter().validation_error("too_many_codes")
        if number == FREE_GUESSES:
            tell_of_guessing(self.user)
        code: str = super().clean_code()  # type: ignore[misc]
        if not is_first_use(name, code, CODE_LIFETIME):
            raise get_mfa_adapter().validation_error("incorrect_code")
        forgive(key)
        return code

    def _recovers(self, name: str) -> bool:
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]  # of the form that this is mixed into
        return may_recover(context.request, name, code) and is_recovery_code(self.user, code)


class CodeForm(_CountedCode, AuthenticateForm):
    """The second factor at sign-in."""


class ConfirmForm(_CountedCode, ReauthenticateForm):
    """The second factor again, before something that needs it."""
