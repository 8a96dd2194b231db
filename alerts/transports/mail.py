"""Hands one mail to the mail server, or to the provider that Anymail speaks to, and says what became of it."""

from __future__ import annotations

import logging
import re
import smtplib
import socket
from typing import Final
from urllib.parse import urlsplit

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage

from alerts.models.notification import AttemptOutcome
from alerts.transports.smtp import NothingHandedOver
from alerts.transports.transport import Sent

logger = logging.getLogger(__name__)

PERMANENT_FROM: Final = 500
PROVIDER_TOOK_IT: Final = frozenset({"sent", "queued"})
"""Anymail's words for what a provider did with a mail that it does not refuse."""

MAILBOX_CODES: Final = frozenset({550, 551, 553})
"""SMTP replies about a mailbox: there is none, it is elsewhere, its name is not allowed (RFC 5321)."""

NO_CONNECTION: Final = (ConnectionRefusedError, socket.gaierror)

ABOUT_OUR_ACCOUNT: Final = re.compile(rb"[45]\.7\.\d{1,3}\b")
"""Enhanced status codes of policy and security (RFC 3463): what is refused is us, not the mail, and it passes."""


def compose_mail(*, identity: str, to: str, subject: str, body: str) -> EmailMessage:
    """A mail whose Message-ID is made of `identity`, so that two copies of it can be told to be one."""
    headers = {
        "Message-ID": f"<{identity}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject=subject, body=body, to=[to], headers=headers)


def send_mail(mail: EmailMessage) -> Sent:
    """Send a mail now. Never raises.

    Permanent is only what is about this mail: its address or its content was refused for good (5xx), or the
    address cannot be written. Everything else, such as a server that is away or refuses us (x.7.x), passes.
    """
    try:
        if not mail.send():
            # Django answers 0, without an error, for a mail to nobody: an address that was emptied meanwhile.
            return Sent(AttemptOutcome.PERMANENT_FAILURE, error="NoRecipient")
    except AnymailError as error:
        return _refused_by_provider(error)
    except smtplib.SMTPServerDisconnected as error:
        return _cut_off(error)
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = min(error.recipients.values(), default=(0, b""))
        return _failed(error, code, is_about_this_mail=not _is_about_us(reply), is_address_bad=code in MAILBOX_CODES)
    except smtplib.SMTPDataError as error:
        return _failed(error, error.smtp_code, is_about_this_mail=not _is_about_us(error.smtp_error))
    except smtplib.SMTPResponseException as error:
        return _failed(error, error.smtp_code, is_about_this_mail=False)
    except (smtplib.SMTPException, OSError) as error:
        return _failed(error, 0, is_about_this_mail=False)
    except ValueError as error:  # an address or a header that cannot be written
        return _failed(error, PERMANENT_FROM, is_about_this_mail=True)
    except Exception as error:
        logger.exception("mail_failed_unexpectedly")
        return _failed(error, 0, is_about_this_mail=False)
    return _taken(mail)


def _taken(mail: EmailMessage) -> Sent:
    """The server took the mail, or the provider says so. Its own name for the mail is what its receipts speak of."""
    message_id = mail.extra_headers["Message-ID"]
    status = getattr(mail, "anymail_status", None)
    if status is None:
        return Sent(AttemptOutcome.ACCEPTED, provider_id=message_id)
    if not status.status or not status.status <= PROVIDER_TOOK_IT:
        return Sent(AttemptOutcome.UNKNOWN, error="NotQueued")
    return Sent(AttemptOutcome.ACCEPTED, provider_id=str(status.message_id or message_id)[:200])


def _cut_off(error: smtplib.SMTPServerDisconnected) -> Sent:
    """The server went away, or did not answer to the whole mail in time: then it may have taken it."""
    if isinstance(error, NothingHandedOver):
        return _failed(error, 0, is_about_this_mail=False)
    return Sent(AttemptOutcome.UNKNOWN, error=type(error).__name__)


def _refused_by_provider(error: AnymailError) -> Sent:
    """A provider refuses the recipient, or us, or does not answer: it may have taken the mail, if it was reached."""
    name = type(error).__name__
    if isinstance(error, AnymailRecipientsRefused | AnymailInvalidAddress):
        return Sent(AttemptOutcome.PERMANENT_FAILURE, error=name, is_address_bad=True)
    if isinstance(error, AnymailAPIError) and error.status_code is None and not _was_never_reached(error):
        return Sent(AttemptOutcome.UNKNOWN, error=name)
    return Sent(AttemptOutcome.TEMPORARY_FAILURE, error=f"{name} {error.status_code or ''}".strip())


def _was_never_reached(error: AnymailAPIError) -> bool:
    """Whether there was no connection at all, for want of a name or of somebody who listens.

    What the network said stands behind the exceptions of requests, of its tries and of urllib3.
    """
    tries = error.__cause__.args[:1] if error.__cause__ else ()
    reasons = [getattr(one, "reason", None) for one in tries]
    return any(isinstance(one.__cause__, NO_CONNECTION) for one in reasons if isinstance(one, Exception))


def _is_about_us(reply: bytes | str) -> bool:
    """Whether a mail server's reply says that it is our account or our server that it refuses."""
    return ABOUT_OUR_ACCOUNT.match(reply.encode() if isinstance(reply, str) else reply) is not None


def _failed(error: Exception, code: int, *, is_about_this_mail: bool, is_address_bad: bool = False) -> Sent:
    is_permanent = is_about_this_mail and code >= PERMANENT_FROM
    return Sent(
        AttemptOutcome.PERMANENT_FAILURE if is_permanent else AttemptOutcome.TEMPORARY_FAILURE,
        error=f"{type(error).__name__} {code or ''}".strip(),
        is_address_bad=is_permanent and is_address_bad,
    )
