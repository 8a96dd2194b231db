"""What deeds tell of eating: food that sores do not let pass, that is given up or left, and hard food that is eaten."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.lexicon import GAP

HINDERS: Final = group("hinders")
FOOD: Final = ("eat", "drink", "soft", "straw", "swallow", "hard_fare")
SORES: Final = ("aphtha", "lesion", "mouthpart")
NEAR: Final = 3
BRIEF: Final = 8
"""Words of a clause that says no more than that food is given up."""

LONG_MEAL: Final = 0.03
"""Days of an hour, nearly: minutes are no long meal."""

OTHER_TIMES: Final = ("since", "ago", "after", "future", "every", "tablets", "drug", "clock")
REACH: Final = 2
"""Clauses from what is eaten to what is said against it."""

LIMITS: Final = ("only", "barely", "less", "everything")
LIMITS_OF_MEALS: Final = ("only", "barely", "less", "half", "forgone")
AGAINST: Final = (*HINDERS, "only", "straw", "off_food", "forgone")
UNREAL: Final = ("since", "after", "future", "if", "burnt", "used_to", "drug", "advice")
OTHER_PARTS: Final = ("limb", "elsewhere", "chest", "fine", "no", "not", "state")
SPOILT: Final = ("aphtha", "lesion", "mouthpart", "throat", "swallow", "pain", "stuck", "straw", "soft", "weep")


def is_given_up(clause: Clause, reader: Reader) -> bool:
    """Whether sores do not let food pass, or food is given up, left, or takes hours because of them."""
    return _is_not_let(clause, reader) or _is_forgone(clause, reader) or _takes_hours(clause, reader)


def is_spared(clause: Clause, reader: Reader) -> bool:
    """Whether soft food is taken because something hurts: "I sip it lukewarm because it burns on the sores"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.begins_with("because"):
        return False
    return bool(reader.facts(clause, "soft")) and bool(reader.facts(after, "pain", *SORES))


def is_painful(clause: Clause, reader: Reader) -> bool:
    """Whether food was eaten and the rest of the sentence says that it hurt: "ate a cracker and it hurt like hell"."""
    if clause.has(*UNREAL):
        return False
    if _stings_sores(clause, reader):
        return True
    is_eaten = bool(reader.facts(clause, "ate")) and clause.has("hard_fare", "soft")
    if not is_eaten and not reader.facts(clause, "soft"):
        return False
    near = [one for one in reader.passage.sentence_of(clause) if 0 <= one.at - clause.at < REACH]
    if any(one.has(*OTHER_PARTS, "relative", "stranger") for one in near):
        return False
    bites = [hit for hit in clause.all("ate") if hit.end - hit.start > 1]
    kinds = ("pain", "weep") if is_eaten else ("weep",)
    pains = [hit for one in near for hit in one.all(*kinds) if hit not in reader.denied and hit.start >= clause.start]
    return any(not any(_overlap(hit, one) for one in bites) for hit in pains)


def _stings_sores(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with "it stings on the ulcers", after food that it names."""
    later = [one for one in reader.passage.sentence_of(clause) if 0 < one.at - clause.at <= REACH]
    told = [one for one in later if not one.has("have", "no", "not", *FOOD)]
    return bool(reader.facts(clause, "eat", "drink")) and any(_is_on_sores(one, reader) for one in told)


def _is_on_sores(clause: Clause, reader: Reader) -> bool:
    """Whether it hurts on the sores, not the sores themselves: "brennt an den Aphthen"."""
    places = [hit.start for hit in clause.all("place", "of")]
    sores = [hit.start for hit in clause.all("aphtha", "lesion")]
    pains = [hit.end for hit in reader.facts(clause, "pain")]
    return any(end <= at < sore <= at + NEAR for end in pains for at in places for sore in sores)


def is_hard_food_eaten(clause: Clause, reader: Reader) -> bool:
    """Whether food is eaten that a sore mouth would not bear, or a meal went well, and nothing is said against it."""
    is_told = reader.facts(clause, "hard_fare") or (clause.has("eat", "ate") and reader.facts(clause, "fine"))
    if clause.has(*UNREAL) or not (is_told and reader.facts(clause, "ate")):
        return False
    near = [one for one in reader.passage.clauses if 0 <= one.at - clause.at < REACH]
    phrases = clause.all("ate", "fine", "but")
    against = [hit for one in near for hit in reader.facts(one, *AGAINST)]
    if any(not any(_overlap(hit, one) for one in phrases) for hit in against) or clause.has("relative", "stranger"):
        return False
    return not any(hit in reader.denied for hit in clause.all("eat", "hard_fare", "ate"))


def is_of_stomach_only(clause: Clause, reader: Reader) -> bool:
    """Whether nausea, no hunger or an odd taste is all that is said of a meal: no mouth, throat, pain or amount.

    "Nausea, don't fancy eating", "everything tastes of iron, even water"; not "no appetite, I eat half of it".
    """
    if any(_tells_of_mouth(one, reader) for one in reader.passage.clauses):
        return False
    spoilt = clause.all("queasy")
    starts = {hit.start - skipped for hit in spoilt for skipped in (0, 1)}
    if any(hit.end not in starts for hit in clause.all(*LIMITS_OF_MEALS)) or clause.numerals:
        return False
    said = reader.facts(clause, "off_food", "cannot", "trouble", "nothing")
    said += [hit for hit in clause.all("eat", "drink") if hit in reader.denied]
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and before.has("queasy")
    if is_next and [(hit.start, hit.end) for hit in said if hit.kind == "off_food"] == [(clause.start, clause.end)]:
        return True
    return bool(spoilt) and all(any(_overlap(hit, one) for one in spoilt) for hit in said)


def _tells_of_mouth(clause: Clause, reader: Reader) -> bool:
    """Whether something is told of mouth, throat or pain but that no sores are there, or that the mouth is fine."""
    is_well = bool(reader.facts(clause, "clean", "well")) and not clause.has("no", "not", "almost", "if")
    is_sound = is_well or any(hit in reader.denied for hit in clause.all("aphtha", "lesion"))
    parts = clause.all("mouthpart")
    told = [hit for hit in clause.all(*SPOILT) if hit.kind != "mouthpart" and hit not in reader.denied]
    if reader.facts(clause, "fine") and not clause.has("no", "not", "barely", "almost", "if"):
        told = [hit for hit in told if hit.kind != "swallow"]
    return bool(told) or (bool(parts) and not is_sound)


def is_of_taste(clause: Clause, reader: Reader) -> bool:
    """Whether it says of food only what it tastes of: "everything tastes of iron, even my coffee"."""
    tastes = clause.all("queasy")
    hearty = [hit for hit in clause.all("hearty") if not any(_overlap(hit, one) for one in tastes)]
    if hearty or clause.has("fine", "can", "swallow", "off_food"):
        return False
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and before.has("queasy")
    return bool(tastes) or (is_next and clause.end - clause.start <= NEAR)


def _is_not_let(clause: Clause, reader: Reader) -> bool:
    """Whether sores bear no food, or so much of it: "die Aphthen mögen ihn nicht", "all that the blisters let pass"."""
    if not (clause.has("allow") and reader.facts(clause, *SORES)):
        return False
    denials = clause.all("no", "not", "no_longer", "nothing")
    is_told = any(_is_near(hit, one) for hit in clause.all("allow") for one in denials)
    food = [one for one in reader.passage.clauses if abs(one.at - clause.at) <= 1 and one.has(*FOOD)]
    return (is_told or clause.has(*LIMITS)) and bool(food)


def _is_forgone(clause: Clause, reader: Reader) -> bool:
    """Whether food of this clause, or of the one before it, is given up or left, in a text that tells of sores."""
    said = [hit for hit in reader.facts(clause, "forgone") if _is_said_of_food(hit, clause)]
    said = [hit for hit in said if not _is_kept(hit, clause, reader)]
    if not said or clause.has("advice", "treatment"):
        return False
    before = reader.passage.before(clause)
    is_brief = clause.end - clause.start <= BRIEF and before is not None
    food = reader.facts(clause, *FOOD) or (before.all(*FOOD) if is_brief and before is not None else [])
    return bool(food) and any(reader.facts(one, "pain", *SORES) for one in reader.passage.clauses)


def is_kept(clause: Clause, reader: Reader) -> bool:
    """Whether food is not given up for the sores: "one ulcer, but I won't give up my curry for it"."""
    kept = [hit for hit in reader.facts(clause, "forgone") if _is_kept(hit, clause, reader)]
    return bool(kept) and clause.has("eat", "drink", "hard_fare")


def _takes_hours(clause: Clause, reader: Reader) -> bool:
    """Whether a meal takes hours, or many minutes, in a text of sores, or a soft one: "an hour over a sandwich"."""
    long = [hit for hit in clause.all("units") if LONG_MEAL <= (hit.value or 0) < 1]
    is_long = bool(long) and clause.has("taking_time") and not clause.has(*OTHER_TIMES)
    if not is_long or not reader.facts(clause, "eat", "soft", "swallow"):
        return False
    return clause.has("soft", "swallow") or _tells_of_sores(reader)


def _tells_of_sores(reader: Reader) -> bool:
    """Whether the text says that there are sores, or that something hurts in the mouth."""
    sores = any(reader.facts(one, "aphtha", "lesion") for one in reader.passage.clauses)
    return sores or any(one.has("mouthpart") and reader.facts(one, "pain") for one in reader.passage.clauses)


def _is_kept(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a denial stands beside a "given up", or in its gap: "laat ik er niet voor staan".

    Not where it begins with a "nor" itself: "no puedo ni comer ni hablar".
    """
    if any(one.start == hit.start for one in clause.all("or")):
        return False
    first, last = (reader.passage.tokens[at].text for at in (hit.start, hit.end - 1))
    entries = reader.passage.lexicon.entries(first)
    is_gapped = any(one.kind == hit.kind and GAP in one.rest and one.rest[-1] == last for one in entries)
    denials = clause.all("no", "not")
    return any(one.start >= hit.end or one.end <= hit.start or is_gapped for one in denials)


def _is_said_of_food(hit: Hit, clause: Clause) -> bool:
    """Whether it is a phrase, or ends its clause: "le café, terminé", not "j'ai fini mon assiette"."""
    return hit.end == clause.end or hit.end - hit.start > 1


def _is_near(hit: Hit, other: Hit) -> bool:
    return max(hit.start - other.end, other.start - hit.end) <= NEAR


def _overlap(hit: Hit, other: Hit) -> bool:
    return hit.start < other.end and other.start < hit.end
