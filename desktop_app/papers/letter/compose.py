"""Makes the letter of an order and of the logo whose file the order names. It decides nothing; the plan did.

The envelope says who writes to whom, and what must be seen first; the recipient is the centre that plan and kind of
letter ask for, or the general practitioner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.library.clean_text import short_line
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import sentence_case
from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.content import FactGroup, Named, PlanLine
from desktop_app.papers.correspondents import Recipient, recipient_of
from desktop_app.papers.document import Letterhead
from desktop_app.papers.footer import footer_of
from desktop_app.papers.lesion_picture import lesion_picture
from desktop_app.papers.letter.core import core_of
from desktop_app.papers.letter.hasp import hasp_headings
from desktop_app.papers.letter.letter import Core, Envelope, Letter, Summary
from desktop_app.papers.letter.missing import warnings
from desktop_app.papers.letter_kinds import ADVISING, TO_A_CENTRE, Kind
from desktop_app.papers.logo import LogoRefused, logo_of
from desktop_app.papers.order import BLANK, PaperOrder, joined
from desktop_app.papers.plan_lines import meanwhile, plan_lines, told_alerts, without_left_out
from desktop_app.papers.seen_first import is_reviewed, seen_first
from desktop_app.plan.grounds import is_seen_in_centre
from desktop_app.plan.pathway.model import Pathway
from desktop_app.plan.pathway.reading import pathway_of
from guideline_core.keys import UNCERTAIN, UNDETERMINED

IN_CENTRE = "in_centre"
"""The words of a message about a patient who is in the centre already: nobody is referred, for nobody need be."""
READING_PHASES = ("referral", "biopsy")
PRINCESS_MAXIMA = "princess_maxima"
LETTERHEAD_LINES, LINE, NUMBER = 9, 60, 24
"""Lines, and characters in them; more would push from page 1 what must be seen first."""
RECIPIENT_LINE = 100
"""Characters in a typed recipient; what is longer stands whole in the file summary."""


def compose_letter(order: PaperOrder) -> Letter:
    """Make the letter that was ordered; raises KindNotAllowed for a kind that the plan does not allow."""
    plan = order.plan
    if order.kind not in order.kinds:
        raise KindNotAllowed(order.kind, order.kinds)
    facts = CaseFacts(order)
    logo, logo_fault = _logo(order)
    whole = plan_lines(order, plan.recommendations)
    lines = without_left_out(order, whole)
    outside, core, about = envelope(order, logo), core_of(order, facts, lines), _subtitle(order)
    return Letter(
        kind=order.kind,
        decision=order.decision,
        language=order.phrases.language,
        title=order.say("title", about if about == IN_CENTRE else order.wording),
        subtitle=order.say("subtitle", about),
        document_title=order.say("document_title", order.kind.value),
        envelope=outside,
        patient=facts.patient(),
        patient_line=facts.patient_line(),
        alerts=told_alerts(order, plan.alerts),
        meanwhile=meanwhile(order),
        core=core,
        summary=_summary(order, facts, core, lines, len(whole) - len(lines)),
        signature=_signature(order),
        footer=footer_of(order),
        headings=_headings(order, outside.recipient),
        warnings=warnings(order, outside, core, logo_fault),
        with_plan=order.settings.with_plan,
    )


class KindNotAllowed(ValueError):
    """A kind of letter that the plan does not allow, and those that it does."""

    key = "kind_not_allowed"

    def __init__(self, kind: Kind, allowed: tuple[Kind, ...]) -> None:
        super().__init__(f"{kind.value} is none of {', '.join(each.value for each in allowed)}")
        self.kind = kind
        self.allowed = allowed

    @property
    def details(self) -> Mapping[str, str]:
        """The kind that was asked for, and those that are allowed."""
        return {"kind": self.kind, "allowed": ", ".join(self.allowed)}

    def message(self, phrases: Phrases) -> str:
        """Which kinds of letter the plan allows, in words."""
        return phrases.get("command_line", "message", self.key).format_map(self.details)


def _logo(order: PaperOrder) -> tuple[bytes | None, str | None]:
    """The logo made ready, or why it cannot be used: a letter without a logo is better than no letter."""
    file = order.settings.sender.logo
    if file is None:
        return None, None
    try:
        return logo_of(file), None
    except LogoRefused as refused:
        return None, refused.message(order.phrases)


def _subtitle(order: PaperOrder) -> str:
    if order.kind is Kind.OTHER_GUIDELINE:
        return "metastasis"
    if order.decision == "none" and is_seen_in_centre(order.plan.referral):
        return IN_CENTRE
    if order.kind in (Kind.NO_REFERRAL_NEEDED, Kind.UNDECIDED):
        return "lesion"
    if is_reviewed(order) and order.case.pathology.histology not in (None, UNCERTAIN):
        return "established"
    return "origin_open" if order.case.lesion.origin == UNCERTAIN else "tumour"


# --- the file summary, foot and headings ----------------------------------------------------------------------------


def _summary(order: PaperOrder, facts: CaseFacts, core: Core, lines: Sequence[PlanLine], left_out: int) -> Summary:
    """What the core does not say yet."""
    return Summary(
        groups=_groups(facts, core),
        texts=tuple(text for text in facts.texts() if text not in core.own_words),
        results=facts.results(),
        plan=tuple(line for line in lines if not (line.facts.said_by_title and line.is_definite)),
        left_out=_left_out(order, left_out),
        readings=_readings(order),
        notes=_notes(order, facts),
        skeleton=lesion_picture(order),
        pathway=_pathway(order, left_out),
    )


def _groups(facts: CaseFacts, core: Core) -> tuple[FactGroup, ...]:
    """The groups of facts, without what the core says of the tissue."""
    rest = ((group, tuple(each for each in group.facts if each not in core.tissue)) for group in facts.groups())
    return tuple(replace(group, facts=left) for group, left in rest if left)


def _pathway(order: PaperOrder, left_out: int) -> Pathway | None:
    """How far the patient is, for a centre that takes over. It shows the plan as a whole, so not where the sender left
    out some of it; in a letter to the general practitioner every station would say that it is not needed."""
    if left_out or order.kind not in TO_A_CENTRE or order.plan.scope == UNDETERMINED:
        return None
    return pathway_of(order.plan, order.phrases)


def _left_out(order: PaperOrder, number: int) -> str | None:
    """That the sender left out some of the plan, and how much: not what, nor why."""
    if not number:
        return None
    return order.say("left_out", "one" if number == 1 else "more", number=str(number))


def _notes(order: PaperOrder, facts: CaseFacts) -> tuple[str, ...]:
    notes = [order.say("note", "draft")] if order.plan.guideline.status == "draft" else []
    notes.append(order.say("note", "advice"))
    if facts.names_a_who_entity():
        notes.append(order.say("note", "classification"))
    return tuple(notes)


def _readings(order: PaperOrder) -> tuple[Named, ...]:
    """Where the guideline leaves room and much hangs on it: the reading taken for what holds on referral and biopsy."""
    names, language = order.edition.names, order.phrases.language
    firm = (each for each in order.plan.recommendations if each.certainty == "definite")
    used = {name for each in firm if each.phase in READING_PHASES for name in each.interpretations}
    weighty = (name for name in order.plan.interpretations if name in used and names.weight(name) == "high")
    return tuple(Named(name, names.shown(name, language)) for name in weighty)


def _signature(order: PaperOrder) -> tuple[str, ...]:
    sender, say = order.settings.sender, order.say
    name = sender.name or say("signature", "name", blank=BLANK)
    signed = ", ".join(part for part in (name, sender.specialty) if part)
    return (say("signature", "greeting"), say("signature", "sign", blank=BLANK), signed)


HEADING_GROUPS = ("heading", "table", "envelope", "banner", "note", "word", "signature")


def _headings(order: PaperOrder, recipient: Recipient) -> dict[str, str]:
    """The headings and labels that layout needs: those of HASP by their name (unconfirmed: see `hasp`), others as
    `group.key`. Over the question stands to whom it is put."""
    headings = hasp_headings(order.phrases.language)
    for group in HEADING_GROUPS:
        for key in order.phrases.table("letter", group):
            headings[f"{group}.{key}"] = order.phrases.get("letter", group, key)
    headings["heading.question"] = order.say("heading", _asked(order, recipient))
    return headings


def _asked(order: PaperOrder, recipient: Recipient) -> str:
    centre = order.settings.centres.get(recipient.key)
    if centre is not None and centre.kind == "advisory":
        return "question_to_committee"
    if order.kind in TO_A_CENTRE:
        return "question"
    is_to_doctor = recipient.key == "general_practitioner"
    return "question_to_general_practitioner" if is_to_doctor else "question_to_nobody"


# --- the envelope: who writes to whom, and what must be seen first ----------------------------------------------------


def envelope(order: PaperOrder, logo: bytes | None) -> Envelope:
    """The envelope of the letter that was ordered."""
    first = seen_first(order)
    return Envelope(
        letterhead=_letterhead(order, logo),
        sender=_sender(order),
        recipient=_recipient(order),
        date=order.phrases.date(order.today),
        case_number=short_line(order.settings.number, NUMBER),
        urgency=first.urgency,
        phone=first.phone,
        phone_arrangement=first.phone_arrangement,
        consult_first=first.consult_first,
        biopsy=first.biopsy,
        other_day=order.other_day,
    )


# --- who writes -----------------------------------------------------------------------------------------------------


def _letterhead(order: PaperOrder, logo: bytes | None) -> Letterhead:
    sender = order.settings.sender
    lines = [*sender.letterhead, *sender.address.splitlines()][: LETTERHEAD_LINES - 1]
    if sender.phone:
        lines.append(order.say("envelope", "phone", number=sender.phone))
    return Letterhead(
        short_line(sender.clinic, LINE), tuple(short_line(line, LINE) for line in lines if line.strip()), logo
    )


def _sender(order: PaperOrder) -> tuple[str, ...]:
    """Name, specialty and numbers of the doctor, each on its line; the clinic stands in the letterhead above."""
    sender = order.settings.sender
    given = {"big": sender.big, "agb": sender.agb, "uzi": sender.uzi}
    big, agb, uzi = (order.say("envelope", key, number=value) if value else "" for key, value in given.items())
    lines = (sender.name, sender.specialty, " · ".join(filter(None, (big, agb))), uzi)
    return tuple(short_line(line, LINE) for line in lines if line.strip())


# --- to whom --------------------------------------------------------------------------------------------------------


def _recipient(order: PaperOrder) -> Recipient:
    """The one that the user chose for this letter, else who follows from the plan."""
    found = order.recipient or _by_plan(order)
    if order.kind is not Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return found
    return Recipient(found.key, (*found.lines, order.say("envelope", "expert_pathologist")), found.is_known)


def _by_plan(order: PaperOrder) -> Recipient:
    if order.kind not in TO_A_CENTRE:
        return _general_practitioner(order)
    if order.kind in ADVISING:
        return _expertise_centre(order)
    match order.plan.referral.destination:
        case "princess_maxima":
            centre = order.settings.centres.get(PRINCESS_MAXIMA)
            name = sentence_case(order.phrases.plan("destination", PRINCESS_MAXIMA))
            return recipient_of(centre) if centre else Recipient(PRINCESS_MAXIMA, (name,))
        case "expertise_centre":
            return _expertise_centre(order)
        case "undetermined" if order.decision != UNDETERMINED:
            fields = joined(order.named_fields(order.plan.referral.depends_on))
            return Recipient(UNDETERMINED, (order.say("envelope", "destination_open", fields=fields),), False)
    return Recipient(UNDETERMINED, (order.say("envelope", "open", blank=BLANK),), False)


def _expertise_centre(order: PaperOrder) -> Recipient:
    """The centre that the case names, else the default of the clinic, else a line to fill in."""
    named = order.case.consultation.centre
    if named:
        return Recipient("named", (short_line(named, RECIPIENT_LINE),))
    if order.settings.centre is not None:
        return recipient_of(order.settings.centre)
    return Recipient("expertise_centre", (order.say("envelope", "centre_to_choose", blank=BLANK),), False)


def _general_practitioner(order: PaperOrder) -> Recipient:
    """Who hears that nobody is referred: the general practitioner, or the own record when that is who asks."""
    name = order.case.patient.general_practitioner
    if name:
        return Recipient(
            "general_practitioner",
            (order.say("envelope", "general_practitioner", name=short_line(name, RECIPIENT_LINE)),),
        )
    if order.case.setting == "primary_care":
        return Recipient("own_file", (order.say("envelope", "own_file"),))
    words = order.say("envelope", "general_practitioner_unknown", blank=BLANK)
    return Recipient("general_practitioner", (words,), False)
