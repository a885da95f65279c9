"""What goes with a letter to a centre: attachments to tick off, what is missing, how the images reach the centre."""

from collections.abc import Iterator, Sequence

from desktop_app.library.sentences import sentence_case
from desktop_app.papers.blocks import Fact
from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.content import ImagingRow, PlanLine
from desktop_app.papers.letter.letter import Attachment
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind
from desktop_app.papers.order import BLANK, SHORT_BLANK, PaperOrder


def attachments(order: PaperOrder, imaging: Sequence[ImagingRow], lines: Sequence[PlanLine]) -> tuple[Attachment, ...]:
    """The attachments of a letter to a centre: first what exists, to be ticked off, then what is missing. What the
    centre itself makes is not missing."""
    if order.kind not in TO_A_CENTRE:
        return ()
    to_tick = [Attachment(key, name, order.say("word", "box")) for key, name in _existing(order, imaging)]
    missing = [
        Attachment(line.action, sentence_case(line.name), order.say("attachment", "missing"), is_missing=True)
        for line in lines
        if line.facts.sent_with_letter
        and line.is_definite
        and line.verdict in ("do", "prefer")
        and line.progress != "done"
    ]
    return (*to_tick, *missing)


def _existing(order: PaperOrder, imaging: Sequence[ImagingRow]) -> Iterator[tuple[str, str]]:
    case, say = order.case, order.say
    for row in imaging:
        dated = f"{row.examination} ({row.date})" if row.date else row.examination
        yield f"imaging.{row.key}", say("attachment", "images", examination=dated)
    if case.pathology.diagnosis not in (None, "none") or case.pathology.histology is not None:
        yield "pathology_report", say("attachment", "pathology_report")
    if order.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        yield "slides", say("attachment", "slides")
        if case.biopsy.frozen_tissue:
            yield "frozen_tissue", say("attachment", "frozen_tissue")
    if case.treatment.earlier_unplanned_surgery or case.resection.performed:
        yield "operation_report", say("attachment", "operation_report")
    if order.kind is Kind.REFERRAL:
        yield "laboratory", say("attachment", "laboratory")
        if not (case.letter.medication or "").strip():
            yield "medication", say("attachment", "medication")


def delivery(order: PaperOrder, facts: CaseFacts, imaging: Sequence[ImagingRow]) -> tuple[Fact, ...]:
    """How the images reach the centre: by what, when, confirmed; what is not known is a line to fill in by hand."""
    known = {fact.key: fact for fact in facts.images()}
    if order.kind not in TO_A_CENTRE or not (imaging or known):
        return tuple(known.values())
    blanks = {"images.sent_by": BLANK, "images.sent_on": SHORT_BLANK, "images.received_confirmed": SHORT_BLANK}
    keys = {"images.sent_by": "sent_by", "images.sent_on": "sent_on", "images.received_confirmed": "received"}
    return tuple(
        known.get(path) or Fact(path, order.say("images", keys[path]), blank) for path, blank in blanks.items()
    )
