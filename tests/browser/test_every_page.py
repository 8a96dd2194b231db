"""Every page of the clinician site, of a clinic with histories and open alerts: usable by everybody.

Each page is opened once; then its window gets every size and all colours, and it is looked at whole in each.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from symptoms.models import Clinic, User
from symptoms.models.clinic import Role
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.pages import pages_of_all
from tests.browser.watching import overflows, violations
from tests.cast import make_practitioner

LOOKS = [(size, theme) for size in (DESK, PHONE) for theme in ("light", "dark")]


def turn(page: Page, size: tuple[int, int], theme: str) -> None:
    """The window gets another size, and the page other colours, as by its own switch."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark")


def problems_of(page: Page, path: str) -> Iterator[str]:
    page.goto(path)
    for size, theme in LOOKS:
        turn(page, size, theme)
        yield from (f"{size[0]} {theme}: {violation}" for violation in violations(page))
        if pixels := overflows(page):
            yield f"{size[0]}: {pixels} pixels wider than the window"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", ["nurse", "administrator", "auditor"])
def test_every_page_can_be_used_by_everybody(db: None, open_site: OpenSite, who: str) -> None:
    """Each person looks at the pages that none of those before may open."""
    call_command("load_clinic", patients=4, open_alerts=3)
    auditor = make_practitioner(Clinic.objects.get(slug="sint-elisabeth"), "audrey", role=Role.AUDITOR).user
    people = {"nurse": User.objects.get(username="marie"), "administrator": User.objects.get(username="carmen")}
    people["auditor"] = auditor
    page = open_site(people[who])
    paths = {name: path for user, name, path in pages_of_all(*people.values()) if user == people[who]}
    problems = [f"{name}: {problem}" for name, path in paths.items() for problem in problems_of(page, path)]
    assert paths
    assert not problems, "\n".join(problems)
