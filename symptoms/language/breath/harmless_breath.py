"""Breath that is short for no concern: a sight or the wind took it, the nose is blocked, or sport does it to all."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import overlap
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 4
OTHERS: Final = group("content") - {"fine", "clean", "gone", "state", "well", "worse"}

LASTING: Final = ("still", "sudden", "since_then", "night", "rest", "every", "each", "chest", "faint", "stop")
"""With which a text says more than that a sight took the breath for a moment."""

OF_ILLNESS: Final = (
    "worse", "sudden", "barely", "cannot", "trouble", "rest", "less", "still", "stop", "chest", "faint", "blood",
    "sit_up", "night", "excepting", "instead_of", "different", "no_longer",
)  # fmt: skip
"""Beside which breath after sport is not that of everybody."""


def is_harmless(clause: Clause, reader: Reader) -> bool:
    """Whether what a clause tells of breath is no concern."""
    return (
        clause.has("nose")
        or was_taken_by_what_was_seen(clause, reader)
        or is_through_nose(clause, reader)
        or is_of_sport(clause, reader)
    )


def was_taken_by_what_was_seen(clause: Clause, reader: Reader) -> bool:
    """Whether a sight, laughter or the wind took the breath: "mir blieb die Luft weg, als ich die Rechnung sah".

    Not in the place where it was seen ("in the middle of the film I couldn't breathe"), nor what has not come back.
    """
    if not reader.passage.has("spectacle", "wind", "exclaimed"):
        return False
    if _has_stayed(clause, reader):
        return False
    if clause.has("spectacle"):
        return not _is_only_where(clause, reader.passage)
    return _is_wind(clause, reader) or _is_exclaimed(clause, reader) or _is_of_what_is_named_beside(clause, reader)


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
    sights = clause.all("spectacle")
    since = {hit.end + skipped for hit in clause.all("lasting") for skipped in (0, 1)}
    if has_beginning(clause) or any(hit.start in since for hit in sights) or clause.begins_with("but"):
        return True
    following = reader.passage.after(clause)
    if following is not None and following.sentence == clause.sentence and following.begins_with("self"):
        return clause.has("wind")
    for one in reader.passage.clauses:
        lasting = [hit for hit in reader.facts(one, *LASTING) if hit.kind not in ("rest", "still") or one is not clause]
        if one.has("not_back") or lasting:
            return True
        efforts = one.all("moderate_effort", "minimal_effort") if one is not clause else []
        if any(not any(overlap(hit, sight) for sight in one.all("spectacle")) for hit in efforts):
            return True
    return False


def _is_denied_near(hit: Hit, clause: Clause) -> bool:
    return any(0 <= hit.start - one.end <= NEAR or 0 <= one.start - hit.end <= 1 for one in clause.all("no", "not"))


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
    is_place = clause.has("place", "company", *OTHERS)
    return not is_place and any(hit.start in led for hit in clause.all("spectacle"))


def is_through_nose(clause: Clause, reader: Reader) -> bool:
    """Whether no air comes through the nose of which the clause before tells: "my nose is blocked, no air through"."""
    if not (clause.has("through") and reader.passage.has("nose")):
        return False
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not before.has("lungs", "chest", "sudden")
    return is_next and before is not None and before.has("nose")


def is_of_sport(clause: Clause, reader: Reader) -> bool:
    """Whether it is how breath goes after sport: "out of breath after my run, as always", "like the rest of the team".

    Not "like everybody, but on the stairs too", nor more than the others.
    """
    passage = reader.passage
    if not passage.has("sport", "exercise") or not passage.has("as_ever", "like_all"):
        return False
    if passage.has("like_all"):
        return _is_like_all(clause, reader)
    sentence = passage.sentence_of(clause)
    if not any(one.has("sport") for one in sentence) or passage.has("rest", "less", "used_to"):
        return False
    if any(one.has("worse", "sudden", "barely", "cannot", "trouble") for one in sentence) or _goes_on(reader):
        return False
    if any(_names_another_effort(one) for one in passage.clauses):
        return False
    return any(one.has("as_ever") for one in sentence)


def _names_another_effort(clause: Clause) -> bool:
    """Whether it names an effort that is no sport, and does not go well: "but on the stairs too now"."""
    if clause.has("no", "not", "fine", "well") and not clause.has("breathless", "also"):
        return False
    sports = clause.all("sport", "exercise", "as_ever")
    efforts = clause.all("moderate_effort", "minimal_effort")
    return any(not any(one.start <= hit.end and hit.start <= one.end for one in sports) for hit in efforts)


def _is_like_all(clause: Clause, reader: Reader) -> bool:
    """Whether breath is short after sport as it is with all the others, by a text that says no more of it.

    Not for an hour.
    """
    sentence = reader.passage.sentence_of(clause)
    alike = [(hit, one) for one in sentence for hit in one.all("like_all")]
    if not alike or not any(one.has("sport", "exercise") for one in sentence) or _goes_on(reader):
        return False
    if any(_is_denied_near(hit, one) for hit, one in alike) or _has_lasted(clause):
        return False
    for one in reader.passage.clauses:
        within = one.all("like_all", "sport", "exercise", "as_ever")
        others = min((hit.start for hit in one.all("like_all")), default=one.end)
        efforts = [hit for hit in one.all("moderate_effort", "minimal_effort") if hit.start < others]
        told = one.all(*OF_ILLNESS, "used_to", "than") + efforts
        told = [hit for hit in told if not any(overlap(hit, other) for other in within)]
        if any(reader.is_fact(hit, one) for hit in told) or one.mark == "?":
            return False
    return True


def _has_lasted(clause: Clause) -> bool:
    """Whether it says for how long: "for an hour", "for ten minutes"."""
    starts = {hit.start + skipped for hit in clause.all("for") for skipped in range(3)}
    return any(hit.start in starts for hit in clause.all("days_ago", "units"))


def _goes_on(reader: Reader) -> bool:
    """Whether the text goes on with "but": not "but so was everyone", nor "but who doesn't"."""
    for one in reader.passage.clauses:
        alike = {hit.start for hit in one.all("like_all")}
        only = {hit.start for hit in one.all("only", "now", "otherwise")}
        buts = [hit for hit in one.all("but") if hit.end - hit.start > 1 or hit.start not in only]
        if any(hit.end not in alike for hit in buts):
            return True
    return False
