"""The mobile API of the symptom side: one class per act. A view validates, calls one function, and shows."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, NotFound
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from symptoms.activating import TooManyTries, try_code
from symptoms.api import outputs
from symptoms.api.access import carer_of, patient_of, respondent_of
from symptoms.api.calling import call_for_help
from symptoms.api.descriptions import (
    DENIED,
    ERROR,
    IF_NONE_MATCH,
    LIST_ERRORS,
    NOT_MODIFIED,
    READ_ERRORS,
    WRITE_ERRORS,
    if_match,
)
from symptoms.api.errors import Conflict, InvalidFields
from symptoms.api.etags import refuse_if_changed, respond
from symptoms.api.inputs import ActivationInput, ConversationInput, MessageInput, PatientInput, ReportInput
from symptoms.api.refusing import ReportingDoor
from symptoms.client_address import client_address
from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.answers import InvalidAnswers
from symptoms.clinical.terms import Respondent
from symptoms.enrolment import ActivationRefused
from symptoms.flow.act import carry_out
from symptoms.flow.episodes import reset_clocks
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import filed_json, message_json, report_json, rfc3339
from symptoms.flow.report import ClientIdConflict, file_report
from symptoms.flow.turn import take_turn
from symptoms.models import Assessment, Conversation, Message, Patient, SymptomReport
from symptoms.models.report import ReportSource


class Refused(APIException):
    """The answer to any code that does not let in."""

    status_code = 400
    default_code = "activation_refused"


class TooManyCodes(APIException):
    """The answer to a wrong code after many of them: the same words, and after how many seconds to come again."""

    status_code = 429
    default_code = "throttled"

    def __init__(self, words: str, wait: int) -> None:
        super().__init__(words)
        self.wait = wait


class Activate(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        request=ActivationInput,
        responses={200: outputs.ActivationOutput, 400: ERROR, 413: ERROR, 415: ERROR, 429: ERROR},
        summary="Let a device in with a code of the clinic",
    )
    def post(self, request: Request) -> Response:
        """The code comes from the clinic, works once and for a short while. Always send a `client_id`: for a day after
        its first use, the same code with the same id gets the same token again, and no other device gets one.

        429 answers wrong codes alone, after many of them from one address or of one code; a right one always lets in.
        The token lasts 90 days from its last use (`GET /sessions` says until when).
        """
        body = ActivationInput(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            token, plain, patient = try_code(
                **body.validated_data, address=client_address(request) or "", now=timezone.now()
            )
        except ActivationRefused as error:
            raise Refused(call_for_help(request, "code_refused")) from error
        except TooManyTries as error:
            raise TooManyCodes(call_for_help(request, "code_refused"), error.wait) from error
        assert token.expiry is not None, "every token expires"
        return Response(
            {
                "token": plain,
                "expires_at": rfc3339(token.expiry),
                "respondent": Respondent.CARER if token.carer else Respondent.PATIENT,
                "patient": outputs.patient_json(patient),
            }
        )


class Session(APIView):
    @extend_schema(request=None, responses={204: None, **DENIED}, summary="Revoke this device's token")
    def delete(self, request: Request) -> Response:
        """The device has to be let in anew, and is pushed to no more."""
        request.auth.delete()
        return Response(status=204)


class Me(APIView):
    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses={200: outputs.PatientOutput, 304: NOT_MODIFIED, **DENIED},
        summary="The patient",
    )
    def get(self, request: Request) -> Response:
        """Settings, the clinic's numbers, the running course, and a notice while alerts may be late."""
        return show_patient(request, patient_of(request))

    @extend_schema(
        request=PatientInput,
        parameters=[if_match("the settings have changed since (not when only the notice, the course or a number has)")],
        responses={200: outputs.PatientOutput, **DENIED, 400: ERROR, 412: ERROR, 413: ERROR, 415: ERROR},
        summary="Change settings",
    )
    def patch(self, request: Request) -> Response:
        """Fields that are left out stay as they are; `preferences` and `quiet_hours` are replaced whole.

        What is already so is no change, and is not refused: an answer that got lost may be asked for again.
        """
        body = PatientInput(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = dict(body.validated_data)
        wanted |= wanted.pop("quiet_hours", {})
        with transaction.atomic():
            patient = hold_patient(patient_of(request))
            changes = {name: value for name, value in wanted.items() if getattr(patient, name) != value}
            if changes:
                refuse_if_changed(request, outputs.settings_json(patient))
                change_settings(patient, changes)
        return show_patient(request, patient)


def show_patient(request: Request, patient: Patient) -> Response:
    """The patient; an `If-Match` with this answer's ETag asks whether the settings are still these."""
    return respond(request, outputs.patient_json(patient), outputs.settings_json(patient))


def change_settings(patient: Patient, changes: dict[str, Any]) -> None:
    """Keep these, and plan by them what is still to come."""
    for name, value in changes.items():
        setattr(patient, name, value)
    patient.save(update_fields=[*changes])
    reset_clocks(patient)
    carry_out([PlanCalendar()], patient=patient, report=None, now=timezone.now())


def hold_patient(patient: Patient) -> Patient:
    """The patient as stored now, held against another device until the transaction ends."""
    patients = Patient.objects.select_related("clinic").select_for_update(of=("self",), no_key=True)
    return patients.get(pk=patient.pk)


class Conversations(ReportingDoor, ListAPIView[Conversation]):
    serializer_class = outputs.ConversationSummary
    ordering = ("-started_at", "-id")

    def get_queryset(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(patient=patient_of(self.request))

    @extend_schema(responses={200: outputs.ConversationSummary(many=True), **LIST_ERRORS}, summary="All talks")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The latest first, without their messages."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request=ConversationInput,
        responses={200: outputs.TurnOutput, 201: outputs.TurnOutput, **WRITE_ERRORS},
        summary="Begin a check-in (201), or take up the open one (200)",
    )
    def post(self, request: Request) -> Response:
        """The answer is a turn with the question to show. Where an urgent instruction still stands, it is repeated."""
        body = ConversationInput(data=request.data)
        body.is_valid(raise_exception=True)
        opening = open_conversation(patient_of(request), body.validated_data["client_id"], timezone.now())
        return Response(opening.turn, status=201 if opening.is_new else 200)


def conversation_of(patient: Patient, conversation_id: uuid.UUID) -> Conversation:
    """One of the patient's own conversations; anybody else's does not exist."""
    conversations = Conversation.objects.select_related("patient__clinic")
    return get_object_or_404(conversations, pk=conversation_id, patient=patient)


class Transcript(APIView):
    @extend_schema(responses={200: outputs.Transcript, **READ_ERRORS}, summary="One talk, word for word")
    def get(self, request: Request, conversation_id: uuid.UUID) -> Response:
        """All its messages in order, those of bot, patient and staff."""
        conversation = conversation_of(patient_of(request), conversation_id)
        messages: list[Message] = list(conversation.messages.order_by("number"))
        summary = outputs.ConversationSummary(conversation).data
        return Response({**summary, "messages": [message_json(message) for message in messages]})


class Messages(ReportingDoor):
    silent = ReportingDoor.silent | {"number", "date"}

    def can_be_put_right(self, exc: APIException) -> bool:
        """Always: the talk goes on, and the question is still on screen."""
        return True

    @extend_schema(
        request=MessageInput,
        responses={200: outputs.TurnOutput, **WRITE_ERRORS, 404: ERROR},
        summary="Say something; the answer is in the reply",
    )
    def post(self, request: Request, conversation_id: uuid.UUID) -> Response:
        """Exactly one of `text`, `choice`, `choices`, `number` and `date`. Typed words are accepted at every question.

        The turn says what the bot answers, what it asks next, and, from the first urgent finding on, what to do now:
        `advice` has to be shown at once. A message to a closed conversation opens it again.
        """
        conversation = Conversation(pk=conversation_id, patient=patient_of(request))
        body = MessageInput(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            return Response(take_turn(conversation, body.to_message(carer_of(request)), timezone.now()))
        except Conversation.DoesNotExist as error:
            raise NotFound from error
        except ClientIdConflict as error:
            raise Conflict from error


class Reports(ReportingDoor, GenericAPIView[SymptomReport]):
    serializer_class = outputs.ReportOutput
    ordering = ("-received_at", "-id")

    def get_queryset(self) -> QuerySet[SymptomReport]:
        return reports_of(patient_of(self.request))

    @extend_schema(responses={200: outputs.ReportOutput(many=True), **LIST_ERRORS}, summary="Own reports")
    def get(self, request: Request) -> Response:
        """The latest first, with what was found and advised."""
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([report_json(report) for report in page])

    @extend_schema(
        request=ReportInput,
        responses={201: outputs.ReportOutput, **WRITE_ERRORS},
        summary="File a whole report: a form instead of a talk",
    )
    def post(self, request: Request) -> Response:
        """Judged by the same rules as a talk, in the same moment: `advice` has to be shown at once.

        A wrong answer is refused by its slot, so that the patient can be asked again.
        """
        body = ReportInput(data=request.data)
        body.is_valid(raise_exception=True)
        data, now = body.validated_data, timezone.now()
        try:
            filed = file_report(
                patient_of(request),
                client_id=data["client_id"],
                answers=data["answers"],
                occurred_at=data.get("occurred_at"),
                respondent=respondent_of(request, data["respondent"]),
                carer=carer_of(request),
                source=ReportSource.FORM,
                now=now,
            )
        except InvalidAnswers as error:
            raise InvalidFields(error.errors) from error
        except ClientIdConflict as error:
            raise Conflict from error
        return Response(filed_json(filed, now), status=201)


class Report(APIView):
    @extend_schema(responses={200: outputs.ReportOutput, **READ_ERRORS}, summary="One report")
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        """Its answers, what was found, and the advice that stands."""
        return Response(report_json(get_object_or_404(reports_of(patient_of(request)), pk=report_id)))


def reports_of(patient: Patient) -> QuerySet[SymptomReport]:
    """The patient's own reports with all that is shown of them, in two queries."""
    assessments = Prefetch("assessments", Assessment.objects.defer("facts"))
    return SymptomReport.objects.filter(patient=patient).select_related("patient__clinic").prefetch_related(assessments)
