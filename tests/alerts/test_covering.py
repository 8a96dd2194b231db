"""No policy has a hole: somebody is paged at once, soon again, at every hour of the next fourteen days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alerts.escalation import DEFAULT_POLICY, LIMITS, Ladder, Step, Who, policy_to_json, rungs_from_json
from alerts.models import Absence, Alert, EscalationPolicy, OfficeCalendar, RotaGap
from alerts.rostering import LOOK_AHEAD, refresh_gaps
from symptoms.clinical.terms import Urgency
from symptoms.clock import database_now
from symptoms.flow.advise import call_team
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.alerts.making import emergency, make_practitioner, raised, recipients_of
from tests.cast import make_practitioner as make_member
from tests.cast import site_of
from tests.filling import Page

pytestmark = pytest.mark.django_db

WAITS = {
    "repeat_every_minutes": 5,
    "act_within_minutes": 15,
    "close_within_minutes": 60,
    "retry_after_minutes": 10,
}


@pytest.fixture
def boss_site(clinic: Clinic) -> Client:
    return site_of(make_member(clinic, "boss", role=Role.ADMINISTRATOR).user)


def make_policy(clinic: Clinic, *steps: tuple[int, Who]) -> EscalationPolicy:
    policy = EscalationPolicy.objects.create(clinic=clinic, urgency=Urgency.EMERGENCY, **WAITS)
    for after, who in steps:
        policy.steps.create(after_minutes=after, who=who)
    return policy


def add_policy(site: Client, *steps: tuple[int, str], hours: str = "always", urgency: int = 4) -> list[Any]:
    """Enter a policy on the site; the errors of its steps."""
    body: dict[str, Any] = {"urgency": urgency, **WAITS, "steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": "0"}
    for number, (after, who) in enumerate(steps):
        body |= {f"steps-{number}-{name}": value for name, value in
                 {"hours": hours, "after_minutes": after, "who": who}.items()}  # fmt: skip
    answer = site.post(reverse("admin:alerts_escalationpolicy_add"), body)
    if answer.status_code == 302:
        return []
    (steps_of_it,) = answer.context["inline_admin_formsets"]
    return [*steps_of_it.formset.non_form_errors()]


@pytest.mark.parametrize("hours", ["always", "office", "out_of_hours"])
@pytest.mark.parametrize(("after", "is_refused"), [(0, False), (1, True), (10080, True)])
def test_the_first_step_is_taken_at_once(boss_site: Client, hours: str, after: int, is_refused: bool) -> None:
    assert bool(add_policy(boss_site, (after, "everybody"), hours=hours)) == is_refused
    assert EscalationPolicy.objects.exists() != is_refused


@pytest.mark.parametrize(("urgency", "after", "is_refused"), [(4, 60, False), (4, 61, True), (3, 61, False)])
def test_no_step_waits_longer_than_the_urgency_allows(
    boss_site: Client, urgency: int, after: int, is_refused: bool
) -> None:
    errors = add_policy(boss_site, (0, "tier_1"), (after, "everybody"), urgency=urgency)
    assert bool(errors) == is_refused


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.EMERGENCY])
@pytest.mark.parametrize("name", WAITS)
def test_waits_are_bounded_by_the_urgency_in_the_form_and_the_database(
    clinic: Clinic, urgency: Urgency, name: str
) -> None:
    longest = getattr(LIMITS[urgency], name.removesuffix("_minutes")) // timedelta(minutes=1)
    EscalationPolicy(clinic=clinic, urgency=urgency, **{**WAITS, name: longest}).full_clean()
    too_long = EscalationPolicy(clinic=clinic, urgency=urgency, **{**WAITS, name: longest + 1})
    with pytest.raises(ValidationError) as refusal:
        too_long.full_clean()
    assert name in refusal.value.error_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        too_long.save()


def test_a_policy_with_a_hole_in_the_rows_pages_at_once_all_the_same(ada: Patient, nurse_kim: Practitioner) -> None:
    make_policy(ada.clinic, (10080, Who.TIER_2))
    alert = raised(emergency(), ada)
    assert recipients_of(alert) == ["kim"]
    assert alert.climbs_at is not None
    assert alert.climbs_at <= database_now() + timedelta(minutes=5)


def test_what_an_alert_has_kept_is_read_within_the_limits() -> None:
    kept = policy_to_json(DEFAULT_POLICY)
    ladder = {"steps": [{"who": "lead", "after": 9999, "channels": []}], "repeat_every": 0}
    kept["emergency"] |= {"office": ladder, "act_within": 99999}
    read = rungs_from_json(kept, Urgency.EMERGENCY)
    assert read.office == Ladder((Step(Who.LEAD, timedelta(0)),), timedelta(minutes=1))
    assert read.deadlines.act_within == LIMITS[Urgency.EMERGENCY].act_within
    for urgency, rungs in DEFAULT_POLICY.items():
        assert rungs_from_json(policy_to_json(DEFAULT_POLICY), urgency) == rungs, "the default is within them"


def gaps_of(clinic: Clinic) -> list[tuple[str, str, int | None]]:
    refresh_gaps(clinic, database_now())
    return list(RotaGap.objects.filter(clinic=clinic).values_list("kind", "tier", "urgency"))


def test_a_clinic_that_can_reach_nobody_has_a_gap_and_says_so_with_the_alert(clinic: Clinic, ada: Patient) -> None:
    assert sorted(gaps_of(clinic)) == [("policy", "", 3), ("policy", "", 4), ("tier", "tier_1", None)]
    now = database_now()
    whole = refresh_gaps(clinic, now)[0]
    assert (whole.starts_at, whole.ends_at) == (now, now + LOOK_AHEAD)
    raised(emergency(), ada)
    assert Alert.objects.filter(rules=["NOBODY-REACHABLE"]).exists()


def test_a_fallback_that_cannot_be_reached_leaves_a_gap(clinic: Clinic, nurse_kim: Practitioner) -> None:
    assert gaps_of(clinic) == []
    policy = make_policy(clinic, (0, Who.LEAD))
    policy.fallback.add(make_practitioner(clinic, "gone", email=""))
    assert sorted(gaps_of(clinic)) == [("policy", "", 4), ("tier", "lead", None)]
    policy.fallback.add(nurse_kim)
    assert gaps_of(clinic) == [("tier", "lead", None)]


def test_a_tier_that_only_the_policy_names_is_looked_at(clinic: Clinic, nurse_kim: Practitioner) -> None:
    policy = make_policy(clinic, (0, Who.TIER_1), (5, Who.TIER_2))
    assert gaps_of(clinic) == [("tier", "tier_2", None)], "kim is marked as on call"
    policy.steps.filter(who=Who.TIER_2).delete()
    assert gaps_of(clinic) == []


def test_a_clinic_where_nobody_is_on_call_and_no_rota_is_planned_has_a_gap(
    clinic: Clinic, nurse_kim: Practitioner
) -> None:
    Practitioner.objects.update(is_on_call=False)
    assert gaps_of(clinic) == [("tier", "tier_1", None)]


def away(person: Practitioner, hours: int) -> RotaGap:
    """The gap that it makes when somebody is away from now on."""
    now = database_now()
    Absence.objects.create(practitioner=person, starts_at=now, ends_at=now + timedelta(hours=hours))
    return refresh_gaps(person.clinic, now)[0]


def test_who_is_marked_as_on_call_and_away_leaves_a_gap_for_so_long(clinic: Clinic, nurse_kim: Practitioner) -> None:
    make_practitioner(clinic, "there")
    gap = away(nurse_kim, hours=5)
    assert (gap.kind, gap.tier, gap.ends_at - gap.starts_at) == ("tier", "tier_1", timedelta(hours=5))


def test_a_fallback_that_is_away_leaves_a_gap_in_the_policy(clinic: Clinic, nurse_kim: Practitioner) -> None:
    policy = make_policy(clinic, (0, Who.TIER_2))
    policy.fallback.add(make_practitioner(clinic, "sam"))
    gap = away(policy.fallback.get(), hours=5)
    assert (gap.kind, gap.urgency, gap.ends_at - gap.starts_at) == ("policy", 4, timedelta(hours=5))


def test_a_step_for_everybody_finds_nobody_when_all_are_away(clinic: Clinic, nurse_kim: Practitioner) -> None:
    make_policy(clinic, (0, Who.EVERYBODY))
    assert gaps_of(clinic) == []
    away(nurse_kim, hours=5)
    assert ("policy", "", 4) in gaps_of(clinic)


def test_taking_the_last_one_off_call_says_so(boss_site: Client, nurse_kim: Practitioner) -> None:
    address = reverse("admin:symptoms_practitioner_change", args=[nurse_kim.pk])
    answer = Page(boss_site, address).answer_to(is_on_call=False)
    assert not Practitioner.objects.get(pk=nurse_kim.pk).is_on_call
    assert any("Nobody is on shift (tier 1)" in str(said) for said in answer.context["messages"])


def test_holidays_that_cannot_be_looked_up_are_a_gap_that_the_site_names(
    kim_site: Client, nurse_kim: Practitioner
) -> None:
    OfficeCalendar.objects.create(clinic=nurse_kim.clinic, country="BE", subdivision="ZZ")
    assert gaps_of(nurse_kim.clinic) == [("calendar", "", None)]
    assert "public holidays" in kim_site.get("/admin/").content.decode()


def test_the_site_says_that_nobody_can_be_paged(kim_site: Client, nurse_kim: Practitioner) -> None:
    nurse_kim.user.email = ""
    nurse_kim.user.save()
    refresh_gaps(nurse_kim.clinic, database_now())
    assert "Nobody can be paged as the policy says (emergency)" in kim_site.get("/admin/").content.decode()


def test_other_opening_hours_name_at_once_the_hours_that_nobody_covers(boss_site: Client, clinic: Clinic) -> None:
    make_policy(clinic, (0, Who.TIER_1), (5, Who.TIER_2))
    page = reverse("admin:symptoms_clinic_change", args=[clinic.pk])
    Page(boss_site, page).answer_to(phone="+32 2 555 02 00")
    assert not RotaGap.objects.exists(), "whom a clinic can ring decides nothing about its hours"
    changed = Page(boss_site, page).answer_to(closes_at="16:30")
    assert any("Nobody is on shift (tier 2)" in str(said) for said in changed.context["messages"])
    assert RotaGap.objects.filter(tier="tier_2").exists()


def test_on_a_holiday_the_patient_is_told_the_number_that_is_answered(
    clinic: Clinic, ada: Patient, nurse_kim: Practitioner
) -> None:
    OfficeCalendar.objects.create(clinic=clinic, country="BE")
    refresh_gaps(clinic, datetime(2026, 12, 20, 9, tzinfo=UTC))

    ada.clinic.refresh_from_db()
    assert date(2026, 12, 25) in (ada.clinic.closed_on or ())
    numbers = [call_team(ada, datetime(2026, 12, day, 9, tzinfo=UTC))["phone"] for day in (24, 25)]
    assert numbers == [clinic.phone, clinic.out_of_hours_phone]
