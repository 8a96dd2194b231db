"""What a text denies, and what it does not."""

from __future__ import annotations

import pytest

from symptoms.clinical.terms import Symptom
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, account

DENIED: list[tuple[str, str, set[Symptom]]] = [
    ("de", "Husten nein Bläschen nein Luft gut", {COUGH, SORES, DYSPNEA}),
    ("en", "cough no sores no breathing fine", {COUGH, SORES, DYSPNEA}),
    ("fr", "toux non aphtes non souffle ok", {COUGH, SORES, DYSPNEA}),
    ("nl", "hoest nee blaasjes nee adem goed", {COUGH, SORES, DYSPNEA}),
    ("es", "tos no llagas no aire bien", {COUGH, SORES, DYSPNEA}),
    ("en", "the nurse told me about mouth sores, so far I have none", {SORES}),
    ("fr", "le docteur m'a parlé des aphtes, pour l'instant je n'en ai pas", {SORES}),
    ("nl", "de dokter zei dat ik op mondzweertjes moest letten, tot nu toe niks gezien", {SORES}),
    ("de", "Der Arzt meinte ich soll auf wunde Stellen achten, bisher hab ich keine", {SORES}),
    ("es", "la doctora me avisó de las llagas, de momento no me ha salido ninguna", {SORES}),
    ("de", "das stimmt nicht, ich habe keinen Husten", {COUGH}),
    ("de", "Luft und Husten: keine Probleme", {COUGH, DYSPNEA}),
    ("en", "tickly throat but no cough", {COUGH}),
    ("nl", "hoest? nee hoor allang over, was maar een verkoudheidje", {COUGH}),
    ("nl", "Zweren nee en kortademig ook nee", {SORES, DYSPNEA}),
    ("nl", "Ik ben van mijn hoest verlost en de lucht is ook terug", {COUGH, DYSPNEA}),
    ("en", "cough, sores: none of these", {COUGH, SORES}),
    ("de", "Husten, Atemnot: beides nein", {COUGH, DYSPNEA}),
    ("de", "eine Atemnot liegt nicht vor", {DYSPNEA}),
    ("de", "Husten und Atemnot kann ich verneinen", {COUGH, DYSPNEA}),
    ("de", "gehustet habe ich kein einziges Mal", {COUGH}),
    ("de", "Schnaufen geht guat", {DYSPNEA}),
    ("de", "seit Montag hustenfrei", {COUGH}),
    ("es", "tos, ahogo: ninguno de los dos", {COUGH, DYSPNEA}),
    ("es", "de respiración no tengo ningún problema", {DYSPNEA}),
    ("es", "boca limpia de llagas", {SORES}),
    ("de", "die Aphthen sind alle wieder verheilt", {SORES}),
    ("en", "I don't have a cough.", {COUGH}),
    ("en", "No cough, no mouth sores and not short of breath", {COUGH, SORES, DYSPNEA}),
    ("en", "no cough, breathlessness or ulcers", {COUGH, SORES, DYSPNEA}),
    ("en", "sores nil, cough nil", {SORES, COUGH}),
    ("en", "Cough? None. Sores? Gone.", {COUGH, SORES}),
    ("en", "cough: no", {COUGH}),
    ("en", "I don't have no sores", {SORES}),
    ("en", "no trouble breathing", {DYSPNEA}),
    ("en", "my mouth is clear today", {SORES}),
    ("en", "not one ulcer in my mouth", {SORES}),
    ("fr", "Je n'ai pas de toux.", {COUGH}),
    ("fr", "ni toux ni aphtes", {COUGH, SORES}),
    ("fr", "Toux : non. Aphtes : aucun.", {COUGH, SORES}),
    ("fr", "j'ai plus d'aphtes", {SORES}),
    ("fr", "aucun problème pour respirer", {DYSPNEA}),
    ("fr", "ma bouche est saine", {SORES}),
    ("nl", "Ik hoest niet.", {COUGH}),
    ("nl", "geen hoest, geen aften", {COUGH, SORES}),
    ("nl", "Hoesten: nee", {COUGH}),
    ("nl", "ik heb geen last van benauwdheid", {DYSPNEA}),
    ("nl", "mijn mond is gaaf", {SORES}),
    ("de", "Ich huste nicht.", {COUGH}),
    ("de", "kein Husten, keine Aphthen, keine Atemnot", {COUGH, SORES, DYSPNEA}),
    ("de", "weder Husten noch Aphthen", {COUGH, SORES}),
    ("de", "Husten: nein", {COUGH}),
    ("de", "Husten und Atemnot hab ich keine", {COUGH, DYSPNEA}),
    ("de", "der Mund ist heil", {SORES}),
    ("es", "No tengo tos.", {COUGH}),
    ("es", "sin tos, sin ahogo y sin llagas", {COUGH, DYSPNEA, SORES}),
    ("es", "ni tos ni aftas", {COUGH, SORES}),
    ("es", "tos no tengo", {COUGH}),
    ("es", "la boca está sana", {SORES}),
    ("fr", "Aphtes partis, toux aussi.", {SORES, COUGH}),
    ("fr", "la toux est passée", {COUGH}),
    ("nl", "Ik hoest niet meer en de trap gaat ook weer zonder hijgen", {COUGH, DYSPNEA}),
    ("es", "la tos se la pegué a mi mujer y a mí se me quitó", {COUGH}),
    ("nl", "Benauwd? Welnee.", {DYSPNEA}),
    ("fr", "Essoufflée, non plus", {DYSPNEA}),
    ("nl", "kortademig ben ik allerminst", {DYSPNEA}),
    ("de", "Atemnot? Weder im Sitzen noch auf der Treppe.", {DYSPNEA}),
    ("de", "seit Freitag abgeheilt, alle vier Aphthen", {SORES}),
    ("es", "no noto ahogo ni tos", {DYSPNEA, COUGH}),
    ("es", "la tos ya no la tengo", {COUGH}),
    ("de", "den Husten bin ich los", {COUGH}),
    ("nl", "het hoesten is sinds zondag verleden tijd", {COUGH}),
    ("en", "nope to coughing, nope to sores", {COUGH, SORES}),
    ("en", "all good no sores no cough breathing easy", {COUGH, SORES, DYSPNEA}),
    ("es", "todo bien ni llagas ni tos", {COUGH, SORES}),
    ("nl", "met hoest of aften heb ik geen last", {COUGH, SORES}),
    ("fr", "pas de gêne pour respirer", {DYSPNEA}),
    ("en", "mouth ulcers no / cough no / out of breath no", {SORES, COUGH, DYSPNEA}),
    ("en", "You asked about cough and ulcers. Neither, thankfully", {COUGH, SORES}),
    ("nl", "niks hoor, niet hoesten niet benauwd geen aften", {COUGH, DYSPNEA, SORES}),
    ("fr", "rien côté bronches", {DYSPNEA}),
    ("en", "that white patch was just toothpaste, no ulcers after all", {SORES}),
    ("nl", "drie keer per dag spoelen en er is niks in mijn mond", {SORES}),
    ("nl", "qua hoest niks te melden", {COUGH}),
    ("fr", "niveau toux, rien à signaler", {COUGH}),
    ("de", "von Husten kann keine Rede sein", {COUGH}),
]

NOT_DENIED: list[tuple[str, str, set[Symptom]]] = [
    ("nl", "Zweertje of niet, ik heb gisteren een entrecote weggewerkt", {SORES}),
    ("en", "no curry till these sores clear up", {SORES}),
    ("de", "Meinen Kaffee lass ich stehen, die Aphthen mögen ihn nicht", {SORES}),
    ("nl", "meer laat die blaar niet toe", {SORES}),
    ("nl", "hoest? nee alleen 's nachts", {COUGH}),
    ("nl", "verlost van mijn aften maar niet van mijn hoest", {COUGH}),
    ("nl", "Moet ik me zorgen maken over een hoest waar ik nu acht dagen mee rondloop?", {COUGH}),
    ("en", "cant even say my own address in 1 go im so out of breath", {DYSPNEA}),
    ("nl", "geen hoest behalve 's nachts", {COUGH}),
    ("fr", "pas d'aphtes sauf sur la langue", {SORES}),
    ("es", "no noto las llagas cuando como", {SORES}),
    ("es", "no noto mejoría de la tos", {COUGH}),
    ("es", "la tos no la aguanto", {COUGH}),
    ("en", "I can't say I don't cough", {COUGH}),
    ("en", "not only a cough", {COUGH}),
    ("en", "no lie, I have a cough", {COUGH}),
    ("en", "I cannot eat because of the mouth sores", {SORES}),
    ("en", "no fever but I cough", {COUGH}),
    ("fr", "je ne peux pas parler sans tousser", {COUGH}),
    ("fr", "la toux n'est pas grave", {COUGH}),
    ("fr", "une toux qui ne passe pas", {COUGH}),
    ("fr", "je respire pas bien", {DYSPNEA}),
    ("fr", "je n'ai plus que deux aphtes", {SORES}),
    ("en", "five ulcers have healed, two are left", {SORES}),
    ("en", "a cough that won't leave me alone", {COUGH}),
    ("nl", "ik heb aften en krijg alleen soep weg", {SORES}),
    ("fr", "j'ai plus de trois aphtes", {SORES}),
    ("fr", "pas de fièvre mais je tousse", {COUGH}),
    ("nl", "ik kan niet praten zonder te hoesten", {COUGH}),
    ("nl", "ik heb meer dan drie aften", {SORES}),
    ("nl", "geen koorts maar ik hoest", {COUGH}),
    ("de", "kein Gespräch ohne Husten", {COUGH}),
    ("de", "ich habe mehr als drei Aphthen", {SORES}),
    ("de", "kein Fieber, aber ich huste", {COUGH}),
    ("es", "no puedo hablar sin toser", {COUGH}),
    ("es", "tengo más de tres llagas", {SORES}),
    ("es", "sin fiebre pero toso", {COUGH}),
    ("es", "con esta tos mi marido se ha ido a dormir al sofá", {COUGH}),
    ("de", "der Husten hört einfach nicht auf", {COUGH}),
    ("en", "it's not that I don't cough, I do", {COUGH}),
    ("fr", "c'est pas que je tousse pas", {COUGH}),
    ("nl", "het is niet dat ik niet hoest", {COUGH}),
    ("de", "nicht dass ich nicht huste", {COUGH}),
    ("es", "no es que no tosa", {COUGH}),
    ("en", "cough no, breath yes", {DYSPNEA}),
    ("nl", "hoest nee. adem ja, vooral op de trap", {DYSPNEA}),
    ("en", "this ulcer refuses to heal", {SORES}),
    ("en", "one minute ok next minute no breath", {DYSPNEA}),
    ("de", "kann nicht richtig atmen und mach gar nichts dabei", {DYSPNEA}),
    ("nl", "er is die hoest maar over mijn adem geen klagen", {COUGH}),
    ("en", "Six days. Three ulcers. No improvement.", {SORES}),
    ("en", "dry cough, feeling fine", {COUGH}),
    ("en", "short of breath, nothing else to report", {DYSPNEA}),
    ("de", "Husten, sonst nichts zu melden", {COUGH}),
    ("fr", "toux sèche, rien d'autre à signaler", {COUGH}),
    ("nl", "benauwd, verder niks te melden", {DYSPNEA}),
    ("es", "tos seca, nada más que contar", {COUGH}),
    ("en", "The snot's gone, the cough hasn't.", {COUGH}),
    ("nl", "Snot is weg, hoest niet.", {COUGH}),
    ("es", "los mocos se fueron, la tos no", {COUGH}),
    ("en", "You asked about breathing: worse this week", {DYSPNEA}),
    ("de", "gestern konnte ich das Baby nicht hochtragen ohne zu verschnaufen", {DYSPNEA}),
    ("en", "my cough's gone down onto my chest", {COUGH}),
    ("es", "tengo la boca llena de llagas no puedo masticar nada", {SORES}),
    ("es", "tos no, es el aire el que me falla en las cuestas", {DYSPNEA}),
    ("en", "I'm breathing faster than I used to", {DYSPNEA}),
    ("nl", "zonder benauwd te worden kom ik de trap niet op", {DYSPNEA}),
    ("de", "es fällt mir schwer, tief einzuatmen", {DYSPNEA}),
    ("de", "komm kaum noch die Treppe hoch ohne zu schnaufen", {DYSPNEA}),
    ("de", "so viele Aphthen hatte ich noch nie", {SORES}),
]


@pytest.mark.parametrize(("language", "text", "denied"), DENIED)
def test_what_is_denied_is_absent(language: str, text: str, denied: set[Symptom]) -> None:
    read = account(language, text)

    assert read.absent == denied
    assert not read.present


@pytest.mark.parametrize(("language", "text", "present"), NOT_DENIED)
def test_a_denial_of_something_else_hides_nothing(language: str, text: str, present: set[Symptom]) -> None:
    assert account(language, text).present >= present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the sores are gone"),
        ("en", "my ulcers have healed"),
        ("fr", "les aphtes sont partis"),
        ("nl", "de aften zijn weg"),
        ("de", "die Aphthen sind verheilt"),
        ("es", "las llagas ya desaparecieron"),
        ("en", "two weeks ago I had four ulcers, now I have none"),
        ("fr", "Il y a deux semaines j'avais quatre aphtes, maintenant aucun"),
        ("es", "Hace dos semanas tenía cuatro llagas, ahora no tengo ninguna"),
    ],
)
def test_what_is_over_is_absent(language: str, text: str) -> None:
    assert account(language, text).absent == {SORES}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the sores are not gone yet"),
        ("en", "the ulcers are almost gone"),
        ("fr", "les aphtes ne sont pas partis"),
        ("nl", "de aften zijn nog niet weg"),
        ("de", "die Aphthen sind noch nicht weg"),
        ("es", "las llagas no se me quitan"),
        ("fr", "mes aphtes ne partent plus"),
        ("nl", "er komt geen eind aan die aften"),
        ("es", "esto de las llagas no se acaba nunca"),
        ("de", "die wunden Stellen im Mund verfolgen mich"),
        ("en", "the ulcer has gone a bit white"),
        ("en", "sores in my mouth, I've stopped drinking tea"),
        ("fr", "plus d'aphtes que lundi"),
        ("de", "Ich habe vier Aphthen, jetzt habe ich keine Ahnung"),
        ("en", "I have four ulcers, today I have taken none"),
        ("en", "I have four ulcers. The mouthwash is gone"),
        ("en", "I have four ulcers, my headache is gone"),
        ("en", "I have four ulcers, the lodger is gone"),
        ("de", "Ich habe vier Aphthen, die Schmerzen sind weg"),
        ("fr", "J'ai quatre aphtes, la douleur est partie"),
        ("nl", "Ik heb vier aften, de pijn is weg"),
        ("es", "Tengo cuatro llagas, el dolor se fue"),
        ("fr", "J'ai quatre aphtes. Le bain de bouche est fini"),
        ("nl", "Ik heb vier aften. De spoeling is op"),
        ("de", "Ich habe vier Aphthen. Die Spülung ist weg"),
        ("es", "Tengo cuatro llagas. El enjuague se acabó"),
        ("es", "Desde el viernes tengo unas aftas, y ya no tomo ensalada"),
    ],
)
def test_what_is_not_yet_over_is_present(language: str, text: str) -> None:
    assert account(language, text).present == {SORES}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'd be lying if I said I wasn't coughing"),
        ("fr", "je mentirais si je disais que je ne tousse pas"),
        ("nl", "ik zou liegen als ik zei dat ik niet hoest"),
        ("de", "Es ist nicht so, dass ich nicht huste"),
        ("de", "Dass ich nicht huste, kann ich leider nicht behaupten"),
        ("es", "mentiría si dijera que no toso"),
        ("en", "the cough went away but it's back"),
        ("fr", "la toux se calme mais n'est pas partie"),
        ("nl", "hoest was weg maar is weer terug"),
        ("de", "Husten war weg, aber jetzt ist er wieder da"),
        ("es", "la tos se fue pero ha vuelto"),
    ],
)
def test_a_denial_that_is_itself_denied_denies_nothing(language: str, text: str) -> None:
    said = account(language, text)

    assert said.present == {COUGH}
    assert not said.red_flags


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no more sores than yesterday, still the same two"),
        ("nl", "niet meer zweertjes dan gisteren, nog steeds die twee"),
        ("de", "nicht mehr Bläschen als gestern, immer noch die zwei"),
    ],
)
def test_no_more_than_before_is_no_denial(language: str, text: str) -> None:
    said = account(language, text)

    assert said.present == {SORES}
    assert said.count.value == 2
