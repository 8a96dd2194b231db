"""No page is blank where scripts are off, where one does not load, or before they have come: work goes on by forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alerts.models import Alert
from symptoms.models import Patient, Practitioner
from tests.alerts.making import emergency, make_report, raised
from tests.browser.conftest import DESK, PHONE, OpenSite


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    Patient.objects.filter(pk=ada.pk).update(phone="+32 2 555 12 34")
    return raised(emergency("RED-REST"), ada, make_report(ada), timezone.now() - timedelta(minutes=3))


def take_and_close(page: Page, alert: Alert) -> None:
    """An alert is taken from the worklist, and closed on its form."""
    expect(page.locator(f"#alert-{alert.number}")).to_be_visible()
    page.get_by_role("button", name=f"Take it: alert {alert.number}").click()
    expect(page.get_by_text(f"You have taken alert {alert.number}")).to_be_visible()
    page.locator(f"#alert-{alert.number}").get_by_role("link", name="Close").click()
    page.get_by_label("Outcome").select_option("phone_advice")
    page.get_by_label("Note").fill("Rang her.")
    page.get_by_role("button", name="Close the alert").click()
    expect(page.get_by_text(f"Alert {alert.number} is closed")).to_be_visible()
    alert.refresh_from_db()
    assert alert.state == "closed"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_alert_is_taken_and_closed_with_scripts_off(
    alert: Alert, nurse_kim: Practitioner, open_site: OpenSite, size: tuple[int, int]
) -> None:
    page = open_site(nurse_kim.user, size=size, scripts=False)
    expect(page.get_by_text("Without JavaScript nothing here renews itself")).to_be_visible()
    take_and_close(page, alert)
    if size == PHONE:
        page.get_by_role("link", name="Menu", exact=True).click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Username")).to_be_visible()


@pytest.mark.parametrize("missing", ["alpine.js", "site.js", "live.js"])
def test_an_alert_is_taken_and_closed_where_a_script_does_not_load(
    alert: Alert, nurse_kim: Practitioner, open_site: OpenSite, missing: str
) -> None:
    page = open_site(nurse_kim.user, "/health/live")
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto("/admin/")
    take_and_close(page, alert)


def test_a_page_can_be_read_before_its_scripts_have_come(
    alert: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, "/health/live")
    page.route("**/alpine*.js", lambda route: None)  # on its way for ever
    page.goto("/admin/", wait_until="commit")
    expect(page.locator(f"#alert-{alert.number}")).to_be_visible()


def test_the_number_is_shown_on_a_page_of_its_own(alert: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, scripts=False)
    page.get_by_role("button", name="Phone").click()
    expect(page.get_by_role("link", name="+32 2 555 12 34")).to_be_visible()
