"""A passage with what it denies, and whose and when it is, as the questions about it need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.denial.negation import denied_hits
from symptoms.language.scope.ahead import is_ahead, is_asked_or_hoped
from symptoms.language.scope.scope import Scope, read_scope
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.since import Since
from symptoms.language.times.times import find_since

NOT_OF_IT: Final = ("left", "still", "almost", "if", "relative", "stranger", "harmless")
"""Beside which what has gone is not all of it, or not the speaker's."""
BRIEF: Final = 4
"""Words of a clause that says no more than "also"."""


@dataclass(slots=True)
class Reader:
    """A passage with its scopes and denials, as the questions about it need them."""

    passage: Passage
    scope: Scope
    denied: set[Hit]
    today: date
    found_times: dict[int, list[Since]] = field(default_factory=dict)
    found_real: dict[Hit, bool] = field(default_factory=dict)

    def times(self, clause: Clause) -> list[Since]:
        """The times of a clause that say since when, in order."""
        if clause.at not in self.found_times:
            self.found_times[clause.at] = find_since(clause, self.passage, self.today)
        return self.found_times[clause.at]

    def is_fact(self, hit: Hit, clause: Clause) -> bool:
        """Whether the words state something of the patient, now."""
        if hit in self.denied:
            return False
        is_real = self.found_real.get(hit)
        if is_real is None:
            is_real = self.scope.is_real(hit, clause) and not self.scope.is_over(hit, clause)
            self.found_real[hit] = is_real
        return is_real

    def facts(self, clause: Clause, *kinds: str) -> list[Hit]:
        """The hits of these classes that state something of the patient, now."""
        if clause.kinds.isdisjoint(kinds):
            return []
        return [hit for hit in clause.all(*kinds) if self.is_fact(hit, clause)]


def read(passage: Passage, today: date, *, is_carer: bool = False) -> Reader:
    """A reader of a passage that was written on a day, by the patient or by a carer."""
    return Reader(passage, read_scope(passage, today, is_carer=is_carer), denied_hits(passage), today)


def numerals_in(clause: Clause, reader: Reader) -> list[Hit]:
    """The numbers of a clause in words and digits, but for those of time, doses and the like."""
    others = {at for hit in clause.all("unit_other", "units", "months") for at in (hit.start - 1, hit.start - 2)}
    others |= {since.at for since in reader.times(clause)} | {hit.end for hit in clause.all("numbered")}
    return [*clause.all("numbers"), *(hit for hit in clause.digits if hit.start not in others)]


def takes_over(clause: Clause, reader: Reader, *kinds: str) -> bool:
    """Whether a clause says no more than "also" of one that has these: "eating is fine, breath too"."""
    if clause.end - clause.start > BRIEF or not clause.has("also"):
        return False
    previous = reader.passage.before(clause)
    return previous is not None and previous.sentence == clause.sentence and previous.has(*kinds)


def is_only_better(fine: Hit, clause: Clause) -> bool:
    """Whether it is the beginning of "is going better", which does not say that all is well: "ça va mieux"."""
    return any(hit.start == fine.start and fine.end < hit.end for hit in clause.all("goes_on"))


def passed_off(clause: Clause, reader: Reader) -> bool:
    """Whether the next clause says of this one that it is over, and nothing else: "it was tight, but it's gone now"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.has("gone"):
        return False
    if after.has_any(CONTENT - {"gone", "fine", "well"}) or after.has(*NOT_OF_IT):
        return False
    if is_asked_or_hoped(after, reader.passage):
        return False
    return any(hit not in reader.denied and not is_ahead(hit, after, reader.passage) for hit in after.all("gone"))
