"""Which language a text is written in."""

from __future__ import annotations

import pytest

from symptoms.language.fitting import fitting_language
from tests.symptoms.language.reading import COUGH, SORES, understood

TEXTS = [
    ("en", "I have had a cough since yesterday and my mouth hurts"),
    ("fr", "je tousse depuis hier et ma bouche me fait mal"),
    ("nl", "ik hoest sinds gisteren en mijn mond doet pijn"),
    ("de", "ich huste seit gestern und mein Mund tut weh"),
    ("es", "tengo tos desde ayer y me duele la boca"),
]


@pytest.mark.parametrize("given", ["en", "fr", "nl", "de", "es"])
@pytest.mark.parametrize(("written", "text"), TEXTS)
def test_the_language_of_a_text_is_found_whatever_the_patients(given: str, written: str, text: str) -> None:
    assert fitting_language(text, given) == written


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_a_text_that_fits_none_is_read_in_the_patients_language(language: str) -> None:
    assert fitting_language("xqzt", language) == language
    assert fitting_language("", language) == language


def test_a_patient_may_change_the_language_within_a_text() -> None:
    assert {COUGH, SORES} <= understood("en", "I have a bad cough. J'ai quatre aphtes dans la bouche.").present


def test_a_language_that_is_not_spoken_is_read_as_english() -> None:
    assert COUGH in understood("xx", "I have a cough").present
