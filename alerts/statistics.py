"""What a clinic learns from its own figures: reports, check-ins, alerts, how soon taken, what came of them.

Test patients do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from math import isfinite
from typing import Any, Final

from django.db import connection

from alerts.models.alert import Outcome
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic

WEEKS: Final = 12

# What nobody has taken counts as taken never: a figure that half of them or nine of ten have not reached is none.
# An alert that was closed with no action, after a person looked at it, counts as a false alarm.
FIGURES_SQL: Final = """
SELECT alert.urgency,
    count(*),
    count(*) FILTER (WHERE alert.state = 'closed'),
    count(*) FILTER (WHERE alert.outcome = ANY(%(acted)s) OR acts.happened_at IS NOT NULL),
    count(*) FILTER (WHERE alert.outcome = 'no_action'),
    count(*) FILTER (WHERE taken.seconds IS NULL),
    max(extract(epoch FROM %(now)s - alert.raised_at)) FILTER (WHERE taken.seconds IS NULL),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY coalesce(taken.seconds, 'Infinity')),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY coalesce(taken.seconds, 'Infinity'))
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
  LEFT JOIN LATERAL (SELECT extract(epoch FROM least(min(happened_at), alert.closed_at) - alert.raised_at)::float8
        AS seconds FROM alerts_alertevent WHERE alert_id = alert.id AND kind = 'acknowledged' AND number > coalesce(
        (SELECT max(number) FROM alerts_alertevent WHERE alert_id = alert.id AND kind = 'given_back'), 0)) taken ON true
  LEFT JOIN LATERAL (SELECT min(happened_at) AS happened_at FROM alerts_alertevent
        WHERE alert_id = alert.id AND kind = 'action') acts ON true
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s
 GROUP BY alert.urgency ORDER BY alert.urgency DESC
"""

WEEKS_SQL: Final = """
SELECT date_trunc('week', alert.raised_at AT TIME ZONE %(zone)s)::date AS week, alert.urgency, count(*)
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s
 GROUP BY week, alert.urgency ORDER BY week, alert.urgency
"""

PROBLEMS_SQL: Final = """
SELECT alert.problem, count(*), count(*) FILTER (WHERE alert.state = 'closed')
  FROM alerts_alert alert
  JOIN symptoms_patient patient ON patient.id = alert.patient_id AND NOT patient.is_synthetic
 WHERE alert.clinic_id = %(clinic)s AND alert.raised_at > %(since)s
 GROUP BY alert.problem ORDER BY count(*) DESC, alert.problem
"""

REPORTS_SQL: Final = """
SELECT date_trunc('week', report.received_at AT TIME ZONE %(zone)s)::date AS week, report.urgency, count(*)
  FROM symptoms_symptomreport report
  JOIN symptoms_patient patient ON patient.id = report.patient_id AND NOT patient.is_synthetic
 WHERE patient.clinic_id = %(clinic)s AND report.received_at > %(since)s
 GROUP BY week, report.urgency ORDER BY week, report.urgency NULLS LAST
"""

# A check-in counts once its day to answer is over; any report of the patient within that day answers it.
CHECK_INS_SQL: Final = """
SELECT date_trunc('week', asked.sent_at AT TIME ZONE %(zone)s)::date AS week, count(*),
    count(*) FILTER (WHERE EXISTS (SELECT FROM symptoms_symptomreport report
        WHERE report.patient_id = asked.patient_id
          AND report.occurred_at >= asked.sent_at AND report.occurred_at < asked.sent_at + interval '24 hours'))
  FROM alerts_reminder asked
  JOIN symptoms_patient patient ON patient.id = asked.patient_id AND NOT patient.is_synthetic
 WHERE patient.clinic_id = %(clinic)s AND asked.kind = 'check_in' AND asked.state = 'sent'
   AND asked.sent_at > %(since)s AND asked.sent_at <= %(now)s - interval '24 hours'
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
    """The alerts of one urgency. Times are from raising until somebody took it and kept it, or closed it.

    `median_to_acknowledge` and `p90_to_acknowledge` count those that nobody has taken; None: not reached yet.
    `longest_untaken` is how long the oldest of these waits.
    """

    urgency: str
    raised: int
    closed: int
    acted_on: int
    false_alarms: int
    untaken: int
    longest_untaken: timedelta | None
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
class Week:
    """The counts of one week, by urgency code; `""` of a report that nobody has judged yet."""

    begins_on: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class CheckIns:
    """The check-ins sent in one week whose day to answer is over, and how many were answered within it."""

    begins_on: date
    sent: int
    answered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one clinic over the last weeks. Weeks begin on Monday; one without anything is left out.

    `problems`: problem, raised, closed. `outcomes`: outcome, how many, share of all that were closed in percent.
    """

    weeks: int
    urgencies: list[UrgencyFigures]
    problems: list[tuple[str, int, int]]
    outcomes: list[tuple[str, int, int | None]]
    alerts: list[Week]
    reports: list[Week]
    check_ins: list[CheckIns]

    @property
    def reported(self) -> int:
        return sum(sum(week.counts.values()) for week in self.reports)

    @property
    def asked(self) -> int:
        return sum(week.sent for week in self.check_ins)

    @property
    def answered(self) -> int:
        return sum(week.answered for week in self.check_ins)

    @property
    def response_rate(self) -> int | None:
        """Of the check-ins, in percent; None: none was sent."""
        return _percent(self.answered, self.asked)


def alert_statistics(clinic: Clinic, now: datetime, weeks: int = WEEKS) -> Figures:
    """The figures of a clinic over the weeks before `now`, in six queries."""
    since = now - timedelta(weeks=weeks)
    values = {"clinic": clinic.pk, "since": since, "now": now, "zone": clinic.time_zone, "acted": ACTED}
    outcomes = _rows(OUTCOMES_SQL, values)
    closed = sum(count for _, count in outcomes)
    return Figures(
        weeks,
        [
            UrgencyFigures(Urgency(urgency).code, *counts, *map(_span, spans))
            for urgency, *counts, longest, median, p90 in _rows(FIGURES_SQL, values)
            for spans in [(longest, median, p90)]
        ],
        [(problem, raised, closed) for problem, raised, closed in _rows(PROBLEMS_SQL, values)],
        [(outcome, count, _percent(count, closed)) for outcome, count in outcomes],
        _by_week(_rows(WEEKS_SQL, values)),
        _by_week(_rows(REPORTS_SQL, values)),
        [CheckIns(*row) for row in _rows(CHECK_INS_SQL, values)],
    )


def _by_week(rows: list[tuple[Any, ...]]) -> list[Week]:
    """Rows of week, urgency and count, ordered by week."""
    return [
        Week(week, {"" if urgency is None else Urgency(urgency).code: count for _, urgency, count in counts})
        for week, counts in groupby(rows, key=lambda row: row[0])
    ]


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _span(seconds: float | None) -> timedelta | None:
    """None for none, and for one without end."""
    return timedelta(seconds=round(seconds)) if seconds is not None and isfinite(seconds) else None
