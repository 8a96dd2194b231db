"""Lets the systems of a hospital in: each has a token for the patients of one clinic, which expires or is revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from symptoms.models import Clinic, SystemCredential, User

PREFIX: Final = "system_"
"""Tells these tokens from those of devices, to us and to whoever looks for secrets that have leaked."""

LASTS: Final = timedelta(days=365)
NOTED_EVERY: Final = timedelta(hours=1)
"""How often it is written down that a token is used."""


class NameTaken(Exception):
    """An account that is no system's has the name that this one would get."""


def issue_credential(
    clinic: Clinic, name: str, *, now: datetime, lasts: timedelta = LASTS
) -> tuple[SystemCredential, str]:
    """A credential for a system of a clinic, and its token, which is known only here.

    A system may have several, so that a new token is in use before the old one ends. Raises NameTaken.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        credential = SystemCredential.objects.create(
            clinic=clinic,
            user=_account_of(clinic, name),
            name=name,
            digest=_digest_of(token),
            created_at=now,
            expires_at=now + lasts,
        )
    return credential, token


def _account_of(clinic: Clinic, name: str) -> User:
    """The account that the access log names: nobody can sign in with it."""
    account, is_new = User.objects.get_or_create(
        username=f"{PREFIX}{name}@{clinic.slug}", defaults={"password": make_password(None)}
    )
    if not is_new and not account.system_credentials.filter(clinic=clinic).exists():
        raise NameTaken
    return account


def find_credential(token: str, now: datetime) -> SystemCredential | None:
    """The credential in force that a token belongs to, with its clinic; None for any other."""
    in_force = SystemCredential.objects.in_force(now).filter(digest=_digest_of(token), user__is_active=True)
    credential = in_force.select_related("user", "clinic").first()
    if credential is not None and not credential.is_noted(now - NOTED_EVERY):
        SystemCredential.objects.filter(pk=credential.pk).update(last_used_at=now)
    return credential


def revoke_credential(credential: SystemCredential, now: datetime) -> None:
    """End a credential at once. One that has been revoked stays so since then."""
    SystemCredential.objects.filter(pk=credential.pk, revoked_at=None).update(revoked_at=now)


def _digest_of(token: str) -> str:
    """The token is 256 random bits: a plain hash of it cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
