"""A passkey as the second factor, in a browser with an authenticator of its own; and how the sign-in pages look."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from symptoms.models import Practitioner
from tests.browser.conftest import PHONE, OpenSite
from tests.browser.watching import overflows, violations

PASSWORD = "a long enough passphrase"


@pytest.fixture
def nurse_with_password(nurse_kim: Practitioner) -> Practitioner:
    nurse_kim.user.set_password(PASSWORD)
    nurse_kim.user.save()
    return nurse_kim


def give_password(page: Page) -> None:
    """By keyboard alone."""
    page.get_by_label("Username").focus()
    page.keyboard.type("kim")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def plug_in_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next(
    nurse_with_password: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(None, "/admin/symptoms/patient/")
    plug_in_authenticator(page)
    give_password(page)
    page.get_by_role("link", name="Use a passkey instead").click()
    assert not violations(page)
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("#recovery_codes li")).to_have_count(10)
    assert Authenticator.objects.get(user=nurse_with_password.user, type="webauthn")
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(re.compile("/admin/symptoms/patient/$"))

    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign Out").click()
    give_password(page)
    expect(page).to_have_url(re.compile("/sign-in/code/$"))
    assert not violations(page)
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sign_in_pages_can_be_read_by_everybody(
    nurse_with_password: Practitioner, open_site: OpenSite, theme: str, language: str
) -> None:
    page = open_site(None, size=PHONE, theme=theme, language=language)
    assert not violations(page)
    assert overflows(page) == 0
    page.locator("input[name=login]").fill("kim")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#authenticator_secret")).to_be_visible()
    assert not violations(page)
    assert overflows(page) == 0
