"""The floors: (a) a bare Django view that inserts one row; (b) a minimal REST framework view with a token."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.load.floors.models import Note


def insert_bare(request: HttpRequest) -> HttpResponse:
    body = json.loads(request.body)
    note = Note._default_manager.create(client_id=body["client_id"], text=body["text"])
    return JsonResponse({"id": str(note.pk), "client_id": body["client_id"], "text": note.text}, status=201)


class NoteSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    client_id = serializers.UUIDField()
    text = serializers.CharField(max_length=5_000)


class InsertWithToken(APIView):
    def post(self, request: Request) -> Response:
        body = NoteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        note = Note._default_manager.create(**body.validated_data)
        return Response(NoteSerializer(note).data, status=201)


urlpatterns = [path("bare", insert_bare), path("token", InsertWithToken.as_view())]
