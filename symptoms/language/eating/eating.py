"""Whether eating, drinking or swallowing is affected, as far as a text says."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from symptoms.clinical.terms import Intake
from symptoms.language.denial.well_no_more import fine_no_more
from symptoms.language.eating.borne import is_as_if_eaten, is_borne, is_mouth_sound
from symptoms.language.eating.fare import (
    is_given_up,
    is_hard_food_eaten,
    is_kept,
    is_of_stomach_only,
    is_of_taste,
    is_painful,
    is_spared,
)
from symptoms.language.eating.full_meals import is_mere_sting, tells_full_meal
from symptoms.language.eating.hard_meals import is_hard_meal, is_only_longed_for
from symptoms.language.eating.no_meal import names_no_meal
from symptoms.language.eating.not_at_table import hinders_not_at_table
from symptoms.language.eating.not_going_down import does_not_go_down
from symptoms.language.eating.stomach import is_for_want_of_hunger, is_of_stomach
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 4
REACH: Final = 8
"""Words between eating and what stands in its way."""
BRIEF: Final = 4
INTAKE: Final = group("intake")
HINDERS: Final = group("hinders")
OF_EATING: Final = INTAKE | {
    "soft", "straw", "hard_fare", "ate", "hearty", "eats_all", "eating_up", "all_of_it", "off_food", "queasy",
    "nausea", "in_bits", "hunger",
}  # fmt: skip
"""Classes of words of which a text has one that tells of eating."""
SPARING: Final = ("less", "barely")
OTHER_MATTERS: Final = group("content") - {"pain", "fine", "clean", "well"}


class Eating(StrEnum):
    """How a text speaks of eating and drinking."""

    IMPAIRED = "yes"
    UNIMPAIRED = "no"
    NOT_MENTIONED = "not_mentioned"


def read_eating(reader: Reader) -> Eating:
    """What the whole text says: one thing that is hard outweighs all that goes well."""
    said = [_in_clause(clause, reader) for clause in reader.passage.clauses]
    if Eating.IMPAIRED in said:
        return Eating.IMPAIRED
    return Eating.UNIMPAIRED if Eating.UNIMPAIRED in said else Eating.NOT_MENTIONED


def read_intake(reader: Reader) -> Intake | None:
    """How much is eaten and drunk, where a text says that it is affected; None where it does not. The worst counts."""
    hindered = [clause for clause in reader.passage.clauses if is_hindered(clause, reader)]
    return max((_intake_of(clause, reader) for clause in hindered), key=list(Intake).index, default=None)


def _intake_of(clause: Clause, reader: Reader) -> Intake:
    if clause.has("soft", "straw"):
        return Intake.CHANGED
    is_none_left = clause.has("cannot", "nothing", "barely") or any(hit in reader.denied for hit in clause.all(*INTAKE))
    return Intake.ALMOST_NOTHING if is_none_left and not clause.has("less") else Intake.REDUCED


def is_hindered(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that eating, drinking or swallowing is affected."""
    return _in_clause(clause, reader) is Eating.IMPAIRED


def _in_clause(clause: Clause, reader: Reader) -> Eating:
    if not reader.passage.has_any(OF_EATING):
        return Eating.NOT_MENTIONED
    goes_well = (_hardly_hurts, is_mere_sting, tells_full_meal, hinders_not_at_table)
    if any(tells(clause, reader) for tells in goes_well):
        return Eating.UNIMPAIRED
    if _tells_of_none(clause, reader):
        return Eating.NOT_MENTIONED
    if is_hard_meal(clause, reader) or does_not_go_down(clause, reader):
        return Eating.IMPAIRED
    if (
        _would_be_eaten(clause)
        or is_given_up(clause, reader)
        or is_spared(clause, reader)
        or is_painful(clause, reader)
    ):
        return Eating.IMPAIRED
    if is_kept(clause, reader):
        return Eating.UNIMPAIRED
    said = _as_told(clause, reader)
    if said is Eating.IMPAIRED and is_of_stomach_only(clause, reader):
        return Eating.NOT_MENTIONED
    if said is Eating.UNIMPAIRED and is_of_taste(clause, reader):
        return Eating.NOT_MENTIONED
    is_wished = is_only_longed_for(clause)
    if said is not Eating.NOT_MENTIONED:
        is_open = is_wished or (clause.has("not_that") and not _can_after(clause, reader))
        return Eating.NOT_MENTIONED if is_open and said is Eating.UNIMPAIRED else said
    is_eaten = is_hard_food_eaten(clause, reader) and not is_wished
    return Eating.UNIMPAIRED if is_eaten else said


def _tells_of_none(clause: Clause, reader: Reader) -> bool:
    """Whether it names no meal, one that only seems eaten or stings and is borne, or one that is left for no sore."""
    if names_no_meal(clause, reader) or is_borne(clause, reader) or is_as_if_eaten(clause):
        return True
    return is_mouth_sound(clause, reader) and _as_told(clause, reader) is Eating.IMPAIRED


def _can_after(clause: Clause, reader: Reader) -> bool:
    """Whether the next words are "I can", and no more: "it's not that I can't eat, I can"."""
    after = reader.passage.after(clause)
    return after is not None and after.end - after.start <= 2 and after.has("can") and not after.has("no", "not")


def _as_told(clause: Clause, reader: Reader) -> Eating:
    """What is said of eating itself, by phrases or by what stands beside it."""
    said = _said_by_itself(clause, reader)
    if said is not Eating.NOT_MENTIONED or _is_what_burnt(clause, reader):
        return said
    intake = [
        hit for hit in clause.all(*INTAKE) if reader.scope.is_real(hit, clause) and not _is_of_appetite(hit, clause)
    ]
    soft = [
        hit
        for hit in clause.all("soft")
        if reader.scope.is_real(hit, clause) and not _was_only_then(hit, clause, reader)
    ]
    if _is_only_soft(soft, intake, clause, reader) or _does_not_go_down(intake, clause):
        return Eating.IMPAIRED
    if not intake or reader.scope.is_over(intake[0], clause):
        return Eating.NOT_MENTIONED
    only_tablets = all(hit.kind == "tablets" for hit in intake)
    hurts = clause.has("pain") and any(one.has("aphtha", "mouthpart") for one in reader.passage.sentence_of(clause))
    if only_tablets and not clause.has("swallow", "stuck") and not hurts:
        return Eating.NOT_MENTIONED
    if _is_unnoticed(clause, reader):
        return Eating.UNIMPAIRED
    said_next = _said_next(clause, reader)
    if _is_hindered(intake, clause, reader) or _is_only_so_far(intake, clause) or said_next is Eating.IMPAIRED:
        return Eating.IMPAIRED
    is_whole = clause.has("everything") and not clause.has("wrong_way")
    is_fine = is_whole or clause.has("can") or _is_fine(clause) or _is_hindrance_denied(clause, reader)
    return Eating.UNIMPAIRED if is_fine else said_next


def _was_only_then(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is of a time before that no later word brings back: "in the chemo of 2019 I could only eat ice"."""
    before = reader.passage.before(clause)
    led_on = before is not None and before.sentence == clause.sentence and not before.mark and before.has("had")
    is_past = led_on or (clause.has("had") and reader.scope.is_over(hit, clause))
    if led_on and before is not None:
        is_past = any(reader.scope.is_over(one, before) for one in before.all("had"))
    if not is_past or clause.has("since", "now", "still"):
        return False
    later = [one for one in reader.passage.clauses if one.at > clause.at]
    return not any(one.has("now", "still", "goes_on", "also") for one in later)


def _is_of_appetite(hit: Hit, clause: Clause) -> bool:
    """Whether it is part of a complaint by its own name: the "eetlust" of "weinig eetlust", which no sore takes."""
    return any(one.end - one.start > 1 and one.start <= hit.start and hit.end <= one.end for one in clause.all("state"))


def _is_what_burnt(clause: Clause, reader: Reader) -> bool:
    """Whether what was taken is only how the mouth was burnt: "I burnt myself on hot soup yesterday"."""
    return clause.has("burnt") and not reader.facts(clause, *(HINDERS - {"pain"}))


def _said_by_itself(clause: Clause, reader: Reader) -> Eating:
    """What phrases say that need no word for eating beside them: "off my food", "living on a straw", "clean plate"."""
    cannot = {hit.end for hit in reader.facts(clause, "cannot")}
    hearty = [hit for hit in reader.facts(clause, "hearty") if hit.start not in cannot]
    affected = clause.all("off_food") if cannot else reader.facts(clause, "off_food")
    affected = [hit for hit in affected if not _went_wrong_once(hit, clause, reader)]
    affected += [hit for hit in clause.all("straw") if reader.is_fact(hit, clause) or _is_of_mine(hit, clause, reader)]
    if any(not any(one.start <= hit.start < one.end for one in hearty) for hit in affected):
        return Eating.IMPAIRED
    is_denied = any(hit in reader.denied for hit in clause.all("off_food"))
    if hearty and _is_one_sided(hearty, clause, reader):
        return Eating.NOT_MENTIONED
    return Eating.UNIMPAIRED if hearty or is_denied else Eating.NOT_MENTIONED


def _went_wrong_once(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is what went down the wrong way once, in a text that tells of no sores: "avalé de travers à midi"."""
    is_wrong_way = any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("wrong_way"))
    return is_wrong_way and not clause.has("every") and not reader.passage.has("aphtha", "lesion", "mouthpart", "pain")


def _is_one_sided(hearty: list[Hit], clause: Clause, reader: Reader) -> bool:
    """Whether more is said than that it goes well: that it hurts, or goes on one side only."""
    said = [*clause.all("right_side"), *reader.facts(clause, "pain", "weep")]
    said = [hit for hit in said if not any(_is_within(hit, one) for one in [*hearty, *clause.all("fine", "trivial")])]
    return any(hit.start >= hearty[0].end for hit in said)


def _is_of_mine(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether somebody else does it to the speaker's food: "my wife blends all my meals"."""
    is_mine = any(hit.start < one.start < hit.end + 1 for one in clause.all("self"))
    return is_mine and hit not in reader.denied and not reader.scope.is_imagined(hit, clause)


def _said_next(clause: Clause, reader: Reader) -> Eating:
    """What a brief clause after food says of it: "even mash, it stings", "had bread, went well"."""
    after = reader.passage.after(clause)
    if after is None or after.end - after.start > BRIEF or clause.mark != "," or after.has(*OTHER_MATTERS):
        return Eating.NOT_MENTIONED
    if reader.facts(after, "pain", "cannot"):
        return Eating.IMPAIRED
    is_fine = reader.facts(after, "fine", "well") and not after.has("no", "not")
    return Eating.UNIMPAIRED if is_fine else Eating.NOT_MENTIONED


def _is_hindrance_denied(clause: Clause, reader: Reader) -> bool:
    """Whether what would stand in the way is denied: "without pain", "ça ne m'empêche pas de manger"; no bite."""
    bites = {hit.start for hit in clause.all("eat")} if clause.has("can") else set()
    hindrances = [hit for hit in clause.all(*HINDERS) if hit.kind != "pain" or hit.start not in bites]
    return any(hit in reader.denied or _is_undone(hit, clause) for hit in hindrances)


def _is_undone(hit: Hit, clause: Clause) -> bool:
    """Whether a "prevents" that is no denial by itself is denied around it, or after: "(ne) m'empêche pas".

    Not by a "nor" that goes on with its own denial: "no puedo ni comer"; nor by a "nothing" that is what cannot be
    eaten: "peux plus rien".
    """
    if hit.kind == "pain" and _is_of_nothing(hit, clause):
        return True
    prevents = any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("cannot"))
    denials = clause.all("no", "not") if prevents else []
    if hit.end - hit.start == 1 and any(one.end == hit.start and one.kind == "not" for one in denials):
        return True
    is_denial = any(hit.start < one.end <= hit.end or hit.start == one.start for one in denials)
    nothing = {one.start for one in clause.all("nothing")}
    denials = [one for one in denials if one.start not in nothing]
    mes = {one.end for one in clause.all("me") if one.start == hit.end}
    return not is_denial and any(one.start == hit.end or one.start in mes for one in denials)


def _is_of_nothing(pain: Hit, clause: Clause) -> bool:
    """Whether it is nothing that hurts: "no me duele nada"; not "no bebo, me duele, nada entra"."""
    if not any(one.start == pain.end for one in clause.all("nothing")):
        return False
    denials = [one.end for one in clause.all("no", "not") if one.end <= pain.start]
    return bool(denials) and not any(denials[-1] - 1 <= one.start < pain.start for one in clause.all(*INTAKE))


def _would_be_eaten(clause: Clause) -> bool:
    """Whether eating would go if it did not hurt: "I could eat if it didn't burn so much"."""
    supposed = [hit.end for hit in clause.all("if") if any(one.end <= hit.start for one in clause.all(*INTAKE))]
    pains = [hit.end for hit in clause.all("pain", "would_hurt")] if supposed else []
    return any(supposed[0] <= hit.start < pain for hit in clause.all("no", "not") for pain in pains)


def _is_only_soft(soft: list[Hit], intake: list[Hit], clause: Clause, reader: Reader) -> bool:
    """Whether nothing but soft food is taken, or not even that: "only soup", "hot soup I cannot manage"."""
    if not soft or clause.has("only"):
        return bool(soft)
    mes = {hit.end for hit in clause.all("me")}
    burns = reader.facts(clause, "pain")
    if any(0 <= hit.start - one.end <= 1 + (hit.start in mes) for hit in burns for one in soft):
        return True
    barred = [hit for hit in reader.facts(clause, "cannot") if not _is_undone(hit, clause)]
    return any(intake or _is_near(hit, one) for hit in barred for one in soft)


def _does_not_go_down(intake: list[Hit], clause: Clause) -> bool:
    """Whether food is said not to go down, in a phrase that is a denial by itself: "la soupe ne passe pas"."""
    denials = {(one.start, one.end) for one in clause.all("not")}
    return clause.has("eat", "soft") and any((hit.start, hit.end) in denials for hit in intake)


def _is_hindered(intake: list[Hit], clause: Clause, reader: Reader) -> bool:
    """Whether something stands in the way, or the eating itself is denied."""
    hindrances = [hit for hit in clause.all(*HINDERS) if hit not in reader.denied and not _is_undone(hit, clause)]
    coughs = {hit.start for hit in clause.all("cough")}
    hindrances = [hit for hit in hindrances if hit.kind != "pain" or hit.start not in coughs]
    fine = clause.all("fine")
    calm = [*fine, *(hit for hit in clause.all("ate") if hit.end - hit.start > 1)]
    hindrances = [hit for hit in hindrances if not any(one.start <= hit.start < one.end for one in calm)]
    mild = [hit for hit in clause.all("trivial") if hit.end - hit.start > 1]
    hindrances = [hit for hit in hindrances if hit.kind != "trouble" or not any(_is_within(hit, one) for one in mild)]
    if is_of_stomach(clause, reader):
        hindrances = [hit for hit in hindrances if hit.kind != "pain"]
    if is_for_want_of_hunger(clause, reader):
        hindrances = [hit for hit in hindrances if hit.kind not in SPARING]
    if any(_stands_in_the_way(hit, one, clause) for hit in hindrances for one in intake):
        return True
    if _is_not_as_ever(clause):
        return True
    if _is_hindrance_denied(clause, reader) or _is_called_easy(clause):
        return False
    like = {hit.start for hit in clause.all("like")}
    likened = [hit.start for hit in clause.all("as_if") if hit.start not in like]
    if any(0 <= at - one.end < NEAR for one in clause.all("swallow") for at in likened):
        return not clause.has("fine")
    if clause.has("nothing") and clause.has("no", "not", "cannot") and not clause.has("fine"):
        return True
    fine_denied = any(hit in reader.denied for hit in fine)
    can = clause.first("can")
    without = [one.end for one in clause.all("without") if can is not None and can.start < one.start]
    denied = [hit for hit in intake if hit in reader.denied and hit.kind != "tablets"]
    return fine_denied or any(not any(end < hit.start for end in without) for hit in denied)


def _is_not_as_ever(clause: Clause) -> bool:
    """Whether a denial stands right before "as usual": "avaler n'est pas comme d'habitude"."""
    denials = {hit.end for hit in clause.all("not")}
    usual = {(hit.start, hit.end) for hit in clause.all("as_ever")}
    return any(hit.start in denials and (hit.start, hit.end) in usual for hit in clause.all("fine"))


def _is_within(hit: Hit, phrase: Hit) -> bool:
    return phrase.start <= hit.start and hit.end <= phrase.end


def _is_fine(clause: Clause) -> bool:
    """Whether it is called fine, and not only the side on which something can be chewed."""
    sides = clause.all("right_side")
    return any(not any(one.start <= hit.start < one.end for one in sides) for hit in clause.all("fine"))


def _is_only_so_far(intake: list[Hit], clause: Clause) -> bool:
    """Whether it is said that only so much can be eaten, or only so: "I can only chew on the left", "and that's it"."""
    phrases = [hit for hit in clause.all("only") if hit.end - hit.start > NEAR - 2 and hit.start >= intake[0].end]
    if phrases and not clause.has("fine"):
        return True
    if clause.has("everything") or _is_fine(clause):
        return False
    verbs = [*clause.all("can", "allow"), *intake] if clause.has("can", "allow", "right_side") else []
    counted = {hit.start for hit in clause.numerals} if clause.has("aphtha", "lesion") else set()
    asked = {at for hit in clause.all("ask") for at in range(hit.start, hit.end)}
    only = [hit for hit in clause.all("only") if hit.end not in counted and hit.start + 1 not in counted]
    only = [hit for hit in only if hit.start not in asked]
    return any(-NEAR < hit.start - one.end < NEAR - 1 for one in only for hit in verbs)


def _is_unnoticed(clause: Clause, reader: Reader) -> bool:
    """Whether nothing, or hardly anything, is felt while eating: "I don't notice it when I chew".

    Not where what it leads to is denied, "me molestan tanto que no como", nor what is noticed: "I notice that I can't".
    """
    barely = [hit for hit in clause.all("barely") for verb in clause.all("quiet_verb") if _is_near(hit, verb)]
    so_much = min((hit.start for hit in clause.all("so_much", "fiercely")), default=clause.end)
    thats = [at for at in range(clause.start, clause.end) if reader.passage.says(at, "that")]
    verbs = clause.all("quiet_verb")
    denials = [
        hit
        for hit in clause.all("no", "not")
        if hit.start < so_much and any(not any(verb.end <= at < hit.start for at in thats) for verb in verbs)
    ]
    is_unfelt = bool(verbs) and bool(denials or barely)
    hindrances = reader.facts(clause, *(HINDERS - {"pain"}))
    return is_unfelt and all(hit in barely for hit in hindrances)


def _hardly_hurts(clause: Clause, reader: Reader) -> bool:
    """Whether eating hurts hardly at all, and nothing else is told of it: "tut kaum weh beim Essen"."""
    barely = clause.all("barely")
    pains = reader.facts(clause, "pain")
    if not pains or len(barely) != 1 or not clause.has(*INTAKE) or clause.has("no", "not", "but"):
        return False
    small = {at for hit in clause.all("me", "self", "filler") for at in range(hit.start, hit.end)}
    starts = {hit.start for hit in pains}
    is_next = barely[0].end <= min(starts) and small.issuperset(range(barely[0].end, min(starts)))
    hindering = clause.all(*HINDERS - {"barely"}, "only", "soft", "off_food", "worse")
    return is_next and len(starts) == 1 and all(hit.start in starts for hit in hindering)


def _stands_in_the_way(hindrance: Hit, intake: Hit, clause: Clause) -> bool:
    """Whether one is near the other, or further away and nothing new begins between them."""
    start, end = min(hindrance.end, intake.end), max(hindrance.start, intake.start)
    between = any(start <= hit.start < end for hit in clause.all("and", "as_if"))
    return _is_near(hindrance, intake) or (end - start <= REACH and not between)


def _is_near(hindrance: Hit, intake: Hit) -> bool:
    return min(abs(hindrance.start - intake.end), abs(intake.start - hindrance.end)) <= NEAR


def _is_called_easy(clause: Clause) -> bool:
    """Whether a phrase says so: "no problem", "without pain", and no more denies that."""
    return any(hit.end - hit.start > 1 for hit in set(clause.all("fine")) - fine_no_more(clause))
