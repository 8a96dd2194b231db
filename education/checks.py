"""Refuses to start with leaflets that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from education.catalogue import FALLBACK, BrokenLeaflet, shipped_leaflets


@register
def check_leaflets(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every shipped leaflet is whole, and each has an English text to fall back on."""
    try:
        catalogue = shipped_leaflets()
    except BrokenLeaflet as error:
        return [Error(str(error), id="education.E001")]
    orphans = sorted({slug for slug, _ in catalogue if (slug, FALLBACK) not in catalogue})
    return [Error(f"The leaflet {slug} has no English text.", id="education.E002") for slug in orphans]
