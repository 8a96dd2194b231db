"""The ways a page can take, by channel."""

from collections.abc import Mapping
from typing import Final

from alerts.models.notification import Channel
from alerts.transports.carrier import Carrier
from alerts.transports.email import EmailTransport
from alerts.transports.fcm import FcmTransport
from alerts.transports.sms import SmsTransport
from alerts.transports.transport import Sent, Transport
from alerts.transports.web_push import WebPushTransport
from alerts.transports.webhook import WebhookTransport

CARRIERS: Final[Mapping[str, Carrier]] = {
    Channel.EMAIL: EmailTransport(),
    Channel.SMS: SmsTransport(),
    Channel.WEB_PUSH: WebPushTransport(),
    Channel.FCM: FcmTransport(),
    Channel.WEBHOOK: WebhookTransport(),
}
TRANSPORTS: Final[Mapping[str, Transport]] = CARRIERS

__all__ = ["CARRIERS", "TRANSPORTS", "Carrier", "Sent", "Transport"]
