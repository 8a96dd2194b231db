"""The records of the alert side: what was raised, who was told and how, and what is planned."""

from alerts.models.alert import Alert, AlertEvent
from alerts.models.check_in import CheckInPlan
from alerts.models.contact import ContactPoint, SentCode
from alerts.models.device import PatientDevice
from alerts.models.digest import Digest
from alerts.models.escalation import EscalationPolicy, EscalationStep
from alerts.models.liveness import Heartbeat, PeriodicRun
from alerts.models.notification import DeliveryAttempt, Notification
from alerts.models.reminder import Reminder
from alerts.models.rota import Absence, ClinicHoliday, OfficeCalendar, RotaGap, Shift, TakeOver
from alerts.models.visit import ChecklistTakenBack, ScheduledVisit, Visit, VisitChecklist

__all__ = [
    "Absence",
    "Alert",
    "AlertEvent",
    "CheckInPlan",
    "ChecklistTakenBack",
    "ClinicHoliday",
    "ContactPoint",
    "DeliveryAttempt",
    "Digest",
    "EscalationPolicy",
    "EscalationStep",
    "Heartbeat",
    "Notification",
    "OfficeCalendar",
    "PatientDevice",
    "PeriodicRun",
    "Reminder",
    "RotaGap",
    "ScheduledVisit",
    "SentCode",
    "Shift",
    "TakeOver",
    "Visit",
    "VisitChecklist",
]
