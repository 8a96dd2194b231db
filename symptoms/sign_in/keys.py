"""Encrypts the secrets of second factors anew, after a change of the keys."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from symptoms.field_keys import Tally
from symptoms.models.encrypted import UnreadableValue, site_keys

SECRETS: Final = ("secret", "seed")
"""Of an app, and of recovery codes. A passkey keeps its own."""


def renew_factors(*, is_dry: bool = False) -> Tally:
    """Encrypt every secret by the first key; `is_dry` only counts. One that no key opens stays, and is counted."""
    tally = Tally()
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update().order_by("pk"):
            tally.rows += 1
            renewed = _renewed(factor.data, tally)
            if renewed != factor.data:
                tally.renewed += 1
                if not is_dry:
                    Authenticator.objects.filter(pk=factor.pk).update(data=renewed)
    return tally


def _renewed(data: dict[str, Any], tally: Tally) -> dict[str, Any]:
    keys, renewed = site_keys(), dict(data)
    for name in SECRETS:
        if name in data and not keys.is_current(data[name]):
            try:
                renewed[name] = keys.encrypt(keys.decrypt(data[name]))
            except UnreadableValue:
                tally.unreadable[name] = tally.unreadable.get(name, 0) + 1
    return renewed
