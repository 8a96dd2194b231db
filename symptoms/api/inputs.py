"""What the app may send. Anything else is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from symptoms.api.answers import ANSWERS_SCHEMA
from symptoms.clinical.calendar import LONGEST_QUIET, quiet_length
from symptoms.clinical.terms import MAX_TEXT_LENGTH, Respondent, Slot
from symptoms.flow.dialogue import QUESTIONS
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.models import Carer
from symptoms.models.fields import LANGUAGES, TOO_QUIET, validate_time_zone
from symptoms.phone_clock import UNREADABLE

CLOCK_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", re.ASCII)
MOST_NAMED: Final = 10
"""Unknown fields that an error names, however many there are."""


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, so that a typing error is not lost in silence.

    `one_of` says, as JSON Schema, which fields may stand together; the serializer's `validate` sees to it.
    """

    one_of: ClassVar[tuple[dict[str, Any], ...]] = ()

    @cached_property
    def fields(self) -> Any:
        """Bound once for all bodies: to copy them takes longer than to read a body. They keep no state."""
        return _fields_of(type(self))

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(dict.fromkeys(unknown[:MOST_NAMED], "There is no such field."))
        return super().to_internal_value(data)


@cache
def _fields_of(kind: type[StrictSerializer]) -> Any:
    return super(StrictSerializer, kind()).fields


class ZonedDateTimeField(serializers.DateTimeField):
    """A time with a zone, as RFC 3339 has it; one without is refused rather than guessed at."""

    default_error_messages = {"no_zone": "Give the time with a zone, such as 2026-03-01T07:30:00Z."}

    def enforce_timezone(self, value: Any) -> Any:
        if value.tzinfo is None:
            self.fail("no_zone")
        return super().enforce_timezone(value)


@extend_schema_field({"anyOf": [{"type": "string", "format": "date-time"}, {}]})
class PhoneTimeField(ZonedDateTimeField):
    """What a phone says the time is: never a reason to refuse. What cannot be read is not believed, and flagged."""

    def to_internal_value(self, value: Any) -> Any:
        try:
            return super().to_internal_value(value)
        except (serializers.ValidationError, OverflowError):
            return UNREADABLE


@extend_schema_field({"type": "string", "pattern": r"\S"})
class StrictTextField(serializers.CharField):
    """A JSON string with something in it: numbers are not taken for texts."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if not data.strip() and not self.allow_blank:
            self.fail("blank")
        text: str = super().to_internal_value(data)
        return text


@extend_schema_field({"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"})
class ClockTimeField(serializers.TimeField):
    """A time of day, such as 21:00."""

    default_error_messages = {"no_time": "Give a time of day, such as 21:00."}

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not CLOCK_TIME.fullmatch(value):
            self.fail("no_time")
        return super().to_internal_value(value)


class StrictUUIDField(serializers.UUIDField):
    """A JSON string of ASCII: `false` is not taken for the UUID of zeros, nor are the digits of other scripts."""

    def to_internal_value(self, data: Any) -> Any:
        if not (isinstance(data, str) and data.isascii()):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class StrictChoiceField(serializers.ChoiceField):
    """One of the choices. An error does not repeat what was sent: it may be words about a patient."""

    default_error_messages = {"invalid_choice": "There is no such choice."}


class StrictBooleanField(serializers.BooleanField):
    """true or false, and nothing that looks like them."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class ActivationInput(StrictSerializer):
    client_id = StrictUUIDField(
        required=False,
        help_text="Made by the app, at random, and kept on the device: with it a lost answer can be asked for again.",
    )
    code = StrictTextField(max_length=40)
    device_name = StrictTextField(max_length=100)


class ConversationInput(StrictSerializer):
    client_id = StrictUUIDField(help_text="Made by the app; the same id again returns the same conversation.")


class NumberField(serializers.FloatField):
    """A JSON number: texts and true are not taken for numbers."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            self.fail("invalid")
        return data


class MessageInput(StrictSerializer):
    """Exactly one of text, choice, choices, number and date."""

    one_of = tuple({"required": [kind.value]} for kind in AnswerKind)

    client_id = StrictUUIDField(help_text="Made by the app; the same id and body again returns the same turn.")
    text = StrictTextField(max_length=MAX_TEXT_LENGTH, required=False, trim_whitespace=False)
    choice = StrictTextField(max_length=60, required=False)
    choices = serializers.ListField(
        child=StrictTextField(max_length=60), max_length=20, allow_empty=False, required=False
    )
    number = NumberField(required=False)
    date = serializers.DateField(required=False)
    slot = StrictChoiceField(
        choices=[slot.value for slot in QUESTIONS],
        required=False,
        help_text="The question on the screen, as `expects.slot` named it: always send it. With it a late answer goes "
        "to its own question, without it to the one at which the check-in stands.",
    )
    sent_at = PhoneTimeField(
        required=False,
        allow_null=True,
        help_text="By the phone's clock, with a zone. Never refused: one that cannot be is not believed, and flagged.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(kind in attrs for kind in AnswerKind) != 1:
            raise serializers.ValidationError(
                {kind.value: "Give exactly one of text, choice, choices, number and date." for kind in AnswerKind}
            )
        return attrs

    def to_message(self, carer: Carer | None) -> InboundMessage:
        """The message, once it is valid, of the patient or of a carer."""
        data = self.validated_data
        kind = next(kind for kind in AnswerKind if kind in data)
        value = data[kind].isoformat() if isinstance(data[kind], date) else data[kind]
        slot = Slot(data["slot"]) if "slot" in data else None
        return InboundMessage(data["client_id"], kind, value, data.get("sent_at"), carer, slot)


@extend_schema_field(ANSWERS_SCHEMA)
class AnswersField(serializers.DictField):
    """Slot to value; what each may be is checked where the medicine is, by `validate_answers`."""


class ReportInput(StrictSerializer):
    client_id = StrictUUIDField(help_text="Made by the app; the same id and body again returns the same report.")
    occurred_at = ZonedDateTimeField(required=False, help_text="When the patient answered, by the phone's clock.")
    respondent = StrictChoiceField(choices=[one.value for one in Respondent], default=Respondent.PATIENT.value)
    answers = AnswersField(help_text="Slot to value. What was not asked is left out; what is not known is `unknown`.")


class KeptReportInput(serializers.Serializer[Any]):
    """A report about which nobody can be asked again: it is taken as soon as it has an id and answers.

    A time that cannot be read is not believed, a respondent unknown; any other field is an answer to a question that
    there may not be.
    """

    client_id = StrictUUIDField()
    occurred_at = PhoneTimeField(required=False, allow_null=True)
    answers = AnswersField()

    def to_internal_value(self, data: Any) -> Any:
        read = super().to_internal_value(data)
        respondent = data.get("respondent", Respondent.PATIENT)
        others = {name: value for name, value in data.items() if name not in {*self.fields, "respondent"}}
        if respondent in list(Respondent):
            read["respondent"] = respondent
        else:
            read["respondent"] = Respondent.PATIENT
            others["respondent"] = respondent
        return {**read, "answers": {**others, **read["answers"]}}


class QuietHours(StrictSerializer):
    vars()["from"] = ClockTimeField(source="quiet_from")
    until = ClockTimeField(source="quiet_until")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if quiet_length(attrs["quiet_from"], attrs["quiet_until"]) > LONGEST_QUIET:
            raise serializers.ValidationError({"until": TOO_QUIET})
        return attrs


class Preferences(StrictSerializer):
    push = StrictBooleanField(required=False)
    email = StrictBooleanField(required=False)
    sms = StrictBooleanField(required=False)


class PatientInput(StrictSerializer):
    """What a patient may change about the service."""

    language = StrictChoiceField(choices=[code for code, _ in LANGUAGES], required=False)
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
            raise serializers.ValidationError("This is not a time zone; use a name such as Europe/Brussels.") from error
        return name
