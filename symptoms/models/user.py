"""Accounts and the tokens that phones sign in with."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from knox.models import AbstractAuthToken


class User(AbstractUser):
    """Somebody who can sign in: a practitioner with a password, or a patient with device tokens only."""

    class Meta(AbstractUser.Meta):
        pass


class DeviceToken(AbstractAuthToken):
    """The token of one device of one patient. Only its hash is stored."""

    device_name = models.CharField(max_length=100)
