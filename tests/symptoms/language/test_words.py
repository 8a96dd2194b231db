"""Words as patients type them: slips, accents, letters that are leaned on."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from symptoms.clinical.terms import RedFlag, Symptom
from symptoms.language.text.classes import FUNCTION_WORDS, MEANINGS, group, trait
from symptoms.language.text.lexicon import SCALES, TABLES, load_lexicon
from symptoms.language.text.words import fold, tokenise
from symptoms.wording import LANGUAGES
from tests.symptoms.language.reading import COUGH, DYSPNEA, SORES, account

AS_TYPED: list[tuple[str, str, Symptom]] = [
    ("es", "q dolor tengo la voca yena de yagas", SORES),
    ("es", "me salió una yaga en el lavio", SORES),
    ("en", "i hav a couhg", COUGH),
    ("en", "BREATHLES on the stairs", DYSPNEA),
    ("en", "couuuugh all day", COUGH),
    ("en", "mouth ulcres again", SORES),
    ("en", "couple o' sores in my mouth", SORES),
    ("fr", "je suis essouflee", DYSPNEA),
    ("fr", "des aftes dans la bouche", SORES),
    ("fr", "je touuuusse", COUGH),
    ("nl", "kortadmig op de trap", DYSPNEA),
    ("nl", "ik hooooest de hele dag", COUGH),
    ("de", "ausser atem", DYSPNEA),
    ("de", "Aften im Mund", SORES),
    ("de", "ich huuuste", COUGH),
    ("de", "Blaeschen im Mund", SORES),
    ("de", "ein Geschwuer am Zahnfleisch", SORES),
    ("en", "out of braeth", DYSPNEA),
    ("nl", "geen luhct, ik stik", DYSPNEA),
    ("es", "tengo dissnea", DYSPNEA),
    ("es", "yagas en la boca", SORES),
    ("fr", "afte dans la boushe", SORES),
    ("nl", "zweertjes in mijn mont", SORES),
    ("de", "Afthen im Munt", SORES),
    ("es", "tooooos todo el dia", COUGH),
    ("en", "fevr 39", Symptom.FEVER),
    ("de", "fiber 39", Symptom.FEVER),
    ("fr", "fievr 39", Symptom.FEVER),
    ("nl", "kors 39", Symptom.FEVER),
    ("es", "fievre 39", Symptom.FEVER),
    ("en", "3 mouth sors", SORES),
    ("es", "no puedo respira", DYSPNEA),
]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "chest pian"), ("fr", "doleur dans la poitrine"), ("nl", "pjin op de borst"),
        ("es", "dolr en el pecho"),
    ],
)  # fmt: skip
def test_a_slip_hides_no_danger(language: str, text: str) -> None:
    assert RedFlag.CHEST_PAIN in account(language, text).red_flags


@pytest.mark.parametrize(("language", "text", "symptom"), AS_TYPED)
def test_a_slip_hides_no_symptom(language: str, text: str, symptom: Symptom) -> None:
    assert symptom in account(language, text).present


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I bought tea and laughed with my cousin"),
        ("en", "the couch is rough"),
        ("fr", "nous avons tous bu un café"),
        ("nl", "mijn broer woont in een huis"),
        ("de", "mein Hut ist lustig"),
        ("es", "todos los días paseo con mi perro"),
    ],
)
def test_a_word_that_only_looks_like_a_symptom_is_none(language: str, text: str) -> None:
    assert not account(language, text).present


def test_a_word_loses_case_accents_and_leaned_on_letters() -> None:
    assert fold("Müüüde") == "mude"
    assert fold("Œdème") == "oedeme"


@pytest.mark.parametrize(
    ("typed", "meant"), [("Blaeschen", "Bläschen"), ("fuenf", "fünf"), ("hoert", "hört"), ("laeuft", "läuft")]
)
def test_german_without_umlauts_is_the_same_word(typed: str, meant: str) -> None:
    assert tokenise(typed, "de") == tokenise(meant, "de")


@pytest.mark.parametrize("word", ["neue", "blaue", "bequem", "Mauer"])
def test_an_e_that_is_no_umlaut_stays(word: str) -> None:
    assert tokenise(word, "de")[0].text == word.lower()


def test_marks_stay_as_breaks_and_hyphens_join() -> None:
    assert [token.text for token in tokenise("Well-known, yes!", "en")] == ["well", "known", ",", "yes", "!"]
    assert [token.text for token in tokenise("j’ai mal", "fr")] == ["j", "ai", "mal"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_fills_every_class_and_no_other(language: str) -> None:
    lexicon = load_lexicon(language)
    kinds = {entry.kind for table in (lexicon.words, lexicon.stems) for entries in table.values() for entry in entries}

    assert kinds - {*TABLES, *SCALES} == set(MEANINGS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_lists_the_function_words_that_rules_ask_for_and_no_others(language: str) -> None:
    source = resources.files("symptoms.language").joinpath("lexicons", f"{language}.toml")

    assert tomllib.loads(source.read_text(encoding="utf-8"))["function_words"].keys() == FUNCTION_WORDS.keys()


@pytest.mark.parametrize("name", FUNCTION_WORDS)
def test_some_language_has_function_words_of_every_name(name: str) -> None:
    assert any(load_lexicon(language).function_words[name] for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_function_words_are_single_words_as_texts_have_them(language: str) -> None:
    listed = load_lexicon(language).function_words.values()

    assert all([token.text for token in tokenise(word, language)] == [word] for words in listed for word in words)


@pytest.mark.parametrize("name", ["content", "of_sores", "not_in_mouth", "efforts", "felt", "intake", "hinders"])
def test_groups_name_classes_that_there_are(name: str) -> None:
    assert group(name) <= set(MEANINGS)


@pytest.mark.parametrize("name", ["forgiven", "in_compounds"])
def test_traits_name_classes_that_there_are(name: str) -> None:
    assert trait(name) <= set(MEANINGS) | trait("counted")


def test_a_language_without_a_lexicon_is_refused() -> None:
    with pytest.raises(KeyError):
        load_lexicon("xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_short_stands_for_words(language: str) -> None:
    assert all(isinstance(word, str) for word in load_lexicon(language).short.values())
