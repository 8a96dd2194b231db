"""Many reports of many patients at the same moment, and whether exactly the right alerts came of them."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from alerts.models import Alert
from symptoms.clinical.terms import Problem, Respondent, Urgency
from symptoms.flow.report import file_report
from symptoms.models import Patient
from symptoms.models.report import ReportSource

RASH: Final = {"symptoms": ["other"], "other.text": "a rash"}
NO_FEVER: Final = {"fever.temperature_c": 36.8}
KINDS: Final[dict[str, tuple[dict[str, Any], Problem | None, Urgency]]] = {
    "nothing": ({"symptoms": "none"}, None, Urgency.NONE),
    "other": ({**RASH, "other.can_wait": "yes"}, Problem.OTHER, Urgency.ROUTINE),
    "other now": ({**RASH, "other.can_wait": "no"}, Problem.OTHER, Urgency.URGENT),
    "breathless": (
        {"symptoms": ["dyspnea"], "dyspnea.severity": 2, "dyspnea.interference": 1, "dyspnea.exertion": "moderate",
         "red_flags": "none", **NO_FEVER},
        Problem.RESPIRATORY, Urgency.URGENT,
    ),
    "at rest": (
        {"symptoms": ["dyspnea"], "dyspnea.severity": 4, "dyspnea.interference": 2, "dyspnea.exertion": "at_rest",
         "red_flags": "none", **NO_FEVER},
        Problem.RESPIRATORY, Urgency.EMERGENCY,
    ),
}  # fmt: skip
"""A report, the problem that its alert is about, and how urgent that is by the rules alone."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One report that was filed, and the urgency that its alert must at least have from then on."""

    patient: Patient
    kind: str


def file_at_once(patients: Sequence[Patient], *, reports: int, threads: int, seed: int) -> list[Filed]:
    """File so many reports of random kinds for random patients, from threads that begin at the same moment."""
    choose = random.Random(seed)
    plan = [Filed(choose.choice(patients), choose.choice(list(KINDS))) for _ in range(reports)]
    barrier = Barrier(threads)

    def file_share(number: int) -> None:
        barrier.wait(timeout=30)
        for one in plan[number::threads]:
            try:
                file_report(
                    one.patient,
                    client_id=uuid.uuid4(),
                    answers=KINDS[one.kind][0],
                    occurred_at=None,
                    respondent=Respondent.PATIENT,
                    source=ReportSource.FORM,
                    now=timezone.now(),
                )
            finally:
                connection.close()  # as at the end of a request

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(file_share, range(threads)))
    return plan


def check_alerts(plan: Sequence[Filed]) -> int:
    """Assert that each patient has exactly the alerts that the reports call for. Returns how many there are."""
    expected: dict[tuple[uuid.UUID, str], Urgency] = defaultdict(lambda: Urgency.NONE)
    for one in plan:
        _, problem, urgency = KINDS[one.kind]
        if problem is not None:
            key = (one.patient.pk, problem.value)
            expected[key] = max(expected[key], urgency)
    alerts = list(Alert.objects.filter(patient__in={one.patient for one in plan}).prefetch_related("events"))
    assert {(alert.patient_id, alert.problem): alert.urgency for alert in alerts} == dict(expected)
    assert len(alerts) == len(expected), "never two alerts for one patient and problem"
    for alert in alerts:
        check_timeline(alert)
    return len(alerts)


def check_timeline(alert: Alert) -> None:
    """The timeline is numbered without holes, and every step of urgency in it goes up."""
    events = sorted(alert.events.all(), key=lambda event: event.number)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    rises = [event.detail["urgency"] for event in events if event.kind in ("raised", "urgency_rose")]
    levels = [next(one for one in Urgency if one.code == code) for code in rises]
    assert levels == sorted(set(levels)), f"urgency fell or stood still in {rises}"
    assert (levels[-1], len(levels)) == (alert.urgency, alert.generation)
    pages = list(alert.notifications.all())
    assert len({(page.generation, page.cycle, page.recipient_id) for page in pages}) == len(pages)
    assert bool(pages) == (alert.urgency >= Urgency.URGENT)
