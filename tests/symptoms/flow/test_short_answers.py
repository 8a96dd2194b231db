"""How people answer in passing: never as less than they say, and asked back where it may be either."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from symptoms.clinical.terms import RedFlag, Slot, Symptom
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY = date(2026, 11, 25)
SORES = {"symptoms": ["mouth_sores"], "mouth_sores.count": 2}


def hear(words: str, asking: Slot, language: str = "en", **state: Any) -> Heard:
    return understand({"text": words}, DialogueState(asking=asking, **state), language=language, today=TODAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 of them are big"), ("en", "oh i just counted again theres 3"), ("en", "they hurt 3 out of 10"),
        ("nl", "eigenlijk zijn het er 3"), ("fr", "en fait il y en a 3"), ("de", "eigentlich sind es 3"),
        ("es", "en realidad son 3"),
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_no_day_on_which_it_began(language: str, words: str) -> None:
    assert Slot.MOUTH_ONSET_ON not in hear(words, Slot.MOUTH_ONSET_ON, language).answers


@pytest.mark.parametrize("words", ["3", "about 3", "3 I think", "two or three", "3 days"])
def test_a_number_alone_is_how_many_days_ago_it_began(words: str) -> None:
    assert hear(words, Slot.MOUTH_ONSET_ON).answers == {Slot.MOUTH_ONSET_ON: "2026-11-22"}


@pytest.mark.parametrize(
    ("language", "words", "asking", "count"),
    [
        ("fr", "non attends 5", Slot.MOUTH_INTAKE, 5),
        ("fr", "enfin 4 je crois", Slot.MOUTH_INTAKE, 4),
        ("de", "nee warte es sind vier", Slot.MOUTH_INTAKE, 4),
        ("nl", "nee wacht, het zijn er vier", Slot.MOUTH_INTAKE, 4),
        ("en", "no wait its 4", Slot.MOUTH_SEVERITY, 4),
        ("es", "espera, son cinco", Slot.MOUTH_SEVERITY, 5),
        ("en", "sorry no I mean four", Slot.MOUTH_ONSET_ON, 4),
        ("nl", "eigenlijk zijn het er 3", Slot.MOUTH_ONSET_ON, 3),
    ],
)
def test_sores_that_are_counted_again_count(language: str, words: str, asking: Slot, count: int) -> None:
    heard = hear(words, asking, language, answers=SORES, trail=("symptoms", "mouth_sores.count"))
    assert converse(DialogueState(SORES, asking=asking), heard, Known()).state.answers["mouth_sores.count"] == count


@pytest.mark.parametrize(
    ("language", "words", "asking", "least"),
    [
        ("nl", "ik slaap er niet van", Slot.COUGH_INTERFERENCE, 3),
        ("de", "ich schlafe nicht", Slot.COUGH_INTERFERENCE, 3),
        ("es", "no me deja dormir", Slot.COUGH_INTERFERENCE, 3),
        ("en", "kept me up all night", Slot.COUGH_INTERFERENCE, 3),
        ("nl", "als ik ga liggen", Slot.DYSPNEA_EXERTION, "at_rest"),
        ("de", "wenn ich liege", Slot.DYSPNEA_EXERTION, "at_rest"),
        ("en", "everything", Slot.DYSPNEA_EXERTION, "minimal"),
        ("es", "todo", Slot.DYSPNEA_EXERTION, "minimal"),
    ],
)
def test_a_denial_of_something_else_is_no_none(language: str, words: str, asking: Slot, least: object) -> None:
    assert hear(words, asking, language).answers[asking] == least


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "not really"), ("fr", "pas vraiment"), ("nl", "nee hoor"), ("de", "nein"), ("es", "nada")],
)
def test_a_plain_no_is_none(language: str, words: str) -> None:
    assert hear(words, Slot.COUGH_INTERFERENCE, language).answers == {Slot.COUGH_INTERFERENCE: 0}


@pytest.mark.parametrize(
    ("language", "words", "asking", "likely"),
    [
        ("es", "no mucho", Slot.MOUTH_SEVERITY, "1"), ("nl", "niet zo erg", Slot.MOUTH_SEVERITY, "1"),
        ("de", "nicht so schlimm", Slot.COUGH_SEVERITY, "1"), ("en", "3 out of 10", Slot.MOUTH_SEVERITY, "1"),
        ("fr", "4 sur 10", Slot.MOUTH_SEVERITY, "2"), ("nl", "7/10", Slot.MOUTH_SEVERITY, "3"),
        ("es", "9 de 10", Slot.MOUTH_SEVERITY, "4"), ("en", "nothing really", Slot.DYSPNEA_EXERTION, "at_rest"),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_asked_back_and_a_yes_takes_it(
    language: str, words: str, asking: Slot, likely: str
) -> None:
    heard = hear(words, asking, language)
    assert asking not in heard.answers
    step = converse(DialogueState(asking=asking), heard, Known())
    assert (step.state.asking, step.state.likely, step.lines) == (asking, {asking: likely}, ())
    agreed = understand({"text": "ok"}, step.state, language=language, today=TODAY)
    assert str(agreed.answers[asking]) == likely


@pytest.mark.parametrize("words", ["si", "si normal", "si, todo normal", "sí"])
def test_a_spanish_yes_needs_no_accent(words: str) -> None:
    assert hear(words, Slot.MOUTH_INTAKE, "es").answers == {Slot.MOUTH_INTAKE: "normal"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no thats it"), ("fr", "non c'est tout"), ("nl", "nee dat is alles"), ("de", "nein das war's"),
        ("es", "no, nada más"), ("en", "im ok today thanks, nothing new"),
    ],
)  # fmt: skip
def test_that_is_all_is_a_no(language: str, words: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).answers == {Slot.SYMPTOMS: "none"}


@pytest.mark.source("S-23")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "im shaking with cold in bed"), ("fr", "je tremble de froid"), ("nl", "ik lig te bibberen in bed"),
        ("de", "mir klappern die zähne"), ("es", "tiemblo de frio en la cama"),
    ],
)  # fmt: skip
def test_who_shivers_in_words_is_not_asked_whether_they_shiver(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert heard.answers[Slot.FEVER_RIGORS] == "yes"
    assert Symptom.FEVER in heard.mentioned


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "should I stop the tablets?"), ("fr", "faut il que j'arrete"), ("es", "debo parar el tratamiento?"),
        ("nl", "ga ik dood?"), ("de", "soll ich die tabletten absetzen?"), ("en", "can I take ibuprofen?"),
    ],
)  # fmt: skip
def test_a_question_is_kept_for_the_team_and_uses_up_no_repeat(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert (heard.intent, heard.note and heard.note.key) == (Intent.SMALL_TALK, "question")
    step = converse(DialogueState(), heard, Known())
    assert step.state.answers[Slot.OTHER_TEXT] == words
    assert (step.state.repeats, step.is_over) == (0, False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "im thinking of taking all the tablets at once"), ("en", "everyone would be better off without me"),
        ("fr", "je voudrais m'endormir et ne plus me reveiller"), ("nl", "was ik maar dood"),
        ("de", "ohne mich wären alle besser dran"), ("es", "me quiero quitar la vida"),
    ],
)  # fmt: skip
def test_who_wants_to_die_is_heard_however_softly_it_is_said(language: str, words: str) -> None:
    assert hear(words, Slot.MOUTH_COUNT, language).intent is Intent.SELF_HARM


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "same as yesterday"),
        ("en", "its worse"),
        ("fr", "toujours pareil"),
        ("nl", "het was weg maar het is terug"),
        ("de", "war weg ist aber wieder da"),
        ("es", "un poco mejor"),
    ],
)
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.MOUTH_GONE])
def test_what_goes_on_is_the_sores_of_the_open_episode(language: str, words: str, asking: Slot) -> None:
    heard = hear(words, asking, language, answers={} if asking is Slot.SYMPTOMS else {"symptoms": "none"})
    assert not heard.red_flags
    before = DialogueState({} if asking is Slot.SYMPTOMS else {"symptoms": "none"}, asking=asking)
    step = converse(before, heard, Known(is_episode_open=True, is_onset_known=True))
    assert step.state.asking is Slot.MOUTH_COUNT
    assert Symptom.MOUTH_SORES in step.state.mentioned


def test_without_an_open_episode_what_goes_on_is_for_a_person_to_read() -> None:
    step = converse(DialogueState(), hear("its worse", Slot.SYMPTOMS), Known())
    assert step.state.answers[Slot.OTHER_TEXT] == "its worse"


def test_who_is_not_understood_twice_at_the_opening_is_read_by_a_person() -> None:
    words = "heute früh war alles irgendwie rostbraun"
    first = hear(words, Slot.SYMPTOMS, "de")
    again = hear(words, Slot.SYMPTOMS, "de", repeats=1)
    assert Slot.OTHER_TEXT not in first.answers
    assert again.answers[Slot.OTHER_TEXT] == words
    assert Slot.OTHER_TEXT not in hear("🙂🙂", Slot.SYMPTOMS, "de", repeats=1).answers


@pytest.mark.parametrize(
    ("language", "words", "flag"),
    [
        ("en", "no i blacked out this morning", "confused_or_fainted"),
        ("en", "no none of those my lips are blue", "blue_or_grey"),
        ("en", "dont know my chest hurts", "chest_pain"),
        ("fr", "pas vraiment mes lèvres sont bleues", "blue_or_grey"),
        ("nl", "weet niet mijn lippen zijn blauw", "blue_or_grey"),
        ("de", "weiß nicht ich hab schmerzen in der brust", "chest_pain"),
        ("es", "nada de repente me falta el aire", "sudden_breathlessness"),
    ],
)
def test_a_no_in_front_without_a_comma_denies_no_danger(language: str, words: str, flag: str) -> None:
    assert flag in hear(words, Slot.COUGH_INTERFERENCE, language).red_flags


@pytest.mark.parametrize(("language", "words"), [("es", "no me duele el pecho"), ("en", "no chest pain"), ("en", "no")])
def test_what_is_denied_is_denied(language: str, words: str) -> None:
    assert not hear(words, Slot.COUGH_INTERFERENCE, language).red_flags


@pytest.mark.parametrize(
    ("language", "words", "asking"),
    [
        ("es", "no duermo", Slot.RED_FLAGS),
        ("fr", "je ne dors pas", Slot.MOUTH_COUNT),
        ("en", "no fever", Slot.DYSPNEA_SEVERITY),
        ("nl", "geen tijd nu", Slot.MOUTH_SEVERITY),
        ("fr", "pas de douleur", Slot.RED_FLAGS),
        ("en", "ok", Slot.COUGH_BLOOD),
        ("nl", "ok dag", Slot.MOUTH_GONE),
        ("es", "vale", Slot.OTHER_CAN_WAIT),
    ],
)
def test_a_no_to_something_else_and_a_bare_ok_answer_nothing(language: str, words: str, asking: Slot) -> None:
    assert asking not in hear(words, asking, language).answers


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "its 5 not 3"), ("fr", "c'est 5 pas 3"), ("nl", "het zijn er 5 niet 3"), ("de", "es sind 5 nicht 3"),
        ("es", "son 5 no 3"), ("en", "correction: 5"), ("en", "no 5"),
    ],
)  # fmt: skip
def test_of_two_counts_the_denied_one_does_not_count(language: str, words: str) -> None:
    assert hear(words, Slot.MOUTH_INTAKE, language).answers == {Slot.MOUTH_COUNT: 5}


@pytest.mark.parametrize(
    ("language", "words", "flag"),
    [
        ("nl", "mama kan amper praten van de benauwdheid", "cannot_speak_sentences"),
        ("de", "papa hustet blut", "coughing_blood"), ("fr", "ma soeur a mal à la poitrine", "chest_pain"),
        ("es", "mi madre no se despierta", "confused_or_fainted"),
    ],
)  # fmt: skip
def test_a_carer_who_names_their_kin_speaks_of_the_patient(language: str, words: str, flag: str) -> None:
    assert flag in hear(words, Slot.SYMPTOMS, language, answers={"respondent": "carer"}).red_flags
    unknown = hear(words, Slot.SYMPTOMS, language)
    assert (unknown.intent, unknown.note and unknown.note.key) == (Intent.SMALL_TALK, "whose")
    assert unknown.answers == {Slot.OTHER_TEXT: words}, "a person reads it, also when nobody answers whose it is"


@pytest.mark.parametrize(
    ("words", "symptom"),
    [
        ("one sore since yesterday and my sugar was 22 this morning", Symptom.MOUTH_SORES),
        ("a slight cough, and diarrhoea ten times a day", Symptom.COUGH),
        ("my left leg is swollen, red and painful", Symptom.SWELLING),
    ],
)
def test_what_is_told_beside_a_symptom_is_read_by_a_person(words: str, symptom: Symptom) -> None:
    heard = hear(words, Slot.SYMPTOMS)
    assert symptom in heard.mentioned
    assert heard.answers[Slot.OTHER_TEXT] == words


def test_after_a_remark_about_suicide_the_next_words_answer_no_question() -> None:
    asked = DialogueState({"symptoms": ["cough"]}, asking=Slot.COUGH_SEVERITY)
    paused = converse(asked, hear("je veux mourir", Slot.COUGH_SEVERITY, "fr"), Known()).state
    said = understand({"text": "non"}, paused, language="fr", today=TODAY)
    step = converse(paused, said, Known())
    assert [line.key for line in step.lines] == ["after_self_harm"]
    assert (step.state.asking, step.state.answers) == (Slot.COUGH_SEVERITY, asked.answers)
    assert understand({"text": "non"}, step.state, language="fr", today=TODAY).answers == {Slot.COUGH_SEVERITY: 0}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "two more sores"), ("de", "noch zwei aphten"), ("es", "otra llaga"), ("nl", "er is een aft bijgekomen"),
        ("fr", "une autre plaie dans la bouche"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.MOUTH_COUNT])
def test_more_sores_are_not_all_of_them(language: str, words: str, asking: Slot) -> None:
    heard = hear(words, asking, language)
    assert Symptom.MOUTH_SORES in heard.mentioned
    assert Slot.MOUTH_COUNT not in heard.answers


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "my sores hurt more since yesterday"), ("fr", "mes aphtes font plus mal depuis hier"),
        ("nl", "aften erger sinds 2 dagen"), ("de", "meine aphten tun seit gestern mehr weh"),
        ("es", "las llagas me duelen mas desde ayer"), ("en", "sores, been on soup since monday"),
        ("en", "havent eaten since yesterday because of the sores"), ("de", "zwei aphten eine neu seit heute"),
        ("en", "mouth sores, using the rinse since yesterday"),
    ],
)  # fmt: skip
def test_a_day_that_may_be_of_something_else_is_not_when_the_oldest_sore_began(language: str, words: str) -> None:
    assert Slot.MOUTH_ONSET_ON not in hear(words, Slot.SYMPTOMS, language).answers


@pytest.mark.parametrize(
    ("language", "words", "onset"),
    [("en", "two sores since yesterday", "2026-11-24"), ("fr", "3 aphtes depuis hier, je mange bien", "2026-11-24")],
)
def test_a_day_that_is_plainly_told_is_not_asked_again(language: str, words: str, onset: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).answers[Slot.MOUTH_ONSET_ON] == onset


@pytest.mark.parametrize(
    ("language", "words", "asking"),
    [
        ("nl", "ja twee keer per dag", Slot.MOUTH_BATH_STARTED), ("es", "sin parar", Slot.COUGH_SEVERITY),
        ("en", "non stop", Slot.COUGH_SEVERITY), ("fr", "assez souvent", Slot.COUGH_INTERFERENCE),
        ("es", "sin problema para comer", Slot.MOUTH_INTAKE), ("nl", "een dag of twee", Slot.MOUTH_ONSET_ON),
    ],
)  # fmt: skip
def test_words_of_time_and_ceaselessness_end_no_talk(language: str, words: str, asking: Slot) -> None:
    assert hear(words, asking, language).intent is not Intent.STOP


@pytest.mark.parametrize(("language", "words"), [("en", "please stop"), ("en", "ok bye"), ("nl", "stop maar")])
def test_who_ends_the_talk_is_heard(language: str, words: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).intent is Intent.STOP


def test_a_temperature_is_no_number_of_days() -> None:
    assert hear("36,8", Slot.MOUTH_ONSET_ON).intent is Intent.NOT_UNDERSTOOD


def test_a_symptom_that_is_ticked_on_an_older_screen_counts() -> None:
    late = understand({"choices": ["mouth_sores"]}, DialogueState(asking=Slot.RED_FLAGS), language="en", today=TODAY)
    assert late.mentioned == {Symptom.MOUTH_SORES}


@pytest.mark.parametrize(
    ("language", "words", "key", "can_wait"),
    [
        ("en", "nobody picks up the phone", "unreached", "no"), ("nl", "ze nemen niet op", "unreached", "no"),
        ("de", "keiner geht ran", "unreached", "no"), ("es", "no contestan", "unreached", "no"),
        ("en", "i called them, ok will do", "in_care", "yes"), ("en", "the ambulance is here thanks", "in_care", "no"),
        ("de", "bin in der notaufnahme", "in_care", "yes"),
    ],
)  # fmt: skip
def test_what_came_of_the_instruction_is_heard(language: str, words: str, key: str, can_wait: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert (heard.intent, heard.note and heard.note.key) == (Intent.SMALL_TALK, key)
    assert heard.answers == {Slot.OTHER_TEXT: words, Slot.OTHER_CAN_WAIT: can_wait}


@pytest.mark.parametrize(("language", "words"), [("en", "what do you mean?"), ("es", "no entiendo")])
def test_who_does_not_understand_the_question_gets_it_again(language: str, words: str) -> None:
    step = converse(DialogueState(asking=Slot.RED_FLAGS), hear(words, Slot.RED_FLAGS, language), Known())
    assert (step.state.asking, step.state.repeats) == (Slot.RED_FLAGS, 0)


def test_what_is_told_beside_an_answer_is_not_asked_again() -> None:
    heard = hear("2, they started on monday and i eat normally", Slot.MOUTH_COUNT)
    assert heard.answers == {Slot.MOUTH_COUNT: 2, Slot.MOUTH_ONSET_ON: "2026-11-23"}
    assert heard.likely == {Slot.MOUTH_INTAKE: "normal"}


def test_who_opened_in_words_and_stops_is_judged_by_what_they_told() -> None:
    told = {"mouth_sores.count": 1, "mouth_sores.intake": "normal"}
    state = DialogueState(told, mentioned=frozenset({Symptom.MOUTH_SORES}), asking=None)
    assert state.report_answers(is_final=True) == told
    untold = DialogueState(mentioned=frozenset({Symptom.COUGH}), asking=None)
    assert untold.report_answers(is_final=True) == {"symptoms": ["cough", "unknown"]}


@pytest.mark.source("S-11")
@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("en", "the 3rd", "2026-11-03"), ("en", "on the 20th", "2026-11-20"), ("fr", "le 22", "2026-11-22"),
        ("fr", "le 3", "2026-11-03"), ("nl", "de 20e", "2026-11-20"), ("de", "am 3.", "2026-11-03"),
        ("es", "el 28", "2026-10-28"), ("en", "3", "2026-11-22"),
    ],
)  # fmt: skip
def test_a_day_of_the_month_is_that_day_and_no_number_of_days_or_sores(language: str, words: str, day: str) -> None:
    assert hear(words, Slot.MOUTH_ONSET_ON, language).answers == {Slot.MOUTH_ONSET_ON: day}


@pytest.mark.source("S-23")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "yesterday I was"), ("fr", "hier oui"), ("nl", "gisteren wel"), ("de", "gestern schon"),
        ("es", "ayer si"), ("en", "yeah shaking"),
    ],
)  # fmt: skip
def test_shivering_counts_when_it_has_stopped(language: str, words: str) -> None:
    assert hear(words, Slot.FEVER_RIGORS, language).answers == {Slot.FEVER_RIGORS: "yes"}


@pytest.mark.source("S-23")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I was 39 yesterday"), ("fr", "hier j'avais 39 mais aujourd'hui ca va"),
        ("nl", "gisteren koorts gehad 39, nu weg"), ("de", "gestern 39 fieber, heute weg"),
        ("es", "ayer tuve 39 de fiebre, hoy ya no"),
    ],
)  # fmt: skip
def test_a_fever_of_yesterday_reaches_a_person_today(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert (heard.answers[Slot.FEVER_TEMPERATURE_C], heard.mentioned) == (39.0, frozenset({Symptom.FEVER}))


@pytest.mark.parametrize("words", ["I don't have one since 40 years", "not for 36 years"])
def test_years_are_no_temperature(words: str) -> None:
    assert Slot.FEVER_TEMPERATURE_C not in hear(words, Slot.FEVER_TEMPERATURE_C).answers


@pytest.mark.parametrize(
    ("language", "words", "gone"),
    [
        ("fr", "ça cicatrise", "no"), ("en", "healing", "no"), ("de", "heilt gerade", "no"), ("nl", "geneest", "no"),
        ("es", "cicatrizando", "no"), ("en", "gone", "yes"), ("de", "alles abgeheilt", "yes"),
    ],
)  # fmt: skip
def test_what_heals_is_not_gone(language: str, words: str, gone: str) -> None:
    assert hear(words, Slot.MOUTH_GONE, language).answers.get(Slot.MOUTH_GONE) == gone


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "plus rien"), ("nl", "niets meer"), ("de", "nichts mehr"), ("es", "ya no tengo")],
)
def test_nothing_any_more_is_asked_back_before_an_episode_closes(language: str, words: str) -> None:
    heard = hear(words, Slot.MOUTH_GONE, language)
    assert (heard.answers, heard.likely) == ({}, {Slot.MOUTH_GONE: "yes"})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no, just tired"), ("nl", "nee alleen moe"), ("de", "nein nur müde"), ("es", "no solo cansada"),
    ],
)  # fmt: skip
def test_a_no_with_a_complaint_is_asked_back_and_the_complaint_kept(language: str, words: str) -> None:
    heard = hear(words, Slot.RED_FLAGS, language)
    assert (heard.answers, heard.likely) == ({Slot.OTHER_TEXT: words}, {Slot.RED_FLAGS: "none"})


@pytest.mark.parametrize("words", ["no but my chest hurts", "no, I fainted", "no but it bleeds when I cough"])
def test_a_no_before_a_danger_is_no_none(words: str) -> None:
    heard = hear(words, Slot.RED_FLAGS)
    assert heard.answers.get(Slot.RED_FLAGS) != "none"
    assert Slot.RED_FLAGS not in heard.likely


@pytest.mark.parametrize(("language", "words"), [("en", "yes"), ("fr", "oui"), ("de", "ja"), ("es", "sí")])
def test_a_bare_yes_to_a_list_is_asked_which(language: str, words: str) -> None:
    heard = hear(words, Slot.RED_FLAGS, language)
    assert (heard.answers, heard.note) == ({}, Line("which_ones"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "all good otherwise"), ("en", "no other symptoms"), ("fr", "à part ça ça va"), ("nl", "geen andere"),
        ("de", "ansonsten alles gut"), ("es", "por lo demás bien"),
    ],
)  # fmt: skip
def test_otherwise_well_is_nothing_else(language: str, words: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).answers == {Slot.SYMPTOMS: "none"}


def test_yes_normal_is_no_answer_to_which_of_these() -> None:
    assert hear("yes normal", Slot.SYMPTOMS).answers == {}


def test_side_effects_in_words_are_for_a_person_and_asked_no_more() -> None:
    heard = hear("rash moderate, tired severe", Slot.OTHER_SYMPTOMS, answers={"symptoms": ["other"], "other.text": "x"})
    assert heard.intent is Intent.ANSWER
    assert heard.answers == {Slot.OTHER_TEXT: "x\nrash moderate, tired severe", Slot.OTHER_SYMPTOMS: "unknown"}


@pytest.mark.source("S-11")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "an outbreak of mouth sores"), ("en", "one of the ulcers is bleeding"), ("en", "ulcer"),
        ("fr", "j'ai une mucite"), ("fr", "une poussée d'aphtes"), ("nl", "een serie aften"), ("nl", "aft"),
        ("nl", "een ontsteking in mijn mond"), ("de", "eine ganze reihe aphten"), ("de", "eine der aphten blutet"),
        ("es", "un brote de aftas"), ("es", "llaga"),
    ],
)  # fmt: skip
def test_an_article_before_many_sores_counts_none(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert (heard.answers, heard.mentioned) == ({}, frozenset({Symptom.MOUTH_SORES}))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a sore on my tongue"), ("en", "1 sore"), ("fr", "j'ai un petit aphte"), ("nl", "één aft"),
        ("de", "eine kleine aphte"), ("es", "tengo una llaga"),
    ],
)  # fmt: skip
def test_one_sore_that_is_named_as_one_is_not_asked_again(language: str, words: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).answers == {Slot.MOUTH_COUNT: 1}


@pytest.mark.parametrize(
    ("asking", "likely"),
    [(Slot.MOUTH_SEVERITY, "1"), (Slot.SYMPTOMS, "none"), (Slot.RED_FLAGS, "none"), (Slot.MOUTH_COUNT, 2)],
)
@pytest.mark.parametrize(("language", "no"), [("en", "no"), ("fr", "non"), ("nl", "nee hoor"), ("es", "no")])
def test_a_no_to_a_reading_takes_back_the_reading_and_answers_nothing(
    asking: Slot, likely: object, language: str, no: str
) -> None:
    heard = hear(no, asking, language, likely={asking: likely})
    step = converse(DialogueState(asking=asking, likely={asking: likely}), heard, Known())
    assert (step.state.answers, step.state.likely, step.lines) == ({}, {}, (Line("disagreed"),))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "mijn borst is pijnlijk waar ze geopereerd hebben"), ("de", "die narbe an der brust spannt"),
        ("fr", "la cicatrice sur la poitrine me tire"), ("en", "my port site on my chest is sore"),
        ("en", "my ribs are bruised"), ("nl", "mijn litteken op de borst trekt"),
    ],
)  # fmt: skip
def test_pain_of_a_scar_on_the_chest_is_asked_about_before_it_is_an_emergency(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    step = converse(DialogueState(), heard, Known())
    assert (heard.red_flags, step.state.asking) == (frozenset(), Slot.RED_FLAGS)
    assert step.state.report_answers(is_final=True)["red_flags"] == "unknown", "silence now is urgent"
    told = converse(step.state, Heard(Intent.ANSWER, {Slot.RED_FLAGS: ["chest_pain"]}), Known())
    assert (told.state.answers["red_flags"], told.state.doubtful) == (["chest_pain"], frozenset())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "mijn borst doet pijn"), ("de", "meine brust tut weh"), ("es", "me duele el pecho"),
        ("en", "chest pain since my operation"), ("en", "my chest hurts under the scar and I am short of breath"),
        ("en", "crushing pain in my chest and down my arm near the scar"), ("fr", "mal à la poitrine"),
    ],
)  # fmt: skip
def test_pain_of_the_chest_is_an_emergency_at_once(language: str, words: str) -> None:
    assert "chest_pain" in hear(words, Slot.SYMPTOMS, language).red_flags


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I laughed so much I couldn't breathe haha"), ("en", "spat blood after brushing"),
        ("fr", "je meurs de faim"),
        ("nl", "ik ga dood van de honger"), ("de", "ich sterbe vor hunger"), ("es", "me muero de hambre"),
        ("de", "bin auf dem sofa weggenickt"), ("en", "I blacked out the curtains"),
    ],
)  # fmt: skip
def test_figures_of_speech_alarm_nobody(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert (dict(heard.answers), sorted(heard.mentioned), sorted(heard.red_flags)) == ({}, [], [])


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no just a bit of tightness"), ("fr", "non juste un peu serrée"), ("es", "no solo un poco de opresión")],
)
def test_tightness_beside_a_no_is_asked_back_as_a_sign_of_danger(language: str, words: str) -> None:
    heard = hear(words, Slot.RED_FLAGS, language)
    assert (heard.answers, heard.likely) == ({}, {Slot.RED_FLAGS: ["chest_pain"]})


def test_a_yes_to_pain_inside_the_chest_is_the_sign_and_a_no_is_none() -> None:
    asked = DialogueState(asking=Slot.RED_FLAGS, doubtful=frozenset({RedFlag.CHEST_PAIN}))
    for words, flags in (("yes", ["chest_pain"]), ("no", "none")):
        heard = understand({"text": words}, asked, language="en", today=TODAY)
        assert heard.answers == {Slot.RED_FLAGS: flags}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "oh no wrong button"), ("fr", "erreur de frappe"), ("nl", "oei verkeerd geduwd"), ("de", "verdrückt"),
        ("es", "botón equivocado"),
    ],
)  # fmt: skip
def test_a_slip_without_what_is_right_asks_the_last_question_again(language: str, words: str) -> None:
    answered = {"symptoms": ["cough"], "red_flags": ["coughing_blood"]}
    heard = hear(words, Slot.COUGH_SEVERITY, language, answers=answered, trail=("symptoms", "red_flags"))
    assert (heard.intent, heard.answers) == (Intent.BACK, {})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "nothing else"), ("en", "that's all"), ("fr", "rien d'autre"), ("de", "sonst nichts"),
        ("nl", "verder niets"), ("es", "nada más"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asking", [Slot.COUGH_SEVERITY, Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE])
def test_that_there_is_no_more_to_tell_is_no_grade(language: str, words: str, asking: Slot) -> None:
    assert asking not in hear(words, asking, language).answers
    assert hear(words, Slot.SYMPTOMS, language).answers == {Slot.SYMPTOMS: "none"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "they are all gone"), ("en", "they have all healed"), ("fr", "ils sont tous partis"),
        ("fr", "tous guéris"), ("de", "sind alle weg"), ("de", "alle verheilt"), ("nl", "ze zijn allemaal weg"),
        ("nl", "allemaal genezen"), ("es", "ya se me han quitado"), ("es", "se han curado todas"),
    ],
)  # fmt: skip
def test_sores_of_which_all_have_gone_are_counted_as_none(language: str, words: str) -> None:
    assert hear(words, Slot.MOUTH_COUNT, language).answers == {Slot.MOUTH_COUNT: 0}
    assert hear(words, Slot.MOUTH_GONE, language).answers == {Slot.MOUTH_GONE: "yes"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "not all gone"), ("en", "some are gone"), ("en", "most are gone"), ("en", "one is gone"),
        ("en", "all gone but one"), ("en", "almost all gone"), ("en", "the big ones are gone"),
        ("en", "gone and back again"), ("en", "they went away but came back"), ("en", "the pain is gone"),
        ("en", "they never go away"), ("en", "they will be gone soon"), ("en", "are they all gone?"),
        ("nl", "een is weg"), ("nl", "bijna allemaal weg"), ("nl", "ze zijn niet allemaal weg"),
        ("nl", "nog niet genezen"), ("nl", "weg en weer terug"), ("de", "eine ist weg"), ("de", "fast alle weg"),
        ("de", "noch nicht alle weg"), ("de", "die meisten sind weg"), ("fr", "un est parti"),
        ("fr", "ils ne sont pas tous partis"), ("fr", "presque tous guéris"), ("es", "una se ha quitado"),
        ("es", "casi se me han quitado"), ("es", "no se me quitan"), ("es", "se quitan y vuelven"),
    ],
)  # fmt: skip
def test_sores_of_which_some_may_be_left_are_not_gone(language: str, words: str) -> None:
    assert hear(words, Slot.MOUTH_COUNT, language).answers.get(Slot.MOUTH_COUNT) != 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "haven't peed for a day"), ("es", "no he orinado desde ayer"), ("fr", "pas uriné depuis hier"),
        ("de", "nicht gepinkelt seit gestern"), ("nl", "geen stoelgang al vijf dagen"), ("en", "no poo for five days"),
        ("en", "no feeling in my toes"), ("en", "no, I have not peed since yesterday"),
    ],
)  # fmt: skip
def test_a_complaint_that_is_put_as_a_denial_is_something_else_and_kept(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert heard.likely == {Slot.SYMPTOMS: "other", Slot.OTHER_TEXT: words}


@pytest.mark.parametrize(("language", "words"), [("en", "haven't peed"), ("es", "no orino")])
def test_a_short_one_is_not_read_as_none(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert Slot.SYMPTOMS not in {**heard.answers, **heard.likely}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "my surgery wound has opened and is leaking pus"), ("en", "my breast wound is sore"),
        ("fr", "ma plaie opératoire s'est ouverte et il y a du pus"), ("fr", "la plaie de mon sein est douloureuse"),
        ("de", "meine Operationswunde ist aufgegangen und eitert"), ("de", "die Brustwunde ist entzündet"),
        ("nl", "mijn operatiewond is opengegaan en er komt pus uit"), ("nl", "mijn borstwond doet pijn"),
        ("es", "mi herida de la operación se ha abierto y sale pus"),
    ],
)  # fmt: skip
def test_a_wound_of_surgery_is_no_sore_in_the_mouth_and_is_kept(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert heard.mentioned == {Symptom.OTHER}
    assert heard.answers[Slot.OTHER_TEXT] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "wound in my mouth is leaking pus"), ("en", "wounds on my tongue and my breast wound hurts"),
        ("en", "I have mouth sores and my surgery wound leaks"), ("nl", "wondjes in mijn mond en mijn operatiewond"),
        ("de", "Wunden im Mund und die Operationswunde eitert"),
    ],
)  # fmt: skip
def test_sores_beside_a_wound_of_surgery_are_heard(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert heard.mentioned == {Symptom.MOUTH_SORES, Symptom.OTHER}
    assert heard.answers[Slot.OTHER_TEXT] == words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "my chest wound hurts"), ("es", "me duele la herida del pecho")]
)
def test_pain_of_the_chest_stays_a_danger_beside_a_wound(language: str, words: str) -> None:
    assert hear(words, Slot.SYMPTOMS, language).red_flags == {RedFlag.CHEST_PAIN}


@pytest.mark.parametrize(
    ("language", "words", "asking"),
    [
        ("en", "I stopped everolimus because my mouth hurts", Slot.SYMPTOMS),
        ("en", "2 sores, I skipped my tablets for two days", Slot.SYMPTOMS),
        ("en", "cough, I have not taken my pills since monday", Slot.SYMPTOMS),
        ("de", "mein Mund tut weh und habe die Tabletten deshalb abgesetzt", Slot.SYMPTOMS),
        ("de", "3, ich habe die Tabletten weggelassen", Slot.MOUTH_COUNT),
        ("fr", "j'ai mal à la bouche, j'ai arrêté mes comprimés", Slot.SYMPTOMS),
        ("fr", "2, et j'ai sauté mes comprimés", Slot.MOUTH_COUNT),
        ("nl", "twee zweertjes, ik ben gestopt met de pillen", Slot.SYMPTOMS),
        ("nl", "2, ik heb mijn pillen overgeslagen", Slot.MOUTH_COUNT),
        ("es", "tengo llagas, dejé de tomar las pastillas", Slot.SYMPTOMS),
        ("es", "2, me he saltado las pastillas", Slot.MOUTH_COUNT),
    ],
)
def test_news_of_the_treatment_beside_a_symptom_is_kept(language: str, words: str, asking: Slot) -> None:
    assert hear(words, asking, language).answers[Slot.OTHER_TEXT] == words


@pytest.mark.parametrize(("words", "value"), [("39.2", 39.2), ("38,5", 38.5), ("39", 39), ("102", 102)])
def test_a_lone_temperature_at_the_opening_is_read_back_as_a_fever(words: str, value: float) -> None:
    step = converse(DialogueState(), hear(words, Slot.SYMPTOMS), Known())
    assert step.state.likely == {Slot.SYMPTOMS: "fever", Slot.FEVER_TEMPERATURE_C: value}
    agreed = understand({"text": "yes"}, step.state, language="en", today=TODAY)
    told = converse(step.state, agreed, Known()).state
    assert told.mentioned == {Symptom.FEVER}
    assert told.likely[Slot.FEVER_TEMPERATURE_C] == value


@pytest.mark.parametrize("words", ["3", "36.8", "70"])
def test_another_number_at_the_opening_is_no_fever(words: str) -> None:
    assert not hear(words, Slot.SYMPTOMS).likely
