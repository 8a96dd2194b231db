"""French as it is typed without apostrophes: "pas daphtes", "jai", "lescalier" are two words each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from symptoms.language.text.lexicon import Lexicon
from symptoms.language.text.words import ELISION_SPLITS, Token

ELIDED: Final = re.compile(r"(qu|[cdjlmnst])([aeiouyh]\w*)$")
SHORTEST: Final = 4
"""Letters of a word that is found behind an elision: of a shorter one only those that stand there often."""

OFTEN: Final = frozenset(["ai", "air", "as", "avais", "eau", "en", "est", "il", "un", "une"])
RARELY: Final = frozenset(["lun", "lune", "mas", "mil", "mun", "nun", "sun", "tas", "tun", "lai", "mair"])
"""Words, and slips of the finger, that are something else."""


def unelided(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, each word that the lexicon does not know in two, where it knows what is left behind an elision."""
    if lexicon.language not in ELISION_SPLITS:
        return list(tokens)
    return [part for token in tokens for part in _parts(token, lexicon)]


def _parts(token: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    found = ELIDED.match(token.text)
    if not found or token.text in RARELY or lexicon.is_known(token.text):
        return (token,)
    first, rest = found.groups()
    if rest not in OFTEN and (len(rest) < SHORTEST or not lexicon.is_known(rest)):
        return (token,)
    return Token(first, token.is_glued), Token(rest, is_glued=True)
