"""Every page of the clinician site, of a clinic with histories and open alerts: usable by everybody.

Each page is opened once; then its window gets every size and all colours. It is looked at whole in each size; in the
other colours of a size nothing can have become different but the contrasts. On a telephone every control is as high as
a thumb.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from symptoms.models import User
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.pages import pages_of_all
from tests.browser.watching import overflows, small_controls, violations

WHOLE = ()
CONTRAST = ("color-contrast",)
LOOKS = (
    (DESK, "light", WHOLE),
    (DESK, "dark", CONTRAST),
    (PHONE, "light", CONTRAST),
    (PHONE, "dark", WHOLE),
)


def turn(page: Page, size: tuple[int, int], theme: str) -> None:
    """The window gets another size, and the page other colours, as by its own switch."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark")


def problems_of(page: Page, path: str) -> Iterator[str]:
    page.goto(path)
    for size, theme, rules in LOOKS:
        turn(page, size, theme)
        yield from (f"{size[0]} {theme}: {violation}" for violation in violations(page, rules))
        if pixels := overflows(page):
            yield f"{size[0]}: {pixels} pixels wider than the window"
    yield from small_controls(page)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", ["marie", "carmen"])
def test_every_page_can_be_used_by_everybody(db: None, open_site: OpenSite, who: str) -> None:
    """The nurse's pages, and those that only the administrator may open."""
    call_command("load_clinic", patients=4, open_alerts=3)
    people = [User.objects.get(username=name) for name in ("marie", "carmen")]
    paths = {name: path for user, name, path in pages_of_all(*people) if user.username == who}
    page = open_site(User.objects.get(username=who))
    problems = [f"{name}: {problem}" for name, path in paths.items() for problem in problems_of(page, path)]
    assert len(paths) > 5
    assert not problems, "\n".join(problems)
