"""A denial that the next words gainsay, an "if" that they confirm; and words that only look like either."""

from __future__ import annotations

import pytest

from symptoms.clinical.terms import Symptom
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, account

GAINSAID: list[tuple[str, str, Symptom]] = [
    ("en", "Dr said I've no cough. Well I have, a proper barking one, 2 weeks", COUGH),
    ("en", "No cough?? Yeah right. It's been going on since Sunday", COUGH),
    ("en", "They wrote down that I have no mouth sores, not true", SORES),
    ("en", "my notes say no shortness of breath but thats not right", DYSPNEA),
    ("fr", "le médecin dit que je ne tousse pas. Eh bien si", COUGH),
    ("fr", "dans le dossier il est écrit que je ne tousse pas. C'est faux, ça fait 10 jours", COUGH),
    ("nl", "In het dossier staat dat ik niet hoest. Klopt niet, al 10 dagen raak", COUGH),
    ("nl", "de dokter zegt dat ik niet kortademig ben. Nou, wel dus", DYSPNEA),
    ("de", "Kein Husten?? Von wegen. Seit 8. März geht das so", COUGH),
    ("de", "Der Arzt meint ich hab keine Atemnot. Doch, hab ich", DYSPNEA),
    ("es", "en el informe pone que no toso. Mentira, llevo diez días", COUGH),
    ("es", "el médico dice que no tengo llagas. Pues sí que las tengo", SORES),
]
CONFIRMED: list[tuple[str, str, Symptom]] = [
    ("en", "u said to say if i cough. well i do, for about a fortnight", COUGH),
    ("en", "Who says I don't cough? I do", COUGH),
    ("fr", "vous m'aviez dit de prévenir si je tousse. eh bien c'est le cas, depuis 15 jours", COUGH),
    ("nl", "u zei bellen als ik hoest. nou dat doe ik dus, al twee weken", COUGH),
    ("de", "Sie sagten, ich soll mich melden, wenn ich huste. Tja, das tu ich, seit zwei Wochen", COUGH),
    ("es", "me dijo que avisara si tosía. pues sí, desde hace dos semanas", COUGH),
]
NOT_SO: list[tuple[str, str, Symptom]] = [
    ("en", "No cough. I do have a headache", COUGH),
    ("en", "No mouth sores. Wrong number, sorry", SORES),
    ("en", "you said to call if I cough. I do not", COUGH),
    ("en", "if I cough I will call. I do walk every day", COUGH),
    ("en", "no sores. I have a question", SORES),
    ("fr", "pas de toux, si si je vous assure", COUGH),
    ("fr", "pas de toux. si j'en ai, je vous dirai", COUGH),
    ("nl", "geen zweertjes, dat klopt, is zo", SORES),
    ("nl", "geen hoest. wel hoofdpijn", COUGH),
    ("de", "Kein Husten, so ist es", COUGH),
    ("de", "kein Husten, doch müde bin ich", COUGH),
    ("es", "no tengo tos, así es", COUGH),
    ("es", "sin tos, que sí, que estoy bien", COUGH),
    ("en", "the doctor says he has no cough. Not true, my husband coughs all night", COUGH),
]


@pytest.mark.parametrize(("language", "text", "symptom"), [*GAINSAID, *CONFIRMED])
def test_what_is_gainsaid_or_confirmed_is_there(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).present


@pytest.mark.parametrize(("language", "text", "symptom"), NOT_SO)
def test_a_denial_that_nothing_gainsays_stays_one(language: str, text: str, symptom: Symptom) -> None:
    assert symptom not in account(language, text).present
