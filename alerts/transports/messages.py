"""What a page says, the same by every channel: how urgent, which alert, where to read it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from alerts.linking import acknowledge_link
from alerts.models import Alert, Notification
from symptoms.clinical.terms import Urgency

HEADLINES: Final = {
    Urgency.ROUTINE: "Routine alert",
    Urgency.URGENT: "URGENT alert",
    Urgency.EMERGENCY: "EMERGENCY alert",
}

MOST_NUMBERS: Final = 10
"""Alert numbers that one page names; of the others it says how many there are."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one person. `identity` stays the same at every try; `kind` tells a machine what it is about."""

    identity: str
    kind: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""

    @property
    def text(self) -> str:
        """The whole message, as a mail has it."""
        return "\n\n".join(self.paragraphs) + "\n"

    @property
    def short(self) -> str:
        """One line for a telephone."""
        return f"{self.subject}. {self.link}" if self.link else self.subject


def link_to(alert: Alert) -> str:
    """Where a clinician of the alert's clinic reads it, after signing in."""
    return f"{settings.SITE_URL.rstrip('/')}/admin/alerts/alert/{alert.pk}/change/"


def compose_page(notification: Notification) -> Message:
    """The message of a notification, and of those that travel with it."""
    pages = (notification, *notification.travels_with)
    message = _about_one(notification) if len(pages) == 1 else _about_several(pages)
    tries = max(page.attempt_count for page in pages)
    if tries <= 1:
        return message
    repeat = f"This is a repeat (try {tries}); you may have had this message before."
    return Message(
        identity=message.identity,
        kind=message.kind,
        subject=f"Repeat: {message.subject}",
        paragraphs=(*message.paragraphs, repeat),
        link=message.link,
    )


def _about_one(notification: Notification) -> Message:
    alert = notification.alert
    link = acknowledge_link(notification)
    if notification.is_test:
        headline = f"TEST page {alert.number}"
        return Message(
            identity=f"notification-{notification.pk}",
            kind="test",
            subject=headline,
            paragraphs=(f"{headline}: you asked for it. Nothing has happened.", "Its link, to try it:", link),
            link=link,
        )
    urgency = Urgency(alert.urgency)
    headline = f"{HEADLINES[urgency]} {alert.number}"
    return Message(
        identity=f"notification-{notification.pk}",
        kind=urgency.code,
        subject=headline,
        paragraphs=(
            f"{headline} is waiting for somebody to take it.",
            "Sign in to read it and to acknowledge it:",
            link_to(alert),
            "To acknowledge it at once, signed in:",
            link,
        ),
        link=link,
    )


def _about_several(pages: tuple[Notification, ...]) -> Message:
    alerts = sorted({page.alert for page in pages}, key=lambda alert: (-alert.urgency, alert.raised_at, alert.number))
    urgency = Urgency(alerts[0].urgency)
    named = ", ".join(str(alert.number) for alert in alerts[:MOST_NUMBERS])
    more = f" and {len(alerts) - MOST_NUMBERS} more" if len(alerts) > MOST_NUMBERS else ""
    headline = f"{HEADLINES[urgency]}: {len(alerts)} are waiting"
    link = f"{settings.SITE_URL.rstrip('/')}/admin/alerts/alert/"
    return Message(
        identity=f"notification-{pages[0].pk}",
        kind=urgency.code,
        subject=f"{headline} ({named}{more})",
        paragraphs=(
            f"{len(alerts)} alerts are waiting for somebody to take them: {named}{more}.",
            *(f"{HEADLINES[Urgency(alert.urgency)]} {alert.number}" for alert in alerts),
            "Sign in to read them and to acknowledge them:",
            link,
        ),
        link=link,
    )
