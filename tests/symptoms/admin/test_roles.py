"""Who may do what on which page: n a nurse, o an oncologist, a an administrator, r an auditor, p an operator."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from alerts.paging import reachable
from symptoms.admin.recording import path_to_patient
from symptoms.models import Clinic, Patient, Practitioner, User
from symptoms.models.clinic import Role
from tests.cast import make_practitioner, site_of
from tests.filling import Page
from tests.symptoms.admin.records import one_of_each

pytestmark = pytest.mark.django_db

MAY: Final = """
    model                            view   add    change
    alerts.absence                   noarp  noap   noap
    alerts.alert                     noar   -      -
    alerts.clinicholiday             noarp  ap     ap
    alerts.contactpoint              noar   noa    noa
    alerts.digest                    noar   -      -
    alerts.escalationpolicy          noarp  ap     ap
    alerts.notification              noar   -      -
    alerts.officecalendar            noarp  ap     ap
    alerts.reminder                  nor    -      -
    alerts.rotagap                   noar   -      -
    alerts.scheduledvisit            noar   no     no
    alerts.shift                     noarp  ap     ap
    alerts.takeover                  noarp  noap   noap
    alerts.visit                     noar   -      -
    education.leafletapproval        noar   -      -
    education.leafletoffer           noar   -      -
    education.leafletreading         noar   -      -
    education.leaflettext            noar   no     -
    education.misunderstanding       nor    -      -
    education.teachbackanswer        nor    -      -
    education.teachingplan           noar   -      -
    education.textstep               noar   -      -
    symptoms.accessrecord            ar     -      -
    symptoms.activationcode          noar   -      -
    symptoms.amendment               noar   -      -
    symptoms.assessment              nor    -      -
    symptoms.carer                   noar   no     -
    symptoms.clinic                  noarp  p      ap
    symptoms.consent                 noar   -      -
    symptoms.conversation            nor    -      -
    symptoms.ctcaegrade              nor    -      -
    symptoms.devicetoken             noar   -      -
    symptoms.doseevent               noar   -      -
    symptoms.emergencyaccess         ar     -      -
    symptoms.episode                 nor    -      -
    symptoms.erasure                 noar   -      -
    symptoms.message                 nor    -      -
    symptoms.patient                 noar   -      no
    symptoms.practitioner            noarp  ap     a
    symptoms.rulesetapproval         noar   -      -
    symptoms.symptomreport           nor    -      -
    symptoms.treatmentcourse         noar   no     no
    symptoms.user                    arp    -      ap
    symptoms.wordingapproval         noar   -      -
"""
ROWS: Final = [line.split() for line in MAY.strip().splitlines()[1:]]
PEOPLE: Final = {"n": Role.NURSE, "o": Role.ONCOLOGIST, "a": Role.ADMINISTRATOR, "r": Role.AUDITOR, "p": None}


def person(clinic: Clinic, letter: str) -> User:
    role = PEOPLE[letter]
    return User.objects.create_superuser("root") if role is None else make_practitioner(clinic, role, role=role).user


def test_every_model_has_a_line() -> None:
    assert sorted(model._meta.label_lower for model in admin.site._registry) == [row[0] for row in ROWS]


@pytest.mark.parametrize("letter", PEOPLE)
def test_lists_and_forms_open_for_whom_they_are(letter: str, clinic: Clinic) -> None:
    site = site_of(person(clinic, letter))
    for label, view, add, _ in ROWS:
        name = f"admin:{label.replace('.', '_')}"
        assert (site.get(reverse(f"{name}_changelist")).status_code == 200) is (letter in view), label
        assert (site.get(reverse(f"{name}_add")).status_code == 200) is (letter in add), label


@pytest.mark.parametrize("letter", PEOPLE)
def test_only_these_change_anything(letter: str, clinic: Clinic) -> None:
    request = RequestFactory().get("/")
    request.user = person(clinic, letter)
    pages = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    for label, _, _, change in ROWS:
        assert pages[label].has_change_permission(request) is (letter in change), label
        assert letter != "r" or not pages[label].has_add_permission(request)


def test_operators_see_nothing_about_any_patient() -> None:
    about_patients = {model._meta.label_lower for model in admin.site._registry if path_to_patient(model) is not None}
    assert not [label for label, view, add, change in ROWS if label in about_patients and "p" in view + add + change]


def test_an_auditor_opens_every_record_of_the_clinic_and_no_act(
    ada: Patient, nurse_kim: Practitioner, clinic: Clinic
) -> None:
    records = one_of_each(ada, nurse_kim)
    site = site_of(person(clinic, "r"))
    reading = {"summary", "preview"}
    for record in [*records.values(), ada.alerts.get(), ada.visits.first()]:
        assert record is not None
        page: Any = admin.site.get_model_admin(type(record))
        name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
        assert site.get(reverse(f"{name}_change", args=[record.pk])).status_code == 200, name
        for act in page._get_base_actions_detail():
            address = reverse(f"admin:{act.action_name}", args=[record.pk])
            is_reading = act.action_name.rsplit("_", 1)[-1] in reading
            assert site.get(address).status_code == (200 if is_reading else 403), address
            assert site.post(address).status_code == 403, address


def test_an_administrator_changes_the_roles_of_others_and_never_her_own(clinic: Clinic) -> None:
    carmen = make_practitioner(clinic, "carmen", role=Role.ADMINISTRATOR)
    nina = make_practitioner(clinic, "nina")
    site = site_of(carmen.user)
    for one, role in ((carmen, Role.ADMINISTRATOR), (nina, Role.ONCOLOGIST)):
        Page(site, reverse("admin:symptoms_practitioner_change", args=[one.pk])).send(role=Role.ONCOLOGIST)
        one.refresh_from_db()
        assert one.role == role


def test_an_administrator_does_not_close_her_own_account(clinic: Clinic) -> None:
    carmen = make_practitioner(clinic, "carmen", role=Role.ADMINISTRATOR)
    site = site_of(carmen.user)
    Page(site, reverse("admin:symptoms_user_change", args=[carmen.user.pk])).send(is_active=False, first_name="Carmina")
    carmen.user.refresh_from_db()
    assert (carmen.user.is_active, carmen.user.first_name) == (True, "Carmina")


def test_nobody_pages_an_auditor(clinic: Clinic) -> None:
    nurse = make_practitioner(clinic, "nina")
    make_practitioner(clinic, "audrey", role=Role.AUDITOR)
    assert list(reachable(clinic)) == [nurse]
