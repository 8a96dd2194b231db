"""Mails to members of staff about their own account. They hold no name, no patient and no secret."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from symptoms.models import Clinic, Practitioner, User
from symptoms.models.clinic import Role
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


def tell_of_new_account(practitioner: Practitioner, *, by: AbstractBaseUser | AnonymousUser) -> None:
    """Tell the administrators of a clinic that somebody was let in, but for who did it; all where there are none."""
    clinic = practitioner.clinic
    others = clinic.practitioners.filter(user__is_active=True).exclude(pk=practitioner.pk).exclude(user=by.pk)
    told = others.filter(role=Role.ADMINISTRATOR) or others
    with translation.override(clinic.language):
        for one in told.select_related("user"):
            _tell(
                one.user,
                _("An account was made at your clinic"),
                _(
                    "Somebody can sign in to the clinician site as a member of your clinic now. Look at the list of "
                    "practitioners. If you do not know them, make the account inactive and tell your clinic at once."
                ),
            )


def administrators_of(clinic: Clinic) -> QuerySet[Practitioner]:
    """Who can see to the staff of a clinic."""
    return clinic.practitioners.filter(role=Role.ADMINISTRATOR, user__is_active=True)


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
