"""What the shipped leaflets say, and what they must never say (section 5 of the clinical specification)."""

from __future__ import annotations

import re

import pytest

from education.catalogue import Leaflet, shipped_leaflets
from education.checks import check_leaflets, find_problems
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Problem, Urgency
from tests.education.test_catalogue import make_leaflet

ENGLISH = [leaflet for leaflet in shipped_leaflets().values() if leaflet.language == "en"]
HARDEST_GRADE = 6.0
"""A 12-year-old's reading, by the formula of Flesch and Kincaid."""

ABOUT_THE_DOSE = re.compile(
    r"\b(dos(e|es|age|ing)|mg|milligrams?|half a tablet|stop taking|skip|pause|fewer)\b", re.IGNORECASE
)
DIAGNOSES = re.compile(
    r"\b(pneumonitis|pneumonia|stomatitis|mucositis|thrombosis|sepsis|you have an? infection)\b", re.IGNORECASE
)

leaflets = pytest.mark.parametrize("leaflet", ENGLISH, ids=lambda leaflet: leaflet.slug)


def plain(leaflet: Leaflet) -> str:
    return re.sub(r"[*#]|^\s*(-|\d\.) ", "", leaflet.body, flags=re.MULTILINE)


def reading_grade(text: str) -> float:
    """The school grade of a text; each line of a list counts as a sentence."""
    sentences = [one for one in re.split(r"[.!?:]\s|\n+", text) if re.search("[a-z]", one, re.IGNORECASE)]
    words = re.findall(r"[a-z]+", text, re.IGNORECASE)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_the_first_leaflets_are_there() -> None:
    assert {leaflet.slug for leaflet in ENGLISH} >= {
        "starting-everolimus",
        "your-mouth",
        "your-lungs",
        "fever-and-infections",
        "reaching-us",
        "day-15-visit",
    }


@leaflets
def test_a_leaflet_says_whom_to_call(leaflet: Leaflet) -> None:
    assert re.search(r"call your clinic", leaflet.body, re.IGNORECASE)


@leaflets
def test_a_leaflet_says_nothing_about_the_dose_and_diagnoses_nothing(leaflet: Leaflet) -> None:
    assert ABOUT_THE_DOSE.findall(leaflet.body) == []
    assert DIAGNOSES.findall(leaflet.body) == []
    assert "you are fine" not in leaflet.body.lower()


@leaflets
def test_a_leaflet_can_be_read_by_a_twelve_year_old(leaflet: Leaflet) -> None:
    text = plain(leaflet)
    assert reading_grade(text) <= HARDEST_GRADE
    longest = max(re.split(r"[.!?:]\s|\n+", text), key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 24, longest


def test_who_reaches_us_knows_that_nobody_watches_around_the_clock() -> None:
    for slug in ("starting-everolimus", "reaching-us"):
        body = shipped_leaflets()[slug, "en"].body
        assert "Nobody watches the app around the clock" in body
        assert "emergency number" in body


@pytest.mark.source("S-10", "S-05", "S-11")
def test_the_mouth_leaflet_holds_what_the_review_and_the_label_ask_for() -> None:
    body = shipped_leaflets()["your-mouth", "en"].body
    for words in ("without alcohol, peroxide, iodine or thyme", "soft brush", "spicy, sour or hot", "Drink enough"):
        assert words in body
    for threshold in ("more than three", "more than three days", "eat, drink or take your tablets", "mouth bath"):
        assert threshold in body


@pytest.mark.source("S-15", "S-16", "S-17")
def test_the_lung_leaflet_holds_what_the_review_asks_for() -> None:
    body = shipped_leaflets()["your-lungs", "en"].body
    for words in ("new cough", "short of breath", "at any time", "scan of your chest", "at once"):
        assert words in body


def test_the_fever_leaflet_names_the_limits_of_the_rule() -> None:
    body = shipped_leaflets()["fever-and-infections", "en"].body
    for limit in ("38.0 °C (100.4 °F) or more", "less than 36.0 °C (96.8 °F)", "no thermometer"):
        assert limit in body


def test_every_problem_of_a_patient_has_a_leaflet() -> None:
    taught = {rule for leaflet in ENGLISH for rule in leaflet.rules}
    problems = {Problem.MOUTH, Problem.RESPIRATORY, Problem.INFECTION, Problem.OTHER}
    for problem in problems:
        assert taught & {rule.id for rule in CURRENT.rules if rule.problem is problem}, problem
    emergencies = {rule.id for rule in CURRENT.rules if rule.urgency is Urgency.EMERGENCY}
    assert not taught & emergencies, "whoever is in danger gets a number, not a leaflet"


def test_what_ships_passes_the_start_up_check() -> None:
    assert check_leaflets(None) == []


@pytest.mark.parametrize(
    ("leaflet", "words"),
    [
        (make_leaflet("a", "nl"), "no English text"),
        (make_leaflet("a", "en", "MOUTH-NEVER"), "no rule MOUTH-NEVER"),
        (make_leaflet("a", "it"), "language it"),
    ],
)
def test_the_start_up_check_says_what_is_wrong(leaflet: tuple[tuple[str, str], Leaflet], words: str) -> None:
    assert any(words in str(problem.msg) for problem in find_problems(dict([leaflet])))


def test_a_translation_goes_with_the_same_findings() -> None:
    catalogue = dict([make_leaflet("a", "en", "FEVER"), make_leaflet("a", "nl")])
    assert [problem.id for problem in find_problems(catalogue)] == ["education.E003"]
