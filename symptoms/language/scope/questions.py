"""What a clause only asks: whether a verb before its subject, a question mark or "how many" makes a question of it."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.anew import VERB_SECOND
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
ITEM: Final = 3
"""Words of one thing in a list."""
VERB_FIRST: Final = frozenset({"en", "nl", "de"})
"""Languages in which a verb before its subject asks; the others may leave the subject out."""
CONTENT: Final = group("content")


def is_question(clause: Clause, passage: Passage) -> bool:
    """Whether it only asks: "do I cough too much?"; not what is told first, nor what is exclaimed or forgotten."""
    mark = passage.sentence_of(clause)[-1].mark
    if mark != "?" and not clause.has("ask", "anybody", "how_many"):
        return False
    likened = {hit.start for hit in clause.all("as_if") if hit.end - hit.start > 1}
    fronted = {hit.start for hit in clause.all("fronted")}
    starts = clause.begins_with("ask") and clause.start not in likened | fronted and not _is_led(clause, mark, passage)
    ask = clause.first("ask")
    starts = starts and not (ask is not None and mark != "?" and _is_told_all_the_same(ask, clause))
    objects = {hit.start for hit in clause.all("me")}
    asked = [hit for hit in clause.all("self", "drug", "someone", "tablets") if hit.start not in objects]
    is_clause = ask is not None and any(
        wh.start == ask.start and wh.end == hit.start for wh in clause.all("wh") for hit in clause.all("self", "have")
    )
    if ask is not None and mark != "?" and (_is_exclaimed(ask, clause) or _is_long_forgotten(clause, passage)):
        return False
    is_inverted = any(ask.end <= hit.start <= ask.end + 2 for hit in asked) if ask else False
    if starts and ask and not is_clause and (is_inverted or _asks_in_general(ask, clause, passage)):
        return True
    if _asks_of_anybody(clause, passage.lexicon.language):
        return True
    is_told_first = any(hit.start == clause.start for hit in clause.all("self", "have")) and not starts
    opens = is_clause or not (clause.begins_with("wh") or starts)
    return mark == "?" and not (is_told_first or (opens and _is_told_before(clause, passage)))


def _is_told_all_the_same(ask: Hit, clause: Clause) -> bool:
    """Whether the word that asks follows an "except", or is of what is done to me: "what bothers me is the cough"."""
    if any(one.end in (ask.start, ask.end) for one in clause.all("excepting", "only")):
        return True
    verbs = [one.end for one in clause.all("quiet_verb", "trouble") if one.start == ask.end]
    return any(one.start in verbs or one.end in verbs for one in clause.all("me"))


def _is_told_before(clause: Clause, passage: Passage) -> bool:
    """Whether it is told of somebody before the sentence asks: "I have a cough, is that normal?"."""
    sentence = passage.sentence_of(clause)
    asking = sentence[-1]
    if clause is asking or clause.has("if", "unsure"):
        return False
    articles = {hit.start for hit in clause.all("mine")}
    ones = {hit.start for hit in clause.all("article")}
    is_of_somebody = any(hit.start not in articles for hit in clause.all("someone"))
    is_counted = any(hit.start not in ones for hit in clause.numerals)
    if is_of_somebody or is_counted or clause.has("self", "have", "relative") or _asks_what_to_do(asking):
        return True
    if any(
        one.has("still", "goes_on") and not (one.begins_with("ask") or one.has("if", "wh")) for one in sentence[:-1]
    ):
        return True
    is_brief = asking.end - asking.start <= NEAR and not asking.has(*CONTENT - {"state"})
    return is_brief or any(one.has("self", "have") and not one.has("if", "wh") for one in sentence[:-1])


def is_echoed(clause: Clause, passage: Passage) -> bool:
    """Whether it says again what was asked, and what follows says yes: "hijg ik meer? ja"."""
    sentence = passage.sentence_of(clause)
    after = passage.after(sentence[-1])
    is_if = any(hit.start <= clause.start + 1 for hit in clause.all("if")) or _asks_oneself(clause)
    if after is None or not is_if or clause is not sentence[0] or sentence[-1].mark != "?":
        return False
    is_yes = any(hit.start <= after.start + 1 for hit in after.all("yes")) and not after.has("no", "not")
    return is_yes or after.has("many") or any(hit.start == after.start for hit in after.all("since"))


def _asks_oneself(clause: Clause) -> bool:
    """Whether the speaker asks how they are, to answer it at once: "hijg ik meer dan vorige maand?"."""
    return clause.has("self") and not clause.has("can", "drug", "tablets", "advice", "if", "anybody", "future", "wh")


def _is_long_forgotten(clause: Clause, passage: Passage) -> bool:
    """Whether it is of how long something is there that the speaker forgot: "weiß nicht mehr, wie lange schon"."""
    before = passage.before(clause)
    before = before if before is not None and before.sentence == clause.sentence else None
    return clause.has("long_unknown") or (before is not None and before.has("long_unknown"))


def _is_led(clause: Clause, mark: str, passage: Passage) -> bool:
    """Whether a clause opens the sentence after which the verb stands first: "wenn ich gehe, muss ich husten"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.mark != "," or mark == "?":
        return False
    is_open = any(before.begins_with(kind) for kind in ("if", "because", "but", "as_if"))
    return passage.lexicon.language in VERB_SECOND and is_open


def _asks_in_general(ask: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it asks about the drug, how many are too many, or the verb stands first: "is a cough normal"."""
    is_own = clause.has("self", "have")
    if clause.has("drug") and not is_own:
        return True
    if not is_own and _asks_how_many(ask, clause, passage.sentence_of(clause)[-1].mark):
        return True
    articles = {hit.start: hit.end for hit in clause.all("article")}
    verbs = {hit.start: hit.end for hit in clause.all("ask")}
    verb = verbs.get(ask.end, ask.end)
    noun = articles.get(verb, verb)
    asks = passage.lexicon.language in VERB_FIRST and clause.has("fine", "quiet_verb", "advice")
    return asks and any(hit.start == noun for hit in clause.all(*CONTENT))


def _asks_how_many(ask: Hit, clause: Clause, mark: str) -> bool:
    """Whether it begins with "how many sores"; not with the Dutch word for "what" that is "some" as well."""
    is_wh = any(wh.start == ask.start for wh in clause.all("wh"))
    is_asking = mark == "?" or any(hit.start == ask.end for hit in clause.all("ask"))
    if not is_asking and any(hit.start == ask.start for hit in clause.all("vague_few")):
        return False
    return is_wh and any(0 <= hit.start - ask.end <= 1 for hit in clause.all("aphtha", "lesion"))


def _asks_of_anybody(clause: Clause, language: str) -> bool:
    """Whether it asks how many there may be, or what happens to anybody: "kriegt man davon Husten"."""
    if clause.has("self", "have"):
        return False
    verbs = {hit.end for hit in clause.all("ask", "can") if hit.start == clause.start}
    is_general = language in VERB_SECOND or clause.has("drug", "tablets")
    is_of_anybody = is_general and any(hit.start in verbs for hit in clause.all("anybody"))
    return is_of_anybody or clause.begins_with("how_many")


def _asks_what_to_do(clause: Clause) -> bool:
    """Whether it asks what the speaker is to do, of what was told before: "the chest hurts, what should I do"."""
    is_brief = clause.end - clause.start <= ITEM + 1 and clause.begins_with("self") and clause.has("ask")
    asks = is_brief or (clause.begins_with("ask") and clause.has("self") and clause.end - clause.start > NEAR)
    return asks and not clause.has(*CONTENT, "if", "advice", "drug", "tablets", "more_than", "anybody")


def _is_exclaimed(ask: Hit, clause: Clause) -> bool:
    """Whether it is no question: "what pain I have", "qué dolor tengo"."""
    if any(hit.start == ask.start and hit.end < clause.end for hit in clause.all("exclaimed")):
        return True
    is_wh = any(wh.start == ask.start for wh in clause.all("wh"))
    return is_wh and any(0 <= hit.start - ask.end <= 1 for hit in clause.all("pain")) and clause.has("have")
