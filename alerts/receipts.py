"""What providers report afterwards: that a page arrived, or that it never will.

Receipts come late, twice, in any order, and from anybody. A receipt only moves a page forward: from accepted to
delivered or failed. It is believed once its reader has verified where it comes from.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alerts.models import DeliveryAttempt, Notification
from alerts.models.alert import Alert
from alerts.models.notification import AttemptOutcome, Channel, NotificationState
from alerts.settling import arrive, give_up
from alerts.timeline import lock_alert, lock_patient
from symptoms.clock import database_now

logger = logging.getLogger(__name__)


class ReceiptStatus(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider's word on one message of its channel, by our name for it (`identity`) or its own (`provider_id`)."""

    channel: Channel
    status: ReceiptStatus
    identity: str = ""
    provider_id: str = ""
    error: str = ""
    is_address_bad: bool = False


class NotYet(Exception):
    """The page is being sent at this moment: the receipt has to come again."""


def record_receipt(receipt: Receipt) -> None:
    """Move the page that a receipt is about forward, with those that travelled with it.

    A receipt about nothing that we know, about a page of another channel or one that was never sent, or that comes
    too late, changes nothing. Raises NotYet for a failure
    of a page whose sender has not written down yet that it was accepted.
    """
    leading = _find(receipt)
    if leading is None:
        return
    with transaction.atomic(durable=True):
        pages = Notification.objects.filter(Q(pk=leading.pk) | Q(bundled_into=leading))
        if receipt.status == ReceiptStatus.FAILED:  # what follows may raise alerts of these patients
            for patient_id in sorted(set(pages.values_list("alert__patient_id", flat=True))):
                lock_patient(patient_id)
        alerts = {alert_id: lock_alert(alert_id) for alert_id in sorted(set(pages.values_list("alert_id", flat=True)))}
        for notification in pages:
            _apply(receipt, notification.pk, alerts[notification.alert_id])


def _find(receipt: Receipt) -> Notification | None:
    notifications = Notification.objects.filter(channel=receipt.channel, attempt_count__gt=0)
    if receipt.identity:
        try:
            return notifications.filter(pk=UUID(receipt.identity.removeprefix("notification-"))).first()
        except ValueError:
            return None  # a message of another kind
    if receipt.provider_id:
        return notifications.filter(attempts__provider_id=receipt.provider_id).first()
    return None


def _apply(receipt: Receipt, notification_id: UUID, alert: Alert) -> None:
    held = Notification.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient__user")
    notification = held.get(pk=notification_id)
    if receipt.status == ReceiptStatus.DELIVERED:
        arrive(notification, alert, now=database_now())
    elif notification.state == NotificationState.SENDING:
        raise NotYet
    elif notification.state == NotificationState.ACCEPTED and _is_about_the_accepted_try(receipt, notification):
        logger.info("receipt_failed notification=%s error=%s", notification.pk, receipt.error)
        give_up(notification, alert, error=receipt.error, is_address_bad=receipt.is_address_bad)


def _is_about_the_accepted_try(receipt: Receipt, notification: Notification) -> bool:
    """An earlier try may fail long after a later one was accepted: that says nothing of the later one."""
    accepted = DeliveryAttempt.objects.filter(notification=notification, outcome=AttemptOutcome.ACCEPTED).last()
    return not receipt.provider_id or accepted is None or accepted.provider_id in ("", receipt.provider_id)
