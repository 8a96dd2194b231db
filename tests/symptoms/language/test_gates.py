"""What a rule does not look at, because no word in the text is of a class that it needs, would have told it nothing."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

import pytest

from symptoms.language.accounts.account import Account
from symptoms.language.breath import breathing
from symptoms.language.danger import confusion, dangers
from symptoms.language.denial import denying, negation
from symptoms.language.eating import eating
from symptoms.language.scope import generalities, past, scope, subjects
from symptoms.language.text.classes import MEANINGS
from symptoms.language.text.lexicon import SCALES, TABLES, load_lexicon
from symptoms.language.text.passages import read_passage
from symptoms.language.times import times
from tests.symptoms.language.measuring import read
from tests.symptoms.language.reading import account

EVERY_CLASS = frozenset({*MEANINGS, *TABLES, *SCALES})
EACH = 5
"""So many sentences are read of every class of words."""
GATES = [
    (breathing, "OF_BREATH"),
    (confusion, "SIGNING"),
    (dangers, "OF_DANGER"),
    (denying, "DENIALS"),
    (eating, "OF_EATING"),
    (generalities, "ASKING"),
    (negation, "DENYING"),
    (past, "PAST"),
    (scope, "OTHERS"),
    (subjects, "WHO"),
    (times, "TIMES"),
]


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, str]]:
    """Sentences in which every class of words stands, a few of each."""
    chosen: list[tuple[str, str]] = []
    met: Counter[str] = Counter()
    for one in [*read("dev")[::2], *read("dev_hard")[::2], *read("dev_amounts")[::4]]:
        kinds = read_passage(one["text"], load_lexicon(one["lang"])).kinds
        if any(met[kind] < EACH for kind in kinds):
            met.update(kinds)
            chosen.append((one["lang"], one["text"]))
    return chosen


@pytest.fixture(scope="module")
def usual(sentences: list[tuple[str, str]]) -> list[Account]:
    return [account(language, text) for language, text in sentences]


@pytest.mark.parametrize(("module", "name"), GATES)
def test_a_list_of_classes_names_all_that_its_rules_need(
    module: ModuleType,
    name: str,
    sentences: list[tuple[str, str]],
    usual: list[Account],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A class that such a list lacks would keep its rules from hearing what they know."""
    monkeypatch.setattr(module, name, type(getattr(module, name))(EVERY_CLASS))

    assert [account(language, text) for language, text in sentences] == usual
