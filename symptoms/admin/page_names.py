"""What the access log calls the pages of the site, in the words of whoever reads it.

Kept are the names of the addresses, which say nothing to an auditor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

BESIDE_MODELS: Final[Mapping[str, Any]] = {
    "admin:index": _("Worklist"),
    "admin:autocomplete": _("Choice of a record"),
    "acknowledge_page": _("The link of a page"),
    "emergency": _("See a patient of another clinic"),
    "emergency_record": _("Record of a patient of another clinic"),
    "patient-export": _("everything about this patient, to save"),
}
"""Pages that belong to no model."""


def name_page(address: str) -> str:
    """The page with the address of this name; a page that is no more is called by that name itself."""
    if address in BESIDE_MODELS:
        return capfirst(str(BESIDE_MODELS[address]))
    model, act = _pages_of_models().get(address, (None, address))
    if model is None:
        return address
    one = capfirst(str(model._meta.verbose_name))
    if act == "changelist":
        return capfirst(str(model._meta.verbose_name_plural))
    if act == "change":
        return one
    return f"{one}: {gettext('Add') if act == 'add' else gettext('History') if act == 'history' else act}"


def name_record(record: str) -> str:
    """A record that is kept as model and id, with the model in words."""
    label, _space, key = record.partition(" ")
    try:
        return f"{capfirst(str(apps.get_model(label)._meta.verbose_name))} {key}"
    except (LookupError, ValueError):
        return record


@cache
def _pages_of_models() -> Mapping[str, tuple[type[Model], Any]]:
    """The name of every address of a model's pages, with the model and what is done there."""
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}": (model, act)
        for model, pages in admin.site._registry.items()
        for name, act in (*((one, one) for one in ("changelist", "change", "add", "history")), *_own_pages(pages))
    }


def _own_pages(pages: Any) -> Iterator[tuple[str, Any]]:
    """What a model's pages have beside those of every model: acts, and what `page_names` of them names."""
    for name in (*pages.actions_list, *pages.actions_detail):
        yield name, getattr(pages, name).short_description
    yield from pages.page_names.items()
