"""Which channels this installation has: each needs settings, and is off without them."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from alerts.models.notification import Channel

NEEDS: Final[dict[Channel, tuple[str, ...]]] = {
    Channel.EMAIL: (),
    Channel.SMS: ("SMS_URL", "SMS_FROM"),
    Channel.WEB_PUSH: ("VAPID_PRIVATE_KEY", "VAPID_SUBJECT"),
    Channel.FCM: ("FCM_CREDENTIALS",),
    Channel.WEBHOOK: ("WEBHOOK_SECRET", "WEBHOOK_HOSTS"),
}


def missing_settings(channel: Channel) -> list[str]:
    """The settings that a channel still needs."""
    return [name for name in NEEDS[channel] if not getattr(settings, name)]


def configured_channels() -> list[Channel]:
    """The channels that can be used, e-mail always among them."""
    return [channel for channel in Channel if not missing_settings(channel)]
