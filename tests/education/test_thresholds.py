"""Whoever reads one leaflet learns every urgent threshold of its subject, in every language."""

from __future__ import annotations

import pytest

from education.catalogue import Leaflet, shipped_leaflets
from education.checks import find_problems
from education.thresholds import calls_of, missing_thresholds, thresholds
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Urgency
from symptoms.models.fields import LANGUAGES
from tests.education.test_catalogue import make_leaflet
from tests.education.test_content import leaflets


@pytest.mark.source("S-11", "S-15", "S-24")
@leaflets
def test_a_leaflet_says_every_threshold_of_its_subject_where_it_says_when_to_call(leaflet: Leaflet) -> None:
    assert missing_thresholds(leaflet.slug, leaflet.language, calls_of(leaflet.body)) == []


def test_every_urgent_rule_is_told_in_a_leaflet() -> None:
    told = {rule for threshold in thresholds() for rule in threshold.rules}
    assert told == {rule.id for rule in CURRENT.rules if rule.urgency >= Urgency.URGENT}


def test_a_threshold_has_words_in_every_language_and_leaflets_that_exist() -> None:
    slugs = {slug for slug, _ in shipped_leaflets()}
    for threshold in thresholds():
        assert set(threshold.patterns) == {code for code, _ in LANGUAGES}, threshold.name
        assert threshold.leaflets, threshold.name
        assert set(threshold.leaflets) <= slugs, threshold.name


def test_who_helps_learns_every_threshold() -> None:
    assert [one.name for one in thresholds() if "for-carers" not in one.leaflets] == []


def test_a_threshold_that_is_not_said_is_named() -> None:
    body = "> - you have **more than three** sores\n> - they last for **more than three days**\n"
    assert missing_thresholds("your-mouth", "en", body) == [
        "softer or blander food because of the mouth",
        "eats, drinks or takes tablets less than usual",
        "a mouth that hurts badly, or gets in the way of daily life",
    ]
    assert missing_thresholds("day-15-visit", "en", "") == []


def test_soft_food_as_a_piece_of_advice_is_no_threshold() -> None:
    said = shipped_leaflets()["your-mouth", "en"].body
    assert "softer or blander food because of the mouth" in missing_thresholds("your-mouth", "en", "- soft food, soup")
    assert missing_thresholds("your-mouth", "en", said) == []


def test_a_leaflet_that_leaves_out_a_threshold_stops_the_start() -> None:
    found = [problem.msg for problem in find_problems(dict([make_leaflet("fever-and-infections", "en")]))]
    assert (
        "fever-and-infections.en.md: body: where it says when to call, it leaves out a temperature of 38.0 °C or more."
    ) in found
