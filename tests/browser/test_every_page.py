"""Every page of the clinician site, of a clinic with histories and open alerts: usable by everybody, light and dark."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from symptoms.models import User
from tests.browser.conftest import PHONE, OpenSite
from tests.browser.pages import pages_of
from tests.browser.watching import overflows, violations


@pytest.mark.timeout(600)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_can_be_used_by_everybody(db: None, open_site: OpenSite, theme: str) -> None:
    call_command("load_clinic", patients=4, open_alerts=3)
    nurse = User.objects.get(username="marie")
    page = open_site(nurse, theme=theme)
    found = {}
    for name, path in pages_of(nurse):
        page.goto(path)
        if problems := violations(page):
            found[name] = problems
    assert found == {}


@pytest.mark.timeout(600)
def test_no_page_scrolls_sideways_on_a_telephone(db: None, open_site: OpenSite) -> None:
    call_command("load_clinic", patients=4, open_alerts=3)
    nurse = User.objects.get(username="marie")
    page = open_site(nurse, size=PHONE)
    wide = {}
    for name, path in pages_of(nurse):
        page.goto(path)
        if pixels := overflows(page):
            wide[name] = pixels
    assert wide == {}
