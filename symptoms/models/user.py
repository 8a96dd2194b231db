"""Accounts and the tokens that phones sign in with."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils import timezone
from knox.crypto import create_token_string, hash_token
from knox.models import AbstractAuthToken
from knox.settings import CONSTANTS

from symptoms.models.encrypted import EncryptedCharField
from symptoms.models.saying import dated

if TYPE_CHECKING:  # the patient's module imports the account
    from symptoms.models.carer import Carer

RENEWED_EVERY: Final = timedelta(days=1)
"""How often the end of a token is written anew while it is used."""


class User(AbstractUser):
    """Who can sign in: a practitioner with a password, a patient or a hospital's system with tokens only."""

    has_start_password = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Somebody else knows the password: its owner has to change it first.",
    )

    email_set_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    """Who else gave the account the mail address that it has; None: it is the one that the account began with."""
    email_set_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(AbstractUser.Meta):
        pass

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that its owner chose."""
        super().set_password(raw_password)
        self.has_start_password = False

    def give_start_password(self) -> str:
        """Set a new password to hand over, and return it; it is kept nowhere, and good for one thing: to change it."""
        password = secrets.token_urlsafe(12)
        self.set_password(password)
        self.has_start_password = True
        return password


class DeviceToken(AbstractAuthToken):
    """The token of one device of one patient, or of one carer of a patient. Only its hash is stored."""

    session_id = models.UUIDField(
        unique=True, db_default=RandomUUID(), editable=False, help_text="What the app calls it."
    )
    device_name = EncryptedCharField(max_length=100)
    carer = models.ForeignKey(
        "symptoms.Carer", on_delete=models.CASCADE, related_name="tokens", null=True, blank=True, editable=False
    )

    def __str__(self) -> str:
        return dated(self, self.created)

    def renew(self, now: datetime) -> None:
        """Let the token last as long from now on as from its issue, once a day. One that is revoked stays so."""
        expiry = now + settings.DEVICE_TOKEN_LIFETIME
        if self.expiry is not None and expiry - self.expiry >= RENEWED_EVERY:
            type(self).objects.filter(pk=self.pk).update(expiry=expiry)
            self.expiry = expiry

    @classmethod
    def issue(
        cls, user: User, device_name: str, carer: Carer | None = None, token: str | None = None
    ) -> tuple[DeviceToken, str]:
        """A token for a device, a random one unless given: the row, and the token to send, which is known only here."""
        token = token or create_token_string()
        issued = cls(
            digest=hash_token(token),
            token_key=token[: CONSTANTS.TOKEN_KEY_LENGTH],
            user=user,
            device_name=device_name,
            carer=carer,
            expiry=timezone.now() + settings.DEVICE_TOKEN_LIFETIME,
        )
        issued.save(force_insert=True)
        return issued, token
