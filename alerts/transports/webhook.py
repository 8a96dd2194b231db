"""Pages to a machine: a signed POST to a pager service, a chat bridge, a hospital's own gateway."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings

from alerts.models.notification import AttemptOutcome, Channel
from alerts.transports.carrier import Carrier
from alerts.transports.messages import Message
from alerts.transports.standard_webhooks import sign
from alerts.transports.transport import Sent
from alerts.transports.web import is_allowed, post

GONE = 410


def send_webhook(*, url: str, payload: Mapping[str, object], identity: str) -> Sent:
    """Post `payload` as JSON to a webhook now, signed. Never raises; returns within 20 seconds.

    `identity` is its id and its Idempotency-Key, so that a receiver can tell a repeat. Permanent: the address
    is on none of our hosts, or the receiver says that it is gone (410). Every other refusal may be a mistake
    that is put right.
    """
    if not settings.WEBHOOK_SECRET:
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error="NotConfigured")
    if not is_allowed(url, settings.WEBHOOK_HOSTS):
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error="HostNotAllowed", is_address_bad=True)
    body = json.dumps(payload).encode()
    signature = sign(settings.WEBHOOK_SECRET, identity=identity, at=int(time.time()), body=body)
    answer = post(
        url, content=body, headers={**signature, "Content-Type": "application/json", "Idempotency-Key": identity}
    )
    if answer.status == GONE:
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error=answer.kind, is_address_bad=True)
    return Sent(answer.outcome, provider_id=identity, error="" if answer.is_success else answer.kind)


class WebhookTransport(Carrier):
    """The message in parts, for a machine to show as it likes."""

    channel: ClassVar[Channel] = Channel.WEBHOOK

    def carry(self, message: Message, address: str) -> Sent:
        payload = {"type": message.kind, "subject": message.subject, "text": message.short, "link": message.link}
        return send_webhook(url=address, payload=payload, identity=message.identity)
