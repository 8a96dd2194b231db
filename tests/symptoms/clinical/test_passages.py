"""Each source of each rule is cited with the passage on which the rule rests."""

from __future__ import annotations

import re

import pytest

from symptoms.clinical.rules import PASSAGES, RULES, SOURCES, Rule
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS


def test_every_source_beside_the_review_has_a_passage_for_its_rule_and_none_is_left_over() -> None:
    cited = {(tag, rule.id) for rule in RULES for tag in rule.sources if tag not in STATEMENTS}
    assert cited == set(PASSAGES)
    assert {tag for tag, _ in PASSAGES} == set(SOURCES)


@pytest.mark.parametrize("words", PASSAGES.values())
def test_a_passage_is_a_sentence_and_no_title(words: str) -> None:
    assert re.fullmatch(r"[A-Z].+\.", words)
    assert words not in SOURCES.values()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_first_what_is_met(rule: Rule) -> None:
    """Not with another rule: whoever reads it need not know the table."""
    assert re.match(r"[A-Z][a-z]", rule.text)
    assert rule.text.endswith(".")
    assert len(rule.text) < 300


def test_a_chest_that_hurts_with_something_else_reads_as_it_is_met() -> None:
    text = CURRENT.by_id["RED-CHEST"].text
    assert text.startswith("Chest pain or tightness, together with cough, breathlessness or coughed blood")
