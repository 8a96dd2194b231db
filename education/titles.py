"""What a leaflet is called, in the language of whoever reads."""

from __future__ import annotations

from django.utils.translation import get_language

from education.catalogue import FALLBACK, find_leaflet, shipped_leaflets


def leaflet_title(slug: str) -> str:
    """The title of the product's leaflet; one that the product no longer has is called by its slug."""
    leaflet = find_leaflet(slug, (get_language() or FALLBACK)[:2], shipped_leaflets())
    return leaflet.title if leaflet else slug
