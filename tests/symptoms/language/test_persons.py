"""Persons whom no lexicon knows: grammar shows that a complaint is theirs, and the talk asks for whom it is written."""

from __future__ import annotations

import pytest

from symptoms.language import LexiconUnderstander
from symptoms.language.labels import label
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, TODAY, account

PERSONS = [
    ("en", "Aidan coughs his guts up every morning"),
    ("en", "our Kevin has a terrible cough"),
    ("en", "Mrs Okafor from the allotments is breathless walking to the gate"),
    ("en", "he snores and stops breathing, my Tom, so I'm up half the night"),
    ("fr", "Paulette et Marcel toussent tous les deux"),
    ("fr", "Mon Jeannot ronfle et s'arrête de respirer la nuit"),
    ("fr", "La petite tousse, je dois m'éloigner ?"),
    ("nl", "Kees hijgt als een paard"),
    ("nl", "mijn hulpje heeft een vreselijke hoest"),
    ("de", "Sandra schnauft wie eine Lok"),
    ("de", "Der Herr Yilmaz hustet den ganzen Tag"),
    ("es", "Mi Manolo ronca y se queda sin aire por las noches"),
    ("es", "mi vieja tose mucho"),
    ("es", "Pepe tiene la boca llena de llagas"),
    ("es", "a Lupita le salieron llagas en la boca"),
]

NO_PERSONS = [
    ("en", "Horrendous coughs all night long", COUGH),
    ("en", "The tickliest coughs come at dawn", COUGH),
    ("en", "Deffo gets breathless walking to the loo", DYSPNEA),
    ("en", "Genuinely can't catch my breath on the stairs", DYSPNEA),
    ("en", "Prednisolone has eased the cough a little", COUGH),
    ("en", "Hoovering gets me so out of breath", DYSPNEA),
    ("en", "My uvula has ulcers", SORES),
    ("en", "Mrs Patel, room 4, coughing since Monday", COUGH),
    ("fr", "Mon corps s'essouffle vite", DYSPNEA),
    ("fr", "Bibi tousse toute la nuit", COUGH),
    ("fr", "Constamment tousse, ça m'épuise", COUGH),
    ("nl", "Mijn kriebelige hoest is terug", COUGH),
    ("nl", "Mevrouw Jansen hier, hoest sinds gisteren", COUGH),
    ("nl", "Mijn lijf krijgt geen lucht", DYSPNEA),
    ("de", "Andauernd keucht meine Lunge", DYSPNEA),
    ("de", "Meine Wenigkeit schnauft beim Treppensteigen", DYSPNEA),
    ("es", "servidora tose desde el lunes", COUGH),
    ("es", "Le digo a mi Paco que me ahogo", DYSPNEA),
]

TAKEN_OVER = [
    ("en", "my husband coughs and so do I", COUGH),
    ("en", "my husband coughs, and now I", COUGH),
    ("en", "grandad here, can't get up the stairs without stopping for breath", DYSPNEA),
    ("fr", "mon mari tousse, et maintenant c'est mon tour", COUGH),
    ("fr", "le gamin court et sa mamie suffoque derrière, mamie c'est moi", DYSPNEA),
    ("nl", "mijn man hoest, en nu ik", COUGH),
    ("nl", "de buren kloppen op de muur vanwege mijn geblaf, hoest hoest", COUGH),
    ("de", "Hier schnauft eine alte Frau nach drei Stufen, nämlich ich", DYSPNEA),
    ("de", "Meine Enkelin fragt, warum Oma so hustet. Sie hat recht", COUGH),
    ("de", "Mein Mann sagt, der Husten klingt schlimm", COUGH),
    ("es", "mi hija tose y ahora me toca a mí", COUGH),
    ("es", "Al pobre de mi marido le asusta cómo me ahogo", DYSPNEA),
]


@pytest.mark.parametrize(("language", "text"), PERSONS)
def test_what_an_unknown_person_has_is_asked_about(language: str, text: str) -> None:
    found = LexiconUnderstander().understand(text, language=language, today=TODAY)

    assert not found.present
    assert found.may_be_by_carer


@pytest.mark.parametrize(("language", "text"), PERSONS)
def test_to_a_carer_the_person_is_the_patient(language: str, text: str) -> None:
    assert LexiconUnderstander().understand(text, language=language, today=TODAY, is_carer=True).present


@pytest.mark.parametrize(("language", "text", "symptom"), NO_PERSONS)
def test_an_unknown_word_before_a_complaint_is_not_always_a_person(language: str, text: str, symptom: str) -> None:
    assert symptom in account(language, text).present


@pytest.mark.parametrize(("language", "text", "symptom"), TAKEN_OVER)
def test_the_speaker_takes_over_what_others_have(language: str, text: str, symptom: str) -> None:
    assert symptom in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"), [("es", "Mi Manolo no puede respirar"), ("fr", "Mon Jeannot n'arrive plus à respirer")]
)
def test_who_cannot_breathe_now_is_in_danger_whoever_it_is(language: str, text: str) -> None:
    assert label(account(language, text))["emergency"]


def test_sores_that_others_have_are_not_suspected_of_the_speaker() -> None:
    assert label(account("en", "my sister has ulcers, she counted four"))["mouth_lesions"] == "not_mentioned"
    assert (
        label(account("en", "our Tracy had mouth ulcers last week, now mine are here: three of them"))["mouth_lesions"]
        == "present"
    )
