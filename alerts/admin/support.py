"""The words of decision support, each line with its sources. For clinicians to weigh; no patient reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from symptoms.clinical.decision_support import Support

LINES: Final[Mapping[Support, tuple[Any, str]]] = {
    Support.STOMATITIS_GRADE_2: (
        _(
            "Suggested grade 2 on the review's functional scale: interrupt for a while; after recovery to grade 1, "
            "restart with 10 mg. If grade 2 comes back, interrupt a second time, then restart with 5 mg. Interruptions "
            "for stomatitis on the dose log so far: %(interruptions)d."
        ),
        "S-09",
    ),
    Support.STOMATITIS_GRADE_3: (
        _(
            "Suggested grade 3 on the review's functional scale: unable to feed or hydrate adequately by mouth. For "
            "this grade and above the sources of this product have no schedule of doses, only that interrupting and "
            "modifying the dose is the key, by the guidelines of the pivotal trials. A clinician decides."
        ),
        "S-12, S-01",
    ),
    Support.AT_GRADE_2: (
        _(
            "At grade 2, which is milder, the review says: interrupt for a while; after recovery to grade 1, restart "
            "with 10 mg. If grade 2 comes back, interrupt a second time, then restart with 5 mg. Interruptions for "
            "stomatitis on the dose log so far: %(interruptions)d."
        ),
        "S-09",
    ),
    Support.SEVERE_MOUTH_PAIN: (
        _("Severe pain: daily local laser therapy is considered; quick relief was seen, not evaluated prospectively."),
        "S-08",
    ),
    Support.MOUTH_BATH_EARLY: (
        _(
            "The review's centre does not use the mouth bath before sores appear. A later trial differs: with "
            "dexamethasone mouthwash from day 1, stomatitis of grade 2 or more in 2.4 %% against 33 %% historically."
        ),
        "S-06, SWISH",
    ),
    Support.STEPWISE_START: (
        _(
            "The review advises against a stepwise increase of the dose at the start. A later trial differs: 28.8 %% "
            "against 46.1 %% with stomatitis of grade 2 or more at 12 weeks."
        ),
        "S-07, DESIREE",
    ),
    Support.PNEUMONITIS_WORK_UP: (
        _("Cough and breathlessness can be the first signs of noninfectious pneumonitis: see at once, and work up."),
        "S-15, S-16",
    ),
    Support.COMPARE_CT: (_("Compare with the baseline chest CT of %(baseline_ct)s."), "S-17"),
    Support.NO_BASELINE_CT: (
        _("There is no baseline chest CT from before the first dose to compare with."),
        "S-17",
    ),
    Support.SYMPTOMATIC_PNEUMONITIS: (
        _(
            "Signs on imaging alone (grade 1): no change. Pneumonitis with symptoms: interrupt at once; after recovery "
            "to grade 1, try with 5 mg; consider methylprednisolone of at least 1 mg/kg a day for at least 4 weeks, "
            "for a short course was followed by severe recurrence."
        ),
        "S-18",
    ),
    Support.EXCLUDE_INFECTION: (_("Exclude infection, Pneumocystis included."), "LABEL"),
    Support.ACE_INHIBITOR: (
        _("An ACE inhibitor is recorded: together with everolimus it raises the risk of angioedema."),
        "LABEL",
    ),
}


def support_in_words(
    lines: Iterable[Support], *, interruptions: int, baseline_ct: str
) -> list[tuple[str, list[str], bool]]:
    """Text and sources of each line, and whether it is a warning."""
    values = {"interruptions": interruptions, "baseline_ct": baseline_ct}
    return [(str(LINES[one][0]) % values, LINES[one][1].split(", "), one is Support.NO_BASELINE_CT) for one in lines]
