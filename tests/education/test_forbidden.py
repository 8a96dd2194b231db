"""What no leaflet may say, in any language: no dose, no diagnosis, no "you are fine" (specification, section 5)."""

from __future__ import annotations

import pytest

from education.catalogue import Leaflet
from education.forbidden import forbidden_words
from tests.education.test_content import everything, leaflets

REFUSED = [
    ("en", "You are fine.", "You are fine"),
    ("en", "There is no need to worry.", "no need to worry"),
    ("en", "Take half the dose.", "dose"),
    ("en", "Take 5 mg a day.", "5 mg"),
    ("en", "Skip your tablets today.", "Skip your tablets"),
    ("en", "Then stop taking it.", "stop taking"),
    ("en", "You have an infection.", "You have an infection"),
    ("fr", "Tout va bien.", "Tout va bien"),
    ("fr", "Ne vous inquiétez pas.", "Ne vous inquiétez pas"),
    ("fr", "Prenez 5 mg.", "5 mg"),
    ("fr", "Arrêtez de prendre vos comprimés.", "Arrêtez de prendre"),
    ("fr", "Vous avez une infection.", "Vous avez une infection"),
    ("nl", "Alles is goed.", "Alles is goed"),
    ("nl", "Maak u geen zorgen.", "Maak u geen zorgen"),
    ("nl", "Sla vandaag de tabletten over.", "Sla vandaag de tabletten over"),
    ("nl", "De dosis is lager.", "dosis"),
    ("nl", "U hebt een longontsteking.", "U hebt een longontsteking"),
    ("de", "Alles ist in Ordnung.", "Alles ist in Ordnung"),
    ("de", "Machen Sie sich keine Sorgen.", "Machen Sie sich keine Sorgen"),
    ("de", "Setzen Sie Everolimus ab.", "Setzen Sie Everolimus ab"),
    ("de", "Die Dosis ist kleiner.", "Dosis"),
    ("de", "Sie haben eine Lungenentzündung.", "Sie haben eine Lungenentzündung"),
    ("es", "Todo está bien.", "Todo está bien"),
    ("es", "No se preocupe.", "No se preocupe"),
    ("es", "Deje de tomar las pastillas.", "Deje de tomar"),
    ("es", "Tome media pastilla.", "media pastilla"),
    ("es", "Tiene una infección.", "Tiene una infección"),
]


@pytest.mark.parametrize(("language", "text", "words"), REFUSED)
def test_what_is_forbidden_is_named_in_the_words_of_the_text(language: str, text: str, words: str) -> None:
    assert forbidden_words(language, text) == [words]


@pytest.mark.parametrize(
    "text", ["If you feel fine, come all the same.", "Do not skip a meal.", "He takes tablets less often."]
)
def test_words_that_only_look_alike_are_allowed(text: str) -> None:
    assert forbidden_words("en", text) == []


@leaflets
def test_what_ships_says_nothing_that_a_clinic_would_be_refused(leaflet: Leaflet) -> None:
    assert forbidden_words(leaflet.language, f"{leaflet.title}\n{everything(leaflet)}") == []
