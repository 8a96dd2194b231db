"""`manage.py gather_words`: writes down what the site shows without saying so in its code, for translators."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from config.gathered_words import FILE, written


class Command(BaseCommand):
    """Names and help texts of fields, codes, and the rules' own words, into `config/words_to_translate.py`."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(written())
