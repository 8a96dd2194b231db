"""The second reader: it hears what the lexicons have no word for, it can only raise, and it says why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from symptoms.language.accounts.second_reader import Suspicion, suspect
from symptoms.language.labels import label
from symptoms.language.reading.reader import read as read_text
from symptoms.language.text.lexicon import load_lexicon
from symptoms.language.text.passages import read_passage
from tests.symptoms.language.measuring import read
from tests.symptoms.language.reading import TODAY, account, labels
from tests.symptoms.language.train import IS_SO, LEARNT_FROM, TARGET, checksum, example_of, learn

RANKS = {"absent": 0, "not_mentioned": 0, "present": 1}


@pytest.mark.parametrize(
    ("language", "text", "suspicion"),
    [
        ("en", "every time I speak it runs out, the breath, halfway", Suspicion.EMERGENCY),
        ("en", "the stairs are killing me these days, have to stop halfway", Suspicion.URGENT),
        ("en", "ulcr on tounge since yestrday", Suspicion.MOUTH_SORES),
    ],
)
def test_it_hears_what_no_lexicon_has_a_word_for(language: str, text: str, suspicion: Suspicion) -> None:
    by_rules = replace(account(language, text), suspected={})

    assert suspicion in account(language, text).suspected
    assert label(by_rules) != labels(language, text)


def test_less_is_enough_where_nothing_else_is_told_of_sores() -> None:
    texts = [(one["lang"], one["text"]) for one in read("dev_amounts")]
    bare = [(language, text) for language, text in texts if account(language, text).has_bare_sores][:60]
    usually = {
        text
        for language, text in bare
        if Suspicion.URGENT in suspect(read_text(read_passage(text, load_lexicon(language)), TODAY))
    }
    of_bare_sores = {text for language, text in bare if Suspicion.URGENT in account(language, text).suspected}

    assert usually < of_bare_sores


@pytest.mark.parametrize(
    "text", ["two mouth sores", "mouth sores since Monday", "mouth sores, eating is fine", "no mouth sores", "a cough"]
)
def test_sores_of_which_more_is_told_are_not_bare(text: str) -> None:
    assert account("en", "mouth sores").has_bare_sores
    assert not account("en", text).has_bare_sores


def test_it_names_the_words_that_weighed_most() -> None:
    suspected = account("nl", "mijn tong zit onder de kratertjes").suspected

    assert set(suspected[Suspicion.MOUTH_SORES][:2]) == {"tong", "kratertjes"}


def test_it_can_only_raise() -> None:
    """With it, nothing is less urgent, and no symptom less present, than without it."""
    for sentence in read("dev_hard")[::10]:
        read_twice = account(sentence["lang"], sentence["text"])
        alone, together = label(replace(read_twice, suspected={})), label(read_twice)
        for key in ("emergency", "urgent_by_review", "about_self_now"):
            assert together[key] >= alone[key]
        for key in ("cough", "dyspnea", "mouth_lesions"):
            assert RANKS[together[key]] >= RANKS[alone[key]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no chest pain"),
        ("de", "keine Schmerzen in der Brust"),
        ("en", "my chest was tight yesterday but it's gone now"),
        ("en", "my lips are blue from blueberry pie"),
        ("fr", "ma cheville est gonflée"),
        ("en", "hello, how are you today"),
        ("es", "gracias por todo, hasta mañana"),
        ("en", "I do not know how to put this but it has been a long day and"),
        ("en", "yes"),
        ("en", ""),
    ],
)
def test_what_the_rules_read_as_denied_or_harmless_is_left_to_them(language: str, text: str) -> None:
    assert not account(language, text).suspected


def test_it_does_not_gainsay_what_the_rules_read_as_over() -> None:
    assert labels("de", "Die Bläschen im Mund sind abgeklungen")["mouth_lesions"] == "absent"


def test_its_weights_are_made_from_the_sentences_that_are_there() -> None:
    assert json.loads(TARGET.read_text(encoding="utf-8"))["learnt_from"] == checksum(), (
        f"run `python -m tests.symptoms.language.train`: {', '.join(LEARNT_FROM)} are others than it learnt from"
    )


def test_the_same_sentences_make_the_same_weights() -> None:
    examples = [example_of(sentence) for sentence in read("dev")[:60]]
    is_urgent = IS_SO[Suspicion.URGENT]

    assert learn(examples, is_urgent) == learn(examples, is_urgent)


@pytest.mark.parametrize("text", ["j'ai des plaies dans la bouche", "une cloque au doigt", "un bouton sur le menton"])
def test_nothing_is_suspected_where_every_word_is_understood_or_the_sore_is_elsewhere(text: str) -> None:
    assert not labels("fr", text)["urgent_by_review"]
    assert labels("fr", text)["mouth_lesions"] == ("present" if "bouche" in text else "not_mentioned")
