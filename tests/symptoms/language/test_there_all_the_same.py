"""Sentences in which a complaint is there, and words beside it look as if they deny, ask, dread or end it.

The file has them by construction; whoever lowers what is understood has to leave all of them urgent.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symptoms.clinical.terms import RedFlag, Symptom
from tests.symptoms.language.measuring import SENTENCES
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, account, labels

DENIED_ALL_THE_SAME: list[tuple[str, str, set[Symptom]]] = [
    ("en", "so far I have never coughed", {COUGH}),
    ("en", "no change, still no cough", {COUGH}),
    ("en", "no cough, as before", {COUGH}),
    ("en", "apart from being tired I am fine, no cough", {COUGH}),
    ("en", "sores yes cough no short of breath no", {COUGH, DYSPNEA}),
    ("en", "I can't find any actual sores", {SORES}),
    ("fr", "je n'ai jamais eu d'aphtes jusqu'ici", {SORES}),
    ("fr", "pas de changement, toujours pas de toux", {COUGH}),
    ("fr", "je ne tousse ni ne m'essouffle", {COUGH, DYSPNEA}),
    ("nl", "nooit echt kortademig geweest", {DYSPNEA}),
    ("nl", "hoesten of kortademigheid, nee", {COUGH, DYSPNEA}),
    ("nl", "van kortademigheid merk ik niks", {DYSPNEA}),
    ("de", "nie so richtig gehustet", {COUGH}),
    ("de", "Der Husten vom Februar ist weg", {COUGH}),
    ("en", "Had no cough this week, I would like to know if I can travel", {COUGH}),
    ("fr", "Sans toux aujourd'hui, j'aimerais savoir si je peux voyager", {COUGH}),
    ("nl", "had geen hoest, zou graag weten of ik mag reizen", {COUGH}),
    ("de", "hatte keinen Husten, würde gern wissen ob ich reisen darf", {COUGH}),
    ("de", "keine Aphthen mehr, alles weg", {SORES}),
    ("de", "husten nein bläschen im mund auch nein", {COUGH, SORES}),
    ("es", "sin cambios, sigo sin tos", {COUGH}),
    ("es", "de tos o falta de aire, nada", {COUGH, DYSPNEA}),
    ("de", "bis heute kein Husten", {COUGH}),
    ("es", "hasta ahora sin tos", {COUGH}),
    ("en", "I haven't coughed in years", {COUGH}),
    ("fr", "pas une fois je n'ai toussé", {COUGH}),
    ("nl", "niet één keer gehoest", {COUGH}),
    ("en", "I feel fine without the cough", {COUGH}),
    ("de", "ich rauche nicht und huste nicht", {COUGH}),
    ("en", "no bad cough", {COUGH}),
    ("en", "fever yes cough no", {COUGH}),
]


def _sentences() -> Iterator[tuple[str, str]]:
    for line in (SENTENCES / "there_all_the_same.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, _, text = line.partition(" ")
            yield language, text


def test_what_only_looks_denied_is_urgent() -> None:
    sentences = list(_sentences())

    assert len(sentences) > 700
    assert [(language, text) for language, text in sentences if not labels(language, text)["urgent_by_review"]] == []


@pytest.mark.parametrize(("language", "text", "denied"), DENIED_ALL_THE_SAME)
def test_what_is_denied_in_like_words_is_absent(language: str, text: str, denied: set[Symptom]) -> None:
    found = account(language, text)

    assert denied <= found.absent
    assert denied.isdisjoint(found.present)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I didn't have a cough last week"),
        ("fr", "je ne toussais pas la semaine dernière"),
        ("nl", "vorige week hoestte ik niet"),
        ("de", "letzte Woche habe ich nicht gehustet"),
        ("es", "la semana pasada no tosía"),
    ],
)
def test_what_was_not_there_last_week_is_not_said_to_be_absent_now(language: str, text: str) -> None:
    assert COUGH not in account(language, text).absent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm scared of ending up short of breath like the lady"),
        ("fr", "j'ai peur de finir par manquer d'air comme ma voisine"),
        ("nl", "doodsbang om kortademig te worden"),
        ("de", "Angst davor, kurzatmig zu werden"),
        ("es", "me da pánico acabar con tos"),
    ],
)
def test_what_is_dreaded_to_come_is_not_there(language: str, text: str) -> None:
    assert {COUGH, DYSPNEA}.isdisjoint(account(language, text).present)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one cheek has healed, the other is raw"),
        ("fr", "une joue est guérie, l'autre est à vif"),
        ("nl", "de ene wang is genezen, de andere ligt open"),
        ("es", "una mejilla ya curó, la otra está en carne viva"),
    ],
)
def test_the_cheek_that_has_not_healed_is_sore(language: str, text: str) -> None:
    assert SORES in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hope I don't start coughing too"),
        ("fr", "pourvu que je ne me mette pas à tousser"),
        ("nl", "hopelijk begin ik niet te hoesten"),
        ("de", "Hoffentlich fang ich nicht auch noch an zu husten"),
        ("es", "ojalá no me dé tos"),
    ],
)
def test_what_is_only_hoped_not_to_come_is_neither_there_nor_absent(language: str, text: str) -> None:
    found = account(language, text)

    assert COUGH not in found.absent | found.present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I've nothing with my breathing"),
        ("fr", "avec la respiration je n'ai rien"),
        ("nl", "met mijn adem heb ik niets"),
        ("de", "mit dem Atmen habe ich nichts"),
        ("de", "mit der Luft hab ich nichts"),
        ("es", "con la respiración no tengo nada"),
    ],
)
def test_who_has_nothing_with_their_breath_is_not_breathless(language: str, text: str) -> None:
    assert DYSPNEA not in account(language, text).present
    assert not labels(language, text)["emergency"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't have sores on my gums, only on my cheek"),
        ("fr", "pas d'aphtes sur les gencives, seulement dans la joue"),
        ("nl", "geen aften op mijn tandvlees, alleen in mijn wang"),
        ("nl", "de meeste zweertjes zijn weg, alleen die op mijn tong zijn over"),
        ("de", "keine Aphthen am Zahnfleisch, nur an der Wange"),
        ("es", "no tengo llagas en las encías, solo en la mejilla"),
        ("de", "die Spülung hat die Aphthen nicht weggebracht"),
        ("de", "die Aphthen sind nicht von gestern"),
        ("en", "not one ulcer has healed in a week"),
        ("nl", "geen enkele aft is in een week genezen"),
        ("de", "keine einzige Aphthe ist seit einer Woche verheilt"),
        ("es", "ni una llaga se ha curado en una semana"),
        ("en", "nothing on my lip any more, on my tongue still"),
        ("fr", "plus rien sur la lèvre, sur la langue oui encore"),
        ("nl", "op mijn lip niets meer, op mijn tong nog wel"),
        ("de", "auf der Lippe nichts mehr, auf der Zunge schon noch"),
        ("es", "en el labio ya nada, en la lengua todavía sí"),
    ],
)
def test_sores_of_which_a_place_a_day_or_a_cure_is_denied_are_there(language: str, text: str) -> None:
    assert SORES in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "there was no blood yesterday, today I coughed some up"),
        ("fr", "hier pas de sang, aujourd'hui j'en crache en toussant"),
        ("nl", "gisteren geen bloed, vandaag hoest ik het op"),
        ("de", "gestern kein Blut, heute huste ich welches"),
    ],
)
def test_blood_that_is_brought_up_today_is_told_without_its_name(language: str, text: str) -> None:
    assert RedFlag.COUGHING_BLOOD in account(language, text).red_flags


@pytest.mark.parametrize(
    ("language", "text", "gone"),
    [
        ("en", "I had a cough, not any more", COUGH),
        ("fr", "j'avais de la toux, plus depuis des mois", COUGH),
        ("nl", "ik had een hoest, nu niet meer", COUGH),
        ("nl", "de zweertjes op mijn tong zijn over", SORES),
        ("de", "ich hatte Husten, jetzt nicht mehr", COUGH),
        ("es", "tenía tos, ya no tengo", COUGH),
        ("es", "tuve tos, ahora ya no la tengo", COUGH),
        ("es", "tos, no sufro", COUGH),
        ("es", "mi boca no tiene nada", SORES),
        ("en", "the cough is gone and now my appetite is back", COUGH),
        ("nl", "de hoest is weg en ik ben er weer", COUGH),
        ("nl", "de hoest is weg, op mijn lip ook niets meer", COUGH),
        ("de", "der Husten ist weg, jetzt geht es wieder gut", COUGH),
        ("de", "das Fieber ist weg, Husten keiner", COUGH),
        ("es", "la fiebre se fue y de tos nada", COUGH),
        ("en", "I told you I had a cough, it is gone, no doubt", COUGH),
        ("en", "I thought I had a cough but no", COUGH),
        ("es", "pensaba que tenía tos pero no", COUGH),
        ("nl", "ik dacht dat ik moest hoesten maar nee", COUGH),
    ],
)
def test_what_is_so_no_longer_is_absent(language: str, text: str, gone: Symptom) -> None:
    assert gone in account(language, text).absent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Brot geht wieder"),
        ("nl", "eten lukt weer"),
        ("fr", "le pain passe sans problème"),
        ("es", "el pan me pasa bien"),
    ],
)
def test_food_that_goes_down_again_is_no_trouble(language: str, text: str) -> None:
    assert labels(language, text)["eating_impaired"] == "no"
