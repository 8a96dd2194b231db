"""Free text to facts, behind one contract. Pure.

What an understander finds may add to a patient's answers and never takes away from them.
"""

from symptoms.language.understander import LexiconUnderstander
from symptoms.language.understanding import NullUnderstander, Understander, Understanding, Wish

__all__ = ["LexiconUnderstander", "NullUnderstander", "Understander", "Understanding", "Wish"]
