"""System checks: a channel is off or whole, never half set up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from alerts.channels import NEEDS, missing_settings
from alerts.transports.fcm import read_account
from alerts.transports.web_push import read_key


@register
def check_channels(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A channel of which something is set has all that it needs, and it can be used."""
    problems: list[CheckMessage] = []
    for channel, needs in NEEDS.items():
        missing = missing_settings(channel)
        if missing and len(missing) < len(needs):
            problems.append(
                Error(f"The channel {channel} is set up by half: set {', '.join(missing)}.", id="alerts.E001")
            )
    return [*problems, *_unusable()]


def _unusable() -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    if settings.SMS_URL and not (urlsplit(settings.SMS_URL).username and urlsplit(settings.SMS_URL).password):
        problems.append(Error("SMS_URL names no account and token: https://<account>:<token>@...", id="alerts.E002"))
    if settings.FCM_CREDENTIALS and not _works(read_account, settings.FCM_CREDENTIALS):
        problems.append(Error("FCM_CREDENTIALS is no file of a service account.", id="alerts.E003"))
    if settings.VAPID_PRIVATE_KEY and not _works(read_key, settings.VAPID_PRIVATE_KEY):
        problems.append(Error("VAPID_PRIVATE_KEY is no P-256 key of 32 bytes in base64url.", id="alerts.E004"))
    if settings.VAPID_SUBJECT and not settings.VAPID_SUBJECT.startswith(("mailto:", "https://")):
        problems.append(Error("VAPID_SUBJECT has to begin with mailto: or https://.", id="alerts.E005"))
    if settings.EMAIL_BACKEND.startswith("anymail.") and len(settings.ANYMAIL) < 2:
        problems.append(Error("EMAIL_BACKEND is one of Anymail's; ANYMAIL names no key for it.", id="alerts.E006"))
    return problems


def _works(read: Any, value: str) -> bool:
    try:
        read(value)
    except Exception:  # whatever a file or a key of the wrong kind leads to
        return False
    return True
