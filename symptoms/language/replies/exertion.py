"""At what effort breath is short: the least one that a text or a reply names."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Exertion
from symptoms.language.accounts.account import Account
from symptoms.language.reading.reader import Reader
from symptoms.language.replies.yes_and_no import free_hits
from symptoms.language.text.clauses import Clause

EFFORTS: Final = (
    ("rest", Exertion.AT_REST),
    ("minimal_effort", Exertion.MINIMAL),
    ("moderate_effort", Exertion.MODERATE),
)


def read_exertion(reader: Reader) -> Exertion | None:
    """The least effort that a text names; None when it names none, or only one at which nobody is breathless."""
    clauses = [one for one in reader.passage.clauses if not _is_breathless_denied(one, reader)]
    return next((effort for kind, effort in EFFORTS if any(reader.facts(clause, kind) for clause in clauses)), None)


def _is_breathless_denied(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says of no more than breathlessness that it is not there: "not breathless at rest"."""
    told = clause.all("breathless")
    return bool(told) and all(hit in reader.denied for hit in told) and not clause.has("cannot_breathe", "lack", "stop")


def _begins_with_not(reader: Reader) -> bool:
    """Whether what it begins with is denied: "not the stairs", but not "no, the stairs"."""
    tokens = reader.passage.tokens
    denials = [hit.end for hit in free_hits(reader, "not") if hit.start == 0]
    return any(end < len(tokens) and not tokens[end].is_mark for end in denials)


def reply_of_exertion(reader: Reader, account: Account) -> object | None:
    """The least effort that is named, also as "if I lie down"; a bare "nothing" is asked about again.

    So is an effort that is denied, or of which it is said that it is not the only one: it may be a lesser one.
    """
    if reader.passage.has("not_wholly") or _begins_with_not(reader):
        return Exertion.AT_REST if read_exertion(reader) is Exertion.AT_REST else None
    if (named := read_exertion(reader)) is not None:
        return named
    if reader.passage.has("everything"):
        return Exertion.MINIMAL
    if any(_is_breathless_denied(clause, reader) for clause in reader.passage.clauses):
        return None
    free = [kind for kind, _ in EFFORTS if any(hit not in reader.denied for hit in free_hits(reader, kind))]
    return dict(EFFORTS)[free[0]] if free else None
