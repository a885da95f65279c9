"""The envelope of a letter: who writes to whom, and what must be seen first.

The recipient is the centre that plan and kind of letter ask for, or the general practitioner.
"""

from desktop_app.library.sentences import sentence_case
from desktop_app.papers.clean_text import short_line
from desktop_app.papers.correspondents import Recipient, recipient_of
from desktop_app.papers.document import Letterhead
from desktop_app.papers.letter.letter import Envelope
from desktop_app.papers.letter_kinds import ADVISING, TO_A_CENTRE, Kind
from desktop_app.papers.order import BLANK, PaperOrder, joined
from desktop_app.papers.seen_first import seen_first
from guideline_core.keys import UNDETERMINED

PRINCESS_MAXIMA = "princess_maxima"
LETTERHEAD_LINES, LINE, NUMBER = 9, 60, 24
"""Lines, and characters in them; more would push from page 1 what must be seen first."""
RECIPIENT_LINE = 100
"""Characters in a typed recipient; what is longer stands whole in the file summary."""


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
