"""Breath that a sight, laughter or the wind took for a moment: "mir blieb die Luft weg, als ich die Rechnung sah"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.nearness import overlap
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 4
MINUTE: Final = 0.001
"""Days: so long laughter may take the breath."""
OTHERS: Final = group("content") - {"fine", "clean", "gone", "state", "well", "worse"}

LASTING: Final = ("still", "sudden", "since_then", "night", "rest", "every", "each", "chest", "faint", "stop")
"""With which a text says more than that a sight took the breath for a moment."""

OF_LAUGHING: Final = ("if", "moderate_effort", "minimal_effort", "now", "worse")
"""Beside which laughing is an effort that takes the breath."""
EVEN: Final = ("even", "also", "only", "until", "affirmed", "at_least")
"""Right before which it is one, among others."""


def was_taken_by_what_was_seen(clause: Clause, reader: Reader) -> bool:
    """Whether a sight, laughter or the wind took the breath: "mir blieb die Luft weg, als ich die Rechnung sah".

    Not in the place where it was seen ("in the middle of the film I couldn't breathe"), nor what has not come back.
    """
    if not reader.passage.has("spectacle", "wind", "exclaimed", "laughed"):
        return False
    if _has_stayed(clause, reader):
        return False
    if _was_laughter(clause, reader.passage):
        return True
    if clause.has("spectacle"):
        return not _is_only_where(clause, reader.passage)
    return _is_wind(clause, reader) or _is_exclaimed(clause, reader) or _is_of_what_is_named_beside(clause, reader)


def _was_laughter(clause: Clause, passage: Passage) -> bool:
    """Whether somebody laughed until there was no breath, here or just before: not "even laughing takes my breath"."""
    counted = {hit.end for hit in [*clause.all("article"), *clause.numerals]}
    if any((hit.value or 0) > MINUTE and hit.start in counted for hit in clause.all("units")):
        return False
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not clause.has("laughed")
    parts = [clause, before] if before is not None and is_next else [clause]
    return any(one.has("laughed") for one in parts) and not any(_is_laughing_an_effort(one) for one in parts)


def _is_laughing_an_effort(clause: Clause) -> bool:
    """Whether laughing is what takes the breath among other things: "even from laughing", "schon vom Lachen"."""
    laughed = clause.all("laughed")
    starts = {hit.start for hit in laughed}
    efforts = [hit for hit in clause.all(*OF_LAUGHING) if not any(overlap(hit, one) for one in laughed)]
    return bool(efforts) or any(hit.end in starts for hit in clause.all(*EVEN))


def _is_of_what_is_named_beside(clause: Clause, reader: Reader) -> bool:
    before = reader.passage.before(clause)
    is_told = clause.has("had") or _is_of_anybody(clause)
    if before is not None and before.sentence == clause.sentence and is_told and _names_a_sight(before):
        return not clause.has("moderate_effort", "minimal_effort", "rest", "since", "sudden")
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.has("had"):
        return False
    return after.begins_with("than") and after.has("spectacle") and not after.has(*OTHERS)


def _has_stayed(clause: Clause, reader: Reader) -> bool:
    """Whether the text goes on with breath that has not come back, or that an effort takes too."""
    sights = clause.all("spectacle", "laughed")
    since = {hit.end + skipped for hit in clause.all("lasting") for skipped in (0, 1)}
    if has_beginning(clause) or any(hit.start in since for hit in sights) or clause.begins_with("but"):
        return True
    if any(one.has("since", "used_to") and one.has("new", "no", "tablets", "drug") for one in reader.passage.clauses):
        return True
    following = reader.passage.after(clause)
    if following is not None and following.sentence == clause.sentence and following.begins_with("self"):
        return clause.has("wind")
    short = clause.all("breathless", "cannot_breathe")
    is_of_fright = any(0 <= one.start - hit.end <= 1 for hit in short for one in sights)
    for one in reader.passage.clauses:
        seen = one.all("spectacle", "laughed")
        lasting = [hit for hit in reader.facts(one, *LASTING) if hit.kind not in ("rest", "still") or one is not clause]
        lasting = [hit for hit in lasting if not any(overlap(hit, sight) for sight in one.all("laughed", "everybody"))]
        if one.has("not_back") or lasting:
            return True
        is_elsewhere = one is not clause and not is_of_fright
        efforts = one.all("moderate_effort", "minimal_effort") if is_elsewhere else []
        efforts = [hit for hit in efforts if not reader.scope.is_others(hit, one)]
        if any(not any(overlap(hit, sight) for sight in seen) for hit in efforts):
            return True
    return False


def _is_only_where(clause: Clause, passage: Passage) -> bool:
    """Whether a sight is only the place or time at which no breath was got: "im Kino", "during the concert"."""
    if not clause.has("cannot_breathe", "cannot", "sudden") or clause.has("only"):
        return False
    places = [at + 1 for at in range(clause.start, clause.end) if passage.says(at, "during")]
    return all(any(0 <= hit.start - end <= NEAR for end in places) for hit in clause.all("spectacle"))


def _is_wind(clause: Clause, reader: Reader) -> bool:
    """Whether the wind takes anybody's breath, or took the speaker's for a moment: "zo'n wind beneemt je de adem"."""
    winds = clause.all("wind")
    own = [hit for hit in clause.all("self", "me", "have") if any(wind.end <= hit.start for wind in winds)]
    if not winds or clause.has("and", "if", *LASTING):
        return False
    return not own or (clause.has("had") and not reader.passage.has("now", "cannot_breathe"))


def _is_exclaimed(clause: Clause, reader: Reader) -> bool:
    """Whether what is exclaimed took the breath: "wat een race, ademloos zat ik te kijken"."""
    sentence = reader.passage.sentence_of(clause)
    is_cry = any(one.has("exclaimed") and one.has("spectacle") for one in sentence)
    return is_cry and not any(one.has("cannot", "cough", *LASTING) for one in sentence)


def _is_of_anybody(clause: Clause) -> bool:
    """Whether it is what happens to anybody: "se le corta a una la respiración"; not to "una", which is "a" too."""
    articles = {hit.start for hit in clause.all("article")}
    is_anybody = any(hit.start not in articles for hit in clause.all("anybody"))
    return is_anybody and not clause.has("self", "me", "have")


def _names_a_sight(clause: Clause) -> bool:
    """Whether it names a sight by itself, not where somebody was: "ein Film", not "im Konzert"."""
    led = {hit.end for hit in clause.all("article", "mine", "wh")} | {clause.start}
    places = {hit.end + skipped for hit in clause.all("place", "company") for skipped in (0, 1)}
    named = [hit for hit in clause.all("spectacle") if hit.start not in places]
    return not clause.has(*OTHERS) and any(hit.start in led for hit in named)
