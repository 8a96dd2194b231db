"""The providers of every channel, as real local servers, with a nurse who can be reached by each."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_django import Settings

from alerts.models import ContactPoint
from alerts.models.notification import Channel
from alerts.transports.standard_webhooks import verify
from symptoms.models import Practitioner
from tests.alerts.browsers import FakeBrowser, make_vapid_key
from tests.alerts.http_sink import HttpSink, Received, Reply, reply, running_http_sink
from tests.alerts.making import NOW

WEBHOOK_SECRET = "whsec_c2VjcmV0IG9mIGEgaG9zcGl0YWw="
TWILIO_TOKEN = "twilio-token"
PHONE = "+32470123456"


@dataclass
class Gateway:
    """Receives webhooks: refuses what is not signed or is old, and knows a repeat by its id."""

    calls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def answer(self, request: Received) -> Reply:
        identity = verify(WEBHOOK_SECRET, request.headers, request.body, now=time.time())
        self.calls.setdefault(identity, []).append(json.loads(request.body))
        return reply(202)


@dataclass
class Providers:
    sms: HttpSink
    push: HttpSink
    webhook: HttpSink
    gateway: Gateway
    browser: FakeBrowser

    def texts(self) -> list[str]:
        """What arrived, as people read it, in no order across the channels."""
        texts = [request.form["Body"] for request in self.sms.received]
        texts += [str(self.browser.read(request)) for request in self.push.received]
        return texts + [str(call) for calls in self.gateway.calls.values() for call in calls]

    def address(self, channel: Channel) -> str:
        return {
            Channel.SMS: PHONE,
            Channel.WEB_PUSH: json.dumps(self.browser.subscription),
            Channel.WEBHOOK: f"{self.webhook.url}/pager",
        }[channel]


@contextlib.contextmanager
def running_providers(settings: Settings) -> Iterator[Providers]:
    gateway = Gateway()
    numbers = iter(range(1, 100_000))
    with (
        running_http_sink(lambda _: reply(201, {"sid": f"SM{next(numbers)}"})) as sms,
        running_http_sink(lambda _: Reply(201, b"")) as push,
        running_http_sink(gateway.answer) as webhook,
    ):
        settings.SITE_URL = "https://clinic.example"
        settings.SMS_URL = sms.url.replace("http://", f"http://AC1:{TWILIO_TOKEN}@")
        settings.SMS_FROM = "+32460000000"
        settings.VAPID_PRIVATE_KEY, settings.VAPID_SUBJECT = make_vapid_key(), "mailto:duty@clinic.example"
        settings.WEB_PUSH_HOSTS = settings.WEBHOOK_HOSTS = ["127.0.0.1"]
        settings.WEBHOOK_SECRET = WEBHOOK_SECRET
        yield Providers(sms, push, webhook, gateway, FakeBrowser(f"{push.url}/push/1"))


@pytest.fixture
def providers(settings: Settings) -> Iterator[Providers]:
    with running_providers(settings) as running:
        yield running


def give_address(
    practitioner: Practitioner, channel: Channel, address: str, *, order: int = 1, is_verified: bool = True
) -> ContactPoint:
    return ContactPoint.objects.create(
        practitioner=practitioner,
        channel=channel,
        address=address,
        order=order,
        verified_at=NOW if is_verified else None,
    )
