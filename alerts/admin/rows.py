"""One alert as a line of the worklist: every word of it, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alerts.admin.why import corrected_in_words, why_of
from alerts.admin.words import AWAITED, STATUSES, age_in_words, problem_in_words
from alerts.models.alert import AlertState
from alerts.reasons import reasons_of
from symptoms.admin.overview.contact import say_erasure, without_phone
from symptoms.admin.words import say
from symptoms.clinical import calendar
from symptoms.clinical.terms import Urgency
from symptoms.models import Practitioner

ANY_ALERT: Final = UUID(int=0)
"""Stands in an address for the alert that it will be of."""

ACTS: Final = {
    "tick": _("Tick alert %(number)s"),
    "take": _("Take it"),
    "take_over": _("Take over"),
    "give_back": _("Give back"),
    "record_action": _("Record an action"),
    "close": _("Close"),
    "phone": _("Phone"),
    "carer_phone": _("Phone the carer"),
}

SHOWN_BY: Final = {"carer_phone": "phone"}
"""Acts that are done by the page of another."""


@cache
def _page(name: str) -> str:
    """The address of an act's page, of any alert: worked out once, for a list has hundreds of them."""
    return reverse(f"admin:alerts_alert_{name}", args=[ANY_ALERT])


def _address(name: str, alert: Any) -> str:
    return _page(name).replace(str(ANY_ALERT), str(alert.pk))


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done from a line: where it leads, and what it is called: as its button, and then of what."""

    alert: Any
    name: str

    @property
    def address(self) -> str:
        return _address(SHOWN_BY.get(self.name, self.name), self.alert)

    @property
    def label(self) -> str:
        """Begins as the button says, for who speaks to the machine, and names the alert, for who hears it alone."""
        words, alert = ACTS[self.name], self.alert
        if self.name == "tick":
            return str(words) % {"number": alert.number}
        if self.name in ("phone", "carer_phone"):
            return f"{words}: {alert.patient.full_name}"
        return gettext("%(act)s: alert %(number)s") % {"act": words, "number": alert.number}


@dataclass(frozen=True, slots=True)
class Row:
    """`key` names the alert and the urgency that this line shows; acknowledging sends it back."""

    id: str
    key: str
    number: int
    urgency: str
    urgency_words: str
    patient: str
    born: date | None
    particulars: str
    status: str
    problem: str
    why: str
    more: str
    corrected: str
    answered: str
    others: str
    raised_at: datetime
    age: str
    owner: str
    deadline: str
    is_overdue: bool
    unheard: str
    is_untaken: bool
    is_mine: bool
    is_routine: bool
    has_phone: bool
    has_carer_phone: bool
    without_phone: str
    erased: str
    address: str
    acts: Mapping[str, Act]


def row_of(alert: Any, practitioner: Practitioner, now: datetime) -> Row:
    """The line of an alert that `read_worklist` gave."""
    patient, reasons = alert.patient, reasons_of(alert.rules)
    why = why_of(reasons, alert.judged)
    is_urgent = alert.urgency >= Urgency.URGENT
    words = {
        "urgency": say(Urgency(alert.urgency).code),
        "number": alert.number,
        "problem": problem_in_words(alert.problem),
        "patient": patient.full_name,
    }
    return Row(
        id=str(alert.pk),
        key=f"{alert.pk}:{alert.generation}",
        number=alert.number,
        urgency=Urgency(alert.urgency).code,
        urgency_words=str(words["urgency"]),
        patient=patient.full_name,
        born=patient.date_of_birth,
        particulars=_particulars(patient.hospital_number, alert.first_dose_on, localtime(now, patient.zone).date()),
        status=str(STATUSES[patient.status]),
        problem=str(words["problem"]),
        why=why.text,
        more=gettext("and %(count)d more") % {"count": why.left_out} if why.left_out else "",
        corrected=corrected_in_words(reasons, alert.judged),
        answered=_answered(alert.answered_at),
        others=_others(alert.others),
        raised_at=alert.raised_at,
        age=age_in_words(now - alert.raised_at),
        owner=owner_of(alert, practitioner),
        deadline=deadline_of(alert),
        is_overdue=alert.is_overdue,
        unheard=gettext("Its pages have not arrived. Call whoever is on duty.") if alert.is_unheard else "",
        is_untaken=alert.state == AlertState.OPEN,
        is_mine=alert.acknowledged_by_id == practitioner.pk,
        is_routine=not is_urgent,
        has_phone=bool(patient.phone),
        has_carer_phone=bool(patient.carer_phone),
        without_phone=without_phone(patient),
        erased=say_erasure(patient, alert.erasure_due_at, alert.erased_at) if alert.erasure_due_at else "",
        address=_address("change", alert),
        acts={name: Act(alert, name) for name in ACTS},
    )


def deadline_of(alert: Any) -> str:
    """What is awaited of whoever has the alert, and by when."""
    if not alert.awaited or alert.climbs_at is None:
        return ""
    return str(AWAITED[alert.awaited]) % {"when": _moment(alert.climbs_at)}


def _moment(moment: datetime) -> str:
    at = localtime(moment)
    return date_format(at, "TIME_FORMAT" if at.date() == localtime().date() else "SHORT_DATETIME_FORMAT")


def owner_of(alert: Any, practitioner: Practitioner) -> str:
    if alert.state == AlertState.OPEN and alert.let_lie_by_id is not None:
        until = {"who": alert.let_lie_by, "when": _moment(alert.climbing_since or alert.updated_at)}
        return gettext("Nobody has it now: %(who)s let it lie until %(when)s") % until
    if alert.acknowledged_by_id is None:
        return gettext("Nobody has taken it")
    return gettext("You") if alert.acknowledged_by_id == practitioner.pk else str(alert.acknowledged_by)


def _answered(at: datetime | None) -> str:
    """That there are words of the patient that nobody has done anything about."""
    if at is None:
        return ""
    return gettext("New: the patient has written in the app since the team's message, %(when)s") % {"when": _moment(at)}


def _others(count: int) -> str:
    said = ngettext("%(count)d more open alert of this patient", "%(count)d more open alerts of this patient", count)
    return said % {"count": count} if count else ""


def _particulars(hospital_number: str, first_dose_on: date | None, today: date) -> str:
    """What tells two patients of one name apart, and how long the drug has been taken."""
    if first_dose_on is None:
        return hospital_number
    day = calendar.day_number(first_dose_on, today)
    on_drug = gettext("day %(day)d of treatment") % {"day": day} if day > 0 else gettext("before the first dose")
    return f"{hospital_number} · {on_drug}" if hospital_number else on_drug
