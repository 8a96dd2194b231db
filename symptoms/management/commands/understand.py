"""Labels a file of typed sentences with what is understood of them, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from symptoms import jsonl
from symptoms.language.lines import label_record


class Command(BaseCommand):
    help = (
        "Understand sentences: one JSON object per line of IN (id, lang, text; today if wanted, from which weekdays "
        "are counted), one line with the labels of each in OUT."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        jsonl.add_arguments(parser)

    def handle(self, *args: Any, input: Path, output: Path, **options: Any) -> None:  # noqa: A002  (named in --help)
        jsonl.convert_file(input, output, label_record)
