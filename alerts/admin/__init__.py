"""The clinician site of the alert side. Nothing about a patient is edited in place, and nothing of it deleted."""

from alerts.admin.alert import AlertAdmin
from alerts.admin.contact import ContactPointAdmin
from alerts.admin.digest import DigestAdmin
from alerts.admin.notification import NotificationAdmin
from alerts.admin.planning import (
    AbsenceAdmin,
    ClinicHolidayAdmin,
    EscalationPolicyAdmin,
    OfficeCalendarAdmin,
    RotaGapAdmin,
    ShiftAdmin,
    TakeOverAdmin,
)
from alerts.admin.reminder import ReminderAdmin
from alerts.admin.staff import PagedPractitionerAdmin
from alerts.admin.visit import VisitAdmin

__all__ = [
    "AbsenceAdmin",
    "AlertAdmin",
    "ClinicHolidayAdmin",
    "ContactPointAdmin",
    "DigestAdmin",
    "EscalationPolicyAdmin",
    "NotificationAdmin",
    "OfficeCalendarAdmin",
    "PagedPractitionerAdmin",
    "ReminderAdmin",
    "RotaGapAdmin",
    "ShiftAdmin",
    "TakeOverAdmin",
    "VisitAdmin",
]
