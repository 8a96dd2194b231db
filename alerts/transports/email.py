"""Pages by e-mail."""

from __future__ import annotations

from typing import ClassVar

from alerts.models.notification import Channel
from alerts.transports.carrier import Carrier
from alerts.transports.mail import compose_mail, send_mail
from alerts.transports.messages import Message
from alerts.transports.transport import Sent


class EmailTransport(Carrier):
    """Sends through Django's mail settings. The Message-ID is the message's own, at every try."""

    channel: ClassVar[Channel] = Channel.EMAIL

    def carry(self, message: Message, address: str) -> Sent:
        return send_mail(
            compose_mail(identity=message.identity, to=address, subject=message.subject, body=message.text)
        )
