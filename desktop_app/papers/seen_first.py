"""What must be seen first of a case: how urgent it is, whether to phone, whom to consult first, and the biopsy; and
what the lesion is on imaging and under the microscope, with whether that was reviewed."""

from dataclasses import dataclass, replace
from typing import Literal

from desktop_app.library.clean_text import short_line
from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.papers.blocks import Tone
from desktop_app.papers.content import Arrangement, Marked
from desktop_app.papers.letter_kinds import ADVISING, TO_A_CENTRE, speaks_against_tissue
from desktop_app.papers.order import BLANK, SHORT_BLANK, PaperOrder, joined
from guideline_core.keys import UNCERTAIN, UNDETERMINED
from guideline_core.tissue_answers import REVIEWED

CONTACT = 60
"""Characters in the name of a contact; more would push from page 1 what must be seen first."""


@dataclass(frozen=True, slots=True)
class SeenFirst:
    """What stands at the top of a letter and of the sheet for the meeting; nothing where nobody is referred."""

    urgency: Marked | None = None
    phone: Marked | None = None
    phone_arrangement: Arrangement | None = None
    consult_first: Arrangement | None = None
    biopsy: Marked | None = None


def seen_first(order: PaperOrder) -> SeenFirst:
    """What must be seen first of this plan."""
    if order.kind not in TO_A_CENTRE:
        return SeenFirst()
    arrangement = _phone_arrangement(order) if _is_phoned(order) else None
    return SeenFirst(
        urgency=_urgency(order),
        phone=_phone(order, arrangement),
        phone_arrangement=arrangement,
        consult_first=_consult_first(order),
        biopsy=_biopsy(order),
    )


def _urgency(order: PaperOrder) -> Marked:
    urgency = order.plan.referral.urgency or "none"
    tones = {"urgent": Tone.STOP, UNDETERMINED: Tone.CAUTION}
    return Marked(urgency, order.say("urgency", urgency), tones.get(urgency, Tone.CALM))


def _phone(order: PaperOrder, arrangement: Arrangement | None) -> Marked:
    """What was agreed by phone, or that it is still to be filled in; where nobody has to phone, that."""
    if arrangement is not None:
        is_done = order.case.consultation.arranged_by_phone is True
        key = "done" if is_done else "needed"
        return Marked(key, order.say("banner", f"phone_{key}"), Tone.CALM if is_done else Tone.STOP)
    key = UNDETERMINED if order.plan.referral.by_phone == UNDETERMINED else "false"
    tone = Tone.CAUTION if key == UNDETERMINED else Tone.CALM
    return Marked(key, order.say("banner", f"phone_{key}"), tone)


def _is_phoned(order: PaperOrder) -> bool:
    """Whether there is something to phone about: the referral, or an alert that says stop."""
    by_phone = order.plan.referral.by_phone
    return by_phone is True or (by_phone != UNDETERMINED and _has_stop_alert(order))


def _has_stop_alert(order: PaperOrder) -> bool:
    return any(alert.severity == "stop" for alert in order.plan.alerts)


def _agreed(order: PaperOrder) -> tuple[str | None, str | None]:
    """With whom in the centre, and on which day, as the case has it."""
    consultation = order.case.consultation
    contact = short_line(consultation.contact or "", CONTACT) or None
    return contact, order.phrases.date(consultation.date) if consultation.date else None


def _phone_arrangement(order: PaperOrder) -> Arrangement:
    """With the receiving centre, where it was answered that it was phoned; the contact of the case is one of an
    expertise centre, not of the Princess Máxima, and an advice is no call about a referral."""
    to_expertise_centre = order.kind in ADVISING or order.plan.referral.destination == "expertise_centre"
    is_phoned = order.case.consultation.arranged_by_phone is True
    with_whom, on = _agreed(order) if to_expertise_centre and is_phoned else (None, None)
    return _arrangement(order, "arranged", with_whom, on)


def _consult_first(order: PaperOrder) -> Arrangement | None:
    """The consultation of an expertise centre before a child is referred; also while that is open. A letter that asks
    an expertise centre is that consultation."""
    if order.kind in ADVISING or order.plan.referral.consult_expertise_centre_first is not True:
        return None
    return _arrangement(order, "consulted", *_agreed(order))


def _arrangement(order: PaperOrder, key: str, with_whom: str | None, on: str | None) -> Arrangement:
    text = order.say("banner", key, with_whom=with_whom or BLANK, on=on or SHORT_BLANK)
    return Arrangement(True, text, with_whom, on)


def _alerts_on_tissue(order: PaperOrder) -> tuple[str, ...]:
    """The alerts that the reader must know of a biopsy that was done, in the order of the edition."""
    sure = [alert.id for alert in order.plan.alerts if alert.certainty == "definite"]
    return tuple(name for name, facts in order.tables.alerts.items() if facts.told_with_tissue_taken and name in sure)


def _biopsy(order: PaperOrder) -> Marked:
    """What holds for a biopsy: that it was done, or, of one that is considered, the safest of what the plan lists. Of a
    second one that is said, and that the first was done stands beside it."""
    if order.case.biopsy.status != "performed":
        return _considered_biopsy(order, "biopsy")
    performed = _performed_biopsy(order)
    second = _considered_biopsy(order, "second_biopsy") if order.second_biopsy_considered else None
    if second is None or second.key in ("not_planned", "not_stated"):
        return performed
    beside = filter(None, (second.detail, performed.text, inside_a_sentence(performed.detail or "")))
    return replace(second, detail="; ".join(beside))


def _performed_biopsy(order: PaperOrder) -> Marked:
    date = order.case.biopsy.date
    text = (
        order.say("biopsy", "performed_on", date=order.phrases.date(date)) if date else order.say("biopsy", "performed")
    )
    remarks = "; ".join(order.say("biopsy", name) for name in _alerts_on_tissue(order))
    return Marked("performed", text, Tone.CAUTION if remarks else Tone.CALM, sentence_case(remarks) or None)


def _considered_biopsy(order: PaperOrder, words: str) -> Marked:
    """The safest of what the plan lists, in the words for a first or a second biopsy."""
    advice, actions = order.plan.recommendations, order.tables.actions
    listed = {each.verdict: each for each in advice if actions[each.action].takes_tissue}
    warned = {each.verdict for each in advice if speaks_against_tissue(each.action, actions)}
    if "do_not" in warned:
        return _not_before_consultation(order, words)
    perform = listed.get("do")
    if perform is not None and perform.waits_for:
        awaited = order.say("biopsy", "waits_for", actions=joined(order.named_actions(perform.waits_for)))
        return Marked("waits", order.say(words, "waits"), Tone.STOP, awaited)
    unless = listed.get("in_principle_not")
    if unless is not None and unless.certainty == "definite":
        return Marked("as_a_rule_not", order.say(words, "as_a_rule_not"), Tone.STOP)
    if perform is not None:
        return Marked("with_centre", order.say(words, "with_centre"), Tone.CAUTION)
    key = "not_planned" if order.case.biopsy.status == "not_considered" else "not_stated"
    return Marked(key, order.say("biopsy", key), Tone.CALM)


def _not_before_consultation(order: PaperOrder, words: str) -> Marked:
    """That nobody takes tissue before a centre gave advice, beside what was answered of it."""
    rule = order.say(words, "not_before_consultation")
    if words == "biopsy" and order.has_tissue:
        return Marked("not_before_consultation", order.say("biopsy", "none_more_before_consultation"), Tone.STOP)
    if words == "biopsy" and order.case.biopsy.status == "not_considered":
        return Marked("not_before_consultation", order.say("biopsy", "not_planned"), Tone.CAUTION, rule)
    return Marked("not_before_consultation", rule, Tone.STOP)


def is_reviewed(order: PaperOrder) -> bool:
    """Whether an expertise centre or the national committee established what the microscope shows."""
    return order.case.pathology.diagnosis in REVIEWED


def image_and_tissue(order: PaperOrder, image: str | None, words: Literal["tissue", "tissue_in_short"]) -> str | None:
    """Both, as they stand inside a sentence: "op beeld …; weefsel …, niet herbeoordeeld". None without a histology."""
    histology = order.case.pathology.histology
    if histology is None:
        return None
    said = [order.say("lesion", "image", name=image)] if image else []
    name = inside_a_sentence(order.entity(histology))
    return "; ".join([*said, order.say("lesion", words, _review(order), name=name)])


def image_named(order: PaperOrder) -> str | None:
    """The tumour that the image shows, inside a sentence; while none is named, its category; None without either."""
    lesion = order.case.lesion
    if lesion.entity not in (None, UNCERTAIN):
        return inside_a_sentence(order.entity(str(lesion.entity)))
    if lesion.category is not None:
        return inside_a_sentence(order.value("lesion.category", lesion.category))
    return None if lesion.entity is None else order.entity(UNCERTAIN)


def _review(order: PaperOrder) -> str:
    if is_reviewed(order):
        return "reviewed"
    outside = order.case.pathology.diagnosis == "outside_expertise_centre"
    return "not_reviewed" if outside else "review_not_stated"
