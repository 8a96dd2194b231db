"""How long each stage of an alert takes, and what waits: figures from SQL, for Prometheus. No personal data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from alerts.canary import canary_age
from alerts.liveness import heartbeat_ages
from alerts.models.alert import CANARY_SLUG
from symptoms.clinical.terms import Urgency

WINDOW: Final = "24 hours"
QUANTILES: Final = (0.5, 0.9, 0.99)

STAGES: Final = ("queue", "first_attempt", "accept", "deliver", "acknowledge", "close")

# From raising the alert to each stage, for alerts of real patients raised within the window. A page counts as
# delivered when its provider said so.
STAGES_SQL: Final = """
WITH chosen AS (
    SELECT alert.id, alert.urgency, alert.raised_at, alert.closed_at,
        (SELECT min(event.happened_at) FROM alerts_alertevent event
          WHERE event.alert_id = alert.id AND event.kind = 'acknowledged') AS acknowledged_at
      FROM alerts_alert alert JOIN symptoms_clinic clinic ON clinic.id = alert.clinic_id
      JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
     WHERE alert.raised_at > statement_timestamp() - %(window)s::interval AND clinic.slug <> %(canary)s
), paged AS (
    SELECT chosen.id,
        min(page.created_at) AS queued_at,
        min(attempt.started_at) AS attempted_at,
        min(attempt.finished_at) FILTER (WHERE attempt.outcome = 'accepted') AS accepted_at,
        min(page.delivered_at) AS delivered_at
      FROM chosen
      JOIN alerts_notification page ON page.alert_id = chosen.id
      LEFT JOIN alerts_deliveryattempt attempt ON attempt.notification_id = page.id
     GROUP BY chosen.id
), spans AS (
    SELECT chosen.urgency, stage.name, greatest(0, extract(epoch FROM stage.ended_at - stage.began_at)) AS seconds
      FROM chosen LEFT JOIN paged ON paged.id = chosen.id
      CROSS JOIN LATERAL (VALUES
        ('queue', chosen.raised_at, paged.queued_at),
        ('first_attempt', paged.queued_at, paged.attempted_at),
        ('accept', paged.queued_at, paged.accepted_at),
        ('deliver', paged.queued_at, paged.delivered_at),
        ('acknowledge', chosen.raised_at, chosen.acknowledged_at),
        ('close', chosen.raised_at, chosen.closed_at)
      ) AS stage (name, began_at, ended_at)
     WHERE stage.ended_at IS NOT NULL
)
SELECT name, urgency, count(*), sum(seconds), percentile_cont(%(quantiles)s) WITHIN GROUP (ORDER BY seconds)
  FROM spans GROUP BY name, urgency ORDER BY name, urgency
"""

WAITING_SQL: Final = """
SELECT
    (SELECT greatest(0, extract(epoch FROM statement_timestamp() - min(due_at))) FROM alerts_notification
      WHERE state IN ('pending', 'sending')),
    (SELECT greatest(0, extract(epoch FROM statement_timestamp() - min(climbs_at))) FROM alerts_alert
      WHERE state <> 'closed' AND climbs_at <= statement_timestamp()),
    (SELECT count(*) FROM alerts_deliveryattempt
      WHERE outcome = 'unknown' AND started_at < statement_timestamp() - interval '2 minutes')
"""

OPEN_SQL: Final = """
SELECT alert.urgency, alert.state, count(*)
  FROM alerts_alert alert JOIN symptoms_clinic clinic ON clinic.id = alert.clinic_id
 WHERE alert.state <> 'closed' AND clinic.slug <> %s GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage for one urgency: how many alerts reached it, the seconds they took in all, and quantiles."""

    name: str
    urgency: Urgency
    count: int
    seconds: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits now, in seconds; None: nothing does. `unknown_attempts` were begun and never came to an end."""

    oldest_due_s: float | None
    oldest_climb_s: float | None
    unknown_attempts: int


def stages() -> list[Stage]:
    """The stages of the alerts that were raised in the last 24 hours, the canary's left out."""
    values = {"window": WINDOW, "canary": CANARY_SLUG, "quantiles": [*QUANTILES]}
    return [
        Stage(name, Urgency(urgency), count, float(seconds), tuple(quantiles))
        for name, urgency, count, seconds, quantiles in _rows(STAGES_SQL, values)
    ]


def waiting() -> Waiting:
    """What is due and has not been done."""
    ((due, climb, unknown),) = _rows(WAITING_SQL, [])
    return Waiting(_number(due), _number(climb), unknown)


def open_alerts() -> dict[tuple[Urgency, str], int]:
    """How many alerts are open or acknowledged, by urgency and state."""
    return {(Urgency(urgency), state): count for urgency, state, count in _rows(OPEN_SQL, [CANARY_SLUG])}


def canary_age_s() -> float | None:
    """Seconds since the synthetic patient's page last arrived. None: never."""
    age = canary_age()
    return age.total_seconds() if age is not None else None


def heartbeat_ages_s() -> dict[str, float]:
    """Seconds since each process last showed life."""
    return {name: age.total_seconds() for name, age in heartbeat_ages().items()}


def _rows(sql: str, values: Any) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor.fetchall()


def _number(value: Any) -> float | None:
    return float(value) if value is not None else None
