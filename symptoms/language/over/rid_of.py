"""What the speaker is rid of, or the next clause says to be away: "den Husten bin ich seit Montag los"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage

SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
TIMES: Final = (
    "since", "weekdays", "days_ago", "units", "numbers", "months", "now", "last", "ago", "luckily", "self", "me",
    "being", "have", "ordinals", "for", "article",
)  # fmt: skip
"""What stands between "I am" and the particle that ends it."""
UNSURE: Final = (
    "no",
    "not",
    "no_answer",
    "barely",
    "almost",
    "still",
    "half",
    "if",
    "wished",
    "hardly_any",
    "tomorrow",
)
BRIEF: Final = 4


def is_rid(clause: Clause, passage: Passage) -> bool:
    """Whether the speaker is rid of what it names: it ends in the particle of that, with times before."""
    if not clause.has(*SYMPTOMS) or not clause.has("being") or clause.has(*UNSURE) or clause.mark == "?":
        return False
    last = clause.end - 1
    verbs = [hit.start for hit in clause.all("being") if hit.start > clause.start or hit.end - hit.start > 1]
    named = clause.all(*SYMPTOMS)[-1].end
    if not passage.says(last, "rid") or not verbs or named > last:
        return False
    said = {at for hit in clause.all(*TIMES) for at in range(hit.start, hit.end)}
    return said.issuperset(range(named, last)) and not clause.has("future")


def is_away(clause: Clause, passage: Passage) -> bool:
    """Whether a brief clause ends in the German "ist der weg", which is no way to go: "inzwischen ist der weg"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.has(*SYMPTOMS) or clause.has(*UNSURE):
        return False
    ways = [hit for hit in clause.all("minimal_effort") if hit.end == clause.end and hit.end - hit.start > 1]
    is_verb = bool(ways) and passage.says(ways[0].start - 1, "is") and ways[0].start > clause.start
    return is_verb and clause.end - clause.start <= BRIEF and passage.says(clause.end - 1, "rid")
