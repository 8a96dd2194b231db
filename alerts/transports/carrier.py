"""What the channels have in common: find the address, compose the page, hand both to the provider."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from alerts.contacts import address_of
from alerts.models import Notification
from alerts.models.notification import AttemptOutcome, Channel
from alerts.transports.messages import Message, compose_page
from alerts.transports.transport import Sent


class Carrier(ABC):
    """A transport that writes to an address of its channel."""

    channel: ClassVar[Channel]

    def send(self, notification: Notification) -> Sent:
        """Send the page of a notification to where its recipient can be reached now."""
        address = address_of(notification.recipient, self.channel)
        if not address:
            return Sent(AttemptOutcome.PERMANENT_FAILURE, error="NoAddress")
        return self.carry(compose_page(notification), address)

    @abstractmethod
    def carry(self, message: Message, address: str) -> Sent:
        """Hand a message over for an address, within the budget of a send. Never raises."""
