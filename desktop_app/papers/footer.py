"""What stands at the foot of each page: edition, its status, case, patient and fingerprints."""

import hashlib
from dataclasses import dataclass

from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.order import PaperOrder
from guideline_core.case import Case

FINGERPRINT_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands on every page."""

    patient: str
    edition: str
    status: str
    notice: str
    case_number: str
    edition_fingerprint: str
    case_fingerprint: str
    fingerprints: str
    page_pattern: str


def footer_of(order: PaperOrder) -> Footer:
    """What stands at the foot of each page: edition, its status, case, patient and fingerprints."""
    guideline, say = order.plan.guideline, order.say
    edition, case = guideline.sha256[:FINGERPRINT_LENGTH], case_fingerprint(order.case)
    return Footer(
        patient=CaseFacts(order).name_and_birth(),
        edition=order.edition.names.title(order.phrases.language),
        status=say("footer", "draft" if guideline.status == "draft" else "in_force"),
        notice=say("footer", "no_ce_mark"),
        case_number=say("footer", "case", number=order.settings.number) if order.settings.number else "",
        edition_fingerprint=edition,
        case_fingerprint=case,
        fingerprints=say("footer", "fingerprints", edition=edition, case=case),
        page_pattern=order.phrases.get("letter", "footer", "page"),
    )


def case_fingerprint(case: Case) -> str:
    """A short mark of the answers: two letters with the same mark were made from the same answers. What a letter leaves
    out is no answer, and never travels: who receives the case can make the same mark."""
    content = case.model_dump_json(exclude_none=True, exclude={"letter": {"left_out"}}).encode()
    return hashlib.sha256(content).hexdigest()[:FINGERPRINT_LENGTH]
