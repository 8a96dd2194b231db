"""The main jobs without a mouse: past the navigation, an alert taken, written about and closed, a patient enrolled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alerts.models import Alert
from symptoms.models import Patient, Practitioner
from tests.alerts.making import emergency, make_report, raised
from tests.browser.conftest import OpenSite
from tests.browser.test_worklist import tab_to

SHOWN = "getComputedStyle(document.activeElement).outlineStyle"


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(emergency("RED-REST"), ada, make_report(ada), timezone.now() - timedelta(minutes=3))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_first_step_leads_past_the_navigation(alert: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    press(page, "Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    press(page, "Enter", "Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")
    assert page.evaluate(SHOWN) == "solid"


def test_an_alert_is_taken_written_about_and_closed(alert: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{alert.pk}/change/")
    tab_to(page, "Take it")
    assert page.evaluate(SHOWN) == "solid"
    press(page, "Enter")
    expect(page.get_by_text(f"You have taken alert {alert.number}")).to_be_visible()
    tab_to(page, "Write to the patient")
    press(page, "Enter", "Tab")
    page.keyboard.type("We will call you at three.")
    press(page, "Tab", "Enter")
    expect(page.get_by_text("The message is in the patient's app.")).to_be_visible()
    tab_to(page, "Close the alert")
    press(page, "Enter", "Tab")
    page.keyboard.type("advice by")
    press(page, "Tab")
    page.keyboard.type("Rang her.")
    press(page, "Tab", "Enter")
    expect(page.get_by_text(f"Alert {alert.number} is closed")).to_be_visible()
    alert.refresh_from_db()
    assert (alert.outcome, alert.closed_by) == ("phone_advice", nurse_kim)


def test_a_patient_is_enrolled(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, "/admin/symptoms/patient/enrol/")
    press(page, "Tab", "Enter", "Tab")
    page.keyboard.type("Nora Nagels")
    while page.evaluate("document.activeElement.name") != "phone":
        press(page, "Tab")
    page.keyboard.type("+32 2 555 11 22")
    while page.evaluate("document.activeElement.name") != "first_dose_on":
        press(page, "Tab")
    page.keyboard.type(timezone.localdate().isoformat())
    tab_to(page, "Enrol a patient")
    press(page, "Enter")
    expect(page.locator("#activation-code")).to_be_visible()
    assert Patient.objects.filter(full_name="Nora Nagels").exists()
