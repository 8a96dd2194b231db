"""What the app sends and gets about leaflets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from education.catalogue import FALLBACK, Leaflet, Question
from education.models import TeachBackAnswer
from education.rendering import render, render_numbers
from education.texts import numbers_of
from symptoms.api.inputs import StrictSerializer, StrictTextField, StrictUUIDField
from symptoms.flow.present import rfc3339
from symptoms.models import Patient

TEXT_ID_HELP = "Of the text that the app showed; without it, the text that is shown now."


class ReadInput(StrictSerializer):
    client_id = StrictUUIDField(
        required=False, help_text="Made by the app; the same id and body again is the same reading."
    )
    text_id = StrictTextField(max_length=64, required=False, help_text=TEXT_ID_HELP)


class AnswerInput(StrictSerializer):
    client_id = StrictUUIDField(help_text="Made by the app; the same id and body again returns the same answer.")
    text_id = StrictTextField(max_length=64, required=False, help_text=TEXT_ID_HELP)
    question = StrictTextField(max_length=40)
    option = StrictTextField(max_length=1)


class AboutLeaflet(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    audience = serializers.CharField(help_text="`patient` or `carer`.")
    version = serializers.CharField()
    language = serializers.CharField()
    is_fallback = serializers.BooleanField(help_text="Not in the patient's language, which has no such leaflet yet.")
    reviewed = serializers.BooleanField(help_text="Whether a clinician has reviewed this text.")


class LeafletSummary(AboutLeaflet):
    offered_at = serializers.DateTimeField(allow_null=True, help_text="When it was last offered.")
    read_at = serializers.DateTimeField(allow_null=True, help_text="When its last offer was read; null: not yet.")


class LeafletPage(serializers.Serializer[Any]):
    """All leaflets, in the shape of the other lists; there is only one page."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = LeafletSummary(many=True)


class TeachBackOption(serializers.Serializer[Any]):
    id = serializers.CharField()
    text = serializers.CharField()


class TeachBackQuestion(serializers.Serializer[Any]):
    id = serializers.CharField()
    text = serializers.CharField()
    options = TeachBackOption(many=True)


class LeafletDetail(AboutLeaflet):
    text_id = serializers.CharField(help_text="This exact text; to be sent back when it was read or answered.")
    html = serializers.CharField(
        help_text="Sanitised HTML with pictures and the clinic's numbers. Style: /static/education/leaflet.css."
    )
    questions = TeachBackQuestion(many=True)


class TeachBackResult(serializers.Serializer[Any]):
    is_right = serializers.BooleanField()
    right_option = serializers.CharField()
    explanation = serializers.CharField(help_text="What is right, and why.")


def summary_json(leaflet: Leaflet, language: str, offer: Mapping[str, datetime | None]) -> dict[str, Any]:
    """A leaflet in the list, with the moments of its latest offer (none: both null)."""
    moments = {name: rfc3339(moment) if (moment := offer.get(name)) else None for name in ("offered_at", "read_at")}
    return {**_common(leaflet, language), **moments}


def detail_json(leaflet: Leaflet, patient: Patient) -> dict[str, Any]:
    """A leaflet whole, with the clinic's numbers below it. Which options are right is told after an answer."""
    return {
        **_common(leaflet, patient.language),
        "text_id": leaflet.text_id,
        "html": render(leaflet.body) + render_numbers(numbers_of(patient.clinic, patient.language)),
        "questions": [_question_json(question) for question in leaflet.questions],
    }


def answer_json(answer: TeachBackAnswer) -> dict[str, Any]:
    """What comes back to an answer: the explanation of the very text that was shown."""
    question = next(one for one in answer.text.asked if one.id == answer.question)
    return {"is_right": answer.is_right, "right_option": question.right, "explanation": question.why}


def _common(leaflet: Leaflet, language: str) -> dict[str, Any]:
    return {
        "slug": leaflet.slug,
        "title": leaflet.title,
        "topics": list(leaflet.topics),
        "audience": leaflet.audience,
        "version": leaflet.version,
        "language": leaflet.language,
        "is_fallback": leaflet.language == FALLBACK != language,
        "reviewed": leaflet.reviewed is not None,
    }


def _question_json(question: Question) -> dict[str, Any]:
    options = [{"id": letter, "text": text} for letter, text in question.lettered.items()]
    return {"id": question.id, "text": question.text, "options": options}
