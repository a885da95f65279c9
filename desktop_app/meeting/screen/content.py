"""What the full screen says of one case, in words and without looks. No Qt.

Decision, pathway and what speaks for and against are those of the sheet for the meeting. It is composed of a case from
which the identity was taken out, so that no text here can name the patient; who it is, is asked apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.skeleton.figure import figure
from desktop_app.looks.skeleton.picture import compact_picture, region_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.papers.letter.lesion_picture import bones_of_region
from desktop_app.papers.letter.model import Fact, Tone
from desktop_app.papers.making import Making, joined, sentence_case
from desktop_app.papers.meeting_sheet.meeting_options import Option
from desktop_app.papers.meeting_sheet.meeting_sheet import MeetingSheet, compose_meeting_sheet
from desktop_app.plan.pathway.model import Pathway
from desktop_app.plan.view.rows import is_referral_open
from guideline_core.age import age_on
from guideline_core.case import Case, Patient
from guideline_core.keys import UNDETERMINED
from guideline_core.plan import OpenQuestion, Plan, Reason

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
    """Alerts that say stop, and what to do until all is clear."""
    pathway: Pathway
    skeleton: Picture
    place: str
    """The bone in words, or that none was chosen."""
    unknowns: tuple[Unknown, ...]
    """The most useful question first."""
    options: tuple[Option, ...]


def meeting_content(making: Making, skeleton: Picture) -> MeetingContent:
    """What the screen says of this case and its full plan; `skeleton` is the picture of its bone."""
    unnamed = _unnamed(making)
    sheet = compose_meeting_sheet(unnamed)
    is_certain = not is_referral_open(making.plan.referral)
    return MeetingContent(
        lesion=sheet.title,
        person=sheet.patient_line,
        cells=tuple(_cells(sheet, making)),
        certainty=_certainty(making, is_certain),
        is_certain=is_certain,
        frames=tuple(_frames(sheet, making)),
        pathway=sheet.pathway,
        skeleton=skeleton,
        place=_place(unnamed, skeleton),
        unknowns=tuple(_unknowns(making)),
        options=sheet.options,
    )


def identity_line(making: Making) -> str:
    """Who the patient is: name, birth date with age, and sex."""
    number = making.case.patient.patient_number or ""
    line = compose_meeting_sheet(making).patient_line
    return line if not number or number in line else f"{line} · {number}"


def say(making: Making, key: str, **details: str) -> str:
    """A phrase of the full screen, filled in."""
    return making.phrases.get("meeting", key).format(**details)


# --- without identity -------------------------------------------------------------------------------------------------


class _Unnamed(Making):
    """Says the age where a reason is the birth date."""

    def reason(self, reason: Reason) -> Fact:
        """An answer on which something rests."""
        age = self.case.patient.age_years
        if reason.field == "patient.birth_date" and age is not None:
            reason = replace(reason, field="patient.age_years", value=age)
        return super().reason(reason)


def without_identity(making: Making) -> Case:
    """The case with nothing of its patient but age and sex."""
    patient = making.case.patient
    years = patient.age_years
    if patient.birth_date is not None:
        years = age_on(patient.birth_date, making.case.reference_date or making.today)
    given = {key: value for key, value in (("age_years", years), ("sex", patient.sex)) if value is not None}
    return making.case.model_copy(update={"patient": Patient(**given)})


def _unnamed(making: Making) -> Making:
    settings = replace(making.settings, number="")
    case = without_identity(making)
    return _Unnamed(making.plan, case, making.edition, making.phrases, settings, making.today, making.kind)


# --- decision ---------------------------------------------------------------------------------------------------------


def _cells(sheet: MeetingSheet, making: Making) -> Iterator[Cell]:
    """Urgency, referral with phone, biopsy: as on page 1 of the letter."""
    heading = sentence_case(making.phrases.heading("referral"))
    if not sheet.marks:
        yield Cell(heading, sheet.decision, _why_none(making))
        return
    (urgency_heading, urgency), (_, phone), (biopsy_heading, biopsy) = sheet.marks
    how = ". ".join(part.rstrip(".") for part in (sheet.consult_first, phone.text) if part)
    yield Cell(urgency_heading, urgency.text, urgency.detail or "", urgency.tone)
    yield Cell(heading, sheet.decision, how)
    yield Cell(biopsy_heading, biopsy.text, biopsy.detail or "", biopsy.tone)


def _why_none(making: Making) -> str:
    """Which other guideline it is, or what it means that nobody is referred."""
    other = making.plan.other_guideline
    if making.plan.scope == "other_guideline" and other not in (None, UNDETERMINED):
        return making.phrases.action_sentence(f"refer.other_guideline_{other}", "inform")
    return making.phrases.get("plan", "decision", making.plan.referral.decision, "text")


def _certainty(making: Making, is_certain: bool) -> str:
    if is_certain:
        return say(making, "certain")
    fields = joined(making.named_fields(making.plan.referral.depends_on))
    return say(making, "depends", fields=fields)


def _frames(sheet: MeetingSheet, making: Making) -> Iterator[Cell]:
    for alert in sheet.stop_alerts:
        yield Cell(alert.severity_words, alert.title, alert.text, Tone.STOP)
    until = sheet.meanwhile
    if until is not None:
        precaution = making.say("word", "precaution")
        texts = (line.text if line.is_definite else f"{line.text.rstrip('.')} ({precaution})." for line in until.lines)
        yield Cell(making.say("heading", "meanwhile"), " ".join(texts), "", Tone.CAUTION)


# --- what is not known ------------------------------------------------------------------------------------------------


def _unknowns(making: Making) -> Iterator[Unknown]:
    """The open questions, the best first; then what else something of the plan hangs on."""
    asked = {question.field for question in making.plan.open_questions}
    for question in making.plan.open_questions:
        yield Unknown(question.field, _question(making, question.field), _effects(making, question))
    for path in _depended_on(making.plan):
        if path not in asked:
            yield Unknown(path, _question(making, path))


def _effects(making: Making, question: OpenQuestion) -> str:
    """What the answer can change; a room takes in a few, the plan names them all."""
    named = list(dict.fromkeys(making.phrases.effect(key) for key in question.would_change))
    more = len(named) - EFFECTS_NAMED
    effects = ", ".join(named if more <= 1 else named[:EFFECTS_NAMED])
    and_more = making.phrases.get("command_line", "plan_text", "and_more").format(number=more)
    return f"{making.phrases.heading('would_change')}: {effects}{f' {and_more}' if more > 1 else ''}"


def _depended_on(plan: Plan) -> tuple[str, ...]:
    fields = dict.fromkeys(plan.referral.depends_on)
    fields |= dict.fromkeys(field for each in plan.recommendations for field in each.depends_on)
    return tuple(fields)


def _question(making: Making, path: str) -> str:
    return making.phrases.find("fields", path, "question") or making.phrases.label(path)


# --- where ------------------------------------------------------------------------------------------------------------


def _words(making: Making) -> SkeletonWords:
    return SkeletonWords(making.phrases, making.edition.lists.bones.__getitem__)


def skeleton_of(making: Making) -> Picture:
    """The skeleton with the bone of the lesion; it takes longer than all the words, so keep it for the next answer."""
    lesion = making.case.lesion
    if lesion.bone is None and (bones := bones_of_region(making)):
        words = _words(making)
        told = words.tell("region", name=words.region(str(lesion.region), lesion.side))
        return region_picture(figure(), bones, lesion.side, words, told)
    return compact_picture(figure(), lesion.bone, lesion.side, _words(making))


def _place(making: Making, skeleton: Picture) -> str:
    lesion = making.case.lesion
    if lesion.bone is not None:
        return _words(making).choice(lesion.bone, lesion.side)
    if lesion.region is not None:
        return sentence_case(making.phrases.value("lesion.region", lesion.region))
    return skeleton.alternative_text
