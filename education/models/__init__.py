"""The records of teaching: texts, who was offered and read which, and what was understood (S-02)."""

from education.models.offer import LeafletOffer, LeafletReading, TeachingPlan
from education.models.text import LeafletApproval, LeafletText, TextStep
from education.models.understanding import Misunderstanding, TeachBackAnswer

__all__ = [
    "LeafletApproval",
    "LeafletOffer",
    "LeafletReading",
    "LeafletText",
    "Misunderstanding",
    "TeachBackAnswer",
    "TeachingPlan",
    "TextStep",
]
