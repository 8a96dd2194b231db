"""Every form of the clinician site: filled in, empty, as it is and full of nonsense, by everybody who works there.

Each answer is a page or a refusal. An error would show here, one for a page that forgot its access record among them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import (
    Absence,
    Alert,
    ClinicHoliday,
    ContactPoint,
    EscalationPolicy,
    OfficeCalendar,
    ScheduledVisit,
    Shift,
    TakeOver,
    Visit,
)
from symptoms.carers import MOST_CARERS, invite_carer
from symptoms.clinical.terms import Urgency
from symptoms.models import AccessRecord, Carer, Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.cast import make_patient, make_practitioner, site_of
from tests.filling import Page
from tests.symptoms.admin.records import one_of_each
from tests.symptoms.admin.test_roles import PEOPLE, ROWS, person

pytestmark = pytest.mark.django_db

NONSENSE: Final = "not-a-uuid \N{GRINNING FACE}"
NUL: Final = "a\0b"
WAITS: Final = {
    "repeat_every_minutes": 5, "act_within_minutes": 10, "close_within_minutes": 60, "retry_after_minutes": 5,
}  # fmt: skip
BEHIND: Final = {"symptoms.patient": "edit"}
"""Where a record is edited, if not on its own page."""


def address(label: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


@pytest.fixture
def records(ada: Patient, nurse_kim: Practitioner) -> dict[str, Model]:
    """A record of every model that somebody may change, by its label."""
    clinic, now = ada.clinic, timezone.now()
    on = timezone.localdate()
    shift = Shift.objects.create(
        clinic=clinic, tier="tier_1", practitioner=nurse_kim, on=on, starts_at="08:00", ends_at="16:00", every_weeks=1
    )
    planning = [
        shift,
        TakeOver.objects.create(shift=shift, on=on, practitioner=nurse_kim),
        Absence.objects.create(practitioner=nurse_kim, starts_at=now, ends_at=now + timedelta(days=1)),
        ClinicHoliday.objects.create(clinic=clinic, on=on, name="Fair"),
        EscalationPolicy.objects.create(clinic=clinic, urgency=Urgency.URGENT, **WAITS),
        OfficeCalendar.objects.create(clinic=clinic, country="BE"),
        ScheduledVisit.objects.create(clinic=clinic, day=29),
        ContactPoint.objects.create(practitioner=nurse_kim, channel="email", address="kim@hospital.example"),
    ]
    return {record._meta.label_lower: record for record in [*one_of_each(ada, nurse_kim).values(), *planning]}


@pytest.fixture
def filled_in(ada: Patient, nurse_kim: Practitioner) -> dict[str, dict[str, Any]]:
    """What makes a new record of every model that can be added to."""
    day = timezone.localdate() + timedelta(days=3)
    shift = Shift.objects.create(
        clinic=ada.clinic, tier="tier_1", practitioner=nurse_kim, on=day, starts_at="08:00", ends_at="16:00"
    )
    untreated = make_patient(ada.clinic, "Uma Untreated")
    untreated.courses.update(ended_on=timezone.localdate())
    clara, clinic = make_practitioner(ada.clinic, "clara"), {"clinic": ada.clinic.pk}
    return {
        "alerts.absence": {
            "practitioner": nurse_kim.pk, "starts_at_0": day, "starts_at_1": "08:00", "ends_at_0": day,
            "ends_at_1": "12:00",
        },
        "alerts.clinicholiday": {**clinic, "on": day, "name": "Feast"},
        "alerts.contactpoint": {
            "channel": "email", "address": "clara@hospital.example", "order": 9, "practitioner": clara.pk,
        },
        "alerts.escalationpolicy": {
            **clinic, **WAITS, "urgency": Urgency.EMERGENCY.value, "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0,
        },
        "alerts.officecalendar": {**clinic, "country": "BE"},
        "alerts.scheduledvisit": {"day": 43, "is_active": "on"},
        "alerts.shift": {
            **clinic, "tier": "tier_2", "practitioner": clara.pk, "on": day, "starts_at": "08:00",
            "ends_at": "16:00", "every_weeks": 1,
        },
        "alerts.takeover": {"shift": shift.pk, "on": day, "practitioner": nurse_kim.pk},
        "education.leaflettext": {
            "slug": "your-mouth", "language": "en", "title": "Your mouth", "body": "# Your mouth\n\nRing us.",
            "questions": "",
        },
        "symptoms.carer": {"patient": ada.pk, "name": "Cleo Carer"},
        "symptoms.clinic": {
            "name": "Clinic West", "slug": "west", "language": "nl", "time_zone": "Europe/Brussels",
            "phone": "+32 2 555 02 00", "out_of_hours_phone": "", "emergency_number": "112",
            "emergency_department": "Gate 1", "opens_at": "08:00", "closes_at": "17:00",
        },
        "symptoms.practitioner": {
            **clinic, "username": "nora", "first_name": "Nora", "last_name": "Nagy", "email": "nora@hospital.example",
            "role": "nurse",
        },
        "symptoms.treatmentcourse": {
            "patient": untreated.pk, "regimen": "everolimus_exemestane", "starting_dose_mg": "10", "first_dose_on": day,
            "is_bath_prescribed": "unknown", "baseline_cough": "", "baseline_dyspnea": "",
        },
    }  # fmt: skip


@pytest.mark.parametrize("letter", PEOPLE)
def test_what_is_filled_in_is_added_by_those_who_may(
    letter: str, clinic: Clinic, filled_in: dict[str, dict[str, Any]]
) -> None:
    site = site_of(person(clinic, letter))
    for label, _, add, _ in ROWS:
        rows = apps.get_model(label)._default_manager
        before = rows.count()
        answer = site.post(address(label, "add"), filled_in.get(label, {}))
        if letter not in add:
            assert (answer.status_code, rows.count()) == (403, before), label
        else:
            form = (answer.context or {}).get("adminform")
            assert rows.count() == before + 1, (label, form and form.errors)
            assert answer.status_code in (200, 302), label


@pytest.mark.parametrize("letter", PEOPLE)
def test_whatever_is_sent_is_answered_with_a_page(letter: str, clinic: Clinic, records: dict[str, Model]) -> None:
    user = person(clinic, letter)
    site = site_of(user)
    if letter == "p":  # operators get at administrators and at no clinician
        records["symptoms.user"] = make_practitioner(clinic, "adam", role=Role.ADMINISTRATOR).user
    else:  # only administrators see addresses that are not their own
        ContactPoint.objects.filter(channel="email").update(practitioner=user.practitioner)
    for label, _, add, change in ROWS:
        if (letter, label) == ("p", "symptoms.user"):  # operators get at no clinician's account
            continue
        pages = [address(label, "add")] if letter in add else []
        pages += [address(label, BEHIND.get(label, "change"), records[label].pk)] if letter in change else []
        for page in pages:
            form = site.get(page).context["adminform"].form
            as_it_is = {name: value for name in form.fields if (value := form.initial.get(name)) is not None}
            for body in ({}, as_it_is, dict.fromkeys(form.fields, NONSENSE)):
                answer = site.post(page, body)
                assert answer.status_code in (200, 302), (page, body)
                assert "onstraint" not in answer.content.decode(), (page, body)


@pytest.mark.parametrize("letter", PEOPLE)
def test_an_address_that_chooses_nonsense_beforehand_shows_the_form(letter: str, clinic: Clinic) -> None:
    site = site_of(person(clinic, letter))
    for label, _, add, _ in ROWS:
        if letter in add:
            page = address(label, "add")
            for name in site.get(page).context["adminform"].form.fields:
                assert site.get(page, {name: NONSENSE}).status_code == 200, (label, name)


@pytest.mark.parametrize("letter", ["n", "a"])
def test_no_form_of_a_row_is_taken_from_an_old_page(letter: str, clinic: Clinic, records: dict[str, Model]) -> None:
    user = person(clinic, letter)
    site = site_of(user)
    ContactPoint.objects.filter(channel="email").update(practitioner=user.practitioner)
    for label, _, _, change in ROWS:
        if letter in change:
            page = address(label, BEHIND.get(label, "change"), records[label].pk)
            form = site.get(page).context["adminform"].form
            as_it_is = {name: value for name in form.fields if (value := form.initial.get(name)) is not None}
            said = site.post(page, {**as_it_is, "seen": '{"another": "state"}'}, follow=True).content.decode()
            assert "While this page was open, somebody changed" in said, label


def test_no_address_of_any_record_opens_or_acts_for_another_clinic(
    records: dict[str, Model], ada: Patient, other_clinic: Clinic, lee_site: Client
) -> None:
    """Every page and act of every model that takes the key of a record: changing, history, deleting, closing ..."""
    boss = site_of(make_practitioner(other_clinic, "olga", role=Role.ADMINISTRATOR).user)
    mine = [*records.values(), *Alert.objects.all(), *Visit.objects.filter(patient=ada)]
    tried = set()
    for record in mine:
        for pattern in admin.site.get_model_admin(type(record)).get_urls():
            if pattern.name and "object_id" in str(pattern.pattern):
                address = reverse(f"admin:{pattern.name}", args=[record.pk])
                for site in (lee_site, boss):
                    for answer in (site.get(address), site.post(address, {"post": "yes"})):
                        assert answer.status_code in (403, 404, 405), (address, answer.status_code)
                tried.add(pattern.name)
    assert {"alerts_alert_close", "symptoms_symptomreport_correct", "alerts_visit_book"} <= tried


def test_no_form_takes_a_row_of_another_clinic(
    filled_in: dict[str, dict[str, Any]], clinic: Clinic, ben: Patient, nurse_lee: Practitioner
) -> None:
    hours = {"on": timezone.localdate(), "starts_at": "08:00", "ends_at": "09:00"}
    Shift.objects.create(clinic=ben.clinic, tier="tier_1", practitioner=nurse_lee, **hours)
    sites = {letter: site_of(person(clinic, letter)) for letter in "noa"}
    tried = []
    for label, _, add, _ in ROWS:
        letter = next((one for one in "noa" if one in add), "")
        if not letter or label not in filled_in:
            continue
        site, page, rows = sites[letter], address(label, "add"), apps.get_model(label)._default_manager
        for name, field in site.get(page).context["adminform"].form.fields.items():
            if not isinstance(field, ModelChoiceField) or field.queryset is None:
                continue
            others = field.queryset.model._default_manager.exclude(pk__in=field.queryset.values("pk"))
            foreign = others.first()
            assert foreign is not None, (label, name)
            before = rows.count()
            answer = site.post(page, {**filled_in[label], name: foreign.pk})
            assert (answer.status_code, rows.count()) == (200, before), (label, name)
            assert name in answer.context["adminform"].form.errors, (label, name)
            tried.append((label, name))
    assert len(tried) >= 6, tried


def test_a_carer_gets_a_code_once_and_no_sixth_is_let_in(ada: Patient, nurse_kim: Practitioner) -> None:
    site, page = site_of(nurse_kim.user), address("symptoms.carer", "add")
    said = site.post(page, {"patient": ada.pk, "name": "Cleo Carer"})
    carer = Carer.objects.get(patient=ada)
    assert (carer.name, carer.invited_by) == ("Cleo Carer", nurse_kim.user)
    assert carer.activation_codes.filter(used_at=None).count() == 1
    assert "Give this code to Cleo Carer" in said.content.decode()
    assert "svg" in said.content.decode()
    assert AccessRecord.objects.filter(kind="add", patients__contains=[ada.pk]).exists()
    for number in range(1, MOST_CARERS):
        invite_carer(ada, name=f"Carer {number}", now=timezone.now(), by=nurse_kim.user)
    refused = site.post(page, {"patient": ada.pk, "name": "One Too Many"})
    assert "End one of them first" in refused.content.decode()
    assert ada.carers.count() == MOST_CARERS


def test_a_second_calendar_of_a_clinic_is_refused_in_words(clinic: Clinic) -> None:
    site = site_of(person(clinic, "a"))
    page = address("alerts.officecalendar", "add")
    assert site.post(page, {"country": "BE"}).status_code == 302
    assert "already exists" in site.post(page, {"country": "FR"}).content.decode()
    assert OfficeCalendar.objects.get(clinic=clinic).country == "BE"


def test_a_nul_in_a_field_of_a_new_record_is_said_beside_it(
    clinic: Clinic, filled_in: dict[str, dict[str, Any]]
) -> None:
    """The database knows no such letter. A form that takes it as something else, such as a box that is ticked, may."""
    sites = {letter: site_of(person(clinic, letter)) for letter in PEOPLE}
    refused = []
    for label, _, add, _ in ROWS:
        for name in filled_in.get(label, ()):
            answer = sites[add[0]].post(address(label, "add"), filled_in[label] | {name: NUL})
            assert answer.status_code in (200, 302), (label, name)
            refused += [(label, name)] if "Null characters are not allowed" in answer.content.decode() else []
    assert {("alerts.clinicholiday", "name"), ("symptoms.carer", "name"), ("education.leaflettext", "body")} <= {
        *refused
    }


def test_what_is_no_key_is_not_chosen_in_a_list(clinic: Clinic, records: dict[str, Model]) -> None:
    site = site_of(person(clinic, "n"))
    for label, action in (("alerts.alert", "acknowledge_selected"), ("symptoms.devicetoken", "sign_out")):
        page = address(label, "changelist")
        for key in (NUL, "abc", ""):
            answer = site.post(page, {"action": action, "_selected_action": [key]}, follow=True)
            assert answer.status_code == 200, (label, key)


def test_hours_and_days_that_end_before_they_begin_are_refused_in_words(
    clinic: Clinic, nurse_kim: Practitioner
) -> None:
    site = site_of(make_practitioner(clinic, "boss", role=Role.ADMINISTRATOR).user)
    hours = Page(site, reverse("admin:symptoms_clinic_change", args=[clinic.pk]))
    assert "close later on the day than it opens" in hours.send(opens_at="18:00", closes_at="08:00")
    shift = {"tier": "tier_1", "practitioner": nurse_kim.pk, "on": "2026-12-01", "until": "2026-11-01"}
    hours_of_it = {"starts_at": "08:00", "ends_at": "18:00", "every_weeks": "1"}
    page = site.post(reverse("admin:alerts_shift_add"), {**shift, **hours_of_it}).content.decode()
    assert "This day is before the first one." in page
    assert "is violated" not in page
