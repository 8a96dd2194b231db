"""What the patient has been told to do, and when: the first thing that whoever rings wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alerts.evidence import Evidence
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic
from symptoms.models.assessment import AssessmentKind

Told = tuple[datetime, Mapping[str, Any]]


def told_in_words(evidence: Evidence, now: datetime) -> str:
    """The most urgent instruction of those that the patient was given, the latest of them; empty when none was."""
    told = max(_instructions(evidence), key=lambda one: (Urgency.from_code(one[1]["urgency"]), one[0]), default=None)
    if told is None:
        return ""
    at, advice = told
    local = localtime(at)
    what = _instruction(advice, evidence.alert.clinic)
    if local.date() == localtime(now).date():
        return _("Told at %(when)s: %(what)s") % {"when": date_format(local, "TIME_FORMAT"), "what": what}
    return _("Told on %(when)s: %(what)s") % {"when": date_format(local, "SHORT_DATETIME_FORMAT"), "what": what}


def _instructions(evidence: Evidence) -> Iterator[Told]:
    """Each instruction with the moment at which it was first given; a report repeats its own until its end."""
    for report in evidence.own_reports:
        urgencies = set()
        for one in report.assessments.all():
            if one.advice and one.kind != AssessmentKind.CLOCK and one.urgency not in urgencies:
                urgencies.add(one.urgency)
                yield one.assessed_at, one.advice
    moments = {finding.moment for finding in evidence.findings if finding.assessment is None}
    for message in evidence.messages:
        if message.pk in moments and message.answered_at and message.reply and message.reply.get("advice"):
            yield message.answered_at, message.reply["advice"]


def _instruction(advice: Mapping[str, Any], clinic: Clinic) -> str:
    urgency = Urgency.from_code(advice["urgency"])
    number = next((one["phone"] for one in advice.get("actions", ()) if one.get("type") == "call"), "")
    if urgency is Urgency.EMERGENCY:
        return _("call %(number)s") % {"number": number or clinic.emergency_number}
    if urgency is Urgency.URGENT and number == clinic.emergency_number:
        return _("go to the emergency department now")
    if urgency is Urgency.URGENT:
        is_closed = number == clinic.out_of_hours_phone
        said = _("call the out-of-hours number now, %(number)s") if is_closed else _("call the clinic now, %(number)s")
        return said % {"number": number}
    if urgency is Urgency.ROUTINE:
        return _("the team will be in touch by the end of the next working day")
    return _("what to do at home, and when to call")
