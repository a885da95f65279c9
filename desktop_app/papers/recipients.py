"""To whom a letter goes: the centre that plan and kind of letter ask for, or the general practitioner."""

from desktop_app.papers.clean_text import short_line
from desktop_app.papers.kinds import ADVISING
from desktop_app.papers.letter.model import TO_A_CENTRE, Kind, Recipient
from desktop_app.papers.making import BLANK, Making, joined, sentence_case
from desktop_app.papers.sender import Centre
from guideline_core.keys import UNDETERMINED

PRINCESS_MAXIMA = "princess_maxima"
LINE = 100
"""Characters in a typed recipient; what is longer stands whole in the file summary."""


def recipient_of(centre: Centre) -> Recipient:
    """A centre of the directory as the recipient of a letter."""
    return Recipient(centre.key, centre.lines)


def recipient(making: Making, chosen: Recipient | None) -> Recipient:
    """The one that the user chose for this letter, else who follows from the plan."""
    found = chosen or _by_plan(making)
    if making.kind is not Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return found
    return Recipient(found.key, (*found.lines, making.say("envelope", "expert_pathologist")), found.is_known)


def _by_plan(making: Making) -> Recipient:
    if making.kind not in TO_A_CENTRE:
        return _general_practitioner(making)
    if making.kind in ADVISING:
        return _expertise_centre(making)
    match making.plan.referral.destination:
        case "princess_maxima":
            centre = making.settings.centres.get(PRINCESS_MAXIMA)
            name = sentence_case(making.phrases.plan("destination", PRINCESS_MAXIMA))
            return recipient_of(centre) if centre else Recipient(PRINCESS_MAXIMA, (name,))
        case "expertise_centre":
            return _expertise_centre(making)
        case "undetermined" if making.decision != UNDETERMINED:
            fields = joined(making.named_fields(making.plan.referral.depends_on))
            return Recipient(UNDETERMINED, (making.say("envelope", "destination_open", fields=fields),), False)
    return Recipient(UNDETERMINED, (making.say("envelope", "open", blank=BLANK),), False)


def _expertise_centre(making: Making) -> Recipient:
    """The centre that the case names, else the default of the clinic, else a line to fill in."""
    named = making.case.consultation.centre
    if named:
        return Recipient("named", (short_line(named, LINE),))
    if making.settings.centre is not None:
        return recipient_of(making.settings.centre)
    return Recipient("expertise_centre", (making.say("envelope", "centre_to_choose", blank=BLANK),), False)


def _general_practitioner(making: Making) -> Recipient:
    """Who hears that nobody is referred: the general practitioner, or the own record when that is who asks."""
    name = making.case.patient.general_practitioner
    if name:
        return Recipient(
            "general_practitioner", (making.say("envelope", "general_practitioner", name=short_line(name, LINE)),)
        )
    if making.case.setting == "primary_care":
        return Recipient("own_file", (making.say("envelope", "own_file"),))
    words = making.say("envelope", "general_practitioner_unknown", blank=BLANK)
    return Recipient("general_practitioner", (words,), False)
