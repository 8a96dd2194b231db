"""The sentences against which the understanding of free text is to be measured: whole, and kept apart.

`dev.jsonl` is for looking at; of `held_out.jsonl` only figures are reported, so that they stay honest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from symptoms.wording import LANGUAGES

SENTENCES: Final = Path(__file__).parent / "sentences"
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


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["dev", "held_out"])
def test_every_sentence_has_every_label(name: str) -> None:
    for sentence in read(name):
        labels = sentence["labels"]
        assert set(labels) == {*LABELS, "lesion_count", "duration_days"}
        assert all(labels[label] in allowed for label, allowed in LABELS.items()), sentence["id"]
        assert labels["urgent_by_review"] or not labels["emergency"], sentence["id"]


def test_a_third_is_held_out_and_no_sentence_stands_in_both() -> None:
    dev, held_out = read("dev"), read("held_out")

    assert len(dev) + len(held_out) >= 600
    assert 0.3 <= len(held_out) / (len(dev) + len(held_out)) <= 0.4
    assert {one["text"] for one in dev}.isdisjoint(one["text"] for one in held_out)
    assert {one["lang"] for one in dev} == {one["lang"] for one in held_out} == set(LANGUAGES)
