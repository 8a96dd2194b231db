"""What patients read: complete in every language, with the numbers to call, and without what must never be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from alerts.models.reminder import ReminderKind
from symptoms import wording as package
from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.terms import OtherSymptom, Respondent, Slot, Urgency
from symptoms.flow import converse, safety, understand
from symptoms.flow.dialogue import QUESTIONS
from symptoms.flow.present import option_label
from symptoms.models.fields import LANGUAGES as LANGUAGES_OF_PATIENTS
from symptoms.wording import LANGUAGES, day_in_words, is_reviewed, sentences, text
from tests.symptoms.wordings import find_defects, placeholders

NUMBERS = frozenset({"team_phone", "clinic_phone", "out_of_hours_phone", "emergency_number", "emergency_department"})

VALUES_OF_LINES = {
    "read_back_temperature": frozenset({"celsius"}),
    "number_out_of_range": frozenset({"min", "max"}),
    "temperature_out_of_range": frozenset({"min_c", "max_c", "min_f", "max_f"}),
    "date_too_old": frozenset({"days"}),
    "noted_symptoms": frozenset({"symptoms"}),
    "told_of": frozenset({"symptoms"}),
    "likely_answer": frozenset({"answer"}),
    "skin_or_inside": frozenset({"signs", "none"}),
}
ADVICE_WITH_NUMBERS = frozenset({"team_knows", "not_watched", "when_closed_phone", "when_closed_department"})
VALUES_OF_REMINDERS = {
    "visit_week_before": frozenset({"date", "time"}),
    "visit_week_before_unbooked": frozenset({"date"}),
    "visit_day_before": frozenset({"date", "time"}),
    "visit_day_before_unbooked": frozenset({"date"}),
    "visit_today": frozenset({"time"}),
}

RULE_IDS = sorted({rule.id for ruleset in RULESETS.values() for rule in ruleset.rules})
URGENCIES = [urgency.code for urgency in Urgency]
URGENT_WAYS = {
    "in_hours": "clinic_phone",
    "out_of_hours_phone": "out_of_hours_phone",
    "out_of_hours_department": "emergency_department",
}

ABOUT_THE_DOSE = {
    "en": r"\bdos(e|es|age)\b|\b(not|never) take (your|the)\b"
    r"|\b(stop|skip|pause|halve|lower|reduce|increase|leave out)\w*( \w+){0,3} (tablet|pill|med)",
    "fr": r"\bdos(e|es|age)\b|\bne prenez (pas|plus)\b"
    r"|\b(arrêt|saut|suspend|diminu|rédui|augment|interromp)\w*( \w+){0,3} (compr|médic|trait)",
    "nl": r"\bdos(is|es|ering)\b|\bneem( \w+){0,3} niet\b"
    r"|\b(stop|sla|pauze|halveer|verlaag|verminder|verhoog)\w*( \w+){0,3} (tablet|pil|medic)",
    "de": r"\bdos(is|en|ierung)\b|\bnehmen sie( \w+){0,3} (nicht|keine)\b"
    r"|\b(stopp|pausier|halbier|verringer|erhöh|setz|lass)\w*( \w+){0,3} (tablet|pill|medik)",
    "es": r"\bdosis\b|\bno tom(e|ar)\b"
    r"|\b(dej|suspend|salt|reduzc|reduc|aument|interrump)\w*( \w+){0,3} (pastill|comprim|medic|tratam)",
}
ALL_IS_WELL = {
    "en": r"\byou(r \w+)? (are|is) (fine|well|ok|okay|safe)\b|nothing (to worry|serious)|all is well"
    r"|(no|not) (need to |reason to )?worry|harmless",
    "fr": r"vous allez bien|tout va bien|rien de grave|pas (d'inquiétude|grave du tout)|ne vous inquiétez|sans danger",
    "nl": r"met u gaat (alles|het) goed|alles is (goed|in orde)|geen zorgen|niets ernstigs|niet ongerust|ongevaarlijk",
    "de": r"alles (ist )?(gut|in ordnung)|geht es ihnen gut|keine sorgen?|nichts ernstes|unbedenklich|harmlos",
    "es": r"(usted )?est[áa] (usted )?bien\b|todo (está|va) bien|no se preocupe|nada grave|sin peligro|tranquil",
}
DIAGNOSES = (
    r"pneum|neumon|stomatit|estomatit|mucosit|mukosit|aphth|aft(a|e)|infe[ck]|sepsis|embol|thromb|trombos|infar"
    r"|heart attack|lungenentz|longontst|(o|ö)dem|allerg|metasta"
)
MUST_BE_FOUND = {
    "en": ("Lower the dose.", "Stop taking your tablets.", "Do not take your tablets.", "You are fine."),
    "fr": ("Diminuez la dose.", "Arrêtez de prendre vos comprimés.", "Ne prenez plus rien.", "Vous allez bien."),
    "nl": ("Verlaag de dosis.", "Stop met uw tabletten.", "Neem uw tabletten niet.", "Alles is goed."),
    "de": ("Senken Sie die Dosis.", "Lassen Sie die Tabletten weg.", "Nehmen Sie keine mehr.", "Alles ist gut."),
    "es": ("Baje la dosis.", "Deje de tomar sus pastillas.", "No tome nada.", "Usted está bien."),
}
NO_EMERGENCY_SERVICE = {
    "en": ("not an emergency service", "around the clock"),
    "fr": ("pas un service d'urgence", "24 heures sur 24"),
    "nl": ("geen nooddienst", "dag en nacht"),
    "de": ("kein Notfalldienst", "rund um die Uhr"),
    "es": ("No es un servicio de emergencias", "las 24 horas"),
}
MAX_LENGTH = 400
MAX_GRADE = 7.0


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


def test_there_is_wording_for_every_language_of_patients() -> None:
    assert list(LANGUAGES) == [code for code, _ in LANGUAGES_OF_PATIENTS]


def test_a_language_has_the_keys_and_placeholders_of_english(language: str) -> None:
    assert list(find_defects(language)) == []


def test_a_sentence_wants_only_values_that_it_is_given(language: str) -> None:
    wants = {place: placeholders(sentence) for place, sentence in sentences(language)}
    assert {place: wanted - _given(place) for place, wanted in wants.items() if wanted - _given(place)} == {}


def _given(place: str) -> frozenset[str]:
    """The values that the program gives to the sentence at this place."""
    table, _, key = place.partition(".")
    if table == "bot":
        return NUMBERS | VALUES_OF_LINES.get(key, frozenset())
    if table == "advice":
        is_advice_of_an_urgency = key.partition(".")[0] in URGENCIES
        with_numbers = is_advice_of_an_urgency or key in ADVICE_WITH_NUMBERS
        return NUMBERS if with_numbers else frozenset({"when"}) if key == "next_check_in" else frozenset()
    if table == "date":
        return frozenset({"weekday", "day", "month"}) if key in ("day", "first_day") else frozenset()
    if place == "staff.to_answer":
        return NUMBERS
    return VALUES_OF_REMINDERS.get(key, frozenset()) if table == "reminder" else frozenset()


@pytest.mark.parametrize("slot", Slot)
def test_every_question_is_worded_with_a_line_of_help(language: str, slot: Slot) -> None:
    assert text(language, "question", slot)
    assert text(language, "help", slot)


@pytest.mark.parametrize("slot", QUESTIONS)
def test_quick_replies_can_be_told_apart_and_typed(language: str, slot: Slot) -> None:
    labels = [option_label(language, slot, value) for value in QUESTIONS[slot].options]
    assert len({label.casefold() for label in labels}) == len(labels)
    assert not [label for label in labels if "," in label], "typed answers are split at commas"
    assert not [label for label in labels if label.rstrip(" .!") != label], "full stops are cut from typed answers"


def test_questions_outside_of_the_dialogue_have_labels(language: str) -> None:
    assert all(text(language, "option.other_symptoms", name) for name in OtherSymptom)
    assert all(text(language, "option.respondent", who) for who in Respondent)
    assert all(text(language, "option.command", command) for command in understand.COMMANDS)


@pytest.mark.parametrize("rule", [*RULE_IDS, safety.COULD_NOT_ASSESS, safety.SELF_HARM])
def test_every_rule_tells_the_patient_why(language: str, rule: str) -> None:
    assert text(language, "rule", rule).endswith(".")


def test_no_rule_is_worded_that_does_not_exist() -> None:
    worded = {place.removeprefix("rule.") for place, _ in sentences("en") if place.startswith("rule.")}
    assert worded == {*RULE_IDS, safety.COULD_NOT_ASSESS, safety.SELF_HARM}


@pytest.mark.parametrize("kind", ReminderKind)
def test_every_reminder_is_worded(language: str, kind: ReminderKind) -> None:
    assert text(language, "reminder", kind, date="Friday", time="10:00")


def test_every_line_of_the_dialogue_is_worded() -> None:
    flow = Path(converse.__file__).parent
    lines = {key for path in flow.glob("*.py") for key in re.findall(r'\bLine\("(\w+)"', path.read_text())}
    assert "went_back" in lines
    assert lines <= {place.removeprefix("bot.") for place, _ in sentences("en")}


def test_advice_of_every_urgency_says_whom_to_call(language: str) -> None:
    for urgency in ("none", "self_care", "routine"):
        assert "clinic_phone" in placeholders(_raw(language, f"advice.{urgency}.text"))
    for way, number in URGENT_WAYS.items():
        assert placeholders(_raw(language, f"advice.urgent.{way}")) == {number, "emergency_number"}
    assert placeholders(_raw(language, "advice.emergency.headline")) == {"emergency_number"}
    assert placeholders(_raw(language, "advice.emergency.text")) == {"emergency_number"}


@pytest.mark.parametrize("urgency", URGENCIES)
def test_advice_of_every_urgency_has_a_headline(language: str, urgency: str) -> None:
    assert text(language, f"advice.{urgency}", "headline", emergency_number="112")


@pytest.mark.parametrize("line", ["safe_reply", "self_harm", "alerts_delayed", "help"])
def test_texts_for_when_nothing_else_helps_name_both_numbers(language: str, line: str) -> None:
    assert {"emergency_number", "team_phone"} <= placeholders(_raw(language, f"bot.{line}"))


def test_patients_are_told_that_nobody_watches_and_that_this_is_no_emergency_service(language: str) -> None:
    not_watched = text(language, "advice", "not_watched", emergency_number="112")
    assert all(words in not_watched for words in NO_EMERGENCY_SERVICE[language])
    assert "112" in not_watched
    assert NO_EMERGENCY_SERVICE[language][1] in text(language, "bot", "greeting", emergency_number="112")


def test_nothing_forbidden_is_said(language: str) -> None:
    assert list(_forbidden(language, sentences(language))) == []


@pytest.mark.parametrize(("code", "samples"), MUST_BE_FOUND.items(), ids=list(MUST_BE_FOUND))
def test_the_forbidden_would_be_found(code: str, samples: tuple[str, ...]) -> None:
    planted = [(sample, sample) for sample in samples]
    assert list(_forbidden(code, planted)) == planted


@pytest.mark.parametrize("sentence", ["This may be pneumonitis.", "Vous avez une infection.", "U hebt aften."])
def test_a_diagnosis_would_be_found(sentence: str) -> None:
    assert list(_forbidden("en", [("sample", sentence)]))


def _forbidden(language: str, spoken: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Sentences about the dose, that all is well, with a diagnosis, or with a telephone number written out."""
    patterns = (ABOUT_THE_DOSE[language], ALL_IS_WELL[language], DIAGNOSES, r"\d{3}")
    for place, sentence in spoken:
        if any(re.search(pattern, sentence, re.IGNORECASE) for pattern in patterns):
            yield place, sentence


def test_notifications_carry_no_clinical_word(language: str) -> None:
    """The subject and body of an e-mail are seen by others: nothing of any symptom or medicine stands in them."""
    telling = r"everolimus|évérolimus|canc|krebs|kanker|sore|plaie|zweer|wund|llaga|cough|toux|hoest|husten|\btos\b"
    for key in ("subject", "body", "short"):
        assert not re.search(telling, text(language, "reminder", key), re.IGNORECASE)


def test_sentences_are_short_enough_for_a_telephone(language: str) -> None:
    assert [place for place, sentence in sentences(language) if len(sentence) > MAX_LENGTH] == []


def test_no_wording_counts_as_reviewed_before_a_clinician_has_signed(language: str) -> None:
    assert not is_reviewed(language)


def test_french_signs_do_not_begin_a_line() -> None:
    assert [place for place, sentence in sentences("fr") if re.search(r" [?!:;]", sentence)] == []


# The reading level of the English wording.


def _syllables(word: str) -> int:
    """The number of groups of vowels, without a silent e at the end: right for most English words."""
    sounded = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[^aeioutdy])ed$", "", word) or word
    return max(1, len(re.findall(r"[aeiouy]+", sounded)))


def grade_level(prose: str) -> float:
    """The Flesch-Kincaid grade: the years of American schooling that a text wants (Kincaid 1975)."""
    words = re.findall(r"[a-z']+", prose.lower())
    stops = max(1, len(re.findall(r"[.!?]+(?=\s|$)", prose)))
    return 0.39 * len(words) / stops + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    assert grade_level("The cat sat on the mat. It was warm.") < 1
    assert grade_level("Noninfectious pneumonitis necessitates immediate radiological investigation.") > 15
    constitution = "We the people of the United States, in order to form a more perfect union, establish justice."
    assert 6 < grade_level(constitution) < 12


def test_english_can_be_read_at_twelve() -> None:
    assert grade_level(" ".join(_english_prose().values())) <= MAX_GRADE


def test_no_english_advice_is_hard_to_read() -> None:
    texts = {place: said for place, said in _english_prose().items() if place.startswith("advice.") and "." in said}
    assert {place for place, said in texts.items() if grade_level(said) > MAX_GRADE + 1} == set()


def _english_prose() -> dict[str, str]:
    """Whole sentences, without the labels of buttons, with plain words for the values."""
    tables = ("question", "help", "bot", "advice", "rule", "reminder")
    spoken = {place: sentence for place, sentence in sentences("en") if place.partition(".")[0] in tables}
    return {place: re.sub(r"\{\w+\}", "one two", sentence) for place, sentence in spoken.items()}


# The loader.


def test_a_language_without_wording_is_answered_in_english() -> None:
    assert text("xx", "option.common", "none") == text("en", "option.common", "none")


@pytest.mark.parametrize("table", ["bot", "nothing", "option.nothing", "advice"])
def test_a_missing_sentence_is_named_with_its_file(table: str) -> None:
    with pytest.raises(KeyError, match=rf"fr\.toml has no sentence {table}\.urgent"):
        text("fr", table, "urgent")


def test_a_missing_value_is_named_with_its_sentence() -> None:
    with pytest.raises(KeyError, match=r"de\.toml: bot\.date_too_old wants a value for 'days'"):
        text("de", "bot", "date_too_old")


def test_a_value_is_never_read_as_a_placeholder() -> None:
    said = text("en", "advice", "when_closed_department", emergency_department="{secret} ward")
    assert said.endswith("{secret} ward.")


@pytest.mark.parametrize(
    ("code", "sixth", "first"),
    [
        ("en", "Friday 6 March", "Sunday 1 March"),
        ("fr", "vendredi 6 mars", "dimanche 1er mars"),
        ("nl", "vrijdag 6 maart", "zondag 1 maart"),
        ("de", "Freitag, 6. März", "Sonntag, 1. März"),
        ("es", "viernes 6 de marzo", "domingo 1 de marzo"),
    ],
)
def test_a_day_is_said_in_the_patients_language(code: str, sixth: str, first: str) -> None:
    assert (day_in_words(code, date(2026, 3, 6)), day_in_words(code, date(2026, 3, 1))) == (sixth, first)


def test_defects_of_a_translation_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "en": {"language": "en", "bot": {"hello": "Hello.", "call": "Call {number}.", "bye": "Bye."}},
        "fr": {"language": "fr", "bot": {"hello": " ", "call": "Appelez {numero}.", "merci": "Merci."}},
    }
    monkeypatch.setattr(package, "wording", files.__getitem__)
    assert list(find_defects("fr")) == [
        "fr.toml lacks bot.bye",
        "fr.toml alone has bot.merci",
        "fr.toml has other placeholders than en.toml at bot.call",
        "fr.toml says nothing at bot.hello",
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"reviewed": True, "reviewed_by": "Dr A. Example"}, True),
        ({"reviewed": True, "reviewed_by": ""}, False),
        ({"reviewed": False, "reviewed_by": "Dr A. Example"}, False),
        ({}, False),
    ],
)
def test_a_review_wants_a_name(monkeypatch: pytest.MonkeyPatch, header: dict[str, object], expected: bool) -> None:
    monkeypatch.setattr(package, "wording", {"fr": header}.__getitem__)
    assert is_reviewed("fr") is expected


def _raw(language: str, place: str) -> str:
    return dict(sentences(language))[place]
