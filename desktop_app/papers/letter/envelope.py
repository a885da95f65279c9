"""The envelope of a letter: sender, recipient, and the three things that must be seen first: urgency, phone, biopsy."""

from desktop_app.papers.clean_text import short_line
from desktop_app.papers.kinds import ADVISING, speaks_against_tissue
from desktop_app.papers.letter.model import TO_A_CENTRE, Arrangement, Envelope, Letterhead, Marked, Recipient, Tone
from desktop_app.papers.making import BLANK, SHORT_BLANK, Making, joined, sentence_case
from desktop_app.papers.recipients import recipient
from guideline_core.keys import UNDETERMINED

LETTERHEAD_LINES, LINE, CONTACT, NUMBER = 9, 60, 60, 24
"""Lines, and characters in them; more would push from page 1 what must be seen first."""


def envelope(making: Making, chosen: Recipient | None, logo: bytes | None) -> Envelope:
    """The envelope; a recipient that the user chose for this letter goes before all others."""
    to_a_centre = making.kind in TO_A_CENTRE
    needed = making.plan.referral.by_phone is True
    return Envelope(
        letterhead=_letterhead(making, logo),
        sender=_sender(making),
        recipient=recipient(making, chosen),
        date=making.phrases.date(making.today),
        case_number=short_line(making.settings.number, NUMBER),
        urgency=_urgency(making) if to_a_centre else None,
        phone=_phone(making) if to_a_centre else None,
        phone_arrangement=_phone_arrangement(making) if to_a_centre and needed else None,
        consult_first=_consult_first(making) if to_a_centre else None,
        biopsy=_biopsy(making) if to_a_centre else None,
    )


# --- who writes -----------------------------------------------------------------------------------------------------


def _letterhead(making: Making, logo: bytes | None) -> Letterhead:
    sender = making.settings.sender
    lines = [*sender.letterhead, *sender.address.splitlines()][: LETTERHEAD_LINES - 1]
    if sender.phone:
        lines.append(making.say("envelope", "phone", number=sender.phone))
    return Letterhead(
        short_line(sender.clinic, LINE), tuple(short_line(line, LINE) for line in lines if line.strip()), logo
    )


def _sender(making: Making) -> tuple[str, ...]:
    """Name, specialty, numbers and clinic of the doctor, each on its line."""
    sender = making.settings.sender
    given = {"big": sender.big, "agb": sender.agb, "uzi": sender.uzi}
    big, agb, uzi = (making.say("envelope", key, number=value) if value else "" for key, value in given.items())
    lines = (sender.name, sender.specialty, sender.clinic, " · ".join(filter(None, (big, agb))), uzi)
    return tuple(short_line(line, LINE) for line in lines if line.strip())


# --- what must be seen first ----------------------------------------------------------------------------------------


def _urgency(making: Making) -> Marked:
    urgency = making.plan.referral.urgency or "none"
    tones = {"urgent": Tone.STOP, UNDETERMINED: Tone.CAUTION}
    return Marked(urgency, sentence_case(making.phrases.plan("urgency", urgency)), tones.get(urgency, Tone.CALM))


def _phone(making: Making) -> Marked:
    by_phone = making.plan.referral.by_phone
    if by_phone is True:
        return Marked("needed", making.say("banner", "phone_needed"), Tone.STOP)
    if by_phone != UNDETERMINED and _has_stop_alert(making):
        # A stop alert says whom to call when; "phoning is not required" beside it would be read as an all-clear.
        return Marked("see_alert", making.say("banner", "see_alert"), Tone.CAUTION)
    key = UNDETERMINED if by_phone == UNDETERMINED else "false"
    tone = Tone.CAUTION if by_phone == UNDETERMINED else Tone.CALM
    return Marked(key, sentence_case(making.phrases.plan("by_phone", key)), tone)


def _has_stop_alert(making: Making) -> bool:
    return any(alert.severity == "stop" for alert in making.plan.alerts)


def _agreed(making: Making) -> tuple[str | None, str | None]:
    """With whom in the centre, and on which day, as the case has it."""
    consultation = making.case.consultation
    contact = short_line(consultation.contact or "", CONTACT) or None
    return contact, making.phrases.date(consultation.date) if consultation.date else None


def _phone_arrangement(making: Making) -> Arrangement:
    """With the receiving centre; the contact of the case is one of an expertise centre, not of the Princess Máxima."""
    to_expertise_centre = making.kind in ADVISING or making.plan.referral.destination == "expertise_centre"
    with_whom, on = _agreed(making) if to_expertise_centre else (None, None)
    return _arrangement(making, "arranged", with_whom, on)


def _consult_first(making: Making) -> Arrangement | None:
    """The consultation of an expertise centre before a child is referred; also while that is open. A letter that asks
    an expertise centre is that consultation."""
    if making.kind in ADVISING or making.plan.referral.consult_expertise_centre_first is not True:
        return None
    return _arrangement(making, "consulted", *_agreed(making))


def _arrangement(making: Making, key: str, with_whom: str | None, on: str | None) -> Arrangement:
    text = making.say("banner", key, with_whom=with_whom or BLANK, on=on or SHORT_BLANK)
    return Arrangement(True, text, with_whom, on)


def _alerts_on_tissue(making: Making) -> tuple[str, ...]:
    """The alerts that the reader must know of a biopsy that was done, in the order of the edition."""
    sure = [alert.id for alert in making.plan.alerts if alert.certainty == "definite"]
    return tuple(name for name, facts in making.tables.alerts.items() if facts.told_with_tissue_taken and name in sure)


def _biopsy(making: Making) -> Marked:
    """What holds for a biopsy: the safest of what the plan lists."""
    say, biopsy = making.say, making.case.biopsy
    if biopsy.status == "performed":
        day = making.phrases.date(biopsy.date) if biopsy.date else None
        text = say("biopsy", "performed_on", date=day) if day else say("biopsy", "performed")
        remarks = "; ".join(say("biopsy", name) for name in _alerts_on_tissue(making))
        return Marked("performed", text, Tone.CAUTION if remarks else Tone.CALM, sentence_case(remarks) or None)
    advice, actions = making.plan.recommendations, making.tables.actions
    listed = {each.verdict: each for each in advice if actions[each.action].takes_tissue}
    warned = {each.verdict for each in advice if speaks_against_tissue(each.action, actions)}
    if "do_not" in warned:
        return Marked("not_before_consultation", say("biopsy", "not_before_consultation"), Tone.STOP)
    perform = listed.get("do")
    if perform is not None and perform.waits_for:
        awaited = joined(making.named_actions(perform.waits_for))
        return Marked("waits", say("biopsy", "waits"), Tone.STOP, say("biopsy", "waits_for", actions=awaited))
    if "in_principle_not" in listed:
        return Marked("as_a_rule_not", say("biopsy", "as_a_rule_not"), Tone.STOP)
    if perform is not None:
        return Marked("with_centre", say("biopsy", "with_centre"), Tone.CAUTION)
    return Marked("not_planned", say("biopsy", "not_planned"), Tone.CALM)
