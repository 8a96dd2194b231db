"""Where a practitioner can be reached: an address of a channel, what is known of it, and the codes that were sent."""

from __future__ import annotations

from django.db import models

from alerts.models.notification import Channel
from symptoms.models import Practitioner
from symptoms.models.encrypted import EncryptedTextField
from symptoms.models.fields import choices, one_of
from symptoms.models.saying import dated


class ContactPoint(models.Model):
    """One address of one practitioner; one for each channel. Used once its owner has shown that it is theirs.

    `address` is an e-mail address, a number in E.164 form, the address of a webhook, a Web Push subscription in
    JSON, or an FCM registration token, as the channel asks for. It is encrypted in the database.
    """

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="contact_points")
    channel = models.CharField(max_length=20, choices=choices(Channel))
    address = EncryptedTextField()
    order = models.PositiveSmallIntegerField(default=1, help_text="The lowest is tried first.")
    created_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True, blank=True, help_text="When its owner gave back the code sent to it.")
    bad_since = models.DateTimeField(
        null=True, blank=True, help_text="A provider refused it for good. Tried only when nothing else is left."
    )
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries_left = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["practitioner", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "channel"], name="one_contact_point_per_channel"),
            models.CheckConstraint(condition=one_of("channel", Channel), name="contact_point_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.practitioner}"


class SentCode(models.Model):
    """That somebody had a code sent, to whichever address: it limits how often one person may."""

    asked_by = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["asked_by", "sent_at"], name="codes_of_person")]

    def __str__(self) -> str:
        return dated(self, self.sent_at)
