"""Free text to facts, behind one contract. Pure.

What an understander finds may add to a patient's answers and never takes away from them.
"""

from typing import Final

from symptoms.language.understander import LexiconUnderstander
from symptoms.language.understanding import Understander, Understanding, Wish

UNDERSTANDER: Final[Understander] = LexiconUnderstander()
"""The one that the product uses."""

__all__ = ["UNDERSTANDER", "LexiconUnderstander", "Understander", "Understanding", "Wish"]
