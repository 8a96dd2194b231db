"""`make screenshots`: every page, light and dark, on a desk and on a phone, under .local/screenshots, to be looked at.

PATIENTS and ALERTS set the size of the clinic, PAGES a part of the names of the pages.
"""

from __future__ import annotations

import os
from typing import Final

from django.core.management import call_command

from config import env
from symptoms.models import User
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.pages import pages_of

FOLDER: Final = env.BASE_DIR / ".local" / "screenshots"


def test_look(open_site: OpenSite) -> None:
    patients, alerts = int(os.environ.get("PATIENTS", "300")), int(os.environ.get("ALERTS", "40"))
    call_command("load_clinic", patients=patients, open_alerts=alerts)
    FOLDER.mkdir(parents=True, exist_ok=True)
    nurse = User.objects.get(username="marie")
    paths = [page for page in pages_of(nurse) if os.environ.get("PAGES", "") in page[0]]
    for size in (DESK, PHONE):
        for theme in ("light", "dark"):
            page = open_site(nurse, size=size, theme=theme)
            for name, path in paths:
                page.goto(path)
                page.screenshot(path=FOLDER / f"{name}-{size[0]}-{theme}.png", full_page=True)
