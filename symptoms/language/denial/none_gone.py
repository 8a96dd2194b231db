"""What has not gone: "none of the five sores has healed", "weder der Husten noch die Atemnot ist weg"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

NEAR: Final = 4
SORES: Final = ("aphtha", "lesion", "spot")
SYMPTOMS: Final = ("cough", "breathless", *SORES)
TIMES: Final = ("since", "for", "units", "article", "ask", "place", "days_ago", "weekdays")
"""What may stand between a sore and the "healed" that is denied of it, besides small words."""

HEALED: Final = ("gone", "betterment", "closed")


def sores_not_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The sores of which none has gone: "none of the five sores has healed"."""
    if not clause.has(*HEALED):
        return set()
    return {sore for _, sore in _none_gone(clause, passage)}


def neither_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms between "neither" and a "gone": "ni la toux ni l'essoufflement ne m'ont quittée"."""
    named = places_of(clause.all("mine", "article", "filler"))
    first = clause.first(*SYMPTOMS)
    opening = first.start if first else clause.start
    while opening > clause.start and opening - 1 in named and not passage.says(opening - 1, "neither"):
        opening -= 1
    symptoms = clause.all(*SYMPTOMS) if opening > clause.start and passage.says(opening - 1, "neither") else []
    gone = [hit.start for hit in clause.all(*HEALED)]
    if not symptoms or clause.has("all_of", "everything", "but"):
        return set()
    end = symptoms[-1].end
    if any(hit.start >= end for hit in clause.all("me")):
        gone += [at for at in range(end, clause.end) if passage.says(at, "leaving")]
    return set(symptoms) if any(at >= end for at in gone) else set()


def not_what_went(clause: Clause) -> set[Hit]:
    """The symptom that is not what has gone: "it's not the cough that's gone, it's the fever"."""
    denials = {hit.end for hit in clause.all("not")}
    denials |= {hit.end for hit in clause.all("filler") if hit.start in denials}
    named = {hit.end for hit in clause.all("mine") if hit.start in denials}
    gone = [hit.start for hit in clause.all(*HEALED)]
    return {hit for hit in clause.all(*SYMPTOMS) if hit.start in named and any(at >= hit.end for at in gone)}


def not_once_gone(clause: Clause) -> set[Hit]:
    """The symptom that has not stopped once, and the word for that: "not once did the cough stop"."""
    denials = [hit.start for hit in clause.all("no", "not", "not_even") if hit.start <= clause.start + 1]
    once = [one.end for one in clause.all("few_times") if any(at < one.start + 1 <= at + NEAR for at in denials)]
    determined = {hit.end for hit in clause.all("mine")}
    start = min(once, default=clause.end)
    symptoms = [hit for hit in clause.all(*SYMPTOMS) if hit.start in determined and hit.start > start]
    stops = [hit for hit in clause.all(*HEALED, "stop", "relieves") if once]
    return {*symptoms, *stops} if symptoms and stops else set()


def is_gone_of_none(gone: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a word for going away is denied of every sore before it."""
    return any(one.start == gone.start for one, _ in _none_gone(clause, passage))


def _none_gone(clause: Clause, passage: Passage) -> Iterator[tuple[Hit, Hit]]:
    """The words for healing with the sores of which a "none" before them denies it."""
    for sore in clause.all(*SORES):
        if not any(one.end <= sore.start <= one.end + NEAR for one in clause.all("no", "none_of")):
            continue
        for gone in clause.all(*HEALED):
            since = places_of(clause.all(*TIMES))
            is_small = all(at in since or passage.says(at, "till_healed") for at in range(sore.end, gone.start))
            is_next = sore.end == gone.start and (gone.kind == "betterment" or gone.end - gone.start > 1)
            if is_next or (sore.end < gone.start and is_small):
                yield gone, sore
