"""Prints which rule, place in the code, leaflet and test stands for each statement of the source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from symptoms.traceability import missing_legs, trace_rules, trace_statements


class Command(BaseCommand):
    help = (
        "Print the matrix of source statements, rules, other places, leaflets and tests. Exit status 1 when a leg "
        "is missing: a statement without a place or a reason, a rule without a source or a test, an unknown tag."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", type=Path, default=Path(settings.BASE_DIR), help="the project's folder")

    def handle(self, *args: Any, root: Path, **options: Any) -> None:
        if not (root / "tests").is_dir():
            raise CommandError(f"There are no tests below {root}; use --root.")
        statements = trace_statements(root)
        rules = trace_rules(root)
        self.stdout.write("| statement | rules | places | leaflets | tests |\n|---|---|---|---|---|")
        for one in statements:
            places = ", ".join(one.places) or one.reason
            cells = (one.tag, ", ".join(one.rules), places, ", ".join(one.leaflets), ", ".join(one.tests))
            self.stdout.write(f"| {' | '.join(cells)} |")
        self.stdout.write("\n| rule | sources | tests |\n|---|---|---|")
        for rule in rules:
            self.stdout.write(f"| {rule.id} | {', '.join(rule.sources)} | {', '.join(rule.tests)} |")
        if missing := missing_legs(statements, rules):
            raise CommandError("\n".join(missing))
