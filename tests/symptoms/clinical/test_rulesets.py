"""Rulesets are named, dated and hashed; the rulebook is current; every leg of the trace stands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.rulebook import render_rulebook
from symptoms.clinical.rulesets import CURRENT, DECIDING_MODULES, REVIEW_2014, RULESETS
from symptoms.clinical.terms import Urgency
from symptoms.clinical.triage import assess
from symptoms.traceability import missing_legs, trace_rules, trace_statements
from tests.symptoms.clinical.reports import MILD_COUGH, change
from tests.symptoms.clinical.test_consequences import TODAY

ROOT = Path(__file__).parents[3]
CLINICAL = ROOT / "symptoms" / "clinical"


def test_the_rulebook_is_current() -> None:
    assert (ROOT / "docs" / "clinical" / "rules.md").read_text() == render_rulebook(CURRENT)


def test_no_leg_of_the_trace_is_missing() -> None:
    assert missing_legs(trace_statements(ROOT), trace_rules(ROOT)) == []


def test_each_ruleset_has_a_hash_of_its_own_and_rules_of_one_name_each() -> None:
    assert len({ruleset.content_hash for ruleset in RULESETS.values()}) == len(RULESETS)
    for ruleset in RULESETS.values():
        assert len(ruleset.by_id) == len(ruleset.rules)
        assert all(rule.text and rule.sources for rule in ruleset.rules)


def test_the_hash_covers_every_module_that_decides() -> None:
    modules = {str(path.relative_to(CLINICAL).with_suffix("")) for path in CLINICAL.rglob("*.py")}
    do_not_decide = {
        "__init__", "rules/__init__", "actions", "check_ins", "consequences", "decision_support", "dosing", "lines",
        "ordering", "rulebook", "rulesets", "source", "worsening",
    }  # fmt: skip

    assert modules - do_not_decide == set(DECIDING_MODULES)


def test_the_review_alone_knows_only_its_own_thresholds() -> None:
    assert CURRENT.effective_from is not None
    assert REVIEW_2014.effective_from is None
    assert set(REVIEW_2014.by_id) == {
        "RESP-DYSPNEA", "RESP-COUGH", "MOUTH-COUNT", "MOUTH-DURATION", "MOUTH-INTAKE",
    }  # fmt: skip
    feverish = Facts(
        TODAY, True, change(MILD_COUGH, cough__severity=0, symptoms="none", fever__rigors="yes"), Baseline(), History()
    )
    assert assess(feverish).urgency == Urgency.URGENT
    assert assess(feverish, REVIEW_2014).urgency == Urgency.NONE


def test_the_rulebook_of_a_ruleset_for_comparison_says_that_it_is_never_in_force() -> None:
    assert "never in force" in render_rulebook(REVIEW_2014)


def test_facts_and_findings_survive_json() -> None:
    closed = MouthEpisode(date(2026, 3, 1), is_onset_known=True, closed_on=date(2026, 3, 5))
    still_open = MouthEpisode(date(2026, 3, 1), is_onset_known=False)
    for episode in (None, closed, still_open):
        facts = Facts(TODAY, False, dict(MILD_COUGH), Baseline(1, 2), History(0, 1, True, episode))

        assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts

    assert {"rule": "MOUTH-DURATION", "urgency": "urgent", "problem": "mouth"} in [
        finding.to_json() for finding in assess(facts).findings
    ]
    assert Urgency.from_code("self_care") is Urgency.SELF_CARE
