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
    ("en", "ulcers, pain 6/10"),
]


@pytest.mark.parametrize(("language", "text", "count"), COUNTS)
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
