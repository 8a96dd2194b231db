"""Mails to members of staff about their own account. They hold no name and no patient.

One of them holds half of a secret, which opens nothing without the other half.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from symptoms.mail import mail_staff
from symptoms.models import Clinic, Practitioner, User
from symptoms.models.clinic import Role
from symptoms.sign_in.throttle import FREE_TRIES

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


def tell_of_reset(user: User, second_half: str) -> bool:
    """Tell somebody that an administrator reset how they sign in, with their half of the start password."""
    with translation.override(_language_of(user)):
        body = _(
            "An administrator of your clinic has reset your password and your second factor. If you did not ask "
            "for this, tell your clinic at once, and keep this mail to yourself.\n\nThe first part of a start password "
            "is handed to you in person. The second part is\n\n%(part)s\n\nType both, one after the other, as your "
            "password."
        )
        return _tell(user, _("Your sign-in was reset"), body % {"part": second_half})


def tell_of_new_address(user: User, old: str, way_back: str) -> None:
    """Tell somebody, at the old address and at the new one, that somebody else gave their account another address.

    `way_back` is the path on which the old one is taken back; only the old address gets it.
    """
    with translation.override(_language_of(user)):
        subject = _("Your mail address was changed")
        body = _(
            "Somebody else has changed the mail address of your account on the clinician site. If you did not ask for "
            "this, tell the administrators of your clinic at once."
        )
        undo = _("With this link you keep your old address, within three days:")
        if old:
            _tell(user, subject, f"{body}\n\n{undo}", to=old, path=way_back)
        _tell(user, subject, body)


def tell_who_watches(user: User, by: User) -> None:
    """Tell the administrators and auditors of somebody's clinic that how they sign in was changed, but not who did it.

    The mail names nobody: it leads to the history of the account.
    """
    practitioner: Practitioner | None = getattr(user, "practitioner", None)
    if practitioner is None:
        return
    watching = Practitioner.objects.filter(
        clinic=practitioner.clinic_id, role__in=[Role.ADMINISTRATOR, Role.AUDITOR], user__is_active=True
    ).exclude(user__in=[user.pk, by.pk])
    path = f"/admin/symptoms/user/{user.pk}/history/"
    for one in watching.select_related("user", "clinic"):
        with translation.override(one.clinic.language):
            _tell(
                one.user,
                _("An account of your clinic was changed"),
                _(
                    "The sign-in or the mail address of a colleague's account was changed by somebody else. Who did it "
                    "stands in the history of the account. If it was not agreed, act at once."
                ),
                path=path,
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


def _tell(user: User, subject: str, body: str, *, to: str = "", path: str = "/admin/") -> bool:
    """Whether the mail was handed over, to the account's own address unless another is given."""
    address = to or user.email
    return bool(address) and mail_staff(subject, body, path, to=[address])
