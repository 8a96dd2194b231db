"""The page of the API works under its content policy: it shows every operation, and nothing is blocked."""

from __future__ import annotations

from playwright.sync_api import expect

from symptoms.models import Patient
from tests.browser.conftest import OpenSite


def test_the_swagger_page_shows_the_operations(open_site: OpenSite, ada: Patient) -> None:
    page = open_site(None, "/api/v1/docs")

    expect(page.locator(".opblock-summary-path", has_text="/api/v1/reports/batch")).to_be_visible()
    page.locator(".opblock-summary", has_text="/api/v1/me").first.click()
    expect(page.get_by_text("Settings, the clinic's numbers")).to_be_visible()
