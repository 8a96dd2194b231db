"""Codes that were refused, so that nobody can try on."""

from __future__ import annotations

from django.db import models

from symptoms.models.clinic import Clinic


class RefusedActivation(models.Model):
    """One refused code. Code and address are keyed hashes; the clinic is known when the code once was good."""

    refused_at = models.DateTimeField(db_index=True)
    address_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "refused_at"], name="refused_from_address"),
            models.Index(fields=["code_hash", "refused_at"], name="refused_code"),
            models.Index(fields=["clinic", "refused_at"], name="refused_at_clinic"),
        ]

    def __str__(self) -> str:
        return f"code refused at {self.refused_at:%Y-%m-%d %H:%M}"
