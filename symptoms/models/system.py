"""What hospital systems sign in with, to read the records of one clinic and to report for its patients."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from symptoms.models.clinic import Clinic
from symptoms.models.saying import dated

SYSTEM: Final = "system"
"""Stands in the access log where people have their role."""


class SystemCredentialQuerySet(models.QuerySet["SystemCredential"]):
    def in_force(self, now: datetime) -> SystemCredentialQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=now)


class SystemCredential(models.Model):
    """The token of one hospital system for one clinic. Only its hash is stored; it stays on record when it ends.

    `user` is the account of the system, which the access log names; it signs in nowhere, and a new token has the same.
    """

    role: ClassVar[str] = SYSTEM

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="system_credentials")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="system_credentials")
    name = models.SlugField(max_length=40, db_index=False, help_text="What the clinic calls the system.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To the hour.")

    objects = SystemCredentialQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.name}: {dated(self, self.created_at)}"

    def is_noted(self, since: datetime) -> bool:
        """Whether it is written down that the token was used since a moment."""
        return self.last_used_at is not None and self.last_used_at > since
