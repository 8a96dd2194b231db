"""What is still there when something else has gone, what is there at all times, and what came back or is over."""

from __future__ import annotations

import pytest

from symptoms.clinical.terms import Symptom
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, account, labels

PRESENT: list[tuple[str, str, Symptom]] = [
    ("en", "For nine days now hardly an hour has gone by without me having to cough.", COUGH),
    ("nl", "Sinds februari ben ik geen dag zonder aften geweest, ook nu niet.", SORES),
    ("es", "ni un día sin llagas desde febrero, hoy tampoco", SORES),
    ("en", "The cough's gone, the sores haven't", SORES),
    ("fr", "La toux est partie, les aphtes non", SORES),
    ("de", "Die Atemnot ist weg, der Husten noch nicht", COUGH),
    ("fr", "La plaie que j'avais au palais s'est refermée, celle de la joue pas encore.", SORES),
    ("nl", "De aft op mijn tong is genezen, die op mijn lip niet", SORES),
    ("en", "hadn't coughed in weeks and then last night it started again", COUGH),
    ("de", "ich hatte wochenlang nicht gehustet und seit gestern geht es wieder los", COUGH),
    ("en", "If I'd known coffee would hurt my two ulcers like that I'd have skipped it", SORES),
    ("en", "that dry hack hasn't let up since my scan", COUGH),
    ("nl", "nog nooit slechter geademd", DYSPNEA),
]
LATELY = [
    ("en", "Hadn't had a mouth sore in months and then yesterday, bang, three at once.", 3),
    ("nl", "Ik had al maanden geen aften meer gehad en toen gisteren, bam, drie tegelijk", 3),
    ("es", "No había tenido llagas en semanas y esta mañana, zas, cuatro", 4),
]
NOT_THERE: list[tuple[str, str, Symptom]] = [
    ("es", "Nunca he respirado mejor.", DYSPNEA),
    ("fr", "je n'ai jamais aussi bien respiré", DYSPNEA),
    ("nl", "ik hoest of hijg ook niet", COUGH),
    ("de", "Vor dem Urlaub hatte ich noch Atemprobleme, jetzt nicht mehr.", DYSPNEA),
    ("fr", "J'en ai eu, des aphtes, l'été dernier, mais cette fois-ci ma bouche reste intacte.", SORES),
    ("en", "Not a single sore so far, and I'm on day 20 of the tablets.", SORES),
    ("en", "no cough for weeks and since yesterday I can sing again", COUGH),
]
STILL_URGENT = [
    ("nl", "ik hoest of hijg niet alleen overdag"),
    ("de", "Gestern hatte ich noch Husten wie immer, jetzt nicht mehr nur nachts"),
    ("es", "Nunca he respirado mejor que sentada, tumbada me ahogo"),
    ("en", "I never breathed worse"),
    ("en", "Apart from my usual smoker's cough, doubled since the tablets, all clear"),
    ("en", "Out of breath on the treadmill, as always, but on the stairs too now"),
]
EMERGENCIES = [
    ("en", "No air left on the stairs, and none in my chair either"),
    ("es", "me ahogo en la escalera, y también sentada"),
]


@pytest.mark.parametrize(("language", "text", "symptom"), PRESENT)
def test_what_has_not_gone_or_came_back_is_there(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).present


@pytest.mark.parametrize(("language", "text", "count"), LATELY)
def test_sores_that_came_after_a_time_with_none_are_counted(language: str, text: str, count: int) -> None:
    assert labels(language, text)["lesion_count"] == count


@pytest.mark.parametrize(("language", "text", "symptom"), NOT_THERE)
def test_what_is_denied_or_over_is_not_there(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).absent
    assert not labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(("language", "text"), STILL_URGENT)
def test_what_only_sounds_denied_or_over_stays_urgent(language: str, text: str) -> None:
    assert labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(("language", "text"), EMERGENCIES)
def test_breath_that_is_short_at_rest_too_is_an_emergency(language: str, text: str) -> None:
    assert labels(language, text)["emergency"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Comme d'habitude, ma toux de fumeuse au réveil, inchangée depuis des années, rien d'autre."),
        ("en", "Apart from the usual smoker's morning cough I've had for ages, exactly the same as ever, all clear."),
    ],
)
def test_a_smokers_cough_as_ever_is_there_and_not_urgent(language: str, text: str) -> None:
    said = labels(language, text)
    assert (said["cough"], said["urgent_by_review"]) == ("present", False)
