"""Whose a symptom is, and whether it is there: not another's, asked about, feared, supposed or long past."""

from __future__ import annotations

from datetime import date

import pytest

from symptoms.clinical.terms import Symptom
from symptoms.language.understander import describe
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, TODAY, account, labels

OTHERS = [
    ("en", "My mate Dave coughs all night."),
    ("en", "there's a lady in my support group who can't breathe"),
    ("en", "my neighbour has six mouth sores"),
    ("fr", "Ma voisine tousse toute la nuit."),
    ("fr", "mon collègue a des aphtes"),
    ("nl", "Mijn buurman hoest de hele nacht."),
    ("nl", "mijn collega heeft aften"),
    ("de", "Mein Nachbar hustet die ganze Nacht."),
    ("de", "eine Kollegin hat Aphthen"),
    ("es", "Mi vecina tose toda la noche."),
    ("es", "un compañero tiene llagas en la boca"),
    ("en", "my brother is having chest pain, I am fine"),
    ("en", "Sandra from the choir has been coughing for weeks"),
    ("de", "der Jürgen aus der Reha hatte 6 offene Stellen"),
    ("de", "Im Tatort hat einer Blut gehustet"),
    ("de", "im ganzen Büro wird gehustet"),
    ("nl", "op kantoor wordt er flink gehoest"),
    ("fr", "dans la série d'hier il y en a un qui crachait du sang"),
    ("es", "en la sala de espera había uno tosiendo sin parar"),
    ("de", "die Kleine von nebenan hat Mundfäule mit lauter Bläschen"),
    ("fr", "les jumeaux ont des aphtes, un virus de la crèche"),
    ("fr", "ma fille a des aphtes, elle regarde"),
]

ONLOOKERS = [
    ("fr", "ma blonde a éclairé avec son cell, elle voit cinq ulcères au palais", 5),
    ("fr", "mon épouse dit qu'elle voit au moins cinq cloques", 5),
    ("fr", "Mon fils m'a dit : papa tu as quatre aphtes sur la langue", 4),
    ("en", "hubby peered in, he sees two ulcers at the back", 2),
    ("en", "My daughter says: mum you've got six ulcers in there", 6),
    ("de", "Mein Mann hat nachgeschaut und er hat vier offene Stellen gezählt", 4),
    ("nl", "mijn vrouw scheen met haar telefoon, ze ziet vijf aften", 5),
    ("es", "mi mujer alumbró con el móvil, ella ve cinco llagas", 5),
]

AMONG_OTHERS = [
    ("de", "bei mir wird wieder kräftig gehustet"),
    ("de", "im Büro wird der Husten schlimmer"),
    ("de", "Gestern hat einer meiner Hustenanfälle mit viel Blut geendet"),
    ("fr", "au bureau tout le monde tousse et moi aussi maintenant"),
    ("es", "en el trabajo se nota más mi tos"),
]
"""Those who cough themselves, where others are named, or where "one" is no person."""

CARERS = [
    ("en", "I am writing for my wife, she is the patient: she coughs a lot"),
    ("en", "my husband takes everolimus and he coughs all day"),
    ("fr", "mon mari prend de l'évérolimus et il tousse toute la journée"),
    ("nl", "mijn man neemt everolimus en hij hoest de hele dag"),
    ("de", "mein Mann nimmt Everolimus und hustet den ganzen Tag"),
    ("es", "mi marido toma everolimus y tose todo el día"),
]

IMAGINED = [
    ("es", "si me salen llagas o tos o ahogo les llamo"),
    ("en", "What should I do if I get a cough?"),
    ("en", "can everolimus cause mouth sores?"),
    ("en", "the leaflet says to watch out for a cough"),
    ("fr", "que faire si je tousse ?"),
    ("fr", "la toux est-elle un effet secondaire ?"),
    ("nl", "wat moet ik doen als ik ga hoesten?"),
    ("nl", "volgens de folder kan je aften krijgen van dit medicijn"),
    ("de", "was mache ich, wenn ich Husten bekomme?"),
    ("de", "sind Aphthen eine Nebenwirkung?"),
    ("es", "¿qué hago si me da tos?"),
    ("es", "¿las llagas son un efecto secundario?"),
    ("en", "how many ulcers is too many"),
    ("nl", "bij hoeveel zweertjes in je mond moet je bellen"),
    ("de", "kriegt man von Everolimus Husten"),
    ("nl", "kan je van everolimus gaan hoesten"),
    ("es", "qué hago si escupo sangre al toser"),
    ("en", "I'm worried I'll get breathless, is that likely?"),
    ("nl", "ik ben bang dat ik benauwd word, kan dat?"),
    ("nl", "wanneer is hoesten gevaarlijk"),
    ("de", "können Sie erklären was kurzatmig genau heißt"),
    ("fr", "j'ai rêvé que j'étouffais"),
    ("en", "coughs and colds are going round the school"),
    ("de", "Husten soll bei dem Zeug ja recht häufig sein"),
    ("fr", "c'est quoi une mucite"),
    ("fr", "à partir de combien d'aphtes faut-il appeler"),
    ("fr", "quand on est essoufflé au repos c'est grave d'habitude ?"),
    ("en", "how do you tell an ulcer from a cold sore"),
    ("de", "wie unterscheidet man Aphthen von Herpes"),
    ("nl", "hoe zie je het verschil tussen een aft en een koortslip"),
    ("es", "el bicarbonato previene las aftas o es cuento"),
    ("de", "hab Schiss dass ich mal so ersticke wie mein Onkel"),
    ("en", "terrified I'll end up choking like my uncle did one day"),
    ("fr", "j'ai la trouille d'attraper des aphtes comme sur les photos"),
    ("fr", "j'ai lu que l'essoufflement peut être signe de quelque chose"),
    ("es", "solo faltaría que me diera tos antes de la boda"),
    ("fr", "une toux, il faut la signaler ?"),
]

ASKED_OF_ONES_OWN = [
    ("en", "should I worry about a dry cough I've had for eight days"),
    ("en", "why do I have this cough?"),
    ("en", "I have a bad cough, what should I do?"),
    ("nl", "ik hoest veel, wat moet ik doen?"),
    ("de", "ich huste viel, was soll ich tun?"),
    ("fr", "pourquoi est-ce que je tousse autant ?"),
    ("nl", "waarom hoest ik zo?"),
    ("de", "warum huste ich so viel?"),
    ("es", "¿por qué toso tanto?"),
    ("nl", "Al een week hoest en dan zeggen jullie dat het vanzelf overgaat??"),
]

PAST = [
    ("en", "I had an awful cough back in 2019."),
    ("en", "as a child I was always short of breath"),
    ("en", "I had a terrible cough in the autumn"),
    ("fr", "enfant, j'étais toujours essoufflée"),
    ("fr", "j'ai eu une vilaine toux en 2019"),
    ("nl", "als kind had ik altijd hoest"),
    ("nl", "in de herfst had ik een zware hoest"),
    ("de", "als Kind hatte ich immer Husten"),
    ("de", "im Herbst hatte ich schlimmen Husten"),
    ("es", "de niña siempre tenía tos"),
    ("es", "el año pasado tuve mucha tos"),
    ("en", "I had pneumonia in 2019 and coughed for two months"),
    ("nl", "in 2018 had ik een longembolie, toen stikte ik bijna"),
    ("en", "Last winter I had the lot: ulcers, cough, couldn't breathe."),
    ("es", "fumaba dos paquetes y tosía cada mañana, lo dejé hace diez años"),
]

FIGURES = [
    ("nl", "ik had een afspraak voor mijn longontsteking van vorig jaar"),
    ("nl", "ik heb een afspraak voor mijn tong"),
    ("en", "the view took my breath away"),
    ("en", "I nearly passed out laughing"),
    ("fr", "une vue à couper le souffle"),
    ("nl", "het uitzicht was adembenemend"),
    ("de", "die Aussicht war atemberaubend"),
    ("de", "mir ging die Puste aus, als ich die Stromrechnung aufgemacht hab"),
    ("de", "kriegt man von dem Zeug Husten"),
    ("de", "unsere Kleine hustet seit Montag"),
    ("es", "el paisaje me dejó sin aliento"),
]


@pytest.mark.parametrize(("language", "text"), OTHERS + IMAGINED + PAST + FIGURES)
def test_what_is_not_the_patients_now_is_not_present(language: str, text: str) -> None:
    read = account(language, text)

    assert not read.present
    assert not labels(language, text)["urgent_by_review"]


def test_what_the_speaker_denies_is_not_there_whatever_kin_think() -> None:
    assert COUGH in account("en", "my wife thinks I cough too much but I don't cough at all").absent


STATED_ALL_THE_SAME = [
    ("en", "I dont want a fuss but im breathless just sitting here", DYSPNEA),
    ("en", "i hear a wheeze when i breathe", DYSPNEA),
    ("en", "going around the house leaves me breathless", DYSPNEA),
    ("nl", "ik ben bang voor vannacht ik krijg geen lucht", DYSPNEA),
    ("nl", "benauwd als ik de deur uit ga", DYSPNEA),
    ("de", "der Husten geht wieder los", COUGH),
    ("de", "es geht um meinen Husten", COUGH),
    ("de", "die Luft wird knapp, was soll ich tun?", DYSPNEA),
    ("de", "wenn ich Wäsche trage, muss ich oben stehen bleiben und Luft holen", DYSPNEA),
    ("de", "liebe Schwester Petra, der Husten weckt mich jede Nacht", COUGH),
    ("es", "por otro lado tengo tos", COUGH),
    ("es", "en el colegio toso mucho", COUGH),
]


@pytest.mark.parametrize(("language", "text", "symptom"), STATED_ALL_THE_SAME)
def test_words_that_often_calm_hide_no_symptom(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).present
    assert labels(language, text)["urgent_by_review"]


OWN = [
    ("nl", "mijn man zegt dat hij een aft ziet op mijn tong"),
    ("de", "jedes Mal, wenn ich schaue, ist da eine Aphthe"),
    ("de", "Bin Lehrerin und hab neun Aphthen im Mund"),
    ("en", "my son has five ulcers, I have just the one"),
    ("es", "Mi hijo tuvo cinco aftas el mes pasado, yo llevo una sola desde el jueves"),
    ("nl", "eentje maar, sinds gisteren, heel klein op mijn tandvlees"),
]


@pytest.mark.parametrize(("language", "text"), OWN)
def test_what_the_speaker_has_is_present(language: str, text: str) -> None:
    assert SORES in account(language, text).present


@pytest.mark.parametrize(("language", "text"), CARERS)
def test_a_carer_speaks_for_the_patient(language: str, text: str) -> None:
    assert COUGH in account(language, text).present


@pytest.mark.parametrize(("language", "text"), ASKED_OF_ONES_OWN)
def test_a_question_that_takes_ones_own_symptom_as_given_tells_of_it(language: str, text: str) -> None:
    assert COUGH in account(language, text).present


def test_what_depends_on_an_effort_is_felt_all_the_same() -> None:
    assert DYSPNEA in account("en", "if I climb the stairs I get short of breath").present
    assert DYSPNEA in account("de", "wenn ich Treppen steige, bin ich außer Atem").present


@pytest.mark.parametrize(("language", "text", "count"), ONLOOKERS)
def test_who_looks_into_the_speakers_mouth_has_no_sores(language: str, text: str, count: int) -> None:
    found = account(language, text)

    assert SORES in found.present
    assert found.count.value == count


@pytest.mark.parametrize(("language", "text"), AMONG_OTHERS)
def test_nobody_elses_cough_hides_that_of_the_speaker(language: str, text: str) -> None:
    assert COUGH in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "j'ai peur, j'étouffe"),
        ("fr", "j'ai tellement peur parce que je manque d'air même couchée"),
        ("en", "scared because I can't get my breath lying down"),
        ("de", "ich hab Angst weil ich keine Luft kriege"),
        ("de", "hab Angst dass ich nicht mal mehr Luft kriege"),
        ("fr", "quand je suis couchée j'ai du mal à respirer, c'est dangereux ?"),
        ("fr", "à 78 ans je suis essoufflée même assise"),
        ("es", "a los 78 años me ahogo hasta sentada"),
    ],
)
def test_what_is_feared_and_asked_of_may_be_there(language: str, text: str) -> None:
    assert DYSPNEA in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "c'est quoi ces aphtes que j'ai partout sur la langue"),
        ("en", "what is this ulcer on my tongue"),
        ("de", "was ist das für eine Blase auf meiner Zunge"),
        ("es", "qué es esta llaga que tengo en la lengua"),
        ("fr", "le bicarbonate n'a rien fait à mon aphte"),
        ("de", "Natron hat gegen meine Aphthe nicht geholfen"),
    ],
)
def test_what_a_sore_of_ones_own_is_may_be_asked(language: str, text: str) -> None:
    assert SORES in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "à dix-huit ans je suis tombée dans les pommes en plein cours"),
        ("fr", "En 2015 j'étais à l'hôpital pour une embolie, je n'arrivais plus à respirer"),
        ("de", "2018 lag ich mit Lungenentzündung im Spital, da bekam ich kaum Luft."),
        ("de", "In den ersten vier Wochen der Therapie hatte ich andauernd Aphthen."),
        ("es", "a los veinte años me desmayé en misa"),
        ("es", "las primeras semanas del tratamiento tenía aftas a todas horas"),
        ("de", "an Weihnachten hab ich zwei Wochen lang gehustet"),
    ],
)
def test_youth_years_and_first_weeks_have_passed(language: str, text: str) -> None:
    found = account(language, text)

    assert not found.present
    assert not found.red_flags


def test_a_feast_of_a_few_days_ago_is_no_long_time() -> None:
    text = "an Weihnachten hab ich schlimm gehustet"

    assert COUGH in describe(text, "de", date(2025, 12, 28)).present
    assert COUGH not in describe(text, "de", TODAY).present


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "¿es normal llevar diez días tosiendo?"), ("nl", "is vijf dagen hoesten erg?")],
)
def test_who_asks_whether_so_many_days_are_normal_has_them(language: str, text: str) -> None:
    assert labels(language, text)["urgent_by_review"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "si je ris je tousse"),
        ("fr", "jtousse depuis hier"),
        ("fr", "j'ai peur que ma toux soit grave"),
        ("en", "I suppose I cough more than I did"),
        ("en", "I'm worried that I cough like my dad at night"),
        ("de", "da hat einer im Bus gehustet und seit gestern huste ich auch"),
        ("nl", "ik stel vast dat ik meer hoest"),
        ("fr", "Papa est mort le mois dernier et depuis je tousse"),
        ("fr", "avant Noël déjà je toussais et ça continue"),
        ("fr", "Toux avec des caillots de sang, je fais quoi ?"),
    ],
)
def test_a_cough_of_ones_own_stays_one(language: str, text: str) -> None:
    assert COUGH in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mettons que j'aie cinq aphtes un jour, vous me feriez baisser la dose ?"),
        ("de", "Angenommen ich huste irgendwann Blut, wen rufe ich an?"),
        ("nl", "Stel dat ik ooit bloed hoest, wie bel ik dan?"),
        ("es", "Supongamos que un día toso sangre, ¿a quién llamo?"),
        ("fr", "papa est mort essoufflé, d'un cancer du poumon, en 98"),
        ("fr", "ma copine du yoga a arrêté l'évérolimus à cause des aphtes"),
    ],
)
def test_what_is_supposed_or_was_of_the_dead_is_not_there(language: str, text: str) -> None:
    found = account(language, text)

    assert not found.present
    assert not found.red_flags


def test_kin_who_say_whose_kin_they_are_write_for_the_patient() -> None:
    assert COUGH in account("fr", "il crache du sang quand il tousse. je suis son épouse").present
    assert COUGH in account("de", "er hustet seit Tagen. ich bin seine Frau").present


def test_what_is_named_before_a_question_whether_it_is_normal_is_there() -> None:
    assert COUGH in account("fr", "une sale toux, c'est normal ?").present
    assert DYSPNEA in account("fr", "essoufflée dans l'escalier, c'est grave ?").present


@pytest.mark.parametrize(
    "text",
    ["la toux, c'est normal ?", "une toux avec everolimus, c'est normal ?", "mon mari a une sale toux, c'est normal ?"],
)
def test_what_is_asked_in_general_or_of_another_is_not_there(text: str) -> None:
    assert not account("fr", text).present


NOTICED = [
    ("en", "My husband says he can hear me barking in the night from two rooms away", COUGH),
    ("en", "Apparently you can hear me hacking through the whole house", COUGH),
    ("en", "My friend said, you're wheezing, are you alright?", DYSPNEA),
    ("en", "The GP reckons a bit of coughing is normal, but as bad as mine?", COUGH),
    ("nl", "Mijn dochter hoort me door de telefoon naar lucht happen", DYSPNEA),
    ("nl", "Volgens mijn vrouw rochel ik de hele nacht door", COUGH),
    ("nl", "De verpleegkundige vroeg of ik kortademig was en ik zei van wel", DYSPNEA),
    ("de", "Die Nachbarin kam klingeln, weil sie mich so husten hörte", COUGH),
    ("de", "Angeblich hört man mich im ganzen Haus husten", COUGH),
    ("de", "Der Arzt fragte, ob ich huste, und ich sagte ja", COUGH),
    ("fr", "Paraît qu'on m'entend tousser dans toute la maison", COUGH),
    ("fr", "L'infirmière m'a demandé si j'avais le souffle court et je lui ai dit que oui", DYSPNEA),
    ("es", "Mi marido dice que resoplo como una locomotora al subir", DYSPNEA),
    ("es", "Dicen que se me oye toser en toda la casa", COUGH),
    ("en", "She asked if the cough was gone and I said no", COUGH),
    ("nl", "Ze vroeg of ik zonder hoesten kon slapen en ik zei nee", COUGH),
    ("fr", "Toux terrible, toute la nuit, rien pour moi", COUGH),
]


@pytest.mark.parametrize(("language", "text", "symptom"), NOTICED)
def test_what_others_notice_of_the_speaker_or_ask_of_them_is_theirs(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).present


NOT_MINE = [
    ("en", "The pharmacist asked if I had blisters in my mouth and I said no, because I don't.", SORES),
    ("de", "Die Apothekerin fragte, ob ich Bläschen im Mund habe, und ich sagte nein", SORES),
    ("nl", "Er wordt hier in huis wat afgehoest, maar niet door mij", COUGH),
    ("de", "Alle im Büro husten, nur ich nicht", COUGH),
    ("es", "En esta casa se tose mucho, pero yo no", COUGH),
    ("en", "my wife coughs, me not included", COUGH),
    ("es", "mi marido tose y yo no", COUGH),
]


@pytest.mark.parametrize(("language", "text", "symptom"), NOT_MINE)
def test_what_the_speaker_answers_no_to_or_leaves_to_others_is_absent(
    language: str, text: str, symptom: Symptom
) -> None:
    assert symptom in account(language, text).absent


NO_FACTS = [
    ("nl", "Onze kat ligt op mijn schoot te piepen en te hijgen"),
    ("fr", "J'entends mon mari tousser à côté"),
    ("de", "Ich habe Angst, dass mein Mund bald voller Blasen ist"),
    ("es", "¿Es normal que este tratamiento dé llagas o falta de aire?"),
    ("en", "Fainted at my wedding in '92"),
    ("en", "as a child I wheezed, and at school I coughed"),
    ("en", "my husband coughs and I can't sleep"),
    ("en", "my wife gave me medicine for her cough"),
    ("en", "my husband gave his cough to the children"),
    ("es", "mi marido contagió la tos a mi hija"),
    ("fr", "mon mari tousse, moi je dors"),
    ("nl", "mijn man en mijn zoon hoesten"),
    ("en", "my husband is worried about the cough I had in 2019"),
    ("de", "wenn ich huste rufe ich an"),
    ("nl", "vorige winter had ik een hoest"),
    ("es", "De pequeña tenía bronquitis cada invierno y tosía sin parar."),
    ("fr", "Au début du traitement, en septembre, j'avais eu cinq aphtes."),
]


@pytest.mark.parametrize(("language", "text"), NO_FACTS)
def test_what_others_do_or_what_is_dreaded_asked_or_long_past_is_not_there(language: str, text: str) -> None:
    found = account(language, text)
    assert not found.present
    assert not found.red_flags


STILL_THERE = [
    ("de", "Ich habe Angst, dass die vier Blasen bald platzen"),
    ("en", "I'm afraid that my five sores will soon be ten"),
    ("fr", "Est-ce normal que ce traitement donne des aphtes depuis cinq jours ?"),
    ("es", "toda la boca con llagas por todos lados, no puedo comer nada"),
]


@pytest.mark.parametrize(("language", "text"), STILL_THERE)
def test_sores_that_are_there_are_not_taken_for_dreaded_or_asked(language: str, text: str) -> None:
    assert SORES in account(language, text).present
