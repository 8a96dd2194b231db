"""`POST /receipts/<provider>`: verifies who speaks, reads what is said, and hands it on.

What is not signed is refused with 403 and changes nothing. A provider that is not set up does not exist.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib
import inspect
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from alerts.models.notification import Channel
from alerts.receipts import NotYet, Receipt, ReceiptStatus, record_receipt
from alerts.transports.standard_webhooks import NotSigned, verify

logger = logging.getLogger(__name__)


class Unreadable(Exception):
    """The receipt is signed, and makes no sense."""


@csrf_exempt
@require_POST
def take_receipts(request: HttpRequest, provider: str) -> HttpResponse:
    """204 once all receipts of the call are recorded; 503 asks the provider to come again."""
    read = READERS.get(provider)
    if read is None:
        raise Http404
    try:
        for receipt in read(request):
            record_receipt(receipt)
    except NotSigned as refusal:
        logger.warning("receipt_refused provider=%s reason=%s", provider, refusal)
        return HttpResponse("Not signed.", status=403, content_type="text/plain")
    except Unreadable:
        return HttpResponse("Not readable.", status=400, content_type="text/plain")
    except NotYet:
        return HttpResponse("Not yet.", status=503, headers={"Retry-After": "10"}, content_type="text/plain")
    return HttpResponse(status=204)


TWILIO_STATUS: Final = {
    "delivered": ReceiptStatus.DELIVERED,
    "read": ReceiptStatus.DELIVERED,
    "undelivered": ReceiptStatus.FAILED,
    "failed": ReceiptStatus.FAILED,
}
TWILIO_BAD_NUMBER: Final = frozenset({"30005", "30006"})
"""Error codes of a number that does not exist, or takes no SMS. A telephone that is off is not among them."""


def read_twilio(request: HttpRequest) -> list[Receipt]:
    """Status callbacks, signed over the address that we gave and all that was posted."""
    if not settings.SMS_URL:
        raise Http404
    token = unquote(urlsplit(settings.SMS_URL).password or "")
    site = urlsplit(settings.SITE_URL)
    url = f"{site.scheme}://{site.netloc}{request.get_full_path()}"
    expected = twilio_signature(token, url, request.POST.dict())
    if not token or not hmac.compare_digest(expected, request.headers.get("X-Twilio-Signature", "").encode()):
        raise NotSigned("the signature is another")
    status = TWILIO_STATUS.get(request.POST.get("MessageStatus", ""))
    if status is None:
        return []
    code = request.POST.get("ErrorCode", "")
    error = f"Undelivered {code}".strip()[:200] if status == ReceiptStatus.FAILED else ""
    identity = request.GET.get("id", "")
    provider_id = request.POST.get("MessageSid", "")
    return [Receipt(Channel.SMS, status, identity, provider_id, error, is_address_bad=code in TWILIO_BAD_NUMBER)]


def twilio_signature(token: str, url: str, fields: dict[str, Any]) -> bytes:
    """The signature that Twilio puts on a call."""
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest())


def read_webhook(request: HttpRequest) -> list[Receipt]:
    """`{"id", "status": "delivered" | "failed"}` of whoever got our webhook, signed with the same secret.

    `id` is the `webhook-id` that we sent.
    """
    if not settings.WEBHOOK_SECRET:
        raise Http404
    headers = {name.lower(): value for name, value in request.headers.items()}
    verify(settings.WEBHOOK_SECRET, headers, request.body, now=time.time())
    try:
        body = json.loads(request.body)
        status = ReceiptStatus(body["status"])
        return [Receipt(Channel.WEBHOOK, status, identity=str(body["id"]), error="ReceiptFailed")]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error


BOUNCES: Final = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})


def read_email(request: HttpRequest) -> list[Receipt]:
    """Tracking events of the mail provider, verified and read by Anymail."""
    view = _anymail_view()
    try:
        view.run_validators(request)  # type: ignore[no-untyped-call]  # Anymail has no types
    except AnymailWebhookValidationFailure as error:
        raise NotSigned("the mail provider's signature is another") from error
    try:
        events: list[AnymailTrackingEvent] = view.parse_events(request)  # type: ignore[no-untyped-call]  # nor here
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error
    return list(_read_events(events))


def _anymail_view() -> AnymailBaseWebhookView:
    """Anymail's reader for the mail provider in use. Raises Http404 when there is none, NotSigned when it is open."""
    package, _, provider = settings.EMAIL_BACKEND.removesuffix(".EmailBackend").rpartition(".")
    if package != "anymail.backends":
        raise Http404
    module = importlib.import_module(f"anymail.webhooks.{provider}")
    readers: list[Any] = [entry for _, entry in inspect.getmembers(module, inspect.isclass) if _is_tracking(entry)]
    found = next(iter(readers), None)
    if found is None:
        raise Http404
    if found.warn_if_no_basic_auth and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise NotSigned("ANYMAIL has no WEBHOOK_SECRET")
    try:
        view: AnymailBaseWebhookView = found()
    except ImproperlyConfigured as error:
        raise NotSigned("ANYMAIL has no signing key of the mail provider") from error
    return view


def _is_tracking(entry: Any) -> bool:
    return issubclass(entry, AnymailBaseWebhookView) and entry.signal is tracking


def _read_events(events: list[AnymailTrackingEvent]) -> Iterator[Receipt]:
    for event in events:
        provider_id = str(event.message_id or "")
        if event.event_type == EventType.DELIVERED:
            yield Receipt(Channel.EMAIL, ReceiptStatus.DELIVERED, provider_id=provider_id)
        elif event.event_type in BOUNCES:
            is_bad = event.reject_reason in (RejectReason.INVALID, RejectReason.BOUNCED)
            error = f"Undelivered {event.event_type} {event.reject_reason or ''}".strip()
            yield Receipt(
                Channel.EMAIL, ReceiptStatus.FAILED, provider_id=provider_id, error=error, is_address_bad=is_bad
            )


READERS: Final[dict[str, Callable[[HttpRequest], list[Receipt]]]] = {
    "twilio": read_twilio,
    "webhook": read_webhook,
    "email": read_email,
}
