"""Persons whom no lexicon knows, by the grammar around them: "Sandra jadea", "our Kevin has a cough".

A word that the language does not know is a person where it is the subject of what people do in the third person.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.text.hits import Hit
from symptoms.language.text.lexicon import Lexicon
from symptoms.language.text.marks import is_break
from symptoms.language.text.words import Token

PERSON: Final = "relative"
"""The class of who is found: as kin may be, they may be the patient for whom somebody writes."""

BREATH: Final = frozenset(
    ["cough", "breathless", "cannot_breathe", "faint", "broken_speech", "choke", "phlegm", "blue", "swollen"]
)
SORES: Final = frozenset(["aphtha", "lesion", "spot"])
COMPLAINTS: Final = BREATH | SORES | {"breathe", "air"}
VERBS: Final = ("done_by_persons", "had_by_persons", "done_by_me_too", "done_by_lungs_too")
VERBS_AFTER_ARTICLES: Final = ("done_by_persons", "had_by_persons", "done_by_me_too")
VERBS_OF_NAMES: Final = ("done_by_persons", "had_by_persons")
PARTS: Final = frozenset(["mouthpart", "lip", "tongue", "face"])
JOINTS: Final = frozenset(["and", "but", "because"])
LEADING: Final = frozenset(["article", "numbers", "vague_few", "many"])
SMALL: Final = LEADING | {
    "size", "fiercely", "severity", "worse", "laboured", "amiss", "trivial", "little_amount", "not", "no", "still",
    "almost", "barely", "also", "so_much", "days_ago", "now", "blood", "again", "cannot", "can", "without",
}  # fmt: skip
"""Classes of what may stand between a verb of having and the complaint that somebody has."""

LONGEST_LEAD: Final = 3
LONGEST_NAME: Final = 3
LONGEST_TAIL: Final = 6
LONGEST_BETWEEN: Final = 3
NAMED_BY_CAPITALS: Final = frozenset({"en", "fr", "nl", "es"})
"""Languages in which a capital letter within a sentence makes a name."""


def with_persons(hits: list[Hit], tokens: list[Token], lexicon: Lexicon) -> list[Hit]:
    """The hits, and beside them the persons whom no entry knows."""
    if not any(hit.kind in COMPLAINTS for hit in hits):
        return hits
    text = _Text(hits, tokens, lexicon)
    persons = [person for start in text.starts() if (person := text.person_at(start)) is not None]
    return sorted([*hits, *persons], key=lambda hit: hit.start) if persons else hits


class _Text:
    """A text with its hits by the places that they cover, while persons are looked for in it."""

    def __init__(self, hits: list[Hit], tokens: list[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.has_someone = False
        self.hits_at: dict[int, list[Hit]] = {}
        for hit in hits:
            self.has_someone = self.has_someone or hit.kind == "someone"
            for at in range(hit.start, hit.end):
                self.hits_at.setdefault(at, []).append(hit)

    def starts(self) -> list[int]:
        """Where a clause may begin: at the start, after a mark, and after "and" and its like."""
        return [
            at
            for at in range(len(self.tokens))
            if not self._is_end(at) and (at == 0 or self._is_end(at - 1) or self._has(at - 1, JOINTS))
        ]

    def person_at(self, start: int) -> Hit | None:
        """The person whom the clause that begins there names as its subject, if grammar alone shows one."""
        name_at = start
        while name_at - start < LONGEST_LEAD and self._says(name_at, "before_persons", "titles"):
            name_at += 1
        is_titled = any(self._says(at, "titles") for at in range(start, name_at))
        end = self._end_of_name(name_at, is_titled=is_titled)
        if end == name_at and name_at - start > 1 and self._says(name_at - 1, "little_ones"):
            name_at -= 1
        if end == name_at:
            return None
        person = Hit(PERSON, name_at, end)
        if self._is_named_aside(start, person) or self._is_owner(start, person):
            return person
        verb = self._verb_after(end)
        is_done = verb is not None and self._is_done(start, name_at, end, verb, is_titled=is_titled)
        return person if is_done else None

    def _is_named_aside(self, start: int, person: Hit) -> bool:
        """Whether a clause says no more than who "he" is: "he snores and gasps, my Tom"."""
        is_whole = person.end == self._end_of_clause(start)
        return is_whole and self._is_called(start, person) and self.has_someone

    def _is_owner(self, start: int, person: Hit) -> bool:
        """Whether a part of the body follows that is theirs: "our Tracy's lips went blue"."""
        is_genitive = self.tokens[person.end - 1].text.endswith("s")
        return is_genitive and self._is_called(start, person) and self._has(person.end, PARTS)

    def _is_called(self, start: int, person: Hit) -> bool:
        """Whether a capital letter shows a name after "my" or "our"."""
        is_name = self.lexicon.language in NAMED_BY_CAPITALS and self.tokens[person.end - 1].is_capital
        return is_name and person.start > start

    def _end_of_name(self, start: int, *, is_titled: bool) -> int:
        """Where a name ends that begins there: unknown words, also two that an "and" joins; any word after a title."""
        end = start
        while end - start < LONGEST_NAME and (self._is_unknown(end) or (is_titled and end == start < len(self.tokens))):
            if self._is_end(end) or self._says(end, *VERBS):
                break
            end += 1
        if end > start and self._has(end, frozenset(["and"])) and self._is_unknown(end + 1):
            return end + 2
        return end

    def _verb_after(self, end: int) -> int | None:
        """Where the verb stands of which the name is the subject, after what tells where somebody is from."""
        is_tailed = self._has(end, frozenset(["of", "place", "origin", "company"])) or self._says(end, "that_of")
        for at in range(end, min(end + LONGEST_TAIL, len(self.tokens))):
            if self._is_end(at):
                return None
            if self._says(at, *VERBS):
                return at
            if not (is_tailed or self._says(at, "before_verbs")):
                return None
        return None

    def _is_done(self, start: int, name_at: int, end: int, verb: int, *, is_titled: bool) -> bool:
        """Whether the verb is done by a person, as far as the words before it show that it is one."""
        after = range(verb + 1, self._end_of_clause(verb))
        if self._has(verb + 1, frozenset(["me"])):
            return False
        is_led = name_at > start
        is_name = self.tokens[end - 1].is_capital
        is_pair = is_name and self.tokens[name_at].is_capital and end - name_at > 2
        is_called = self._is_called(start, Hit(PERSON, name_at, end))
        is_sure = is_titled or is_called or is_pair or self._is_taken_up(after)
        if is_sure:
            verbs: tuple[str, ...] = VERBS
        elif self._may_be_no_name(end - 1, verb, is_led=is_led):
            return False
        elif is_led:
            verbs = VERBS_AFTER_ARTICLES
        elif is_name and not any(self._has(at, frozenset(["self", "lungs", "chest"])) for at in after):
            verbs = VERBS_OF_NAMES
        else:
            return False
        is_verb = self._says(verb, *verbs)
        return is_verb and (self._says(verb, "done_by_persons") or self._is_complaint_of(verb, after, is_sure=is_sure))

    def _is_complaint_of(self, verb: int, after: range, *, is_sure: bool) -> bool:
        """Whether the verb is the complaint, or has it: "has a terrible cough"; not "has eased the cough"."""
        kinds = BREATH | SORES if is_sure or self._is_in_mouth(after) else BREATH
        at = next((at for at in (verb, *after) if self._has(at, kinds)), None)
        if at is None:
            return self._is_told_of_next(after.stop)
        between = range(verb + 1, at)
        is_led = len(between) <= LONGEST_BETWEEN and self._has(verb + 1, LEADING)
        is_full = self._is_in_mouth(between)
        return is_led or is_full or all(self._has(one, SMALL) for one in between)

    def _is_told_of_next(self, end: int) -> bool:
        """Whether the next clause says of "him" what only people have: "der Klempner hat Grippe, er hustet"."""
        start = end + 1
        if self._has(start, JOINTS):
            start += 1
        told = range(start, self._end_of_clause(start))
        is_of_them = self._has(start, frozenset(["someone"]))
        return is_of_them and any(self._has(at, BREATH) for at in told) and not self._is_mine(told)

    def _is_mine(self, places: range) -> bool:
        return any(self._has(at, frozenset(["self", "me"])) for at in places)

    def _is_in_mouth(self, after: range) -> bool:
        """Whether a mouth is named that is not the speaker's, so that its owner is no part of one."""
        return not self._is_mine(after) and any(self._has(at, frozenset(["whole_mouth"])) for at in after)

    def _is_taken_up(self, after: range) -> bool:
        """Whether "he", "she" or "his" takes the person up, and nothing is the speaker's."""
        return not self._is_mine(after) and any(self._has(at, frozenset(["someone"])) for at in after)

    def _may_be_no_name(self, at: int, verb: int, *, is_led: bool) -> bool:
        """Whether it may be an adverb, or an adjective of a noun that looks like the verb: "tickly coughs are back"."""
        endings = self.lexicon.function_words["adjective_endings"]
        is_adjective = any(self.tokens[at].text.endswith(ending) for ending in endings)
        is_noun = self._has(verb, BREATH)
        return (is_adjective and (is_noun or not is_led)) or self._says(verb + 1, "had_by_persons")

    def _end_of_clause(self, at: int) -> int:
        return next((end for end in range(at, len(self.tokens)) if self._is_end(end)), len(self.tokens))

    def _is_end(self, at: int) -> bool:
        return is_break(self.tokens[at])

    def _is_unknown(self, at: int) -> bool:
        """Whether a word is none of the language's, nor one with a slip in it."""
        if at >= len(self.tokens) or not self.tokens[at].is_word or len(self.tokens[at].text) < 2:
            return False
        word = self.tokens[at].text
        return not (self._says(at, *VERBS) or self.lexicon.is_known(word)) and self.lexicon.meant(word) == word

    def _says(self, at: int, *names: str) -> bool:
        if at >= len(self.tokens):
            return False
        word = self.tokens[at].text
        return any(word in self.lexicon.function_words[name] for name in names)

    def _has(self, at: int, kinds: frozenset[str]) -> bool:
        return any(hit.kind in kinds for hit in self.hits_at.get(at, ()))
