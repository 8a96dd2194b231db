"""Lets the systems of a hospital in: each has a token for the patients of one clinic, which expires or is revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symptoms.mail import mail_staff
from symptoms.models import Clinic, SystemCredential, User
from symptoms.models.clinic import Role

PREFIX: Final = "system_"
"""Tells these tokens from those of devices, to us and to whoever looks for secrets that have leaked."""

LASTS: Final = timedelta(days=365)
ACCESS_LOG: Final = "/admin/symptoms/accessrecord/"

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


def tell_of_credential(credential: SystemCredential) -> None:
    """Tell who watches over the records of the clinic, all its staff where nobody does, that a system can see them."""
    clinic = credential.clinic
    staff = clinic.practitioners.filter(user__is_active=True).exclude(user__email="")
    told = staff.filter(role__in=[Role.ADMINISTRATOR, Role.AUDITOR]) or staff
    with translation.override(clinic.language):
        body = _(
            "Whoever runs this service has made a token with which the system “%(name)s” can read the records of your "
            "patients and report for them, until %(day)s. What it sees stands in the access log. If this was not "
            "agreed, tell them at once: they can end it."
        )
        day = date_format(credential.expires_at.astimezone(ZoneInfo(clinic.time_zone)), "DATE_FORMAT")
        words = body % {"name": credential.name, "day": day}
        for one in told.select_related("user"):
            subject = _("A system of the hospital can read the records of your clinic")
            mail_staff(subject, words, ACCESS_LOG, to=[one.user.email])


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
