"""Makes the letter: a pure function of its order. It decides nothing; the plan did."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.papers.kinds import answers_conflict, kinds_for
from desktop_app.papers.letter.attachments import attachments, delivery
from desktop_app.papers.letter.case_facts import CaseFacts
from desktop_app.papers.letter.envelope import envelope
from desktop_app.papers.letter.hasp import hasp_headings
from desktop_app.papers.letter.lesion_picture import lesion_picture
from desktop_app.papers.letter.missing import warnings
from desktop_app.papers.letter.model import TO_A_CENTRE, Core, Footer, Kind, Letter, Named, PlanLine, Recipient, Summary
from desktop_app.papers.letter.plan_lines import (
    alert_lines,
    meanwhile,
    not_to_do,
    plan_lines,
    still_to_do,
    without_left_out,
)
from desktop_app.papers.letter.tissue import tissue
from desktop_app.papers.logo import LogoRefused, checked_logo
from desktop_app.papers.making import BLANK, Making, making_of
from desktop_app.papers.order import LetterOrder
from desktop_app.papers.sender import LetterSettings
from desktop_app.plan.grounds import is_seen_in_centre, why_no_referral
from desktop_app.plan.pathway.model import Pathway
from desktop_app.plan.pathway.reading import pathway_of
from guideline_core.case import Case
from guideline_core.keys import UNCERTAIN, UNDETERMINED

if TYPE_CHECKING:
    pass

FINGERPRINT_LENGTH = 12
READING_PHASES = ("referral", "biopsy")


def compose_letter(order: LetterOrder) -> Letter:
    """Make the letter that was ordered; raises KindNotAllowed for a kind that the plan does not allow."""
    plan, allowed = order.plan, kinds_for(order.plan, order.edition.tables.actions)
    if order.kind is not None and order.kind not in allowed:
        raise KindNotAllowed(order.kind, allowed)
    making = making_of(order)
    facts = CaseFacts(making)
    logo, logo_fault = _logo(making)
    whole = plan_lines(making, plan.recommendations)
    lines = without_left_out(making, whole)
    outside, core = envelope(making, order.recipient, logo), _core(making, facts, lines)
    return Letter(
        kind=making.kind,
        decision=making.decision,
        language=making.phrases.language,
        title=making.say("title", making.wording),
        subtitle=making.say("subtitle", _subtitle(making)),
        document_title=making.say("document_title", making.kind.value),
        envelope=outside,
        patient=facts.patient(),
        patient_line=facts.patient_line(),
        alerts=alert_lines(making, plan.alerts),
        meanwhile=meanwhile(making),
        core=core,
        summary=_summary(making, facts, lines, len(whole) - len(lines)),
        signature=_signature(making),
        footer=footer_of(making),
        headings=_headings(making, outside.recipient),
        warnings=warnings(making, outside, core, logo_fault),
    )


class KindNotAllowed(ValueError):
    """A kind of letter that the plan does not allow, and those that it does."""

    def __init__(self, kind: Kind, allowed: tuple[Kind, ...]) -> None:
        super().__init__(f"{kind.value} is none of {', '.join(each.value for each in allowed)}")
        self.kind = kind
        self.allowed = allowed


def case_fingerprint(case: Case) -> str:
    """A short mark of the answers: two letters with the same mark were made from the same answers. What a letter leaves
    out is no answer, and never travels: who receives the case can make the same mark."""
    content = case.model_dump_json(exclude_none=True, exclude={"letter": {"left_out"}}).encode()
    return hashlib.sha256(content).hexdigest()[:FINGERPRINT_LENGTH]


def _logo(making: Making) -> tuple[bytes | None, str | None]:
    """The logo made ready, or why it cannot be used: a letter without a logo is better than no letter."""
    given = making.settings.sender.logo
    if given is None:
        unreadable = making.settings.sender.logo_unreadable
        return None, making.say("logo_refused", "unreadable") if unreadable else None
    try:
        return checked_logo(given), None
    except LogoRefused as refused:
        return None, making.say("logo_refused", refused.key, limit=str(refused.limit))


def _subtitle(making: Making) -> str:
    if making.kind is Kind.OTHER_GUIDELINE:
        return "metastasis"
    if making.decision == "none" and is_seen_in_centre(making.plan.referral):
        return "in_centre"
    return "lesion" if making.kind in (Kind.NO_REFERRAL_NEEDED, Kind.UNDECIDED) else "tumour"


# --- the core -------------------------------------------------------------------------------------------------------


def _core(making: Making, facts: CaseFacts, lines: Sequence[PlanLine]) -> Core:
    own = (making.case.letter.question or "").strip()
    to_a_centre = making.kind in TO_A_CENTRE
    standard = making.say("question", making.wording) if to_a_centre and not own else None
    imaging = facts.imaging()
    return Core(
        question=own or standard,
        question_is_standard=standard is not None,
        reason=making.say("reason", making.wording, subject=_subject(making, facts)),
        conclusion=_conclusion(making),
        conclusion_grounds=tuple(making.reason(reason) for reason in making.plan.referral.reasons),
        conclusion_sources=making.sources(making.plan.referral.statements),
        context=facts.context(),
        problem=facts.problem(),
        imaging=imaging,
        other_done=facts.other_done(),
        still_to_do=still_to_do(making, lines),
        not_to_do=not_to_do(making, lines),
        tissue=tissue(making, facts),
        told_to_patient=facts.told_to_patient(),
        attachments=attachments(making, imaging, lines),
        images=delivery(making, facts, imaging),
    )


def _subject(making: Making, facts: CaseFacts) -> str:
    """What the letter is about, as far as stated; answers that contradict each other are not repeated as a finding."""
    case, say = making.case, making.say
    in_conflict = answers_conflict(making.plan, making.tables.alerts)
    if making.kind is Kind.OTHER_GUIDELINE:
        return say("subject", "metastasis")
    if case.pathology.histology not in (None, UNCERTAIN):
        return say("subject", "histology", entity=facts.entity(str(case.pathology.histology)))
    if case.lesion.category is not None and not in_conflict:
        return say("subject", case.lesion.category)
    if case.lesion.entity not in (None, UNCERTAIN) and not in_conflict:
        return say("subject", "entity", entity=facts.entity(str(case.lesion.entity)))
    if case.lesion.suspected is False:
        return say("subject", "not_suspected")
    return say("subject", "nothing_stated" if making.plan.scope == UNDETERMINED else "suspected")


def _conclusion(making: Making) -> tuple[str, ...]:
    """What the guideline says on referral, and why when it asks for none."""
    of_letter = making.phrases.find("letter", "conclusion", making.decision)
    sentences = [of_letter or making.phrases.get("plan", "decision", making.decision, "text")]
    because = why_no_referral(making.plan.referral, making.phrases) if making.decision == "none" else None
    return (*sentences, because) if because is not None else tuple(sentences)


# --- the file summary, foot and headings ----------------------------------------------------------------------------


def _summary(making: Making, facts: CaseFacts, lines: Sequence[PlanLine], left_out: int) -> Summary:
    return Summary(
        groups=facts.groups(),
        texts=facts.texts(),
        results=facts.results(),
        plan=tuple(line for line in lines if not (line.facts.said_by_title and line.is_definite)),
        left_out=_left_out(making, left_out),
        readings=_readings(making),
        notes=_notes(making, facts),
        skeleton=lesion_picture(making),
        pathway=_pathway(making, left_out),
    )


def _pathway(making: Making, left_out: int) -> Pathway | None:
    """How far the patient is, for a centre that takes over. It shows the plan as a whole, so not where the sender left
    out some of it; in a letter to the general practitioner every station would say that it is not needed."""
    if left_out or making.kind not in TO_A_CENTRE or making.plan.scope == UNDETERMINED:
        return None
    return pathway_of(making.plan, making.phrases)


def _left_out(making: Making, number: int) -> str | None:
    """That the sender left out some of the plan, and how much: not what, nor why."""
    if not number:
        return None
    return making.say("left_out", "one" if number == 1 else "more", number=str(number))


def _notes(making: Making, facts: CaseFacts) -> tuple[str, ...]:
    notes = [making.say("note", "draft")] if making.plan.guideline.status == "draft" else []
    notes.append(making.say("note", "advice"))
    if facts.names_a_who_entity():
        notes.append(making.say("note", "classification"))
    return tuple(notes)


def _readings(making: Making) -> tuple[Named, ...]:
    """Where the guideline leaves room and much hangs on it: the reading taken for what holds on referral and biopsy."""
    names, language = making.edition.names, making.phrases.language
    firm = (each for each in making.plan.recommendations if each.certainty == "definite")
    used = {name for each in firm if each.phase in READING_PHASES for name in each.interpretations}
    weighty = (name for name in making.plan.interpretations if name in used and names.weight(name) == "high")
    return tuple(Named(name, names.shown(name, language)) for name in weighty)


def _signature(making: Making) -> tuple[str, ...]:
    sender, say = making.settings.sender, making.say
    name = sender.name or say("signature", "name", blank=BLANK)
    lines = (say("signature", "greeting"), say("signature", "sign", blank=BLANK), name, sender.specialty, sender.clinic)
    return tuple(line for line in lines if line)


def footer_of(making: Making) -> Footer:
    """What stands at the foot of each page: edition, its status, case, patient and fingerprints."""
    guideline, say = making.plan.guideline, making.say
    edition, case = guideline.sha256[:FINGERPRINT_LENGTH], case_fingerprint(making.case)
    return Footer(
        patient=CaseFacts(making).name_and_birth(),
        edition=making.edition.names.title(making.phrases.language),
        status=say("footer", "draft" if guideline.status == "draft" else "in_force"),
        notice=say("footer", "no_ce_mark"),
        case_number=say("footer", "case", number=making.settings.number) if making.settings.number else "",
        edition_fingerprint=edition,
        case_fingerprint=case,
        fingerprints=say("footer", "fingerprints", edition=edition, case=case),
        page_pattern=making.phrases.get("letter", "footer", "page"),
    )


HEADING_GROUPS = ("heading", "table", "envelope", "banner", "note", "word")


def _headings(making: Making, recipient: Recipient) -> dict[str, str]:
    """The headings and labels that layout needs: those of HASP by their name (unconfirmed: see `hasp`), others as
    `group.key`. Over the question stands to whom it is put."""
    headings = hasp_headings(making.phrases.language)
    for group in HEADING_GROUPS:
        for key, words in making.phrases.table("letter", group).items():
            headings[f"{group}.{key}"] = words if isinstance(words, str) else words[""]
    headings["heading.question"] = making.say("heading", _asked(making, recipient))
    return headings


def _asked(making: Making, recipient: Recipient) -> str:
    centre = making.settings.centres.get(recipient.key)
    if centre is not None and centre.kind == "advisory":
        return "question_to_committee"
    if making.kind in TO_A_CENTRE:
        return "question"
    is_to_doctor = recipient.key == "general_practitioner"
    return "question_to_general_practitioner" if is_to_doctor else "question_to_nobody"


__all__ = ["KindNotAllowed", "LetterSettings", "case_fingerprint", "compose_letter"]
