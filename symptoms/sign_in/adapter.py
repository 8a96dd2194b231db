"""Where django-allauth asks us: whom to let in, how fast they may try, how secrets are kept."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from symptoms.models import User
from symptoms.models.encrypted import site_keys
from symptoms.sign_in.throttle import count_try, forgive, password_key

TOO_SOON = _(
    "Too many tries from here. Wait a minute and try again. A browser with which you have signed in before is not "
    "affected by tries of others."
)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up. Whoever signs in is judged by our backend alone, after the delay that is due."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": TOO_SOON,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Factors are changed within five minutes of signing in, or of confirming who one is."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose password this is; None for anything else. Raises ValidationError for a try too soon."""
        key = password_key(request, credentials.get("username", ""))
        if count_try(key) is None:
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, **credentials)
        if not isinstance(user, User):
            return None
        forgive(key)
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with FIELD_KEYS, and nobody takes away their last factor."""

    def get_totp_issuer(self) -> str:
        return str(_("Symptom reporting"))

    def get_totp_label(self, user: Any) -> str:
        name: str = user.get_username()
        return name

    def encrypt(self, text: str) -> str:
        return site_keys().encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return site_keys().decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
