"""What typed words want of the conversation, when they want something of it."""

from __future__ import annotations

from typing import Final

from symptoms.language.account import Account
from symptoms.language.classes import group
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Reader
from symptoms.language.understanding import Wish

WISHES: Final = (
    ("something_else", Wish.SOMETHING_ELSE),
    ("back", Wish.BACK),
    ("stop_talk", Wish.STOP),
    ("help", Wish.HELP),
    ("abuse", Wish.ABUSE),
    ("greeting", Wish.SMALL_TALK),
)

COMPLAINTS: Final = group("complaints")

SPARE_WORDS: Final = 4
"""A wish is short: "please go back one question". With more words beside it, it is something else."""


def find_complaints(reader: Reader) -> list[Hit]:
    """The words that say how the patient is, of whatever complaint."""
    return [hit for clause in reader.passage.clauses for hit in reader.facts(clause, *COMPLAINTS)]


def read_wish(reader: Reader, account: Account) -> Wish:
    """The wish of a text. One that also says how the patient is wants nothing but to be heard."""
    hits = reader.passage.hits
    if any(hit.kind == "correction" and hit.start <= 2 for hit in hits):
        return Wish.CORRECTION
    if account.present or account.absent or account.red_flags:
        return Wish.NONE
    complaints = find_complaints(reader)
    words = sum(token.is_word for token in reader.passage.tokens)
    for kind, wish in WISHES:
        wished = [hit for hit in hits if hit.kind in (kind, "greeting")]
        covered = {at for hit in wished for at in range(hit.start, hit.end)}
        is_said = any(hit.kind == kind for hit in wished) and words - len(covered) <= SPARE_WORDS
        if is_said and all(hit.start in covered for hit in complaints):
            return wish
    return Wish.NONE
