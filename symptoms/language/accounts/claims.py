"""What somebody else says of the speaker, and the speaker denies: "my wife thinks I cough, but I don't"."""

from __future__ import annotations

from symptoms.language.reading.mentions import Mention


def is_claim_denied(mention: Mention, denied: list[Mention]) -> bool:
    """Whether somebody else says it of the speaker, who says here or later that it is not so, by what is denied.

    What others hear at night is not denied by who may be asleep: "he says I cough all night, I don't by day".
    """
    if mention.clause.has("night") or not _is_claimed(mention):
        return False
    return any(one.symptom is mention.symptom and one.clause.at >= mention.clause.at for one in denied)


def _is_claimed(mention: Mention) -> bool:
    """Whether somebody else says it of the speaker: "my wife thinks I cough"."""
    own = [one.start for one in mention.clause.all("self") if one.start < mention.hit.start]
    others = mention.clause.all("relative", "stranger")
    return bool(own) and any(one.end < own[-1] for one in others)
