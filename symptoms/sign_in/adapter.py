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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from symptoms.models import User
from symptoms.models.encrypted import site_keys
from symptoms.sign_in.showing import shows_factor
from symptoms.sign_in.throttle import count_try, forgive, password_key
from symptoms.sign_in.turns import TOO_BUSY, TooBusy, turn_of

TOO_SOON = _(
    "Too many tries from here, perhaps of somebody else. Give a code of your app together with your password; if that "
    "does not help, one of your recovery codes, for somebody may be trying codes as well. The next page asks for a "
    "code again."
)
TOO_MANY_CODES = _(
    "Too many tries of codes, perhaps of somebody who knows your password. A recovery code still lets you in, and so "
    "does a browser in which you have signed in before. If the tries are not yours, change your password then, or let "
    "an administrator of your clinic reset your sign-in."
)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up. Whoever signs in is judged by our backend alone, after the delay that is due."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": TOO_SOON,
        "too_many_codes": TOO_MANY_CODES,
        "too_busy": TOO_BUSY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Factors are changed within five minutes of signing in, or of confirming who one is."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose password this is; None for anything else. Raises ValidationError for a try too soon.

        A try too soon is judged all the same if a code comes with it: it is right only if both are. Where too many
        are being judged, nothing is.
        """
        try:
            with turn_of(request):
                return self._judge(request, credentials)
        except TooBusy as error:
            raise self.validation_error("too_busy") from error

    def _judge(self, request: HttpRequest, credentials: dict[str, Any]) -> User | None:
        name, code = credentials.get("username", ""), credentials.pop("code", "")
        key = password_key(request, name)
        is_too_soon = count_try(key) is None
        if is_too_soon and not code:
            raise self.validation_error("too_many_login_attempts")
        found = authenticate(request, **credentials)
        user = found if isinstance(found, User) else None
        if is_too_soon and not shows_factor(request, name, user, code):
            raise self.validation_error("too_many_login_attempts")
        if user is not None:
            forgive(key)
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with FIELD_KEYS, and nobody takes away their last factor."""

    def get_totp_issuer(self) -> str:
        return str(_("Symptom reporting"))

    def get_totp_label(self, user: Any) -> str:
        name: str = user.get_username()
        return name

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  (the library's name)
        """What a new passkey is called until its owner gives it a name."""
        return gettext("Passkey %(number)d") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def encrypt(self, text: str) -> str:
        return site_keys().encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return site_keys().decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
