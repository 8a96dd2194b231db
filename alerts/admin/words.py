"""The words that staff read for what only alerts store as a code, and for how long something has been waiting.

Other codes, urgencies among them: `symptoms.admin.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alerts.models.alert import AlertEventKind, Awaited
from alerts.models.notification import AttemptOutcome, Channel, NotificationState
from symptoms.admin.words import say
from symptoms.models.patient import PatientStatus

AWAITED: Final[Mapping[str, Any]] = {
    Awaited.NOTHING: "",
    Awaited.ACTION: _("an action is awaited by %(when)s"),
    Awaited.OUTCOME: _("the outcome is awaited by %(when)s"),
    Awaited.ANOTHER_TRY: _("another try is due by %(when)s"),
}
STATUSES: Final[Mapping[str, Any]] = {
    PatientStatus.ACTIVE: "",
    PatientStatus.PAUSED: _("paused: the service does not write to this patient"),
    PatientStatus.WITHDRAWN: _("withdrawn: the service does not write to this patient"),
    PatientStatus.DECEASED: _("deceased"),
}
EVENTS: Final[Mapping[str, Any]] = {
    AlertEventKind.RAISED: _("Raised"),
    AlertEventKind.JOINED: _("News joined it"),
    AlertEventKind.URGENCY_ROSE: _("Became more urgent"),
    AlertEventKind.NOTIFIED: _("Page accepted"),
    AlertEventKind.DELIVERY_FAILED: _("Page failed"),
    AlertEventKind.NOBODY_REACHABLE: _("Nobody could be reached"),
    AlertEventKind.ESCALATED: _("Climbed to the next step"),
    AlertEventKind.ACKNOWLEDGED: _("Taken"),
    AlertEventKind.ACTION: _("Action recorded"),
    AlertEventKind.GIVEN_BACK: _("Given back: it climbs again"),
    AlertEventKind.TAKEN_OVER: _("Taken over"),
    AlertEventKind.LAPSED: _("Let lie: it climbs again"),
    AlertEventKind.NOTE: _("Note"),
    AlertEventKind.UNABLE_TO_REACH: _("Patient not reached"),
    AlertEventKind.MESSAGED: _("Written to the patient"),
    AlertEventKind.ANSWERED: _("The patient has written in the app"),
    AlertEventKind.AMENDED: _("A report was put right"),
    AlertEventKind.CLOSED: _("Closed"),
    AlertEventKind.REOPENED: _("Opened again: it climbs again"),
}
AUTHORS: Final[Mapping[str, Any]] = {"patient": _("the patient"), "carer": _("a carer, for the patient")}
"""Who did what no member of staff did."""

CHANNELS: Final[Mapping[str, Any]] = {
    Channel.EMAIL: _("e-mail"),
    Channel.SMS: _("SMS"),
    Channel.WEB_PUSH: _("browser push"),
    Channel.FCM: _("phone push"),
    Channel.WEBHOOK: _("webhook"),
}
PAGE_STATES: Final[Mapping[str, Any]] = {
    NotificationState.PENDING: _("waits to be sent"),
    NotificationState.SENDING: _("is being sent"),
    NotificationState.ACCEPTED: _("accepted by the provider"),
    NotificationState.DELIVERED: _("delivered"),
    NotificationState.FAILED: _("failed"),
    NotificationState.CANCELLED: _("withdrawn, for it was no longer needed"),
}
TRIES: Final[Mapping[str, Any]] = {
    AttemptOutcome.UNKNOWN: _("outcome unknown"),
    AttemptOutcome.ACCEPTED: _("accepted"),
    AttemptOutcome.TEMPORARY_FAILURE: _("failed for now"),
    AttemptOutcome.PERMANENT_FAILURE: _("refused for good"),
    AttemptOutcome.CANCELLED: pgettext_lazy("try to send", "cancelled"),
}


def problem_in_words(problem: str) -> str:
    """What an alert is about, as the beginning of a line."""
    return capfirst(say(problem, of="problem"))


def age_in_words(age: timedelta) -> str:
    """How long something has been waiting: minutes within an hour, hours within two days, then days."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    days = minutes // (24 * 60)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
