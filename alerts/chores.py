"""What a dispatcher does besides sending: lets alerts climb, audits, and keeps the clock's promises without Celery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from alerts.by_itself import by_itself
from alerts.canary import send_canary
from alerts.digests import deliver_digests, plan_digests
from alerts.escalating import BATCH, escalate_due
from alerts.liveness import record_heartbeat
from alerts.rostering import refresh_all_gaps, tidy
from alerts.watchdog import HOUSEKEEPER, run_audit
from symptoms.emergency import tell_of_emergencies


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done again and again, by any number of dispatchers at once. It shows life by itself."""

    name: str
    every_s: float
    do: Callable[[], object]


def let_alerts_climb() -> None:
    """Everything that is due climbs; then the escalator shows life."""
    while escalate_due() == BATCH:
        pass
    record_heartbeat("escalator")


def keep_house() -> None:
    """The canary, mails of records opened in an emergency, digests, the look at the rota; then it shows life.

    What fails is logged, stops nothing else, and stands in the heartbeat for the audit to find.
    """
    parts = (send_canary, tell_of_emergencies, plan_digests, deliver_digests, refresh_all_gaps, tidy)
    done = 0
    for part in parts:
        with by_itself("housekeeping_failed part=%s", getattr(part, "__name__", "unknown")):
            part()
            done += 1
    record_heartbeat(HOUSEKEEPER, [] if done == len(parts) else ["housekeeping_failed"])


CHORES: Final = (
    Chore("escalator", 1.0, let_alerts_climb),
    Chore("auditor", 60.0, run_audit),
    Chore(HOUSEKEEPER, 30.0, keep_house),
)
