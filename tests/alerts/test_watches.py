"""Who is paged when: hour by hour for a fortnight, and loud where nobody is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alerts.models import Absence, Shift
from alerts.rota import Tier
from alerts.watches import Watch, outlook_of, watches
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Practitioner
from tests.alerts.making import make_practitioner

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 9)
NOON = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
"""Noon in Brussels."""


def plan(person: Practitioner, tier: Tier, *, begins: int, ends: int, every_weeks: int = 0) -> Shift:
    return Shift.objects.create(
        clinic=person.clinic, tier=tier, practitioner=person, on=MONDAY, starts_at=time(begins), ends_at=time(ends),
        every_weeks=every_weeks,
    )  # fmt: skip


def ahead(clinic: Clinic, *, until: timedelta = timedelta(days=1)) -> list[Watch]:
    return watches(outlook_of(clinic, NOON), NOON, NOON + until)


def names(watch: Watch, urgency: Urgency = Urgency.URGENT) -> list[str]:
    return [one.user.username for one in watch.first[urgency].people]


def test_the_stretches_cover_the_whole_time_without_a_hole(clinic: Clinic, nurse_kim: Practitioner) -> None:
    plan(nurse_kim, Tier.TIER_1, begins=8, ends=20, every_weeks=1)
    found = ahead(clinic, until=timedelta(days=14))
    assert (found[0].starts_at, found[-1].ends_at) == (NOON, NOON + timedelta(days=14))
    assert all(one.ends_at == after.starts_at for one, after in pairwise(found))
    assert all(one.starts_at < one.ends_at for one in found)


def test_whoever_is_on_shift_is_paged_and_after_that_the_fallback(clinic: Clinic) -> None:
    kai, ria = make_practitioner(clinic, "kai"), make_practitioner(clinic, "ria")
    plan(kai, Tier.TIER_1, begins=8, ends=15)
    on, off = ahead(clinic)[:2]
    assert (names(on), on.first[Urgency.URGENT].is_fallback) == (["kai"], False)
    assert on.on_duty[Tier.TIER_1] == (kai.pk,)
    assert on.ends_at == datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
    assert (names(off), off.first[Urgency.URGENT].is_fallback) == (["kai", "ria"], True)
    assert off.on_duty[Tier.TIER_1] == ()
    assert ria.pk


def test_an_absence_cuts_a_shift_in_two(clinic: Clinic) -> None:
    kai, ria = make_practitioner(clinic, "kai"), make_practitioner(clinic, "ria")
    plan(kai, Tier.TIER_1, begins=8, ends=18)
    away_from = NOON + timedelta(hours=1)
    Absence.objects.create(practitioner=kai, starts_at=away_from, ends_at=away_from + timedelta(hours=2), cover=ria)
    assert [names(one) for one in ahead(clinic)[:3]] == [["kai"], ["ria"], ["kai"]]


def test_the_hours_of_the_clinic_and_the_days_are_told_apart(clinic: Clinic, nurse_kim: Practitioner) -> None:
    found = ahead(clinic)
    zone = clinic.zone
    assert [(one.starts_at.astimezone(zone).hour, one.is_open) for one in found] == [
        (12, True), (18, False), (0, False), (8, True),
    ]  # fmt: skip


def test_nobody_at_all_is_nobody(clinic: Clinic) -> None:
    assert names(ahead(clinic)[0]) == []


PAGE = reverse("admin:alerts_shift_fortnight")


def test_the_page_is_loud_where_nobody_is(clinic: Clinic, kim_site: Client, nurse_kim: Practitioner) -> None:
    covered = kim_site.get(PAGE).content.decode()
    assert "somebody on call at every hour" in covered
    assert "Kim Keller" in covered
    plan(nurse_kim, Tier.TIER_1, begins=8, ends=9, every_weeks=1)
    gaps = kim_site.get(PAGE).content.decode()
    assert "In the next fourteen days there are 3 gaps." in gaps, "before, between and after the two Mondays"
    assert "nobody in tier 1" in gaps


def test_a_policy_that_finds_nobody_is_louder_still(clinic: Clinic, kim_site: Client, nurse_kim: Practitioner) -> None:
    nurse_kim.user.email = ""
    nurse_kim.user.save()
    page = kim_site.get(PAGE).content.decode()
    assert "nobody of the policy is there: urgent" in page
    assert '<span class="badge tone-emergency">NOBODY</span>' in page


def test_only_the_own_clinics_people_stand_on_the_page(
    kim_site: Client, lee_site: Client, nurse_kim: Practitioner, nurse_lee: Practitioner, ada_site: Client
) -> None:
    assert str(nurse_lee) not in kim_site.get(PAGE).content.decode()
    assert str(nurse_kim) not in lee_site.get(PAGE).content.decode()
    assert ada_site.get(PAGE).status_code == 302


def test_the_page_costs_the_same_however_long_the_rota(clinic: Clinic, kim_site: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert kim_site.get(PAGE).status_code == 200
        return len(seen)

    plan(make_practitioner(clinic, "kai"), Tier.TIER_1, begins=8, ends=12, every_weeks=1)
    queries()
    before = queries()
    for number in range(8):
        plan(make_practitioner(clinic, f"colleague-{number}"), Tier.TIER_2, begins=8, ends=12, every_weeks=1)
    assert queries() == before
