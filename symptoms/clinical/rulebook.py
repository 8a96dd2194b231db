"""The rules as a document for clinicians and auditors."""

from __future__ import annotations

from collections.abc import Iterator

from symptoms.clinical.rules import PASSAGES, SOURCES, Rule
from symptoms.clinical.rulesets import Ruleset
from symptoms.clinical.source import STATEMENTS


def render_rulebook(ruleset: Ruleset) -> str:
    """The ruleset as Markdown: every rule with its conditions, urgency, questions and sources."""
    return "\n".join(_lines(ruleset)) + "\n"


def _lines(ruleset: Ruleset) -> Iterator[str]:
    yield f"# Rules, {ruleset.version}"
    yield ""
    yield f"{ruleset.title}. Made by `manage.py render_rules`; do not edit."
    yield ""
    if ruleset.effective_from:
        yield f"In force from {ruleset.effective_from}. Each clinic approves the exact text, by its hash, in the site."
    else:
        yield "For comparison only; never in force."
    yield ""
    yield "The urgency of a report is the highest of its findings: none, self-care, routine, urgent, emergency."
    yield "An answer that is unknown counts as the worse one; only a stated value lowers urgency."
    yield ""
    yield "| rule | fires when | urgency | alert | questions | source |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(rule) for rule in ruleset.rules)
    yield ""
    yield "## Sources"
    yield ""
    tags = sorted({tag for rule in ruleset.rules for tag in rule.sources})
    for tag in tags:
        yield f"- {tag}: {STATEMENTS[tag].text if tag in STATEMENTS else SOURCES[tag]}"
        yield from (
            f"  - `{rule.id}`: {PASSAGES[tag, rule.id]}" for rule in ruleset.rules if (tag, rule.id) in PASSAGES
        )


def _row(rule: Rule) -> str:
    slots = "all" if len(rule.slots) > 10 else ", ".join(rule.slots) or "findings"
    cells = (f"`{rule.id}`", rule.text, rule.urgency.code, rule.problem.value, slots, ", ".join(rule.sources))
    return f"| {' | '.join(cells)} |"
