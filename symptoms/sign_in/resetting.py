"""Lets somebody in again who has lost phone, passkey and recovery codes: two ways together, never one person alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from symptoms.models import User
from symptoms.sign_in.telling import tell_of_reset

TIME_TO_OBJECT: Final = timedelta(days=3)
"""How long the owner of an account can object to a new address before the account may be reset by it."""


class TooSoon(Exception):
    """Somebody else has set the account's mail address shortly before: half of the password would go to it."""


class NotTold(Exception):
    """The mail to the owner could not be sent, so nothing was reset."""


def is_contestable(user: User, now: datetime) -> bool:
    """Whether somebody else gave the account its mail address so lately that its owner can still object."""
    is_by_another = user.email_set_by_id not in (None, user.pk)
    return is_by_another and user.email_set_at is not None and now < user.email_set_at + TIME_TO_OBJECT


def reset_sign_in(user: User, now: datetime) -> str:
    """Take away all factors and sessions of an account, and give it a start password; its first half is returned.

    The second half goes to the owner by mail, so that neither who resets nor who reads the mail gets in alone.
    Without a new password the old one would be enough to set up a factor, for whoever knows it. Raises TooSoon and
    NotTold.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if is_contestable(user, now):
            raise TooSoon
        Authenticator.objects.filter(user=user).delete()
        password = user.give_start_password()  # ends every session that was opened with the old one
        user.save(update_fields=["password", "has_start_password"])
        handed, mailed = password[: len(password) // 2], password[len(password) // 2 :]
        if not tell_of_reset(user, mailed):
            raise NotTold
    return handed
