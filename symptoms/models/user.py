"""Accounts and the tokens that phones sign in with."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from knox.models import AbstractAuthToken

from symptoms.models.encrypted import EncryptedCharField


class User(AbstractUser):
    """Somebody who can sign in: a practitioner with a password, or a patient with device tokens only."""

    class Meta(AbstractUser.Meta):
        pass


class DeviceToken(AbstractAuthToken):
    """The token of one device of one patient. Only its hash is stored."""

    device_name = EncryptedCharField(max_length=100)

    @classmethod
    def issue(cls, user: User, device_name: str) -> tuple[DeviceToken, str]:
        """A new token for a device: the row, and the token to send, which is known only here."""
        issued: tuple[DeviceToken, str]
        issued = cls.objects.create(user=user, device_name=device_name)  # type: ignore[no-untyped-call]  # knox has no types
        return issued
