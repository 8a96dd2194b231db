"""A page by every channel, through a real counterpart: what it says, what it keeps to itself, how it is refused."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from alerts.addresses import READERS
from alerts.channels import NEEDS
from alerts.models import ContactPoint, Notification
from alerts.models.notification import Channel
from alerts.transports import TRANSPORTS
from alerts.transports.standard_webhooks import NotSigned, sign, verify
from alerts.transports.web_push import topic_of
from alerts.transports.webhook import send_webhook
from alerts.worklist import refused_addresses
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import deliver_one
from tests.alerts.http_sink import reply
from tests.alerts.making import make_report, raised, urgent
from tests.alerts.providers import PHONE, Providers, give_address

pytestmark = pytest.mark.django_db
BY_HTTP = [Channel.SMS, Channel.WEB_PUSH, Channel.WEBHOOK]


def page_by(channel: Channel, providers: Providers, patient: Patient, nurse: Practitioner) -> Notification:
    give_address(nurse, channel, providers.address(channel))
    return raised(urgent(), patient, make_report(patient, {"mouth_sores.count": 4})).notifications.get()


def test_every_channel_is_whole() -> None:
    assert set(TRANSPORTS) == set(NEEDS) == set(READERS) == set(Channel)
    assert {name: transport.channel for name, transport in TRANSPORTS.items()} == {name: name for name in Channel}  # type: ignore[attr-defined]


@pytest.mark.parametrize("channel", BY_HTTP)
def test_a_page_says_how_urgent_which_alert_and_where_and_nothing_else(
    providers: Providers, ada: Patient, nurse_kim: Practitioner, channel: Channel
) -> None:
    ada.hospital_number, ada.phone = "H-4711", "+32 470 99 88 77"
    ada.save()
    page = page_by(channel, providers, ada, nurse_kim)
    assert page.channel == channel
    assert deliver_one(page.pk)
    page.refresh_from_db()
    assert page.state == "accepted"
    [text] = providers.texts()
    assert f"URGENT alert {page.alert.number}" in text
    assert "https://clinic.example/acknowledge/" in text
    secrets = [*ada.full_name.split(), ada.email, "4711", "99 88", str(ada.pk), "Kim", "Keller", ada.clinic.name]
    for secret in [*secrets, "mouth", "sore", "MOUTH-COUNT", "count"]:
        assert secret.lower() not in text.lower(), secret


@pytest.mark.parametrize("channel", BY_HTTP)
def test_a_repeat_says_so(providers: Providers, ada: Patient, nurse_kim: Practitioner, channel: Channel) -> None:
    page = page_by(channel, providers, ada, nurse_kim)
    for number in (1, 2):
        page.attempt_count = number
        TRANSPORTS[channel].send(page)
    first, second = providers.texts()
    assert "epeat" not in first
    assert "Repeat: URGENT alert" in second


def test_the_identity_of_a_page_is_the_same_at_every_try(
    providers: Providers, ada: Patient, nurse_kim: Practitioner
) -> None:
    page = page_by(Channel.WEBHOOK, providers, ada, nurse_kim)
    for _ in range(2):
        TRANSPORTS[Channel.WEBHOOK].send(page)
    assert {name: len(calls) for name, calls in providers.gateway.calls.items()} == {f"notification-{page.pk}": 2}
    assert {call.headers["idempotency-key"] for call in providers.webhook.received} == {f"notification-{page.pk}"}
    give_address(nurse_kim, Channel.WEB_PUSH, providers.address(Channel.WEB_PUSH))
    for _ in range(2):
        TRANSPORTS[Channel.WEB_PUSH].send(page)
    assert [call.headers["topic"] for call in providers.push.received] == [topic_of(f"notification-{page.pk}")] * 2


def test_an_sms_is_short_and_asks_for_a_receipt(providers: Providers, ada: Patient, nurse_kim: Practitioner) -> None:
    page = page_by(Channel.SMS, providers, ada, nurse_kim)
    deliver_one(page.pk)
    [request] = providers.sms.received
    assert request.form["To"] == PHONE
    assert len(request.form["Body"]) <= 160
    assert request.form["StatusCallback"] == f"https://clinic.example/receipts/twilio?id=notification-{page.pk}"


@pytest.mark.parametrize(
    ("channel", "status", "body", "is_bad"),
    [
        (Channel.SMS, 400, {"code": 21614}, True),
        (Channel.SMS, 401, {"code": 20003}, False),
        (Channel.WEB_PUSH, 410, {}, True),
        (Channel.WEB_PUSH, 403, {}, False),
        (Channel.WEBHOOK, 410, {}, True),
        (Channel.WEBHOOK, 404, {}, False),
    ],
)
def test_a_refusal_for_good_marks_the_address_and_goes_to_the_next_channel_now(
    providers: Providers,
    ada: Patient,
    nurse_kim: Practitioner,
    channel: Channel,
    status: int,
    body: object,
    is_bad: bool,
) -> None:
    page = page_by(channel, providers, ada, nurse_kim)
    {"sms": providers.sms, "web_push": providers.push, "webhook": providers.webhook}[channel].answer = lambda _: reply(
        status, body
    )
    deliver_one(page.pk)
    page.refresh_from_db()
    contact = ContactPoint.objects.get()
    channels = list(page.alert.notifications.order_by("created_at", "pk").values_list("channel", flat=True))
    if is_bad:
        assert (page.state, sorted(channels)) == ("failed", sorted([channel, "email"]))
        assert contact.bad_since is not None
        assert refused_addresses(ada.clinic) == [contact]
    else:
        assert (page.state, channels, contact.bad_since) == ("pending", [channel], None)
        assert refused_addresses(ada.clinic) == []


def test_an_address_that_was_taken_away_meanwhile_fails_for_good(
    providers: Providers, ada: Patient, nurse_kim: Practitioner
) -> None:
    page = page_by(Channel.SMS, providers, ada, nurse_kim)
    ContactPoint.objects.all().delete()
    deliver_one(page.pk)
    assert [attempt.error for attempt in page.attempts.all()] == ["NoAddress"]
    assert not providers.sms.received
    assert sorted(page.alert.notifications.values_list("channel", flat=True)) == ["email", "sms"]


def test_a_webhook_goes_to_named_hosts_alone(providers: Providers, settings: Settings) -> None:
    settings.WEBHOOK_HOSTS = ["pager.example"]
    sent = send_webhook(url=f"{providers.webhook.url}/x", payload={}, identity="n")
    assert (sent.outcome, sent.error) == ("permanent_failure", "HostNotAllowed")
    assert not providers.webhook.received


def test_a_webhook_without_a_secret_is_not_sent(providers: Providers, settings: Settings) -> None:
    settings.WEBHOOK_SECRET = ""
    assert send_webhook(url=providers.webhook.url, payload={}, identity="n").error == "NotConfigured"
    assert not providers.webhook.received


@pytest.mark.parametrize(
    "change",
    [
        {"body": b'{"a": 2}'},
        {"webhook-id": "other"},
        {"webhook-timestamp": "1000001"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-id": ""},
        {"webhook-timestamp": "soon"},
    ],
)
def test_a_signature_covers_the_id_the_moment_and_the_body(change: dict[str, object]) -> None:
    body = b'{"a": 1}'
    headers = sign("secret", identity="n", at=1_000_000, body=body)
    assert verify("secret", headers, body, now=1_000_000) == "n"
    changed = {**headers, **{name: str(value) for name, value in change.items() if name != "body"}}
    with pytest.raises(NotSigned):
        verify("secret", changed, bytes(change.get("body", body)), now=1_000_000)  # type: ignore[call-overload]


@pytest.mark.parametrize(("age_s", "is_taken"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_an_old_call_is_not_taken_again(age_s: int, is_taken: bool) -> None:
    headers = sign("secret", identity="n", at=1_000_000, body=b"x")
    if is_taken:
        assert verify("secret", headers, b"x", now=1_000_000 + age_s) == "n"
    else:
        with pytest.raises(NotSigned):
            verify("secret", headers, b"x", now=1_000_000 + age_s)


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of the Standard Webhooks specification."""
    headers = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        identity="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_link_of_a_page_that_arrived_opens_the_question(
    providers: Providers, ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    page = page_by(Channel.WEBHOOK, providers, ada, nurse_kim)
    deliver_one(page.pk)
    [[call]] = providers.gateway.calls.values()
    assert json.loads(json.dumps(call))["type"] == "urgent"
    link = re.sub("^https://clinic.example", "", call["link"])
    asked = kim_site.get(link).content.decode()
    assert f"Alert {page.alert.number}" in asked
    assert "I take it and ring now" in asked
