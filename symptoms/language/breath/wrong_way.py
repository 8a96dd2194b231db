"""Breath that food took for a moment because it went down the wrong way: "verschluckt und nach Luft gerungen"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, is_well_again, places_of
from symptoms.language.times.beginnings import has_beginning

STAYED: Final = (
    "still", "now", "since_then", "not_back", "night", "rest", "every", "each", "if", "chest", "faint", "blood", "blue",
    "swollen", "fever", "worse", "sudden", "moderate_effort", "minimal_effort", "speak", "stuck", "but", "can", "also",
    "laboured", "further", "many", "pain", "lungs", "barely", "trouble",
)  # fmt: skip
"""With which a text says more than that food went down the wrong way once, and breath came back."""
NOT_WELL: Final = (
    "no", "not", "less", "still", "almost", "breathless", "cannot_breathe", "breathe", "air", "chest", "cough",
    "wrong_way", "if", "until",
)  # fmt: skip
"""Beside which a clause does not say that all is well again."""
MOMENTARY: Final = ("softly", "almost", "few_times")


def went_down_wrong(clause: Clause, reader: Reader) -> bool:
    """Whether breath was short when food had gone down the wrong way, and the text tells of nothing that stayed.

    Not "I choked on a nut and can't breathe", nor "verschluckt, und seitdem keuche ich".
    """
    passage = reader.passage
    if not passage.has("wrong_way") or not _is_past(clause, reader):
        return False
    beside = [one for one in (passage.before(clause), passage.after(clause)) if one is not None]
    near = [clause, *(one for one in beside if one.sentence == clause.sentence)]
    if not any(one.has("wrong_way") for one in near):
        return False
    return not any(_has_stayed(one) for one in passage.clauses)


def _is_past(clause: Clause, reader: Reader) -> bool:
    """Whether the clause tells of what was, or was for a moment: "hapte naar adem", "nach Luft gerungen"."""
    told = clause.all("breathless", "cannot_breathe")
    return clause.has("had", "softly") or any(reader.passage.says(hit.end - 1, "perfect") for hit in told)


def _has_stayed(clause: Clause) -> bool:
    again = {hit for hit in clause.all("still") if is_well_again(hit, clause)}
    if clause.has("well", "fine", "gone") and not set(clause.all(*NOT_WELL)) - again:
        return False
    small = places_of(clause.all(*MOMENTARY, "wrong_way"))
    small |= places_of(clause.all("can")) if clause.has("cannot_breathe") else set()
    told = [hit for hit in clause.all(*STAYED) if hit.start not in small and hit not in again]
    return bool(told) or has_beginning(clause) or clause.mark == "?"
