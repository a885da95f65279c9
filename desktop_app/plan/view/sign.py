"""The names of the small signs that stand before rows and steps. No Qt."""

from enum import Enum

from guideline_core.keys import UNDETERMINED


class Sign(Enum):
    """The sign before a row; each is also said in words."""

    NONE = "none"
    TO_DO = "to do"
    DONE = "done"
    WAITING = "waiting"
    DEPENDS = "depends"
    AVOID = "avoid"
    INFORM = "inform"
    STOP = "stop"
    CAUTION = "caution"
    URGENT = "urgent"
    REFERRAL = "referral"
    GO_TO = "go to"


DECISION_SIGNS = {UNDETERMINED: Sign.DEPENDS, "none": Sign.INFORM}
"""The sign before a decision on referral that sends the patient nowhere; before the others stands an arrow."""
