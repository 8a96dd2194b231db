"""Gives an account the mail address back that somebody else has replaced: by a link that only the old address gets."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.urls import reverse

from symptoms.models import User
from symptoms.models.encrypted import site_keys
from symptoms.sign_in.resetting import is_contestable

SALT = "symptoms.sign_in.keeping"


class NothingToKeep(Exception):
    """The link is none of ours or too old, or the address was changed again since."""


def path_to_keep(user: User, old: str) -> str:
    """Where the owner of an account, whose address has just been changed, takes the old one back."""
    assert user.email_set_at is not None, "somebody else has just changed it"
    token = signing.dumps([user.pk, user.email_set_at.timestamp(), site_keys().encrypt(old)], salt=SALT)
    return reverse("account_keep_address", args=[token])


def read_link(token: str, now: datetime) -> tuple[User, str]:
    """The account and the old address of a link. Raises NothingToKeep."""
    try:
        user_id, set_at, sealed = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NothingToKeep from error
    user = User.objects.get(pk=user_id)
    if not is_contestable(user, now) or user.email_set_at is None or user.email_set_at.timestamp() != set_at:
        raise NothingToKeep
    return user, site_keys().decrypt(sealed)


def keep_address(token: str, now: datetime) -> User:
    """Give the account its old address back. Raises NothingToKeep."""
    with transaction.atomic():
        user, old = read_link(token, now)
        user = User.objects.select_for_update().get(pk=user.pk)
        if not is_contestable(user, now):
            raise NothingToKeep
        user.email, user.email_set_by, user.email_set_at = old, None, None
        user.save(update_fields=["email", "email_set_by", "email_set_at"])
    return user
