"""Mails to members of staff about their own account. They hold no name, no patient and no secret."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from symptoms.models import User
from symptoms.sign_in.throttle import FREE_TRIES

logger = logging.getLogger(__name__)

FREE_GUESSES: Final = FREE_TRIES


def tell_of_guessing(user: User) -> bool:
    """Tell somebody that their password was right and the codes after it wrong, again and again."""
    with translation.override(_language_of(user)):
        return _tell(
            user,
            _("Somebody tries to sign in with your password"),
            _(
                "Your password was given on the clinician site, and five wrong codes after it. If this was not you, "
                "change your password now and tell the administrator of your clinic."
            ),
        )


def tell_of_reset(user: User) -> bool:
    """Tell somebody that an administrator reset how they sign in."""
    with translation.override(_language_of(user)):
        return _tell(
            user,
            _("Your sign-in was reset"),
            _(
                "An administrator of your clinic has reset your password and your second factor. If you did not ask "
                "for this, tell your clinic at once."
            ),
        )


def _language_of(user: User) -> str:
    practitioner = getattr(user, "practitioner", None)
    return practitioner.clinic.language if practitioner else settings.LANGUAGE_CODE


def _tell(user: User, subject: str, body: str) -> bool:
    """Whether the mail was handed over. What it is about happens all the same."""
    if not user.email:
        return False
    try:
        return bool(send_mail(subject, f"{body}\n\n{settings.SITE_URL}/admin/\n", None, [user.email]))
    except (SMTPException, OSError):
        logger.exception("account_mail_failed")
        return False
