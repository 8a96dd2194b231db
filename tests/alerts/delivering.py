"""Sends pages without a provider, and one page alone."""

from __future__ import annotations

from collections.abc import Mapping
from unittest.mock import patch
from uuid import UUID

from alerts.models import Notification
from alerts.models.notification import AttemptOutcome, NotificationQuerySet
from alerts.notifying import deliver_due
from alerts.transports import TRANSPORTS
from alerts.transports.transport import Sent, Transport


class NullTransport:
    """Sends nothing and remembers everything. Answers as it was told to: the outcomes in turn, then `accepted`."""

    def __init__(self, *outcomes: AttemptOutcome) -> None:
        self._outcomes = list(outcomes)
        self.sent: list[UUID] = []

    def send(self, notification: Notification) -> Sent:
        self.sent.append(notification.pk)
        return Sent(self._outcomes.pop(0) if self._outcomes else AttemptOutcome.ACCEPTED, error="")


def deliver_one(page_id: UUID, transports: Mapping[str, Transport] = TRANSPORTS) -> bool:
    """Try one page, whichever others are due. Returns whether it was claimed."""
    claimable = NotificationQuerySet.claimable
    with patch.object(NotificationQuerySet, "claimable", lambda pages: claimable(pages).filter(pk=page_id)):
        return deliver_due(1, transports) == 1
