"""The rota and the policies on the clinician site: by whom, and what saving says about the next fourteen days."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from alerts.models import Absence, EscalationPolicy, OfficeCalendar, PeriodicRun, RotaGap, Shift, TakeOver
from alerts.rostering import refresh_all_gaps, swap
from symptoms.clinical.terms import Urgency
from symptoms.clock import database_now
from symptoms.models import Clinic, Practitioner, User
from symptoms.models.clinic import Role
from tests.alerts.making import make_practitioner
from tests.cast import make_practitioner as make_member
from tests.cast import site_of
from tests.filling import seen_at

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 9)


@pytest.fixture
def boss_site(clinic: Clinic) -> Client:
    """The browser of an administrator of kim's clinic."""
    return site_of(make_member(clinic, "boss", role=Role.ADMINISTRATOR).user)


def weekly(person: Practitioner, on: date = MONDAY, **fields: Any) -> Shift:
    times: dict[str, Any] = {"starts_at": time(8), "ends_at": time(18), "every_weeks": 1}
    return Shift.objects.create(clinic=person.clinic, practitioner=person, on=on, **(times | fields))


def add(site: Client, model: str, **body: Any) -> Any:
    return site.post(reverse(f"admin:alerts_{model}_add"), body, follow=True)


def shift_form(person: Practitioner, **changes: Any) -> dict[str, Any]:
    form = {
        "tier": "tier_1", "practitioner": person.pk, "on": "2026-03-09", "starts_at": "08:00", "ends_at": "18:00",
        "every_weeks": "1",
    }  # fmt: skip
    return form | changes


def test_saving_a_shift_names_the_hours_that_nobody_covers(boss_site: Client, nurse_kim: Practitioner) -> None:
    page = add(boss_site, "shift", **shift_form(nurse_kim)).content.decode()
    assert Shift.objects.get().clinic == nurse_kim.clinic
    assert "Nobody is on shift (tier 1) from" in page
    assert RotaGap.objects.filter(clinic=nurse_kim.clinic).count() >= 2


def test_nobody_is_put_on_call_to_whom_no_page_can_go(boss_site: Client, nurse_kim: Practitioner) -> None:
    clinic = nurse_kim.clinic
    auditor = make_member(clinic, "audrey", role=Role.AUDITOR)
    gone = make_member(clinic, "gone")
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    page = boss_site.get(reverse("admin:alerts_shift_add")).content.decode()
    for one in (auditor, gone):
        assert f'<option value="{one.pk}"' not in page
        add(boss_site, "shift", **shift_form(one))
        day = {"starts_at_0": "2026-03-09", "starts_at_1": "08:00", "ends_at_0": "2026-03-10", "ends_at_1": "08:00"}
        add(boss_site, "absence", practitioner=nurse_kim.pk, cover=one.pk, **day)
    assert not Shift.objects.exists()
    assert not Absence.objects.exists()
    auditor.is_on_call = True
    with pytest.raises(ValidationError, match="Auditors only read"):
        auditor.clean()


def test_who_cannot_be_paged_and_stands_in_the_rota_is_shown_as_that(
    boss_site: Client, nurse_kim: Practitioner
) -> None:
    auditor = make_member(nurse_kim.clinic, "audrey", role=Role.AUDITOR)
    shift = weekly(auditor)
    for address in (reverse("admin:alerts_shift_changelist"), reverse("admin:alerts_shift_fortnight")):
        assert f"{auditor} (an auditor, is not paged)" in boss_site.get(address).content.decode(), address
    address = reverse("admin:alerts_shift_change", args=[shift.pk])
    assert f'<option value="{auditor.pk}" selected' in boss_site.get(address).content.decode()
    answer = boss_site.post(address, shift_form(auditor, starts_at="09:00") | seen_at(boss_site, address))
    assert "is an auditor, and no page would go to them" in answer.content.decode()
    assert Shift.objects.get().starts_at == time(8)


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({"starts_at": "17:00", "ends_at": "19:00"}, True),
        ({"starts_at": "18:00", "ends_at": "19:00"}, False),
        ({"on": "2026-03-08", "starts_at": "20:00", "ends_at": "08:30"}, True),
        ({"on": "2026-03-08", "starts_at": "20:00", "ends_at": "08:00"}, False),
        ({"on": "2026-03-23", "every_weeks": "0"}, True),
        ({"on": "2026-03-24"}, False),
        ({"on": "2026-01-05", "every_weeks": "2", "tier": "lead"}, True),
        ({"on": "2026-02-02", "until": "2026-03-02"}, False),
    ],
)
def test_nobody_is_on_duty_twice_at_a_time(
    boss_site: Client, nurse_kim: Practitioner, changes: dict[str, str], is_refused: bool
) -> None:
    weekly(nurse_kim)
    page = add(boss_site, "shift", **shift_form(nurse_kim, **changes)).content.decode()
    assert ("is on duty at that time already: tier 1" in page) is is_refused
    assert (Shift.objects.count() == 1) is is_refused


def test_a_shift_does_not_overlap_itself(boss_site: Client, nurse_kim: Practitioner) -> None:
    shift = weekly(nurse_kim)
    address = reverse("admin:alerts_shift_change", args=[shift.pk])
    boss_site.post(address, shift_form(nurse_kim, ends_at="19:00") | seen_at(boss_site, address))
    shift.refresh_from_db()
    assert shift.ends_at == time(19)


@pytest.mark.parametrize(
    ("ends", "cover", "words"),
    [("2026-03-08", None, "ends before it begins"), ("2026-03-10", "self", "Somebody else has to cover")],
)
def test_an_absence_that_cannot_be_is_refused_in_words(
    boss_site: Client, nurse_kim: Practitioner, ends: str, cover: str | None, words: str
) -> None:
    day = {"starts_at_0": "2026-03-09", "starts_at_1": "08:00", "ends_at_0": ends, "ends_at_1": "08:00"}
    cover_id = nurse_kim.pk if cover else ""
    page = add(boss_site, "absence", practitioner=nurse_kim.pk, cover=cover_id, **day).content.decode()
    assert words in page
    assert "Constraint" not in page


def test_a_full_rota_has_no_gaps_until_somebody_goes_away(boss_site: Client, nurse_kim: Practitioner) -> None:
    for days in range(7):
        weekly(nurse_kim, MONDAY + timedelta(days=days), starts_at=time(0), ends_at=time(0))
    now = database_now()
    away = {
        "practitioner": nurse_kim.pk,
        "starts_at_0": str(now.date() + timedelta(days=3)), "starts_at_1": "00:00",
        "ends_at_0": str(now.date() + timedelta(days=4)), "ends_at_1": "00:00",
    }  # fmt: skip
    page = add(boss_site, "absence", **away).content.decode()
    assert Absence.objects.count() == 1
    assert "Nobody is on shift" in page
    cover = make_practitioner(nurse_kim.clinic, "cover")
    address = reverse("admin:alerts_absence_change", args=[Absence.objects.get().pk])
    covered = {**away, "cover": cover.pk, **seen_at(boss_site, address)}
    page = boss_site.post(address, covered, follow=True).content.decode()
    assert "Nobody is on shift" not in page
    assert not RotaGap.objects.exists()


def test_the_escalation_in_force_is_told_before_a_clinic_has_laid_down_its_own(
    boss_site: Client, nurse_kim: Practitioner
) -> None:
    address = reverse("admin:alerts_escalationpolicy_changelist")

    def laid_down_by() -> list[str]:
        return [row[1].words for row in boss_site.get(address).context["in_force"].rows]

    assert laid_down_by() == ["the default of the product"] * 3
    page = boss_site.get(address).content.decode()
    assert "after 5 min: " in page
    EscalationPolicy.objects.create(
        clinic=nurse_kim.clinic, urgency=Urgency.EMERGENCY, repeat_every_minutes=5, act_within_minutes=20,
        close_within_minutes=60, retry_after_minutes=10,
    )  # fmt: skip
    assert laid_down_by() == ["this clinic", "the default of the product", "the default of the product"]
    assert '<td data-label="An action is due within">20 min' in boss_site.get(address).content.decode()


def test_a_policy_is_saved_with_its_steps_and_fallback(boss_site: Client, nurse_kim: Practitioner) -> None:
    body = {
        "urgency": "3", "repeat_every_minutes": "20", "act_within_minutes": "30", "close_within_minutes": "600",
        "retry_after_minutes": "30", "fallback": [nurse_kim.pk],
        "steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "0",
        "steps-0-hours": "always", "steps-0-after_minutes": "0", "steps-0-who": "tier_1", "steps-0-channels": ["email"],
        "steps-1-hours": "out_of_hours", "steps-1-after_minutes": "0", "steps-1-who": "everybody",
    }  # fmt: skip
    answer = add(boss_site, "escalationpolicy", **body)
    assert answer.status_code == 200
    policy = EscalationPolicy.objects.get()
    assert policy.clinic == nurse_kim.clinic
    assert list(policy.fallback.all()) == [nurse_kim]
    assert list(policy.steps.values_list("hours", "after_minutes", "who", "channels")) == [
        ("always", 0, "tier_1", ["email"]),
        ("out_of_hours", 0, "everybody", []),
    ]


def test_a_policy_that_would_fall_silent_is_refused_by_the_form_and_the_database(
    boss_site: Client, clinic: Clinic
) -> None:
    numbers = dict.fromkeys(
        ["repeat_every_minutes", "act_within_minutes", "close_within_minutes", "retry_after_minutes"], 0
    )
    body = {"urgency": "3", **numbers, "steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0"}
    assert set(numbers) <= set(add(boss_site, "escalationpolicy", **body).context["adminform"].form.errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        EscalationPolicy.objects.create(clinic=clinic, urgency=3, **numbers)


@pytest.mark.parametrize("model", ["shift", "escalationpolicy", "officecalendar", "clinicholiday"])
def test_a_nurse_reads_the_plan_and_does_not_change_it(kim_site: Client, model: str) -> None:
    assert kim_site.get(reverse(f"admin:alerts_{model}_changelist")).status_code == 200
    assert kim_site.get(reverse(f"admin:alerts_{model}_add")).status_code == 403


def test_another_clinics_people_and_shifts_do_not_exist(
    boss_site: Client, lee_site: Client, nurse_lee: Practitioner, nurse_kim: Practitioner
) -> None:
    answer = add(boss_site, "shift", **shift_form(nurse_lee))
    assert "practitioner" in answer.context["adminform"].form.errors
    mine = weekly(nurse_kim)
    for page in ("change", "delete", "history"):
        assert lee_site.get(reverse(f"admin:alerts_shift_{page}", args=[mine.pk])).status_code == 404
    answer = add(lee_site, "takeover", shift=mine.pk, on="2026-03-09", practitioner=nurse_lee.pk)
    assert "shift" in answer.context["adminform"].form.errors


def test_an_operator_plans_for_a_clinic_and_mixes_no_clinics(nurse_kim: Practitioner, nurse_lee: Practitioner) -> None:
    site = site_of(User.objects.create_superuser("operator"))
    answer = add(site, "shift", clinic=nurse_kim.clinic_id, **shift_form(nurse_lee))
    assert "practitioner" in answer.context["adminform"].form.errors
    assert add(site, "shift", clinic=nurse_kim.clinic_id, **shift_form(nurse_kim)).status_code == 200
    assert Shift.objects.get().practitioner == nurse_kim


def test_anybody_takes_over_a_shift_on_a_day_on_which_it_begins(kim_site: Client, nurse_kim: Practitioner) -> None:
    shift = weekly(make_practitioner(nurse_kim.clinic, "sam"))
    answer = add(kim_site, "takeover", shift=shift.pk, on="2026-03-17", practitioner=nurse_kim.pk)
    assert "on" in answer.context["adminform"].form.errors
    add(kim_site, "takeover", shift=shift.pk, on="2026-03-16", practitioner=nurse_kim.pk)
    assert TakeOver.objects.get().practitioner == nurse_kim


def test_two_swap_a_shift_each(kim_site: Client, nurse_kim: Practitioner) -> None:
    sam = make_practitioner(nurse_kim.clinic, "sam")
    mine, theirs = weekly(nurse_kim), weekly(sam, MONDAY + timedelta(days=1))
    address = reverse("admin:alerts_takeover_swap")
    form = {"shift": mine.pk, "on": "2026-03-16", "other_shift": theirs.pk, "other_on": "2026-03-16"}
    assert "does not begin on this day" in kim_site.post(address, form).content.decode()
    kim_site.post(address, {**form, "other_on": "2026-03-17"})
    swapped = {(one.shift, one.practitioner) for one in TakeOver.objects.all()}
    assert swapped == {(mine, sam), (theirs, nurse_kim)}


def test_a_swap_goes_on_from_who_has_the_shift_now(nurse_kim: Practitioner) -> None:
    sam, robin = make_practitioner(nurse_kim.clinic, "sam"), make_practitioner(nurse_kim.clinic, "robin")
    first, second = weekly(nurse_kim), weekly(sam, MONDAY + timedelta(days=1))
    TakeOver.objects.create(shift=first, on=MONDAY, practitioner=robin)
    swap(shift=first, on=MONDAY, other_shift=second, other_on=MONDAY + timedelta(days=1))
    assert {(one.shift, one.practitioner) for one in TakeOver.objects.all()} == {(first, sam), (second, robin)}
    with pytest.raises(ValidationError):
        swap(shift=first, on=MONDAY + timedelta(days=1), other_shift=second, other_on=MONDAY)


def test_nobody_covers_for_themselves_and_cover_is_a_colleague(
    nurse_kim: Practitioner, nurse_lee: Practitioner
) -> None:
    now = database_now()
    away = Absence(practitioner=nurse_kim, starts_at=now, ends_at=now + timedelta(days=1), cover=nurse_kim)
    with pytest.raises(ValidationError, match="Somebody else has to cover"):
        away.full_clean()
    away.cover = nurse_lee
    with pytest.raises(ValidationError, match="another clinic"):
        away.full_clean()


@pytest.mark.parametrize(
    ("country", "subdivision", "wrong"),
    [("BE", "", None), ("DE", "BY", None), ("XX", "", "country"), ("DE", "ZZ", "subdivision")],
)
def test_holidays_are_of_a_country_that_is_known(
    clinic: Clinic, country: str, subdivision: str, wrong: str | None
) -> None:
    calendar = OfficeCalendar(clinic=clinic, country=country, subdivision=subdivision)
    if wrong is None:
        calendar.full_clean()
    else:
        with pytest.raises(ValidationError) as problem:
            calendar.full_clean()
        assert wrong in problem.value.error_dict


def test_the_rota_of_every_clinic_is_looked_at_once_a_night(
    nurse_kim: Practitioner, nurse_lee: Practitioner, caplog: pytest.LogCaptureFixture
) -> None:
    weekly(nurse_kim)
    assert [refresh_all_gaps(), refresh_all_gaps()] == [2, 0]
    assert RotaGap.objects.filter(clinic=nurse_kim.clinic).exists()
    assert not RotaGap.objects.filter(clinic=nurse_lee.clinic).exists()
    assert "rota_has_gaps" in caplog.text
    PeriodicRun.objects.update(slot=F("slot") - timedelta(days=1))
    Shift.objects.all().delete()
    assert refresh_all_gaps() == 2
    assert not RotaGap.objects.exists()
