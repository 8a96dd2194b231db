"""How templates write what tells people apart."""

from __future__ import annotations

from django import template

from symptoms.models.saying import write_birth

register = template.Library()
register.filter("birth", write_birth)
