"""Signs of danger."""

from __future__ import annotations

import pytest

from symptoms.clinical.terms import RedFlag, Respondent, Slot, Symptom
from tests.symptoms.language.reading import account, labels, understood

FLAGS = [
    ("en", "I can't finish a sentence without gasping", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "too winded to speak", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("de", "Beim Reden geht mir die Luft aus", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "I have to chop my sentences up because the breath goes halfway", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "third word in and I'm out of puff", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("de", "Reden ist vorbei, ich deute nur noch, so wenig Luft hab ich", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("es", "cuando hablo el aire se acaba a la mitad", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("de", "weil tippen nicht geht ich hab so einen Druck auf dem Brustkorb", RedFlag.CHEST_PAIN),
    ("fr", "Toux avec des caillots de sang, je fais quoi ?", RedFlag.COUGHING_MUCH_BLOOD),
    ("en", "one word at a time, I have no breath", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "not coughing up much blood, a cup maybe", RedFlag.COUGHING_MUCH_BLOOD),
    ("de", "Nicht viel Blut beim Husten, eine Tasse vielleicht", RedFlag.COUGHING_MUCH_BLOOD),
    ("de", "Druckgefühl retrosternal", RedFlag.CHEST_PAIN),
    (
        "de",
        "Ich wollte meinem Enkel vorlesen und muss nach jedem dritten Wort Luft holen",
        RedFlag.CANNOT_SPEAK_SENTENCES,
    ),
    ("en", "my lips are blue", RedFlag.BLUE_OR_GREY),
    ("en", "my lips have gone the colour of a plum", RedFlag.BLUE_OR_GREY),
    ("en", "I have chest pain", RedFlag.CHEST_PAIN),
    ("en", "it feels like an elephant is sitting on my chest", RedFlag.CHEST_PAIN),
    ("en", "I fainted this morning", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "I don't know where I am", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "my tongue is swollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("en", "my face is swollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("fr", "visage tuméfié ce matin", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("de", "mein Gesicht ist dick geschwollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("nl", "mijn gezicht is gezwollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("es", "tengo la cara hinchada", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("en", "lips like sausages", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("en", "suddenly short of breath", RedFlag.SUDDEN_BREATHLESSNESS),
    ("en", "coughed up a cupful of blood", RedFlag.COUGHING_MUCH_BLOOD),
    ("en", "blood, loads of it, every time I cough", RedFlag.COUGHING_MUCH_BLOOD),
    ("en", "a streak of blood when I cough", RedFlag.COUGHING_BLOOD),
    ("en", "she's grey as a corpse", RedFlag.BLUE_OR_GREY),
    ("en", "mum is talking gibberish since lunch", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "he couldn't tell me what year it is", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "my brain is all jumbled", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "face swollen, lips as well", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("en", "he put his keys in the freezer", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "mum thinks I'm her sister", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "couldn't tell you if it's Tuesday or Christmas", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "they found me on the pavement", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "My chest. It's like a tractor parked on it.", RedFlag.CHEST_PAIN),
    ("nl", "als ik praat is de adem halverwege op", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "I have to stop. In every. Sentence. To breathe.", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "the sink was red after a coughing fit", RedFlag.COUGHING_MUCH_BLOOD),
    ("fr", "ma femme ne sait plus où elle est", RedFlag.CONFUSED_OR_FAINTED),
    ("nl", "gezicht opgezwollen, lippen ook", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("nl", "mijn vrouw praat wartaal", RedFlag.CONFUSED_OR_FAINTED),
    ("de", "Mama redet wirres Zeug", RedFlag.CONFUSED_OR_FAINTED),
    ("es", "mi madre dice cosas sin sentido", RedFlag.CONFUSED_OR_FAINTED),
    ("fr", "je n'arrive pas à finir une phrase", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("fr", "mes lèvres sont bleues", RedFlag.BLUE_OR_GREY),
    ("fr", "j'ai mal à la poitrine", RedFlag.CHEST_PAIN),
    ("fr", "je me suis évanouie", RedFlag.CONFUSED_OR_FAINTED),
    ("fr", "ma langue est gonflée", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("fr", "soudain je suis essoufflée", RedFlag.SUDDEN_BREATHLESSNESS),
    ("fr", "j'ai craché une tasse de sang en toussant", RedFlag.COUGHING_MUCH_BLOOD),
    ("nl", "ik kan geen hele zin zeggen", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("nl", "mijn lippen zijn blauw", RedFlag.BLUE_OR_GREY),
    ("nl", "pijn op de borst", RedFlag.CHEST_PAIN),
    ("nl", "ik ben flauwgevallen", RedFlag.CONFUSED_OR_FAINTED),
    ("nl", "mijn tong is gezwollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("nl", "plots kortademig", RedFlag.SUDDEN_BREATHLESSNESS),
    ("nl", "een kopje bloed opgehoest", RedFlag.COUGHING_MUCH_BLOOD),
    ("de", "ich kann keinen ganzen Satz sagen", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("de", "meine Lippen sind blau", RedFlag.BLUE_OR_GREY),
    ("de", "Schmerzen in der Brust", RedFlag.CHEST_PAIN),
    ("de", "ich bin ohnmächtig geworden", RedFlag.CONFUSED_OR_FAINTED),
    ("de", "meine Zunge ist geschwollen", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("de", "plötzlich Atemnot", RedFlag.SUDDEN_BREATHLESSNESS),
    ("de", "eine Tasse Blut gehustet", RedFlag.COUGHING_MUCH_BLOOD),
    ("es", "no puedo decir una frase entera", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("es", "tengo los labios azules", RedFlag.BLUE_OR_GREY),
    ("es", "me duele el pecho", RedFlag.CHEST_PAIN),
    ("es", "me desmayé", RedFlag.CONFUSED_OR_FAINTED),
    ("es", "tengo la lengua hinchada", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("es", "de repente me falta el aire", RedFlag.SUDDEN_BREATHLESSNESS),
    ("es", "tosí una taza de sangre", RedFlag.COUGHING_MUCH_BLOOD),
    ("nl", "praten gaat niet meer. na 3 woorden. geen adem", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("fr", "chaque mot me coûte une respiration", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "mum doesn't know what year it is and asks for my dad who passed in 2004", RedFlag.CONFUSED_OR_FAINTED),
    ("es", "mi madre me llama por el nombre de su hermana", RedFlag.CONFUSED_OR_FAINTED),
    ("de", "Klumpen beim Husten, dunkelrot", RedFlag.COUGHING_MUCH_BLOOD),
    ("en", "mum's seeing cats that aren't there", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "woke up looking like a pufferfish, lips and all", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("fr", "pourquoi mes lèvres et mes paupières gonflent ?", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("fr", "je ne reconnais pas ma propre cuisine", RedFlag.CONFUSED_OR_FAINTED),
    ("nl", "raar geworden bij de kapper, een minuut buiten westen", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "I don't know what month it is", RedFlag.CONFUSED_OR_FAINTED),
    ("en", "something is happening to my throat, it's getting tighter", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("en", "not streaks, proper blood, filled the bowl when I coughed", RedFlag.COUGHING_MUCH_BLOOD),
    ("en", "can only say a few words", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("en", "I'm wheezing and can only say a few words", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("fr", "je ne peux dire que quelques mots", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("nl", "ik kan maar een paar woorden zeggen", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("de", "ich kann nur ein paar Wörter sagen", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("es", "solo puedo decir unas pocas palabras", RedFlag.CANNOT_SPEAK_SENTENCES),
]
OF_KIN = [
    ("en", "my wife won't wake up properly"),
    ("en", "my wife doesn't respond"),
    ("fr", "ma femme ne se réveille pas bien"),
    ("nl", "mijn vrouw wordt niet goed wakker"),
    ("de", "meine Frau wird nicht richtig wach"),
    ("es", "mi mujer no se despierta bien"),
]
CARED_FOR = [
    ("en", "I help my mum, she is short of breath"),
    ("fr", "j'aide ma mère, elle est essoufflée"),
    ("nl", "ik help mijn moeder, ze is kortademig"),
    ("de", "ich helfe meiner Mutter, sie hat Atemnot"),
    ("es", "ayudo a mi madre, ella tiene falta de aire"),
]
NOT_BREATHING = [
    ("en", "my husband can't breathe"),
    ("fr", "mon mari n'arrive plus à respirer"),
    ("nl", "mijn man kan niet ademen"),
    ("de", "mein Mann bekommt keine Luft"),
    ("es", "mi marido no puede respirar"),
]

AT_REST = [
    ("nl", "zit hier gewoon te breien en toch haal ik adem als na een sprint"),
    ("de", "bei jedem Atemzug pfeift es obwohl ich ruhig im Sessel sitze"),
    ("en", "sat here doing my crossword and I'm breathing like I've run for a bus"),
    ("es", "duermo con cuatro almohadas porque si no me ahogo"),
    ("de", "Ich tu gar nix und schnauf wia a Dampflok"),
    ("en", "no shortness of breath except when I lie down"),
    ("en", "short of breath even sitting still"),
    ("en", "I can't breathe"),
    ("en", "my lungs are full of water"),
    ("en", "it is like a pillow on my face"),
    ("nl", "alsof ik door een natte lap adem"),
    ("fr", "à bout de souffle en ne faisant absolument rien"),
    ("nl", "buiten adem terwijl ik helemaal niks doe"),
    ("en", "woke up breathless three nights running"),
    ("nl", "drie nachten op rij wakker van benauwdheid"),
    ("nl", "alle ramen open en ik hap nog steeds"),
    ("de", "Luft wie durch einen Strohhalm und ich sitz nur da"),
    ("de", "muss mich im Bett aufsetzen um Luft zu bekommen"),
    ("en", "even talking on the phone in my armchair has me gasping"),
    ("en", "cant. breathe. sat down. still cant"),
    ("en", "at night I have to sit up, I get so breathless"),
    ("fr", "les poumons pleins d'eau"),
    ("nl", "mijn longen lopen vol"),
    ("de", "meine Lunge ist wie voll Wasser"),
    ("es", "de noche me tengo que sentar porque me ahogo"),
    ("fr", "essoufflée même au repos"),
    ("fr", "j'étouffe"),
    ("nl", "kortademig in rust"),
    ("nl", "ik stik"),
    ("de", "Atemnot im Sitzen"),
    ("de", "ich bekomme keine Luft"),
    ("es", "me falta el aire sentada"),
    ("es", "no me entra el aire"),
]

ON_EFFORT = [
    ("en", "stairs. two floors. no breath left."),
    ("en", "out of breath on the stairs"),
    ("en", "I can't climb two floors without stopping at each"),
    ("en", "sitting is fine, but the stairs leave me gasping"),
    ("en", "my lungs are knackered"),
    ("fr", "essoufflée dans les escaliers"),
    ("nl", "buiten adem op de trap"),
    ("de", "außer Atem auf der Treppe"),
    ("es", "me falta el aire en las escaleras"),
]

HARMLESS = [
    ("en", "No sores, no cough, no breathlessness"),
    ("en", "I'm confused about the dose"),
    ("en", "I painted my nails blue"),
    ("en", "my lips are blue from blueberry pie"),
    ("en", "the kids interrupt, I can't finish a sentence"),
    ("en", "my chest was tight yesterday but it's gone now"),
    ("en", "my sister has cancer too and she is confused"),
    ("en", "no chest pain"),
    ("en", "I only want to say a few words of thanks"),
    ("en", "my ankle is swollen"),
    ("fr", "pas de douleur dans la poitrine"),
    ("fr", "ma cheville est gonflée"),
    ("nl", "geen pijn op de borst"),
    ("nl", "mijn enkel is gezwollen"),
    ("de", "keine Schmerzen in der Brust"),
    ("de", "Keine Aphthen, kein Husten, keine Atemnot"),
    ("es", "sin dolor en el pecho"),
    ("es", "tengo el tobillo hinchado"),
]


@pytest.mark.parametrize(("language", "text", "flag"), FLAGS)
def test_a_sign_of_danger_is_seen(language: str, text: str, flag: RedFlag) -> None:
    assert flag in account(language, text).red_flags


@pytest.mark.parametrize(("language", "text"), OF_KIN)
def test_kin_who_do_not_wake_up_are_in_danger(language: str, text: str) -> None:
    assert RedFlag.CONFUSED_OR_FAINTED in account(language, text).red_flags


@pytest.mark.parametrize(("language", "text"), NOT_BREATHING)
def test_kin_who_cannot_breathe_are_in_danger(language: str, text: str) -> None:
    assert account(language, text).is_breathless_at_rest


@pytest.mark.parametrize(("language", "text"), CARED_FOR)
def test_kin_who_are_cared_for_are_the_patient(language: str, text: str) -> None:
    found = understood(language, text)
    assert Symptom.DYSPNEA in found.present
    assert found.answers[Slot.RESPONDENT] == Respondent.CARER


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I look after my mum, she is well, but I am short of breath"),
        ("fr", "j'aide ma mère et je suis essoufflée"),
        ("nl", "ik zorg voor mijn moeder en ik ben kortademig"),
        ("de", "ich pflege meine Mutter und habe Atemnot"),
        ("es", "cuido a mi madre y me falta el aire"),
    ],
)
def test_who_cares_for_kin_and_is_breathless_is_breathless(language: str, text: str) -> None:
    assert Symptom.DYSPNEA in account(language, text).present


@pytest.mark.parametrize(("language", "text"), AT_REST)
def test_no_breath_at_rest_is_an_emergency(language: str, text: str) -> None:
    assert account(language, text).is_breathless_at_rest
    assert labels(language, text)["emergency"]


@pytest.mark.parametrize(("language", "text"), ON_EFFORT)
def test_no_breath_on_effort_is_urgent_and_no_emergency(language: str, text: str) -> None:
    assert labels(language, text)["urgent_by_review"]
    assert not labels(language, text)["emergency"]


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_what_is_denied_or_harmless_is_no_emergency(language: str, text: str) -> None:
    assert not account(language, text).red_flags
    assert not labels(language, text)["emergency"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a very mild cough now and then"),
        ("en", "tiny cough, nothing to write home about"),
        ("fr", "une petite toux de temps en temps"),
        ("nl", "af en toe een kuchje, stelt niks voor"),
        ("de", "ein leichter Husten ab und zu"),
        ("es", "una tos leve de vez en cuando"),
    ],
)
def test_a_trivial_cough_by_itself_is_not_urgent(language: str, text: str) -> None:
    assert labels(language, text)["cough"] == "present"
    assert not labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "de pijn op de borst is sinds gisteren weg"),
        ("de", "der Druck auf der Brust ist weg"),
        ("en", "the chest pain is gone"),
        ("fr", "la douleur à la poitrine est partie"),
        ("nl", "de zwelling van mijn tong is verdwenen"),
        ("nl", "de aft is bijna weg"),
    ],
)
def test_a_pain_or_swelling_that_went_is_no_danger(language: str, text: str) -> None:
    assert not account(language, text).red_flags


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "in rust is de pijn op mijn borst weg"),
        ("nl", "de pijn op de borst gaat niet weg"),
        ("nl", "de pijn op de borst is weg maar komt telkens terug"),
        ("nl", "pijn op de borst en mijn adem is weg"),
        ("en", "the chest pain has gone down my arm"),
        ("de", "der Druck auf der Brust ging in den Arm weg"),
        ("fr", "la douleur de la poitrine est partie dans le bras"),
    ],
)
def test_a_pain_that_went_elsewhere_or_only_at_rest_is_one(language: str, text: str) -> None:
    assert account(language, text).red_flags
