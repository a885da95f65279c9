"""What the full screen says of one case, in words and without looks. No Qt.

Decision, pathway and what speaks for and against are those of the sheet for the meeting. It is composed of a case from
which the identity was taken out, so that no text here can name the patient; who it is, is asked apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.library.sentences import sentence_case
from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.skeleton.figure import figure
from desktop_app.looks.skeleton.picture import compact_picture, region_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.papers.blocks import Tone
from desktop_app.papers.lesion_picture import bones_of_region, other_bones
from desktop_app.papers.meeting_sheet.options import Option
from desktop_app.papers.meeting_sheet.sheet import MeetingSheet, compose_meeting_sheet
from desktop_app.papers.order import PaperOrder, joined
from desktop_app.plan.changes import is_referral_open
from desktop_app.plan.pathway.model import Pathway
from guideline_core.case import Case, Patient
from guideline_core.keys import UNDETERMINED
from guideline_core.plan import OpenQuestion, Plan

EFFECTS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of the decision: its heading, what holds, and what more is to be known of it."""

    heading: str
    text: str
    detail: str = ""
    tone: Tone = Tone.CALM


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that is open and matters: its field, the question, and what the answer can change."""

    path: str
    question: str
    effects: str = ""


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """One case on the screen of a meeting."""

    lesion: str
    person: str
    """Age and sex, as far as they are known: what a decision needs, not who it is."""
    cells: tuple[Cell, ...]
    certainty: str
    is_certain: bool
    frames: tuple[Cell, ...]
    """That the plan is not of today; alerts that say stop, and what to do until all is clear."""
    pathway: Pathway
    skeleton: Picture
    place: str
    """The bone in words, or that none was chosen."""
    unknowns: tuple[Unknown, ...]
    """The most useful question first."""
    options: tuple[Option, ...]


def meeting_content(order: PaperOrder, skeleton: Picture) -> MeetingContent:
    """What the screen says of this case and its full plan; `skeleton` is the picture of its bone."""
    unnamed = replace(order, case=without_identity(order))
    sheet = compose_meeting_sheet(unnamed)
    is_certain = not is_referral_open(order.plan.referral)
    return MeetingContent(
        lesion=sheet.title,
        person=sheet.patient_line,
        cells=tuple(_cells(sheet, order)),
        certainty=_certainty(order, is_certain),
        is_certain=is_certain,
        frames=tuple(_frames(sheet, order)),
        pathway=sheet.pathway,
        skeleton=skeleton,
        place=_place(unnamed, skeleton),
        unknowns=tuple(_unknowns(order)),
        options=sheet.options,
    )


def identity_line(order: PaperOrder) -> str:
    """Who the patient is: name, birth date with age, and sex."""
    number = order.case.patient.patient_number or ""
    line = compose_meeting_sheet(order).patient_line
    return line if not number or number in line else f"{line} · {number}"


def say(order: PaperOrder, key: str, **details: str) -> str:
    """A phrase of the full screen, filled in."""
    return order.phrases.get("meeting", key).format(**details)


# --- without identity -------------------------------------------------------------------------------------------------


def without_identity(order: PaperOrder) -> Case:
    """The case with nothing of its patient but age and sex."""
    known = (("age_years", order.age), ("sex", order.case.patient.sex))
    given = {key: value for key, value in known if value is not None}
    return order.case.model_copy(update={"patient": Patient(**given)})


# --- decision ---------------------------------------------------------------------------------------------------------


def _cells(sheet: MeetingSheet, order: PaperOrder) -> Iterator[Cell]:
    """Urgency, referral with phone, biopsy: as on page 1 of the letter."""
    heading = sentence_case(order.phrases.heading("referral"))
    if not sheet.marks:
        yield Cell(heading, sheet.decision, _why_none(order))
        return
    (urgency_heading, urgency), (_, phone), (biopsy_heading, biopsy) = sheet.marks
    how = ". ".join(part.rstrip(".") for part in (sheet.consult_first, phone.text) if part)
    yield Cell(urgency_heading, urgency.text, urgency.detail or "", urgency.tone)
    yield Cell(heading, sheet.decision, how)
    yield Cell(biopsy_heading, biopsy.text, biopsy.detail or "", biopsy.tone)


def _why_none(order: PaperOrder) -> str:
    """Which other guideline it is, or what it means that nobody is referred."""
    other = order.plan.other_guideline
    if order.plan.scope == "other_guideline" and other not in (None, UNDETERMINED):
        return order.phrases.action_sentence(f"refer.other_guideline_{other}", "inform")
    return order.phrases.get("plan", "decision", order.plan.referral.decision, "text")


def _certainty(order: PaperOrder, is_certain: bool) -> str:
    if is_certain:
        return say(order, "certain")
    fields = joined(order.named_fields(order.plan.referral.depends_on))
    return say(order, "depends", fields=fields)


def _frames(sheet: MeetingSheet, order: PaperOrder) -> Iterator[Cell]:
    day = order.other_day
    if day is not None:
        yield Cell(day.title, day.text, "", Tone.CAUTION)
    for alert in sheet.stop_alerts:
        yield Cell(alert.severity_words, alert.title, alert.text, Tone.STOP)
    until = sheet.meanwhile
    if until is not None:
        precaution = order.say("word", "precaution")
        texts = (line.text if line.is_definite else f"{line.text.rstrip('.')} ({precaution})." for line in until.lines)
        yield Cell(order.say("heading", "meanwhile"), " ".join(texts), "", Tone.CAUTION)


# --- what is not known ------------------------------------------------------------------------------------------------


def _unknowns(order: PaperOrder) -> Iterator[Unknown]:
    """The open questions, the best first; then what else something of the plan hangs on."""
    asked = {question.field for question in order.plan.open_questions}
    for question in order.plan.open_questions:
        yield Unknown(question.field, _question(order, question.field), _effects(order, question))
    for path in _depended_on(order.plan):
        if path not in asked:
            yield Unknown(path, _question(order, path))


def _effects(order: PaperOrder, question: OpenQuestion) -> str:
    """What the answer can change; a room takes in a few, the plan names them all."""
    named = list(dict.fromkeys(order.phrases.effect(key) for key in question.would_change))
    more = len(named) - EFFECTS_NAMED
    effects = ", ".join(named if more <= 1 else named[:EFFECTS_NAMED])
    and_more = order.phrases.get("command_line", "plan_text", "and_more").format(number=more)
    return f"{order.phrases.heading('would_change')}: {effects}{f' {and_more}' if more > 1 else ''}"


def _depended_on(plan: Plan) -> tuple[str, ...]:
    fields = dict.fromkeys(plan.referral.depends_on)
    fields |= dict.fromkeys(field for each in plan.recommendations for field in each.depends_on)
    return tuple(fields)


def _question(order: PaperOrder, path: str) -> str:
    return order.phrases.find("fields", path, "question") or order.phrases.label(path)


# --- where ------------------------------------------------------------------------------------------------------------


def _words(order: PaperOrder) -> SkeletonWords:
    return SkeletonWords(order.phrases, order.edition.lists.bones.__getitem__)


def skeleton_of(order: PaperOrder) -> Picture:
    """The skeleton with the bone of the lesion; it takes longer than all the words, so keep it for the next answer."""
    lesion = order.case.lesion
    if lesion.bone is None and (bones := bones_of_region(order)):
        words = _words(order)
        told = words.tell("region", name=words.region(str(lesion.region), lesion.side))
        return region_picture(figure(), bones, lesion.side, words, told)
    return compact_picture(figure(), lesion.bone, lesion.side, _words(order), other_bones(order))


def _place(order: PaperOrder, skeleton: Picture) -> str:
    lesion = order.case.lesion
    if lesion.bone is not None:
        return _words(order).choice(lesion.bone, lesion.side)
    if lesion.region is not None:
        return sentence_case(order.phrases.value("lesion.region", lesion.region))
    return skeleton.alternative_text
