"""The clinician site of the education side: the clinic's own texts, and what patients were taught."""

from education.admin.approvals import LeafletApprovalAdmin
from education.admin.taught import (
    LeafletOfferAdmin,
    LeafletReadingAdmin,
    MisunderstandingAdmin,
    TeachBackAnswerAdmin,
    TeachingPlanAdmin,
)
from education.admin.texts import LeafletTextAdmin, TextStepAdmin

__all__ = [
    "LeafletApprovalAdmin",
    "LeafletOfferAdmin",
    "LeafletReadingAdmin",
    "LeafletTextAdmin",
    "MisunderstandingAdmin",
    "TeachBackAnswerAdmin",
    "TeachingPlanAdmin",
    "TextStepAdmin",
]
