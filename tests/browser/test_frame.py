"""The frame of every page: shown to who is signed in, and reached by keyboard at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from symptoms.models import Patient, Practitioner
from tests.browser.conftest import PHONE, OpenSite
from tests.browser.watching import overflows, violations

ZOOMED = (720, 450)
"""1440 x 900 at 200 %."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whoever_is_signed_in_sees_the_site_at_once(nurse_kim: Practitioner, open_site: OpenSite, theme: str) -> None:
    page = open_site(nurse_kim.user, theme=theme)
    expect(page.locator("h1")).to_be_visible()
    assert not violations(page)


def test_nobody_is_asked_to_log_in(db: None, open_site: OpenSite) -> None:
    page = open_site(None, size=PHONE)
    assert "/sign-in/" in page.url
    assert overflows(page) == 0


def test_the_first_link_leads_past_the_side_bar(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('[role=main]').contains(document.activeElement)")


def go_to(page: Page, control: Locator, *, presses: int = 60) -> None:
    """Press Tab until the control has the keyboard."""
    control.wait_for()
    for _ in range(presses):
        page.keyboard.press("Tab")
        if control.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"no way to {control} by keyboard")


@pytest.mark.parametrize("size", [(1440, 900), ZOOMED, PHONE], ids=["desk", "zoomed", "phone"])
def test_one_signs_out_by_keyboard_alone(nurse_kim: Practitioner, open_site: OpenSite, size: tuple[int, int]) -> None:
    page = open_site(nurse_kim.user, size=size)
    if size[0] < 1280:
        go_to(page, page.get_by_role("button", name="Menu", exact=True))
        page.keyboard.press("Enter")
    go_to(page, page.get_by_role("button", name="Kim Keller: account, sign out"))
    page.keyboard.press("Enter")
    go_to(page, page.get_by_role("button", name="Log out"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/**")


@pytest.mark.parametrize(
    ("opener", "opened"), [("Kim Keller: account, sign out", "Account"), ("All applications", "All applications")]
)
def test_what_opens_says_so_takes_the_keyboard_and_gives_it_back(
    nurse_kim: Practitioner, open_site: OpenSite, opener: str, opened: str
) -> None:
    page = open_site(nurse_kim.user)
    button, panel = page.get_by_role("button", name=opener), page.get_by_role("navigation", name=opened)
    expect(panel).to_have_count(0)
    go_to(page, button)
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert panel.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(panel).to_have_count(0)


def test_the_drawer_keeps_the_keyboard_until_it_is_closed(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, size=ZOOMED)
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(page.get_by_role("link", name="Visits", exact=True)).to_have_count(0)
    go_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close the menu")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('main').contains(document.activeElement)") is False
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close the menu").click()
    expect(button).to_be_focused()


def test_the_side_bar_is_put_away_and_stays_away(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    page.reload()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Visits", exact=True)).to_have_count(0)


def test_icons_are_not_read_out(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    expect(page.get_by_role("link", name="Worklist", exact=True)).to_be_visible()
    expect(page.locator(".material-symbols-outlined:not([aria-hidden=true])")).to_have_count(0)


def test_without_the_font_of_the_icons_no_words_stand_in_their_place(
    nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    icons = page.locator("#nav-sidebar .material-symbols-outlined")
    expect(icons.first).to_be_visible()
    page.route("**/Material-Symbols*", lambda route: route.fulfill(body=""))
    page.reload()
    expect(page.get_by_role("link", name="Worklist", exact=True)).to_be_visible()
    expect(icons.first).to_be_hidden()


def test_the_list_of_alerts_keeps_its_title_on_a_telephone(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, "/admin/alerts/alert/", size=PHONE)
    expect(page.locator("h1")).to_have_text("Alerts")
    room, needed = page.locator("h1").evaluate("one => [one.clientWidth, one.scrollWidth]")
    assert needed <= room


def test_a_button_that_opens_nothing_is_not_shown(nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, "/admin/alerts/alert/")
    button = page.get_by_role("button", name="What can be done here")
    expect(page.get_by_role("link", name="Statistics")).to_be_visible()
    expect(button).to_be_hidden()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(button).to_be_visible()


def test_on_a_telephone_a_list_leaves_out_what_is_empty_and_says_what_can_be_searched(
    nurse_kim: Practitioner, ada: Patient, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, "/admin/symptoms/patient/", size=PHONE)
    expect(page.get_by_text("date of birth (1963-12-22) or telephone number")).to_be_visible()
    expect(page.get_by_text("Patients: 1")).to_be_visible()
    empty = page.locator("#result_list td:has(.no-value)")
    assert empty.count() > 0
    expect(empty.first).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(empty.first).to_be_visible()
