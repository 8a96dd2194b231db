"""Gives the fields of the sign-in pages the look of the rest of the site."""

from __future__ import annotations

from typing import Final

from django import template
from django.forms import BoundField
from unfold.widgets import INPUT_CLASSES

register = template.Library()
CLASSES: Final = " ".join(INPUT_CLASSES)


@register.filter
def dressed(field: BoundField) -> BoundField:
    """The field, with the classes of the site's own inputs."""
    if field.field.widget.input_type != "checkbox":
        field.field.widget.attrs["class"] = CLASSES
    return field


@register.filter
def in_halves(code: str) -> str:
    """A recovery code in two groups, as it is written down, and may be typed."""
    middle = len(code) // 2
    return f"{code[:middle]} {code[middle:]}"


@register.simple_tag
def input_classes() -> str:
    """The classes of the site's own inputs."""
    return CLASSES
