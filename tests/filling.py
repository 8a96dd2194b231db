"""Fills in forms of the clinician site as a browser does: what the page showed is sent back with what was changed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client


def seen_on(page: str) -> str:
    """What a page says it showed; empty: it shows no form of a row."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def seen_at(site: Client, address: str) -> dict[str, str]:
    """What has to be sent with the form of a row as it is now, besides the fields."""
    return {"seen": seen_on(site.get(address).content.decode())}


class Page:
    """A form as a browser shows it, which may be sent later."""

    def __init__(self, site: Client, address: str) -> None:
        self.site, self.address = site, address
        answer = site.get(address)
        form = answer.context["adminform"].form
        self.fields: dict[str, Any] = {name: form[name].value() for name in form.fields}
        for formset in (one.formset for one in answer.context["inline_admin_formsets"]):
            for part in (formset.management_form, *formset.forms):
                self.fields |= {part.add_prefix(name): part[name].value() for name in part.fields}
        self.fields["seen"] = seen_on(answer.content.decode())

    def send(self, **changes: Any) -> str:
        """Send it with a few fields changed; the page that is shown after it."""
        page: str = self.answer_to(**changes).content.decode()
        return page

    def answer_to(self, **changes: Any) -> Any:
        """The same, as the answer itself. What is None or False is an empty field or a box without a tick."""
        fields = {**self.fields, **changes}
        given = {name: value for name, value in fields.items() if value is not None and value is not False}
        return self.site.post(self.address, given, follow=True)
