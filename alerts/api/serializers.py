"""What a patient's app reads of visits and reminders, and how it registers for push."""

from __future__ import annotations

import json
from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from alerts.models import Reminder, Visit
from alerts.models.device import PushService
from alerts.reminders import words_of
from alerts.transports.web import is_allowed
from symptoms.api.inputs import StrictChoiceField, StrictSerializer, StrictTextField

LONGEST_ADDRESS: Final = 4096


class VisitSerializer(serializers.ModelSerializer[Visit]):
    time_zone = serializers.CharField(
        source="patient.clinic.time_zone", help_text="The clinic's: the visit is at `booked_at` on its clock."
    )

    class Meta:
        model = Visit
        fields = ["id", "kind", "status", "planned_on", "booked_at", "time_zone"]
        read_only_fields = fields


class ReminderSerializer(serializers.ModelSerializer[Reminder]):
    text = serializers.SerializerMethodField(help_text="In the patient's language.")

    class Meta:
        model = Reminder
        fields = ["id", "kind", "state", "text", "due_at", "expires_at", "sent_at", "shown_at", "visit"]
        read_only_fields = fields

    def get_text(self, reminder: Reminder) -> str:
        return words_of(reminder)


class SubscriptionKeys(StrictSerializer):
    p256dh = StrictTextField(max_length=200)
    auth = StrictTextField(max_length=100)


class Subscription(serializers.Serializer[Any]):
    """A Web Push subscription as the browser gives it."""

    endpoint = StrictTextField(max_length=2048)
    keys = SubscriptionKeys()

    def validate_endpoint(self, endpoint: str) -> str:
        if not is_allowed(endpoint, settings.WEB_PUSH_HOSTS):
            raise serializers.ValidationError("This is not the address of a push service that we use.")
        return endpoint


class DeviceInput(StrictSerializer):
    """Where pushes go: `token` for `fcm`, `subscription` for `web_push`."""

    one_of = (
        {"required": ["token"], "properties": {"service": {"const": PushService.FCM.value}}},
        {"required": ["subscription"], "properties": {"service": {"const": PushService.WEB_PUSH.value}}},
    )

    service = StrictChoiceField(choices=[one.value for one in PushService])
    token = StrictTextField(max_length=LONGEST_ADDRESS, required=False, help_text="FCM registration token.")
    subscription = Subscription(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wanted, other = ("token", "subscription") if attrs["service"] == PushService.FCM else ("subscription", "token")
        if wanted not in attrs:
            raise serializers.ValidationError({wanted: f"A device of {attrs['service']} needs this."})
        if other in attrs:
            raise serializers.ValidationError({other: f"A device of {attrs['service']} has none."})
        return attrs

    @property
    def address(self) -> str:
        """What the push service wants, as text, once the input is valid."""
        data = self.validated_data
        return data["token"] if "token" in data else json.dumps(data["subscription"], sort_keys=True)


class DeviceOutput(serializers.Serializer[Any]):
    device_id = serializers.CharField()
    service = serializers.ChoiceField(choices=[one.value for one in PushService])
    registered_at = serializers.DateTimeField()
