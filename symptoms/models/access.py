"""Who saw or changed what of which patient, on the clinician site or as a system of the hospital. Written once."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from symptoms.models.clinic import Clinic, Role
from symptoms.models.emergency import EmergencyAccess
from symptoms.models.fields import choices, one_of
from symptoms.models.guards import append_only
from symptoms.models.saying import dated
from symptoms.models.system import SYSTEM
from symptoms.models.user import User

ACCESS_KEPT_FOR: Final = timedelta(days=3653)
"""Ten years. The database itself refuses to delete what is younger."""


class AccessKind(StrEnum):
    VIEW = "view"
    LIST = "list"
    SEARCH = "search"
    REVEAL = "reveal"
    PRINT = "print"
    EXPORT = "export"
    ADD = "add"
    CHANGE = "change"
    EMERGENCY = "emergency"


KIND_NAMES = {
    AccessKind.VIEW: _("looked at"),
    AccessKind.LIST: _("listed"),
    AccessKind.SEARCH: _("searched"),
    AccessKind.REVEAL: _("uncovered"),
    AccessKind.PRINT: _("printed"),
    AccessKind.EXPORT: _("exported"),
    AccessKind.ADD: _("added"),
    AccessKind.CHANGE: _("changed"),
    AccessKind.EMERGENCY: _("opened in an emergency"),
}


class AccessRecord(models.Model):
    """One person or system, one page, the patients on it. Append-only, and deleted after ten years.

    `patients` holds the ids of all patients whose data the page showed or changed, none where a search found nobody.
    Neither names nor what was searched for are kept. `happened_at` is the database's clock.
    """

    happened_at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    clinic = models.ForeignKey(
        Clinic, on_delete=models.PROTECT, related_name="access_records", help_text="Whose patients they are."
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[*choices(Role), (SYSTEM, SYSTEM)],
        help_text="The person's, at that time.",
    )
    kind = models.CharField(_("what"), max_length=10, choices=[(kind.value, KIND_NAMES[kind]) for kind in AccessKind])
    page = models.CharField(_("page"), max_length=100, help_text="The name of the page's address.")
    record = models.CharField(
        _("record"), max_length=200, blank=True, help_text="Model and id of the record; empty for several."
    )
    patients = ArrayField(models.UUIDField(), verbose_name=_("patients"))
    emergency = models.ForeignKey(
        EmergencyAccess, on_delete=models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("why")
    )
    address = models.GenericIPAddressField(_("from where"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        constraints = [
            models.CheckConstraint(condition=one_of("kind", AccessKind), name="access_kind_known"),
            models.CheckConstraint(condition=one_of("role", [*Role, SYSTEM]), name="access_role_known"),
        ]
        indexes = [
            models.Index(fields=["clinic", "-id"], name="access_of_clinic"),
            models.Index(fields=["person", "-id"], name="access_by_person"),
            GinIndex(fields=["patients"], name="access_of_patient"),
        ]
        triggers = [append_only(until=("happened_at", ACCESS_KEPT_FOR))]

    def __str__(self) -> str:
        return dated(self, self.happened_at)
