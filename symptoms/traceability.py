"""From each statement of the source to what acts on it and to the tests that prove it.

Rules, leaflets and tests name their statements themselves: a rule in its `sources`, a leaflet in its front
matter, a test in `@pytest.mark.source("S-11")`. A rule's tests are those whose text names its id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from symptoms.clinical.rules import SOURCES
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS

TAG: Final = re.compile(r"S-[0-9]{2}")
MARK: Final = re.compile(r"pytest\.mark\.source\(([^)]*)\)")
FRONT_MATTER: Final = re.compile(r"\A(?:---|\+\+\+)\n(.*?)\n(?:---|\+\+\+)\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TracedStatement:
    """One statement with all that stands for it, by name."""

    tag: str
    rules: tuple[str, ...]
    places: tuple[str, ...]
    leaflets: tuple[str, ...]
    tests: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TracedRule:
    """One rule with its sources and the test files that name it."""

    id: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]


def trace_statements(root: Path) -> list[TracedStatement]:
    """Every statement of the source, in order."""
    marked = _marked_tests(root)
    rule_tests = {rule.id: rule.tests for rule in trace_rules(root)}
    leaflets = _leaflets(root)
    return [
        TracedStatement(
            tag=tag,
            rules=(rules := tuple(rule.id for rule in CURRENT.rules if tag in rule.sources)),
            places=statement.places,
            leaflets=tuple(sorted(leaflets.get(tag, ()))),
            tests=tuple(sorted({*marked.get(tag, ()), *(test for rule in rules for test in rule_tests[rule])})),
            reason=statement.reason,
        )
        for tag, statement in STATEMENTS.items()
    ]


def trace_rules(root: Path) -> list[TracedRule]:
    """Every rule in force, in the order of the rule table."""
    texts = {path.stem: path.read_text() for path in (root / "tests" / "symptoms" / "clinical").glob("test_*.py")}
    return [
        TracedRule(rule.id, rule.sources, tuple(sorted(name for name, text in texts.items() if f'"{rule.id}"' in text)))
        for rule in CURRENT.rules
    ]


def missing_legs(statements: list[TracedStatement], rules: list[TracedRule]) -> list[str]:
    """What the matrix lacks, one sentence each; empty when it is whole."""
    missing = [f"{rule.id} has no test." for rule in rules if not rule.tests]
    missing += [f"{rule.id} has no source." for rule in rules if not rule.sources]
    missing += [
        f"{rule.id} cites {tag}, which is no known source."
        for rule in rules
        for tag in rule.sources
        if tag not in STATEMENTS and tag not in SOURCES
    ]
    for one in statements:
        is_acted_on = bool(one.rules or one.places or one.leaflets)
        if not is_acted_on and not one.reason:
            missing.append(f"{one.tag} is acted on nowhere, and there is no reason.")
        if is_acted_on and not one.tests:
            missing.append(f"{one.tag} has no test.")
        missing += [f"{one.tag} names {place}, which does not exist." for place in one.places if not _exists(place)]
    return missing


def _marked_tests(root: Path) -> dict[str, set[str]]:
    """The test files that carry the mark of each statement."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (root / "tests").rglob("test_*.py"):
        for mark in MARK.findall(path.read_text()):
            for tag in TAG.findall(mark):
                found[tag].add(path.stem)
    return found


def _leaflets(root: Path) -> dict[str, set[str]]:
    """The slugs of the leaflets whose front matter cites each statement."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (root / "education" / "content").glob("*.en.md"):
        if front := FRONT_MATTER.match(path.read_text()):
            for tag in TAG.findall(front[1]):
                found[tag].add(path.name.removesuffix(".en.md"))
    return found


def _exists(place: str) -> bool:
    """Whether a dotted name, a module's attribute, can be imported."""
    module, _, name = place.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False
