"""Turns a judgement into what the patient reads: what to do now, whom to call, and why.

Every sentence comes from the wording files. Advice never names a diagnosis, never speaks of the dose, and
never says that all is well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Urgency
from symptoms.clinical.triage import Finding
from symptoms.models import Assessment, Clinic, Patient
from symptoms.wording import day_in_words, text

Advice = dict[str, Any]


def advise(
    findings: Sequence[Finding],
    patient: Patient,
    now: datetime,
    *,
    is_known_to_team: bool = False,
    leaflets: Iterable[str] = (),
    asked_again_at: datetime | None = None,
) -> Advice:
    """The advice for what was found, in the patient's language, with the numbers that are answered at `now`.

    `asked_again_at` is the next check-in; a patient who is told to call is not told to wait for it.
    """
    language, urgency = patient.language, max((one.urgency for one in findings), default=Urgency.NONE)
    again_at = asked_again_at if urgency < Urgency.URGENT else None
    rules = {finding.rule for finding in findings}
    return {
        "urgency": urgency.code,
        "headline": text(language, f"advice.{urgency.code}", "headline", **numbers_of(patient, now)),
        "text": "\n\n".join(_paragraphs(urgency, rules, patient, now, again_at, is_known_to_team=is_known_to_team)),
        "actions": [
            *_calls(urgency, patient, now),
            *(_reading(language, slug) for slug in leaflets),
            *_asking_again(language, again_at),
        ],
        "reasons": _reasons(findings, language),
    }


def advise_again(assessment: Assessment, patient: Patient, now: datetime) -> Advice:
    """What an earlier assessment called for, in the patient's present language and with the numbers of this moment."""
    findings = [Finding.from_json(one) for one in assessment.findings]
    read = [action["leaflet"] for action in (assessment.advice or {}).get("actions", ()) if "leaflet" in action]
    return advise(findings, patient, now, leaflets=read)


def numbers_of(patient: Patient, now: datetime) -> dict[str, str]:
    """The numbers and places that sentences to this patient may name. `team_phone` is the one to call at `now`."""
    return {
        "team_phone": call_team(patient, now)["phone"],
        "clinic_phone": patient.clinic.phone,
        "out_of_hours_phone": patient.clinic.out_of_hours_phone,
        "emergency_number": patient.clinic.emergency_number,
        "emergency_department": _emergency_department(patient),
    }


def _paragraphs(
    urgency: Urgency,
    rules: set[str],
    patient: Patient,
    now: datetime,
    again_at: datetime | None,
    *,
    is_known_to_team: bool,
) -> list[str]:
    language = patient.language
    numbers = numbers_of(patient, now)
    key = _urgent_variant(patient, now) if urgency is Urgency.URGENT else "text"
    paragraphs = [text(language, f"advice.{urgency.code}", key, **numbers)]
    if urgency is Urgency.EMERGENCY:
        return paragraphs
    if urgency < Urgency.URGENT and not is_clinic_open(patient.clinic, now):
        closed = "when_closed_phone" if patient.clinic.out_of_hours_phone else "when_closed_department"
        paragraphs.append(text(language, "advice", closed, **numbers))
    if is_known_to_team:
        paragraphs.append(text(language, "advice", "team_knows", **numbers))
    if rules & {"MOUTH-MILD", "MOUTH-PAIN"}:
        bath = text(language, "advice", "no_bath" if "MOUTH-NO-BATH" in rules else "start_bath")
        paragraphs.insert(0 if urgency is Urgency.SELF_CARE else len(paragraphs), bath)
        paragraphs.append(text(language, "advice", "mouth_care"))
    if again_at is not None:
        day = day_in_words(language, local_date(again_at, patient.zone))
        paragraphs.append(text(language, "advice", "next_check_in", when=day))
    paragraphs.append(text(language, "advice", "not_watched", **numbers))
    return paragraphs


def is_clinic_open(clinic: Clinic, now: datetime) -> bool:
    """Whether the clinic answers its telephone: Monday to Friday in its office hours, its own time, no holiday."""
    local = now.astimezone(ZoneInfo(clinic.time_zone))
    is_working_day = local.weekday() < 5 and local.date() not in (clinic.closed_on or ())
    return is_working_day and clinic.opens_at <= local.time() < clinic.closes_at


def _urgent_variant(patient: Patient, now: datetime) -> str:
    """Which way to a person is open at `now`."""
    if is_clinic_open(patient.clinic, now):
        return "in_hours"
    return "out_of_hours_phone" if patient.clinic.out_of_hours_phone else "out_of_hours_department"


def _emergency_department(patient: Patient) -> str:
    """The one recorded nearest to the patient's home (S-04), else the clinic's, else simply the nearest."""
    return (
        patient.emergency_department
        or patient.clinic.emergency_department
        or text(patient.language, "advice", "nearest_emergency_department")
    )


def call_team(patient: Patient, now: datetime) -> dict[str, str]:
    """The button that calls the team, by the number that is answered at `now` if there is one."""
    clinic, language = patient.clinic, patient.language
    if not is_clinic_open(clinic, now) and clinic.out_of_hours_phone:
        label, phone = text(language, "advice", "call_out_of_hours_label"), clinic.out_of_hours_phone
    else:
        label, phone = text(language, "advice", "call_label"), clinic.phone
    return {"type": "call", "label": label, "phone": phone}


def call_emergency(patient: Patient) -> dict[str, str]:
    """The button that calls the emergency number of the clinic's country."""
    label = text(patient.language, "advice", "call_emergency_label")
    return {"type": "call", "label": label, "phone": patient.clinic.emergency_number}


def _calls(urgency: Urgency, patient: Patient, now: datetime) -> list[dict[str, str]]:
    """The numbers to call, the right one for this urgency first."""
    emergency, team = call_emergency(patient), call_team(patient, now)
    is_anybody_there = is_clinic_open(patient.clinic, now) or bool(patient.clinic.out_of_hours_phone)
    if urgency is Urgency.EMERGENCY or (urgency is Urgency.URGENT and not is_anybody_there):
        return [emergency, team]
    return [team, emergency] if urgency is Urgency.URGENT else [team]


def _reading(language: str, slug: str) -> dict[str, str]:
    return {"type": "read", "label": text(language, "advice", "read_label"), "leaflet": slug}


def _asking_again(language: str, again_at: datetime | None) -> list[dict[str, str]]:
    if again_at is None:
        return []
    moment = again_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return [{"type": "recheck", "label": text(language, "advice", "recheck_label"), "at": moment}]


def _reasons(findings: Iterable[Finding], language: str) -> list[dict[str, str]]:
    """Why, in plain words, the most urgent first."""
    ordered = sorted(findings, key=lambda finding: -finding.urgency)
    return [{"rule": finding.rule, "text": text(language, "rule", finding.rule)} for finding in ordered]
