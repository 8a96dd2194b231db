"""How often somebody tried to sign in, so that guessing becomes slow without locking anybody out."""

from __future__ import annotations

from django.db import models


class SignInTry(models.Model):
    """The tries for one account from one source or device, kept under a keyed hash. It holds no user name."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} tries"
