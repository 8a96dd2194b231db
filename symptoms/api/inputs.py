"""What the app may send. Anything else is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from symptoms.clinical.calendar import LONGEST_QUIET, quiet_length
from symptoms.clinical.terms import MAX_TEXT_LENGTH, Respondent
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.models.fields import LANGUAGES, TOO_QUIET, validate_time_zone

MOST_NAMED: Final = 10
"""Unknown fields that an error names, however many there are."""


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, so that a typing error is not lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(dict.fromkeys(unknown[:MOST_NAMED], "There is no such field."))
        return super().to_internal_value(data)


class ZonedDateTimeField(serializers.DateTimeField):
    """A time with a zone, as RFC 3339 has it; one without is refused rather than guessed at."""

    default_error_messages = {"no_zone": "Give the time with a zone, such as 2026-03-01T07:30:00Z."}

    def enforce_timezone(self, value: Any) -> Any:
        if value.tzinfo is None:
            self.fail("no_zone")
        return super().enforce_timezone(value)


class StrictTextField(serializers.CharField):
    """A JSON string: numbers are not taken for texts."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text: str = super().to_internal_value(data)
        return text


class ActivationInput(StrictSerializer):
    code = StrictTextField(max_length=40)
    device_name = StrictTextField(max_length=100)


class ConversationInput(StrictSerializer):
    client_id = serializers.UUIDField(help_text="Made by the app; the same id again returns the same conversation.")


class NumberField(serializers.FloatField):
    """A JSON number: texts and true are not taken for numbers."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            self.fail("invalid")
        return data


class MessageInput(StrictSerializer):
    """Exactly one of text, choice, choices, number and date."""

    client_id = serializers.UUIDField(help_text="Made by the app; the same id and body again returns the same turn.")
    text = StrictTextField(max_length=MAX_TEXT_LENGTH, required=False, trim_whitespace=False)
    choice = StrictTextField(max_length=60, required=False)
    choices = serializers.ListField(
        child=StrictTextField(max_length=60), max_length=20, allow_empty=False, required=False
    )
    number = NumberField(required=False)
    date = serializers.DateField(required=False)
    sent_at = ZonedDateTimeField(required=False, help_text="By the phone's clock; kept, and never refused.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(kind in attrs for kind in AnswerKind) != 1:
            raise serializers.ValidationError(
                {kind.value: "Give exactly one of text, choice, choices, number and date." for kind in AnswerKind}
            )
        return attrs

    def to_message(self) -> InboundMessage:
        """The message, once it is valid."""
        data = self.validated_data
        kind = next(kind for kind in AnswerKind if kind in data)
        value = data[kind].isoformat() if isinstance(data[kind], date) else data[kind]
        return InboundMessage(data["client_id"], kind, value, data.get("sent_at"))


class ReportInput(StrictSerializer):
    client_id = serializers.UUIDField(help_text="Made by the app; the same id and body again returns the same report.")
    occurred_at = ZonedDateTimeField(required=False, help_text="When the patient answered, by the phone's clock.")
    respondent = serializers.ChoiceField(choices=[one.value for one in Respondent], default=Respondent.PATIENT.value)
    answers = serializers.DictField(help_text="Slot to value, as in the clinical specification.")


class QuietHours(StrictSerializer):
    vars()["from"] = serializers.TimeField(format="%H:%M", source="quiet_from")
    until = serializers.TimeField(format="%H:%M", source="quiet_until")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if quiet_length(attrs["quiet_from"], attrs["quiet_until"]) > LONGEST_QUIET:
            raise serializers.ValidationError({"until": TOO_QUIET})
        return attrs


class Preferences(StrictSerializer):
    push = serializers.BooleanField(required=False)
    email = serializers.BooleanField(required=False)
    sms = serializers.BooleanField(required=False)


class PatientInput(StrictSerializer):
    """What a patient may change about the service."""

    language = serializers.ChoiceField(choices=[code for code, _ in LANGUAGES], required=False)
    time_zone = StrictTextField(max_length=64, required=False)
    quiet_hours = QuietHours(required=False)
    preferences = Preferences(
        required=False,
        help_text="How reminders come: `push`, `email` or `sms` false closes that way; `sms` true is before e-mail.",
    )

    def validate_time_zone(self, name: str) -> str:
        try:
            validate_time_zone(name)
        except DjangoValidationError as error:
            raise serializers.ValidationError(
                f"{name} is not a time zone; use a name such as Europe/Brussels."
            ) from error
        return name
