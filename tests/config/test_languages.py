"""Every page of the clinician site in Dutch beside the same page in English: what is the same in both is no interface.

A text that is left in English would be the same. What may be is named here: names, codes, and words that both have.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

import pytest
from django.core.management import call_command
from django.test import Client

from config.gathered_words import FILE, written
from symptoms.models import Clinic, User
from symptoms.models.clinic import Role
from tests.browser.pages import pages_of_all
from tests.cast import make_practitioner, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UNSEEN: Final = {"script", "style", "title", "textarea"}
ENGLISH: Final = frozenset(
    """
    about absence access account action active added after alert all and answer any approved are ask at attended
    author back baseline before breathlessness by calendar cancelled carer change changed chest clinic close
    closed consent conversation cough course created dark date day decision delivered department device died dose
    due dyspnea emergency empty ended episode error every expired failed false fever field filters final first
    follow for form found full given go grade has history hour interrupted invited it language leaflet light list
    message mild missed month mouth moved name new nobody none not note nothing number off office other outcome
    page pain patient phone planned policy question raised read reason received record report reset results role
    rota routine rule save search select self sent severity shift since sores source started state step stopped
    symptom taken text the this time title to true unknown until urgency urgent user username value version visit
    waiting what when who why with withdrawn word worklist written year yes you your
    """.split()  # noqa: SIM905  (a list of words)
)
ALIKE: Final = frozenset(
    {
        "Status", "Contact", "Code", "routine", "test", "Account",
    }
)  # fmt: skip
"""What may stand on a page in both languages."""

MACHINE: Final = re.compile(r"[A-Z0-9, -]+$|[A-Z][a-z0-9-]+ [0-9.]+$|[0-9a-f]{12,}|check-in-\d$")
"""Names of rules, fingerprints and versions."""

VOID: Final = {"input", "br", "img", "meta", "link", "hr", "col", "path"}
SPOKEN: Final = {"alt", "aria-label", "placeholder", "title"}


class Texts(HTMLParser):
    """The texts that a page shows or speaks. What stands in an element with a `lang` of its own is not the site's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_icon = "material-symbols" in (given.get("class") or "")
        if (self.skipped and tag not in VOID) or tag in UNSEEN or is_icon or ("lang" in given and tag != "html"):
            self.skipped.append(tag)
        self.found |= {given[name] or "" for name in SPOKEN & given.keys()}

    def handle_endtag(self, tag: str) -> None:
        while self.skipped and self.skipped[-1] != tag and tag in self.skipped:
            self.skipped.pop()
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found.add(" ".join(data.split()))


def texts_of(site: Client, path: str, language: str) -> set[str]:
    answer = site.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    page = Texts()
    page.feed(answer.content.decode())
    return {text for text in page.found if not MACHINE.match(text)}


def words_of(texts: set[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[a-z]+", text.lower())}


def test_nothing_on_any_page_is_left_in_english(db: None) -> None:
    call_command("load_clinic", patients=4, open_alerts=4)
    clinic = Clinic.objects.get(slug="sint-elisabeth")
    auditor = make_practitioner(clinic, "audrey", role=Role.AUDITOR).user
    users = [*(User.objects.get(username=name) for name in ("marie", "carmen")), auditor]
    sites = {user.pk: site_of(user) for user in users}
    allowed = {*ALIKE, clinic.name, clinic.emergency_department}
    left: dict[str, str] = {}
    pages = list(pages_of_all(*users))
    for user, name, path in pages:
        for text in texts_of(sites[user.pk], path, "en") & texts_of(sites[user.pk], path, "nl") - allowed:
            if words_of({text}) & ENGLISH:
                left[text] = name
    assert len(pages) > 90
    assert not left, left


def test_the_gathered_words_are_those_of_the_site() -> None:
    assert FILE.read_text() == written(), "run `manage.py gather_words`"
