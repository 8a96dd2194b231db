"""No page of the clinician site does what its content policy forbids; the browser says so on its console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from symptoms.models import Clinic, Patient
from symptoms.models.clinic import Role
from tests.browser.conftest import OpenSite
from tests.cast import make_practitioner


def linked(page: Page) -> list[str]:
    """The pages of the site that a page leads to, each once; not the way out."""
    links = page.locator("a[href^='/admin/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return sorted(
        {link.split("?")[0] for link in links if "logout" not in link and not link.endswith((".csv", ".ics"))}
    )


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.NURSE])
def test_no_page_breaks_the_policy(open_site: OpenSite, clinic: Clinic, ada: Patient, role: Role) -> None:
    page = open_site(make_practitioner(clinic, "mia", role=role).user)
    lists = linked(page)
    opened = set()

    for link in lists:
        page.goto(link)
        opened.add(link)
        for inner in [one for one in linked(page) if one.startswith(link) and one not in opened][:1]:
            page.goto(inner)
            opened.add(inner)

    assert len(opened) > len(lists) > 5
