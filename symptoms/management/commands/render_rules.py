"""Writes docs/clinical/rules.md, or says whether it is current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from symptoms.clinical.rulebook import render_rulebook
from symptoms.clinical.rulesets import CURRENT, RULESETS


class Command(BaseCommand):
    help = "Write the rules in force as Markdown to docs/clinical/rules.md; --check only compares."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ruleset", choices=sorted(RULESETS), default=CURRENT.version)
        parser.add_argument("--output", type=Path, default=Path(settings.BASE_DIR) / "docs" / "clinical" / "rules.md")
        parser.add_argument("--check", action="store_true", help="exit with 1 when the file is not current")

    def handle(self, *args: Any, ruleset: str, output: Path, check: bool, **options: Any) -> None:
        rulebook = render_rulebook(RULESETS[ruleset])
        if check:
            if not output.exists() or output.read_text() != rulebook:
                raise CommandError(f"{output} is not current; run manage.py render_rules.")
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(rulebook)
        self.stdout.write(f"{output}: {len(RULESETS[ruleset].rules)} rules")
