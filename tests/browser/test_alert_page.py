"""The page of an alert in a real browser: acting on it, and knowing when it is out of date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from alerts.acknowledging import acknowledge
from alerts.models import Alert
from symptoms.flow.receive import AnswerKind
from symptoms.models import Message, Patient, Practitioner
from tests.alerts.making import raised, urgent
from tests.alerts.test_alert_page import WORDS, say
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.watching import overflows, violations
from tests.cast import make_practitioner


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page asks every half second instead of every ten."""
    monkeypatch.setattr("alerts.admin.alert.POLL_SECONDS", 0.5)


@pytest.fixture
def told(ada: Patient, nurse_kim: Practitioner) -> Alert:
    Patient.objects.filter(pk=ada.pk).update(phone="+32 2 555 12 34")
    say(ada, (AnswerKind.TEXT, WORDS), at=timezone.now() - timedelta(hours=1))
    return Alert.objects.get(problem="mouth")


def path_of(alert: Alert) -> str:
    return f"/admin/alerts/alert/{alert.pk}/change/"


def test_it_is_taken_acted_on_and_closed_without_leaving_the_page(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("You have it")).to_be_visible()
    page.locator("summary", has_text="Record an action").click()
    page.get_by_label("What was done").fill("Rang her, she comes at three.")
    page.get_by_role("button", name="Record an action").click()
    expect(page.get_by_text("The action is recorded")).to_be_visible()
    page.locator("summary", has_text="Close").click()
    page.get_by_label("Outcome").select_option("clinic_visit")
    page.locator("#close_note").fill("Comes this afternoon")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Kim Keller closed this alert on")).to_be_visible()
    told.refresh_from_db()
    assert (told.state, told.outcome) == ("closed", "clinic_visit")


@pytest.mark.parametrize("act", ["record_action", "close"])
def test_what_joins_while_somebody_types_is_shown_once_and_the_same_button_saves(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite, act: str
) -> None:
    acknowledge(told, nurse_kim, timezone.now())
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{told.pk}/{act.replace('record_', '')}/?from=worklist")
    if act == "close":
        page.get_by_label("Outcome").select_option("phone_advice")
    page.locator("[name=note]").fill("Rang her, she comes at three.")
    raised(urgent("MOUTH-DURATION"), told.patient, told.report, timezone.now())
    save = page.locator("#content-main form [type=submit]").first
    save.click()
    expect(page.get_by_role("heading", name="New since you opened this page")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("Rang her, she comes at three.")
    save.click()
    expect(page.get_by_role("heading", name="New since you opened this page")).to_have_count(0)
    assert told.events.filter(kind__in=["action", "closed"], detail__isnull=False).count() == 1


def test_staff_write_to_the_patient_by_keyboard(told: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    page.locator("summary", has_text="Write to the patient").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("We will call you at 3.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The message is in the patient's app.")).to_be_visible()
    assert Message.objects.get(sender="staff").text.startswith("We will call you at 3.")
    expect(page.locator(".talk .staff")).to_contain_text("Kim Keller, nurse")


def test_a_page_that_is_out_of_date_says_so_and_overwrites_nothing(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    page.locator("summary", has_text="Close").click()
    page.get_by_label("Outcome").select_option("phone_advice")
    page.locator("form", has=page.get_by_label("Outcome")).get_by_label("Note").fill("Rang her.")
    acknowledge(told, make_practitioner(told.clinic, "sam", name="Sam Sanders"), timezone.now())
    expect(page.get_by_text("Something has happened to this alert since you opened it.")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Sam Sanders has this alert now")).to_be_visible()
    told.refresh_from_db()
    assert told.state == "acknowledged"


def test_the_second_of_two_nurses_reads_who_took_it(told: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    page.route("**/state/", lambda route: route.fulfill(status=304))  # the page has not heard of it yet
    acknowledge(told, make_practitioner(told.clinic, "sam", name="Sam Sanders"), timezone.now())
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("Sam Sanders has already acknowledged this alert")).to_be_visible()


def test_the_telephone_number_is_shown_on_the_page(told: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    page.get_by_role("button", name="Show the telephone number").click()
    expect(page.get_by_role("link", name="+32 2 555 12 34")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everybody_can_use_it_and_nobody_scrolls_sideways(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite, theme: str, size: tuple[int, int]
) -> None:
    page = open_site(nurse_kim.user, path_of(told), theme=theme, size=size)
    page.locator("summary", has_text="Close").click()
    assert violations(page) == []
    assert overflows(page) == 0


@pytest.mark.parametrize("act", ["acknowledge", "record_action", "close", "message", "note"])
def test_the_pages_of_its_acts_can_be_used_too(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite, act: str
) -> None:
    page = open_site(nurse_kim.user, reverse(f"admin:alerts_alert_{act}", args=[told.pk]), size=PHONE)
    assert violations(page) == []
    assert overflows(page) == 0


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_it_opens_in_every_language(told: Alert, nurse_kim: Practitioner, open_site: OpenSite, language: str) -> None:
    page = open_site(nurse_kim.user, path_of(told), language=language)
    assert page.locator("html").get_attribute("lang") == language
    said = page.locator("body").inner_text()
    assert WORDS in said
    assert "%(" not in said


def test_when_the_session_has_ended_nothing_of_the_patient_stays(
    told: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, path_of(told))
    expect(page.get_by_role("link", name=told.patient.full_name)).to_be_visible()
    Session.objects.all().delete()
    expect(page.get_by_text("You are no longer signed in. Sign in again")).to_be_visible()
    for words in (told.patient.full_name, WORDS):
        assert words not in page.content()
