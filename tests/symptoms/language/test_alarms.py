"""What no question asks for and cannot wait: a stroke, oxygen as it is measured, sugar far off, tablets taken twice."""

from __future__ import annotations

from datetime import date

import pytest

from symptoms.clinical.terms import Slot, Symptom, YesNo
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand
from symptoms.language import LexiconUnderstander

TODAY = date(2026, 11, 26)

CANNOT_WAIT = [
    ("en", "my oxygen is 86"), ("en", "saturation 88%"), ("en", "SpO2: 84"), ("en", "my sats dropped to 89"),
    ("en", "my face droops and I can't lift my arm"), ("en", "I think I'm having a stroke"),
    ("en", "my left side is weak"), ("en", "I can't move my leg"), ("en", "my sugar is very low"),
    ("en", "sugar is through the roof"), ("en", "I've been vomiting blood"), ("en", "I can't see out of one eye"),
    ("fr", "ma saturation est à 86"), ("fr", "j'ai le visage qui tombe"), ("fr", "je n'arrive plus à bouger le bras"),
    ("fr", "j'ai la bouche de travers"), ("fr", "je crois que je fais un AVC"), ("fr", "ma glycémie est très basse"),
    ("fr", "je fais une hypo"), ("fr", "j'ai du mal à articuler depuis une heure"), ("fr", "je vomis du sang"),
    ("nl", "zuurstof 85"), ("nl", "mijn mondhoek hangt"), ("nl", "mijn gezicht hangt scheef"),
    ("nl", "ik praat onduidelijk sinds een uur"), ("nl", "ik kan mijn arm niet meer bewegen"),
    ("nl", "ik denk dat ik een beroerte heb"), ("nl", "mijn suiker is veel te hoog"), ("nl", "ik heb een hypo"),
    ("de", "meine Sauerstoffsättigung ist 86"), ("de", "Sättigung 88%"), ("de", "mein Gesicht hängt"),
    ("de", "verwaschene Sprache seit einer Stunde"), ("de", "mein linker Arm ist gelähmt"),
    ("de", "ich glaube, ich habe einen Schlaganfall"), ("de", "mein Zucker ist sehr hoch"), ("de", "Unterzuckerung"),
    ("es", "mi saturación está en 86"), ("es", "se me cae la cara"), ("es", "tengo la boca torcida"),
    ("es", "hablo arrastrando las palabras"), ("es", "no puedo mover el brazo izquierdo"),
    ("es", "creo que me está dando un ictus"), ("es", "tengo el azúcar por las nubes"),
    ("en", "my nose won't stop bleeding"), ("fr", "je n'arrête pas de saigner du nez"),
    ("nl", "mijn neus blijft bloeden"), ("de", "die Nase hört nicht auf zu bluten"),
    ("es", "la nariz no para de sangrar"), ("en", "I took two tablets at once"),
    ("fr", "j'ai pris deux comprimés d'un coup"), ("nl", "ik heb gisteren twee pillen tegelijk genomen"),
    ("de", "ich habe zwei Tabletten auf einmal genommen"), ("es", "he tomado dos pastillas a la vez"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), CANNOT_WAIT)
def test_what_no_rule_judges_cannot_wait(language: str, words: str) -> None:
    found = LexiconUnderstander().understand(words, language=language, today=TODAY)
    assert Symptom.OTHER in found.present
    assert found.answers[Slot.OTHER_CAN_WAIT] == YesNo.NO


@pytest.mark.parametrize("words", ["mijn saturatie is 86", "mijn zuurstofgehalte is 86"])
def test_a_reading_that_is_known_to_be_of_breath_is_breathlessness(words: str) -> None:
    assert Symptom.DYSPNEA in LexiconUnderstander().understand(words, language="nl", today=TODAY).present


@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.MOUTH_COUNT, Slot.COUGH_SEVERITY, Slot.OTHER_TEXT])
def test_it_is_heard_under_every_question_and_kept_for_a_person(asking: Slot) -> None:
    heard = understand({"text": "my face droops"}, DialogueState(asking=asking), language="en", today=TODAY)
    assert heard.answers[Slot.OTHER_CAN_WAIT] == YesNo.NO
    assert heard.answers[Slot.OTHER_TEXT] == "my face droops"


@pytest.mark.parametrize(
    ("number", "is_alarming"), [(39, False), (40, True), (94, True), (94.9, True), (95, False), (100, False)]
)
def test_a_reading_of_oxygen_below_95_cannot_wait_and_any_other_is_asked_about(
    number: float, is_alarming: bool
) -> None:
    found = LexiconUnderstander().understand(f"my oxygen is {number}", language="en", today=TODAY)
    assert found.answers.get(Slot.OTHER_CAN_WAIT) == (YesNo.NO if is_alarming else None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I use oxygen, 2 litres at night"), ("en", "oxygen is fine"), ("en", "my oxygen is not low"),
        ("en", "my sugar is 110"), ("en", "my sugar is a bit high"), ("en", "no stroke"),
        ("en", "my mother had a stroke last year"), ("en", "I had a stroke in 2015"),
        ("en", "can everolimus cause a stroke?"), ("fr", "je n'ai pas fait d'AVC"),
        ("fr", "ma saturation n'est pas basse"), ("fr", "je peux bouger le bras"), ("nl", "ik heb geen beroerte gehad"),
        ("nl", "mijn suiker is niet laag"), ("nl", "ik kan mijn arm goed bewegen"), ("de", "kein Schlaganfall"),
        ("de", "mein Zucker ist nicht niedrig"), ("es", "no tengo ictus"), ("es", "mi azúcar no está baja"),
        ("es", "puedo mover el brazo sin problema"), ("es", "tengo el azúcar bajo control"),
    ],
)  # fmt: skip
def test_what_is_denied_another_s_past_or_merely_asked_does_not_call_for_help(language: str, words: str) -> None:
    found = LexiconUnderstander().understand(words, language=language, today=TODAY)
    assert Slot.OTHER_CAN_WAIT not in found.answers


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no wonder my oxygen dropped"), ("en", "my sugar is not only low but dropping"),
        ("en", "oxygen is low and not coming up"), ("en", "no joke, my face is drooping"),
        ("en", "no doubt it's a stroke"), ("en", "no improvement in my paralysis"),
        ("en", "the paralysis has not gone"), ("en", "nobody believes it's a stroke"),
        ("fr", "pas de doute, c'est un AVC"),
        ("fr", "ma glycémie est très basse et ne remonte pas"), ("nl", "mijn suiker is niet alleen laag"),
        ("nl", "geen idee waarom mijn zuurstof laag is"), ("nl", "de verlamming is niet weg"),
        ("de", "mein Zucker ist nicht nur niedrig"), ("de", "keine Besserung der Lähmung"),
        ("es", "no sé por qué tengo el oxígeno bajo"), ("es", "sin duda es un ictus"),
        ("es", "no hay mejoría de la parálisis"),
    ],
)  # fmt: skip
def test_what_only_looks_denied_cannot_wait(language: str, words: str) -> None:
    found = LexiconUnderstander().understand(words, language=language, today=TODAY)
    assert found.answers[Slot.OTHER_CAN_WAIT] == YesNo.NO
