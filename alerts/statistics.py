"""What a clinic learns from its own alerts: how many, how soon taken, what came of them. Test patients do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from alerts.models.alert import Outcome
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic

WEEKS: Final = 12

# An alert that was closed with no action, after a person looked at it, counts as a false alarm.
FIGURES_SQL: Final = """
SELECT alert.urgency,
    count(*),
    count(*) FILTER (WHERE alert.state = 'closed'),
    count(*) FILTER (WHERE alert.outcome = ANY(%(acted)s) OR acts.happened_at IS NOT NULL),
    count(*) FILTER (WHERE alert.outcome = 'no_action'),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM taken.happened_at - alert.raised_at)),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM taken.happened_at - alert.raised_at))
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
  LEFT JOIN LATERAL (SELECT min(happened_at) AS happened_at FROM alerts_alertevent
        WHERE alert_id = alert.id AND kind = 'acknowledged') taken ON true
  LEFT JOIN LATERAL (SELECT min(happened_at) AS happened_at FROM alerts_alertevent
        WHERE alert_id = alert.id AND kind = 'action') acts ON true
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s
 GROUP BY alert.urgency ORDER BY alert.urgency DESC
"""

VOLUME_SQL: Final = """
SELECT date_trunc('week', alert.raised_at AT TIME ZONE %(zone)s)::date AS week, count(*)
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s
 GROUP BY week ORDER BY week
"""

OUTCOMES_SQL: Final = """
SELECT alert.outcome, count(*)
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s AND alert.state = 'closed'
 GROUP BY alert.outcome ORDER BY count(*) DESC, alert.outcome
"""

ACTED: Final = [one.value for one in Outcome if one not in (Outcome.NO_ACTION, Outcome.UNABLE_TO_REACH)]


@dataclass(frozen=True, slots=True)
class UrgencyFigures:
    """The alerts of one urgency. Times are from raising to the first acknowledgement; None: nobody took any."""

    urgency: str
    raised: int
    closed: int
    acted_on: int
    false_alarms: int
    median_to_acknowledge: timedelta | None
    p90_to_acknowledge: timedelta | None

    @property
    def share_acted_on(self) -> int | None:
        """Of all that were raised, in percent."""
        return _percent(self.acted_on, self.raised)

    @property
    def share_of_false_alarms(self) -> int | None:
        """Of those that were closed, in percent."""
        return _percent(self.false_alarms, self.closed)


@dataclass(frozen=True, slots=True)
class Figures:
    """The alerts of one clinic over the last weeks; `volume` by week, `outcomes` with their share in percent."""

    weeks: int
    urgencies: list[UrgencyFigures]
    volume: list[tuple[Any, int]]
    outcomes: list[tuple[str, int, int | None]]


def alert_statistics(clinic: Clinic, now: datetime) -> Figures:
    """The figures of a clinic over the twelve weeks before `now`, in three queries."""
    values = {
        "clinic": clinic.pk,
        "since": now - timedelta(weeks=WEEKS),
        "zone": clinic.time_zone,
        "acted": ACTED,
    }
    outcomes = _rows(OUTCOMES_SQL, values)
    closed = sum(count for _, count in outcomes)
    return Figures(
        WEEKS,
        [
            UrgencyFigures(Urgency(urgency).code, raised, closed, acted_on, false_alarms, _span(median), _span(p90))
            for urgency, raised, closed, acted_on, false_alarms, median, p90 in _rows(FIGURES_SQL, values)
        ],
        [(week, count) for week, count in _rows(VOLUME_SQL, values)],
        [(outcome.replace("_", " "), count, _percent(count, closed)) for outcome, count in outcomes],
    )


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _span(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=round(seconds)) if seconds is not None else None
