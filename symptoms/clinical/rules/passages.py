"""What the sources beside the review say of a rule, in our own words. The review's statements are in `source.py`."""

from __future__ import annotations

from typing import Final

SOURCES: Final = {
    "CTCAE5": "Common Terminology Criteria for Adverse Events v5.0",
    "EPRO": "practice of the PRO-TECT, STAR and CAPRI trials of electronic symptom monitoring",
    "LABEL": "everolimus label",
    "NHS": "NHS page on shortness of breath",
    "UKONS": "idea of the UKONS 24-hour triage tool v3",
    "TEAM": "choice of this team, to be confirmed by a clinician",
}
"""Sources other than the review, whose statements are tagged S-01 to S-24."""

FROM_GRADE_3: Final = "A symptom that is graded 3 or more alerts the team."
FAIL_SAFE: Final = "Fail-safe: what is not known counts as the worse answer."
BELOW_URGENT: Final = "Below the threshold of the urgent rule: the team looks at it by the next working day."

PASSAGES: Final = {
    (
        "NHS",
        "RED-SPEECH",
    ): "An ambulance at once for severe difficulty in breathing: gasping, unable to get words out.",
    ("NHS", "RED-COLOUR"): "An ambulance at once when lips or skin turn very pale, blue or grey.",
    ("NHS", "RED-CONFUSION"): "An ambulance at once for sudden confusion.",
    (
        "NHS",
        "RED-SUDDEN",
    ): "An ambulance at once for sudden breathlessness with another sign; here it is enough alone.",
    (
        "NHS",
        "RED-BLOOD",
    ): "Medical help without delay for coughing blood; here much of it is an emergency.",
    ("NHS", "RED-CHEST"): "An ambulance at once when the chest feels tight or heavy.",
    ("NHS", "RED-REST"): "An ambulance at once for severe difficulty in breathing.",
    ("NHS", "RESP-BLOOD"): "Medical help on the same day for coughing blood.",
    (
        "LABEL",
        "RED-SWELLING",
    ): "Angioedema of the airways or the tongue can occur, more often with an ACE inhibitor.",
    ("CTCAE5", "RED-REST"): "Dyspnea at rest is grade 3; life-threatening dyspnea is grade 4.",
    ("UKONS", "CHEST-PAIN"): "Chest pain is assessed face to face at once.",
    ("UKONS", "MOUTH-PAIN"): "A painful mouth with which one can still eat is followed up within a day.",
    ("UKONS", "FEVER"): "Fever, a low temperature or shivering during cancer treatment is assessed at once.",
    ("UKONS", "TWO-ROUTINE"): "Two or more amber signs count as a red one.",
    ("EPRO", "MOUTH-SEVERE"): FROM_GRADE_3,
    ("EPRO", "RESP-IMPACT"): FROM_GRADE_3,
    ("EPRO", "RESP-RISE"): "A symptom that has become worse by two grades alerts the team.",
    ("EPRO", "OTHER-NOW"): "How urgent the patient finds it carries information of its own.",
    ("TEAM", "RED-UNKNOWN"): FAIL_SAFE,
    ("TEAM", "SYMPTOMS-UNKNOWN"): FAIL_SAFE,
    ("TEAM", "MOUTH-UNKNOWN"): FAIL_SAFE,
    ("TEAM", "RESP-COUGH"): "Says which cough is “significant” (S-15).",
    ("TEAM", "RESP-COUGH-MILD"): BELOW_URGENT,
    ("TEAM", "FEVER-LOW"): BELOW_URGENT,
    ("TEAM", "CONTRADICTION"): "The worse of two answers counts, and a person looks at both.",
}
"""By source and rule: the passage on which the rule rests."""
