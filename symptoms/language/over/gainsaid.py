"""What is there, because the words after it gainsay its denial, or confirm an "if".

"No cough? Yeah right"; "the file says I don't cough. That's wrong"; "you said to call if I cough. Well, I do".
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, places_of
from symptoms.language.text.hits import Hit

FARTHEST: Final = 3
"""How many clauses after what they are about such words stand: "that I don't cough, as you wrote, well, it's wrong"."""

INTERJECTIONS: Final = (
    "filler",
    "and",
    "but",
    "greeting",
    "exclaimed",
    "yes",
    "no_answer",
    "self",
    "impersonal",
    "well",
    "now",
)
"""Of what a clause consists that stands between, and what stands before them in their own: "nou", "eh bien"."""

WHEN: Final = (
    "filler", "self", "since", "for_to", "numbers", "article", "units", "days_ago", "weekdays", "vague_long", "now",
    "still", "all_of", "of", "and_half", "mine",
)  # fmt: skip
"""What stands after them: since when."""


def gainsaid(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """The words of a clause that say of what was mentioned before it that it is so all the same."""
    is_near = clause.at - last.clause.at <= FARTHEST
    if not is_near or last.status is Status.PRESENT or reader.scope.is_others(last.hit, last.clause):
        return None
    said = max(clause.all(*_kinds(last)), key=lambda hit: (-hit.start, hit.end), default=None)
    if said is None or clause.mark == "?" or clause.has("relative", "stranger"):
        return None
    between = reader.passage.clauses[last.clause.at + 1 : clause.at]
    is_next = all(_consists_of(INTERJECTIONS, one.start, one.end, one) for one in between)
    is_led = is_next and _consists_of(INTERJECTIONS, clause.start, said.start, clause)
    return said if is_led and _consists_of(WHEN, said.end, clause.end, clause) else None


def _kinds(last: Mention) -> tuple[str, ...]:
    """The words that turn what was mentioned: a denial is gainsaid, what was quoted or after an "if" is so."""
    is_quoted = last.clause.mark == "?" and last.clause.has("no", "not")
    if is_quoted or last.clause.has("if"):
        return ("gainsaying", "so_it_is")
    return ("gainsaying",) if last.status is Status.ABSENT else ()


def _consists_of(kinds: tuple[str, ...], start: int, end: int, clause: Clause) -> bool:
    return places_of([*clause.all(*kinds), *clause.digits]).issuperset(range(start, end))
