"""Receipts move a page forward and never back; doubled, late, out of order or forged ones do no harm."""

from __future__ import annotations

import base64
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from alerts.acknowledging import acknowledge
from alerts.claiming import claim_next
from alerts.models import Alert, ContactPoint, Notification
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import _deliver, deliver_due
from alerts.receipts import Receipt, ReceiptStatus, record_receipt
from alerts.transports.standard_webhooks import sign
from alerts.views.receipts import twilio_signature
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport, deliver_one
from tests.alerts.making import NOW, events_of, make_practitioner, raised, recipients_of, urgent
from tests.alerts.providers import PHONE, TWILIO_TOKEN, WEBHOOK_SECRET, Providers, give_address
from tests.cast import make_patient
from tests.triggers import ignoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(providers: Providers, ada: Patient, nurse_kim: Practitioner) -> Notification:
    """A page that the SMS provider has accepted."""
    give_address(nurse_kim, Channel.SMS, PHONE)
    page = raised(urgent(), ada).notifications.get()
    deliver_one(page.pk)
    return fresh(page)


def fresh(page: Notification) -> Notification:
    page.refresh_from_db()
    return page


def twilio_says(
    page: Notification, status: str, *, token: str = TWILIO_TOKEN, code: str = "", sid: str = "", **change: str
) -> int:
    """The status of our answer to a call that Twilio signs."""
    sid = sid or page.attempts.order_by("-number")[0].provider_id
    fields = {"MessageSid": sid, "MessageStatus": status, "To": PHONE, **({"ErrorCode": code} if code else {})}
    path = f"/receipts/twilio?id=notification-{page.pk}"
    signature = twilio_signature(token, f"https://clinic.example{path}", fields).decode()
    return Client().post(path, {**fields, **change}, headers={"X-Twilio-Signature": signature}).status_code


def test_the_signature_is_that_of_twilio() -> None:
    """The example of Twilio's own documentation."""
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309",
              "To": "+18005551212"}  # fmt: skip
    expected = b"RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert twilio_signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", fields) == expected


def test_what_arrived_is_delivered(page: Notification) -> None:
    assert (page.state, page.delivered_at) == ("accepted", None)
    assert twilio_says(page, "delivered") == 204
    assert fresh(page).state == "delivered"
    assert page.delivered_at is not None


def test_a_failed_page_goes_on_by_the_next_channel(page: Notification) -> None:
    assert twilio_says(page, "undelivered", code="30003") == 204
    assert fresh(page).state == "failed"
    assert sorted(page.alert.notifications.values_list("channel", flat=True)) == ["email", "sms"]
    assert events_of(page.alert) == ["raised", "notified", "delivery_failed"]
    assert ContactPoint.objects.get().bad_since is None, "a telephone that is off is no bad number"


def test_a_number_that_does_not_exist_is_marked_bad_and_said_above_the_worklist(
    page: Notification, kim_site: Client
) -> None:
    twilio_says(page, "failed", code="30005")
    assert ContactPoint.objects.get().bad_since is not None
    assert f"Pages to {page.recipient} by SMS are refused" in kim_site.get("/admin/").content.decode()
    assert not Alert.objects.filter(problem="system").exists()


def test_when_no_channel_is_left_the_others_are_paged(page: Notification) -> None:
    make_practitioner(page.alert.clinic, "off_duty")
    twilio_says(page, "failed")
    deliver_due(transports={Channel.EMAIL: NullTransport(AttemptOutcome.PERMANENT_FAILURE)}, limit=1)
    assert "off_duty" in recipients_of(page.alert)


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "failed"])))
def test_in_whatever_order_they_come_the_first_end_holds(page: Notification, order: tuple[str, ...]) -> None:
    ends = [status for status in order if status in {"delivered", "failed"}]
    for status in order:
        for _ in range(2):
            assert twilio_says(page, status) == 204
    assert fresh(page).state == ends[0]
    assert events_of(page.alert).count("delivery_failed") == (ends[0] == "failed")
    assert page.alert.notifications.count() == (2 if ends[0] == "failed" else 1)


FORGED: list[Callable[[Notification], int]] = [
    lambda page: twilio_says(page, "delivered", token="another"),
    lambda page: twilio_says(page, "delivered", token=""),
    lambda page: twilio_says(page, "sent", MessageStatus="delivered"),
    lambda page: twilio_says(page, "failed", Extra="1"),
    lambda page: Client().post(f"/receipts/twilio?id=notification-{page.pk}", {"MessageStatus": "failed"}).status_code,
    lambda page: webhook_says(page, "failed", secret="another"),
    lambda page: webhook_says(page, "failed", at=time.time() - 301),
    lambda page: webhook_says(page, "failed", signature="v1,AAAA"),
    lambda page: Client().post("/receipts/webhook", b"{}", content_type="application/json").status_code,
]


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_receipt_is_refused_and_changes_nothing(
    page: Notification, forge: Callable[[Notification], int], caplog: pytest.LogCaptureFixture
) -> None:
    before = list(Notification.objects.values()), events_of(page.alert)
    assert forge(page) == 403
    assert (list(Notification.objects.values()), events_of(page.alert)) == before
    assert "receipt_refused" in caplog.text
    assert PHONE not in caplog.text


def test_a_receipt_may_not_be_moved_to_another_page(page: Notification, ada: Patient) -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "failed"}
    signature = twilio_signature(TWILIO_TOKEN, "https://clinic.example/receipts/twilio?id=other", fields).decode()
    path = f"/receipts/twilio?id=notification-{page.pk}"
    assert Client().post(path, fields, headers={"X-Twilio-Signature": signature}).status_code == 403


def webhook_says(
    page: Notification, status: object, *, secret: str = WEBHOOK_SECRET, at: float = 0, signature: str = "", **more: Any
) -> int:
    body = json.dumps({"id": f"notification-{page.pk}", "status": status, **more}).encode()
    headers = sign(secret, identity="receipt-1", at=int(at or time.time()), body=body)
    if signature:
        headers["webhook-signature"] = signature
    return Client().post("/receipts/webhook", body, content_type="application/json", headers=headers).status_code


def test_a_gateway_reports_by_signed_webhook(providers: Providers, ada: Patient, nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.WEBHOOK, providers.address(Channel.WEBHOOK))
    page = raised(urgent(), ada).notifications.get()
    deliver_one(page.pk)
    assert webhook_says(page, "delivered") == 204
    assert fresh(page).state == "delivered"


@pytest.mark.parametrize("more", [{"status": "lost"}, {"status": None}, {"id": {}, "status": []}])
def test_a_signed_receipt_that_makes_no_sense_is_an_error_of_the_sender(
    page: Notification, more: dict[str, Any]
) -> None:
    assert webhook_says(page, **{"status": "delivered", **more}) == 400
    assert fresh(page).state == "accepted"


@pytest.mark.parametrize("identity", ["notification-nonsense", "reminder-1", f"notification-{'0' * 32}", ""])
def test_a_receipt_about_something_else_changes_nothing(page: Notification, identity: str) -> None:
    assert webhook_says(page, "failed", id=identity) == 204
    assert fresh(page).state == "accepted"


@pytest.mark.parametrize("status", ["delivered", "failed"])
def test_a_receipt_of_one_channel_says_nothing_of_a_page_of_another(page: Notification, status: str) -> None:
    assert webhook_says(page, status) == 204
    assert fresh(page).state == "accepted"


def test_what_was_never_sent_cannot_have_arrived(providers: Providers, ada: Patient, nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.WEBHOOK, providers.address(Channel.WEBHOOK))
    page = raised(urgent(), ada).notifications.get()
    assert (page.channel, page.state) == ("webhook", "pending")
    assert webhook_says(page, "delivered") == 204
    assert (fresh(page).state, page.delivered_at) == ("pending", None)
    assert deliver_one(page.pk), "it still goes out"


def test_a_receipt_that_is_faster_than_the_answer_to_our_call_is_kept(page: Notification, ada: Patient) -> None:
    other = raised(urgent("OTHER"), ada).notifications.exclude(pk=page.pk).get()

    class Fast:
        def send(self, notification: Notification) -> Any:
            record_receipt(Receipt(Channel.SMS, ReceiptStatus.DELIVERED, identity=f"notification-{notification.pk}"))
            return NullTransport(AttemptOutcome.UNKNOWN).send(notification)

    deliver_one(other.pk, {Channel.SMS: Fast()})
    assert (fresh(other).state, other.attempts.get().outcome) == ("delivered", "unknown")
    assert not deliver_one(other.pk), "it is not sent again"


def test_a_receipt_ends_the_tries_of_a_page_whose_answer_was_lost(ada: Patient, page: Notification) -> None:
    other = raised(urgent("OTHER"), ada).notifications.exclude(pk=page.pk).get()
    deliver_one(other.pk, {Channel.SMS: NullTransport(AttemptOutcome.UNKNOWN)})
    assert fresh(other).state == "pending"
    assert twilio_says(other, "delivered", sid="SM99") == 204
    assert fresh(other).state == "delivered"
    assert events_of(page.alert).count("notified") == 2


def test_a_failure_while_the_page_is_being_sent_has_to_come_again(ada: Patient, page: Notification) -> None:
    other = raised(urgent("OTHER"), ada).notifications.exclude(pk=page.pk).get()
    claim = claim_next()
    assert claim is not None
    assert twilio_says(other, "failed", sid="SM99") == 503
    _deliver(claim, {Channel.SMS: NullTransport()})
    assert twilio_says(other, "failed", sid="SM99") == 204
    assert fresh(other).state == "failed"


def test_an_earlier_try_that_failed_says_nothing_of_the_one_that_was_accepted(page: Notification) -> None:
    assert twilio_says(page, "failed", sid="SM-of-an-earlier-try") == 204
    assert fresh(page).state == "accepted"


def test_the_receipt_of_a_bundle_is_about_each_of_its_pages(
    providers: Providers, ada: Patient, nurse_kim: Practitioner
) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE)
    for number in range(6):
        raised(urgent("R"), make_patient(ada.clinic, f"Patient {number}"))
    assert deliver_due() == 1
    leading = Notification.objects.get(bundled_into=None)
    assert twilio_says(leading, "delivered") == 204
    assert set(Notification.objects.values_list("state", flat=True)) == {"delivered"}


def test_a_page_that_nobody_needs_any_more_may_fail_in_peace(page: Notification, nurse_kim: Practitioner) -> None:
    alert = page.alert
    acknowledge(alert, nurse_kim, NOW)
    Notification.objects.filter(pk=page.pk).update(withdrawn_at=NOW)
    twilio_says(page, "failed")
    assert alert.notifications.count() == 1


@pytest.mark.parametrize("provider", ["twilio", "webhook", "email", "carrier-pigeon"])
def test_a_provider_that_is_not_set_up_does_not_exist(db: None, settings: Settings, provider: str) -> None:
    settings.SMS_URL = settings.WEBHOOK_SECRET = ""
    assert Client().post(f"/receipts/{provider}", {"MessageStatus": "delivered"}).status_code == 404


def test_receipts_are_posted(db: None) -> None:
    assert Client().get("/receipts/twilio").status_code == 405


POSTMARK = {"SERVER": "anymail.backends.postmark.EmailBackend", "LOGIN": "hook:secret"}


@pytest.fixture
def mailed(settings: Settings, page: Notification) -> Notification:
    """A page that the mail provider has accepted under its own name."""
    settings.EMAIL_BACKEND = POSTMARK["SERVER"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": POSTMARK["LOGIN"]}
    with ignoring("alerts.DeliveryAttempt:attempt_ends_once"):
        page.attempts.update(provider_id="pm-1")
    Notification.objects.filter(pk=page.pk).update(channel=Channel.EMAIL)
    return fresh(page)


def postmark_says(event: dict[str, object], login: str = POSTMARK["LOGIN"]) -> int:
    headers = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if login else {}
    body = json.dumps({"MessageID": "pm-1", **event})
    return Client().post("/receipts/email", body, content_type="application/json", headers=headers).status_code


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ({"RecordType": "Delivery"}, "delivered"),
        ({"RecordType": "Bounce", "Type": "HardBounce"}, "failed"),
        ({"RecordType": "Bounce", "Type": "Transient"}, "accepted"),
        ({"RecordType": "Open"}, "accepted"),
        ({"RecordType": "Delivery", "MessageID": "pm-2"}, "accepted"),
    ],
)
def test_what_a_mail_provider_reports_is_read_by_anymail(
    mailed: Notification, event: dict[str, object], state: str
) -> None:
    assert postmark_says(event) == 204
    assert fresh(mailed).state == state


@pytest.mark.parametrize("login", ["", "hook:other"])
def test_a_forged_mail_receipt_is_refused(mailed: Notification, login: str) -> None:
    assert postmark_says({"RecordType": "Bounce", "Type": "HardBounce"}, login) == 403
    assert fresh(mailed).state == "accepted"


def test_mail_receipts_without_a_secret_are_taken_from_nobody(mailed: Notification, settings: Settings) -> None:
    settings.ANYMAIL = {}
    assert postmark_says({"RecordType": "Bounce", "Type": "HardBounce"}) == 403
    assert fresh(mailed).state == "accepted"
