"""What carries a page to a person: one contract, several implementations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from alerts.models import Notification
from alerts.models.notification import AttemptOutcome


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one try. `provider_id` is the provider's name for it; `error` a kind of failure.

    Neither may hold an address or content. Temporary: worth trying again. Unknown: the provider may have
    accepted it, but its answer got lost; tried again as well. Permanent: this address or this message will
    never be accepted. `is_address_bad`: it is the address, as the provider says, and not this message.
    """

    outcome: AttemptOutcome
    provider_id: str = ""
    error: str = ""
    is_address_bad: bool = False


class Transport(Protocol):
    """Sends one notification to its recipient. Returns within 25 seconds, and never raises for a failed send.

    May be called again for the same notification: at least once is the promise, so what it sends carries
    an identity that is the same each time. No name and no clinical content leave the house.
    """

    def send(self, notification: Notification) -> Sent: ...
