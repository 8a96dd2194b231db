"""Since when."""

from __future__ import annotations

import pytest

from tests.symptoms.language.reading import account

SINCE = [
    ("en", "2 ulcers since my last infusion on 5 March", 7),
    ("de", "seit meinem Termin am 3. habe ich Bläschen", 9),
    ("de", "seit dem Dritten habe ich Bläschen", 9),
    ("fr", "j'ai remarqué un premier aphte le 7, et un deuxième ce matin", 5),
    ("de", "Schmerzen im Mund, gezählt: sechs. Vorgestern gings los", 2),
    ("nl", "aften sinds carnaval", 25),
    ("en", "I've been on everolimus for 5 weeks and since Sunday I've had sores in my mouth", 4),
    ("de", "vor zwei Wochen hatte ich drei Aphthen, die sind verheilt, seit gestern ist eine neue da", 1),
    ("fr", "je prends l'évérolimus depuis 5 semaines et depuis dimanche j'ai des aphtes", 4),
    ("de", "drei Aphthen, die erste am 8.3.", 4),
    ("nl", "drie aften, gezien op 08-03-2026", 4),
    ("fr", "un aphte, ça a commencé mercredi passé il y a huit jours", 8),
    ("nl", "aften sinds het weekend, zondag ongeveer", 4),
    ("de", "seit so zehn Tagen Aphthen", 10),
    ("en", "mouth sores since yesterday", 1),
    ("en", "a mouth sore for three days", 3),
    ("en", "ulcers since Saturday", 5),
    ("en", "mouth sores, started a week ago", 7),
    ("en", "mouth sores since 8 March", 4),
    ("en", "7 mouth ulcers, day 4", 4),
    ("en", "the sores in my mouth came up this morning", 0),
    ("en", "two ulcers for 48 hours", 2),
    ("fr", "des aphtes depuis hier", 1),
    ("fr", "un aphte depuis trois jours", 3),
    ("fr", "des aphtes depuis samedi", 5),
    ("fr", "des aphtes depuis une semaine", 7),
    ("fr", "des aphtes depuis le 8 mars", 4),
    ("nl", "aften sinds gisteren", 1),
    ("nl", "al drie dagen een aft", 3),
    ("nl", "aften sinds zaterdag", 5),
    ("nl", "sinds een week aften", 7),
    ("nl", "aften sinds 8 maart", 4),
    ("de", "Aphthen seit gestern", 1),
    ("de", "seit drei Tagen eine Aphthe", 3),
    ("de", "Aphthen seit Samstag", 5),
    ("de", "Aphthen seit einer Woche", 7),
    ("de", "Aphthen seit dem 8. März", 4),
    ("es", "llagas desde ayer", 1),
    ("es", "llagas desde hace tres días", 3),
    ("es", "llagas desde el sábado", 5),
    ("es", "llagas desde hace una semana", 7),
    ("es", "llagas desde el 8 de marzo", 4),
    ("en", "a mouth sore since a week last Tuesday", 9),
    ("en", "since Sunday 1 March a mouth sore", 11),
    ("nl", "sinds 9 maart 1 blaar op het verhemelte", 3),
    ("nl", "een kwartier geleden opeens een zweertje op mijn tong", 0),
    ("de", "seit Mittwoch letzter Woche eine Aphthe", 8),
    ("en", "an ulcer since yestrday", 1),
    ("de", "eine Aphthe seit gestren", 1),
    ("nl", "Gisteravond schoot ik opeens in ademnood en het is nog niet over", 1),
    ("de", "seit dem 9. März 4 Bläschen an der Lippe", 3),
    ("en", "a mouth ulcer for a week and a half", 10),
    ("de", "seit zweieinhalb Wochen eine Aphthe", 17),
    ("es", "semana y media con una llaga en la boca", 10),
    ("fr", "2 aphtes depuis 4j", 4),
    ("nl", "2 aften sinds 72u", 3),
    ("es", "llagas desde hace 2 d, como normal", 2),
    ("en", "an ulcer since the Sunday before last", 11),
    ("de", "Aphthe seit vorletztem Sonntag", 11),
    ("nl", "een afte sinds zondag een week geleden", 11),
    ("en", "an ulcer since the end of last week", 6),
    ("de", "eine Aphthe, heute ist der 3. Tag", 3),
    ("en", "the second week with an ulcer", 8),
    ("es", "cumplo hoy una semana con llagas", 7),
    ("en", "an ulcer since Monday, no wait, Sunday", 4),
    ("es", "una llaga desde el tres de marzo", 9),
    ("fr", "un aphte depuis la Saint-Valentin", 26),
    ("de", "Aphthen seit Rosenmontag", 24),
    ("en", "an ulcer since 7 o'clock", 0),
    ("es", "el sábado me mordí y desde entonces tengo una llaga", 5),
    ("de", "vor zwei Tagen noch Urlaub, am selben Abend die ersten Bläschen im Mund", 2),
    ("nl", "eergisteren nog niks te zien, diezelfde avond 3 aften", 2),
    ("en", "I've my scan in three days and an ulcer for two", 2),
    ("en", "three weeks and two days with this cough", 23),
    ("en", "coughing for ten days, maybe eleven", 11),
    ("es", "mañana hará una semana que me salió la llaga", 6),
    ("en", "my first ulcer came on Saturday, number three today", 5),
    ("de", "gestern Abend drei, heute Morgen schon sechs offene Stellen im Mund", 1),
    ("fr", "toux depuis vendredi et un aphte depuis lundi", 3),
    ("nl", "koorts sinds gisteren, een aft sinds vijf dagen", 5),
    ("fr", "ma sœur tousse depuis un mois, moi depuis deux jours", 2),
    ("en", "an ulcer since last Wednesday", 8),
    ("fr", "on m'a augmentée le 1er et le 3 j'avais un aphte", 9),
    ("de", "in der Nacht von Samstag auf Sonntag kam eine Aphthe", 5),
    ("nl", "een aft sinds de dosis vrijdag omhoog ging", 6),
    ("de", "zehn, vielleicht elf Tage Husten", 11),
    # it began, and by another day there were so many
    ("en", "started last Friday with a tingle, by Sunday I had four sores", 6),
    ("fr", "ça a commencé vendredi dernier par un picotement et dimanche j'avais déjà quatre aphtes", 6),
    ("nl", "vrijdag begon het te tintelen en zondag had ik vier aften", 6),
    ("de", "letzten Freitag fing es mit Kribbeln an, Sonntag hatte ich vier Aphthen", 6),
    ("es", "el viernes pasado empezó con un cosquilleo y el domingo tenía cuatro llagas", 6),
    # the first of two
    ("en", "got my first one yesterday and my second this morning, mouth sores", 1),
    ("fr", "le premier est apparu hier et le second ce matin, des aphtes", 1),
    ("nl", "gisteren de eerste en vanochtend de tweede. Aften bedoel ik", 1),
    ("de", "gestern die erste, heute früh die zweite. Aphthen mein ich", 1),
    ("es", "la primera me salió ayer y la segunda esta mañana, llagas digo", 1),
    ("en", "ulcer number three showed up today, first one was ten days ago", 10),
    # all of them on a day, not every such day
    ("en", "exactly three ulcers, they all came on Tuesday", 2),
    ("fr", "trois aphtes, ils sont tous venus mardi", 2),
    ("nl", "precies drie aften, ze kwamen alle drie op dinsdag", 2),
    ("de", "genau drei Aphthen hab ich, die sind alle am Dienstag gekommen", 2),
    ("es", "tres llagas, salieron todas el martes", 2),
    ("es", "dos llagas en la encía. Todas de ayer", 1),
    # a day of the month with more behind it
    ("en", "the sores, all three of them, appeared after lunch on the 9th", 3),
    ("fr", "les aphtes, tous les trois, sont apparus le 9 après le déjeuner", 3),
    # a new one after those that healed
    ("en", "the two on my tongue healed but there's a new one on my lip since yesterday", 1),
    ("fr", "les deux sur la langue ont guéri mais depuis hier il y en a un nouveau sur la lèvre", 1),
    ("nl", "de twee op mijn tong zijn genezen maar sinds gisteren zit er een nieuwe op mijn lip, een aft", 1),
    ("de", "die zwei auf der Zunge sind abgeheilt, aber seit gestern ist eine neue an der Lippe, Aphthe", 1),
    ("es", "las dos de la lengua se curaron pero desde ayer tengo una nueva en el labio, una llaga", 1),
    ("en", "I still have one. It was six a fortnight ago. Ulcers.", 14),
    ("en", "two ulcers inside the lip, came up Thursday a week ago", 7),
    ("en", "short of breath since my holiday three weeks ago", 21),
    ("de", "drei offene Stellen, das Ganze seit 1 1/2 Wochen", 10),
    ("en", "up to yesterday only one ulcer, today three", 1),
    ("es", "hasta ayer solo una llaga, hoy tres", 1),
    ("de", "am Donnerstag letzter Woche hatte ich die erste Aphthe und jetzt sind es insgesamt fünf", 7),
    ("nl", "vorige week donderdag had ik de eerste aft en nu zijn het er in totaal vijf", 7),
    ("nl", "het zijn er inmiddels vijf, aften, gisteravond telde ik er nog drie", 1),
    ("de", "inzwischen fünf Aphthen, gestern Abend hab ich noch drei gezählt", 1),
    ("en", "it'll be a week on Saturday that I've had these mouth ulcers", 5),
    ("fr", "ça fera une semaine samedi que j'ai cet aphte", 5),
    ("fr", "1 aphte dim, 2 lun, 5 aujourd'hui", 4),
    ("es", "dom 1 llaga, lun 2, hoy 5", 4),
    ("de", "Sonntag 1, Montag 2, heute 5 Bläschen", 4),
    ("de", "zwei Wochen Ruhe gehabt, jetzt wieder eine Aphthe, seit gestern früh", 1),
    ("en", "had a sore throat for 2 days and then yesterday 3 ulcers came", 1),
    ("fr", "mal de gorge 2 jours et puis hier 3 aphtes sont sortis", 1),
    ("es", "2 días de dolor de garganta y ayer salieron 3 aftas", 1),
    ("nl", "een blaasje op mijn tong ontdekt, 20 minuten geleden", 0),
    ("de", "ein Bläschen auf der Zunge entdeckt, vor 20 Minuten", 0),
]

LONG = [
    ("en", "mouth sores for weeks"),
    ("fr", "des aphtes depuis des semaines"),
    ("nl", "al weken aften"),
    ("de", "Aphthen seit Wochen"),
    ("es", "llagas desde hace semanas"),
    ("es", "llagas desde febrero"),
    ("en", "mouth sores since early March"),
    ("de", "den ganzen Winter schon Aphthen"),
    ("es", "llagas desde principios de mes"),
    ("fr", "des aphtes depuis la dernière semaine de février"),
    ("de", "kurzatmig, so schleichend über die letzten Wochen"),
]

NO_TIME = [
    ("en", "I had two teeth out last year. now there is one sore where they were"),
    ("de", "drei Bläschen an der Zunge und 38,2 Fieber seit heute"),
    ("es", "anoche me salieron dos más, ya son seis aftas"),
    ("de", "ich komm jeden zweiten Freitag und hab eine Aphthe"),
    ("en", "an ulcer, I see Dr Shaw on Tuesday"),
    ("en", "coughed up some green stuff this morning"),
    ("en", "one mouth sore, I rinse three times a day"),
    ("en", "two mouth sores, see you next Friday"),
    ("en", "two mouth sores. I took the tablets this morning"),
    ("fr", "un aphte, je me rince la bouche trois fois par jour"),
    ("nl", "een aft, tot vrijdag"),
    ("de", "eine Aphthe, bis Freitag"),
    ("es", "una llaga, hasta el viernes"),
    ("en", "it takes me ten minutes to get my breath back"),
    ("en", "I'm on day 20 of the tablets and have two mouth ulcers"),
    ("de", "nehme die Tabletten seit 20 Tagen und habe zwei Aphthen"),
    ("nl", "ik neem de pillen nu 20 dagen en heb twee aften"),
    ("fr", "je prends les comprimés depuis 20 jours et j'ai deux aphtes"),
    ("es", "llevo 20 días con las pastillas y tengo dos llagas"),
    ("es", "desde anoche estoy tosiendo sin parar y tengo 2 llagas"),
    ("nl", "na 5 minuten stofzuigen ben ik kortademig"),
    ("nl", "een paar zweertjes sinds een paar dagen"),
    ("de", "beim Duschen werde ich kurzatmig, das war vor zwei Wochen noch nicht so"),
    ("fr", "depuis le passage à 10 mg j'ai quelques aphtes"),
    ("fr", "je viens toutes les 3 semaines et j'ai deux aphtes"),
    ("de", "alle 3 Wochen muss ich hin, und hab zwei Aphthen"),
    ("nl", "twee aften, de afspraak is over 3 dagen"),
    ("en", "the scan is on Friday and I have two mouth ulcers"),
    ("es", "uf, tengo una llaga"),
    ("de", "ich nehm die Tabletten jetzt den vierten Monat, Aphthen hab ich zwei"),
    ("fr", "un bain de bouche pour mes quatre aphtes, 3 fois par jour pendant 10 jours"),
    ("nl", "12 dagen geleden met de tabletten begonnen, op dag 9 zeven zweertjes"),
    ("de", "erst eine Aphthe, dann zwei, heute drei"),
    ("en", "ulcers, pain 6/10"),
    ("en", "I had none last week and now there's six ulcers along my gum"),
    ("fr", "la semaine dernière rien du tout et là j'en ai six sur la gencive, des aphtes"),
    ("nl", "vorige week had ik niks en nu zitten er zes langs mijn tandvlees, zweertjes"),
    ("de", "letzte Woche war nix und jetzt sitzen da sechs Bläschen am Zahnfleisch"),
    ("es", "la semana pasada nada y ahora tengo seis en la encía, llagas"),
    ("en", "an ulcer on the left, one on the right, and a fresh one at the front since last night"),
    ("fr", "un aphte à gauche, un à droite et depuis hier soir un troisième devant"),
    ("fr", "six aphtes, tous apparus en une journée"),
    ("en", "another ulcer turned up overnight, that makes four"),
    ("fr", "un autre aphte est arrivé cette nuit, ça fait quatre"),
    ("es", "anoche salió otra llaga, con esa son cuatro"),
]


@pytest.mark.parametrize(("language", "text", "days"), SINCE)
def test_the_days_since_it_began_are_read(language: str, text: str, days: int) -> None:
    since = account(language, text).since

    assert since is not None
    assert since.days is not None
    assert int(since.days) == days
    assert since.is_over_three is (days > 3)


@pytest.mark.parametrize(("language", "text"), LONG)
def test_for_weeks_is_more_than_three_days(language: str, text: str) -> None:
    since = account(language, text).since

    assert since is not None
    assert since.is_over_three is True


@pytest.mark.parametrize(("language", "text"), NO_TIME)
def test_what_happens_or_will_happen_is_no_time_since(language: str, text: str) -> None:
    since = account(language, text).since

    assert since is None or since.days is None
