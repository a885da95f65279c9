"""The sheet for the meeting (MDO): one page that a room can take in. What it says, and its blocks in reading order.

A sheet is a look at the plan, not the plan: long lists are cut, and then say how much more the plan holds. Stop
alerts, the decision on referral and the pathway are never cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.library.clean_text import one_line
from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.looks.drawing.picture import Picture
from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.content import AlertLine, Marked, Meanwhile
from desktop_app.papers.lesion_picture import lesion_picture
from desktop_app.papers.meeting_sheet.options import Option, options
from desktop_app.papers.order import PaperOrder
from desktop_app.papers.plan_lines import alert_lines, meanwhile, told_with_diagnosis
from desktop_app.papers.seen_first import image_and_tissue, image_named, seen_first
from desktop_app.plan.grounds import headline
from desktop_app.plan.pathway.model import Pathway
from desktop_app.plan.pathway.reading import pathway_of
from guideline_core.keys import UNCERTAIN, UNDETERMINED

MOST_KNOWN, MOST_UNKNOWN, MOST_QUESTIONS = 7, 5, 3
SAID_ELSEWHERE = ("lesion.entity", "lesion.place", "lesion.category_by")
"""What stands in the title, or says little in a meeting."""
OF_TISSUE = (
    "pathology.diagnosis",
    "pathology.histology_differential",
    "pathology.histological_grade",
    "pathology.specimen",
)
"""What the meeting must know of the tissue beside the histology, which stands in the title."""
LONGEST_LINE, LONGEST_PATIENT, LONGEST_QUESTION, LONGEST_NAME = 200, 140, 400, 60
"""Letters after which a line, which can hold what was typed freely, is cut at a word with three points."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Lines of a list that was cut: those that are shown, and how many more there are."""

    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """One case for a meeting."""

    title: str
    patient_line: str
    question: str
    """What the meeting is asked, in the words of who brings the case in; empty when nothing was typed."""
    brought_in: str
    """The day of the sheet, and by whom the case is brought in as far as the settings say."""
    decision: str
    marks: tuple[tuple[str, Marked], ...]
    """Urgency, phone and biopsy, each with its label, as on page 1 of the letter; none where nobody is referred."""
    consult_first: str
    """That a centre is to be consulted before the referral; empty where that is not asked."""
    stop_alerts: tuple[AlertLine, ...]
    warned: tuple[AlertLine, ...]
    """That the diagnosis does not hold together, where it is not among the alerts that say stop."""
    meanwhile: Meanwhile | None
    pathway: Pathway
    skeleton: Picture | None
    """Where the lesion is; None while the bone is not known."""
    known: Cut
    unknown: Cut
    questions: Cut
    options: tuple[Option, ...]


def compose_meeting_sheet(order: PaperOrder) -> MeetingSheet:
    """Make the sheet of a plan; it decides nothing."""
    facts = CaseFacts(order)
    first = seen_first(order)
    marks = (("urgency", first.urgency), ("phone", _phone(order, first.phone)), ("biopsy", first.biopsy))
    alerts = alert_lines(order, order.plan.alerts)
    return MeetingSheet(
        title=say(order, "title", lesion=_lesion(order, facts)),
        patient_line=shortened(_patient(order, facts), LONGEST_PATIENT),
        question=shortened(order.case.letter.question or "", LONGEST_QUESTION),
        brought_in=_brought_in(order),
        decision=_decision(order),
        marks=tuple((order.say("banner", key), mark) for key, mark in marks if mark is not None),
        consult_first=order.say("banner", "consult_needed") if first.consult_first else "",
        stop_alerts=tuple(alert for alert in alerts if alert.severity == "stop"),
        warned=told_with_diagnosis(order),
        meanwhile=meanwhile(order),
        pathway=pathway_of(order.plan, order.phrases),
        skeleton=lesion_picture(order),
        known=_cut(_known(facts), MOST_KNOWN),
        unknown=_cut(_unknown(order), MOST_UNKNOWN),
        questions=_cut(_questions(order), MOST_QUESTIONS),
        options=options(order),
    )


def _phone(order: PaperOrder, phone: Marked | None) -> Marked | None:
    """In the meeting a call that was not made is a task, not a line to fill in."""
    if phone is None or phone.key != "needed":
        return phone
    return replace(phone, text=order.say("banner", "phone_to_make"))


def say(order: PaperOrder, key: str, **values: str) -> str:
    """A phrase of the sheet, filled in."""
    return order.phrases.get("sheets", "meeting", key).format(**values)


def shortened(text: str, letters: int) -> str:
    """One line of at most so many letters; three points stand for the words that do not fit."""
    line = one_line(text)
    if len(line) <= letters:
        return line
    whole_words = line[:letters].rpartition(" ")[0] or line[: letters - 1]
    return f"{whole_words.rstrip(' ,;')}…"


def _cut(lines: Sequence[str], most: int) -> Cut:
    """The first lines of a list; one line more than fits is shown rather than counted."""
    shown = tuple(shortened(line, LONGEST_LINE) for line in lines)
    if len(shown) <= most + 1:
        return Cut(shown)
    return Cut(shown[:most], len(shown) - most)


# --- what is known --------------------------------------------------------------------------------------------------


def _lesion(order: PaperOrder, facts: CaseFacts) -> str:
    """What it is thought to be, or what image and microscope say, and where."""
    place = facts.place()
    both = image_and_tissue(order, image_named(order), "tissue_in_short")
    parts = [both or _on_image(order), *([inside_a_sentence(place)] if place else [])]
    return ("; " if both else ", ").join(parts)


def _on_image(order: PaperOrder) -> str:
    entity = order.case.lesion.entity
    if entity == UNCERTAIN:
        return say(order, "lesion_cannot_be_told")
    return inside_a_sentence(order.entity(str(entity))) if entity is not None else say(order, "lesion")


def _patient(order: PaperOrder, facts: CaseFacts) -> str:
    """Name, birth date with age, sex and patient number: whom the room speaks of. Without either the number of the
    case."""
    shown = {fact.key: fact.value for fact in facts.patient()}
    name, of_patient = facts.name() or "", order.case.patient.patient_number
    of_case = order.settings.number if not (name or of_patient) else ""
    parts = [name, order.say("footer", "case", number=of_case) if of_case else ""]
    born = shown.get("patient.age_years") or (shown["patient.birth_date"] if order.case.patient.birth_date else "")
    parts += [born or say(order, "age_unknown"), inside_a_sentence(shown.get("patient.sex", ""))]
    parts += [say(order, "number", number=of_patient)] if of_patient else []
    return " · ".join(part for part in parts if part)


def _brought_in(order: PaperOrder) -> str:
    """The day, and the doctor and clinic of the settings."""
    sender = order.settings.sender
    who = ", ".join(shortened(part, LONGEST_NAME) for part in (sender.name, sender.clinic) if part.strip())
    parts = [say(order, "made_on", date=order.phrases.date(order.today))]
    return " · ".join([*parts, *([say(order, "brought_by", name=who)] if who else [])])


def _decision(order: PaperOrder) -> str:
    """The decision on referral with its destination."""
    heading = headline(order.plan, order.phrases)
    destination = order.plan.referral.destination
    if order.decision in (UNDETERMINED, "none", "other_guideline") or not destination:
        return heading if order.decision != UNDETERMINED else order.say("title", UNDETERMINED)
    return f"{heading}: {order.phrases.plan('destination', destination)}"


def _known(facts: CaseFacts) -> list[str]:
    """Tissue, lesion, imaging, complaints and what else was done, a line each."""
    of_tissue = [f"{fact.label}: {fact.value}" for fact in facts.facts(OF_TISSUE)]
    tissue = [sentence_case("; ".join(map(inside_a_sentence, of_tissue)))] if of_tissue else []
    problem = [f"{fact.label}: {fact.value}" for fact in facts.problem() if fact.key not in SAID_ELSEWHERE]
    imaging = [_examination(row.examination, row.date, row.details) for row in facts.imaging()]
    context = [f"{sentence_case(fact.label)}: {inside_a_sentence(fact.value)}" for fact in facts.context()]
    return list(dict.fromkeys([*tissue, *facts.tissue_taken(), *problem, *imaging, *context, *facts.other_done()]))


def _examination(name: str, date: str, details: str) -> str:
    when = f" ({date})" if date else ""
    return f"{name}{when}: {details}" if details else f"{name}{when}"


def _unknown(order: PaperOrder) -> list[str]:
    """The fields on which something of the plan hangs, those of the referral first, but for those asked beside."""
    plan = order.plan
    fields = dict.fromkeys(plan.referral.depends_on)
    fields |= dict.fromkeys(field for each in plan.recommendations for field in each.depends_on)
    all_shown = len(plan.open_questions) <= MOST_QUESTIONS + 1
    asked = {question.field for question in plan.open_questions[: None if all_shown else MOST_QUESTIONS]}
    return [order.phrases.label(field) for field in fields if field not in asked]


def _questions(order: PaperOrder) -> list[str]:
    return [order.phrases.question(question.field) for question in order.plan.open_questions]
