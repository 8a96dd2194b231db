"""The sentences against which the understanding of free text is measured: whole, and kept apart."""

from __future__ import annotations

from typing import Any, Final

import pytest

from symptoms.wording import LANGUAGES
from tests.symptoms.language.measuring import FILES, read

PRESENCE: Final = {"present", "absent", "not_mentioned"}
LABELS: Final[dict[str, set[Any]]] = {
    "cough": PRESENCE,
    "dyspnea": PRESENCE,
    "mouth_lesions": PRESENCE,
    "eating_impaired": {"yes", "no", "not_mentioned"},
    "more_than_three_lesions": {True, False, None},
    "over_three_days": {True, False, None},
    "emergency": {True, False},
    "about_self_now": {True, False},
    "urgent_by_review": {True, False},
}


@pytest.mark.parametrize("name", FILES)
def test_every_sentence_has_every_label(name: str) -> None:
    for sentence in read(name):
        labels = sentence["labels"]
        assert set(labels) == {*LABELS, "lesion_count", "duration_days"}
        assert all(labels[label] in allowed for label, allowed in LABELS.items()), sentence["id"]
        assert labels["urgent_by_review"] or not labels["emergency"], sentence["id"]


def test_a_good_part_is_held_out_and_no_sentence_stands_twice() -> None:
    texts = {name: [one["text"] for one in read(name)] for name in FILES}
    everything = [text for listed in texts.values() for text in listed]
    held_out = [text for name, listed in texts.items() if name.startswith("held_out") for text in listed]

    of_all, of_held_out, different = len(everything), len(held_out), len(set(everything))
    assert of_all >= 600
    assert 0.1 <= of_held_out / of_all <= 0.4
    assert different == of_all


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_every_language(name: str) -> None:
    assert {one["lang"] for one in read(name)} == set(LANGUAGES)
