"""What a text says, as the labels of `manage.py understand`."""

from __future__ import annotations

from typing import Any, Final

from symptoms.clinical.terms import RedFlag, Symptom
from symptoms.language.accounts.account import Account
from symptoms.language.accounts.second_reader import Suspicion
from symptoms.language.eating.eating import Eating

NO_EMERGENCY: Final = frozenset({RedFlag.COUGHING_BLOOD})


def is_emergency(account: Account) -> bool:
    """Whether the text by itself tells of an emergency, or the second reader suspects one."""
    return tells_emergency(account) or Suspicion.EMERGENCY in account.suspected


def tells_emergency(account: Account) -> bool:
    """Whether the text by itself tells of an emergency, in words that the rules know."""
    flags = account.red_flags - NO_EMERGENCY
    if flags == {RedFlag.CHEST_PAIN} and {Symptom.COUGH, Symptom.DYSPNEA} <= account.absent:
        flags = frozenset()
    return bool(flags) or account.is_breathless_at_rest


def is_urgent(account: Account) -> bool:
    """Whether the text by itself tells of something that the review wants seen at once, or is suspected of it.

    Sores of which the rules know since when they are there are judged by that alone. More than three that are
    suspected are urgent.
    """
    is_suspected = Suspicion.URGENT in account.suspected and account.mouth_since is None
    is_suspected = is_suspected or account.likely_count.is_over_three is True
    is_suspected = is_suspected or (account.likely_since is not None and account.likely_since.is_over_three is True)
    return tells_urgent(account) or is_emergency(account) or is_suspected


def tells_urgent(account: Account) -> bool:
    """Whether it tells of it (S-11, S-15) in words that the rules know."""
    since = account.mouth_since if Symptom.MOUTH_SORES in account.present else None
    return (
        tells_emergency(account)
        or RedFlag.COUGHING_BLOOD in account.red_flags
        or Symptom.DYSPNEA in account.present
        or (Symptom.COUGH in account.present and not account.is_cough_trivial)
        or account.count.is_over_three is True
        or (since is not None and since.is_over_three is True)
        or account.eating is Eating.IMPAIRED
    )


def label(account: Account) -> dict[str, Any]:
    """The labels of one text."""
    since = account.since
    days = since.days if since else None
    count = account.count if Symptom.MOUTH_SORES in account.present else account.likely_count
    return {
        "cough": _presence(Symptom.COUGH, account),
        "dyspnea": _presence(Symptom.DYSPNEA, account),
        "mouth_lesions": _presence(
            Symptom.MOUTH_SORES, account, is_suspected=Suspicion.MOUTH_SORES in account.suspected
        ),
        "lesion_count": count.value,
        "more_than_three_lesions": count.is_over_three,
        "duration_days": int(days) if days is not None else None,
        "over_three_days": since.is_over_three if since else None,
        "eating_impaired": account.eating.value,
        "emergency": is_emergency(account),
        "about_self_now": account.is_about_patient_now or bool(account.suspected),
        "urgent_by_review": is_urgent(account),
    }


def _presence(symptom: Symptom, account: Account, *, is_suspected: bool = False) -> str:
    if symptom in account.present:
        return "present"
    if symptom in account.absent:
        return "absent"
    return "present" if is_suspected else "not_mentioned"
