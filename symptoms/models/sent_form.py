"""The forms of the clinician site that have done what they say, so that one which is sent twice does it once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models

KNOWN_FOR: Final = timedelta(days=7)
"""How long a form is known to have been sent: longer than any page stays open."""


class SentForm(models.Model):
    """The identity of a form as it was filled in. It tells neither whose it was nor what was in it."""

    id = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"sent {self.sent_at:%Y-%m-%d %H:%M}"
