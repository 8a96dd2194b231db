"""What typed words want of the conversation, when they want something of it."""

from __future__ import annotations

from typing import Final

from symptoms.language.accounts.account import Account
from symptoms.language.reading.reader import Reader
from symptoms.language.scope.questions import is_question
from symptoms.language.text.classes import group
from symptoms.language.text.hits import Hit
from symptoms.language.understanding import Wish

WISHES: Final = (
    ("unreached", Wish.UNREACHED),
    ("in_care", Wish.IN_CARE),
    ("asks_to_wait", Wish.WAITING),
    ("puzzled", Wish.PUZZLED),
    ("something_else", Wish.SOMETHING_ELSE),
    ("back", Wish.BACK),
    ("stop_talk", Wish.STOP),
    ("help", Wish.HELP),
    ("abuse", Wish.ABUSE),
    ("greeting", Wish.SMALL_TALK),
)

COMPLAINTS: Final = group("complaints")
MEDICINES: Final = ("medicine", "tablets", "drug", "treatment", "treatment_talk", "rinse")

NO_END: Final = ("every", "units", "numbers", "worse", "eat", "cough", "without", "not")
"""Beside one of these a word for the end is none: "non stop", "twee keer per dag"."""

SPARE_WORDS: Final = 4
"""A wish is short: "please go back one question". With more words beside it, it is something else."""

SPARE_WORDS_BY_WISH: Final = {Wish.HELP: 8, Wish.UNREACHED: 12, Wish.IN_CARE: 12, Wish.WAITING: 4, Wish.STOP: 1}
"""Who asks for a person, or tells of one, may say more beside it; who ends the talk says no more than "please"."""


def find_complaints(reader: Reader) -> list[Hit]:
    """The words that say how the patient is, of whatever complaint."""
    return [hit for clause in reader.passage.clauses for hit in reader.facts(clause, *COMPLAINTS)]


def read_wish(reader: Reader, account: Account, *, is_answer: bool) -> Wish:
    """The wish of a text. One that also says how the patient is wants nothing but to be heard.

    `is_answer`: it answers the question on screen; then "no, wait" takes back no earlier answer.
    """
    hits = reader.passage.hits
    corrections = ("correction",) if is_answer else ("correction", "rather")
    if any(hit.kind in corrections and hit.start <= 2 for hit in hits):
        return Wish.CORRECTION
    if account.present or account.absent or account.red_flags:
        return Wish.NONE
    complaints = find_complaints(reader)
    is_question = _is_question(reader)
    words = sum(token.is_word for token in reader.passage.tokens)
    for kind, wish in WISHES:
        wished = [hit for hit in hits if hit.kind in (kind, "greeting")]
        covered = {at for hit in wished for at in range(hit.start, hit.end)}
        spare = SPARE_WORDS_BY_WISH.get(wish, SPARE_WORDS)
        is_said = any(hit.kind == kind for hit in wished) and words - len(covered) <= spare
        is_kept = wish is not Wish.STOP or not (is_question or is_answer or reader.passage.has(*NO_END))
        is_kept = is_kept and not (wish is Wish.WAITING and is_answer)
        if is_said and is_kept and all(hit.start in covered for hit in complaints):
            return wish
    return Wish.QUESTION if is_question and not is_answer else Wish.NONE


def asks_about_medicine(reader: Reader) -> bool:
    """Whether a question about a medicine stands in a text: "I have a cough, can I still take paracetamol?"."""
    clauses = [clause for clause in reader.passage.clauses if clause.has(*MEDICINES)]
    return any(clause.mark == "?" or is_question(clause, reader.passage) for clause in clauses)


def _is_question(reader: Reader) -> bool:
    clauses = reader.passage.clauses
    if len(clauses) == 1 and (clauses[0].begins_with("ask") or clauses[0].begins_with("why")):
        return True
    return bool(clauses) and clauses[-1].mark == "?"
