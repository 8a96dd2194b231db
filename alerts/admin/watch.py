"""What every open page of a clinic's staff is told: urgent alerts that nobody has, and that alerts may be late.

It names no patient: it stands beside the records of others, and is no look at any of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from alerts.admin.warnings import warnings_for
from alerts.admin.words import problem_in_words
from alerts.models import Alert
from alerts.models.alert import AlertState
from symptoms.access_log import shows_no_patient
from symptoms.admin.scoping import require_practitioner
from symptoms.admin.words import say
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic

MOST: Final = 50
"""Of so many the page can tell which of them it has shown; of the others there is a number."""
POLL_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Call:
    """An urgent alert that waits for somebody. `key` changes when it becomes more urgent."""

    key: str
    number: int
    urgency: str
    urgency_words: str
    problem: str
    raised_at: datetime
    address: str


def describe_watch(request: HttpRequest, clinic: Clinic) -> dict[str, Any]:
    """What is told now, the most urgent first, and the newest of these; `version` changes with any of it."""
    waiting = Alert.objects.of_clinic(clinic).filter(state=AlertState.OPEN, urgency__gte=Urgency.URGENT)
    counted = waiting.order_by("-urgency", "-raised_at", "-number").annotate(waiting=Window(Count("pk")))
    rows = list(counted.only("number", "generation", "urgency", "problem", "raised_at")[:MOST])
    warnings = warnings_for(request)
    told = ([(one.pk, one.generation) for one in rows], rows[0].waiting if rows else 0, warnings, get_language())
    get_token(request)  # the first page of a session makes one
    reader, seal = reader_of(request), request.META["CSRF_COOKIE"]
    return {
        "calls": [_call(one) for one in rows],
        "waiting": rows[0].waiting if rows else 0,
        "warnings": warnings,
        "now": timezone.now(),
        "reader": reader,
        "version": hashlib.sha256(repr((told, reader, seal)).encode()).hexdigest()[:24],
    }


def show_watch(request: HttpRequest) -> HttpResponse:
    """It as a part of a page; 304 while nothing is otherwise than the page that asks has it."""
    context = describe_watch(request, require_practitioner(request).clinic)
    shows_no_patient(request)
    tag = f'"{context["version"]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return TemplateResponse(request, "alerts/watch/told.html", context, headers={"ETag": tag})


def reader_of(request: HttpRequest) -> str:
    """Who looks at a page, as a page may keep it to know whether somebody else has signed in meanwhile."""
    return hashlib.sha256(f"reader {request.user.pk}".encode()).hexdigest()[:16]


def _call(alert: Alert) -> Call:
    code = Urgency(alert.urgency).code
    return Call(
        key=f"{alert.pk}:{alert.generation}",
        number=alert.number,
        urgency=code,
        urgency_words=str(say(code)),
        problem=problem_in_words(alert.problem),
        raised_at=alert.raised_at,
        address=reverse("admin:alerts_alert_change", args=[alert.pk]),
    )
