"""The clinician site of the alert side. Nothing here is edited in place and nothing is deleted."""

from alerts.admin.alert import AlertAdmin
from alerts.admin.contact import ContactPointAdmin
from alerts.admin.notification import NotificationAdmin
from alerts.admin.reminder import ReminderAdmin
from alerts.admin.visit import VisitAdmin

__all__ = ["AlertAdmin", "ContactPointAdmin", "NotificationAdmin", "ReminderAdmin", "VisitAdmin"]
