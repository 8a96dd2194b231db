"""What the page of an alert shows, in the order in which it is needed, every word ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from alerts.admin import words
from alerts.admin.forms import ActionForm, AlertForm, CloseForm, GiveBackForm, MessageForm, NoteForm
from alerts.admin.rows import deadline_of, owner_of, row_of
from alerts.admin.support import support_in_words
from alerts.admin.told import told_in_words
from alerts.evidence import Evidence, Finding, gather_evidence
from alerts.handing_over import may_reopen
from alerts.models import Alert, AlertEvent, Notification
from alerts.models.alert import AlertEventKind, AlertState
from alerts.origins import Origin
from alerts.reasons import reasons_of
from alerts.worklist import read_lines
from symptoms.admin.answers import (
    EXERTIONS_IN_SHORT,
    SHORT,
    answer_in_words,
    context_in_words,
    question_in_words,
    subject_in_words,
)
from symptoms.admin.overview.contact import without_phone
from symptoms.admin.overview.treatment import dose_now, written_regimen
from symptoms.admin.reading import author_in_words, moment_in_words
from symptoms.admin.words import say, say_passage, say_source
from symptoms.clinical.calendar import local_date
from symptoms.clinical.grades import REVIEW_SCALE
from symptoms.clinical.rules.infection import FEVER_FROM_C, LOW_BELOW_C
from symptoms.clinical.source import STATEMENTS
from symptoms.clinical.terms import MAX_TEMPERATURE_C, Exertion, Intake, Slot, Urgency
from symptoms.courses import ct_warning
from symptoms.models import Practitioner, SymptomReport
from symptoms.models.patient import PatientStatus

TREND_SLOTS: Final = (
    "fever.temperature_c", "mouth_sores.count", "mouth_sores.intake", "mouth_sores.severity", "cough.severity",
    "dyspnea.severity", "dyspnea.exertion",
)  # fmt: skip

OF_PAGES: Final = (AlertEventKind.NOTIFIED, AlertEventKind.DELIVERY_FAILED)
SHADES_OF_INTAKE: Final = {Intake.CHANGED: "grade-2", Intake.REDUCED: "grade-3", Intake.ALMOST_NOTHING: "grade-4"}

TREND_HEADINGS: Final[Mapping[str, Any]] = {Slot.FEVER_TEMPERATURE_C: "°C"}


def describe_alert(alert: Alert, practitioner: Practitioner, now: datetime, *, may_act: bool) -> dict[str, Any]:
    """The context of the page. `alert` comes with patient, clinic and the people who handled it."""
    evidence = gather_evidence(alert)
    line, others = _lines(alert, now)
    row = row_of(line, practitioner, now)
    is_open = alert.state != AlertState.CLOSED
    moments = {finding.moment: finding.reason.rule for finding in reversed(evidence.findings) if finding.moment}
    return {
        "alert": alert,
        "evidence": evidence,
        "urgency": Urgency(alert.urgency).code,
        "urgency_words": say(Urgency(alert.urgency).code),
        "row": row,
        "told": told_in_words(evidence, now),
        "age": words.age_in_words((alert.closed_at or now) - alert.raised_at),
        "deadline": deadline_of(alert),
        "clocks": _clocks(alert, now),
        "without_phone": without_phone(alert.patient),
        "owner": owner_of(alert, practitioner),
        "others": [row_of(one, practitioner, now) for one in others],
        "outcome": say(alert.outcome, of="outcome"),
        "status": words.STATUSES[alert.patient.status],
        "is_open": is_open,
        "is_mine": alert.acknowledged_by_id == practitioner.pk,
        "version": version_of(alert, evidence.events[-1].number if evidence.events else 0),
        "findings": [_finding(finding, evidence) for finding in evidence.findings],
        "amendments": [line for report in evidence.own_reports for line in _amendments(report)],
        "course": _course(evidence, now),
        "rules_page": reverse("admin:symptoms_rulesetapproval_rules"),
        "support": support_in_words(
            evidence.support,
            interruptions=evidence.stomatitis_interruptions,
            baseline_ct=_day(evidence.course and evidence.course.baseline_ct_on),
        ),
        "trend": _trend(evidence),
        "messages_shown": [(message, moments.get(message.pk, "")) for message in evidence.messages],
        "timeline": _timeline(evidence),
        "pages": [_page(page) for page in evidence.notifications],
        "pages_in_short": _pages_in_short(evidence.notifications),
        "panels": _panels(alert, practitioner, now, is_open=is_open) if may_act else [],
        "may_take": may_act and alert.state == AlertState.OPEN,
    }


def _lines(alert: Alert, now: datetime) -> tuple[Any, Sequence[Any]]:
    """The alert as the worklist has it, and what else is open about the patient: who rings about one knows of all."""
    still_open = Q(patient=alert.patient_id) & ~Q(state=AlertState.CLOSED)
    lines = read_lines(alert.clinic, Q(pk=alert.pk) | still_open, now)
    own = next(one for one in lines if one.pk == alert.pk)
    return own, [one for one in lines if one.pk != alert.pk]


def _clocks(alert: Alert, now: datetime) -> str:
    """By whose clocks this page goes, and what the patient's show now, where that differs."""
    here, there = (date_format(localtime(now, one.zone), "TIME_FORMAT") for one in (alert.clinic, alert.patient))
    if here == there:
        return ""
    words = {"here": here, "there": there}
    return gettext("Times by the clinic's clocks. It is %(here)s here and %(there)s at the patient's.") % words


def version_of(alert: Alert, last_event: int) -> str:
    """Changes with everything that happens to the alert."""
    return f"{alert.pk.hex[:8]}-{alert.updated_at.timestamp():.6f}-{last_event}"


def _finding(finding: Finding, evidence: Evidence) -> dict[str, Any]:
    told = {words for origin in finding.origins.values() for words in origin.words}
    return {
        "reason": finding.reason,
        "urgency": Urgency(finding.reason.urgency).code,
        "urgency_words": say(Urgency(finding.reason.urgency).code),
        "fired_at": finding.assessment and finding.assessment.assessed_at,
        "answers": [_answer(slot, value, finding.origins[slot]) for slot, value in finding.answers],
        "context": [_context(name, value, evidence) for name, value in finding.context],
        "words": [words for words in finding.words if words not in told],
        "moment": finding.moment,
        "passages": [_passage(tag, finding.reason.rule) for tag in finding.reason.sources],
    }


def _amendments(report: SymptomReport) -> Iterator[dict[str, Any]]:
    """What was put right about a report after it had been judged: each answer as it is now, and as it was."""
    if report.amended_answers is None:
        return
    stands = dict(report.answers)
    for one in report.amendments.all():
        answers = [
            (subject_in_words(slot), answer_in_words(slot, value), _stood(slot, stands))
            for slot, value in one.answers.items()
        ]
        stands |= one.answers
        who = author_in_words(one, report.patient)
        yield {"at": one.amended_at, "who": who, "why": say(one.reason), "answers": answers, "note": one.note}


def _stood(slot: str, answers: Mapping[str, Any]) -> str:
    return answer_in_words(slot, answers[slot]) if slot in answers else gettext("not asked")


def _passage(tag: str, rule: str) -> tuple[str, str]:
    """A source and its passage; one beside the review by its name, for its tag says little."""
    passage = say_passage(tag, rule)
    return tag, passage if tag in STATEMENTS else f"{say_source(tag)}: {passage}"


def _answer(slot: str, value: Any, origin: Origin) -> dict[str, Any]:
    """An answer with where it came from. A question that was not asked is not shown as if it had been."""
    is_words = slot == Slot.OTHER_TEXT and not origin.is_chosen
    return {
        "what": question_in_words(slot) if origin.is_asked else subject_in_words(slot),
        "how": answer_in_words(slot, value),
        "is_chosen": origin.is_chosen,
        "is_words": is_words,
        "words": () if is_words else origin.words,
    }


def _context(name: str, value: Any, evidence: Evidence) -> tuple[str, str]:
    """A fact of the history. A baseline of 0 that nobody has recorded is said to be no measurement."""
    what, how = context_in_words(name, value)
    is_taken = name.startswith("baseline") and value == 0 and getattr(evidence.course, name, None) is None
    return what, gettext("not recorded, taken as 0") if is_taken else how


def _course(evidence: Evidence, now: datetime) -> dict[str, Any] | None:
    course = evidence.course
    if course is None:
        return None
    today = local_date(now, evidence.alert.patient.zone)
    dose, is_interrupted = dose_now(course, evidence.dose_events, today)
    cough, dyspnea = course.baseline_cough, course.baseline_dyspnea
    return {
        "regimen": written_regimen(course),
        "dose": "–" if course.ended_on else dose,
        "is_interrupted": is_interrupted and not course.ended_on,
        "cough": "" if cough is None else str(cough),
        "dyspnea": "" if dyspnea is None else str(dyspnea),
        "course": course,
        "day": course.day_number(course.ended_on or today),
        "ct_warning": ct_warning(course),
        "grade": evidence.stomatitis_grade,
        "scale": gettext(REVIEW_SCALE),
        "sores_since": evidence.episode and evidence.episode.earliest_on,
        "doses": [
            (one.happened_on, say(one.kind), one.dose_mg, say(one.reason), one.note) for one in evidence.dose_events
        ],
        "address": reverse("admin:symptoms_treatmentcourse_change", args=[course.pk]),
    }


def _trend(evidence: Evidence) -> dict[str, Any]:
    """The last reports, the oldest first, one column for each question that any of them answered."""
    slots = [slot for slot in TREND_SLOTS if any(slot in report.answers for report in evidence.reports)]
    return {
        "headings": [_heading(slot) for slot in slots],
        "rows": [_trend_row(report, slots, evidence) for report in reversed(evidence.reports)],
    }


def _heading(slot: str) -> Any:
    return TREND_HEADINGS.get(slot, SHORT[slot])


def _trend_row(report: SymptomReport, slots: list[str], evidence: Evidence) -> dict[str, Any]:
    on = local_date(report.occurred_at, evidence.alert.patient.zone)
    return {
        "on": on,
        "day": evidence.course.day_number(on) if evidence.course else "",
        "urgency": Urgency(report.urgency or 0).code,
        "urgency_words": say(Urgency(report.urgency or 0).code),
        "answers": [(_heading(slot), *_short(slot, report.answers)) for slot in slots],
        "address": reverse("admin:symptoms_symptomreport_change", args=[report.pk]),
        "is_own": report.pk == evidence.alert.report_id,
        "is_amended": report.amended_answers is not None,
    }


def _short(slot: str, answers: Mapping[str, Any]) -> tuple[str, str]:
    """An answer for a narrow column, and the class of its colour: how bad it is, 0-4."""
    if slot not in answers:
        return "", ""
    value = answers[slot]
    graded = value if slot.endswith(".severity") and isinstance(value, int) else None
    if graded is not None:
        return str(value), f"grade-{graded}"
    if slot == Slot.DYSPNEA_EXERTION:
        return str(EXERTIONS_IN_SHORT.get(value, value)), "grade-4" if value == Exertion.AT_REST else ""
    if slot == Slot.MOUTH_INTAKE and value in SHADES_OF_INTAKE:
        return answer_in_words(slot, value), SHADES_OF_INTAKE[value]
    is_number = slot == Slot.FEVER_TEMPERATURE_C and isinstance(value, int | float)
    if is_number:
        return number_format(value), "" if LOW_BELOW_C <= _celsius(value) < FEVER_FROM_C else "grade-4"
    return answer_in_words(slot, value), ""


def _celsius(degrees: float) -> float:
    return degrees if degrees <= MAX_TEMPERATURE_C else (degrees - 32) * 5 / 9


def _timeline(evidence: Evidence) -> list[dict[str, Any]]:
    """What people and the clock did; the pages stand by themselves, each with its name and what became of it."""
    return [_event(event, evidence) for event in evidence.events if event.kind != AlertEventKind.NOTIFIED]


def _event(event: AlertEvent, evidence: Evidence) -> dict[str, Any]:
    detail = event.detail
    shown = evidence.announcements.get(detail.get("message", ""))
    return {
        "at": event.happened_at,
        "what": words.EVENTS[event.kind],
        "who": _who(event),
        "rules": detail.get("rules", ()),
        "outcome": say(detail.get("outcome", ""), of="outcome"),
        "note": _note_of(detail),
        "is_message": bool(detail.get("message")),
        "shown_at": shown and shown.shown_at,
    }


def _who(event: AlertEvent) -> str:
    if event.actor is not None:
        return event.actor.get_full_name() or event.actor.get_username()
    return str(words.AUTHORS.get(event.detail.get("by", ""), ""))


def _note_of(detail: Mapping[str, Any]) -> str:
    if "amendment" in detail:
        said = gettext("It is the report of %(when)s. What it raised stays raised.")
        return said % {"when": moment_in_words(detail["reported_at"])}
    if "about" in detail:
        return gettext("The team had written about alert %(number)s.") % {"number": detail["about"]}
    if "leaver" in detail:
        return gettext("Who had it can no longer act: the account was closed, or the role has changed.")
    note: str = detail.get("note", "")
    return note


def news_of(alert: Alert, since: datetime | None) -> list[dict[str, Any]]:
    """What people and the patient did about an alert after a moment, the oldest first; pages are no news."""
    told = alert.events.exclude(kind__in=OF_PAGES).select_related("actor").order_by("number")
    later = told.filter(happened_at__gt=since) if since is not None else told.none()
    return [
        {
            "at": event.happened_at,
            "what": words.EVENTS[event.kind],
            "who": _who(event),
            "why": [reason.text for reason in reasons_of(event.detail.get("rules", ()))],
            "note": _note_of(event.detail),
        }
        for event in later
    ]


def _page(page: Notification) -> dict[str, Any]:
    last = list(page.attempts.all())[-1:]
    return {
        "at": page.created_at,
        "who": page.recipient,
        "channel": words.CHANNELS[page.channel],
        "state": words.PAGE_STATES[page.state],
        "state_code": page.state,
        "step": page.step,
        "tries": page.attempt_count,
        "last_try": words.TRIES[last[0].outcome] if last else "",
        "came_at": page.delivered_at or page.finished_at,
        "is_bundled": page.bundled_into_id is not None,
        "is_test": page.is_test,
    }


def _pages_in_short(pages: Sequence[Notification]) -> str:
    """How many pages there are, and what became of them, the most frequent first."""
    states = Counter(str(words.PAGE_STATES[page.state]) for page in pages).most_common()
    became = "; ".join(state if len(states) == 1 else f"{count} × {state}" for state, count in states)
    said = ngettext("%(count)d page: %(became)s", "%(count)d pages: %(became)s", len(pages))
    return said % {"count": len(pages), "became": became}


def _panels(alert: Alert, practitioner: Practitioner, now: datetime, *, is_open: bool) -> list[dict[str, Any]]:
    """The acts on the page itself: name of the page, words, and the form as this page shows the alert."""
    panels: list[tuple[str, str, type[AlertForm]]] = []
    if is_open and alert.acknowledged_by == practitioner:
        panels.append(("give_back", gettext("Give back"), GiveBackForm))
    elif is_open and alert.acknowledged_by:
        panels.append(("take_over", gettext("Take over"), AlertForm))
    if is_open:
        panels.append(("record_action", gettext("Record an action"), ActionForm))
        panels.append(("close", gettext("Close the alert"), CloseForm))
    if is_open and alert.patient.status == PatientStatus.ACTIVE:
        panels.append(("message", gettext("Write to the patient"), MessageForm))
    if may_reopen(alert, now):
        panels.append(("reopen", gettext("Open again"), GiveBackForm))
    panels.append(("note", gettext("Add a note"), NoteForm))
    return [
        {
            "name": name,
            "words": said,
            "form": form(None, instance=alert, auto_id=f"{name}_%s"),
            "address": reverse(f"admin:alerts_alert_{name}", args=[alert.pk]),
        }
        for name, said, form in panels
    ]


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
