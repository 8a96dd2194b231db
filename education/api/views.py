"""Leaflets in the patient's language, and what the app says of their reading."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from education.api.serializers import (
    AnswerInput,
    LeafletDetail,
    LeafletPage,
    ReadInput,
    TeachBackResult,
    answer_json,
    detail_json,
    summary_json,
)
from education.catalogue import Leaflet, find_leaflet
from education.models import LeafletOffer, LeafletText
from education.texts import NoSuchText, find_shown, leaflets_of
from education.understanding import NoSuchAnswer, answer_question, mark_read
from symptoms.api.access import patient_of
from symptoms.api.descriptions import DENIED, ERROR, IF_NONE_MATCH, NOT_MODIFIED, READ_ERRORS, WRITE_ERRORS
from symptoms.api.errors import Conflict, InvalidFields
from symptoms.api.etags import respond
from symptoms.flow.report import ClientIdConflict
from symptoms.models import Patient


def _find(patient: Patient, slug: str) -> Leaflet:
    leaflet = find_leaflet(slug, patient.language, leaflets_of(patient))
    if leaflet is None:
        raise Http404
    return leaflet


def _shown(patient: Patient, slug: str, text_id: str | None) -> LeafletText:
    """The text that the app showed. Raises InvalidFields for one that is not of this leaflet."""
    try:
        return find_shown(patient, _find(patient, slug), text_id)
    except NoSuchText as error:
        raise InvalidFields({"text_id": "This leaflet has no such text. Fetch the leaflet again."}) from error


def _latest_offers(patient: Patient) -> dict[str, dict[str, datetime | None]]:
    """For each slug when it was last offered, and when that offer was read. One query."""
    offers = LeafletOffer.objects.filter(patient=patient).order_by("slug", "-offered_at", "-pk").distinct("slug")
    return {
        slug: {"offered_at": offered_at, "read_at": read_at}
        for slug, offered_at, read_at in offers.values_list("slug", "offered_at", "read_at")
    }


class LeafletList(APIView):
    @extend_schema(
        operation_id="leaflets_list",
        parameters=[IF_NONE_MATCH],
        responses={200: LeafletPage, 304: NOT_MODIFIED, **DENIED},
        summary="All leaflets, in the patient's language where there is one",
    )
    def get(self, request: Request) -> Response:
        """All on one page, by slug, with when each was last offered and read."""
        patient = patient_of(request)
        catalogue, offers = leaflets_of(patient), _latest_offers(patient)
        found = (find_leaflet(slug, patient.language, catalogue) for slug in sorted({slug for slug, _ in catalogue}))
        results = [summary_json(one, patient.language, offers.get(one.slug, {})) for one in found if one is not None]
        return respond(request, {"next": None, "previous": None, "results": results})


class LeafletView(APIView):
    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses={200: LeafletDetail, 304: NOT_MODIFIED, **READ_ERRORS},
        summary="One leaflet with its teach-back questions",
    )
    def get(self, request: Request, slug: str) -> Response:
        """The text with the clinic's numbers below it, in the patient's language where there is one."""
        patient = patient_of(request)
        return respond(request, detail_json(_find(patient, slug), patient))


class LeafletRead(APIView):
    @extend_schema(
        request=ReadInput,
        responses={204: None, **READ_ERRORS, **WRITE_ERRORS},
        summary="Note that the patient read a leaflet",
    )
    def post(self, request: Request, slug: str) -> Response:
        """May be repeated; the first reading of an offer counts."""
        body = ReadInput(data=request.data)
        body.is_valid(raise_exception=True)
        patient = patient_of(request)
        text = _shown(patient, slug, body.validated_data.get("text_id"))
        try:
            mark_read(patient, text, body.validated_data.get("client_id"), timezone.now())
        except ClientIdConflict as error:
            raise Conflict from error
        return Response(status=204)


class LeafletAnswer(APIView):
    @extend_schema(
        request=AnswerInput,
        responses={200: TeachBackResult, **WRITE_ERRORS, 404: ERROR},
        summary="Answer a teach-back question of a leaflet",
    )
    def post(self, request: Request, slug: str) -> Response:
        """The answer says what is right, and why. Wrong twice: a clinician is shown that it has to be explained."""
        body = AnswerInput(data=request.data)
        body.is_valid(raise_exception=True)
        data, patient = body.validated_data, patient_of(request)
        text = _shown(patient, slug, data.get("text_id"))
        try:
            answer = answer_question(patient, text, data["question"], data["option"], data["client_id"], timezone.now())
        except NoSuchAnswer as error:
            raise InvalidFields({error.field: f"This leaflet has no such {error.field}."}) from error
        except ClientIdConflict as error:
            raise Conflict from error
        return Response(answer_json(answer))
