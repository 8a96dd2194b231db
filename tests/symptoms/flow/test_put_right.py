"""A "no" that puts a reply right by something worse is no denial of it; in doubt the worse counts."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from symptoms.clinical.terms import Slot
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY: Final = date(2026, 11, 25)


def answer(words: str, asking: Slot, slot: Slot, language: str) -> object:
    heard = understand({"text": words}, DialogueState(asking=asking), language=language, today=TODAY)
    return heard.answers.get(slot)


@pytest.mark.parametrize(
    ("language", "words", "slot", "worse"),
    [
        ("en", "3 no wait 5", Slot.MOUTH_COUNT, 5), ("en", "3, no 5", Slot.MOUTH_COUNT, 5),
        ("en", "3 no 5", Slot.MOUTH_COUNT, 5), ("en", "5, no 3", Slot.MOUTH_COUNT, 5),
        ("es", "3, no 5", Slot.MOUTH_COUNT, 5), ("es", "2 no espera 4", Slot.MOUTH_COUNT, 4),
        ("fr", "3, non 5", Slot.MOUTH_COUNT, 5), ("fr", "2 non attends 4", Slot.MOUTH_COUNT, 4),
        ("de", "3 nein 5", Slot.MOUTH_COUNT, 5), ("nl", "2 nee wacht 4", Slot.MOUTH_COUNT, 4),
        ("en", "2 days, no 5 days", Slot.MOUTH_ONSET_ON, "2026-11-20"),
        ("en", "yesterday, no 4 days ago", Slot.MOUTH_ONSET_ON, "2026-11-21"),
        ("es", "2 días, no 5 días", Slot.MOUTH_ONSET_ON, "2026-11-20"),
        ("fr", "2 jours, non 5 jours", Slot.MOUTH_ONSET_ON, "2026-11-20"),
        ("de", "2 Tage, nein 5 Tage", Slot.MOUTH_ONSET_ON, "2026-11-20"),
        ("nl", "2 dagen, nee 5 dagen", Slot.MOUTH_ONSET_ON, "2026-11-20"),
        ("en", "mild, no severe", Slot.COUGH_SEVERITY, 3), ("en", "mild no severe", Slot.COUGH_SEVERITY, 3),
        ("es", "leve, no severo", Slot.COUGH_SEVERITY, 3), ("fr", "léger, non sévère", Slot.COUGH_SEVERITY, 3),
        ("de", "leicht, nein stark", Slot.COUGH_SEVERITY, 3), ("nl", "licht, nee ernstig", Slot.COUGH_SEVERITY, 3),
        ("en", "a little, no a lot", Slot.MOUTH_INTERFERENCE, 3),
    ],
)  # fmt: skip
def test_what_puts_a_reply_right_by_something_worse_counts(
    language: str, words: str, slot: Slot, worse: object
) -> None:
    assert answer(words, slot, slot, language) == worse


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "I have 3 mouth sores, no 5"), ("es", "tengo 3 llagas en la boca, no 5")],
)
def test_so_it_does_at_the_opening(language: str, words: str) -> None:
    assert answer(words, Slot.SYMPTOMS, Slot.MOUTH_COUNT, language) == 5


@pytest.mark.parametrize(
    ("words", "slot", "told"),
    [
        ("3 sores, no one has looked", Slot.MOUTH_COUNT, 3), ("3, not 5", Slot.MOUTH_COUNT, 3),
        ("2 sores no pain", Slot.MOUTH_COUNT, 2), ("mild, not severe", Slot.COUGH_SEVERITY, 1),
        ("mild, never severe", Slot.COUGH_SEVERITY, 1), ("mild, no pain", Slot.COUGH_SEVERITY, 1),
    ],
)  # fmt: skip
def test_a_no_that_denies_something_else_puts_nothing_right(words: str, slot: Slot, told: object) -> None:
    assert answer(words, slot, slot, "en") == told
