"""A talk with the chatbot in a terminal, for clinicians and translators who want to see how it answers."""

from __future__ import annotations

import contextlib
import logging
import sys
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from symptoms.clinical.calendar import local_date
from symptoms.enrolment import enrol_patient
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.turn import take_turn
from symptoms.models import Clinic, Patient
from symptoms.scenario import Exchange, write_scenario
from symptoms.wording import LANGUAGES


class Command(BaseCommand):
    help = (
        "Talk to the chatbot: it asks, you type, in your own words or those of a quick reply. The whole talk runs in "
        "one transaction that is taken back at the end: nothing is kept and nobody is paged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the patient")
        parser.add_argument(
            "--scenario", action="store_true", help="print the talk as a scenario file; the talk itself goes to stderr"
        )

    def handle(self, *args: Any, lang: str, scenario: bool, **options: Any) -> None:
        talk = self.stderr if scenario else self.stdout
        talk.ending = "\n"
        with transaction.atomic(), _quiet("alerts"):
            exchanges = list(self.talk(_visitor(lang), talk))
            transaction.set_rollback(True)
        if scenario:
            self.stdout.write(write_scenario(lang, exchanges), ending="")

    def talk(self, patient: Patient, out: Any) -> Iterator[Exchange]:
        """Ask and answer until the check-in is over or the input ends."""
        turn = open_conversation(patient, uuid.uuid4(), timezone.now()).turn
        conversation = patient.conversations.get()
        _show(turn, out)
        while turn["conversation"]["status"] == "open" and (words := _read_line()) is not None:
            if not words:
                continue
            message = InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words)
            turn = take_turn(conversation, message, timezone.now())
            _show(turn, out)
            yield Exchange(words, turn)


@contextlib.contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a logger from speaking into the talk: nobody works at the visitor's clinic, which is loudly logged."""
    noisy = logging.getLogger(name)
    level = noisy.level
    noisy.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        noisy.setLevel(level)


def _visitor(language: str) -> Patient:
    """A patient of a clinic, both for the length of the transaction, which may wait for as long as somebody types."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    now = timezone.now()
    slug = f"chat-{uuid.uuid4().hex[:8]}"
    clinic = Clinic.objects.create(slug=slug, name="Clinic", phone="+32 2 555 01 00", language=language)
    return enrol_patient(
        clinic=clinic, first_dose_on=local_date(now, Patient().zone), full_name="Visitor", now=now
    ).patient


def _read_line() -> str | None:
    """One line that somebody typed; None at the end of the input."""
    if sys.stdin.isatty():
        sys.stderr.write("> ")
        sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


def _show(turn: Turn, out: Any) -> None:
    for message in turn["messages"]:
        out.write(f"\n{message['text']}")
    if turn["expects"] and turn["expects"]["options"]:
        out.write("   [" + " | ".join(option["label"] for option in turn["expects"]["options"]) + "]")
