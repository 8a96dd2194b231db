"""What a patient's app reads of visits and reminders."""

from __future__ import annotations

from rest_framework import serializers

from alerts.models import Reminder, Visit
from alerts.reminders import words_of


class VisitSerializer(serializers.ModelSerializer[Visit]):
    class Meta:
        model = Visit
        fields = ["id", "kind", "status", "planned_on", "booked_at"]
        read_only_fields = fields


class ReminderSerializer(serializers.ModelSerializer[Reminder]):
    text = serializers.SerializerMethodField(help_text="In the patient's language.")

    class Meta:
        model = Reminder
        fields = ["id", "kind", "state", "text", "due_at", "expires_at", "sent_at", "visit"]
        read_only_fields = fields

    def get_text(self, reminder: Reminder) -> str:
        return words_of(reminder)
