"""Every page of the clinician site, of a clinic with histories and open alerts: usable by everybody.

Each page is opened once. It is looked at whole on a desk in light colours; then, on a telephone in dark ones, at what
may have become different: its width and its contrasts.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from symptoms.models import User
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.pages import pages_of_all
from tests.browser.watching import overflows, violations

CONTRAST = ("color-contrast",)


def turn(page: Page, size: tuple[int, int], theme: str) -> None:
    """The window gets another size, and the page other colours, as by its own switch."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark")


def problems_of(page: Page, path: str) -> list[str]:
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(path)
    found = violations(page)
    turn(page, PHONE, "dark")
    found += violations(page, CONTRAST)
    if pixels := overflows(page):
        found.append(f"{pixels} pixels wider than a telephone")
    return found


@pytest.mark.timeout(900)
def test_every_page_can_be_used_by_everybody(db: None, open_site: OpenSite) -> None:
    call_command("load_clinic", patients=4, open_alerts=3)
    nurse, administrator = (User.objects.get(username=name) for name in ("marie", "carmen"))
    windows = {user.pk: open_site(user) for user in (nurse, administrator)}
    looked_at = {name: problems_of(windows[user.pk], path) for user, name, path in pages_of_all(nurse, administrator)}
    assert len(looked_at) > 60
    problems = [f"{name}: {problem}" for name, found in looked_at.items() for problem in found]
    assert not problems, "\n".join(problems)
