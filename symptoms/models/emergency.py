"""That a clinician of another clinic looks at one patient in an emergency, why, and until when."""

from __future__ import annotations

from typing import Final

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from symptoms.models.clinic import Practitioner
from symptoms.models.encrypted import EncryptedTextField
from symptoms.models.guards import REWRITING
from symptoms.models.patient import Patient
from symptoms.models.saying import dated

WRITTEN_ONCE: Final = pgtrigger.Trigger(
    name="written_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{told_at,tell_after}'::text[]"
        " = to_jsonb(OLD) - '{told_at,tell_after}'::text[] THEN RETURN NEW; END IF;"
        f" IF TG_OP = 'UPDATE' AND current_setting('{REWRITING}', true) = 'on'"
        " AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;"
    ),
)


class EmergencyAccess(models.Model):
    """One person may read about one patient of another clinic, for an hour. Written once, and never deleted.

    `told_at` is when the patient's clinic was told by mail; nobody tries to before `tell_after`, which whoever does so
    puts ahead. Moments are the database's.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="emergency_accesses", verbose_name=_("who")
    )
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergency_accesses")
    reason = EncryptedTextField(_("reason"))
    opened_at = models.DateTimeField(_("opened"), db_default=Now(), editable=False)
    ends_at = models.DateTimeField(_("until"))
    told_at = models.DateTimeField(_("clinic told"), null=True, blank=True)
    tell_after = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="emergency_access_ends")]
        indexes = [models.Index(fields=["opened_at"], condition=Q(told_at=None), name="emergency_access_to_tell")]
        triggers = [WRITTEN_ONCE]

    def __str__(self) -> str:
        return f"{self.practitioner}, {dated(self, self.opened_at)}"
