"""Pages by e-mail: how urgent, which alert, where to read it, and nothing else."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from alerts.models import Alert, Notification
from alerts.transports.mail import compose_mail, send_mail
from alerts.transports.transport import Sent
from symptoms.clinical.terms import Urgency

HEADLINES: Final = {
    Urgency.ROUTINE: "Routine alert",
    Urgency.URGENT: "URGENT alert",
    Urgency.EMERGENCY: "EMERGENCY alert",
}


def link_to(alert: Alert) -> str:
    """Where a clinician of the alert's clinic reads it, after signing in."""
    return f"{settings.SITE_URL.rstrip('/')}/admin/alerts/alert/{alert.pk}/change/"


class EmailTransport:
    """Sends through Django's mail settings. The Message-ID is the notification's own, at every try."""

    def send(self, notification: Notification) -> Sent:
        alert = notification.alert
        headline = f"{HEADLINES[Urgency(alert.urgency)]} {alert.number}"
        is_repeat = notification.attempt_count > 1
        lines = [
            f"{headline} is waiting for somebody to take it.",
            "Sign in to read it and to acknowledge it:",
            link_to(alert),
        ]
        if is_repeat:
            lines.append(f"This is a repeat (try {notification.attempt_count}); you may have had this message before.")
        mail = compose_mail(
            identity=f"notification-{notification.pk}",
            to=notification.recipient.user.email,
            subject=f"Repeat: {headline}" if is_repeat else headline,
            body="\n\n".join(lines) + "\n",
        )
        return send_mail(mail)
