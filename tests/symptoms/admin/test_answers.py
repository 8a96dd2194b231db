"""Facts of the history in the words of staff."""

from __future__ import annotations

from symptoms.admin.answers import context_in_words


def test_the_day_since_which_there_are_sores_is_written_as_every_day_is() -> None:
    assert context_in_words("sores_since", "2026-11-02") == ("Sores since", "Mon 2 Nov 2026")
    assert context_in_words("sores_since", None) == ("Sores since", "not stated")
