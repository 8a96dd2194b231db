"""The words of a clause that deny, without those that limit, lift or only belong to a phrase."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

CONTENT: Final = group("content")
"""Classes that a negation can be about."""

PHRASES: Final = (CONTENT - {"fine", "clean", "gone"}) | {
    "still", "broken_speech", "barely", "cannot", "weep", "vague_long", "long_unknown"
}  # fmt: skip
"""Classes of which a phrase may hold a negation that denies nothing else."""

RELATIVE: Final = frozenset(["qui", "that", "which", "die", "der", "das", "dat", "que"])
CONCORD: Final = frozenset({"es", "fr"})
"""Languages in which two negations are one: "no tengo ninguno"."""
TIMES: Final = ("units", "night", "unit_other", "sentence")
"""What there may be none of without a symptom."""

DENIALS: Final = ("no", "not", "cannot", "fine", "well", "no_answer")
"""Classes of words that may deny."""

NEAR: Final = 3
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")


def negations_in(clause: Clause, passage: Passage) -> list[Hit]:
    """The negations of a clause: those of one anchor once, without "not only", "no more than" and "not without"."""
    if not clause.has(*DENIALS):
        return []
    found: dict[int, Hit] = {}
    without = {hit.start for hit in clause.all("without")}
    lifting = lifts_denial(clause)
    denials = [one for one in clause.all("no", "not", "cannot", "trouble") if one.start not in without]
    whole = of_all(clause, passage)
    undoing = {_undone_by(one, denials, clause) for one in clause.all("without")}
    for hit in clause.all("no", "not"):
        earlier = [one for one in [*denials, *clause.all("barely")] if one.end <= hit.start]
        joints = [one.start for one in clause.all("and") if one.start < hit.start]
        is_undone = hit.start in without and any(not joints or one.start > joints[-1] for one in earlier)
        is_undone = is_undone or (hit.start in without and _is_of_what_fails(hit, clause, passage))
        is_undone = is_undone or hit in undoing or (hit.start in without and bool(_undone_by(hit, denials, clause)))
        is_undone = is_undone or (hit.start in without and _goes_nowhere_without(hit, clause, passage))
        is_undone = is_undone or (hit.start in without and _is_forgotten(clause, passage))
        is_undone = is_undone or hit.start in whole
        is_lifted = is_undone or _is_of(hit, lifting) or _undoes_without(hit, clause)
        is_lifted = is_lifted or _is_comparing(hit, clause) or _is_more(hit, clause, passage)
        is_lifted = (
            is_lifted or _is_quite(hit, clause, passage) or any(_is_of(hit, one) for one in clause.all("or_not"))
        )
        is_lifted = is_lifted or _is_of_no_time(hit, clause, passage)
        is_lifted = is_lifted or _is_either_way(hit, clause) or is_or_else(hit.start - 1, clause, passage)
        if not (is_lifted or is_limit(hit, clause) or _is_in_phrase(hit, clause)):
            known = found.get(hit.end)
            found[hit.end] = hit if known is None or hit.start < known.start else known
    found = {end: one for end, one in found.items() if not _is_doubled(one, clause, passage)}
    for hit in clause.all("cannot") if clause.has("observe") else []:
        if any(one.kind == "no" and not one.rest for one in passage.lexicon.entries(passage.tokens[hit.end - 1].text)):
            found[hit.end] = hit
    for hit in clause.all("fine", "well"):
        if _denies_what_follows(hit, clause, passage):
            found[hit.start + 1] = Hit("no", hit.start, hit.start + 1)
    for hit in clause.all("no_answer"):
        is_last = ends_clause(hit, clause) or _answers_topic(hit, clause, passage)
        if is_last and not _is_in_longer_phrase(hit, clause):
            found = {end: one for end, one in found.items() if end <= hit.start}
            found[hit.end] = hit
    return sorted(found.values(), key=lambda hit: hit.start)


def _is_doubled(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is one of two that stand side by side and undo each other: "not not coughing", "don't not have"."""
    if passage.lexicon.language in CONCORD:
        return False
    answers = {one.start for one in clause.all("no_answer") if one.start == clause.start}
    starts = {one.start for one in clause.all("not") if one.end - one.start == 1}
    pairs = [(at, at + 1) for at in starts - answers if at + 1 in starts and _undoes(at, passage)]
    return any(hit.start in pair for pair in pairs)


def _undoes(at: int, passage: Passage) -> bool:
    """Whether a negation undoes the one after it, rather than strengthen it, as in the dialect "nia ned"."""
    return passage.lexicon.language == "en" or passage.tokens[at].text == passage.tokens[at + 1].text


def ends_clause(hit: Hit, clause: Clause) -> bool:
    """Whether it ends the clause, but for thanks, or "and" after a symptom: "ni una gracias a Dios"."""
    thanks = {at for one in clause.all("luckily") for at in range(one.start, one.end)}
    is_word = hit.kind == "no_answer" and hit.end - hit.start == 1
    if is_word and any(one.start == hit.end for one in clause.all("and")):
        return any(one.end == hit.start for one in clause.all("cough", "breathless", "aphtha", "lesion"))
    return all(at in thanks for at in range(hit.end, clause.end))


def _answers_topic(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it answers the bare topic before it, and denies nothing that follows: "cough? no, long gone"."""
    is_asked = hit.start - 1 > clause.start and passage.tokens[hit.start - 1].text == "?"
    near = [one for one in clause.hits if one.kind in CONTENT and hit.end <= one.start <= hit.end + NEAR]
    is_limited = any(
        one.start >= hit.end for one in clause.all("only", "excepting", "trivial", "barely", "less", "but")
    )
    return is_asked and not is_limited and all(one.kind == "gone" for one in near)


def fine_no_more(clause: Clause) -> set[Hit]:
    """The "without pain" that is no longer so: "Essen ohne Schmerzen gibt es nicht mehr"."""
    if not clause.has("without"):
        return set()
    starts = {hit.start for hit in clause.all("without")}
    ended = clause.end - 1
    denials = [hit for hit in clause.all("not", "no_longer", "cannot") if hit.start > 0 and ended - hit.end <= NEAR]
    joints = [hit.start for hit in clause.all("and", "or", "but", *SYMPTOMS)]
    return {
        fine
        for fine in clause.all("fine", "clean")
        if fine.start in starts and fine.end - fine.start > 1
        for denial in denials
        if fine.end <= denial.start and not any(fine.end <= at < denial.start for at in joints)
    }


def _is_of_no_time(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is so at all times, as there is none without it: "es vergeht keine Stunde, in der ich nicht huste"."""
    if hit.kind != "not" or not clause.has("cough", "breathless"):
        return False
    if not any(hit.start <= one.start <= hit.end + 1 for one in clause.all("cough", "breathless")):
        return False
    before = passage.before(clause)
    is_led_on = before is not None and before.mark in ("", ",") and before.sentence == clause.sentence
    told = [clause, before] if before is not None and is_led_on else [clause]
    ends = {(one.end, part.at) for part in told for one in part.all("no", "not", "barely") if one.end <= hit.start}
    ends |= {(one.end, part.at) for part in told for one in part.all("article") if (one.start, part.at) in ends}
    times = [(one.end, part) for part in told for one in part.all(*TIMES) if (one.start, part.at) in ends]
    return any(any(end <= one.start < hit.start for one in clause.all("self", "me", "have")) for end, _ in times)


def _is_either_way(hit: Hit, clause: Clause) -> bool:
    """Whether it ends a clause that leaves open what it names: "sores or not, I had my steak"."""
    joined = any(one.end == hit.start for one in clause.all("or"))
    return joined and hit.end == clause.end and clause.mark == "," and not clause.has("no", "cannot")


def is_or_else(at: int, clause: Clause, passage: Passage) -> bool:
    """Whether the word at a place is the "if" of a Spanish "or else": "la subo en tres viajes, si no me ahogo"."""
    if passage.lexicon.language != "es" or not clause.start <= at < clause.end - 2:
        return False
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and before.end - before.start >= NEAR
    is_led = at == clause.start and is_next and before is not None and not before.has("if")
    is_led = is_led or (at == clause.start + 1 and clause.begins_with("because"))
    return is_led and [token.text for token in passage.tokens[at : at + 3]] == ["si", "no", "me"]


def of_all(clause: Clause, passage: Passage) -> list[int]:
    """Where the denials of "there isn't a spot in my mouth that isn't raw" stand; the second may have its own clause.

    Nothing is denied by them, of whichever of the two clauses it is asked.
    """
    before, after = passage.before(clause), passage.after(clause)
    if not clause.has("no", "not") or not (clause.has("mouthpart") or (before and before.has("mouthpart"))):
        return []
    for first, second in ((clause, clause), (clause, after), (before, clause)):
        if first is None or second is None or first.sentence != second.sentence:
            continue
        places = [one.start for one in first.all("mouthpart")]
        opening = [one.start for one in first.all("no", "not") if places and one.end <= places[0]]
        later = [one for one in second.all("no", "not") if opening and one.start > places[0]]
        later = [one for one in later if _is_led_by_that(one, second, passage)]
        if any(hurt.end > one.start for one in later for hurt in second.all("pain", "aphtha", "lesion", "swollen")):
            return [*opening, *(one.start for one in later)]
    return []


def _is_led_by_that(denial: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a relative pronoun stands before it, or before the verb before it: "qui n'est pas", "qui soit pas"."""
    start = max(clause.start, denial.start - 2)
    return any(token.text in RELATIVE for token in passage.tokens[start : denial.start])


def _undoes_without(hit: Hit, clause: Clause) -> bool:
    """Whether it denies that anything is without a sore: "no me queda un rincón sin llaga"."""
    sores = [one.start for one in clause.all("aphtha", "lesion")]
    without = [one for one in clause.all("without") if any(0 <= at - one.end <= 1 for at in sores)]
    joints = [one.start for one in clause.all("and", "or") if one.start >= hit.end]
    return any(hit.end <= one.start and not any(at < one.start for at in joints) for one in without)


def _is_comparing(hit: Hit, clause: Clause) -> bool:
    """Whether it is the "more" of a comparison, where that is a "no more" too: "plus d'aphtes que lundi"."""
    is_more = any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("more_than"))
    sores = {one.end for one in clause.all("aphtha", "lesion", "spot") if 0 <= one.start - hit.end <= 1}
    return is_more and any(one.start in sores for one in clause.all("wh", "only", "than"))


def _is_more(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the French "plus" is more, and not no more: "moins de toux mais plus d'essoufflement"."""
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and passage.lexicon.language == "fr"
    if not is_next or before is None or passage.tokens[hit.start].text != "plus":
        return False
    return any(token.text == "moins" for token in passage.tokens[before.start : before.end])


def _is_of_what_fails(without: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the clause before says what is no longer done without it: "I get through no song, without coughing"."""
    before = passage.before(clause)
    if before is None or before.mark != "," or before.sentence != clause.sentence or without.start != clause.start:
        return False
    is_told = clause.has("self", "me") and not before.has("aphtha", "lesion", "cough", "breathless", "breathe", "air")
    return is_told and before.has("no", "not", "barely", "cannot", "no_longer")


def _is_quite(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is the French "quite": "m'essouffle pas mal", "saigne pas mal"."""
    if passage.lexicon.language != "fr" or hit.end >= clause.end or passage.tokens[hit.end].text != "mal":
        return False
    return any(one.end == hit.start for one in clause.all("cough", "breathless", "blood", "swollen", "bring_up"))


def _undone_by(without: Hit, denials: list[Hit], clause: Clause) -> Hit | None:
    """What says that nothing goes without it: "without getting breathless I can't do the stairs"."""
    later = [one for one in denials if one.start >= without.end and one.kind in ("not", "cannot")]
    own = [one.start for one in clause.all("self", "have") if one.start >= without.end]
    joints = [one.start for one in clause.all("and", "or") if one.start >= without.end]
    is_said_last = bool(later) and later[-1].end == clause.end and not clause.has("also", "or")
    is_undone = bool(later) and (bool(own) or is_said_last) and not any(at < later[0].start for at in joints)
    return later[0] if is_undone else None


def _goes_nowhere_without(without: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the clause before says what is not done without it: "kaum zum Sessel, ohne zu keuchen"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or without.start != clause.start:
        return False
    is_infinitive = before.mark == "," and any(one.start > without.start for one in clause.all("for_to"))
    is_effort = before.has("moderate_effort", "minimal_effort")
    return (is_infinitive or is_effort) and before.has("no", "not", "cannot", "barely", "no_longer")


def _is_forgotten(clause: Clause, passage: Passage) -> bool:
    """Whether nobody knows when it was so: "ich weiß nicht mehr, wann ich eine Nacht ohne Husten geschlafen habe"."""
    before = passage.before(clause)
    if before is None or before.mark != "," or before.sentence != clause.sentence or not clause.begins_with("wh"):
        return False
    return before.has("know", "dont_know", "unknowing") and before.has("not", "no_longer", "dont_know", "cannot")


def lifts_denial(clause: Clause) -> Hit | None:
    """The "it is not that" of a clause before another denial: "it's not that I don't cough"."""
    for hit in clause.all("not_that"):
        if any(one.start >= hit.end for one in clause.all("no", "not", "cannot")):
            return hit
    return None


def _is_of(hit: Hit, phrase: Hit | None) -> bool:
    return phrase is not None and phrase.start <= hit.start and hit.end <= phrase.end


def _denies_what_follows(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a "no trouble" after which it is said with what, and not with "my" or "the two"."""
    first, *others = [token.text for token in passage.tokens[hit.start : hit.end]]
    opening = [entry.rest for entry in passage.lexicon.entries(first) if entry.kind == "no"]
    if not any(others and tuple(others[: len(rest)]) == rest for rest in opening):
        return False
    contents = [one for one in clause.hits if one.kind in CONTENT and one.end > hit.end and one.start > hit.start]
    contents = [one for one in contents if one.start <= hit.end + NEAR]
    determined = {one.end for one in clause.all("mine", "numbers", "article")}
    return bool(contents) and contents[0].start not in determined


def _is_in_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is part of a phrase that says something else: "ne passe pas", "stelt niks voor"."""
    phrases = [one for one in clause.all(*PHRASES) if one.end - one.start > 1]
    anything = {one.start for one in clause.all("vague_few")}
    unnoticed = {one.end for one in clause.all("quiet_verb")} & anything
    return any(one.start <= hit.start and hit.end <= one.end and one.end not in unnoticed for one in phrases)


def _is_in_longer_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is the end of a phrase that says something else: "so viele hatte ich noch nie"."""
    return any(one.start < hit.start and hit.end <= one.end for one in clause.all(*PHRASES))


def is_limit(hit: Hit, clause: Clause) -> bool:
    """Whether it limits and does not deny: "not only", "plus de trois", "no more than two", "no less than six"."""
    only = clause.all("only", "left", "sum")
    if any((one.kind == "only" and one.start == hit.end) or one.start < hit.end < one.end for one in only):
        return True
    amounts = clause.all("more_than", "at_least", "at_most", "less_than")
    sores = {noun.start - skipped for noun in clause.all("aphtha", "lesion", "spot") for skipped in (0, 1)}
    counted = {number.start for number in clause.numerals if number.end in sores}
    over = [one for one in amounts if one.kind == "more_than" and one.end in counted]
    if any(hit.end <= one.start <= hit.end + 1 or (hit.start > one.end and hit.end == clause.end) for one in over):
        return True
    if any(one.start == hit.start and one.end > hit.end for one in clause.all("at_most")):
        return True
    if any(one.kind == "less_than" and one.start == hit.end for one in amounts):
        return True
    return any(one.start < hit.end and hit.start < one.end for one in amounts) and any(
        number.start == hit.end for number in clause.numerals
    )


def is_beyond(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether a negation cannot be about what stands before it: it denies what that leads to, keeps from or does."""
    does = any((one.start, one.end) == (last.end, negation.start) for one in clause.all("mine"))
    does = does or _is_what_one_has(last, clause) or _is_of_one_in_place(last, negation, clause)
    return (
        does or _is_of_ability(last, negation, clause) or _leads_to(last, negation, clause) or _is_cause(last, clause)
    )


def _is_of_one_in_place(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it is what a sore in its place does not do: "eine Aphthe an der Lippe die nicht heilt"."""
    if last.kind not in ("aphtha", "lesion", "spot") or negation.end == clause.end:
        return False
    places = {at for one in clause.all("place", "mine", "mouthpart") for at in range(one.start, one.end)}
    is_led = any((one.end, one.end - one.start) == (negation.start, 1) for one in clause.all("mine"))
    return is_led and places.issuperset(range(last.end, negation.start))


def _is_what_one_has(last: Hit, clause: Clause) -> bool:
    """Whether something is not done with it, or cannot be for it: "met die hoest", "ik kan van het hoesten niet"."""
    if all(one.start != last.start for one in clause.all(*SYMPTOMS)):
        return False
    starts = {one.start for one in clause.all("mine") if one.end == last.start}
    with_it = any(one.end in starts for one in clause.all("company"))
    for_it = [one.start for one in clause.all("of") if one.end in starts]
    return with_it or any(can.end <= at for can in clause.all("can") for at in for_it)


def keeps_from(first: Hit, last: Hit | None, negation: Hit, clause: Clause) -> bool:
    """Whether what stands after a negation is why something is not done: "ik slaap niet van het hoesten".

    With a verb between them it is the coughing that keeps from it: "kon niet stilhouden van het hoesten".
    """
    if negation.kind == "no":
        return _is_with_sores(first, negation, clause)
    if negation.kind != "not":
        return False
    is_sleep = last is not None and any(one.start == last.start for one in clause.all("sleep"))
    if first.kind == "cough" and first.start - negation.end > 2 and _is_from_the(first, clause):
        return True
    return _is_cause(first, clause) or (is_sleep and _is_of_the(first, clause))


def _is_with_sores(first: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether something else is denied, with these sores in the mouth: "no spinach with these ulcers"."""
    starts = {one.start for one in clause.all("mine") if one.end == first.start and one.start > negation.end}
    is_with = any(one.end in starts for one in clause.all("company", "cause", "place"))
    return is_with and first.kind in ("aphtha", "lesion", "spot")


def _is_of_ability(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether something that cannot be done is denied, and no symptom before it: "mouth full of sores can't eat"."""
    is_symptom = last.kind in SYMPTOMS or last.kind == "mouthpart"
    others = [one for one in clause.all("cannot") if (one.start, one.end) != (negation.start, negation.end)]
    return is_symptom and any(last.end <= one.start < negation.end for one in others)


def _leads_to(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it stands in a "that I" after it: "zo benauwd dat ik niet meer fiets"; not "the cough that I had"."""
    thats = [hit for hit in clause.all("mine") if hit.end - hit.start > 1 and last.end <= hit.start]
    had = [hit.start for hit in clause.all("have", "had")]
    return any(
        0 <= negation.start - that.end < NEAR and not any(that.start < at < negation.start for at in had)
        for that in thats
    )


def _is_cause(hit: Hit, clause: Clause) -> bool:
    """Whether it is there, and what it keeps from happening is denied: "door de hoest slaap ik niet"."""
    starts = {hit.start} | {one.start for one in clause.all("mine", "article", "filler") if one.end == hit.start}
    return any(one.end in starts for one in clause.all("cause"))


def _is_from_the(hit: Hit, clause: Clause) -> bool:
    """Whether "from the" stands before it, as in Dutch "van het hoesten"; not the article of "de la toux"."""
    froms = {one.end for one in clause.all("of")} & {one.end for one in clause.all("since")}
    return any(one.start in froms for one in clause.all("mine", "article") if one.end == hit.start)


def _is_of_the(hit: Hit, clause: Clause) -> bool:
    """Whether "of the" stands before it: "ik slaap niet van het hoesten"."""
    starts = {one.start for one in clause.all("mine", "article") if one.end == hit.start}
    return any(one.end in starts for one in clause.all("of"))
