"""The dots after a number that end no sentence: of dates, ordinals and short words ("3. März", "ca. 4 mm")."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause
from symptoms.language.text.words import Token

ORDINAL_DOTS: Final = frozenset({"de"})
"""Languages that write an ordinal with a dot: "am 3. Tag"."""

ABBREVIATED: Final = frozenset({"ca", "env", "approx", "aprox", "ung"})
"""Words for "about" whose dot ends no sentence before a number: "ca. 4 mm"."""

BEFORE_DAYS: Final = frozenset({"am", "vom", "dem", "zum"})
"""Words after which a number with a dot is the day of a month: "am 3. kam die erste"."""

ORDERED: Final = ("unit_other", "treatment", "tablets", "moderate_effort")
BEFORE_ORDINALS: Final = frozenset({"im", "in", "am", "zum", "der", "die", "den", "dem", "das", "meine", "meiner"})
"""Words after which a number with a dot is an ordinal: "im 4. Stock", "die 2. Tablette"."""


def dots_of_dates(tokens: list[Token], whole: Clause, language: str) -> frozenset[int]:
    """The dots beside a number that belong to a date, in some languages to an ordinal: "3. März", "3. Tag", "ca. 4"."""
    dots = [at for at, token in enumerate(tokens) if token.text == "." and token.is_glued]
    after_number = {at for at in dots if tokens[at - 1].is_number}
    before_number = {at for at in dots if at + 1 < len(tokens) and tokens[at + 1].is_number}
    if not (after_number or before_number):
        return frozenset()
    kinds = ("months", "units", "weekdays") if language in ORDINAL_DOTS else ("months",)
    dated = {hit.start - 1 for hit in whole.all(*kinds)}
    if language in ORDINAL_DOTS:
        things = {hit.start - 1 for hit in whole.all(*ORDERED)}
        dated |= {at for at in things if at > 1 and tokens[at - 2].text in BEFORE_ORDINALS}
        dated |= {at for at in range(2, len(tokens) - 1) if tokens[at - 2].text in BEFORE_DAYS}
    numbered = {hit.end for hit in whole.all("numbered")}
    numbered |= {at for at in dots if tokens[at - 1].text in ABBREVIATED}
    return frozenset((dated & after_number) | (numbered & before_number))
