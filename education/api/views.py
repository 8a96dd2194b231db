"""Leaflets in the patient's language, and the note that one was read."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import nh3
from django.http import Http404
from django.utils import timezone
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiResponse, extend_schema
from markdown_it import MarkdownIt
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from education.catalogue import FALLBACK, Leaflet, find_leaflet, shipped_leaflets
from education.delivery import mark_read
from symptoms.api.access import patient_of
from symptoms.api.descriptions import READ_ERRORS

NOT_MODIFIED = OpenApiResponse(description="The app has this version.")


class LeafletSummary(serializers.Serializer[Leaflet]):
    slug = serializers.CharField()
    title = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    version = serializers.CharField()
    language = serializers.CharField()


class LeafletDetail(LeafletSummary):
    is_fallback = serializers.BooleanField(help_text="Not in the patient's language, which has no such leaflet yet.")
    html = serializers.CharField(help_text="Sanitised HTML.")


class LeafletPage(serializers.Serializer[Any]):
    """All leaflets, in the shape of the other lists; there is only one page."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = LeafletSummary(many=True)


def _summary(leaflet: Leaflet) -> dict[str, Any]:
    return {
        "slug": leaflet.slug,
        "title": leaflet.title,
        "topics": list(leaflet.topics),
        "version": leaflet.version,
        "language": leaflet.language,
    }


def _find(slug: str, language: str) -> Leaflet:
    leaflet = find_leaflet(slug, language, shipped_leaflets())
    if leaflet is None:
        raise Http404
    return leaflet


def render(body: str) -> str:
    """Markdown as HTML in which nothing runs: raw HTML is shown as text, and what is left is sanitised."""
    return nh3.clean(MarkdownIt("js-default").render(body))


def _answer(request: Request, body: dict[str, Any]) -> Response:
    """The body with an ETag of its content; 304 without a body when the app has it."""
    etag = f'"{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    known = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    if etag in known or "*" in known:
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)


class LeafletList(APIView):
    @extend_schema(
        operation_id="leaflets_list",
        responses={200: LeafletPage, 304: NOT_MODIFIED, **READ_ERRORS},
        summary="All leaflets, in the patient's language where there is one",
    )
    def get(self, request: Request) -> Response:
        language = patient_of(request).language
        slugs = sorted({slug for slug, _ in shipped_leaflets()})
        leaflets = [_summary(_find(slug, language)) for slug in slugs]
        return _answer(request, {"next": None, "previous": None, "results": leaflets})


class LeafletView(APIView):
    @extend_schema(
        responses={200: LeafletDetail, 304: NOT_MODIFIED, **READ_ERRORS},
        summary="One leaflet",
    )
    def get(self, request: Request, slug: str) -> Response:
        language = patient_of(request).language
        leaflet = _find(slug, language)
        is_fallback = leaflet.language == FALLBACK != language
        return _answer(request, {**_summary(leaflet), "is_fallback": is_fallback, "html": render(leaflet.body)})


class LeafletRead(APIView):
    @extend_schema(request=None, responses={204: None, **READ_ERRORS}, summary="Note that the patient read a leaflet")
    def post(self, request: Request, slug: str) -> Response:
        patient = patient_of(request)
        _find(slug, patient.language)
        mark_read(patient, slug, timezone.now())
        return Response(status=204)
