"""Whole talks as data (tests/scenarios/*.toml): what a patient sends, and what has to come of it.

Every turn goes the real way: stored, understood, judged, answered, the state saved and read back.

A scenario has `about`, `language`, and `[[turn]]` tables. A turn sends one of `text`, `choice`, `choices`,
`number`, `date`, and says what has to follow: `expects` (the slot asked next, or "nothing" when the talk is over),
`urgency` of the advice shown (left out: none is shown), `says` (keys of the wording's `bot` table that are said),
`answers` (stored so far), `rules` (found so far). It may come `after_minutes` or `after_days`, be tapped `twice`, come
from a `second_phone`, or have been written `sent_minutes_ago`. `length` repeats the text up to so many characters.
`[[before]]` are reports filed earlier: `days_ago`, `answers`. `[patient]` sets baselines. `[end]` says how the report
ends: `status`, `urgency`, `rules`, `answers`, and the open `alerts` by problem.
"""

from __future__ import annotations

import tomllib
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from alerts.models import Alert
from symptoms.clinical.terms import Respondent, Urgency
from symptoms.flow import sweeps
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.report import file_report
from symptoms.flow.turn import take_turn
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportSource
from symptoms.wording import LANGUAGES, sentences
from tests.cast import course_of, make_patient

FOLDER: Final = Path(__file__).parents[1] / "scenarios"
FILES: Final = sorted(FOLDER.glob("*.toml"))
BEGINS_AT: Final = datetime(2026, 3, 12, 10, tzinfo=UTC)
"""A Thursday, 11:00 in Brussels: the clinic is open."""

KINDS: Final = [kind.value for kind in AnswerKind]
OF_A_TURN: Final = {
    *KINDS, "expects", "urgency", "says", "answers", "rules", "after_minutes", "after_days", "twice", "second_phone",
    "sent_minutes_ago", "length",
}  # fmt: skip


class Talk:
    """One patient's talk, played turn by turn."""

    def __init__(self, scenario: dict[str, Any], patient: Patient) -> None:
        self.patient = patient
        self.now = BEGINS_AT
        self.language = scenario["language"]
        for one in scenario.get("before", []):
            self.file(one)
        self.turn = open_conversation(patient, uuid.uuid4(), self.now).turn

    def file(self, one: dict[str, Any]) -> None:
        at = BEGINS_AT - timedelta(days=one["days_ago"])
        file_report(
            self.patient,
            client_id=uuid.uuid4(),
            answers=one["answers"],
            occurred_at=None,
            respondent=Respondent.PATIENT,
            source=ReportSource.FORM,
            now=at,
        )

    def play(self, step: dict[str, Any]) -> Turn:
        """Send one message as the step has it, and give back the turn that answers it."""
        waited = timedelta(minutes=step.get("after_minutes", 0), days=step.get("after_days", 0))
        self.now += waited or timedelta(seconds=20)
        if waited:
            sweeps.assess_due_reports(self.now)
            opened = open_conversation(self.patient, uuid.uuid4(), self.now).turn
            assert opened["conversation"]["status"] == "open"
        if step.get("second_phone"):
            open_conversation(self.patient, uuid.uuid4(), self.now)
        inbound = self.inbound(step)
        conversation = self.patient.conversations.get()
        self.turn = take_turn(conversation, inbound, self.now)
        if step.get("twice"):
            assert take_turn(conversation, inbound, self.now) == self.turn, "a repeat gets the same answer"
        return self.turn

    def inbound(self, step: dict[str, Any]) -> InboundMessage:
        (kind,) = [kind for kind in KINDS if kind in step]
        value = step[kind]
        if "length" in step:
            value = (value * (step["length"] // len(value) + 1))[: step["length"]]
        sent_at = self.now - timedelta(minutes=step["sent_minutes_ago"]) if "sent_minutes_ago" in step else None
        return InboundMessage(uuid.uuid4(), AnswerKind(kind), value, sent_at)

    @property
    def report(self) -> SymptomReport:
        return self.patient.reports.filter(conversation__isnull=False).latest("received_at")

    @property
    def rules(self) -> set[str]:
        return {finding["rule"] for one in self.report.assessments.all() for finding in one.findings}


@pytest.fixture
def talk(request: pytest.FixtureRequest, clinic: Clinic, nurse_kim: Practitioner) -> Talk:
    scenario = request.getfixturevalue("scenario")
    patient = make_patient(
        clinic, "Ada Archer", language=scenario["language"], is_bath_prescribed=True, now=BEGINS_AT - timedelta(days=9)
    )
    if baselines := scenario.get("patient"):
        course = course_of(patient)
        for name, value in baselines.items():
            setattr(course, name, value)
        course.save()
    return Talk(scenario, patient)


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def scenario(request: pytest.FixtureRequest) -> dict[str, Any]:
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def test_the_talk_goes_as_the_scenario_has_it(scenario: dict[str, Any], talk: Talk) -> None:
    for number, step in enumerate(scenario["turn"], start=1):
        turn = talk.play(step)
        here = f"turn {number}: {step}"
        assert (turn["expects"] or {}).get("slot", "nothing") == step.get("expects", "nothing"), here
        assert (turn["advice"] or {}).get("urgency") == step.get("urgency"), here
        check_words(turn, step, talk.language, here)
        assert step.get("answers", {}).items() <= stored_answers(talk).items(), here
        assert set(step.get("rules", [])) <= (talk.rules if step.get("rules") else set()), here
    check_end(scenario.get("end", {}), talk)


def check_words(turn: Turn, step: dict[str, Any], language: str, here: str) -> None:
    """Every reply says something, and what the step wants to hear; urgent advice names a number to call."""
    said = [message["text"] for message in turn["messages"]]
    assert said, here
    for key in step.get("says", []):
        beginning = text_before_values(language, key)
        assert any(words.startswith(beginning) for words in said), (key, said, here)
    if turn["advice"] and turn["advice"]["urgency"] in ("urgent", "emergency"):
        assert any(turn["advice"]["headline"] in words for words in said) or turn["expects"], here
        assert turn["advice"]["actions"][0]["phone"], here


def text_before_values(language: str, key: str) -> str:
    """The beginning of a sentence of the bot, up to its first placeholder."""
    return dict(sentences(language))[f"bot.{key}"].partition("{")[0]


def stored_answers(talk: Talk) -> dict[str, Any]:
    return talk.report.answers if talk.patient.reports.filter(conversation__isnull=False).exists() else {}


def check_end(end: dict[str, Any], talk: Talk) -> None:
    if "status" in end:
        assert talk.report.status == end["status"]
    if "urgency" in end:
        assert Urgency(talk.report.urgency or 0).code == end["urgency"]
    if "rules" in end:
        assert talk.rules == set(end["rules"])
    assert end.get("answers", {}).items() <= stored_answers(talk).items()
    if "alerts" in end:
        opened = Alert.objects.filter(patient=talk.patient).values_list("problem", "urgency")
        assert {problem: Urgency(urgency).code for problem, urgency in opened} == end["alerts"]


def test_every_language_has_scenarios_and_there_are_sixty() -> None:
    languages = [path.stem.partition("-")[0] for path in FILES]
    assert set(languages) == set(LANGUAGES)
    assert len(languages) >= 60


def test_a_scenario_says_nothing_that_is_not_checked() -> None:
    for path in FILES:
        scenario = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(scenario) <= {"about", "language", "patient", "before", "turn", "end"}, path.name
        assert scenario["about"].endswith("."), path.name
        for step in scenario["turn"]:
            assert set(step) <= OF_A_TURN, path.name
            assert sum(kind in step for kind in KINDS) == 1, path.name
        assert set(scenario.get("end", {})) <= {"status", "urgency", "rules", "answers", "alerts"}, path.name
