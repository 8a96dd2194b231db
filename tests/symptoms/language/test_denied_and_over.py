"""What a text says is not there, or over, in spoken and short words; and what only sounds so and is there."""

from __future__ import annotations

from typing import Final

import pytest

from tests.symptoms.language.reading import labels

COUGH: Final = ("cough",)
BREATH: Final = ("dyspnea",)
SORES: Final = ("mouth_lesions",)
BOTH: Final = (*COUGH, *BREATH)

NOT_THERE: Final = [
    # a second "I" that still speaks of what was named
    ("nl", "ik had aften ik heb ze niet meer", SORES),
    ("fr", "j'avais une toux je n'en ai plus", COUGH),
    ("de", "ich hatte Husten ich habe keinen mehr", COUGH),
    ("de", "der Husten ist weg sonst nichts", COUGH),
    ("de", "also mir gehts gut kein husten und bläschen hab ich auch keine", SORES),
    # none left of those of a day gone by
    ("en", "I had six mouth ulcers last week, not a single one left today", SORES),
    ("fr", "J'avais 4 aphtes, aujourd'hui y'en a plus un seul", SORES),
    ("fr", "encore 2 aphtes hier, plus aucun aujourd'hui", SORES),
    ("fr", "l'aphte de la semaine dernière a disparu et rien de nouveau", SORES),
    ("de", "Bis gestern noch 2 wunde Stellen im Mund, heut keine mehr", SORES),
    ("de", "hatte vier Aphthen, davon ist nicht eine übrig", SORES),
    ("es", "tenía cuatro aftas, hoy no hay ni una sola", SORES),
    ("nl", "gisteren nog twee aften, vandaag geen enkele meer", SORES),
    ("nl", "de hoest is over sinds het weekend en traplopen gaat weer zonder te hijgen", COUGH),
    # denied at the end of a clause that says no more
    ("de", "aphthen sind keine da, meine tochter hat geschaut", SORES),
    ("de", "bläschen sind nicht da hat mein mann geschaut", SORES),
    ("en", "cough not there any more", COUGH),
    ("en", "of the cough there's not a trace left", COUGH),
    ("de", "von Husten keine Spur mehr", COUGH),
    ("en", "breathlessness: not noticed any", BREATH),
    ("fr", "essoufflement je ne remarque rien", BREATH),
    ("nl", "van kortademigheid merk ik niks", BREATH),
    ("es", "me pica la garganta pero tos no tengo eh", COUGH),
    ("es", "tos ya no tengo desde el domingo", COUGH),
    # today set against the day before
    ("en", "I had a cough yesterday but not today", COUGH),
    ("fr", "je toussais hier mais pas aujourd'hui", COUGH),
    ("nl", "ik hoestte gisteren maar vandaag niet", COUGH),
    ("es", "me ahogaba ayer pero hoy no", BREATH),
    # a topic, or two that "or" joins, before a bare denial
    ("en", "as for coughing or breathlessness, nothing", BOTH),
    ("fr", "pour ce qui est de la toux, néant", COUGH),
    ("nl", "hoesten of kortademigheid, nee", BOTH),
    ("es", "de tos o falta de aire, nada", BOTH),
    ("nl", "ik hoest of hijg ook niet", BOTH),
    ("de", "ich huste oder keuche nicht", BOTH),
    ("nl", "hoesten niet, kort adem niet", BOTH),
    # rid of it, or spared it
    ("de", "den Husten bin ich seit Sonntag los", COUGH),
    ("nl", "van dat hoesten ben ik sinds zondag af", COUGH),
    ("nl", "hoest en kortademigheid zijn mij bespaard gebleven", BOTH),
    ("es", "la tos y el ahogo por suerte me los he ahorrado", BOTH),
    # over by the next clause, or beside another denial
    ("de", "bei der letzten Visite hatte ich noch Husten, inzwischen ist der weg", COUGH),
    ("de", "vor dem Urlaub hatte ich noch Atemprobleme, jetzt nicht mehr", BREATH),
    ("fr", "à la dernière visite je toussais encore, depuis c'est passé", COUGH),
    ("nl", "den hoest is over en buiten adem ben ik ook niet meer", BOTH),
    ("nl", "van hoesten heb ik geen last meer", COUGH),
    ("es", "la tos esa q tenia se fue hace 4 dias", COUGH),
    ("de", "da huast is weg seit sonntag", COUGH),
    ("fr", "cette vilaine toux, c'est de l'histoire ancienne, je tousse plus", COUGH),
    ("fr", "je ne peux pas dire que je sois essoufflée, non", BREATH),
    ("en", "not a single sore so far, and I'm on day 20 of the tablets", SORES),
    # what the second reader leaves to the rules: nothing but what has gone is told
    ("nl", "hoest is over sinds 't weekend, hoestdrank terug in de kast", COUGH),
    ("de", "der reizhusten war nach 3 tagen vorbei, jetzt is ruhe", COUGH),
    ("fr", "débarrassée de cette sale toux depuis dimanche, ouf", COUGH),
    # no longer so, and no less a denial for the way it is put
    ("en", "it's no longer the case that I'm short of puff", BREATH),
    ("en", "cough's away", COUGH),
    ("en", "the cough is away now", COUGH),
    ("nl", "geen adem tekort", BREATH),
    ("nl", "ik heb geen adem te kort", BREATH),
    ("de", "Lunge frei laut Röntgen, Atmung ok", BREATH),
    ("en", "neither cough nor sores, all gone", COUGH),
    ("de", "weder Husten noch Aphthen, alles weg", COUGH),
    ("es", "ni tos ni llagas, todo se fue", COUGH),
    ("de", "meine Frau hustet nicht, ich auch nicht", COUGH),
    ("nl", "ik moet niet meer rechtop slapen", BREATH),
]

THERE: Final = [
    # something else is over, or is so no more, and not what was told before
    ("fr", "je tousse depuis lundi. L'appétit est parti", COUGH),
    ("fr", "je tousse depuis lundi. Les boutons sont partis", COUGH),
    ("fr", "je tousse depuis lundi, mon amie a eu ça et c'est passé", COUGH),
    ("es", "toso desde el lunes. Ya no tengo diarrea", COUGH),
    ("de", "ich huste sonst nichts", COUGH),
    # only new ones are denied
    ("de", "gestern drei Aphthen, heute keine einzige weg", SORES),
    ("de", "gestern drei Aphthen, heute keine weiteren", SORES),
    ("es", "ayer tres aftas, hoy ninguna nueva", SORES),
    ("fr", "hier deux aphtes, aujourd'hui pas un de plus", SORES),
    # some are left out of what has gone
    ("de", "meine Aphthen sind weg, außer der an der Zunge", SORES),
    ("es", "mis aftas se curaron, menos la de la lengua", SORES),
    ("nl", "mijn aften zijn weg, behalve die op mijn tong", SORES),
    ("nl", "de hoest is bijna over en traplopen gaat weer", COUGH),
    ("nl", "de hoest is over en weer terug zonder benauwdheid", COUGH),
    ("es", "no hay aftas nuevas, sigue la misma de siempre", SORES),
    ("fr", "deux aphtes guéris et un nouveau depuis hier", SORES),
    ("es", "tenía cuatro aftas, una ya cerró, otra también", SORES),
    ("en", "Cough a bit better but still there, ten days now, do I finish the antibiotics?", COUGH),
    ("de", "aphthen sind nicht nur da sondern auch auf der Zunge", SORES),
    ("de", "von Besserung beim Husten keine Spur", COUGH),
    ("en", "of the cough there's not a trace of improvement", COUGH),
    ("en", "breathlessness: not noticed any less of it", BREATH),
    ("fr", "de l'essoufflement je ne remarque rien sauf dans les escaliers", BREATH),
    ("nl", "van kortademigheid merk ik niet veel, alleen op de trap", BREATH),
    ("es", "tos ya no tengo tanta", COUGH),
    ("es", "tos no tengo, pero ahogo sí eh", BREATH),
    ("en", "as for the cough, nothing helps", COUGH),
    ("en", "as for coughing or breathlessness, both", BOTH),
    ("nl", "hoesten of kortademigheid, nee, allebei", BOTH),
    ("fr", "pour ce qui est de la toux, rien n'y fait", COUGH),
    ("de", "was den Husten angeht, keine Besserung", COUGH),
    ("es", "de tos o ahogo, nada me alivia", BOTH),
    ("nl", "ik hoest of hijg niet alleen op de trap", BREATH),
    ("de", "den Husten bin ich noch nicht los", COUGH),
    ("de", "den Husten bin ich fast los", COUGH),
    ("de", "vor lauter Husten bin ich heute nicht los", COUGH),
    ("nl", "van die hoest ben ik bijna af", COUGH),
    ("nl", "ik wou dat ik van die hoest af was", COUGH),
    ("nl", "hoest is me niet bespaard gebleven", COUGH),
    ("es", "la tos q se fue ha vuelto", COUGH),
    ("es", "la tos casi se fue", COUGH),
    ("fr", "hier je toussais encore, la fièvre est passée", COUGH),
    ("de", "gestern hatte ich noch starken Husten, das Fieber ist vorbei", COUGH),
    ("fr", "je tousse plus", COUGH),
    ("fr", "je tousse plus qu'hier", COUGH),
    ("fr", "mes aphtes sont guéris, je tousse plus", COUGH),
    ("fr", "la toux était partie hier, ce matin je tousse plus", COUGH),
    ("fr", "je ne peux pas dire que je sois moins essoufflée", BREATH),
    ("en", "not a single sore but twenty", SORES),
    ("en", "my husband says I cough all night, I don't cough in company", COUGH),
    ("fr", "mon mari dit que je tousse la nuit, le jour je ne tousse pas", COUGH),
    ("en", "the cough was meant to be gone by now", COUGH),
    ("de", "der Husten sollte längst weg sein", COUGH),
    ("nl", "de hoest had al weg moeten zijn", COUGH),
    ("fr", "la toux devait être partie lundi", COUGH),
    ("es", "la tos ya tenía que haberse ido", COUGH),
    # others do not have it, the speaker does
    ("en", "my wife no longer coughs, I still do", COUGH),
    ("fr", "ma femme ne tousse plus, moi si", COUGH),
    ("nl", "mijn vrouw hoest niet meer, ik nog wel", COUGH),
    ("de", "meine Frau hustet nicht, ich schon", COUGH),
    ("es", "mi mujer ya no tose, yo sí", COUGH),
    ("nl", "niet mijn broer heeft aften maar ik", SORES),
    ("es", "no es mi hermano el que tiene llagas, soy yo", SORES),
    ("en", "my husband is at work, the cough won't let me sleep", COUGH),
    # none of them has gone, or something else has
    ("en", "neither the cough nor the wheeze has left me", COUGH),
    ("fr", "ni la toux ni l'essoufflement ne m'ont quittée", BOTH),
    ("nl", "noch de hoest noch de benauwdheid is weg", BOTH),
    ("de", "weder der Husten noch die Atemnot ist weg", BOTH),
    ("es", "ni la tos ni el ahogo se me han ido", BOTH),
    ("en", "it isn't the cough that's gone, it's the fever", COUGH),
    ("fr", "ce n'est pas la toux qui est partie, c'est la fièvre", COUGH),
    ("nl", "het is niet de hoest die weg is maar de koorts", COUGH),
    ("de", "nicht der Husten ist weg, sondern das Fieber", COUGH),
    ("es", "no es la tos lo que se ha ido, es la fiebre", COUGH),
    # only how much of it there is, is denied
    ("en", "if I weren't coughing so much I'd come to the choir", COUGH),
    ("fr", "si je ne toussais pas autant je viendrais à la chorale", COUGH),
    ("nl", "als ik niet zo hoestte kwam ik naar het koor", COUGH),
    ("de", "wenn ich nicht so husten würde, käme ich zum Chor", COUGH),
    ("es", "si no tosiera tanto iría al coro", COUGH),
    ("de", "ich weiß nicht mehr, wann ich eine Nacht ohne Husten geschlafen habe", COUGH),
    # no longer so, and what is so now
    ("nl", "gisteren had ik nog adem genoeg, nu niet meer", BREATH),
    ("en", "it's no longer the case that I don't cough", COUGH),
    ("fr", "ce n'est plus le cas que je ne tousse pas", COUGH),
    ("es", "ya no es verdad que no tosa", COUGH),
    ("nl", "het klopt niet meer dat ik niet hoest", COUGH),
    ("en", "it's no longer the case that the cough is only at night", COUGH),
    ("en", "it's no longer the case that the cough is a little one", COUGH),
    ("en", "it's no longer the case that the cough comes and goes", COUGH),
    ("en", "it's no longer true that a cough is all I have", COUGH),
    ("de", "es ist nicht mehr wahr dass der Husten vom Rauchen kommt", COUGH),
    ("fr", "ce n'est plus le cas que la toux soit légère", COUGH),
    ("es", "ya no es verdad que la tos sea leve", COUGH),
    ("nl", "het klopt niet meer dat de hoest 's nachts wegblijft", COUGH),
    ("de", "Atmung laut, rasselnd", BREATH),
    ("de", "die Atmung ist laut der Arzt hört es", BREATH),
    ("nl", "ik heb geen adem, te kort aan lucht", BREATH),
    ("en", "the cough is away at night but back at dawn", COUGH),
    ("en", "the cough is not away yet", COUGH),
    ("en", "wish the cough was away", COUGH),
    ("en", "I cough away the whole day", COUGH),
]

URGENT: Final = [
    ("en", "cough gone, though I sleep propped on four pillows now"),
    ("en", "cough over. Lips look like a smurf's"),
    ("en", "cough's gone but it's like breathing through wet cement"),
    ("fr", "plus de toux, mais je respire comme un soufflet percé"),
    ("nl", "hoest over, ik slaap nu rechtop in de zetel"),
    ("de", "Husten weg, Lippen blau"),
    ("de", "den Husten bin ich los, jetzt brennt die Brust"),
    ("es", "ya no toso, me quedo sin fuelle"),
    ("es", "ya no toso, escupo rojo"),
    ("de", "ich huste nicht mehr, ich spucke rot"),
    ("fr", "la toux est finie, je dors assise"),
    ("es", "la tos se acabó, duermo sentada"),
    ("nl", "gisteren ging eten nog goed, nu niet meer"),
    ("de", "gestern hatte ich noch genug Luft, jetzt nicht mehr"),
]


@pytest.mark.parametrize(("language", "text", "symptoms"), NOT_THERE)
def test_what_is_denied_or_over_is_absent_and_not_urgent(language: str, text: str, symptoms: tuple[str, ...]) -> None:
    said = labels(language, text)
    assert [said[symptom] for symptom in symptoms] == ["absent"] * len(symptoms)
    assert not said["urgent_by_review"]


@pytest.mark.parametrize(("language", "text", "symptoms"), THERE)
def test_what_only_sounds_denied_or_over_is_there(language: str, text: str, symptoms: tuple[str, ...]) -> None:
    said = labels(language, text)
    assert [said[symptom] for symptom in symptoms] == ["present"] * len(symptoms)


@pytest.mark.parametrize(("language", "text"), URGENT)
def test_what_has_gone_does_not_hide_what_is_told_beside_it(language: str, text: str) -> None:
    assert labels(language, text)["urgent_by_review"]
