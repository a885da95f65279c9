"""What goes with a letter to a centre: attachments to tick off, what is missing, how the images reach the centre."""

from collections.abc import Iterator, Sequence

from desktop_app.papers.letter.case_facts import CaseFacts
from desktop_app.papers.letter.model import TO_A_CENTRE, Attachment, Fact, ImagingRow, Kind, PlanLine
from desktop_app.papers.making import BLANK, SHORT_BLANK, Making, sentence_case

WANTED_IMAGES = (
    "imaging.xray_two_views",
    "imaging.mri_contrast",
    "imaging.ct_local_unenhanced",
    "imaging.unenhanced_ct_or_mri",
    "staging.ct_thorax_unenhanced",
)
"""What a centre expects with the letter once the plan asks for it; what the centre itself makes is not missing."""


def attachments(making: Making, imaging: Sequence[ImagingRow], lines: Sequence[PlanLine]) -> tuple[Attachment, ...]:
    """The attachments of a letter to a centre: first what exists, to be ticked off, then what is missing."""
    if making.kind not in TO_A_CENTRE:
        return ()
    to_tick = [Attachment(key, name, making.say("word", "box")) for key, name in _existing(making, imaging)]
    missing = [
        Attachment(line.action, sentence_case(line.name), making.say("attachment", "missing"), is_missing=True)
        for line in lines
        if line.action in WANTED_IMAGES
        and line.is_definite
        and line.verdict in ("do", "prefer")
        and line.progress not in ("done", "waived")
    ]
    return (*to_tick, *missing)


def _existing(making: Making, imaging: Sequence[ImagingRow]) -> Iterator[tuple[str, str]]:
    case, say = making.case, making.say
    for row in imaging:
        dated = f"{row.examination} ({row.date})" if row.date else row.examination
        yield f"imaging.{row.key}", say("attachment", "images", examination=dated)
    if case.pathology.diagnosis not in (None, "none") or case.pathology.histology is not None:
        yield "pathology_report", say("attachment", "pathology_report")
    if making.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        yield "slides", say("attachment", "slides")
        if case.biopsy.frozen_tissue:
            yield "frozen_tissue", say("attachment", "frozen_tissue")
    if case.treatment.earlier_unplanned_surgery or case.resection.performed:
        yield "operation_report", say("attachment", "operation_report")
    if making.kind is Kind.REFERRAL:
        yield "laboratory", say("attachment", "laboratory")
        if not (case.letter.medication or "").strip():
            yield "medication", say("attachment", "medication")


def delivery(making: Making, facts: CaseFacts, imaging: Sequence[ImagingRow]) -> tuple[Fact, ...]:
    """How the images reach the centre: by what, when, confirmed; what is not known is a line to fill in by hand."""
    known = {fact.key: fact for fact in facts.images()}
    if making.kind not in TO_A_CENTRE or not (imaging or known):
        return tuple(known.values())
    blanks = {"images.sent_by": BLANK, "images.sent_on": SHORT_BLANK, "images.received_confirmed": SHORT_BLANK}
    keys = {"images.sent_by": "sent_by", "images.sent_on": "sent_on", "images.received_confirmed": "received"}
    return tuple(
        known.get(path) or Fact(path, making.say("images", keys[path]), blank) for path, blank in blanks.items()
    )
