"""The rhythm in which each patient is asked how they are: one row for each, and what is due next."""

from __future__ import annotations

from django.db import models

from symptoms.models import Patient


class CheckInPlan(models.Model):
    """When a patient is asked next, and how long they have been silent.

    A moment that is due is worked off by a sweep and replaced by the next; an empty one is never due. The days
    are those of `symptoms.clinical.check_ins`.
    """

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, primary_key=True, related_name="check_in_plan")
    next_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The next check-in. Empty: no running course, or nobody to write to.",
    )
    settled_on = models.DateField(
        null=True, blank=True, help_text="The last day that was asked about or reported on, by the patient's calendar."
    )
    not_before = models.DateTimeField(
        null=True, blank=True, help_text="No earlier than this, whatever the calendar says: just asked, or just heard."
    )
    silent_count = models.PositiveSmallIntegerField(default=0, help_text="Check-ins in a row without an answer.")
    no_report_due_at = models.DateTimeField(
        null=True, blank=True, help_text="When the care team is to be told of the silence."
    )

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="check_in_due"),
            models.Index(
                fields=["no_report_due_at"],
                condition=models.Q(no_report_due_at__isnull=False),
                name="check_in_no_report_due",
            ),
        ]

    def __str__(self) -> str:
        return f"next check-in {self.next_at:%Y-%m-%d %H:%M}" if self.next_at else "no check-in planned"
