"""Whether eating and drinking are affected."""

from __future__ import annotations

import pytest

from symptoms.clinical.terms import Intake, Slot
from symptoms.language.eating.eating import Eating
from tests.symptoms.language.reading import account, understood

AFFECTED = [
    ("fr", "avaler n'est pas comme d'habitude, ça fait mal"),
    ("de", "brennt bei Tomaten so, dass ich sie stehen lasse"),
    ("de", "brennt beim Essen, nicht auszuhalten"),
    ("en", "left half my plate because my mouth hurts"),
    ("fr", "j'avale de travers à chaque bouchée à cause des plaies"),
    ("nl", "brandt bij elke hap, niet uit te houden"),
    ("en", "I could eat if it didn't hurt so much"),
    ("de", "ich könnte essen wenn es nicht so brennen würde"),
    ("nl", "ik zou eten als het niet zo brandde"),
    ("en", "an ulcer on my gum, I only chew on the good side"),
    ("de", "die Aphthen vermiesen mir jede Mahlzeit"),
    ("nl", "brood is er niet meer bij met die aften"),
    ("es", "con las llagas me lo trituran todo"),
    ("en", "my mouth is full of ulcers and I can't eat anything hot"),
    ("nl", "sinds dinsdag niet fatsoenlijk gegeten"),
    ("de", "Heiße Suppe geht gar nicht, kalter Joghurt schon"),
    ("fr", "la soupe chaude ne passe pas, le yaourt froid oui"),
    ("de", "kaltes Wasser geht, alles andere brennt"),
    ("nl", "mond vol aften, ik kan alleen drinken"),
    ("de", "Aphthe, jetzt kann ich kaum noch kauen"),
    ("es", "llaga en la boca, solo puedo masticar del otro lado"),
    ("es", "lo caliente me quema en la boca"),
    ("en", "I can't eat"),
    ("en", "swallowing hurts"),
    ("en", "I only manage soup"),
    ("en", "chewing is out of the question"),
    ("en", "living on smoothies"),
    ("en", "I drink everything through a straw"),
    ("en", "I'm off my food because of the sores"),
    ("en", "I eat less than usual"),
    ("fr", "je ne peux plus manger"),
    ("fr", "je peux plus rien manger"),
    ("fr", "on peut plus rien avaler avec cette bouche"),
    ("fr", "j'ai faim, je mange à peine"),
    ("fr", "pas de nausée mais je mange presque rien"),
    ("fr", "avaler me fait mal"),
    ("fr", "je ne mange que de la soupe"),
    ("fr", "je bois à la paille"),
    ("nl", "ik kan niet eten"),
    ("nl", "slikken doet pijn"),
    ("nl", "ik eet alleen soep"),
    ("nl", "alles moet door de blender"),
    ("de", "ich kann nicht essen"),
    ("de", "Schlucken tut weh, schmerzt beim Schlucken"),
    ("de", "ich esse nur noch Suppe"),
    ("de", "ich trinke mit dem Strohhalm"),
    ("es", "no puedo comer"),
    ("es", "me duele al tragar"),
    ("es", "solo tomo sopa"),
    ("es", "bebo con pajita"),
    ("es", "con estas llagas me tomo los yogures y poco más"),
    ("en", "I leave most of it because of my mouth"),
    ("de", "ich lasse das meiste auf dem Teller wegen dem Mund"),
    ("fr", "je laisse presque tout dans l'assiette à cause de ma bouche"),
    ("es", "dejo casi toda la comida en el plato por la boca"),
    ("nl", "ik krijg niks meer door mijn keel, eten gaat niet"),
    ("fr", "dès que je bois un truc un peu chaud ça me brûle"),
    ("fr", "Même la purée, ça pique"),
    ("de", "essen tu ich auch nur mehr die Hälfte"),
    ("nl", "slikken voelt alsof er glas in zit"),
    ("es", "no puedo ni pasar saliva"),
    ("fr", "je bois de l'eau et c'est tout"),
    ("fr", "je mâche que d'un côté"),
    ("en", "even ice cream hurts"),
    ("fr", "je ne peux plus rien avaler de solide"),
    ("en", "beer's off the table, it stings like mad on the ulcers"),
    ("de", "mein Steak hat der Hund gekriegt, mit den Blasen kau ich nix"),
    ("en", "two spoons of porridge and I'm in tears with these sores"),
    ("nl", "mijn koffie laat ik staan, die aften verdragen hem niet"),
    ("en", "the blisters won't let anything past but ice cream"),
    ("fr", "mon petit vin, fini : les aphtes ne le supportent plus"),
    ("es", "dejo la cena entera, la boca llena de aftas"),
    ("de", "fünf Aphthen, das Schnitzel bleibt im Kühlschrank"),
    ("nl", "drink mijn thee met kleine teugjes want het bijt op die wondjes"),
    ("de", "zwei Stunden an der Suppe gesessen"),
    ("nl", "mijn vrouw draait al mijn eten door de zeef vanwege die zweren"),
    ("en", "ate a cracker and it hurt like hell"),
    ("en", "off my food, inside of my mouth is raw"),
    ("es", "no tengo hambre, como la mitad que antes"),
    ("nl", "geen trek want alles doet pijn bij het kauwen"),
    # all is eaten, but not as usual
    ("en", "I finish my plate, but it takes me an hour"),
    ("en", "it stings with orange juice but I eat everything, mashed"),
    ("en", "it stings with crisps but I eat everything else"),
    ("en", "it stings a bit when I eat, I eat everything but less"),
    ("en", "it burns like hell when I eat but I clear my plate"),
    ("en", "it burns a little with tomatoes but unbearably with bread, I finish my plate"),
    ("fr", "ça pique un peu mais je mange tout, mixé, ça pique quand je mange"),
    ("fr", "je mange de tout tant que c'est de la soupe"),
    ("nl", "het prikt bij koffie, die drink ik nu koud, ik eet wel alles"),
    ("nl", "het prikt bij het eten, mijn man eet mijn bord leeg"),
    ("de", "es brennt ein bisschen, ich esse alles außer Brot"),
    ("de", "es brennt beim Essen, ich esse den Teller leer, brauche aber eine Stunde"),
    ("es", "me pica al comer pero como de todo mientras sea blando"),
    ("es", "me arde horrores al comer pero no dejo nada en el plato"),
    # what does not go down
    ("en", "yoghurt goes down but the rest won't"),
    ("de", "der Brei geht, der Rest nicht, sechs Aphthen"),
    ("es", "ni los purés me entran, de lo llagada que tengo la boca"),
    ("nl", "zelfs puree krijg ik niet binnen"),
    ("fr", "la soupe reste dans l'assiette, ces plaies ne laissent rien passer"),
    # how it is eaten
    ("en", "I cut everything up tiny and chew only on the left"),
    ("de", "ich schneide mir alles babyklein"),
    ("en", "fifty minutes for a banana because of the sores"),
    ("es", "para beber ladeo la cabeza y dejo caer el agua por el lado bueno"),
    ("nl", "ik heb vier dagen op waterijsjes geleefd"),
    ("es", "el afta me obliga a comer todo en puré"),
    # what is not eaten at all
    ("de", "Ich würde so gern mal wieder ein Brötchen essen, aber mit den Aphthen bleibt es bei Brei"),
    ("fr", "manger, je n'y pense même plus avec ces plaies"),
    ("fr", "je mangerais si ça ne me brûlait pas autant"),
    ("es", "comería si no me ardiera"),
    ("de", "kein Appetit, weil der Mund so weh tut"),
    ("es", "no me apetece comer con estas llagas"),
    ("en", "It's not that I can't eat, I'm scared to because of the sores"),
    # nothing that is eaten, and not nothing that hurts
    ("es", "no puedo comer nada porque me duele"),
    ("es", "no puedo tragar me duele nada me calma"),
    # a time before that is back
    ("en", "Last summer I could only eat ice cream, and now again."),
]

UNAFFECTED = [
    ("en", "swallowing is all as normal, I just don't fancy anything"),
    ("en", "eating and drinking are as they always were"),
    ("de", "Kauen und Schlucken ist alles wie immer, nur keinen Appetit"),
    ("es", "dos aftas desde ayer, cené muy bien"),
    ("nl", "twee aften sinds gisteren, prima geluncht"),
    ("nl", "die aft belet me niet te eten"),
    ("de", "zwei offene Stellen am Zahnfleisch, beim Essen merk ich sie kaum"),
    ("en", "eating is fine"),
    ("en", "I'm eating like a horse"),
    ("en", "three sores but they don't stop me eating"),
    ("en", "no trouble swallowing"),
    ("es", "no me duele nada al comer"),
    ("es", "al comer no me duele nada"),
    ("fr", "je mange normalement"),
    ("fr", "je mange comme quatre"),
    ("nl", "eten gaat goed"),
    ("nl", "ik eet als een bouwvakker"),
    ("de", "Essen geht gut"),
    ("de", "ich esse wie ein Scheunendrescher"),
    ("es", "como bien"),
    ("es", "como de todo"),
    ("de", "eine Aphthe, merk ich beim Kauen gar nicht"),
    ("de", "zwei Aphthen, stören aber beim Essen nicht"),
    ("de", "drei Aphthen, Nahrungsaufnahme nicht eingeschränkt"),
    ("es", "una llaga, ni la siento al comer"),
    ("en", "one ulcer, I don't notice it when I eat"),
    ("fr", "un aphte mais ça m'empêche pas de souper"),
    ("fr", "ça ne m'empêche pas de manger"),
    ("de", "hab sogar Brezen mit Salz gegessen, ging gut"),
    ("de", "Tabletten kann ich wieder ohne Theater schlucken"),
    ("es", "un afta y ni me molesta al comer"),
    ("de", "aphthen keine, ich esse sogar Ananas"),
    ("es", "una llaguita pero me zampo los cacahuetes igual"),
    ("fr", "un aphte mais je croque dans ma baguette comme si de rien n'était"),
    ("nl", "één blaasje maar ik bijt gewoon in een harde appel"),
    ("nl", "kleine aft, kan mij niet tegenhouden om chips te eten"),
    ("nl", "Meerdere aften maar ik eet er om de waarheid te zeggen niet minder om"),
    ("en", "one ulcer but I won't give up my curry for it"),
    # it stings, and all is eaten
    ("en", "My two ulcers sting with vinegar, but I still clear my plate every night."),
    ("en", "It's not that I can't swallow, it stings a touch, but I eat everything."),
    ("en", "three sores, all on the left side of my tongue, sting with orange juice but I get everything down ok"),
    ("fr", "deux aphtes depuis hier, ça picote avec le vinaigre mais je finis mon assiette"),
    ("fr", "ça pique légèrement au café mais je ne laisse rien dans l'assiette"),
    ("nl", "drie wondjes sinds dinsdag, prikt bij citroen maar ik laat niks staan"),
    ("nl", "het steekt een beetje bij koffie, ik eet wel gewoon mee met de rest"),
    ("de", "es brennt ein bisschen beim Orangensaft, aber ich esse und trinke alles; drei Bläschen, seit Montag"),
    ("de", "brennt ein wenig beim Kaffee, ich esse und trinke aber ganz normal"),
    ("es", "dos llagas desde ayer, escuecen con el vinagre pero no dejo nada en el plato"),
    ("es", "escuece algo con el café pero ceno lo mismo que todos"),
    # it is eaten again
    ("nl", "nog één aft over en de frietjes smaken weer"),
    ("es", "dos llagas desde ayer y la paella me entró de maravilla"),
    ("en", "one ulcer since yesterday, ate a curry with it so can't be that bad"),
]

NOT_TOLD = [
    ("de", "drei Aphthen seit Freitag, brennen bei Tomaten, aber auszuhalten"),
    ("es", "3 aftas desde el viernes, me escuecen con el tomate pero bueno, se aguanta"),
    ("nl", "twee zweertjes, branden bij sinaasappelsap maar het is uit te houden"),
    ("fr", "j'ai laissé la moitié de mon assiette, mais la bouche n'a rien"),
    ("en", "left most of my dinner, no appetite, mouth fine"),
    ("fr", "avalé de travers à midi, j'ai toussé 2 min et c'est passé"),
    ("de", "4-5 Bläschen in der Unterlippe, seh aus als hätt ich was gegessen was ich nicht vertrag"),
    ("en", "I don't feel like eating, food doesn't interest me"),
    ("en", "the cough is worse after eating"),
    ("es", "toso sobre todo después de cenar"),
    ("fr", "du sang craché, trois cuillères à soupe"),
    ("de", "der Husten ist da und der Tee hilft null"),
    ("de", "Letzten Sommer hatte ich so viele Aphthen, dass ich nur Eis essen konnte."),
    ("es", "Cuando me operaron, en 2021, no pude comer sólido en un mes."),
    ("fr", "j'ai un gros coup de mou depuis l'annonce"),
    ("en", "I'd love to eat crisps again"),
    ("de", "ich hab keinen Appetit"),
    ("en", "bit of nausea after breakfast, off my food because of it"),
    ("fr", "un goût de ferraille en permanence, même l'eau"),
    ("nl", "alles smaakt naar ijzer, zelfs mijn koffie"),
    ("es", "tengo náuseas y nada de hambre"),
    ("en", "went dizzy at breakfast and had to sit down"),
]


@pytest.mark.parametrize(("language", "text"), AFFECTED)
def test_eating_is_affected(language: str, text: str) -> None:
    assert account(language, text).eating is Eating.IMPAIRED


@pytest.mark.parametrize(("language", "text"), UNAFFECTED)
def test_eating_goes_well(language: str, text: str) -> None:
    assert account(language, text).eating is Eating.UNIMPAIRED


@pytest.mark.parametrize(("language", "text"), NOT_TOLD)
def test_nausea_hunger_and_taste_tell_nothing_of_the_mouth(language: str, text: str) -> None:
    assert account(language, text).eating is Eating.NOT_MENTIONED


def test_how_much_is_eaten_is_read_where_it_is_affected() -> None:
    assert understood("en", "I can't eat").answers[Slot.MOUTH_INTAKE] is Intake.ALMOST_NOTHING
    assert understood("en", "I only manage soup").answers[Slot.MOUTH_INTAKE] is Intake.CHANGED
    assert understood("en", "I eat less than usual").answers[Slot.MOUTH_INTAKE] is Intake.REDUCED
    assert Slot.MOUTH_INTAKE not in understood("en", "eating is fine").answers


@pytest.mark.parametrize("text", ["je mange moins, pas faim", "je mange peu car j'ai des nausées", "plus d'appétit"])
def test_want_of_hunger_hinders_nothing(text: str) -> None:
    assert account("fr", text).eating is Eating.NOT_MENTIONED
