"""The fixtures themselves: who is signed in sees the site, who is not the log-in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from symptoms.models import Practitioner
from tests.browser.conftest import PHONE, OpenSite
from tests.browser.watching import overflows, violations


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
