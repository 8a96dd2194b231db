"""What only the patient decides: who may report, which devices are in, and what was agreed to."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from symptoms.api.access import patient_of
from symptoms.api.descriptions import (
    DENIED,
    ERROR,
    IF_NONE_MATCH,
    NOT_MODIFIED,
    READ_ERRORS,
    WRITE_ERRORS,
    if_match,
)
from symptoms.api.errors import Conflict, InvalidFields
from symptoms.api.etags import refuse_if_changed, respond
from symptoms.api.inputs import StrictChoiceField, StrictSerializer, StrictTextField, StrictUUIDField
from symptoms.api.views import hold_patient
from symptoms.carers import invite_carer, revoke_carer
from symptoms.consent import (
    OutdatedText,
    consent_in_force,
    consent_text,
    give_consent,
    has_left,
    is_agreed,
    last_word,
    take_consent_back,
)
from symptoms.flow.report import ClientIdConflict
from symptoms.models import Carer, Consent, DeviceToken, Patient
from symptoms.models.fields import LANGUAGES


class CarerInput(StrictSerializer):
    client_id = StrictUUIDField(
        required=False, help_text="Made by the app; the same id and body again returns the same carer and code."
    )
    name = StrictTextField(max_length=100, help_text="What the patient calls the carer.")


class CarerOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    invited_at = serializers.DateTimeField()


class InvitedCarer(CarerOutput):
    activation_code = serializers.CharField(help_text="For the carer's device, once.")


class CarerList(serializers.Serializer[Any]):
    results = CarerOutput(many=True)


class Carers(APIView):
    @extend_schema(
        operation_id="carers_list", responses={200: CarerList, **DENIED}, summary="Who may report in the patient's name"
    )
    def get(self, request: Request) -> Response:
        """Those in force, in the order in which they were invited. Only the patient sees them."""
        carers = patient_of(request).carers.in_force()
        return Response({"results": CarerOutput(carers, many=True).data})

    @extend_schema(
        request=CarerInput,
        responses={201: InvitedCarer, **WRITE_ERRORS},
        summary="Let somebody report in the patient's name, with a code for a device of their own",
    )
    def post(self, request: Request) -> Response:
        """At most five at a time. The code is shown to who invites, and kept nowhere; with the same `client_id` it is
        shown again. For a new one, end the carer and invite again.
        """
        body = CarerInput(data=request.data)
        body.is_valid(raise_exception=True)
        patient = patient_of(request)
        try:
            carer, code = invite_carer(patient, **body.validated_data, now=timezone.now(), by=patient.user)
        except DjangoValidationError as error:
            raise InvalidFields({name: " ".join(texts) for name, texts in error.message_dict.items()}) from error
        except ClientIdConflict as error:
            raise Conflict from error
        return Response({**CarerOutput(carer).data, "activation_code": code}, status=201)


class OneCarer(APIView):
    @extend_schema(
        request=None, responses={204: None, **READ_ERRORS}, summary="This carer reports no more; her devices are out"
    )
    def delete(self, request: Request, carer_id: uuid.UUID) -> Response:
        """At once. What the carer reported stays."""
        patient = patient_of(request)
        own: Carer = get_object_or_404(patient.carers, pk=carer_id)
        revoke_carer(own, now=timezone.now(), by=patient.user)
        return Response(status=204)


class SessionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="session_id")
    device_name = serializers.CharField()
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    carer_id = serializers.UUIDField(allow_null=True, help_text="Whose device it is; null: the patient's own.")
    is_this_device = serializers.SerializerMethodField()

    def get_is_this_device(self, token: DeviceToken) -> bool:
        return bool(token.pk == self.context["current"].pk)


class SessionList(serializers.Serializer[Any]):
    results = SessionOutput(many=True)


class Sessions(APIView):
    @extend_schema(
        operation_id="sessions_list",
        responses={200: SessionList, **DENIED},
        summary="All devices that are in, carers' too, the latest first",
    )
    def get(self, request: Request) -> Response:
        """Only the patient sees them; a carer sees none."""
        live = DeviceToken.objects.filter(user=patient_of(request).user_id, expiry__gt=timezone.now())
        shown = SessionOutput(live.order_by("-created"), many=True, context={"current": request.auth})
        return Response({"results": shown.data})


class OneSession(APIView):
    @extend_schema(request=None, responses={204: None, **READ_ERRORS}, summary="Sign a device out, a lost one say")
    def delete(self, request: Request, session_id: uuid.UUID) -> Response:
        """At once. Another one than this device, or this one."""
        get_object_or_404(DeviceToken, user=patient_of(request).user_id, session_id=session_id).delete()
        return Response(status=204)


class ConsentInput(StrictSerializer):
    text_version = StrictTextField(max_length=40, help_text="Of the text that was read, as `GET /consent` gave it.")
    language = StrictChoiceField(choices=[code for code, _ in LANGUAGES])


class ConsentTextOutput(serializers.Serializer[Any]):
    version = serializers.CharField()
    language = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()


class GivenConsent(serializers.Serializer[Any]):
    text_version = serializers.CharField()
    language = serializers.CharField()
    given_at = serializers.DateTimeField()


class ConsentOutput(serializers.Serializer[Any]):
    text = ConsentTextOutput(help_text="What is to be read before agreeing, in the patient's language.")
    given = GivenConsent(allow_null=True, help_text="What the patient agreed to and has not taken back.")
    is_current = serializers.BooleanField(help_text="Whether that is the present text. If not, ask again.")


class ConsentView(APIView):
    @extend_schema(
        operation_id="consent_retrieve",
        parameters=[IF_NONE_MATCH],
        responses={200: ConsentOutput, 304: NOT_MODIFIED, **DENIED},
        summary="What the patient agrees to, and whether they did",
    )
    def get(self, request: Request) -> Response:
        """Show `text` and ask when `is_current` is false."""
        patient = patient_of(request)
        return show_consent(request, patient, consent_in_force(patient))

    @extend_schema(
        operation_id="consent_create",
        request=ConsentInput,
        parameters=[if_match("the patient has agreed or taken it back since")],
        responses={201: ConsentOutput, **WRITE_ERRORS, 412: ERROR},
        summary="Agree to the present text (409: it is not the present one)",
    )
    def post(self, request: Request) -> Response:
        """Check-ins and reminders begin again if they had stopped, and an erasure that was asked for is taken back.

        Send `If-Match` with the `ETag` of the text that was read: a call that comes late then undoes no withdrawal.
        """
        body = ConsentInput(data=request.data)
        body.is_valid(raise_exception=True)
        agreed = body.validated_data
        with transaction.atomic():
            patient = hold_patient(patient_of(request))
            if not is_agreed(patient, **agreed):
                refuse_if_changed(request, last_word(patient))
            try:
                given = give_consent(patient, **agreed, now=timezone.now(), by=patient.user)
            except OutdatedText as error:
                raise Conflict(
                    "This text has been replaced. Read the present one.", code="consent_text_outdated"
                ) from error
        return show_consent(request, patient, given, status=201)

    @extend_schema(
        operation_id="consent_destroy",
        request=None,
        parameters=[if_match("the patient has agreed or taken it back since")],
        responses={204: None, **DENIED, 412: ERROR},
        summary="Take the consent back: no more check-ins and reminders; reports are still answered",
    )
    def delete(self, request: Request) -> Response:
        """Whatever is still reported is judged and answered, and an urgent report reaches the team."""
        with transaction.atomic():
            patient = hold_patient(patient_of(request))
            if not has_left(patient):
                refuse_if_changed(request, last_word(patient))
            take_consent_back(patient, now=timezone.now(), by=patient.user)
        return Response(status=204)


def show_consent(request: Request, patient: Patient, given: Consent | None, status: int = 200) -> Response:
    """The text and what was agreed to; an `If-Match` with this answer's ETag asks whether that is the last word."""
    present = consent_text(patient.language)
    is_current = given is not None and given.text_version == present.version
    body = ConsentOutput({"text": present, "given": given, "is_current": is_current}).data
    return respond(request, body, last_word(patient), status)
