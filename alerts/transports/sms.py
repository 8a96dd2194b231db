"""Short messages through a service with the REST API of Twilio."""

from __future__ import annotations

from typing import ClassVar, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import reverse

from alerts.models.notification import AttemptOutcome, Channel
from alerts.transports.carrier import Carrier
from alerts.transports.messages import Message
from alerts.transports.transport import Sent
from alerts.transports.web import Answer, post

BAD_NUMBER_CODES: Final = frozenset({21211, 21214, 21217, 21610, 21614})
"""Error codes about this number for good: no number, not routable, opted out, not a mobile telephone."""


def send_sms(*, to: str, text: str, callback: str = "") -> Sent:
    """Send a short message now. Never raises; returns within 20 seconds.

    `to` is a number in E.164 form, `callback` the address for receipts. The API knows no idempotency key:
    a message whose answer got lost (`unknown`) arrives twice when it is sent again. Permanent is only what is
    about this number; a refusal of our account or our sender passes once somebody has put it right.
    """
    base = urlsplit(settings.SMS_URL)
    if not base.username:
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error="NotConfigured")
    account, token = unquote(base.username), unquote(base.password or "")
    sender = "MessagingServiceSid" if settings.SMS_FROM.startswith("MG") else "From"
    form = {"To": to, sender: settings.SMS_FROM, "Body": text}
    if callback:
        form["StatusCallback"] = callback
    host = base.netloc.rpartition("@")[2]
    url = f"{base.scheme}://{host}{base.path.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
    return _read(post(url, form=form, auth=(account, token)))


def _read(answer: Answer) -> Sent:
    body = answer.json()
    if answer.is_success:
        sid = body.get("sid")
        if not isinstance(sid, str) or not sid:  # some other page that answers 200
            return Sent(AttemptOutcome.UNKNOWN, error="NoMessageId")
        return Sent(AttemptOutcome.ACCEPTED, provider_id=sid[:200])
    code = body.get("code")
    error = f"{answer.kind} {code}" if isinstance(code, int) else answer.kind
    if answer.status == 400 and code in BAD_NUMBER_CODES:
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error=error, is_address_bad=True)
    return Sent(answer.outcome, error=error)


class SmsTransport(Carrier):
    """One line and a link. The receipt comes back with the notification's identity in its address."""

    channel: ClassVar[Channel] = Channel.SMS

    def carry(self, message: Message, address: str) -> Sent:
        callback = f"{settings.SITE_URL.rstrip('/')}{reverse('receipts', args=['twilio'])}?id={message.identity}"
        return send_sms(to=address, text=message.short, callback=callback)
