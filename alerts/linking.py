"""The link in a page by which its recipient acknowledges the alert: signed, short-lived, and for one use.

It names one notification, so one alert, one generation of it and one recipient. It lets nobody in: whoever
follows it has to be signed in as that recipient.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.acknowledging import CannotHandle, acknowledge
from alerts.models import Alert, Notification
from alerts.timeline import lock_alert
from symptoms.clock import database_now
from symptoms.models import Practitioner

LIFE: Final = timedelta(hours=1)


class LinkInvalid(Exception):
    """The link was not made here, or was cut off."""


class LinkExpired(Exception):
    """The link is older than an hour. `notification_id` says what it was about."""

    def __init__(self, notification_id: UUID) -> None:
        super().__init__(_("This link has expired."))
        self.notification_id = notification_id


class LinkUsed(CannotHandle):
    """The link has been used before."""


def acknowledge_link(notification: Notification) -> str:
    """The link for one try to send a notification, dated by the clock of the database."""
    name = base64.urlsafe_b64encode(notification.pk.bytes).rstrip(b"=").decode()
    token = _signer().sign(f"{name}.{b62_encode(_seconds_now())}")
    return f"{settings.SITE_URL.rstrip('/')}{reverse('acknowledge_page', args=[token])}"


def read_token(token: str) -> UUID:
    """Which notification a link is about. Raises LinkInvalid or LinkExpired."""
    try:
        name, _, dated = _signer().unsign(token).rpartition(".")
    except BadSignature as error:
        raise LinkInvalid from error
    notification_id = _decode(name)
    # One from the future was made before the clock stepped back.
    if abs(_seconds_now() - b62_decode(dated)) > LIFE.total_seconds():
        raise LinkExpired(notification_id)
    return notification_id


def acknowledge_by_link(notification: Notification, practitioner: Practitioner, now: datetime) -> Alert:
    """Take the alert of a page, as urgent as it was in that page; the link is spent with it.

    Raises LinkUsed, or what `acknowledge` raises; a refused one leaves the link as it was. The link of a test
    page is spent and changes nothing else.
    """
    with transaction.atomic():
        alert = lock_alert(notification.alert_id)
        fresh = Notification.objects.filter(pk=notification.pk, recipient=practitioner, link_used_at=None)
        if not fresh.update(link_used_at=now):
            raise LinkUsed(_("This link has been used. Open the alert to see how it stands."))
        if notification.is_test:
            return alert
        alert.generation = notification.generation
        return acknowledge(alert, practitioner, now)


def _signer() -> Signer:
    return Signer(salt="alerts.linking", sep=".")


def _seconds_now() -> int:
    return int(database_now().timestamp())


def _decode(name: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(name + "=="))
    except (ValueError, binascii.Error) as error:
        raise LinkInvalid from error
