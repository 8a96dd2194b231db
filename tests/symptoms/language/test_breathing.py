"""Breathlessness told in everyday words, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.symptoms.language.reading import DYSPNEA, account

SHORT_OF_BREATH = [
    ("en", "no shortness of breath except on the stairs"),
    ("en", "no bother with my breath unless I rush"),
    ("de", "mit der Luft kein Problem, außer ich muss mich beeilen"),
    ("en", "I don't notice any breathlessness until I hurry"),
    ("nl", "merk niks van kortademigheid behalve op de trap"),
    ("fr", "je ne remarque aucun essoufflement sauf dans les escaliers"),
    ("es", "no noto falta de aire salvo al subir escaleras"),
    ("de", "keine Atemnot, nur auf der Treppe"),
    ("es", "la compra la subo en tres viajes, si no me quedo sin aire"),
    ("de", "früher bin ich den Jungen davongewandert heute japse ich am kleinsten Hügel"),
    ("de", "Ich krieg den Wäschekorb nicht mehr in den ersten Stock, ohne zu japsen"),
    ("de", "weiter komm ich ohne Verschnaufpausen nicht"),
    ("de", "Ganz ohne Atemnot ist es beim Bettenbeziehen nicht"),
    ("de", "muss mich nach dem Duschen erstmal hinsetzen und durchschnaufen"),
    ("de", "Schwimmen geht nicht ohne Atemnot"),
    ("de", "ich rauche nicht und bin auf der Treppe außer Atem"),
    ("de", "Husten ist weg, die Atemnot nicht"),
    ("en", "I don't drink and get breathless on the stairs"),
    ("en", "breathing takes effort on the hill"),
    ("en", "the cough's gone, the breathlessness hasn't"),
    ("en", "out of breath after my run, and that's new"),
    ("fr", "moins de toux mais plus d'essoufflement"),
    ("fr", "le souffle, lui, me lâche dans les côtes"),
    ("fr", "la toux est partie, l'essoufflement non"),
    ("nl", "ik doe niks en toch hap ik naar adem"),
    ("es", "respiro muy mal al caminar"),
    ("es", "noto que no me entra bien el aire"),
    ("es", "no me muevo y busco aire"),
    ("en", "out of breath after netball, unlike the rest of the team"),
    ("en", "puffed after my 5k like everyone, but I still am this morning"),
    ("de", "wie alle anderen außer Atem nach dem Training, nur dass ich mich eine Stunde nicht erholt habe"),
    ("es", "después del pádel acabé sin aliento, las demás tan frescas"),
    ("en", "the film took my breath and it has not come back"),
    ("en", "in the middle of the film I could not breathe and had to go out"),
    ("fr", "au concert hier je n'arrivais plus à respirer"),
    ("nl", "ik zat naar de film te kijken en kreeg ineens geen lucht"),
    ("es", "con esta calima no hay quien respire, y yo menos que nadie"),
    ("en", "I breathe like an 80 year old"),
    ("nl", "hijg ik meer dan vorige maand? ja, en dat merkt iedereen"),
    ("nl", "genoeg adem voor twee treden"),
    ("fr", "arrivée en haut, plus moyen d'aspirer"),
    ("de", "ned dass i koa Luft kriag, aber beim Steign scho"),
    ("de", "nach dem Duschen brauche ich zehn Minuten, bis ich wieder normal atme"),
    ("de", "bergauf muss ich verschnaufen, das war im Januar noch nicht so"),
    ("en", "I need to stop after every few steps for air"),
    ("en", "my breathing is easier than Sunday but still not what it was"),
    ("en", "I've never been more breathless than I am now"),
    ("es", "no me ahogo menos que antes"),
    ("es", "ya respiro un poco mejor pero todavía me falta"),
    ("fr", "le souffle, ce n'est plus comme avant le traitement"),
    ("nl", "de kortademigheid is wat gezakt, niet weg"),
    ("nl", "een beetje benauwd op de borst"),
    ("de", "ich atme tief, aber es ist nie genug"),
    ("fr", "je respire à fond mais ce n'est jamais assez"),
    ("nl", "lopen naar de brievenbus beneemt me de adem"),
    ("de", "ist es normal, dass ich im Liegen schlecht Luft bekomme?"),
]

ONLY_LIKE_THE_HARMLESS = [
    ("en", "puffed after my run like everybody, and on the stairs too"),
    ("es", "correr me deja sin aire como a todos, pero también la escalera"),
    ("fr", "j'ai couru puis essoufflée dans l'escalier, pas comme tout le monde"),
    ("de", "ich schnaufe nicht mehr als sonst, aber im Liegen krieg ich schlecht Luft"),
    ("de", "ich schnaufe nicht weniger als sonst"),
    ("de", "meine Kurzatmigkeit ist nicht anders als vor der Therapie"),
    ("de", "ich bin kurzatmig, ich habe schon immer geraucht"),
    ("de", "nachts kurzatmig, das war schon immer so"),
    ("de", "schon immer beim Treppensteigen außer Atem und jetzt viel schneller"),
    ("en", "I get breathless on the stairs, I've always been fit"),
    ("en", "I've always been breathless since starting this drug"),
    ("en", "I have always had to stop for breath on the stairs since the tablets"),
    ("en", "my breathlessness is no worse than before"),
    ("fr", "j'ai toujours été essoufflé dans les côtes mais là c'est pire"),
    ("es", "siempre he sido deportista y ahora me ahogo"),
    ("en", "I choked on a nut and I can't breathe"),
    ("en", "choked on a nut yesterday and I've been wheezing ever since"),
    ("en", "my tea went down the wrong way and I was gasping, chest hurts"),
    ("de", "verschluckt und seitdem keuche ich"),
    ("nl", "verslikt en nu krijg ik geen lucht"),
    ("es", "me atraganté y no puedo respirar"),
    ("de", "ich keuche alle paar Meter beim Joggen"),
    ("de", "kurzatmig nach jeder Treppe"),
    ("de", "beim Schwimmen schnaufen alle, ich aber eine Stunde lang"),
    ("de", "beim Wandern keuchen alle, ich am meisten"),
    ("en", "everyone could hear me wheezing up the hill"),
    ("en", "we all take these tablets and are all breathless on the stairs"),
    ("fr", "essoufflé tous les jours à la gym"),
    ("es", "jadeo todos los días al correr"),
    ("en", "even laughing leaves me out of breath"),
    ("de", "schon vom Lachen krieg ich keine Luft"),
    ("de", "gestern so gelacht, und seitdem krieg ich schlecht Luft"),
    ("fr", "rien que de rire, je suis essoufflée"),
    ("en", "lungs clear on CT but my breathing is heavy"),
    ("en", "CT scan says my lungs are full of water"),
    ("nl", "ik kan niet zeggen dat ik goed lucht krijg"),
    ("de", "vor Lachen krieg ich Luftnot, seit der neuen Tablette, früher nie"),
    ("de", "Luft völlig alle nach einer Treppe"),
    ("de", "kurzatmig wie immer"),
    ("nl", "ik ben kortademig zoals altijd"),
    ("en", "I cycled as always and got breathless"),
    ("en", "I was out of breath on the stairs, same as my friends"),
    ("en", "Puffed after my run like everybody, and on the hill to the shop"),
    ("de", "Nach dem Joggen außer Puste wie alle, und am Berg zum Laden"),
    ("de", "Am Berg und auf der Treppe war ich außer Atem wie alle"),
    ("en", "Out of breath after tennis like the other players, and it hasn't settled"),
    ("nl", "Na het hardlopen was ik buiten adem net als mijn vriendinnen, maar ik een uur lang"),
    ("fr", "Comme mes amies je fais du vélo, depuis les comprimés je suis essoufflée"),
    ("es", "Subí al cerro y llegué resoplando más que ellos"),
    ("nl", "Ik ben sneller buiten adem dan mijn vriendinnen"),
    ("nl", "Na de trap buiten adem, maar zo weer op adem"),
    ("de", "Nach der Treppe außer Atem, aber gleich wieder bei Puste"),
    ("nl", "Het stonk in de gang en ik krijg sindsdien geen lucht"),
    ("en", "this cough takes my breath away"),
    ("es", "Subí las escaleras y llegué resoplando igual que ellos"),
    ("fr", "Avant j'avais du souffle, depuis le traitement plus rien"),
    ("fr", "Avant j'étais essoufflée, depuis le traitement encore plus"),
    ("es", "Antes me ahogaba, desde el tratamiento nada ayuda"),
    ("de", "Früher war ich außer Atem am Berg, seit der Behandlung schon auf der Treppe"),
    ("nl", "Vroeger was ik buiten adem op de heuvel, sinds de behandeling al op de trap"),
]

NOT_SHORT_OF_BREATH = [
    # what is run for is part of the run, and to feel well after it is no illness
    ("fr", "J'ai couru après le tram, j'étais essoufflé comme tout le monde, sinon je me sens en forme"),
    ("es", "Acabo de correr 8 km y vengo sin aire, lo normal en cualquiera; me siento de maravilla"),
    ("en", "Out of puff after parkrun, same as everyone round me. Feeling great otherwise."),
    ("de", "Nach drei Stunden Bergwandern war ich außer Puste wie alle anderen auch"),
    ("es", "bien, si no me ahogo esta noche llamo mañana"),
    ("de", "nach dem Joggen außer Atem, wie immer"),
    ("de", "mein Atem riecht komisch"),
    ("de", "die Nase ist zu, da krieg ich keine Luft durch"),
    ("de", "im Traum bin ich erstickt"),
    ("de", "ein Feuerwerk, da blieb mir die Luft weg"),
    ("en", "out of breath after squash like always"),
    ("en", "nose blocked, can't breathe through it"),
    ("en", "I dreamt I couldn't breathe"),
    ("fr", "essoufflée après mon footing, comme d'habitude"),
    ("nl", "buiten adem na het hardlopen, zoals altijd"),
    ("es", "terminé el partido de pádel sin aliento, como siempre"),
    ("es", "tengo la nariz tapada y no respiro por ella"),
    ("en", "swam forty lengths and was puffed afterwards like everyone else in the lane"),
    ("en", "got puffed after my 5k but so was everyone half my age"),
    ("fr", "hors d'haleine après le volley, comme toute l'équipe"),
    ("nl", "na de handbaltraining buiten adem, net als de rest van het team"),
    ("de", "nach dem Schwimmtraining war ich außer Puste wie die anderen auch"),
    ("es", "después del pádel acabé sin aliento, igual que las demás"),
    ("fr", "j'ai crié à en perdre haleine, quel match !"),
    ("nl", "ademloos zat ik naar de schaatsfinale te kijken, wat een race!"),
    ("de", "der Wind am Strand nimmt einem den Atem"),
    ("en", "we laughed till we couldn't breathe"),
    ("nl", "in de soap van gisteren kreeg Nicole geen lucht meer"),
    ("de", "mir blieb vor Lachen die Luft weg"),
    ("de", "wir haben so gelacht, dass ich nach Luft schnappen musste"),
    ("nl", "we hebben ons kapot gelachen, ik stikte haast"),
    ("fr", "on a tellement ri qu'on ne pouvait plus respirer"),
    ("en", "a bit of toast went down the wrong way and I was gasping for a second"),
    ("de", "habe mich am Tee verschluckt und kurz nach Luft gerungen"),
    ("nl", "verslikte me in een pinda en hapte naar adem"),
    ("es", "me atraganté con una espina y me ahogaba"),
    ("de", "beim Fußball schnaufen ja alle, ich auch"),
    ("en", "spin class leaves all of us gasping, me included"),
    ("fr", "au foot on est tous à bout de souffle à la mi-temps"),
    ("es", "en el partido de pádel acabamos todos sin aliento"),
    ("nl", "na de spinningles lag iedereen te puffen, ik ook"),
    ("de", "wir waren alle außer Atem nach dem Aufstieg zur Hütte"),
    ("de", "ich schnaufe nicht mehr als sonst"),
    ("en", "I'm no more out of breath than I've ever been"),
    ("nl", "ik ben niet benauwder dan anders"),
    ("fr", "je ne suis pas plus essoufflé que d'habitude"),
    ("es", "no me fatigo más que antes"),
    ("en", "going up the hill I get out of breath same as I always have"),
    ("nl", "ik was altijd al snel buiten adem, ook als kind"),
    ("de", "das Röntgen der Lunge war unauffällig"),
    ("en", "back tyre's got no air in it so I'll be late"),
    ("fr", "il n'y a plus d'air dans la roue de mon fauteuil"),
    ("nl", "Band lek, geen lucht meer in, ik kom met de bus"),
    ("de", "Die Reifen vom Rollator haben keine Luft mehr, wer kann mir da helfen?"),
    ("es", "se me pinchó la rueda y se quedó sin aire"),
    ("en", "the boiler's been wheezing since Monday"),
    ("fr", "mon ordinateur s'essouffle, je n'arrive pas à ouvrir le formulaire"),
    ("de", "Mein alter Drucker keucht auch schon"),
    ("de", "Der Staubsauger zieht keine Luft mehr"),
    ("nl", "Die strakke trui knelt zo dat ik geen adem krijg"),
    ("es", "Esta faja me aprieta tanto que no puedo ni respirar"),
    ("en", "It's so stuffy in your waiting room, no air at all"),
    ("de", "Bei 35 Grad im Bus hat man ja keine Luft mehr bekommen"),
    ("es", "En este autobús no hay aire, qué bochorno"),
    ("nl", "ademloos zitten luisteren gisteren in het Concertgebouw"),
    ("es", "qué susto el gol en el 90, me dejó sin aliento jajaja"),
    ("nl", "vol in de remmen voor een fietser, adem stokte van de schrik"),
    ("es", "Corro 5 km y acabo jadeando, lo normal de siempre"),
    ("nl", "Na de voetbaltraining even uithijgen zoals de hele ploeg"),
    ("de", "Ich schnaufe nach dem Joggen, wie sich's gehört"),
    ("es", "cuando trabajaba en la mina nos faltaba el aire a todos"),
    ("de", "Als ich noch geraucht habe, hab ich bei jeder Treppe gekeucht"),
    ("nl", "toen ik in de bakkerij werkte was ik altijd kortademig"),
    ("de", "2018 hatte ich eine Lungenembolie, da bin ich fast erstickt"),
    ("nl", "vorige maand nog kortademig, nu helemaal niet meer"),
    ("nl", "vorige week nog puffend de dijk op, nu weer als vanouds zonder moeite"),
    ("de", "Stück Brot in der falschen Kehle, ich bekam kurz keine Luft, jetzt ist alles gut"),
    ("en", "I cycled 30 km today and was out of breath on the bridge, same as the others"),
    ("nl", "Vandaag 30 km gefietst, op de brug wat buiten adem net als mijn maten"),
    ("de", "Heute 30 km Rad gefahren, auf der Brücke etwas außer Atem, genauso wie meine Freunde"),
    ("fr", "30 km à vélo aujourd'hui, un peu essoufflé dans la côte comme mes copains"),
    ("es", "Hoy 30 km en bici, en el puente algo sin aliento igual que mis amigos"),
    ("es", "Subí al cerro con mis nietos y llegué resoplando igual que ellos, me siento de maravilla"),
    ("en", "After the relay I was winded, as was every other runner"),
    ("en", "Ran for the bus, puffed for a minute like everyone, then fine"),
    ("nl", "Naar de bus gerend, een minuutje hijgen zoals iedereen, toen weer goed"),
    ("fr", "Après mes 10 km je suis toujours essoufflé, c'est le but"),
    ("en", "My friends and I climbed the tower and we were all puffing at the top"),
    ("nl", "Mijn auto hijgt de heuvel op, tijd voor een nieuwe"),
    ("fr", "On a ri à ne plus pouvoir respirer"),
    ("nl", "Een kruimel schoot in het verkeerde keelgat, ik kreeg even geen adem, toen was hij eruit"),
    ("nl", "Verslikte me in mijn thee en hapte even naar lucht, alles weer goed"),
    ("fr", "Avant j'étais essoufflée, depuis le traitement plus rien"),
    ("es", "Antes me ahogaba, desde el tratamiento ya nada"),
    ("fr", "Avant j'étais vite essoufflé, mais depuis qu'on a baissé la dose je monte mes deux étages sans souci"),
    ("en", "I held my breath while they took the X-ray"),
    ("nl", "Ik ben niet sneller buiten adem dan mijn vriendinnen"),
    ("en", "I'm not any more puffed than my friends on the walk."),
    ("en", "my bra is that tight I can't breathe in it, need a new one"),
    ("nl", "Het stonk zo in de lift dat je geen adem kon halen"),
    ("de", "Im Aufzug hat es so gestunken, dass man nicht atmen konnte"),
    ("de", "Mein Enkel hat einen Witz erzählt, ich hab vor Lachen keine Luft mehr gekriegt"),
    ("de", "Wir haben gelacht, bis wir keine Luft mehr bekamen"),
    ("nl", "Sprintje voor de trein vanmorgen, zo weer op adem"),
    ("es", "La vista desde el acantilado me dejó sin aliento"),
    ("en", "Don't breathe a word to my daughter"),
]

BREATHING_WELL = [
    ("en", "I don't notice any shortness of breath"),
    ("fr", "je ne remarque aucun essoufflement"),
    ("de", "in den vierten Stock geh ich ohne zu schnaufen"),
    ("en", "I wouldn't say I'm breathless"),
    ("en", "breathing was never a problem"),
    ("nl", "benauwd ben ik geen moment geweest"),
    ("es", "subí al segundo sin parar y sin ahogarme"),
    ("es", "ni la boca ni los pulmones dan lata"),
    ("de", "der Husten ist da, die Luft aber gut"),
    ("fr", "je respire comme à vingt ans"),
    ("es", "respiro como a los veinte"),
    ("de", "Die Luft reicht wieder für alle vier Stockwerke."),
    ("de", "das Atmen fällt mir nicht schwer, nur das Sprechen strengt an"),
    ("de", "Mein Arzt fragt immer nach Atemnot – habe ich nicht"),
    ("nl", "en op de trap kom ik ook geen adem tekort"),
]


@pytest.mark.parametrize(("language", "text"), SHORT_OF_BREATH)
def test_everyday_words_for_breathlessness_are_heard(language: str, text: str) -> None:
    assert DYSPNEA in account(language, text).present


@pytest.mark.parametrize(("language", "text"), NOT_SHORT_OF_BREATH)
def test_breath_after_sport_through_the_nose_or_in_a_dream_is_no_breathlessness(language: str, text: str) -> None:
    assert DYSPNEA not in account(language, text).present


@pytest.mark.parametrize(("language", "text"), ONLY_LIKE_THE_HARMLESS)
def test_breath_that_is_short_beside_words_of_the_harmless_is_heard(language: str, text: str) -> None:
    assert DYSPNEA in account(language, text).present


@pytest.mark.parametrize(("language", "text"), BREATHING_WELL)
def test_breath_that_is_said_to_be_well_is_denied(language: str, text: str) -> None:
    said = account(language, text)

    assert DYSPNEA in said.absent
    assert DYSPNEA not in said.present


@pytest.mark.parametrize("text", ["toux de fumeuse depuis trente ans, rien de changé", "je tousse comme d'habitude"])
def test_a_cough_that_is_as_it_has_been_for_years_is_trivial(text: str) -> None:
    assert account("fr", text).is_cough_trivial


@pytest.mark.parametrize(
    "text",
    [
        "ce n'est pas ma toux habituelle",
        "ma toux habituelle a changé",
        "je tousse plus que d'habitude",
        "toux de fumeur, comme d'habitude mais plus grasse",
        "toux de fumeur depuis trois jours",
    ],
)
def test_a_cough_that_has_changed_or_is_new_is_not(text: str) -> None:
    assert not account("fr", text).is_cough_trivial


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("got puffed running for the bus but so was everyone", False),
        ("running for the bus leaves me breathless for an hour like everyone", True),
        ("running for the bus leaves me breathless for ten minutes like everyone", True),
        ("we all ran for the bus but only I was out of breath", True),
    ],
)
def test_breath_that_running_takes_from_everybody_comes_back_at_once(text: str, *, is_there: bool) -> None:
    assert (DYSPNEA in account("en", text).present) is is_there
