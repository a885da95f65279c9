"""For each kind of letter a case of which one can be made."""

from desktop_app.papers.letter_kinds import Kind
from tests.desktop_app.papers import cases

OF_EACH_KIND = {
    Kind.REFERRAL: cases.CHILD_OSTEOSARCOMA,
    Kind.REQUEST_FOR_ADVICE: cases.CHILD_OSTEOSARCOMA,
    Kind.REQUEST_FOR_REASSESSMENT: cases.DO_NOT_TOUCH_IN_DOUBT,
    Kind.REQUEST_FOR_PATHOLOGY_REVIEW: cases.OUTSIDE_PATHOLOGY,
    Kind.OTHER_GUIDELINE: cases.SPINAL_METASTASES,
    Kind.NO_REFERRAL_NEEDED: cases.CHILD_FIBROMA_BY_CHANCE,
    Kind.UNDECIDED: cases.UNDECIDED,
}
