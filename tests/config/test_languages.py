"""Every page of the clinician site in Dutch beside the same page in English: what is the same in both is no interface.

A text that is left in English would be the same. What may be is named here: names, codes, and words that both have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import pytest
from django.core.management import call_command
from django.test import Client

from symptoms.clinical.rulesets import RULESETS
from symptoms.models import Clinic, Patient, User
from symptoms.models.clinic import Role
from tests.browser.pages import pages_of_all
from tests.cast import make_practitioner, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UNSEEN: Final = {"script", "style", "svg", "title", "option"}
SPOKEN: Final = {"alt", "aria-label", "placeholder", "title"}


class Texts(HTMLParser):
    """The texts that a page shows or speaks. What stands in an element with a `lang` of its own is not the site's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.skipped or tag in UNSEEN or ("lang" in given and tag != "html"):
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
    page = Texts()
    page.feed(site.get(path, headers={"Accept-Language": language}).content.decode())
    return {text for text in page.found if re.search(r"[a-z]{3}", text)}


def test_find(db: None) -> None:
    call_command("load_clinic", patients=4, open_alerts=4)
    users = [User.objects.get(username=name) for name in ("marie", "carmen")]
    sites = {user.pk: site_of(user) for user in users}
    seen: dict[str, list[str]] = {}
    for user, name, path in pages_of_all(*users):
        for text in texts_of(sites[user.pk], path, "en") & texts_of(sites[user.pk], path, "nl"):
            seen.setdefault(text, []).append(name)
    for text, names in sorted(seen.items(), key=lambda one: -len(one[1])):
        print(repr(text), len(names), names[:3])
    assert False
