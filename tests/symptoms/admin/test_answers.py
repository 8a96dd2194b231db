"""Facts of the history in the words of staff."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from symptoms.admin.answers import answer_in_words, context_in_words
from symptoms.admin.moments import write_day


def test_the_day_since_which_there_are_sores_is_written_as_every_day_is() -> None:
    assert context_in_words("sores_since", "2026-11-02") == ("Sores since", "Mon 2 Nov 2026")
    assert context_in_words("sores_since", None) == ("Sores since", "not stated")


def test_a_temperature_has_the_decimal_comma_of_whoever_reads() -> None:
    assert answer_in_words("fever.temperature_c", 36.7) == "36.7 °C"
    with translation.override("fr"):
        assert answer_in_words("fever.temperature_c", 36.7) == "36,7 °C"


def test_june_and_july_do_not_look_alike_in_french() -> None:
    with translation.override("fr"):
        written = [write_day(date(2026, month, 2)) for month in (6, 7, 8)]
    assert written == ["mar 2 juin 2026", "jeu 2 juil 2026", "dim 2 août 2026"]
