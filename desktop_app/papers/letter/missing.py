"""What the user should hear before a letter leaves: what is missing in it. Shown on the screen, never printed."""

from collections.abc import Iterator, Sequence

from desktop_app.papers.content import LetterWarning
from desktop_app.papers.letter.hasp import shipped_headings
from desktop_app.papers.letter.letter import Core, Envelope
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, recipients_for
from desktop_app.papers.order import PaperOrder
from desktop_app.papers.plan_lines import may_be_left_out

FILE_FAULTS_TOLD = 5
"""Of each file that a clinic edits."""


def warnings(order: PaperOrder, envelope: Envelope, core: Core, logo_fault: str | None) -> tuple[LetterWarning, ...]:
    """All warnings, the weightiest first."""
    keys = [*_on_decision(order, envelope), *_on_identity(order), *_on_sender(order, envelope)]
    if order.kind in TO_A_CENTRE:
        keys += [*_on_core(order, core), *_on_images(order, core)]
    found = [LetterWarning(key, order.say("warning", key)) for key in keys]
    undated = [row.examination for row in core.imaging if not row.date]
    if undated:
        names = ", ".join(dict.fromkeys(undated))
        found.append(LetterWarning("examination_date", order.say("warning", "examination_date", names=names)))
    for key, faults in (("centres", order.settings.centres_faults), ("headings", shipped_headings().faults)):
        found += (
            LetterWarning(key, order.say("warning", key, fault=fault.message(order.phrases)))
            for fault in faults[:FILE_FAULTS_TOLD]
        )
    if logo_fault is not None:
        found.append(LetterWarning("logo", order.say("warning", "logo", reason=logo_fault)))
    return tuple(found)


def _on_decision(order: PaperOrder, envelope: Envelope) -> Iterator[str]:
    if order.kind is Kind.UNDECIDED:
        yield "undecided"
    if _is_not_by_plan(order, envelope):
        yield "recipient_not_by_plan"
    if not all(may_be_left_out(each.action, order.tables.actions) for each in order.case.letter.left_out or ()):
        yield "left_out_kept"
    if envelope.consult_first is not None and not envelope.consult_first.is_made:
        yield "consult_first_open"
    if envelope.phone_arrangement is not None and not envelope.phone_arrangement.is_made:
        yield "phone_not_arranged"


def _is_not_by_plan(order: PaperOrder, envelope: Envelope) -> bool:
    """Whether the letter goes to a centre of the directory for which plan and kind of letter give no ground."""
    centres = order.settings.centres
    allowed = {centre.key for centre in recipients_for(order.plan, order.kind, centres)}
    return envelope.recipient.key in centres and envelope.recipient.key not in allowed


def _on_identity(order: PaperOrder) -> Iterator[str]:
    patient = order.case.patient
    if not patient.family_name:
        yield "name"
    if patient.birth_date is None:
        yield "birth_date"
    if not patient.bsn and not patient.patient_number:
        yield "identifier"
    if patient.bsn and not order.settings.identity_verified:
        yield "bsn_not_verified"


def _on_sender(order: PaperOrder, envelope: Envelope) -> Iterator[str]:
    sender = order.settings.sender
    needed: Sequence[tuple[str, object]] = (
        ("sender", sender.name),
        ("clinic", sender.clinic),
        ("recipient", envelope.recipient.is_known),
    )
    yield from (key for key, given in needed if not given)


def _on_core(order: PaperOrder, core: Core) -> Iterator[str]:
    if core.question_is_standard:
        yield "question_standard"
    if not order.case.letter.told_to_patient:
        yield "told_to_patient"


def _on_images(order: PaperOrder, core: Core) -> Iterator[str]:
    """A letter without its images is no use to a centre."""
    images = order.case.images
    if not core.imaging:
        return
    if not images.sent_by:
        yield "images_way"
    if images.sent_on is None:
        yield "images_date"
    if not images.received_confirmed:
        yield "images_not_confirmed"
