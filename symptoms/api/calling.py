"""Says in a refusal whom to call: with the numbers in the patient's language, or in that of a phone nobody knows."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from symptoms.api.access import patient_of
from symptoms.flow.advise import numbers_of
from symptoms.models import Patient
from symptoms.wording import FALLBACK, LANGUAGES, text


def whom_to_call(request: Request, now: datetime) -> str:
    """What stands in an error about something that was not taken in."""
    patient = known_patient(request)
    if patient is None:
        return call_for_help(request)
    return text(patient.language, "bot", "not_received", **numbers_of(patient, now))


def call_for_help(request: Request, reason: str = "") -> str:
    """The same for who is not let in: no numbers, for nobody knows the clinic. `reason` is a sentence of the bot."""
    language = language_of(request)
    sentences = [text(language, "bot", key) for key in (reason, "call_for_help") if key]
    return " ".join(sentences)


def known_patient(request: Request) -> Patient | None:
    """The patient whose device calls, as far as that can be told now."""
    try:
        return patient_of(request)
    except (APIException, ObjectDoesNotExist, DatabaseError):
        return None


def language_of(request: Request) -> str:
    """The first of the languages that the phone wants which patients can be told in; English when there is none."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((code[:2] for code, _ in wanted if code[:2] in LANGUAGES), FALLBACK)
