"""Judges a file of reports with the rules in force, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from symptoms import jsonl
from symptoms.clinical.lines import triage_record


class Command(BaseCommand):
    help = (
        "Judge reports: one JSON object per line of IN (id, now, answers; time_zone, final, baseline, history "
        "if wanted), one line with urgency, findings, grade and composites for each in OUT."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        jsonl.add_arguments(parser)

    def handle(self, *args: Any, input: Path, output: Path, **options: Any) -> None:  # noqa: A002  (named in --help)
        jsonl.convert_file(input, output, triage_record)
