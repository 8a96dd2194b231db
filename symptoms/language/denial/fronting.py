"""What stands in front of its denial as a topic: "tos, lo que se dice tos, no tengo", "aphthen? keine"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.closing import is_rid_of
from symptoms.language.denial.denying import CONTENT
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import overlap

SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
BESIDE: Final = (group("beside_topics") | {"filler", "mouthpart", "as_to"}) - {"vague_few"}
DENIAL: Final = ("no", "not", "no_answer")
SAID: Final = frozenset({*DENIAL, "have", "self", "there_are", "someone", "also", "greeting", "filler"})
"""What a clause consists of that denies, and names nothing."""

MORE: Final = frozenset({
    "further", "another", "more_than", "fewer", "dont_know", "still", "left", "nothing", "reply_no", "only",
    "otherwise", "as_ever",
})  # fmt: skip
"""What makes more of it than a bare denial."""

TELLING: Final = (
    "since", "units", "weekdays", "days_ago", "numbers", "yes", "but", "now", "still", "left", "every", "night",
    "relative", "stranger", "vague_long", "vague_days", "many", "further", "worse", "because", "trivial",
)  # fmt: skip
"""What an aside does not hold: it tells something of the topic."""

LIMITING: Final = (
    "no", "not", "cannot", "without", "but", "only", "trivial", "less", "almost", "barely", "hardly_any", "gone",
    "fine", "can", "night", "softly", "half", "rest", "betterment", "relieves", "few_times", "vague_few", "soon",
)  # fmt: skip
"""What limits a symptom of which something is no longer so: it is there all the more."""

NEAR: Final = 4
BRIEF: Final = 2
LONGEST_TOPIC: Final = 5
LONGEST_OPENING: Final = 5
"""Words of what leads to a topic: "pour ce qui est de la"."""

LONGEST_ASIDE: Final = 7
LONGEST_DENIAL: Final = 6
AFTER_TOPICS: Final = frozenset(",?-–—")


def denied_in_front(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms that a bare denial is about, named alone before it, with an aside between or none."""
    if not _is_bare_denial(clause) or _says_how_many(clause, passage):
        return set()
    before = passage.before(clause)
    topic = before if before is not None and is_topic(before) else None
    aside = before if topic is None else None
    if aside is not None:
        topic = passage.before(aside)
    if topic is None or not is_topic(topic) or not _opens(topic, clause, passage):
        return set()
    named = _symptoms(topic)
    if aside is None and len({hit.kind for hit in named}) > 1 and _goes_on_briefly(clause, passage):
        return set()
    if aside is None:
        again = passage.before(topic)
        is_again = again is not None and again.mark == "," and is_topic(again)
        earlier = _symptoms(again) if is_again and again is not None else []
        return {*named, *(hit for hit in earlier if hit.kind == named[0].kind)}
    return {*named, *_symptoms(aside)} if _is_aside(aside, named) else set()


def _goes_on_briefly(clause: Clause, passage: Passage) -> bool:
    """Whether a word or two follow the denial of several symptoms, and are none: "cough or breath, no, both"."""
    after = passage.after(clause)
    is_brief = after is not None and after.sentence == clause.sentence and after.end - after.start <= BRIEF
    return is_brief and after is not None and not after.has(*DENIAL, "nothing", "luckily")


def denied_in_postures(clause: Clause, passage: Passage) -> set[Hit]:
    """What follows right after the postures in none of which it is so: "ni acostada ni sentada me falta el aire"."""
    if not clause.has("rest") or clause.has("stop", "cannot", "barely", "less", "gone"):
        return set()
    nors = [at for at in range(clause.start, clause.end) if passage.says(at, "neither", "nor")]
    postures = {hit.end: hit.start for hit in clause.all("rest")}
    if len(postures) < 2 or not any(min(postures.values()) - 1 <= at < max(postures) for at in nors):
        return set()
    last = max(postures)
    if not any(at in nors for at in range(postures[last] - 2, postures[last] + 1)):
        return set()
    said = {at for one in clause.all("self", "have", "filler") for at in range(one.start, one.end)}
    return {
        hit
        for hit in clause.all("breathless", "lack", "trouble")
        if hit.start >= last and all(at in said for at in range(last, hit.start))
    }


def unsaid_in_front(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of a "without" that is itself denied: "sin tos, lo que se dice sin tos, no estoy"."""
    aside = passage.before(clause)
    topic = passage.before(aside) if aside is not None else None
    if aside is None or topic is None or topic.sentence != clause.sentence or clause.numerals:
        return set()
    if not _is_bare_denial(clause) or not clause.has("self", "have"):
        return set()
    named = [hit for one in (topic, aside) if one.has("without") for hit in one.all(*SYMPTOMS)]
    is_repeated = len(named) == 2 and named[0].kind == named[1].kind
    return set(named) if is_repeated and topic.begins_with("without") else set()


def not_denied(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of which there are almost none, of which a denial would be a lie, or only wished: they are there."""
    there = unsaid_in_front(clause, passage)
    if not clause.has(*SYMPTOMS, "breathe", "air", "trouble"):
        return there
    there |= {
        hit
        for around in clause.all("closed")
        for hit in clause.all(*SYMPTOMS)
        if around.start < hit.start < around.end and is_rid_of(around, clause)
    }
    hedges = [(hit.start, hit.end) for hit in clause.all("hardly_any")]
    for hit in clause.all(*SYMPTOMS) if hedges else []:
        if any(hit.start - NEAR <= start < hit.start or hit.end == start for start, _ in hedges):
            there.add(hit)
    beside = [one for one in (passage.before(clause), passage.after(clause)) if one and one.sentence == clause.sentence]
    is_untrue = clause.has("untrue") and not _is_so_no_longer(clause)
    if is_untrue or any(one.has("untrue") and not one.has(*CONTENT - {"say", "worse"}) for one in beside):
        there |= set(clause.all(*SYMPTOMS, "breathe", "air", "trouble"))
    if (wish := wished_from(clause, passage)) is not None:
        there |= {hit for hit in clause.all(*SYMPTOMS, "breathe", "air", "trouble") if hit.start >= wish}
    return there


def _is_so_no_longer(clause: Clause) -> bool:
    """Whether it ends in a symptom that is no longer so: "it's no longer the case that I'm short of puff".

    Not in one that is itself denied or limited, "that I don't cough", nor in what "the" cough does: "that it comes and
    goes".
    """
    ended = [hit for hit in clause.all("untrue") if any(overlap(hit, one) for one in clause.all("not"))]
    limits = [hit for hit in clause.all(*LIMITING) if ended and hit.start >= ended[0].end]
    thats = {hit.start for hit in clause.all("wh")}
    if not ended or any(hit.start > ended[0].end or hit.start not in thats for hit in limits):
        return False
    determined = {hit.end for hit in clause.all("mine") if hit.end - hit.start == 1}
    symptoms = clause.all(*SYMPTOMS)
    return all(ended[0].end <= hit.start and hit.end == clause.end and hit.start not in determined for hit in symptoms)


def wished_from(clause: Clause, passage: Passage) -> int | None:
    """Where a wish begins in a clause, its first word where the clause before opens it: "ich wünschte, ich hätte"."""
    if wish := clause.first("wished"):
        return wish.start
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.mark != ",":
        return None
    return clause.start if any(hit.end == before.end for hit in before.all("wished")) else None


def is_topic(clause: Clause) -> bool:
    """Whether it names one symptom, or several that "or" joins, and says nothing of it."""
    longest = LONGEST_TOPIC + LONGEST_OPENING if clause.has("as_to") else LONGEST_TOPIC
    if clause.end - clause.start > longest or clause.has(*DENIAL, "without", *MORE) or clause.numerals:
        return False
    kinds = {hit.start for hit in _symptoms(clause)}
    is_one = len(kinds) == 1 or (clause.has("or") and len(kinds) > 1)
    return is_one and _consists_of(clause, {*SYMPTOMS, *BESIDE})


def _is_bare_denial(clause: Clause) -> bool:
    if clause.mark == "?" or clause.end - clause.start > LONGEST_DENIAL or not clause.has(*DENIAL):
        return False
    is_nothing = any((hit.start, hit.end) == (clause.start, clause.end) for hit in clause.all("nothing"))
    if clause.has_any(MORE) and not is_nothing:
        return False
    denials = clause.all(*DENIAL)
    for hit in clause.hits:
        if hit.kind in CONTENT - {"say"} and not any(one.start <= hit.start < one.end for one in denials):
            return False
    if clause.has("cannot", "without") or _denies_denying(clause) or _denies_other_deed(clause, denials):
        return False
    return _consists_of(clause, SAID | {"mine"})


def _says_how_many(clause: Clause, passage: Passage) -> bool:
    """Whether the number is denied, and not the topic: "llagas, no una sino varias"."""
    after = passage.after(clause)
    return bool(clause.numerals) and after is not None and after.begins_with("but")


def _denies_other_deed(clause: Clause, denials: list[Hit]) -> bool:
    """Whether the speaker's own verb is denied, and none of having or seeing: "ya no salgo"."""
    had = places_of(clause.all("have", "observe", "filler", "mine", "me"))
    verbs = [hit for hit in clause.all("self") if any(one.end == hit.start for one in denials)]
    return any(had.isdisjoint(range(hit.start, hit.end)) for hit in verbs)


def _denies_denying(clause: Clause) -> bool:
    """Whether it is a verb of denial that is denied: "no lo niego"."""
    answers = {hit.start for hit in clause.all("no_answer")}
    verbs = [hit.start for hit in clause.all("no") if hit.start not in answers and hit.end - hit.start == 1]
    return any(hit.start < at for hit in clause.all("not") for at in verbs if hit.end <= at)


def _opens(topic: Clause, denial: Clause, passage: Passage) -> bool:
    """Whether nothing but marks of a topic, and no other sentence, stands between it and what denies it."""
    between = passage.clauses[topic.at : denial.at]
    is_first = topic is passage.sentence_of(topic)[0]
    return all(one.mark in AFTER_TOPICS and one.mark for one in between) and (
        topic.sentence == denial.sentence or (is_first and "?" in {topic.mark, between[-1].mark})
    )


def _is_aside(clause: Clause, named: list[Hit]) -> bool:
    """Whether it only says the topic again, or how it is meant: "lo que se dice tos", "à vrai dire"."""
    if clause.end - clause.start > LONGEST_ASIDE or clause.has(*TELLING):
        return False
    kinds = {hit.kind for hit in named}
    others = [hit for hit in clause.hits if hit.kind in CONTENT - {"say", "speak"} - kinds]
    return not others and len(clause.numerals) == 0


def _symptoms(clause: Clause) -> list[Hit]:
    return clause.all(*SYMPTOMS)


def _consists_of(clause: Clause, kinds: frozenset[str] | set[str]) -> bool:
    """Whether every word is of one of the classes; what a denial of two words encloses has to be so by itself."""
    said = {at for hit in clause.hits if hit.kind in kinds for at in _own_words(hit)}
    said |= {hit.start for hit in clause.all("article") if hit.start - 1 in said}
    return all(at in said for at in range(clause.start, clause.end))


def _own_words(hit: Hit) -> range | tuple[int, int]:
    return (hit.start, hit.end - 1) if hit.kind in DENIAL else range(hit.start, hit.end)
