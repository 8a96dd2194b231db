"""When the clinic opens or closes while an alert climbs, the people of the other hours are asked from the first on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.escalation import Hours, Who
from alerts.models import Alert, ClinicHoliday, EscalationPolicy
from alerts.rota import OfficeHours, Tier
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Urgency
from symptoms.clock import database_now
from symptoms.models import Clinic, Patient, Practitioner
from tests.alerts.making import make_practitioner, raised, urgent
from tests.alerts.making_time import let_pass, pass_and_climb
from tests.alerts.test_climbing import all_day, rounds_of, send_all

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def open_clinic(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """Open at this hour, whatever day it is, and as long as the test likes."""
    monkeypatch.setattr(OfficeHours, "next_change", lambda *_: None)
    monkeypatch.setattr("alerts.rota.SATURDAY", 7)
    clinic.opens_at, clinic.closes_at = time(0), time(23, 59, 59, 999999)
    clinic.save()
    return clinic


@pytest.fixture
def policy(open_clinic: Clinic, nurse_kim: Practitioner) -> EscalationPolicy:
    """In office hours the lead, then everybody; outside them tier 1, tier 2 after 10 minutes, then the lead."""
    all_day(nurse_kim, Tier.TIER_1)
    all_day(make_practitioner(open_clinic, "sam"), Tier.TIER_2)
    all_day(make_practitioner(open_clinic, "robin"), Tier.LEAD)
    policy = EscalationPolicy.objects.create(
        clinic=open_clinic,
        urgency=Urgency.URGENT,
        repeat_every_minutes=20,
        act_within_minutes=40,
        close_within_minutes=90,
        retry_after_minutes=12,
    )
    for hours, after, who in (
        (Hours.OFFICE, 0, Who.LEAD),
        (Hours.OFFICE, 15, Who.EVERYBODY),
        (Hours.OUT_OF_HOURS, 0, Who.TIER_1),
        (Hours.OUT_OF_HOURS, 10, Who.TIER_2),
        (Hours.OUT_OF_HOURS, 20, Who.LEAD),
    ):
        policy.steps.create(hours=hours, after_minutes=after, who=who)
    return policy


def close_for_days(clinic: Clinic) -> None:
    today = local_date(database_now(), ZoneInfo(clinic.time_zone))
    for days in range(3):
        ClinicHoliday.objects.create(clinic=clinic, on=today + timedelta(days=days), name="closed")


@pytest.mark.django_db
@pytest.mark.usefixtures("policy")
def test_nobody_of_the_hours_that_begin_is_skipped(ada: Patient) -> None:
    alert = raised(urgent(), ada)
    send_all()
    close_for_days(ada.clinic)
    assert pass_and_climb(15) == 1
    assert rounds_of(alert) == [(1, ["robin"]), (1, ["kim"])]
    assert alert.events.filter(kind="escalated").get().detail["hours"] == "out_of_hours"
    send_all()
    assert pass_and_climb(9.9) == 0
    assert pass_and_climb(0.1) == 1
    assert rounds_of(alert)[2:] == [(2, ["sam"])]
    ClinicHoliday.objects.all().delete()
    send_all()
    assert pass_and_climb(10) == 1
    assert rounds_of(alert)[3:] == [(1, ["robin"])]


@pytest.mark.django_db
@pytest.mark.usefixtures("policy")
def test_an_alert_is_due_at_the_latest_when_the_hours_change(ada: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = database_now() + timedelta(minutes=3)
    monkeypatch.setattr(OfficeHours, "next_change", lambda *_: soon)
    alert = raised(urgent(), ada)
    assert alert.climbs_at == soon
    send_all()
    let_pass(3)
    assert Alert.objects.climbing().filter(pk=alert.pk).exists()


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "change"),
    [
        (at(3, 10, 7, 59), at(3, 10, 8)),
        (at(3, 10, 8), at(3, 10, 18)),
        (at(3, 10, 17, 59), at(3, 10, 18)),
        (at(3, 10, 18), at(3, 11, 8)),
        (at(3, 13, 18), at(3, 16, 8)),
        (at(4, 3, 18), at(4, 7, 8)),
    ],
    ids=["before it opens", "as it opens", "before it closes", "as it closes", "Friday evening", "Easter"],
)
def test_the_next_change_of_hours(moment: datetime, change: datetime) -> None:
    hours = OfficeHours(BRUSSELS, time(8), time(18), frozenset({date(2026, 4, 6)}))
    assert hours.next_change(moment) == change


def test_hours_that_are_not_known_never_change() -> None:
    hours = OfficeHours(BRUSSELS, time(8), time(18), has_all_holidays=False)
    assert hours.next_change(datetime(2026, 3, 10, 12, tzinfo=UTC)) is None
