"""The frame of the clinician site: whose clinic it shows, and a way to every page that one may see."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from config.clinician_site import GROUPS, LANDING_PAGE, UNFOLD, _entry_of
from symptoms.models import Clinic, User
from symptoms.models.clinic import Role
from tests.cast import make_practitioner, site_of

pytestmark = pytest.mark.django_db

FOR_ADMINISTRATORS = {"Accounts", "Access log", "Opened in emergencies"}
FOR_CLINICIANS = {"Reports", "Conversations", "Episodes", "To explain again"}


@pytest.fixture(autouse=True)
def dressed(settings: Settings) -> None:
    settings.UNFOLD = UNFOLD


def test_the_site_names_the_clinic_of_who_looks_at_it(kim_site: Client, lee_site: Client) -> None:
    for site, own, other in ((kim_site, "Clinic North", "Clinic South"), (lee_site, "Clinic South", "Clinic North")):
        page = site.get(reverse("admin:index")).content.decode()
        assert own in page
        assert other not in page


def test_an_operator_is_shown_no_entry_that_refuses_them() -> None:
    operator_site = site_of(User.objects.create_superuser("operator"))
    page = operator_site.get(reverse("admin:index")).content.decode()
    links = [str(item["link"]) for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"]]
    shown = [link for link in links if f'href="{link}"' in page]
    assert reverse("admin:symptoms_clinic_changelist") in shown
    assert {link: operator_site.get(link).status_code for link in shown} == dict.fromkeys(shown, 200)


def test_the_log_in_page_names_no_clinic(clinic: Clinic, nobody_site: Client) -> None:
    page = nobody_site.get(reverse("account_login")).content.decode()
    assert "Symptom reporting" in page
    assert clinic.name not in page


def test_every_entry_of_the_navigation_opens_for_whom_it_is_shown(clinic: Clinic, kim_site: Client) -> None:
    alex = site_of(make_practitioner(clinic, "alex", role=Role.ADMINISTRATOR).user)
    pages = {
        str(item[0]): (item[2], item[3] if len(item) > 3 else "changelist") for _, items in GROUPS for item in items
    }
    for site, hidden in ((kim_site, FOR_ADMINISTRATORS), (alex, FOR_CLINICIANS)):
        page = re.sub(r"\s+", " ", site.get(reverse("admin:index")).content.decode())
        for title, (label, kind) in pages.items():
            is_landing = label == LANDING_PAGE
            address = reverse("admin:index" if is_landing else f"admin:{label.replace('.', '_')}_{kind}")
            assert (f'href="{address}"' in page) is (title not in hidden), title
            assert site.get(address).status_code == (403 if title in hidden else 200), title


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("/admin/", "index"),
        ("/admin/symptoms/rulesetapproval/", "symptoms_rulesetapproval_rules"),
        ("/admin/symptoms/rulesetapproval/1/change/", "symptoms_rulesetapproval_rules"),
        ("/admin/symptoms/wordingapproval/", "symptoms_wordingapproval_wording"),
        ("/admin/alerts/shift/3/change/", "alerts_shift_changelist"),
        ("/admin/alerts/shift/who-is-paged/", "alerts_shift_fortnight"),
        ("/admin/alerts/alert/", "alerts_alert_changelist"),
        ("/admin/alerts/alert/statistics/", "alerts_alert_changelist"),
        ("/admin/alerts/alert/0b6a8c1e-0000-4000-8000-000000000001/action/", "index"),
        ("/admin/symptoms/amendment/", ""),
    ],
)
def test_a_page_is_marked_in_the_navigation_under_its_own_entry(page: str, entry: str) -> None:
    assert _entry_of(page) == (reverse(f"admin:{entry}") if entry else "")
