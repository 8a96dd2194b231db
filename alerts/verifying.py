"""Shows that an address belongs to the practitioner who named it: a code is sent there and has to be given back."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alerts.models import ContactPoint, SentCode
from alerts.models.notification import AttemptOutcome
from alerts.transports import CARRIERS, Carrier, Sent
from alerts.transports.messages import Message
from symptoms.models import Practitioner

logger = logging.getLogger(__name__)

CODE_LIFE: Final = timedelta(minutes=15)
CODE_TRIES: Final = 5
WAIT_BEFORE_ANOTHER: Final = timedelta(minutes=1)
MOST_A_DAY: Final = 10
"""Codes that one person may have sent within 24 hours, to whatever addresses: nobody writes to strangers by us."""
TOO_SOON: Final = _("A code was sent less than a minute ago. Wait for it, or ask again in a minute.")


class CannotVerify(Exception):
    """A code that is not sent or not taken. The message tells the practitioner why."""


def make_code(contact: ContactPoint, now: datetime, *, asked_by: Practitioner | None = None) -> str:
    """A new code for an address; it holds for 15 minutes and 5 tries. Raises CannotVerify.

    An address gets at most one code a minute. One person, the owner unless `asked_by` says who, has at most one sent
    a minute and ten a day, whether or not they arrive and however often the address is changed.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    fresh = ContactPoint.objects.filter(pk=contact.pk).exclude(
        code_expires_at__gt=now + CODE_LIFE - WAIT_BEFORE_ANOTHER
    )
    changes = {"code_hash": _hash(contact, code), "code_expires_at": now + CODE_LIFE, "code_tries_left": CODE_TRIES}
    with transaction.atomic():
        _count(asked_by or contact.practitioner, now)
        if not fresh.update(**changes):
            raise CannotVerify(TOO_SOON)
    return code


def carry_code(contact: ContactPoint, code: str, carriers: Mapping[str, Carrier] = CARRIERS) -> None:
    """Send a code that was made for an address. Raises CannotVerify when that is known to have failed."""
    sent = _send(contact, code, carriers)
    if sent.outcome not in (AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN):
        logger.warning("code_not_sent contact=%s error=%s", contact.pk, sent.error)
        said = gettext("The code could not be sent (%(error)s). Check the address, or try again later.")
        raise CannotVerify(said % {"error": sent.error})


def _count(person: Practitioner, now: datetime) -> None:
    """Note that a person has a code sent. Raises CannotVerify when it is one too many."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=person.pk)
    sent = SentCode.objects.filter(asked_by=person)
    if sent.filter(sent_at__gt=now - WAIT_BEFORE_ANOTHER).exists():
        raise CannotVerify(TOO_SOON)
    if sent.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        said = gettext("%(count)s codes were sent within 24 hours. Ask again tomorrow.")
        raise CannotVerify(said % {"count": MOST_A_DAY})
    SentCode.objects.create(asked_by=person, sent_at=now)


def verify(contact: ContactPoint, code: str, now: datetime) -> ContactPoint:
    """Take back the code that was sent to an address: from now on it is used. Raises CannotVerify."""
    with transaction.atomic():
        held = ContactPoint.objects.select_for_update().get(pk=contact.pk)
        is_open = held.code_hash and held.code_tries_left and held.code_expires_at and held.code_expires_at > now
        is_right = is_open and constant_time_compare(held.code_hash, _hash(held, code.strip().replace(" ", "")))
        if is_right:
            held.verified_at = now
            held.bad_since = held.code_expires_at = None
            held.code_hash = ""
        held.code_tries_left = max(0, held.code_tries_left - 1)
        held.save()
    if not is_open:
        raise CannotVerify(gettext("There is no code to give back any more. Have another one sent."))
    if not is_right:
        said = gettext("This is not the code. Tries left: %(left)s.")
        raise CannotVerify(said % {"left": held.code_tries_left})
    return held


def _send(contact: ContactPoint, code: str, carriers: Mapping[str, Carrier]) -> Sent:
    message = Message(
        identity=f"code-{secrets.token_hex(8)}",
        kind="code",
        subject=f"Your code is {code}",
        paragraphs=(f"Your code is {code}.", "Enter it at your contact point within 15 minutes."),
    )
    return carriers[contact.channel].carry(message, contact.address)


def _hash(contact: ContactPoint, code: str) -> str:
    return salted_hmac("alerts.verifying", f"{contact.pk}:{contact.address}:{code}", algorithm="sha256").hexdigest()
