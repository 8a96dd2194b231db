"""The ways a page can take, by channel."""

from collections.abc import Mapping
from typing import Final

from alerts.models.notification import Channel
from alerts.transports.email import EmailTransport
from alerts.transports.transport import Sent, Transport

TRANSPORTS: Final[Mapping[str, Transport]] = {Channel.EMAIL: EmailTransport()}

__all__ = ["TRANSPORTS", "Sent", "Transport"]
