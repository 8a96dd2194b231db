"""A form that is sent twice, by a double click, a reload or after an answer that got lost, adds once what it adds."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, Final

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import AlertEvent, ContactPoint, Notification, Shift, TakeOver, Visit, VisitChecklist
from alerts.raising import raise_alert
from symptoms.admin.scoping import NOBODY, ClinicScopedAdmin
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import (
    Amendment,
    CtcaeGrade,
    EmergencyAccess,
    Message,
    Patient,
    Practitioner,
    SentForm,
)
from symptoms.sign_in.forgetting import forget_ended
from tests.cast import make_practitioner, site_of
from tests.symptoms.admin.records import file_four_sores
from tests.symptoms.admin.test_forms import address, filled_in
from tests.symptoms.admin.test_roles import PEOPLE, ROWS, person

pytestmark = pytest.mark.django_db

__all__ = ["filled_in"]

SAID: Final = "This form was sent before. What it says is kept once."

ADDS_NOTHING: Final = {
    "alerts.alert": {"acknowledge", "take_over", "give_back", "reopen", "close", "statistics"},
    "alerts.contactpoint": {"send_code", "enter_code"},
    "alerts.shift": {"fortnight"},
    "alerts.visit": {"summary", "book", "attended", "not_attended", "cancel", "checklist_back"},
    "education.leafletapproval": {"product"},
    "education.leaflettext": {"in_use", "preview", "review", "publish", "withdraw", "revise"},
    "education.misunderstanding": {"explained"},
    "symptoms.accessrecord": {"export"},
    "symptoms.ctcaegrade": {"take_back"},
    "symptoms.episode": {"close", "reopen"},
    "symptoms.patient": {"edit", "new_code", "status"},
    "symptoms.rulesetapproval": {"rules"},
    "symptoms.user": {"reset"},
    "symptoms.wordingapproval": {"wording"},
}
"""Pages to read, and acts of which a second one is refused or changes nothing more.

A new activation code and a new password take the place of the one before, which nobody can be shown again. A text is
approved once.
"""


@pytest.fixture
def acts(ada: Patient, ben: Patient, nurse_kim: Practitioner) -> dict[str, tuple[str, dict[str, Any], type[Model]]]:
    """Every act that adds something: its page, what is filled in, and what there is one more of."""
    told = NotifyCareTeam(Problem.MOUTH, Urgency.URGENT, rules=("MOUTH-COUNT",))
    alert = raise_alert(told, patient=ada, report=None, now=timezone.now())
    assert alert is not None
    visit, report = Visit.objects.filter(patient=ada).get(), file_four_sores(ada)
    day = timezone.localdate()
    visit.planned_on = day
    visit.save()
    lee = make_practitioner(ada.clinic, "leo")
    shifts = [
        Shift.objects.create(
            clinic=ada.clinic, tier="tier_1", practitioner=who, on=day + timedelta(days=days), starts_at="08:00",
            ends_at="16:00",
        )
        for days, who in ((1, nurse_kim), (2, lee))
    ]  # fmt: skip
    Patient.objects.filter(pk=ben.pk).update(hospital_number="B-1")
    ContactPoint.objects.create(
        practitioner=nurse_kim, channel="email", address="kim@hospital.example", verified_at=timezone.now()
    )
    seen = {"generation": alert.generation}
    return {
        "alerts_alert_note": (at("alerts_alert_note", alert), {**seen, "note": "rang"}, AlertEvent),
        "alerts_alert_record_action": (at("alerts_alert_record_action", alert), {**seen, "note": "rang"}, AlertEvent),
        "alerts_alert_message": (at("alerts_alert_message", alert), {**seen, "message": "We call at 3"}, Message),
        "alerts_contactpoint_send_test": (at("alerts_contactpoint_send_test"), {}, Notification),
        "alerts_takeover_swap": (
            at("alerts_takeover_swap"),
            {
                "shift": shifts[0].pk, "on": shifts[0].on, "other_shift": shifts[1].pk, "other_on": shifts[1].on,
            },
            TakeOver,
        ),
        "alerts_visit_another": (at("alerts_visit_another", visit), {"planned_on": day + timedelta(days=9)}, Visit),
        "alerts_visit_checklist": (
            at("alerts_visit_checklist", visit),
            {"stomatitis": "none", "adherence": "all_taken", "dose_decision": "continue"},
            VisitChecklist,
        ),
        "symptoms_patient_enrol": (
            at("symptoms_patient_enrol"),
            {
                "full_name": "Nora New", "phone": "+32 2 555 11 22",
                "language": "en", "time_zone": "Europe/Brussels", "first_dose_on": day,
                "regimen": "everolimus_exemestane", "starting_dose_mg": "10",
            },
            Patient,
        ),
        "symptoms_patient_grade": (
            at("symptoms_patient_grade", ada),
            {"term": "cough", "grade": "1", "version": "5.0", "graded_on": day},
            CtcaeGrade,
        ),
        "symptoms_symptomreport_correct": (
            at("symptoms_symptomreport_correct", report), {"reason": "other", "note": "said so"}, Amendment,
        ),
        "emergency": (
            reverse("emergency"),
            {"clinic": ben.clinic_id, "number": "B-1", "reason": "She lies in our emergency department now."},
            EmergencyAccess,
        ),
    }  # fmt: skip


def at(name: str, *records: Model) -> str:
    return reverse(f"admin:{name}", args=[record.pk for record in records])


def test_every_act_that_adds_something_is_looked_at_here(acts: dict[str, Any]) -> None:
    for model, pages in admin.site._registry.items():
        label = model._meta.label_lower
        for act in (*getattr(pages, "actions_detail", ()), *getattr(pages, "actions_list", ())):
            assert act in ADDS_NOTHING.get(label, ()) or f"{label.replace('.', '_')}_{act}" in acts, (label, act)


def test_an_act_that_is_sent_twice_adds_one_row(acts: dict[str, Any], kim_site: Client) -> None:
    for name, (page, given, model) in acts.items():
        shown = kim_site.get(page)
        assert 'name="form_id"' in shown.content.decode(), name
        rows = model._default_manager
        form = shown.context["form"]
        sent = {**given, "form_id": str(form["form_id"].value())}
        if "seen" in form.fields:
            sent["seen"] = form["seen"].value()
        first = kim_site.post(page, sent)
        assert first.status_code in (200, 302), name
        added = rows.count()
        again = kim_site.post(page, sent, follow=True)
        assert (again.status_code, rows.count()) == (200, added), name
        assert kim_site.post(page, {**sent, "form_id": str(uuid.uuid4())}).status_code in (200, 302), name


def test_an_act_adds_what_it_says(acts: dict[str, Any], kim_site: Client) -> None:
    for name, (page, given, model) in acts.items():
        rows = model._default_manager
        before = rows.count()
        kim_site.post(page, {**given, "form_id": str(uuid.uuid4())})
        assert rows.count() > before, name


def test_every_row_that_can_be_added_is_added_once(
    clinic: Any, filled_in: dict[str, dict[str, Any]], ada: Patient
) -> None:
    addable = {
        model._meta.label_lower
        for model, pages in admin.site._registry.items()
        if isinstance(pages, ClinicScopedAdmin) and (pages.added_by != NOBODY or pages.is_set_up)
    }
    people: dict[str, Client] = {}
    for label, _, add, _ in ROWS:
        letters = [letter for letter in PEOPLE if letter in add]
        if not letters:
            assert label not in filled_in
            continue
        addable.discard(label)
        if letters[0] not in people:
            people[letters[0]] = site_of(person(clinic, letters[0]))
        site = people[letters[0]]
        page = address(label, "add")
        assert 'name="form_id"' in site.get(page).content.decode(), label
        rows = apps.get_model(label)._default_manager
        before, sent = rows.count(), {**filled_in[label], "form_id": str(uuid.uuid4())}
        site.post(page, sent)
        assert rows.count() == before + 1, label
        again = site.post(page, sent, follow=True)
        assert rows.count() == before + 1, label
        assert SAID in again.content.decode(), label
    assert addable <= {"symptoms.user"}, "each is in the table of roles"


def test_what_was_refused_can_be_sent_again(kim_site: Client, acts: dict[str, Any]) -> None:
    page, given, _ = acts["alerts_alert_note"]
    sent = {**given, "form_id": str(uuid.uuid4())}
    before = AlertEvent.objects.count()
    assert kim_site.post(page, {**sent, "note": " "}).status_code == 200
    assert kim_site.post(page, sent).status_code == 302
    assert AlertEvent.objects.count() == before + 1


def test_a_note_that_is_sent_twice_says_so_and_the_first_is_kept(kim_site: Client, acts: dict[str, Any]) -> None:
    page, given, _ = acts["alerts_alert_note"]
    sent = {**given, "form_id": str(uuid.uuid4())}
    assert "The note is on the timeline." in kim_site.post(page, sent, follow=True).content.decode()
    assert SAID in kim_site.post(page, sent, follow=True).content.decode()
    assert AlertEvent.objects.filter(kind="note").count() == 1


def test_what_is_written_after_a_step_back_in_the_browser_is_kept_too(kim_site: Client, acts: dict[str, Any]) -> None:
    page, given, _ = acts["alerts_alert_note"]
    for note in ("rang", "rang again", "rang"):
        kim_site.post(page, {**given, "form_id": "6f1c9c46-6d0c-4f0a-9d1f-0c9e6b1f7a11", "note": note})
    assert [event.detail["note"] for event in AlertEvent.objects.filter(kind="note")] == ["rang", "rang again"]


def test_a_form_of_a_page_without_an_identity_is_done(kim_site: Client, acts: dict[str, Any]) -> None:
    page, given, _ = acts["alerts_alert_note"]
    for form_id in ("", "nonsense"):
        before = AlertEvent.objects.count()
        answer = kim_site.post(page, {**given, "form_id": form_id})
        assert (answer.status_code, AlertEvent.objects.count() - before) in ((302, 1), (200, 0))
    assert AlertEvent.objects.filter(kind="note").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_add_one(acts: dict[str, Any], nurse_kim: Practitioner) -> None:
    page, given, _ = acts["alerts_alert_note"]
    sent = {**given, "form_id": str(uuid.uuid4())}
    sites, barrier = [site_of(nurse_kim.user) for _ in range(2)], Barrier(2)

    def send(site: Client) -> int:
        try:
            barrier.wait(timeout=60)
            return site.post(page, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, sites)) == [302, 302]
    assert AlertEvent.objects.filter(kind="note").count() == 1


def test_which_forms_were_sent_is_forgotten_after_a_week(db: None) -> None:
    now = timezone.now()
    for days in (6, 8):
        form = SentForm.objects.create(pk=uuid.uuid4())
        SentForm.objects.filter(pk=form.pk).update(sent_at=now - timedelta(days=days))
    forget_ended(now)
    assert SentForm.objects.get().sent_at > now - timedelta(days=7)
