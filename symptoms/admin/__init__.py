"""The clinician site of the symptom side: one module for each family of models."""

from symptoms.admin.access import AccessRecordAdmin, EmergencyAccessAdmin
from symptoms.admin.account import DeviceTokenAdmin, UserAdmin
from symptoms.admin.clinic import ClinicAdmin, PractitionerAdmin
from symptoms.admin.conversation import ConversationAdmin, MessageAdmin
from symptoms.admin.course import DoseEventAdmin, TreatmentCourseAdmin
from symptoms.admin.episode import EpisodeAdmin
from symptoms.admin.grading import CtcaeGradeAdmin
from symptoms.admin.patient import ActivationCodeAdmin, ConsentAdmin, PatientAdmin
from symptoms.admin.privacy import AmendmentAdmin, CarerAdmin, ErasureAdmin
from symptoms.admin.report import AssessmentAdmin, SymptomReportAdmin
from symptoms.admin.rulesets import RulesetApprovalAdmin
from symptoms.admin.wordings import WordingApprovalAdmin

__all__ = [
    "AccessRecordAdmin",
    "ActivationCodeAdmin",
    "AmendmentAdmin",
    "AssessmentAdmin",
    "CarerAdmin",
    "ClinicAdmin",
    "ConsentAdmin",
    "ConversationAdmin",
    "CtcaeGradeAdmin",
    "DeviceTokenAdmin",
    "DoseEventAdmin",
    "EmergencyAccessAdmin",
    "EpisodeAdmin",
    "ErasureAdmin",
    "MessageAdmin",
    "PatientAdmin",
    "PractitionerAdmin",
    "RulesetApprovalAdmin",
    "SymptomReportAdmin",
    "TreatmentCourseAdmin",
    "UserAdmin",
    "WordingApprovalAdmin",
]
