"""The records of the symptom side: who reports, what was said, and how it was judged."""

from symptoms.models.access import AccessRecord
from symptoms.models.activation import RefusedActivation
from symptoms.models.amendment import Amendment
from symptoms.models.assessment import Assessment, Episode, RulesetApproval, WordingApproval
from symptoms.models.carer import Carer
from symptoms.models.clinic import Clinic, Practitioner
from symptoms.models.conversation import Conversation, Message
from symptoms.models.course import DoseEvent, TreatmentCourse
from symptoms.models.emergency import EmergencyAccess
from symptoms.models.erasure import Erasure
from symptoms.models.grade import CtcaeGrade, CtcaeGradeTakenBack
from symptoms.models.patient import ActivationCode, Consent, Patient
from symptoms.models.report import SymptomReport
from symptoms.models.sent_form import SentForm
from symptoms.models.sign_in import SignInTry
from symptoms.models.system import SystemCredential
from symptoms.models.user import DeviceToken, User

__all__ = [
    "AccessRecord",
    "ActivationCode",
    "Amendment",
    "Assessment",
    "Carer",
    "Clinic",
    "Consent",
    "Conversation",
    "CtcaeGrade",
    "CtcaeGradeTakenBack",
    "DeviceToken",
    "DoseEvent",
    "EmergencyAccess",
    "Episode",
    "Erasure",
    "Message",
    "Patient",
    "Practitioner",
    "RefusedActivation",
    "RulesetApproval",
    "SentForm",
    "SignInTry",
    "SymptomReport",
    "SystemCredential",
    "TreatmentCourse",
    "User",
    "WordingApproval",
]
