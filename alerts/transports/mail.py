"""Hands one mail to the mail server and says what became of it."""

from __future__ import annotations

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from alerts.models.notification import AttemptOutcome
from alerts.transports.transport import Sent

logger = logging.getLogger(__name__)

PERMANENT_FROM = 500


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
    address cannot be written. Everything else, such as a server that is away or refuses us, passes.
    """
    try:
        if not mail.send():
            # Django answers 0, without an error, for a mail to nobody: an address that was emptied meanwhile.
            return Sent(AttemptOutcome.PERMANENT_FAILURE, error="NoRecipient")
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return _failed(error, min(codes, default=0), is_about_this_mail=True)
    except smtplib.SMTPDataError as error:
        return _failed(error, error.smtp_code, is_about_this_mail=True)
    except smtplib.SMTPResponseException as error:
        return _failed(error, error.smtp_code, is_about_this_mail=False)
    except (smtplib.SMTPException, OSError) as error:
        return _failed(error, 0, is_about_this_mail=False)
    except ValueError as error:  # an address or a header that cannot be written
        return _failed(error, PERMANENT_FROM, is_about_this_mail=True)
    except Exception as error:
        logger.exception("mail_failed_unexpectedly")
        return _failed(error, 0, is_about_this_mail=False)
    return Sent(AttemptOutcome.ACCEPTED, provider_id=mail.extra_headers["Message-ID"])


def _failed(error: Exception, code: int, *, is_about_this_mail: bool) -> Sent:
    is_permanent = is_about_this_mail and code >= PERMANENT_FROM
    return Sent(
        AttemptOutcome.PERMANENT_FAILURE if is_permanent else AttemptOutcome.TEMPORARY_FAILURE,
        error=f"{type(error).__name__} {code or ''}".strip(),
    )
