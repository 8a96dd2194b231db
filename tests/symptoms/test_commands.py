"""The commands with which a clinic convinces itself."""

from __future__ import annotations

import json
import tomllib
import uuid
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Respondent
from symptoms.flow.report import file_report
from symptoms.models import Assessment, Clinic, Patient, Practitioner
from symptoms.models.report import ReportSource
from tests.symptoms.clinical.reports import MILD_COUGH, MILD_SORE, NOW, change

LINE = {"id": "a", "now": NOW, "answers": dict(MILD_SORE)}


def triage(tmp_path: Path, *lines: str | bytes) -> list[dict[str, Any]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    call_command("triage", str(source), str(target))
    return [json.loads(line) for line in target.read_text().splitlines()]


def test_triage_judges_every_line(tmp_path: Path) -> None:
    judged = triage(tmp_path, json.dumps(LINE), json.dumps({**LINE, "id": 7, "answers": {"symptoms": "unknown"}}))

    assert judged[0] == {
        "id": "a",
        "urgency": "self_care",
        "findings": [{"rule": "MOUTH-MILD", "urgency": "self_care"}],
        "stomatitis_grade_review": 1,
        "composites": {"mouth_sores": 1},
    }
    assert (judged[1]["id"], judged[1]["urgency"]) == (7, "urgent")


def test_a_bad_line_is_an_error_with_its_number_and_stops_nothing(tmp_path: Path) -> None:
    lines: list[str | bytes] = ["{", json.dumps(LINE), "[]", b"\xff", "", "[" * 100_000, json.dumps(LINE)]
    with pytest.raises(CommandError) as refusal:
        triage(tmp_path, *lines)

    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line.get("line") for line in out] == [1, None, 3, 4, 5, 6, None]
    assert all(set(line) == {"line", "error"} for line in out if "line" in line)
    assert refusal.value.returncode == 1


def test_an_answer_that_is_no_number_of_this_world_is_judged_and_no_error(tmp_path: Path) -> None:
    raw = json.dumps(LINE).replace(
        '"mouth_sores.count": 1', '"mouth_sores.count": 1e999, "cough.severity": ' + "9" * 5000
    )

    assert triage(tmp_path, raw)[0]["urgency"] == "urgent"


@pytest.mark.parametrize(("source", "target"), [("missing", "out"), ("same", "same"), ("same", "no/such/folder/out")])
def test_triage_says_which_file_it_cannot_use(tmp_path: Path, source: str, target: str) -> None:
    (tmp_path / "same").write_text(json.dumps(LINE))

    with pytest.raises(CommandError):
        call_command("triage", str(tmp_path / source), str(tmp_path / target))

    assert (tmp_path / "same").read_text() == json.dumps(LINE), "the input is left alone"


def test_understand_labels_every_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "lang": "en", "text": "my husband coughs, but I have five mouth ulcers"}))

    call_command("understand", str(source), str(target))

    assert json.loads(target.read_text()) == {
        "id": 1,
        "labels": {
            "cough": "not_mentioned",
            "dyspnea": "not_mentioned",
            "mouth_lesions": "present",
            "lesion_count": 5,
            "more_than_three_lesions": True,
            "duration_days": None,
            "over_three_days": None,
            "eating_impaired": "not_mentioned",
            "emergency": False,
            "about_self_now": True,
            "urgent_by_review": True,
        },
    }


@pytest.mark.parametrize(
    "line",
    [
        {"lang": "en", "text": "a sore"},
        {"id": 1, "lang": "xx", "text": "a sore"},
        {"id": 1, "lang": "en", "text": 5},
        {"id": 1, "lang": "en", "text": "a sore", "today": "soon"},
        [],
    ],
)
def test_a_line_without_a_text_to_understand_is_an_error_and_stops_nothing(tmp_path: Path, line: object) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(line) + "\n" + json.dumps({"id": 2, "lang": "nl", "text": "ik hoest"}))

    with pytest.raises(CommandError) as refusal:
        call_command("understand", str(source), str(target))

    first, second = map(json.loads, target.read_text().splitlines())
    assert (set(first), second["id"], refusal.value.returncode) == ({"line", "error"}, 2, 1)


@pytest.mark.django_db
def test_a_talk_in_the_terminal_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("geen lucht meer\n"))
    said = StringIO()

    call_command("chat", "--lang", "nl", stdout=said)

    assert "112" in said.getvalue()
    assert not Patient.objects.exists()


@pytest.mark.django_db
def test_a_talk_in_the_terminal_is_printed_as_a_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO('two sores\n\nsince monday "or so"\n'))
    printed = StringIO()

    call_command("chat", "--scenario", stdout=printed, stderr=StringIO())

    scenario = tomllib.loads(printed.getvalue())
    assert scenario["language"] == "en"
    assert [turn["text"] for turn in scenario["turn"]] == ["two sores", 'since monday "or so"']
    assert all("expects" in turn for turn in scenario["turn"])


def file(patient: Patient, answers: dict[str, Any]) -> None:
    file_report(
        patient,
        client_id=uuid.uuid4(),
        answers=answers,
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.FORM,
        now=datetime(2026, 3, 12, 12, tzinfo=UTC),
    )


def test_replay_with_the_ruleset_in_force_finds_no_difference(ada: Patient, nurse_kim: Practitioner) -> None:
    file(ada, dict(MILD_SORE))
    file(ada, change(MILD_COUGH, cough__severity=3))
    out = StringIO()

    call_command("replay", "--ruleset", CURRENT.version, stdout=out, stderr=StringIO())

    assert out.getvalue() == ""


def test_replay_with_another_ruleset_says_what_would_have_been_different(ada: Patient, nurse_kim: Practitioner) -> None:
    file(ada, change(MILD_SORE, fever__temperature_c=38.5))
    out, summary = StringIO(), StringIO()

    call_command("replay", "--ruleset", "review-2014", stdout=out, stderr=summary)

    difference = json.loads(out.getvalue())
    assert difference["urgency"] == {"was": "urgent", "would_be": "none"}
    assert difference["removed"] == ["FEVER", "MOUTH-MILD"]
    assert "1 assessments with review-2014: 1 less urgent" in summary.getvalue()


def test_replay_leaves_synthetic_patients_out(ada: Patient, nurse_kim: Practitioner) -> None:
    file(ada, change(MILD_SORE, fever__temperature_c=38.5))
    Patient.objects.update(is_synthetic=True)
    out, summary = StringIO(), StringIO()

    call_command("replay", "--ruleset", "review-2014", stdout=out, stderr=summary)

    assert out.getvalue() == ""
    assert "0 assessments with review-2014" in summary.getvalue()


def test_replay_fails_when_an_assessment_cannot_be_repeated(ada: Patient, nurse_kim: Practitioner) -> None:
    file(ada, dict(MILD_SORE))
    kept = Assessment.objects.get()
    Assessment.objects.create(
        report=kept.report,
        kind="final",
        assessed_at=kept.assessed_at,
        ruleset=kept.ruleset,
        ruleset_hash=kept.ruleset_hash,
        facts=kept.facts,
        findings=[],
        urgency=0,
    )

    with pytest.raises(CommandError):
        call_command("replay", "--ruleset", CURRENT.version, stdout=StringIO(), stderr=StringIO())


def test_render_rules_says_when_the_rulebook_is_not_current(tmp_path: Path) -> None:
    rulebook = tmp_path / "rules.md"
    with pytest.raises(CommandError):
        call_command("render_rules", "--check", "--output", str(rulebook))

    call_command("render_rules", "--output", str(rulebook), stdout=StringIO())
    call_command("render_rules", "--check", "--output", str(rulebook))


def test_trace_prints_the_whole_matrix() -> None:
    out = StringIO()

    call_command("trace", stdout=out)

    assert "| S-11 | MOUTH-COUNT, MOUTH-DURATION, MOUTH-INTAKE |" in out.getvalue().replace("  ", " ")


def test_trace_fails_without_tests(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("trace", "--root", str(tmp_path))


def test_enrol_prints_what_an_operator_needs(clinic: Clinic) -> None:
    out = StringIO()
    today = datetime.now(UTC).date().isoformat()

    call_command("enrol", "--clinic", "north", "--first-dose", today, "--baseline-cough", "1", stdout=out)

    enrolled = json.loads(out.getvalue())
    assert set(enrolled) == {"patient", "course", "activation_code"}
    patient = Patient.objects.get(pk=enrolled["patient"])
    assert patient.courses.get().baseline_cough == 1
    assert patient.courses.get().first_dose_on == date.fromisoformat(today)


def test_who_has_no_name_yet_is_called_so_in_the_language_of_the_clinic(clinic: Clinic) -> None:
    Clinic.objects.update(language="de")
    call_command("enrol", "--clinic", "north", "--first-dose", datetime.now(UTC).date().isoformat(), stdout=StringIO())
    assert Patient.objects.get().full_name == "Patient ohne Namen"


@pytest.mark.parametrize(
    "options", [{"clinic": "nowhere"}, {"first_dose": "1999-01-01"}, {"time_zone": "Mars/Olympus"}], ids=str
)
def test_enrol_says_what_is_wrong(clinic: Clinic, options: dict[str, str]) -> None:
    arguments = {"clinic": "north", "first_dose": datetime.now(UTC).date().isoformat(), **options}

    with pytest.raises(CommandError, match=r"nowhere|first_dose_on|time_zone"):
        call_command("enrol", *(f"--{name.replace('_', '-')}={value}" for name, value in arguments.items()))
    assert not Patient.objects.exists()
