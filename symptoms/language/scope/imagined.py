"""What is dreamt, read in a leaflet, or only put as an "if", and so has not happened."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.anew import VERB_SECOND
from symptoms.language.denial.if_not_so import but_for_it, if_not_so
from symptoms.language.denial.lifted import is_or_else
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

EFFORTS: Final = group("efforts")
FELT: Final = group("felt")
CONTENT: Final = group("content")
UNSTOPPABLE: Final = ("cough", "breathless")
KNOWN_WITHIN: Final = 4
"""Words from an "if" to the "known" of "if I had known"."""
BESIDE_YES: Final = (
    "self", "have", "article", "mine", "numbers", "place", "mouthpart", "of", "for_to", "worse", "many", "trouble",
    "breathe",
)  # fmt: skip
"""What may stand in a clause that says yes to a complaint, beside it."""

CALM: Final = frozenset({"fine", "clean", "well"})


def is_dreamt(clause: Clause, passage: Passage) -> bool:
    """Whether it stands in a dream from which nobody woke with it, in this clause or the one it goes on from."""
    if not passage.has("dreamt") or (passage.has("woke", "still", "sit_up") and not _woke_well(passage)):
        return False
    previous = passage.before(clause)
    goes_on = previous is not None and previous.sentence == clause.sentence and previous.has("dreamt")
    return clause.has("dreamt") or (goes_on and not clause.has("now", "days_ago", "since"))


def _woke_well(passage: Passage) -> bool:
    """Whether somebody woke from a dream and all was as ever, and not a word more: "dann war alles wie immer"."""
    woke = next((one for one in passage.clauses if one.has("woke")), None)
    if woke is None or passage.has("still", "but") or woke.has("dreamt"):
        return False
    told = passage.clauses[woke.at :]
    calm = [one for one in told if one.has("everything", "all_of") and one.has("fine", "as_ever", "well", "clean")]
    return bool(calm) and not any(one.has(*CONTENT - CALM, "no", "not", "almost", "since") for one in told)


def is_woken_with(hit: Hit, clause: Clause) -> bool:
    """Whether somebody woke from a dream with it: "dreamt of the sea and woke up gasping"."""
    dreams = [one.end for one in clause.all("dreamt")]
    woke = [one for one in clause.all("woke") if one.start <= hit.end + 1]
    joints = {end: max((one.start for one in clause.all("and") if one.start >= end), default=end) for end in dreams}
    return any(end <= one.start and joints[end] <= hit.start for end in dreams for one in woke)


def is_warned_of(clause: Clause, passage: Passage) -> bool:
    """Whether it stands in a leaflet or was a warning, in this clause or the one it goes on from."""
    if clause.has("advice") and not (_is_of_no_help(clause) or _is_done_to_me(clause)):
        return True
    previous = passage.before(clause)
    goes_on = previous is not None and previous.sentence == clause.sentence
    if goes_on and previous is not None and previous.has("dread", "self") and _is_out_of_breath(clause):
        return False
    if clause.begins_with("but") and clause.has("still", "left"):
        return False
    return goes_on and previous is not None and previous.has("advice") and not clause.has("self", "have", "woke")


def _is_done_to_me(clause: Clause) -> bool:
    """Whether it is what something does to the speaker, now: "les comprimés me donnent une toux"."""
    ends = {one.end for one in clause.all("me")}
    return all(one.start in ends for one in clause.all("advice")) and not clause.has(
        "can", "if", "ask", "future", "say"
    )


def _is_out_of_breath(clause: Clause) -> bool:
    """Whether it says no more than that there is no breath: "bang dat ik stik, krijg geen lucht"."""
    words = {at for one in clause.all("cannot_breathe", "can", "have", "self") for at in range(one.start, one.end)}
    return clause.has("cannot_breathe") and words.issuperset(range(clause.start, clause.end))


def is_unwarned(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is what nobody warned the speaker of, and is so: "nobody told me that I'd be this breathless".

    Not what may come: "nobody told me it can cause a cough".
    """
    if clause.has("can") and not clause.has("so_much", "like_this"):
        return False
    before = passage.before(clause)
    parts = [clause, before] if before is not None and before.sentence == clause.sentence else [clause]
    is_own = any(one.start < hit.start for one in clause.all("self", "have", "so_much")) or any(
        hit.end <= one.start <= hit.end + 1 or hit.start < one.start < hit.end
        for one in clause.all("like_this", "so_much")
    )
    return is_own and any(
        denial.start <= one.start
        for part in parts
        for denial in part.all("nobody", "not")
        for one in part.all("told", "advice")
        if part is not clause or one.start < hit.start
    )


def _is_of_no_help(clause: Clause) -> bool:
    """Whether it says that nothing helps, which is no advice: "niets helpt tegen de hoest"."""
    helped = {hit.start for hit in clause.all("relieves")}
    return clause.has("no", "not", "nothing") and all(hit.start in helped for hit in clause.all("advice"))


def is_under_condition(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it stands after "if", not after "every time that", and nothing that is felt depends on it."""
    if not clause.has("if") or hit in if_not_so(clause) | but_for_it(clause, passage):
        return False
    likened = {at for one in clause.all("as_if", "not_that") for at in range(one.start, one.end)}
    likened |= {one.end + skipped for one in clause.all("every") for skipped in (0, 1)}
    likened |= places_of(clause.all("harmless"))
    likened |= {one.end for one in clause.all("self")} if passage.lexicon.language == "en" else set()
    before = [one for one in clause.all("if") if one.start < hit.start and one.start not in likened]
    before = [one for one in before if not (is_or_else(one.start, clause, passage) or _is_of_wish(one, clause))]
    if not before or _was_not_known(before[0], hit, clause, passage) or clause.has("unsure", "dont_know"):
        return False
    if _is_yes(before[-1], hit, clause, passage):
        return False
    if any(clause.start == one.start < before[-1].start for one in clause.all("ask")):
        return True
    ors = [one.start for one in clause.all("or") if one.start not in likened]
    between = [
        one
        for one in clause.all(*EFFORTS, "self")
        if before[-1].start < one.start < hit.start and not any(one.end <= at < hit.start for at in ors)
    ]
    objects = {one.start for one in clause.all("me")}
    subjects = {one.start for one in between if one.kind == "self"} - objects
    if len(subjects) > 1 or any(one.kind != "self" for one in between):
        return False
    sentence = passage.sentence_of(clause)
    if sentence[-1].mark != "?" and subjects and _is_of_main_clause(hit, clause, passage):
        return False
    if sentence[-1].mark == "?" or any(one.begins_with("ask") for one in sentence if one is not clause):
        return True
    if hit.kind in UNSTOPPABLE and _goes_on_without_end(hit, sentence):
        return False
    others = [
        one
        for part in sentence
        for one in part.all(*FELT)
        if (one.start >= hit.end and not any(hit.end <= at < one.start for at in ors)) or one.end <= before[-1].start
    ]
    return not [one for one in others if one.start != hit.start]


def _is_of_main_clause(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a verb before its own "I", after what is supposed: "wenn ich nicht inhaliere keuche ich"."""
    is_denied = any(one.start >= hit.end for one in clause.all("no", "not"))
    is_inverted = any(one.start == hit.end for one in clause.all("self"))
    return passage.lexicon.language in VERB_SECOND and is_inverted and not is_denied


def _goes_on_without_end(hit: Hit, sentence: list[Clause]) -> bool:
    """Whether what has begun cannot be stopped: "once I start coughing I can't stop", "hör ich nicht mehr auf"."""
    for one in sentence:
        stops = [stop for stop in one.all("stop", "stop_talk", "worse") if stop.start >= hit.end]
        denials = [denial for denial in one.all("cannot", "not", "no", "barely") if denial.start >= hit.end]
        if stops and denials and any(stop.kind != "worse" for stop in stops) and not one.has("can", "rest"):
            return True
    return False


def _is_yes(condition: Hit, hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a Spanish "sí" without its accent: nothing depends on it, "no tengo fiebre pero si tos"."""
    sentence = passage.sentence_of(clause)
    is_spelt_alike = any(one.start == condition.start for one in clause.all("affirmed"))
    if not is_spelt_alike or clause is not sentence[-1] or clause.mark == "?" or passage.lexicon.language != "es":
        return False
    opens = condition.start == clause.start and clause is sentence[0]
    is_led = opens or any(one.end == condition.start and one.start == clause.start for one in clause.all("but"))
    smalls = {at for one in clause.all(*BESIDE_YES) for at in range(one.start, one.end)}
    said = {*range(condition.end, clause.end)} - set(range(hit.start, hit.end))
    return is_led and smalls.issuperset(said)


def _is_of_wish(condition: Hit, clause: Clause) -> bool:
    """Whether it is the "if" of an "if only"."""
    return any(one.start <= condition.start and condition.end <= one.end for one in clause.all("wished"))


def _was_not_known(condition: Hit, hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is the "if" of "if I had known", after which "my" sores are there: "it hurts my sores"."""
    words = range(condition.end, min(condition.end + KNOWN_WITHIN, hit.start))
    if not any(passage.says(at, "had_known") for at in words):
        return False
    starts = {hit.start, *(one.start for one in clause.numerals if one.end == hit.start)}
    return any(one.end in starts for one in clause.all("self") if one.start > condition.end)
