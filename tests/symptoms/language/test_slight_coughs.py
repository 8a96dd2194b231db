"""Coughs that call for nobody, and those that only begin like them."""

from __future__ import annotations

import pytest

from tests.symptoms.language.reading import COUGH, account, labels

SLIGHT = [
    ("en", "Smokers cough same as its been for donkeys years, no sores, not short of breath"),
    ("fr", "Ma toux de fumeur, pareille depuis 1990, elle n'a pas bougé"),
    ("nl", "dat rokershoestje is al jaren precies eender. Geen zweren, niet benauwd"),
    ("de", "Raucherhusten hab ich seit der Lehre, is immer der gleiche geblieben"),
    ("fr", "j'ai toussé une seule fois ce matin, faut-il le signaler ?"),
    ("nl", "Heb vandaag 1 keer gehoest, dat telt zeker niet?"),
    ("en", "Coughed once after breakfast, that was it."),
    ("en", "bit of a tickle in my throat, coughed twice, probably the dust"),
    ("en", "two coughs this morning, nothing more"),
    ("fr", "J'ai toussé une fois ce matin, c'est tout."),
    ("nl", "kuchje gehad, 1 keer, meer was 't niet"),
    ("de", "Ein leichtes Kratzen, zwei-, dreimal gehüstelt, mehr war nicht."),
    ("de", "Zweimal habe ich heute kurz gehustet, sonst nichts."),
    ("es", "Habré tosido un par de veces en todo el día, y flojito."),
    ("en", "still got my smoker's cough, same as it's been for years, nothing new there"),
    ("fr", "Ma toux de fumeur n'a pas changé depuis des années."),
    ("nl", "mijn vaste rokershoestje, al jaren hetzelfde, niks bij gekomen"),
    ("de", "Raucherhusten wie eh und je, nix Neues"),
    ("es", "La tos de fumadora de toda la vida, igual que siempre."),
]

NOT_SLIGHT = [
    ("de", "Husten nur morgens, aber jeden Tag, bissel Schleim dabei"),
    ("en", "coughed twice, and both times blood"),
    ("en", "coughed twice every minute today"),
    ("en", "I coughed once, for twenty minutes."),
    ("en", "coughed three times in a row and had to sit on the floor"),
    ("en", "once I start coughing I cannot stop"),
    ("en", "smoker's cough as always, but worse since Monday"),
    ("en", "It is not my usual smoker's cough"),
    ("fr", "Je tousse deux fois plus qu'hier."),
    ("fr", "la toux de fumeuse de toujours, sauf qu'elle me réveille maintenant"),
    ("nl", "Gisteren twee keer gehoest, vandaag aan één stuk door."),
    ("nl", "de rokershoest van altijd is het niet"),
    ("de", "nur einmal gehustet, von acht bis zehn"),
    ("de", "Mein Raucherhusten ist nicht mehr wie immer."),
    ("es", "Tosí una vez y me duró una hora."),
    ("es", "tos de fumador de siempre, aunque ahora con flemas verdes"),
]

COUGHING = [
    ("nl", "Bij de kapper kon ik mijn hoofd niet stilhouden van het hoesten"),
    ("es", "Nadie me avisó de que iba a pasarme el día tosiendo así."),
    ("en", "I told you I wasn't coughing; that's no longer true."),
    ("es", "La otra vez dije que no tosía, y ya no es verdad."),
    ("de", "Huste ich mehr als im Februar? Ja, eindeutig."),
    ("de", "Wenn ich einmal huste, hör ich nicht mehr auf."),
]

NOT_COUGHING = [
    ("en", "The old boiler coughs and wheezes, the plumber comes on Friday."),
    ("fr", "La vieille chaudière tousse et siffle."),
    ("de", "Die Kaffeemaschine keucht und hustet."),
    ("es", "La lavadora resopla y tose, ya es vieja."),
    ("en", "nobody told me that everolimus can cause a cough"),
    ("es", "ayer tosí todo el día, hoy ni una vez"),
]


@pytest.mark.parametrize(("language", "text"), SLIGHT)
def test_a_cough_that_came_once_or_twice_or_is_a_smokers_as_ever_is_there_and_not_urgent(
    language: str, text: str
) -> None:
    assert labels(language, text)["cough"] == "present"
    assert not labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(("language", "text"), NOT_SLIGHT)
def test_a_cough_of_which_more_is_told_is_urgent(language: str, text: str) -> None:
    assert labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(("language", "text"), COUGHING)
def test_a_cough_is_heard_in_what_it_keeps_from_and_in_a_no_that_has_become_untrue(language: str, text: str) -> None:
    assert COUGH in account(language, text).present


@pytest.mark.parametrize(("language", "text"), NOT_COUGHING)
def test_what_machines_do_what_was_not_told_and_what_is_over_is_no_cough(language: str, text: str) -> None:
    assert COUGH not in account(language, text).present
