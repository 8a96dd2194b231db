"""A clinic's escalation policies: who is paged about an alert of one urgency, when, and by which channels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _

from alerts.escalation import LIMITS, Hours, Who
from alerts.models.notification import Channel
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Practitioner
from symptoms.models.fields import choices, one_of

PAGED = [Urgency.URGENT, Urgency.EMERGENCY]
A_WEEK = 7 * 24 * 60
MINUTES = [MinValueValidator(1), MaxValueValidator(A_WEEK)]


WAITS = ["repeat_every", "act_within", "close_within", "retry_after"]


def longest_minutes(urgency: int, wait: str) -> int:
    """The longest wait of a kind, in minutes, that a policy may set for an urgency that is paged."""
    longest: timedelta = getattr(LIMITS[Urgency(urgency)], wait)
    return longest // timedelta(minutes=1)


def _fits(urgency: Urgency) -> models.Q:
    return models.Q(urgency=urgency.value, **{f"{wait}_minutes__lte": longest_minutes(urgency, wait) for wait in WAITS})


def validate_channels(channels: Any) -> None:
    """Accept a list of channel names only."""
    known = [channel.value for channel in Channel]
    if not isinstance(channels, list) or not all(one in known for one in channels):
        raise ValidationError(_("Name channels as a list of: %(known)s.") % {"known": ", ".join(known)})


class EscalationPolicy(models.Model):
    """What a clinic does about alerts of one urgency. A clinic without one has the default policy.

    An alert keeps the policy as it was when the alert was raised.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="escalation_policies")
    urgency = models.PositiveSmallIntegerField(choices=[(one.value, one.code) for one in PAGED])
    repeat_every_minutes = models.PositiveIntegerField(
        validators=MINUTES,
        help_text="How often everybody is paged after the last step, until somebody takes the alert.",
    )
    act_within_minutes = models.PositiveIntegerField(
        validators=MINUTES, help_text="From acknowledging to a recorded action; else the alert climbs again."
    )
    close_within_minutes = models.PositiveIntegerField(
        validators=MINUTES, help_text="From the last recorded action to the outcome; else the alert climbs again."
    )
    retry_after_minutes = models.PositiveIntegerField(
        validators=MINUTES, help_text="When a patient was not reached, people are paged again after this."
    )
    fallback = models.ManyToManyField(
        Practitioner,
        blank=True,
        related_name="fallback_of",
        help_text="Paged when nobody is on shift. None: the whole team.",
    )

    class Meta:
        verbose_name_plural = "escalation policies"
        ordering = ["clinic", "-urgency"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "urgency"], name="one_policy_per_clinic_and_urgency"),
            models.CheckConstraint(condition=one_of("urgency", PAGED), name="policy_urgency_pages"),
            models.CheckConstraint(
                condition=models.Q(
                    repeat_every_minutes__range=(1, A_WEEK),
                    act_within_minutes__range=(1, A_WEEK),
                    close_within_minutes__range=(1, A_WEEK),
                    retry_after_minutes__range=(1, A_WEEK),
                ),
                name="policy_never_ends_in_silence",
            ),
            models.CheckConstraint(
                condition=_fits(Urgency.URGENT) | _fits(Urgency.EMERGENCY), name="policy_waits_fit_the_urgency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.get_urgency_display()}, {self.clinic}"

    def clean(self) -> None:
        """No wait is longer than the urgency allows."""
        if self.urgency not in PAGED:
            return
        longest = {f"{wait}_minutes": longest_minutes(self.urgency, wait) for wait in WAITS}
        errors = {
            name: _("At most %(most)d for alerts that are “%(urgency)s”.")
            % {"most": most, "urgency": self.get_urgency_display()}
            for name, most in longest.items()
            if (getattr(self, name) or 0) > most
        }
        if errors:
            raise ValidationError(errors)


class EscalationStep(models.Model):
    """One step of a policy. Those for office hours, or outside them, stand in for those that always apply."""

    policy = models.ForeignKey(EscalationPolicy, on_delete=models.CASCADE, related_name="steps")
    hours = models.CharField(max_length=20, choices=choices(Hours), default=Hours.ALWAYS)
    after_minutes = models.PositiveIntegerField(validators=[MaxValueValidator(A_WEEK)], help_text="0: at once.")
    who = models.CharField(max_length=20, choices=choices(Who))
    channels = models.JSONField(
        default=list, blank=True, validators=[validate_channels], help_text="Empty: each person's own order."
    )

    class Meta:
        ordering = ["policy", "hours", "after_minutes", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("hours", Hours), name="step_hours_known"),
            models.CheckConstraint(condition=one_of("who", Who), name="step_who_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_who_display()}, {self.after_minutes} min"
