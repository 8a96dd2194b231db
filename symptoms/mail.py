"""Mails to members of staff about an account or the records of a clinic. What may go wrong on the way is logged."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)


def mail_staff(subject: str, body: str, path: str, *, to: Sequence[str] = (), bcc: Sequence[str] = ()) -> bool:
    """Send a mail that ends in the link to a page of the site. Whether nothing refused it; never raises.

    To nobody, nothing is sent, which counts as sent.
    """
    try:
        EmailMessage(subject, f"{body}\n\n{settings.SITE_URL}{path}\n", to=to, bcc=bcc).send()
    except Exception:  # whatever a mail server or a provider raises
        logger.exception("staff_mail_failed")  # without the path, which may hold a secret
        return False
    return True
