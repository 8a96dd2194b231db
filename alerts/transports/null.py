"""A transport that sends nothing and remembers everything."""

from __future__ import annotations

from uuid import UUID

from alerts.models import Notification
from alerts.models.notification import AttemptOutcome
from alerts.transports.transport import Sent


class NullTransport:
    """Answers as it was told to: the given outcomes in turn, then `accepted`."""

    def __init__(self, *outcomes: AttemptOutcome) -> None:
        self._outcomes = list(outcomes)
        self.sent: list[UUID] = []

    def send(self, notification: Notification) -> Sent:
        self.sent.append(notification.pk)
        return Sent(self._outcomes.pop(0) if self._outcomes else AttemptOutcome.ACCEPTED, error="")
