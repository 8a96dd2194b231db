"""What the app gets, as the OpenAPI document describes it. The flow builds these bodies in `flow/present.py`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework import serializers

from symptoms.api.inputs import CLOCK_TIME
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Respondent, Urgency
from symptoms.flow.dialogue import AnswerType
from symptoms.flow.report import running_course
from symptoms.models import Patient
from symptoms.models.amendment import AmendmentReason
from symptoms.models.conversation import ConversationStatus, Sender
from symptoms.models.report import ReportStatus


class ErrorDetail(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]  # the contract's name is also DRF's attribute
        child=serializers.CharField(), help_text="Field or slot to what is wrong with it."
    )


class ErrorOutput(serializers.Serializer[Any]):
    error = ErrorDetail()


class MessageOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    sender = serializers.ChoiceField(choices=[one.value for one in Sender])
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


class ConversationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[one.value for one in ConversationStatus])


class ConversationSummary(ConversationOutput):
    started_at = serializers.DateTimeField()
    last_message_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class Transcript(ConversationSummary):
    messages = MessageOutput(many=True)


class OptionOutput(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the contract's name is also DRF's attribute


class ExpectsOutput(serializers.Serializer[Any]):
    slot = serializers.CharField()
    type = serializers.ChoiceField(choices=[one.value for one in AnswerType])
    options = OptionOutput(many=True)
    min = serializers.FloatField(allow_null=True, help_text="The smallest number that may be sent.")
    max = serializers.FloatField(
        allow_null=True,
        help_text="The largest number that may be sent. A temperature may be given on either scale: min is the lowest "
        "in Celsius, max the highest in Fahrenheit; a number that fits neither is asked for again.",
    )
    unit = serializers.CharField(allow_null=True, help_text="Beside the number, such as “°C / °F”.")


class ActionOutput(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=["call", "read", "recheck"])
    label = serializers.CharField()  # type: ignore[assignment]  # the contract's name is also DRF's attribute
    phone = serializers.CharField(required=False)
    leaflet = serializers.CharField(required=False)
    at = serializers.DateTimeField(required=False)


class ReasonOutput(serializers.Serializer[Any]):
    rule = serializers.CharField()
    text = serializers.CharField()


class AdviceOutput(serializers.Serializer[Any]):
    urgency = serializers.ChoiceField(choices=[one.code for one in Urgency])
    headline = serializers.CharField()
    text = serializers.CharField()
    actions = ActionOutput(many=True)
    reasons = ReasonOutput(many=True)


class ReportReference(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class TurnOutput(serializers.Serializer[Any]):
    conversation = ConversationOutput()
    messages = MessageOutput(many=True, help_text="What the bot says in this turn.")
    expects = ExpectsOutput(allow_null=True, help_text="The question on screen; null when the check-in is over.")
    advice = AdviceOutput(allow_null=True, help_text="There from the first urgent finding on, and at the end.")
    report = ReportReference(allow_null=True)


class FindingOutput(ReasonOutput):
    urgency = serializers.ChoiceField(choices=[one.code for one in Urgency])
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name is also DRF's attribute


class AmendmentOutput(serializers.Serializer[Any]):
    amended_at = serializers.DateTimeField()
    by = serializers.ChoiceField(choices=[Sender.PATIENT.value, Respondent.CARER.value, Sender.STAFF.value])
    reason = serializers.ChoiceField(choices=[one.value for one in AmendmentReason])
    answers = serializers.DictField()
    note = serializers.CharField(allow_blank=True)


class ReportOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[one.value for one in ReportStatus])
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    respondent = serializers.ChoiceField(choices=[one.value for one in Respondent])
    carer_id = serializers.UUIDField(allow_null=True, help_text="Who reported in the patient's name, from her device.")
    answers = serializers.DictField(
        help_text="As they were given, with the danger that their words tell of; what was put right stands in "
        "`amendments`."
    )
    amendments = AmendmentOutput(many=True)
    urgency = serializers.ChoiceField(choices=[one.code for one in Urgency], allow_null=True)
    findings = FindingOutput(many=True)
    ruleset = serializers.CharField(allow_null=True)
    advice = AdviceOutput(allow_null=True)


class ClinicOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    phone = serializers.CharField()
    out_of_hours_phone = serializers.CharField(allow_blank=True)
    emergency_number = serializers.CharField()


class QuietHoursOutput(serializers.Serializer[Any]):
    vars()["from"] = serializers.RegexField(CLOCK_TIME)
    until = serializers.RegexField(CLOCK_TIME)


class Day15Visit(serializers.Serializer[Any]):
    planned_on = serializers.DateField()
    status = serializers.CharField()
    booked_at = serializers.DateTimeField(allow_null=True)


class CourseOutput(serializers.Serializer[Any]):
    regimen = serializers.CharField()
    first_dose_on = serializers.DateField()
    day_number = serializers.IntegerField(help_text="1 on the day of the first dose; zero or less before it.")
    day_15_on = serializers.DateField()
    day_15_visit = Day15Visit(allow_null=True)


class NoticeOutput(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=["alerts_delayed"])
    text = serializers.CharField(help_text="To be shown as it is, in the patient's language, with the numbers to call.")


class PatientOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    quiet_hours = QuietHoursOutput()
    preferences = serializers.DictField(child=serializers.BooleanField())
    clinic = ClinicOutput()
    course = CourseOutput(allow_null=True)
    notice = NoticeOutput(
        allow_null=True, help_text="There while the care team may be told late; null while all is as it should be."
    )


class ActivationOutput(serializers.Serializer[Any]):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    respondent = serializers.ChoiceField(
        choices=[one.value for one in Respondent], help_text="Whose device it is: the patient's, or a carer's."
    )
    patient = PatientOutput()


def settings_json(patient: Patient) -> dict[str, Any]:
    """What the patient may change about the service."""
    return {
        "language": patient.language,
        "time_zone": patient.time_zone,
        "quiet_hours": {"from": f"{patient.quiet_from:%H:%M}", "until": f"{patient.quiet_until:%H:%M}"},
        "preferences": patient.preferences,
    }


def patient_json(patient: Patient) -> dict[str, Any]:
    """The patient as the app shows it: settings, the clinic's numbers, the course, and a notice while there is one."""
    clinic = patient.clinic
    return {
        "id": str(patient.pk),
        **settings_json(patient),
        "clinic": {
            "name": clinic.name,
            "phone": clinic.phone,
            "out_of_hours_phone": clinic.out_of_hours_phone,
            "emergency_number": clinic.emergency_number,
        },
        "course": _course_json(patient),
        "notice": import_string(settings.SERVICE_NOTICE)(patient),
    }


def _course_json(patient: Patient) -> dict[str, Any] | None:
    course = running_course(patient)
    if course is None:
        return None
    return {
        "regimen": course.regimen,
        "first_dose_on": course.first_dose_on.isoformat(),
        "day_number": course.day_number(local_date(timezone.now(), patient.zone)),
        "day_15_on": course.day_15_on.isoformat(),
        "day_15_visit": import_string(settings.DAY_15_VISIT)(course),
    }
