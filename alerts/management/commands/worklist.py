"""`manage.py worklist`: the open alerts, the most urgent and longest waiting first."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alerts.models import Alert
from symptoms.clinical.terms import Urgency


class Command(BaseCommand):
    help = "Print the open alerts of all clinics, one per line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object per line.")

    def handle(self, *args: Any, **options: Any) -> None:
        alerts = Alert.objects.of_people().not_closed().most_urgent_first().prefetch_related("notifications__attempts")
        for alert in alerts.iterator(chunk_size=200):
            self.stdout.write(json.dumps(alert_json(alert)) if options["json"] else alert_line(alert))


def alert_json(alert: Alert) -> dict[str, Any]:
    """An open alert as outside tests and load tests read it. No name."""
    return {
        "id": str(alert.pk),
        "number": alert.number,
        "patient": str(alert.patient_id),
        "problem": alert.problem,
        "urgency": Urgency(alert.urgency).code,
        "state": alert.state,
        "rules": alert.rules,
        "raised_at": alert.raised_at.isoformat().replace("+00:00", "Z"),
        "notifications": [
            {
                "id": str(notification.pk),
                "channel": notification.channel,
                "state": notification.state,
                "attempts": notification.attempt_count,
                "outcomes": [attempt.outcome for attempt in notification.attempts.all()],
            }
            for notification in alert.notifications.all()
        ],
    }


def alert_line(alert: Alert) -> str:
    """An open alert for a person at a terminal. No name."""
    urgency = Urgency(alert.urgency).code
    return f"{alert.number}  {urgency:9}  {alert.state:12}  {alert.problem}: {', '.join(alert.rules)}"
