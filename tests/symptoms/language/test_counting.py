"""How many sores."""

from __future__ import annotations

import pytest

from tests.symptoms.language.reading import account

COUNTS = [
    ("en", "got 4 of them on my tongue", 4),
    ("en", "there are five of the things, they came on Monday", 5),
    ("fr", "il y en a cinq maintenant dans ma bouche", 5),
    ("nl", "vier van die krengen op mijn tong", 4),
    ("de", "hab 3 Stück, alle auf der Zunge", 3),
    ("de", "im Mund sind es jetzt fünf", 5),
    ("es", "tengo cinco en la lengua", 5),
    ("es", "me equivoqué, son 4 llagas y no 2", 4),
    ("de", "es sind 4 nicht 2 Bläschen", 4),
    ("en", "I thought it was 3 but it's 5 sores", 5),
    ("nl", "geen nieuwe blaasjes, nog steeds drie", 3),
    ("en", "apart from two, all the sores have gone", 2),
    ("fr", "il m'en reste trois sur les six", 3),
    ("en", "9 ulcers altogether since I began, 2 at present", 2),
    ("de", "ich habe zehn Aphthen, letzte Woche waren es 14", 10),
    ("de", "meine Frau hat elf Stück in meinem Mund gezählt", 11),
    ("es", "una dos tres cuatro cinco... sí cinco llagas", 5),
    ("nl", "eerst kwam de eerste blaar, daarna nog drie", 4),
    ("de", "4x Aphthe, 2x Zunge 2x Wange", 4),
    ("fr", "je vois le docteur le 20, j'ai trois aphtes", 3),
    ("de", "fünf Bläschen im Mund statt drei", 5),
    ("de", "zähle fünf Aphthen, davon zwei auf der Zunge und drei in der Wange", 5),
    ("de", "am Freitag den 6. eine Aphthe bemerkt", 1),
    ("es", "dos llagas, la cita es el 20/3", 2),
    ("en", "I have four mouth sores", 4),
    ("en", "two on the tongue and one on the gum", 3),
    ("en", "4 or 5 ulcers", 5),
    ("en", "three ulcers, maybe four", 4),
    ("en", "a sore on my lip", 1),
    ("en", "a couple of ulcers", 2),
    ("en", "half a dozen mouth sores", 6),
    ("en", "one ulcer and another on the gum", 2),
    ("en", "seven ulcers: four on the tongue, three on the lip", 7),
    ("en", "nine sores in my mouth, nine!", 9),
    ("en", "two of the nine sores are left", 2),
    ("en", "had seven ulcers, five have healed so I'm down to two", 2),
    ("en", "it began with 2 mouth sores on Tuesday, 4 yesterday, now 6", 6),
    ("en", "the first ulcer came on Sunday and a second one last night", 2),
    ("en", "not three sores but five", 5),
    ("en", "3 mouth sores, I live on the 2nd floor and take 10 mg", 3),
    ("en", "five mouth sores, day 8", 5),
    ("en", "one mouth sore, it hurts 8 out of 10", 1),
    ("fr", "j'ai quatre aphtes", 4),
    ("fr", "deux sur la langue et un sur la gencive", 3),
    ("fr", "4 ou 5 aphtes", 5),
    ("fr", "un aphte sur la lèvre", 1),
    ("fr", "il ne me reste que deux aphtes sur sept", 2),
    ("fr", "je n'ai plus que deux aphtes", 2),
    ("fr", "il me reste quatre aphtes sur dix", 4),
    ("en", "yesterday two sores, today five", 5),
    ("en", "went from 6 mouth sores to 3", 3),
    ("nl", "ik heb vier aften", 4),
    ("nl", "twee op de tong en een op het tandvlees", 3),
    ("nl", "4 of 5 aften", 5),
    ("nl", "een aft op mijn lip", 1),
    ("nl", "van de acht aften zijn er nog drie over", 3),
    ("de", "ich habe vier Aphthen", 4),
    ("de", "zwei auf der Zunge und eine am Zahnfleisch", 3),
    ("de", "4 bis 5 Aphthen", 5),
    ("de", "eine Aphthe an der Lippe", 1),
    ("de", "keine zwei Aphthen, sondern drei", 3),
    ("es", "tengo cuatro llagas", 4),
    ("es", "dos en la lengua y una en la encía", 3),
    ("es", "4 o 5 llagas", 5),
    ("es", "una llaga en el labio", 1),
    ("es", "no son tres llagas, son cinco", 5),
    ("en", "sores on both sides of my tongue, two left and three right", 5),
    ("en", "of the six sores there are now two", 2),
    ("en", "a spot on my gum, a kind of ulcer", 1),
    ("fr", "trois aphtes, dont un sur la langue", 3),
    ("fr", "deux en haut, deux en bas et un sur la langue, des aphtes", 5),
    ("fr", "un petit trou dans la joue, c'est un aphte", 1),
    ("fr", "j'ai deux enfants et un aphte", 1),
    ("nl", "drie aften op mijn tong en nog twee op het tandvlees", 5),
    ("nl", "links twee, rechts twee. Aften dus", 4),
    ("nl", "eentje links en eentje rechts, aften", 2),
    ("nl", "drie aften, waarvan ene op het verhemelte", 3),
    ("nl", "gisteren nog 3 zweertjes, vandaag 5", 5),
    ("en", "one big one on the gum and two little ones on the tongue, mouth sores", 3),
    ("en", "I had one ulcer on Monday and now I've got three", 3),
    ("en", "a sore on each side of my tongue", 2),
    ("en", "both sores are from last weekend", 2),
    ("de", "Es sind noch zwei von fünf Aphthen da", 2),
    ("fr", "ça a commencé avec un aphte et maintenant j'en ai cinq", 5),
    ("nl", "drie aften: eentje op mijn tong en de rest tegen mijn kiezen", 3),
    ("nl", "28 februari is het begonnen met 1 zweer en nu zijn het er 2", 2),
    ("fr", "hier j'en avais cinq, il m'en reste deux, les autres aphtes ont cicatrisé", 2),
    ("es", "no son tres llagas, me equivoqué antes, son cinco", 5),
    ("de", "acht Bläschen im Mund hatte ich, zwei davon hab ich noch", 2),
    ("de", "zu den zwei Aphthen ist noch eine dazugekommen. Macht nach Adam Riese drei.", 3),
    ("es", "tengo una llaga en la lengua y otras dos en la mejilla", 3),
    ("es", "hoy me salió la cuarta llaga", 4),
    ("es", "llagas sí. ¿cuántas? una", 1),
    ("en", "three ulcers, one of them on the gum", 3),
    ("en", "six ulcers I think or seven", 7),
    ("en", "1 on the lip, 2 on the tongue, 3 at the back, all mouth sores", 6),
    ("de", "von 6 Aphthen auf 3 runter", 3),
    ("es", "eran cuatro las llagas, dos se secaron y las otras ni las siento al comer", 2),
    ("es", "las de arriba son 4, las de abajo son 3: siete llagas", 7),
    ("en", "I make it three ulcers. One each side of the tongue and one on the lip", 3),
    ("en", "two in each cheek and a big one on the palate. ulcers", 5),
    ("en", "three sores now, one under the tongue and the others on the cheek", 3),
    ("en", "had four ulcers yesterday, woke up to another two this morning", 6),
    ("en", "an ulcer on my tongue and one on my lip", 2),
    ("en", "three out of five ulcers have healed", 2),
    ("en", "two ulcers, one either side of my tongue", 2),
    ("en", "my husband can see five ulcers, I can see three", 5),
    ("en", "they said ring for more than three sores. I've four", 4),
    ("fr", "de cinq aphtes lundi je suis passée à trois", 3),
    ("fr", "avec trois aphtes en moins, il en reste quatre", 4),
    ("de", "Aphthen, eine Unterlippe, eine unter der Zunge", 2),
    ("nl", "links en rechts een aft", 2),
    ("nl", "niet twee maar drie aften", 3),
    ("nl", "vijf aften tel ik, of zes als je die kleine meerekent", 6),
    ("nl", "Ik ben 48 en heb 3 aften", 3),
    ("de", "zu den drei Aphthen sind zwei neue gekommen", 5),
    ("de", "letzte Woche hatte ich vier, heute bloß noch eine Aphthe", 1),
    ("de", "fünf Aphthen! am Sonntag wars noch eine", 5),
    ("de", "eine von meinen zwei Aphthen ist heute aufgegangen", 2),
    ("de", "drei waren es, eine ist weg, Aphthen mein ich", 2),
    ("de", "Mein Mann hat drei Aphthen, ich bloß eine", 1),
    ("es", "una llaga grande y dos chicas", 3),
    ("es", "ocho llagas... o nueve", 9),
    ("es", "llagas: lengua 2, encía 2, labio 1", 5),
    ("en", "used to have five, now it's down to one", 1),
    ("fr", "j'en avais 6, 4 sont guéris, y en reste deux", 2),
    ("de", "von den 6 Aphthen ist noch eine einzige übrig", 1),
    ("nl", "tussen de vier en de zes aften", 6),
    ("en", "five sores this morning, started with a single one on Friday", 5),
    ("de", "Waren mal acht Aphthen. Stand heute: zwei.", 2),
    ("es", "tres llagas, ni una más ni una menos", 3),
]

SEVERAL_CLAUSES = [
    # what was named is counted once, however it is taken up again
    ("en", "a sore on Monday, two more on Tuesday. All three hurt", 3),
    ("fr", "un aphte lundi, deux autres mardi. Les trois me font mal", 3),
    ("nl", "maandag de eerste zweer, dinsdag de tweede en vandaag nummer drie. Alle drie doen zeer", 3),
    ("de", "am Montag eine Aphthe, am Dienstag zwei weitere. Alle drei tun weh", 3),
    ("es", "el lunes una llaga, el martes otras dos. Las tres duelen", 3),
    ("en", "one, two, three, four, five and six. Six ulcers", 6),
    ("fr", "un, deux, trois, quatre aphtes sur la langue", 4),
    ("nl", "een, twee, drie, vier aften op mijn tong", 4),
    ("de", "eins, zwei, drei, vier Aphthen auf der Zunge", 4),
    ("es", "una, dos, tres, cuatro y cinco. Cinco llagas", 5),
    # a number that only says again how long
    ("en", "two ulcers now for five weeks. Five.", 2),
    ("fr", "deux aphtes depuis cinq semaines. Cinq.", 2),
    ("nl", "twee aften, al vijf weken. Vijf.", 2),
    ("de", "zwei Aphthen seit fünf Wochen. Fünf.", 2),
    ("es", "dos llagas desde hace cinco semanas. Cinco.", 2),
    # the mouth is no place among its places
    ("en", "four sores in my mouth, two on the gum and two on the tongue", 4),
    ("fr", "2 plaies dans la bouche, une sur la langue, une dessous", 2),
    ("nl", "vier zweertjes in mijn mond, twee op de tong en twee op het tandvlees", 4),
    ("de", "vier Bläschen im Mund, zwei auf der Zunge und zwei am Gaumen", 4),
    ("es", "cuatro úlceras en la boca, dos en el paladar y dos en la encía", 4),
    # part of so many, with nothing but an article between
    ("en", "I still have 2 of the 3 ulcers", 2),
    ("fr", "j'ai toujours 2 des 3 aphtes dont je parlais", 2),
    ("nl", "nog steeds 2 van de 3 aften", 2),
    ("de", "hab immer noch 2 der 3 Aphthen", 2),
    ("es", "sigo con 2 de las 3 llagas", 2),
    # what became of what
    ("en", "one sore became two, two became four", 4),
    ("fr", "un aphte, puis deux, puis quatre", 4),
    ("nl", "van één aft naar twee, van twee naar vier", 4),
    ("de", "aus der einen Aphthe sind inzwischen 4 geworden", 4),
    ("es", "de una llaga pasé a dos, de dos a cuatro", 4),
    ("en", "first three, then five, now back to two ulcers", 2),
    ("fr", "au début trois, ensuite cinq, et là de nouveau deux aphtes", 2),
    ("nl", "eerst drie, toen vijf, nu weer twee aften", 2),
    ("de", "erst drei, dann fünf, jetzt wieder zwei Aphthen", 2),
    ("es", "primero tres, luego cinco, ahora otra vez dos llagas", 2),
    ("en", "I had eight, now it's more like five ulcers", 5),
    ("fr", "j'en avais huit, là je dirais plutôt cinq aphtes", 5),
    ("nl", "ik had er acht, nu eerder vijf aften", 5),
    ("de", "acht hatte ich, jetzt eher fünf Aphthen", 5),
    ("es", "tenía ocho, ahora más bien cinco llagas", 5),
    # what came where something went
    ("en", "the big ulcer has gone but two small ones have taken its place", 2),
    ("fr", "le gros aphte est parti mais deux petits ont pris sa place", 2),
    ("nl", "de grote aft is weg maar er zijn twee kleintjes voor in de plaats gekomen", 2),
    ("de", "die große Aphthe ist weg, dafür sind zwei kleine nachgekommen", 2),
    ("es", "la llaga grande se fue pero salieron dos chiquitas en su lugar", 2),
    ("fr", "mes aphtes sont passés de cinq à deux, ça se calme", 2),
    # nothing then, so many now
    ("en", "I had none last week and now there's six of the little beggars along my gum", 6),
    ("fr", "la semaine dernière rien du tout et là j'en ai six le long de la gencive, des aphtes", 6),
    ("nl", "vorige week had ik niks en nu zitten er zes langs mijn tandvlees, zweertjes", 6),
    ("de", "letzte Woche war nix und jetzt sitzen da sechs am Zahnfleisch, so Bläschen", 6),
    ("es", "la semana pasada nada y ahora tengo seis en la encía, llagas", 6),
    # on each side, and one besides
    ("en", "there's a blister inside each cheek and one on the tip of my tongue", 3),
    ("fr", "une cloque dans chaque joue plus une sur le bout de la langue", 3),
    ("nl", "in elke wang een blaar en nog een op het puntje van mijn tong", 3),
    ("de", "in jeder Backe ein Bläschen und eins auf der Zungenspitze", 3),
    ("es", "una ampolla en cada mejilla y otra en la punta de la lengua", 3),
    ("en", "a pair of ulcers either side of my tongue", 2),
    ("fr", "une plaie à l'intérieur de la joue et chaque bouchée me fait pleurer", 1),
    # ordinals of sores, and of other things
    ("en", "ulcers number one and two arrived Monday, number three this morning", 3),
    ("en", "my third box of tablets, and one sore inside my lip", 1),
    ("fr", "ma troisième boîte, et une petite plaie dans la lèvre", 1),
    ("nl", "mijn derde doosje, en één zweertje in mijn lip", 1),
    ("de", "die dritte Packung, und eine wunde Stelle an der Lippe", 1),
    ("es", "la tercera caja, y una llaguita en el labio", 1),
    # not so many but so many
    ("en", "it's not one ulcer anymore, it's three", 3),
    ("de", "es ist nicht mehr eine Aphthe, es sind drei", 3),
    ("es", "ya no es una llaga, son tres", 3),
    # so many at bedtime, so many in the morning
    ("en", "went to bed with one sore, woke up with three", 3),
    ("fr", "couchée avec une plaie dans la bouche, réveillée avec trois", 3),
    ("nl", "met één zweertje naar bed, met drie wakker geworden", 3),
    ("de", "mit einer Aphthe ins Bett, mit drei aufgewacht", 3),
    ("es", "me acosté con una llaga y amanecí con tres", 3),
    # no, so many
    ("en", "two ulcers? Three! I'd missed the one right at the back", 3),
    ("fr", "une plaie, non deux en fait, derrière la lèvre", 2),
    ("nl", "een wondje, nee twee eigenlijk, achter mijn lip", 2),
    ("de", "ein Bläschen, nein zwei, hinter der Lippe", 2),
    ("es", "una herida, no, dos en realidad, detrás del labio", 2),
    # so many before, in brackets
    ("en", "ulcers: 3 (was 5)", 3),
    ("fr", "aphtes : 3 (avant 5)", 3),
    ("nl", "aften: 3 (eerst 5)", 3),
    ("de", "Aphthen: 3 (vorher 5)", 3),
    ("es", "llagas: 3 (antes 5)", 3),
    # week by week
    ("fr", "la première semaine un seul aphte, la deuxième il y en avait six", 6),
    ("nl", "de eerste week één aft, de tweede week waren het er zes", 6),
    ("es", "la primera semana solo una llaga, la segunda ya eran seis", 6),
    # and a second one, whatever else is said between
    ("en", "I had an ulcer Saturday, it got bigger and since yesterday there's a second beside it", 2),
    ("fr", "samedi j'ai eu un aphte, il a grossi et depuis hier il y en a un second à côté", 2),
    ("nl", "zaterdag had ik een aft, die werd groter en sinds gisteren zit er een tweede naast", 2),
    ("de", "am Samstag eine Aphthe, die wurde größer und seit gestern ist eine zweite daneben", 2),
    ("es", "el sábado tuve una llaga, creció y desde ayer hay una segunda al lado", 2),
    # who has how many, and who counts how many
    ("en", "I make it eight, himself says nine blisters in my mouth", 9),
    ("de", "gezählt hab ich acht, mein Mann meint neun Bläschen", 9),
    ("es", "yo cuento ocho, mi marido nueve ampollas", 9),
    ("en", "me and my sister both have mouth ulcers, she has one, I've got five", 5),
    # told of nothing by name, but of what came of it
    ("en", "had nine last week down to two today, in my mouth", 2),
    ("fr", "hier deux, aujourd'hui quatre", 4),
    ("de", "vorgestern gings mit einer los und heute sinds sechs", 6),
    # one, however it is told that it is the last
    ("nl", "nog eentje over. Twee weken terug waren het er zes. Aften.", 1),
    ("de", "eine hab ich noch. Vor zwei Wochen warens sechs. Aphthen.", 1),
    # one on its place, without its noun
    ("de", "zwei auf der Zunge und dann noch so ne kleine im Mundwinkel", 3),
    ("en", "ulcer on gum. Ulcer on lip. Ulcer on tongue.", 3),
    # a bunch is no sore
    ("fr", "une petite grappe au fond, je dirais six aphtes", 6),
    ("es", "un racimo atrás, diría que seis llagas", 6),
    # so many of so many went
    ("en", "of seven blisters three have dried up", 4),
    ("fr", "sur sept cloques trois ont séché", 4),
    ("nl", "van de zeven blaasjes zijn er drie ingedroogd", 4),
    ("de", "von sieben Bläschen sind drei eingetrocknet", 4),
    ("es", "de siete ampollas tres se secaron", 4),
    ("de", "zuerst war da eine Aphthe, dann kamen zwei dazu, eine ist abgeheilt", 2),
    ("de", "keine Aphthen mehr, nur noch eine kleine Wunde an der Lippe", 1),
    # the third in months is one
    ("en", "another ulcer, third since Christmas", 1),
    ("fr", "encore un aphte, le troisième depuis Noël", 1),
    ("nl", "weer een aft, de derde sinds kerst", 1),
    ("de", "wieder eine Aphthe, die dritte seit Weihnachten", 1),
    ("es", "otra llaga, la tercera desde Navidad", 1),
    # what kind of sore
    ("en", "two baby ulcers this morning", 2),
    ("en", "it's been six days and the ulcer's no smaller", 1),
    ("nl", "zes dagen al en de aft wordt niet kleiner", 1),
]

OTHER_THINGS = [
    ("en", "there are 4 of us at home"),
    ("en", "I have 4 left, is that enough till Monday?"),
    ("en", "only two left in the box"),
    ("fr", "j'en ai pris deux ce matin"),
    ("nl", "er staan er vijf in de wachtrij"),
    ("de", "jetzt ist es drei"),
    ("es", "son las tres"),
    ("es", "tengo 3 en la familia con lo mismo"),
    ("en", "I had ten tablets, two left"),
    ("en", "we had four appointments, one is left"),
    ("fr", "j'avais dix comprimés, il m'en reste deux"),
]

MANY = [
    ("en", "my mouth is full of sores"),
    ("en", "loads of ulcers in my mouth"),
    ("en", "more than three mouth sores"),
    ("fr", "la bouche pleine d'aphtes"),
    ("fr", "j'ai plus de trois aphtes"),
    ("nl", "mijn mond zit vol aften"),
    ("nl", "meer dan drie aften"),
    ("de", "der Mund ist voller Aphthen"),
    ("de", "mehr als drei Aphthen"),
    ("es", "tengo la boca llena de llagas"),
    ("es", "más de tres llagas"),
    ("es", "dejé de contar las llagas en siete"),
    ("de", "bei sieben Aphthen hab ich aufgehört zu zählen"),
]

UNKNOWN = [
    ("en", "some mouth sores"),
    ("en", "a few ulcers on my tongue"),
    ("fr", "quelques aphtes"),
    ("nl", "enkele aften"),
    ("de", "einige Aphthen"),
    ("es", "unas llagas en la boca"),
    ("de", "eine Handvoll Aphthen"),
    ("de", "kein Tag ohne Aphthe"),
    ("en", "a batch of ulcers came up"),
    ("fr", "toute une série d'aphtes est sortie"),
    ("nl", "er kwam een golf aften"),
    ("de", "da kam ein ganzer Schwung Aphthen"),
    ("es", "me salió una tanda de llagas"),
    ("es", "la boca toda llagada"),
    ("en", "ulcers, pain 6/10"),
]


@pytest.mark.parametrize(("language", "text", "count"), COUNTS + SEVERAL_CLAUSES)
def test_sores_are_counted(language: str, text: str, count: int) -> None:
    read = account(language, text).count

    assert read.value == count
    assert read.is_over_three is (count > 3)


@pytest.mark.parametrize(("language", "text"), MANY)
def test_many_are_more_than_three(language: str, text: str) -> None:
    assert account(language, text).count.is_over_three is True


@pytest.mark.parametrize(("language", "text"), OTHER_THINGS)
def test_what_is_left_of_other_things_is_no_sore(language: str, text: str) -> None:
    assert account(language, text).count.value is None


@pytest.mark.parametrize(("language", "text"), UNKNOWN)
def test_a_few_are_an_unknown_number(language: str, text: str) -> None:
    read = account(language, text).count

    assert read.value is None
    assert read.is_over_three is None
