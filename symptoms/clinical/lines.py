"""One line of triage input to one line of triage output, both as JSON objects.

For clinics that want to convince themselves: no database, no state, the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from symptoms.clinical.calendar import local_date
from symptoms.clinical.facts import gather_facts
from symptoms.clinical.history import PastReport, read_baseline
from symptoms.clinical.triage import assess


class MalformedLine(ValueError):
    """A line that cannot be judged at all. The message says what is wrong with it."""


def triage_record(record: object) -> dict[str, Any]:
    """Judge `{"id", "now", "time_zone"?, "final"?, "answers", "baseline"?, "history"?}`.

    Answers that cannot be read are unknown, never an error. Raises MalformedLine when the line has no id or
    no answers, an unknown zone, or a time that cannot be read or has no zone.
    """
    if not isinstance(record, dict):
        raise MalformedLine("not a JSON object")
    if record.get("id") is None:
        raise MalformedLine("no id")
    zone = _read_zone(record.get("time_zone", "UTC"))
    baseline = record.get("baseline")
    facts = gather_facts(
        _read_object(record.get("answers"), "answers"),
        is_final=record.get("final") is not False,
        baseline=read_baseline(baseline if isinstance(baseline, dict) else {}),
        events=_read_history(record.get("history"), zone),
        now=_read_moment(record.get("now"), "now", zone),
        zone=zone,
    )
    judgement = assess(facts)
    return {
        "id": record["id"],
        "urgency": judgement.urgency.code,
        "findings": [{"rule": finding.rule, "urgency": finding.urgency.code} for finding in judgement.findings],
        "stomatitis_grade_review": judgement.stomatitis_grade_review,
        "composites": judgement.composites,
    }


def _read_zone(name: object) -> ZoneInfo:
    if isinstance(name, str):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise MalformedLine(f"unknown time zone {name!r}") from error
    raise MalformedLine("time_zone is not a text")


def _read_moment(raw: object, name: str, zone: ZoneInfo) -> datetime:
    if not isinstance(raw, str):
        raise MalformedLine(f"{name} is not a time")
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise MalformedLine(f"{name} is not a time") from error
    if moment.tzinfo is None:
        raise MalformedLine(f"{name} has no zone")
    try:
        local_date(moment, zone)
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise MalformedLine(f"{name} lies outside the calendar") from error


def _read_object(raw: object, name: str) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise MalformedLine(f"{name} is not a JSON object")
    return raw


def _read_history(raw: object, zone: ZoneInfo) -> Iterator[PastReport]:
    if raw is None:
        return
    if not isinstance(raw, list):
        raise MalformedLine("history is not a list")
    for number, entry in enumerate(raw):
        name = f"history[{number}]"
        past = _read_object(entry, name)
        yield PastReport(
            at=_read_moment(past.get("at"), f"{name}.at", zone),
            answers=_read_object(past.get("answers"), f"{name}.answers"),
        )
