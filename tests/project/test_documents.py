"""The security and regulatory documents name tests, rules and versions that exist, and leave no rule out."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from config import env
from symptoms.clinical.rulesets import CURRENT

DOCS = env.BASE_DIR / "docs"
DOCUMENTS = ("security.md", "regulatory.md")


def existing_tests() -> set[str]:
    return {
        name
        for file in (env.BASE_DIR / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }


def locked_versions() -> dict[str, set[str]]:
    """By name; a library that has left the oldest Python behind is locked twice, once for each."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    locked = (env.BASE_DIR / "requirements.txt").read_text()
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", locked, re.MULTILINE):
        found[name.lower()].add(version)
    return found


def section(document: str, heading: str) -> str:
    _, _, after = (DOCS / document).read_text().partition(f"\n## {heading}")
    return after.partition("\n## ")[0]


def rows_of(text: str) -> list[list[str]]:
    """The cells of a Markdown table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", (DOCS / document).read_text()))

    assert len(named) > 30
    assert named - existing_tests() == set()


def test_every_threat_and_every_hazard_has_a_test() -> None:
    rows = rows_of(section("security.md", "Threats")) + rows_of(section("regulatory.md", "Hazards"))

    assert len(rows) > 40
    assert [row for row in rows if "`test_" not in row[-1]] == []


def test_every_rule_stands_against_a_hazard_and_no_other_is_named() -> None:
    named = {
        rule for row in rows_of(section("regulatory.md", "Hazards")) for rule in re.findall(r"`([A-Z0-9-]+)`", row[4])
    }

    assert named == set(CURRENT.by_id)


def test_software_of_others_is_listed_in_the_versions_that_are_locked() -> None:
    asked = (env.BASE_DIR / "requirements.in").read_text()
    wanted = {name.lower() for name in re.findall(r"^([\w.-]+)", asked, re.MULTILINE)}
    rows = rows_of(section("regulatory.md", "Software of unknown provenance"))
    listed = {row[0].lower(): set(re.sub(r"\(.*?\)", "", row[1]).replace(",", " ").split()) for row in rows}

    assert listed == {name: locked_versions()[name] for name in wanted}
