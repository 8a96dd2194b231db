"""Lets somebody in again who has lost phone, passkey and recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from symptoms.models import User


def reset_sign_in(user: User) -> str:
    """Take away all factors and sessions of an account, and give it a start password, which is returned.

    Without a new password the old one would be enough to set up a factor, for whoever knows it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user).delete()
        password = user.give_start_password()  # ends every session that was opened with the old one
        user.save(update_fields=["password", "has_start_password"])
    return password
