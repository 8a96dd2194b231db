"""What one negation denies: the thing that stands next to it, by the ways of its language."""

from __future__ import annotations

from typing import Final

from symptoms.language.clauses import TOPIC_ENDS, Clause, Passage
from symptoms.language.denying import CONCORD, CONTENT, NEAR, SYMPTOMS, ends_clause, is_beyond, keeps_from
from symptoms.language.hits import Hit

VERB_LAST: Final = frozenset({"de"})
"""Languages in which "I have", in this order, begins a main clause: "weil das nicht geht ich hab Druck"."""
SUBJECTS: Final = frozenset({"ich", "i", "ick"})
SORES: Final = ("aphtha", "lesion", "mouthpart")
AGREEING: Final = ("fine", "breathless", "cannot_breathe", "off_food", "hearty")
"""Classes whose phrases may deny by themselves."""
LACKS: Final = ("breathless", "cannot_breathe")
"""Those of them that no language lets a second negation undo."""
BRINGING_UP: Final = ("cough", "bring_up", "phlegm")
REACH: Final = 6
"""Words between a negation and what it denies."""
VERBS: Final = ("cough", "breathless", "eat", "drink", "swallow")
"""What a negation right after it denies, whatever follows, where negation follows the verb."""


def object_of(negation: Hit, clause: Clause, passage: Passage, denied: set[Hit]) -> set[Hit]:
    """What one negation is about: what it encloses, what stands before it in some languages, else what follows."""
    if _leaves_some(negation, clause, passage):
        return set()
    contents = [hit for hit in clause.hits if hit.kind in CONTENT and not _holds(hit, negation)]
    small = {hit.start for hit in clause.all("for_to")}
    contents = [hit for hit in contents if hit.kind != "closing" or hit.end - hit.start > 1 or hit.start not in small]
    is_concord = passage.lexicon.language in CONCORD
    contents = [
        hit for hit in contents if not (is_concord or _is_lack_beside(hit, negation)) or not _agrees(hit, passage)
    ]
    is_none = negation.kind == "no"
    contents = [hit for hit in contents if (is_none and hit.start == negation.end) or not _is_affirmed(hit, clause)]
    inside = [hit for hit in contents if negation.start < hit.start and _ends_within(hit, negation)]
    if inside:
        return _enclosed(inside[0], negation, contents, clause, passage)
    first, last = _around(negation, contents, clause, passage)
    is_joined = any(hit.start == negation.start for hit in clause.all("or"))
    is_joined = is_joined and first is not None and first.kind != "quiet_verb"
    is_joined = is_joined and not (last and _is_the_one(last, negation, clause))
    if (
        last
        and first
        and last.end == negation.start
        and (is_joined or _is_said_twice(last, first, negation, clause, passage))
    ):
        named = _named_as_topic(last, contents, clause, passage)
        return same_place(contents, last) | named | with_listed(first, contents, clause, passage)
    is_next = first is not None and first.start == negation.end and (last in denied or _is_of_how(first, last))
    if last and not is_next and _is_about_last(last, negation, clause, passage):
        blood = {hit for hit in contents if hit.kind == "blood" and hit.end == last.start and last.kind in BRINGING_UP}
        return same_place(contents, last) | _joined_before(last, negation, contents, clause) | blood
    if first and first.kind == "quiet_verb" and (unnoticed := _not_noticed(first, contents, clause)):
        return with_listed(unnoticed, contents, clause, passage)
    if _is_none_in_mouth(negation, clause, passage):
        return _named_before(negation, clause, passage)
    if first:
        is_number = _is_number_denied(first, negation, clause, passage)
        return set() if is_number else with_listed(first, contents, clause, passage)
    if last and _falls_back_on(last, negation, clause, passage):
        return same_place(contents, last) | _named_as_topic(last, contents, clause, passage)
    return set() if contents else _named_before(negation, clause, passage)


def _is_the_one(hit: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it is a sore that is there, of which the first denial says what it does not do: "la llaga ni duele"."""
    is_first = not any(one.start < negation.start for one in clause.all("no", "not", "cannot", "without"))
    is_determined = any(one.end == hit.start for one in clause.all("mine", "numbers"))
    return is_first and is_determined and hit.kind in ("aphtha", "lesion", "spot")


def spared(negation: Hit, clause: Clause) -> set[Hit]:
    """The sores that are there and are not to be touched: "para no tocarme el afta", "para no lastimar las llagas"."""
    if not any(one.end == negation.start for one in clause.all("for_to")):
        return set()
    determined = {one.end for one in clause.all("mine")}
    return {hit for hit in clause.all("aphtha", "lesion", "spot") if hit.start in determined}


def _around(negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> tuple[Hit | None, Hit | None]:
    """What stands first after a negation and last before it, of that which it may be about."""
    first = next(iter(_following(negation, contents, clause, passage)), None)
    last = _preceding(negation, _without_bearers(contents, clause), clause)
    if first is not None and keeps_from(first, last, negation, clause):
        first = None
    is_apart = last is not None and (is_beyond(last, negation, clause) or _is_of_ability(last, negation, clause))
    return first, None if is_apart else last


def _is_affirmed(hit: Hit, clause: Clause) -> bool:
    """Whether a clause ends with it and a "yes": "aften niet hoest wel"."""
    return any(one.start == hit.end and one.end == clause.end for one in clause.all("affirmed"))


def _enclosed(inside: Hit, negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What the two words of a negation enclose, or what is not noticed: "ne remarque aucune toux"."""
    if inside.kind == "quiet_verb" and (unnoticed := _not_noticed(inside, contents, clause)):
        return with_listed(unnoticed, contents, clause, passage)
    return set() if _is_number_denied(inside, negation, clause, passage) else same_place(contents, inside)


def _not_noticed(verb: Hit, contents: list[Hit], clause: Clause) -> Hit | None:
    """What nobody notices for it is not there: "no noto tos", "no noto que me falte"; not "no noto las llagas"."""
    if not any(hit.start == verb.start for hit in clause.all("observe")):
        return None
    between = {hit.start: hit.end for hit in clause.all("vague_few", "no")}
    between |= {hit.start: hit.end for hit in clause.all("mine") if hit.end - hit.start > 1}
    start = between.get(verb.end, verb.end)
    return next((hit for hit in contents if hit.start == start and hit.kind in SYMPTOMS), None)


def _leaves_some(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only a number, the new ones, or all but some are denied."""
    is_part = _is_of_number(negation, clause, passage) or _is_of_new_ones(negation, clause, passage)
    return is_part or _is_but_for_some(negation, clause, passage)


def _ends_at_and(negation: Hit, clause: Clause) -> bool:
    """Whether it ends what "and" goes on from: "ich rühre mich nicht und suche nach Luft"."""
    return any(hit.start == negation.end for hit in clause.all("and"))


def _is_of_how(first: Hit, last: Hit | None) -> bool:
    """Whether how something goes is denied, not that it does: "Nahrungsaufnahme nicht eingeschränkt"."""
    return first.kind in ("trouble", "pain") and last is not None and last.kind in ("eat", "drink", "swallow")


def _ends_within(hit: Hit, negation: Hit) -> bool:
    """Whether the two words of a negation enclose it, or the second is its own: "ne faisant rien"; no whole answer."""
    is_rest = hit.kind == "rest" and hit.end == negation.end
    return negation.kind != "no_answer" and (hit.end < negation.end or is_rest)


def _agrees(hit: Hit, passage: Passage) -> bool:
    """Whether a phrase denies by itself, and so only agrees with the negation beside it: "no tengo ningún problema"."""
    if hit.end - hit.start < 2 or hit.kind not in AGREEING:
        return False
    first, *others = [
        {entry.kind for entry in passage.lexicon.entries(token.text) if not entry.rest}
        for token in passage.tokens[hit.start : hit.end]
    ]
    words = [first] if hit.kind == "fine" else [first, *others]
    return "without" not in first and any(not kinds.isdisjoint(("no", "not")) for kinds in words)


def _is_lack_beside(hit: Hit, negation: Hit) -> bool:
    """Whether it may be a lack that a negation after it, or close before it, only says again, as in many a dialect:
    "koa luft nimmer", "ain't got no breath left", "nooit geen adem"; not "nicht dass ich keine Luft kriege"."""
    return hit.kind in LACKS and (hit.end <= negation.start or 0 <= hit.start - negation.end <= 1)


def _holds(hit: Hit, negation: Hit) -> bool:
    """Whether the negation is one of the words of a phrase, which it cannot deny."""
    return hit.end - hit.start > 1 and hit.start <= negation.start and negation.end <= hit.end


def _preceding(negation: Hit, contents: list[Hit], clause: Clause) -> Hit | None:
    """What stands last before a negation, a place only when there is nothing else.

    Not the verb of "I feel" after what is not felt: "Atemnot spüre ich nicht".
    """
    left = [hit for hit in contents if hit.end <= negation.start and negation.start - hit.end <= REACH]
    if any(hit.kind in ("cough", "breathless") for hit in left):
        felt = {hit.start for hit in clause.all("have")}
        left = [hit for hit in left if hit.kind != "quiet_verb" or hit.start not in felt]
    verbs = [hit for hit in left if hit.kind == "quiet_verb"]
    left = [hit for hit in left if not (verbs and hit.kind in ("aphtha", "lesion") and hit.start > verbs[0].start)]
    return next((hit for hit in reversed(left) if hit.kind != "mouthpart"), left[-1] if left else None)


def _without_bearers(contents: list[Hit], clause: Clause) -> list[Hit]:
    """Contents without the sores that do not bear something: "die Aphthen mögen ihn nicht"."""
    bearing = clause.all("allow")
    return [hit for hit in contents if hit.kind not in SORES or not any(hit.start < one.end - 1 for one in bearing)]


def _is_of_ability(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether something that cannot be done is denied, and no symptom before it: "mouth full of sores can't eat"."""
    is_symptom = last.kind in SYMPTOMS or last.kind == "mouthpart"
    others = [one for one in clause.all("cannot") if (one.start, one.end) != (negation.start, negation.end)]
    return is_symptom and any(last.end <= one.start < negation.end for one in others)


def _is_about_last(last: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a negation is about what stands before it, whatever follows: "cough: no", "huste nicht"."""
    if any(last.end <= hit.start < negation.start for hit in clause.all("and")):
        return False
    if ends_clause(negation, clause) or any(hit.start == negation.end for hit in clause.all("and")):
        return True
    if last.kind in SYMPTOMS and last.end + 1 == negation.start and passage.tokens[last.end].text in TOPIC_ENDS:
        return True
    follows = passage.lexicon.follows_verb and negation.kind == "not" and negation.end - negation.start == 1
    is_aimed = last.kind in ("air", "breathe") and any(hit.start == negation.end for hit in clause.all("for_to"))
    return follows and last.end == negation.start and (last.kind in VERBS or is_aimed)


def _joined_before(last: Hit, negation: Hit, contents: list[Hit], clause: Clause) -> set[Hit]:
    """What is joined to it before "I have none", or after "of": "cough and sores I have none", "de tos y asma nada"."""
    is_had = any(last.end <= have.start < negation.end for have in clause.all("have"))
    opening = {one.end for one in clause.all("of") if one.start == clause.start}
    starts = {last.start, *(one.start for one in clause.all("of") if one.end == last.start and opening)}
    joints = {hit.start for hit in clause.all("and", "or") if hit.end in starts}
    return {hit for hit in contents if hit.end in joints and (is_had or hit.start in opening)}


def _falls_back_on(last: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a negation after which nothing stands is about what stands before it: "tos no tengo"."""
    if any(hit.start >= negation.end for hit in clause.all("without")):
        return False
    if any(last.end <= hit.start < negation.start for hit in clause.all("and")):
        return False
    follows = passage.lexicon.follows_verb and negation.kind == "not"
    is_bare = negation.end - negation.start == 1 or clause.has("have")
    return _is_fronted(last, negation, clause, passage.lexicon.language) or (
        follows and is_bare and not _goes_on_about(last, negation, clause)
    )


def _is_fronted(hit: Hit, negation: Hit, clause: Clause, language: str) -> bool:
    """Whether no more than "I have" follows: "tos no tengo", "sores I do not have"; not "la llaga ni la siento"."""
    is_had = any(hit.start >= negation.end for hit in clause.all("have"))
    kinds = ("self", "have", "observe", "there_are", *(("mine",) if is_had else ()))
    said = {at for one in clause.all(*kinds) for at in range(one.start, one.end)}
    felt = {one.start for one in clause.all("quiet_verb") if one.start > negation.end}
    if hit.kind in ("aphtha", "lesion") and any(one.end in felt for one in clause.all("mine")):
        return False
    if language == "en" and negation.kind == "not" and any(one.start == hit.end for one in clause.all("self")):
        said = {at for one in clause.all("self", "have") for at in range(one.start, one.end)}
        said |= {at for one in clause.all("filler") for at in range(one.start, one.end)}
        return all(at in said for at in (*range(hit.end, negation.start), *range(negation.end, clause.end)))
    return hit.end == negation.start and all(at in said for at in range(negation.end, clause.end))


def _is_said_twice(last: Hit, first: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the same stands on both sides of a negation: "toser no toso", "ahogarme no me ahogo"."""
    if first.kind != last.kind or first.start == negation.end:
        return first.kind == last.kind
    is_bare = last.end - last.start == 1 and not any(one.end == last.start for one in clause.all("me", "mine"))
    is_reflexive = any((one.start, one.end) == (negation.end, first.start) for one in clause.all("me"))
    opening, verb = passage.tokens[last.start].text, passage.tokens[first.start].text
    return is_bare and is_reflexive and opening[:NEAR] == verb[:NEAR]


def _named_as_topic(last: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """The same word before a denied one, with a "what is called" between: "toser lo que es toser no toso"."""
    small = {at for one in clause.all("filler") for at in range(one.start, one.end)}
    word = passage.tokens[last.start].text
    return {
        hit
        for hit in contents
        if passage.tokens[hit.start].text == word
        and last.start - hit.end > 1
        and small.issuperset(range(hit.end, last.start))
    }


def _goes_on_about(hit: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether what is denied is what sores do, not that they are there: "les aphtes n'ont pas changé d'un poil"."""
    is_sore = hit.kind in ("aphtha", "lesion", "spot")
    if is_sore and clause.has("still", "quiet_verb"):
        return True
    return is_sore and not clause.has("have") and clause.end - negation.end > 2


def _following(negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> list[Hit]:
    """What a negation may be about after it: not over "without" or "why", nor over a new subject or a "but yes".

    "No lie, I have sores"; "I don't know why I cough"; "geen pijn wel benauwd".
    """
    if negation.kind == "not" and passage.lexicon.follows_verb and _ends_at_and(negation, clause):
        return []
    openers = clause.all("have") if negation.kind == "no" else _contracted(negation, clause)
    if negation.kind == "not" and passage.lexicon.language in VERB_LAST:
        openers += [hit for hit in clause.all("have") if passage.tokens[hit.start].text in SUBJECTS]
    openers += [hit for hit in clause.all("without", "correction") if hit.start >= negation.end]
    asides = ("how_many", "why", "wh", "affirmed") if passage.lexicon.follows_verb else ("how_many", "why")
    openers += [hit for hit in clause.all(*asides) if hit.start >= negation.end]
    openers += [hit for hit in clause.all("or") if any(hit.end == one.start for one in clause.all("self", "have"))]
    ends = [hit.start - 1 for hit in openers if hit.start >= negation.end]
    if negation.kind == "not":
        ends += _ends_of_other_verb(negation, contents, clause)
    reach = min([negation.end + REACH, *ends])
    return [hit for hit in contents if negation.end <= hit.start <= reach]


def _contracted(negation: Hit, clause: Clause) -> list[Hit]:
    """The "I'm" and "I've" some words after a "can't": "cant say my own address in one go im so out of breath"."""
    if clause.has("wh", "if") or not any(
        (one.start, one.end) == (negation.start, negation.end) for one in clause.all("cannot")
    ):
        return []
    own = {(hit.start, hit.end) for hit in clause.all("self")}
    return [hit for hit in clause.all("have") if (hit.start, hit.end) in own and hit.start - negation.end >= NEAR]


def _ends_of_other_verb(negation: Hit, contents: list[Hit], clause: Clause) -> list[int]:
    """Where "and" goes on after a verb of no concern that is denied: "I don't smoke and get breathless"."""
    joints = [hit.start for hit in clause.all("and") if hit.start > negation.end]
    return [joints[0] - 1] if joints and not any(negation.end <= hit.start < joints[0] for hit in contents) else []


def _named_before(negation: Hit, clause: Clause, passage: Passage) -> set[Hit]:
    """What the clause before named as a topic, of which this one says no more than "none" or "but not"."""
    previous = passage.before(clause)
    if previous is None:
        return set()
    is_brief = negation.end == clause.end and clause.end - clause.start <= NEAR and clause.has("but")
    is_brief = is_brief or _is_none_in_mouth(negation, clause, passage)
    is_taken_back = is_brief and not previous.mark and previous.sentence == clause.sentence
    is_whole = (negation.start, negation.end) == (clause.start, clause.end)
    is_answer = is_whole and clause.mark != "?" and _is_bare_topic(previous)
    if not (is_taken_back or is_answer or previous.mark in {":", "?", "-", "="}):
        return set()
    named = [hit for hit in previous.hits if hit.kind in CONTENT]
    joints = {hit.end: hit.start for hit in previous.all("and", "or")}
    last = next((hit for hit in reversed(named) if hit.kind != "mouthpart"), named[-1]) if named else None
    return {hit for hit in named if last and hit.end >= joints.get(last.start, last.start + 1)}


def _is_none_in_mouth(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether none of the sores that were named is in the mouth: "Bläschen seh ich | aber keine im Mund"."""
    previous = passage.before(clause)
    if previous is None or previous.sentence != clause.sentence or not clause.begins_with("but"):
        return False
    if negation.kind != "no" or negation.start > clause.start + 1:
        return False
    said = {at for hit in clause.all("place", "mine", "mouthpart") for at in range(hit.start, hit.end)}
    is_fronted = previous.has("have", "observe") and any(hit.start == previous.start for hit in previous.all(*SORES))
    return is_fronted and not previous.has("mouthpart") and said.issuperset(range(negation.end, clause.end))


def _is_bare_topic(clause: Clause) -> bool:
    """Whether it only names a symptom, of which the next words say something: "breathless, no"."""
    is_bare = clause.end - clause.start <= 2 and not clause.numerals
    return is_bare and clause.has(*SYMPTOMS) and not clause.has("no", "not", "have")


def _is_number_denied(hit: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only the number of sores is denied: "not three sores but five", "niet twee maar drie aften"."""
    if hit.kind not in ("aphtha", "lesion", "spot"):
        return False
    counted = [one for one in clause.numerals if 0 <= hit.start - one.end <= 1 and one.value != 0]
    if any(negation.end == one.start and one.end < hit.start for one in clause.numerals for _ in counted):
        return True
    later = passage.clauses[clause.at + 1 : clause.at + 3]
    return bool(counted) and any(one.numerals and not one.has("had") for one in later)


def _is_of_number(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it stands right before a number in whose place another is named: "it's 3 ulcers not 2"."""
    articles = {hit.start for hit in clause.all("article")}
    denied = [one.start for one in clause.numerals if one.start == negation.end and one.start not in articles]
    beside = [
        one.start for part in passage.sentence_of(clause) for one in part.numerals if abs(part.at - clause.at) <= 1
    ]
    return bool(denied) and any(at not in denied and at not in articles for at in beside)


def _is_of_new_ones(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only new ones are denied, and the sentence goes on with the old: "no new ulcers, still three"."""
    is_of_new = any(0 <= hit.start - negation.end <= 2 for hit in clause.all("new"))
    later = [one for one in passage.sentence_of(clause) if one.at > clause.at]
    return is_of_new and any(one.numerals and one.has("still", "same", "left", "mine") for one in later)


def _is_but_for_some(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether so many are left out of what is denied: "but for the one on my palate no sores"."""
    if not clause.has("aphtha", "lesion"):
        return False
    before = passage.before(clause)
    parts = [clause, before] if before is not None and before.sentence == clause.sentence else [clause]
    return any(
        0 <= number.start - hit.end <= 1 and (part is not clause or hit.start < negation.start)
        for part in parts
        for hit in part.all("excepting")
        for number in part.numerals
    )


def same_place(contents: list[Hit], hit: Hit) -> set[Hit]:
    """A hit with the other classes of the same words."""
    return {other for other in contents if other.start < hit.end and hit.start < other.end}


def with_listed(first: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What is denied, with that of which it is said, and what "or" adds: no trouble breathing; no cough or sores."""
    denied = same_place(contents, first)
    end = first.end
    if first.kind == "rest":
        had = {hit.end for hit in clause.all("have") if hit.start >= end}
        denied |= {hit for hit in contents if hit.kind in SYMPTOMS and hit.start in had}
    if first.kind in ("trouble", "pain", "chest", "mouthpart", "throat"):
        of_what = [hit for hit in contents if end <= hit.start <= end + NEAR and hit.kind not in ("fine", "gone")]
        of_what = of_what if not any(end <= hit.start for hit in clause.all("affirmed")) else []
        denied |= same_place(contents, of_what[0]) if of_what else set()
    if first.kind in BRINGING_UP:
        denied |= {hit for hit in contents if hit.kind == "blood" and hit.start >= end}
    for joint in clause.all("or"):
        if clause.has("still") or joint.start < end or joint.start - end > 2:
            continue
        if added := [hit for hit in contents if joint.end <= hit.start <= joint.end + 3]:
            denied |= same_place(contents, added[0])
            end = added[0].end
    return denied | _listed_after(clause, passage)


def _listed_after(clause: Clause, passage: Passage) -> set[Hit]:
    """The bare items of a list that an "or" ends, in the clauses after a denial."""
    found: set[Hit] = set()
    at = clause.at
    if clause.mark != ",":
        return found
    for later in passage.clauses[at + 1 :]:
        contents = [hit for hit in later.hits if hit.kind in CONTENT]
        is_bare = (
            later.end - later.start <= 5
            and contents
            and not later.has("self", "have", "since", "no", "not", "ago", "left", "still")
        )
        if later.sentence != clause.sentence or not is_bare:
            return set()
        found |= set(contents)
        if later.has("or"):
            return found
        if later.mark != ",":
            return set()
    return set()
