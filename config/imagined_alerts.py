"""Why alerts of a clinic to look at are open: talks, forms, silence and faults, each as it comes about in life."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from config.histories import file
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Urgency
from symptoms.flow.act import carry_out
from symptoms.flow.opening import open_conversation
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.turn import take_turn
from symptoms.models import Patient

LONGEST_TALK: Final = 16
BETWEEN_MESSAGES: Final = timedelta(seconds=25)


@dataclass(frozen=True, slots=True)
class Talk:
    """A check-in in the app: what the patient writes first, by language, and answers then, by slot.

    What is not in `replies` is answered as somebody would who has nothing more to tell.
    """

    opening: Mapping[str, str]
    replies: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the app. `sore_for_days` says how long ago a sore began."""

    answers: Mapping[str, Any]
    sore_for_days: int | None = None


Cause = Talk | Form | NotifyCareTeam

NOTHING_MORE: Final[Mapping[str, Any]] = {
    "red_flags": ["none"],
    "symptoms": ["none"],
    "mouth_sores.bath_started": "yes",
    "mouth_sores.gone": "no",
    "mouth_sores.count": 2,
    "mouth_sores.intake": "normal",
    "mouth_sores.severity": "1",
    "mouth_sores.interference": "1",
    "cough.severity": "1",
    "cough.interference": "0",
    "cough.blood": "no",
    "dyspnea.severity": "1",
    "dyspnea.interference": "1",
    "dyspnea.exertion": "moderate",
    "fever.temperature_c": 36.9,
    "fever.rigors": "no",
    "other.can_wait": "no",
}

CAUSES: Final[tuple[Cause, ...]] = (
    Talk(
        {
            "en": "I get short of breath since yesterday, even sitting in my chair",
            "fr": "Je suis essoufflée depuis hier, même assise sans rien faire",
            "nl": "Ik ben sinds gisteren kortademig, zelfs als ik in mijn stoel zit",
            "de": "Seit gestern bekomme ich schlecht Luft, sogar im Sitzen",
            "es": "Desde ayer me falta el aire, incluso sentada sin hacer nada",
        },
        {"dyspnea.severity": "3", "dyspnea.exertion": "at_rest"},
    ),
    Talk(
        {
            "en": "cant eat, mouth full of ulcers since saturday",
            "fr": "la bouche pleine d'aphtes depuis samedi, je n'arrive plus à manger",
            "nl": "mijn mond zit vol zweertjes sinds zaterdag, ik kan bijna niet eten",
            "de": "Mund voller Aphthen seit Samstag, ich kann kaum essen",
            "es": "tengo la boca llena de llagas desde el sábado y casi no puedo comer",
        },
        {"mouth_sores.severity": "3", "mouth_sores.interference": "3", "mouth_sores.bath_started": "no"},
    ),
    Form({
        "symptoms": ["mouth_sores"], "mouth_sores.count": 2, "mouth_sores.intake": "normal", "mouth_sores.severity": 2,
        "mouth_sores.interference": 1, "mouth_sores.bath_started": "yes", "fever.temperature_c": 36.7,
    }, sore_for_days=1),
    Talk(
        {
            "en": "I have a fever and I am shivering",
            "fr": "J'ai de la fièvre et je grelotte",
            "nl": "Ik heb koorts en ik ril",
            "de": "Ich habe Fieber und Schüttelfrost",
            "es": "Tengo fiebre y escalofríos",
        },
        {"fever.temperature_c": 38.7, "fever.rigors": "yes"},
    ),
    NotifyCareTeam(Problem.NO_REPORT, Urgency.ROUTINE, ("NO-REPORT",)),
    Form({
        "symptoms": ["cough"], "red_flags": "none", "cough.severity": 1, "cough.interference": 0, "cough.blood": "no",
        "fever.temperature_c": 36.6,
    }),
    Talk(
        {
            "en": "dry cough for four days, it keeps me awake at night",
            "fr": "toux sèche depuis 4 jours, elle m'empêche de dormir",
            "nl": "al 4 dagen een droge hoest, ik slaap er niet van",
            "de": "trockener Husten seit 4 Tagen, ich kann deswegen nicht schlafen",
            "es": "tos seca desde hace 4 días, no me deja dormir",
        },
        {"cough.severity": "2", "cough.interference": "2", "fever.temperature_c": "unknown"},
    ),
    Form({
        "symptoms": ["mouth_sores"], "mouth_sores.count": 5, "mouth_sores.intake": "changed", "mouth_sores.severity": 2,
        "mouth_sores.interference": 2, "mouth_sores.bath_started": "yes", "fever.temperature_c": 37.0,
    }, sore_for_days=6),
    NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, ("VISIT-MISSED",)),
    Form({
        "symptoms": ["other"], "other.can_wait": "no",
        "other.text": "My left leg is swollen and hurts when I walk, it was not like that on Sunday.",
    }),
    Form({"symptoms": ["swelling"], "red_flags": "none"}),
    Form({"symptoms": ["fever"], "red_flags": "none", "fever.temperature_c": 37.6, "fever.rigors": "no"}),
    Form({
        "symptoms": ["other"], "other.can_wait": "yes",
        "other.text": "My nails are brittle and one has come loose. Is there something I can put on it?",
    }),
    NotifyCareTeam(Problem.SYSTEM, Urgency.ROUTINE, ("COULD-NOT-ASSESS",)),
    Form({
        "symptoms": ["cough", "dyspnea"], "red_flags": ["chest_pain"], "cough.severity": 2, "cough.interference": 1,
        "cough.blood": "no", "dyspnea.severity": 2, "dyspnea.interference": 2, "dyspnea.exertion": "minimal",
        "fever.temperature_c": 37.2,
    }),
)  # fmt: skip
"""One after the other, so that a clinic with many open alerts has all kinds in about equal numbers."""


def bring_about(cause: Cause, patient: Patient, random: Random, at: datetime) -> None:
    """Let the cause happen to a patient, so that it is over at about a moment."""
    match cause:
        case Talk():
            _talk(cause, patient, random, at)
        case Form():
            answers = dict(cause.answers)
            if cause.sore_for_days is not None:
                begun = local_date(at, patient.zone) - timedelta(days=cause.sore_for_days)
                answers["mouth_sores.onset_on"] = begun.isoformat()
            file(patient, answers, random, at)
        case NotifyCareTeam():
            carry_out([cause], patient=patient, report=None, now=at)


def _talk(talk: Talk, patient: Patient, random: Random, at: datetime) -> None:
    """Play the talk message by message, until nothing more is asked."""
    turn = open_conversation(patient, _uuid(random), at).turn
    conversation = patient.conversations.get(pk=turn["conversation"]["id"])
    kind, value = AnswerKind.TEXT, talk.opening[patient.language]
    for _ in range(LONGEST_TALK):
        at += BETWEEN_MESSAGES
        turn = take_turn(conversation, InboundMessage(_uuid(random), kind, value), at)
        conversation.refresh_from_db()
        if turn["expects"] is None:
            return
        kind, value = _reply(talk, turn["expects"], at, patient)


def _reply(talk: Talk, expects: Mapping[str, Any], at: datetime, patient: Patient) -> tuple[AnswerKind, Any]:
    """What the patient answers to a question of the app."""
    slot = expects["slot"]
    if slot == "mouth_sores.onset_on" and slot not in talk.replies:
        return AnswerKind.DATE, local_date(at, patient.zone) - timedelta(days=5)
    value = talk.replies.get(slot, NOTHING_MORE.get(slot, "unknown"))
    is_tapped = isinstance(value, str)
    return AnswerKind.CHOICE if is_tapped else AnswerKind(expects["type"]), value


def _uuid(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)
