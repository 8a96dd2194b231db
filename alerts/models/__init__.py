"""The records of the alert side: what was raised, who was told and how, and what is planned."""

from alerts.models.alert import Alert, AlertEvent
from alerts.models.contact import ContactPoint
from alerts.models.liveness import Heartbeat, PeriodicRun
from alerts.models.notification import DeliveryAttempt, Notification
from alerts.models.reminder import Reminder
from alerts.models.visit import Visit

__all__ = [
    "Alert",
    "AlertEvent",
    "ContactPoint",
    "DeliveryAttempt",
    "Heartbeat",
    "Notification",
    "PeriodicRun",
    "Reminder",
    "Visit",
]
