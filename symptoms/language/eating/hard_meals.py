"""Meals that sores make hard, told by what is done at table: "the purée goes down, the rest does not".

Food is cut tiny, the head is held aslant, a banana takes fifty minutes, a bread roll is only longed for.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 3
BRIEF: Final = 6
"""Words of a clause that says of the rest, or of a meal, no more than one thing."""

LONG_MEAL: Final = 0.02
"""Days of half an hour, nearly: so many minutes over one thing are long."""

FOOD: Final = ("eat", "soft", "hard_fare")
TAKEN: Final = (*FOOD, "drink", "swallow")
SORES: Final = ("aphtha", "lesion")
DENIALS: Final = ("no", "not", "cannot", "nothing")
OTHER_COOKS: Final = ("relative", "stranger", "advice", "if")
BETTER: Final = ("fine", "everything", "no", "not", "hearty")


def is_hard_meal(clause: Clause, reader: Reader) -> bool:
    """Whether a deed at table, or what is said of one thing to eat, tells that eating is affected."""
    return (
        _is_all_but_the_rest(clause, reader)
        or _is_not_even(clause, reader)
        or _is_cut_small(clause, reader)
        or _is_tilted(clause, reader)
        or _is_unthinkable(clause, reader)
        or _takes_long(clause, reader)
        or _is_longed_for(clause, reader)
        or _is_softened(clause, reader)
        or _is_unwanted_for_pain(clause, reader)
        or _is_hungry_in_vain(clause, reader)
        or _hurt_then(clause, reader)
        or _is_excepted(clause, reader)
        or _is_less_after_all(clause, reader)
        or _is_dreaded(clause, reader)
        or _is_not_known_how(clause, reader)
    )


def is_only_longed_for(clause: Clause) -> bool:
    """Whether what is eaten is only wished for: "I'd love to eat crisps again"."""
    return any(
        0 <= food.start - hit.end <= BRIEF for hit in clause.all("longing") for food in clause.all(*TAKEN, "ate")
    )


def _is_all_but_the_rest(clause: Clause, reader: Reader) -> bool:
    """Whether soft food or drink goes down and the next words deny the rest: "yoghurt goes down but the rest won't"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.has("remainder", "the_rest"):
        return False
    is_soft = any(_is_told(hit, clause, reader) for hit in clause.all("soft", "drink"))
    is_soft = is_soft and clause.has("going_in", "can", "swallow", "fine", "affirmed")
    is_denied = after.has("no", "not", "cannot", "no_answer") or any(
        _is_itself_denied(hit, reader) for hit in after.all("remainder")
    )
    return is_soft and is_denied and after.end - after.start <= BRIEF and not after.has("pain", *SORES)


def _is_itself_denied(remainder: Hit, reader: Reader) -> bool:
    """Whether it denies by its own first word: "nothing else does", "sonst nichts"."""
    words = range(remainder.start, remainder.end)
    return any(hit.start in words for hit in reader.passage.hits if hit.kind == "nothing")


def _is_not_even(clause: Clause, reader: Reader) -> bool:
    """Whether not even soft food or water goes down: "ni los purés me entran", "nicht einmal Wasser geht runter"."""
    if not clause.has("going_in", "swallow") or clause.has("relieves", "fine"):
        return False
    evens = [hit for hit in clause.all("not_even") if _is_negative(hit, clause)]
    food = [hit for hit in clause.all("soft", "drink") if reader.scope.is_real(hit, clause)]
    goes = clause.all("going_in", "swallow")
    return any(
        0 <= one.start - even.end <= 2 and any(hit.start != one.start for hit in goes) for even in evens for one in food
    )


def _is_negative(even: Hit, clause: Clause) -> bool:
    """Whether a "not even" denies by itself, or a denial stands in its clause: "même les purées ne passent plus"."""
    if even.end - even.start > 1 or any(hit.start == even.start for hit in clause.all("no", "not", "or")):
        return True
    return clause.has("no", "not", "cannot", "no_longer")


def _is_cut_small(clause: Clause, reader: Reader) -> bool:
    """Whether food is cut tiny: "I cut everything up tiny", "ich schneide mir alles babyklein"."""
    sizes = clause.all("in_bits")
    if not sizes or not clause.has("everything", *FOOD) or reader.passage.has("tablets"):
        return False
    others = [hit for hit in clause.all(*OTHER_COOKS) if not any(one.start <= hit.start < one.end for one in sizes)]
    cuts = [hit for hit in clause.all("cutting") if hit not in reader.denied and not others]
    return any(0 <= size.start - cut.end <= BRIEF for cut in cuts for size in sizes)


def _is_tilted(clause: Clause, reader: Reader) -> bool:
    """Whether the head is held aslant to eat or drink: "I drink with my head to one side"."""
    held = [hit for hit in clause.all("tilting") if hit not in reader.denied]
    taken = [hit for hit in clause.all("drink", "eat", "swallow") if not reader.scope.is_others(hit, clause)]
    return bool(held) and bool(taken) and not clause.has("if", "burnt")


def _is_unthinkable(clause: Clause, reader: Reader) -> bool:
    """Whether eating, by its name, is not to be thought of in a text of sores: "manger, je n'y pense même plus"."""
    food = [hit for hit in clause.all(*FOOD, "drink") if _is_told(hit, clause, reader)]
    if not food or not reader.passage.has("unthinkable"):
        return False
    if not (reader.passage.has("weep") or _names_sores(reader)):
        return False
    if clause.has("unthinkable"):
        return any(food[0].start < hit.start for hit in clause.all("unthinkable"))
    after = reader.passage.after(clause)
    return clause.end - clause.start <= NEAR and after is not None and after.has("unthinkable")


def _takes_long(clause: Clause, reader: Reader) -> bool:
    """Whether one thing takes many minutes in a text of sores: "fifty minutes for a banana"; or what was eaten does.

    "I clear my plate, but it takes me an hour."
    """
    if _is_meal_of_hours(clause, reader):
        return True
    if not clause.has("units") or clause.has("after", "ago", "every", "tablets", "drug") or not _tells_of_sores(reader):
        return False
    values = {hit.end: 1.0 for hit in clause.all("article")} | {hit.end: hit.value or 0 for hit in clause.numerals}
    longs = [hit for hit in clause.all("units") if LONG_MEAL <= (hit.value or 0) * values.get(hit.start, 0) < 1]
    food = reader.facts(clause, *FOOD)
    joints = {hit.start for hit in clause.all("for_to", "for", "taking_time", "over_time", "future", "place")}
    return any(unit.end in joints and 0 < one.start - unit.end <= NEAR for unit in longs for one in food)


def _is_meal_of_hours(clause: Clause, reader: Reader) -> bool:
    """Whether the clause before says that something is eaten, and this one that it takes an hour."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.has("cough", "breathless", "tablets", "drug"):
        return False
    if not (before.has("eats_all") or reader.facts(before, "eating_up")) or before.has("tablets"):
        return False
    is_hour = any(0.03 <= (hit.value or 0) < 1 for hit in clause.all("units")) and clause.has("taking_time")
    return is_hour or any(hit.end - hit.start > 2 for hit in clause.all("trouble"))


def _is_longed_for(clause: Clause, reader: Reader) -> bool:
    """Whether food is longed for that sores forbid: "I'd so like a bread roll again but with these sores ..."."""
    if not is_only_longed_for(clause) or not clause.has(*FOOD):
        return False
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has(*BETTER) or not after.begins_with("but"):
        return False
    return bool(reader.facts(after, "soft", "pain", *SORES))


def _is_softened(clause: Clause, reader: Reader) -> bool:
    """Whether everything is eaten soft: "me obliga a comer todo en puré", "I eat everything as long as it is soup"."""
    if not clause.has("everything", "eats_all") or clause.has("hard_fare", *OTHER_COOKS[:-1]):
        return False
    eaten = reader.facts(clause, "eat", "eats_all")
    wholes = clause.all("everything", "eats_all")
    well = [*clause.all("fine"), *(hit for hit in clause.all("hearty") if hit not in wholes)]
    soft = [hit for hit in clause.all("soft") if reader.scope.is_real(hit, clause)]
    soft = [hit for hit in soft if not any(one.start <= hit.start < one.end for one in well)]
    joints = {hit.start for hit in clause.all("and")}
    return bool(eaten) and any(
        0 <= one.start - hit.end <= BRIEF and joints.isdisjoint(range(hit.end, one.start))
        for hit in wholes
        for one in soft
    )


def _is_unwanted_for_pain(clause: Clause, reader: Reader) -> bool:
    """Whether there is no wish to eat because something hurts in the mouth: "kein Appetit, weil der Mund weh tut".

    Or with the sores that are named beside it: "no me apetece comer con estas llagas".
    """
    words = [hit for hit in clause.all("queasy", "nausea", "off_food") if reader.scope.is_real(hit, clause)]
    if all(reader.scope.is_over(hit, clause) for hit in words):
        return False
    beside = [hit.end for hit in clause.all("company")]
    if any(0 < sore.start - end <= 1 for end in beside for sore in clause.all(*SORES)):
        return True
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has("no", "not"):
        return False
    if after.begins_with("because"):
        return after.has("mouthpart", "throat", *SORES) and after.has("pain", *SORES)
    is_joined = clause.mark in {",", ":", ";"} and not after.begins_with("and")
    return is_joined and after.has("mouthpart", *SORES) and bool(reader.facts(after, "pain"))


def _is_hungry_in_vain(clause: Clause, reader: Reader) -> bool:
    """Whether the mouth does not let somebody eat who is hungry: "hambre tengo, pero la boca no me deja"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or not clause.begins_with("but"):
        return False
    is_hungry = bool(reader.facts(before, "hunger")) and not before.has("no", "not", "less", "barely")
    mouth = clause.all("mouthpart", *SORES)
    denials = [hit for hit in clause.all("not", "cannot") if mouth and hit.start >= mouth[0].end]
    return is_hungry and bool(denials) and not clause.has("pain", "well", "clean", "fine", "have", "quiet_verb")


def _hurt_then(clause: Clause, reader: Reader) -> bool:
    """Whether one thing was eaten and the next words say that it hurt: "had toast as usual but it hurt"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.end - after.start > BRIEF:
        return False
    if not after.begins_with("but") or after.has("no", "not", "softly", "cough", "limb", "chest", "elsewhere"):
        return False
    return clause.has("had", "ate") and bool(reader.facts(clause, "hard_fare")) and bool(reader.facts(after, "pain"))


def _is_excepted(clause: Clause, reader: Reader) -> bool:
    """Whether all is eaten but for something, or on one side, in a text of stings or sores: "I eat everything else"."""
    if not (clause.has("everything", "eats_all") and reader.facts(clause, "eating_up")) or clause.has(*DENIALS):
        return False
    wholes = [hit.end for hit in clause.all("everything", "eats_all")]
    rests = [hit.start for hit in clause.all("remainder", "the_rest")]
    rests += [hit.start for hit in clause.all("excepting") if any(one.start >= hit.end for one in clause.all(*FOOD))]
    rests += [hit.start for hit in clause.all("right_side")]
    is_rest = any(-1 <= start - end <= 1 for start in rests for end in wholes)
    stings = any(reader.facts(one, "pain") and one.at < clause.at for one in reader.passage.clauses)
    return is_rest and (stings or _tells_of_sores(reader))


def _is_less_after_all(clause: Clause, reader: Reader) -> bool:
    """Whether it is only "but less", "mais coupé menu", after what is eaten."""
    before = reader.passage.before(clause)
    is_brief = clause.end - clause.start <= NEAR and clause.begins_with("but")
    is_brief = is_brief and clause.has("less", "in_bits", "bits", "chop", "soft")
    return is_brief and before is not None and bool(reader.facts(before, "eating_up", "eats_all"))


def _is_dreaded(clause: Clause, reader: Reader) -> bool:
    """Whether it is not that eating is impossible, but dreaded: "it's not that I can't eat, I'm scared to"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not (clause.has("not_that") and clause.has(*TAKEN)):
        return False
    return bool(reader.facts(after, "weep")) or after.has("unthinkable", "dread")


def _is_not_known_how(clause: Clause, reader: Reader) -> bool:
    """Whether it is not known any more how to eat, in a text of sores: "ik weet niet meer hoe ik moet kauwen"."""
    unknown = [hit.end for hit in clause.all("dont_know", "confused")]
    if not unknown or clause.has("if", "relative", "rinse", "tablets", "after"):
        return False
    hows = [at for at in range(clause.start, clause.end) if reader.passage.says(at, "in_what_way")]
    leads = {hit.start for hit in clause.all("self", "me", "for_to", "have", "can", *TAKEN)}
    hows = [at for at in hows if at + 1 in leads and any(-1 <= at - end <= NEAR for end in unknown)]
    taken = [hit.start for hit in clause.all("eat", "drink", "swallow")]
    return any(0 < start - at <= BRIEF for at in hows for start in taken) and _tells_of_sores(reader)


def _is_told(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is said of the speaker as a fact, whatever denies it."""
    return hit not in reader.denied and reader.scope.is_real(hit, clause)


def _names_sores(reader: Reader) -> bool:
    """Whether sores are named, with which something is so: "with these sores I don't even think of eating"."""
    return any(
        hit not in reader.denied or any(0 <= hit.start - one.end <= 2 for one in clause.all("company", "because"))
        for clause in reader.passage.clauses
        for hit in clause.all(*SORES)
    )


def _tells_of_sores(reader: Reader) -> bool:
    """Whether the text says that there are sores, or that something hurts in the mouth."""
    clauses = reader.passage.clauses
    sores = any(reader.facts(one, *SORES) for one in clauses)
    return sores or any(one.has("mouthpart") and reader.facts(one, "pain") for one in clauses)
