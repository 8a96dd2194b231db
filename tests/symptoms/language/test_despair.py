"""Who may hurt themselves is heard: by name, as the end that they want, as tablets kept for it or taken by the box."""

from __future__ import annotations

import pytest

from tests.symptoms.language.reading import understood

DESPAIR = [
    ("en", "I've been saving up my pills and thinking of taking them all"),
    ("en", "I have kept enough pills to end this"),
    ("en", "thinking about ending it all"),
    ("en", "I hope I go to sleep tonight and don't wake up"),
    ("en", "what's the point of going on"),
    ("en", "I can't go on"),
    ("fr", "je garde mes comprimés pour tous les avaler d'un coup"),
    ("fr", "je mets mes comprimés de côté"),
    ("fr", "à quoi bon continuer"),
    ("fr", "j'espère ne pas me réveiller demain"),
    ("nl", "ik spaar mijn pillen op"),
    ("nl", "ik denk eraan alle pillen in één keer in te nemen"),
    ("nl", "ik hoop dat ik niet meer wakker word"),
    ("nl", "waar doe ik het nog voor"),
    ("nl", "ik wil niet meer"),
    ("de", "ich hebe meine Tabletten auf, um sie alle auf einmal zu nehmen"),
    ("de", "ich mag nicht mehr"),
    ("de", "ich mag nicht mehr leben"),
    ("de", "wozu noch weitermachen"),
    ("de", "ich hoffe, dass ich morgen nicht mehr aufwache"),
    ("es", "ya no puedo más con mi vida"),
    ("es", "estoy guardando las pastillas para tomármelas todas"),
    ("es", "estoy pensando en tomarme todas las pastillas de golpe"),
    ("es", "ojalá no despierte mañana"),
    ("es", "para qué seguir"),
]
TAKEN = [
    ("en", "I have taken all my tablets, the whole box"),
    ("en", "I took the whole box"),
    ("en", "she swallowed the entire bottle of pills"),
    ("fr", "j'ai avalé toute la boîte de comprimés"),
    ("fr", "j'ai pris toute la plaquette"),
    ("nl", "ik heb alle pillen in een keer ingenomen"),
    ("nl", "ik heb de hele doos pillen ingenomen"),
    ("nl", "ik heb de hele strip geslikt"),
    ("de", "ich habe die ganze Packung Tabletten geschluckt"),
    ("de", "ich hab die ganze Schachtel genommen"),
    ("es", "me he tomado toda la caja de pastillas"),
    ("es", "me tomé el frasco entero de pastillas"),
]
OTHERWISE = [
    ("en", "I take my tablet every morning"),
    ("en", "I keep my tablets in the fridge"),
    ("en", "I have taken all my tablets this week"),
    ("en", "I took the whole box of tissues"),
    ("en", "I was suicidal ten years ago"),
    ("en", "I have enough tablets until my visit"),
    ("en", "I have two mouth sores since yesterday"),
    ("en", "I sleep well and don't wake up"),
    ("en", "the cough doesn't wake me up"),
    ("en", "I need a new box of tablets"),
    ("fr", "je garde mes comprimés au frigo"),
    ("fr", "je tousse toute la nuit"),
    ("nl", "ik hoest niet meer"),
    ("nl", "mijn vriendin met hetzelfde medicijn heeft zweren, ik blijf ervan gespaard"),
    ("nl", "ik wil niet meer eten"),
    ("de", "ich mag nicht mehr essen"),
    ("de", "der Husten will nicht mehr aufhören"),
    ("de", "ich wache nachts nicht auf"),
    ("es", "tomo la pastilla todos los días"),
    ("es", "no puedo más con la tos"),
]


@pytest.mark.parametrize(("language", "text"), DESPAIR)
def test_the_wish_to_die_is_heard(language: str, text: str) -> None:
    assert understood(language, text).self_harm


@pytest.mark.parametrize(("language", "text"), TAKEN)
def test_a_box_of_tablets_that_was_taken_is_heard_as_self_harm(language: str, text: str) -> None:
    assert understood(language, text).self_harm


@pytest.mark.parametrize(("language", "text"), OTHERWISE)
def test_other_words_of_tablets_sleep_and_having_enough_are_not(language: str, text: str) -> None:
    assert not understood(language, text).self_harm
