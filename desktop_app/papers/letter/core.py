"""The core of a letter: why it is written, the lesion, tissue, what was done, and what goes with it.

What one doctor tells another of a patient stands in sentences: who, with what, where, and what makes it an emergency.
Each is made of answers that were given, and names them; what nobody answered is not said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.papers.blocks import Fact
from desktop_app.papers.case_facts import PATHOLOGY, CaseFacts
from desktop_app.papers.content import FreeText, ImagingRow, PlanLine
from desktop_app.papers.letter.letter import Attachment, Core
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, answers_conflict
from desktop_app.papers.order import BLANK, SHORT_BLANK, PaperOrder
from desktop_app.papers.plan_lines import (
    not_to_do,
    spoken_against,
    still_to_do,
    told_with_diagnosis,
    told_with_examinations,
)
from desktop_app.papers.seen_first import image_and_tissue, image_named, is_reviewed
from desktop_app.plan.grounds import decision_text, why_no_referral
from guideline_core.keys import UNCERTAIN, UNDETERMINED

ALWAYS_OF_TISSUE = ("pathology.specimen", "biopsy.date", "biopsy.decalcification", "biopsy.frozen_tissue")
"""Without these a review stands or falls; not answered, they are named as not stated."""
FOUND_IN_TISSUE = (
    "pathology.histology",
    "pathology.histology_differential",
    "pathology.histological_grade",
    "pathology.diagnosis",
    "pathology.specimen",
    "pathology.h3_g34w",
    "pathology.h3_k36m",
    "resection.margin",
    "resection.viable_tumour_percent",
)
"""What every reader must know of the tissue."""
OF_TISSUE_IF_KNOWN = (
    *(path for path in PATHOLOGY if path not in (*ALWAYS_OF_TISSUE, "biopsy.status", "biopsy.route_agreed")),
    "resection.neoadjuvant_chemotherapy",
)
SHORT_TEXT, SHORT_TEXTS = 350, 1000
"""Characters of one text, and of all together, for which page 1 has room."""
EMERGENCIES = ("patient_factors.spinal_cord_compression", "lesion.pathological_fracture")
"""What cannot wait for the post, whatever the lesion turns out to be."""
ADULT = 18
"""Years; younger is a boy or a girl. Which plan a child gets is for the edition to say."""
SITE = frozenset({"lesion.bone", "lesion.region"})
"""A sentence that rests on one of these says where the lesion is."""
MIDLINE = "midline"
ELSEWHERE = "other"
"""The region that says no more than that it is none of the others."""
LATIN = re.compile(r"\(([^()]+)\)")
"""The name by which doctors call a bone stands in brackets behind the everyday one."""


def core_of(order: PaperOrder, facts: CaseFacts, lines: Sequence[PlanLine]) -> Core:
    """The core of the letter that was ordered; `lines` are those of the plan that the sender did not leave out."""
    own = (order.case.letter.question or "").strip()
    to_a_centre = order.kind in TO_A_CENTRE
    standard = order.say("question", _standard_question(order)) if to_a_centre and not own else None
    imaging, emergency = facts.imaging(), emergencies(order)
    reason = introduction(order, *subject_of(order, facts))
    return Core(
        question=own or standard,
        question_is_standard=standard is not None,
        emergencies=emergency.text if emergency is not None else "",
        reason=reason.text,
        says_site=not SITE.isdisjoint(reason.answers),
        conclusion=_conclusion(order),
        conclusion_grounds=tuple(order.reason(reason) for reason in order.plan.referral.reasons),
        conclusion_sources=order.sources(order.plan.referral.statements),
        context=facts.context(),
        problem=(*_warned(order), *facts.problem()),
        imaging=imaging,
        other_done=facts.other_done(),
        still_to_do=still_to_do(order, lines),
        not_to_do=not_to_do(order, lines),
        tissue=_tissue(order, facts),
        own_words=short_texts(facts.texts()),
        told_to_patient=facts.told_to_patient(),
        attachments=_attachments(order, imaging, lines),
        images=_delivery(order, facts, imaging),
    )


def _standard_question(order: PaperOrder) -> str:
    """Under which key the question stands that is asked when the doctor wrote none."""
    is_elsewhere = order.kind is Kind.REFERRAL and order.case.treatment.outside_expertise_centre is True
    return "elsewhere" if is_elsewhere else order.wording


def short_texts(texts: Sequence[FreeText]) -> tuple[FreeText, ...]:
    """The texts that stand on page 1: each is short, and together they leave room for the signature."""
    found: list[FreeText] = []
    for each in texts:
        if len(each.text) <= SHORT_TEXT and sum(len(one.text) for one in (*found, each)) <= SHORT_TEXTS:
            found.append(each)
    return tuple(found)


def subject_of(order: PaperOrder, facts: CaseFacts) -> tuple[str, tuple[str, ...]]:
    """What the letter is about, as far as stated, and the answers that say so. A histology that nobody reviewed stands
    beside the image; answers that contradict each other are not repeated as a finding."""
    case, say = order.case, order.say
    in_conflict = answers_conflict(order.plan, order.tables.alerts)
    if order.kind is Kind.OTHER_GUIDELINE:
        return say("subject", "metastasis"), ("lesion.origin",) if case.lesion.origin == "metastasis" else ()
    if case.pathology.histology not in (None, UNCERTAIN):
        return _tissue_as_subject(order, in_conflict), ("pathology.histology",)
    if case.lesion.category is not None and not in_conflict:
        return say("subject", case.lesion.category), ("lesion.category",)
    if case.lesion.entity not in (None, UNCERTAIN) and not in_conflict:
        name = inside_a_sentence(facts.entity(str(case.lesion.entity)))
        return say("subject", "entity", entity=name), ("lesion.entity",)
    if case.lesion.suspected is False:
        return say("subject", "not_suspected"), ("lesion.suspected",)
    return say("subject", "nothing_stated" if order.plan.scope == UNDETERMINED else "suspected"), ()


def _tissue_as_subject(order: PaperOrder, in_conflict: bool) -> str:
    if is_reviewed(order):
        name = inside_a_sentence(order.entity(str(order.case.pathology.histology)))
        return order.say("subject", "histology", entity=name)
    image = None if in_conflict else image_named(order)
    return order.say("subject", "not_reviewed", said=str(image_and_tissue(order, image, "tissue")))


def _warned(order: PaperOrder) -> tuple[Fact, ...]:
    """That the diagnosis does not hold together, and what speaks against an examination, in a line."""
    titles = [alert.title for alert in (*told_with_diagnosis(order), *told_with_examinations(order))]
    return (Fact("alerts", order.say("heading", "alerts"), "; ".join(titles)),) if titles else ()


def _conclusion(order: PaperOrder) -> tuple[str, ...]:
    """What the guideline says on referral, and why when it asks for none."""
    of_letter = order.phrases.find("letter", "conclusion", order.decision)
    sentences = [of_letter or decision_text(order.decision, order.plan.referral, order.phrases)]
    because = why_no_referral(order.plan.referral, order.phrases) if order.decision == "none" else None
    return (*sentences, because) if because is not None else tuple(sentences)


# --- tissue ---------------------------------------------------------------------------------------------------------


def _tissue(order: PaperOrder, facts: CaseFacts) -> tuple[Fact, ...]:
    """What was found in the tissue. For an expert pathologist specimen, date, laboratory and preparation as well, named
    as not stated where they are not: without them a review stands or falls. The contract has no field for laboratory
    and number of the specimen: a line to fill in."""
    if order.kind is not Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return facts.facts(FOUND_IN_TISSUE)
    not_stated = order.say("word", "none_stated")
    always = [facts.fact(path) or Fact(path, order.phrases.label(path), not_stated) for path in ALWAYS_OF_TISSUE]
    laboratory = Fact("laboratory", order.say("word", "laboratory"), BLANK)
    return (*always[:2], laboratory, *always[2:], *facts.facts(OF_TISSUE_IF_KNOWN))


# --- what goes with the letter --------------------------------------------------------------------------------------


def _attachments(order: PaperOrder, imaging: Sequence[ImagingRow], lines: Sequence[PlanLine]) -> tuple[Attachment, ...]:
    """The attachments of a letter to a centre: first what exists, to be ticked off, then what is missing. What the
    centre itself makes is not missing."""
    if order.kind not in TO_A_CENTRE:
        return ()
    to_tick = [Attachment(key, name, order.say("word", "box")) for key, name in _existing(order, imaging)]
    doubtful = spoken_against(order)
    missing = [
        Attachment(line.action, line.name, order.say("attachment", "missing"), is_missing=True)
        for line in lines
        if line.facts.sent_with_letter
        and line.is_definite
        and line.action not in doubtful
        and line.verdict in ("do", "prefer")
        and line.progress not in ("done", "waived")
    ]
    return (*to_tick, *missing)


def _existing(order: PaperOrder, imaging: Sequence[ImagingRow]) -> Iterator[tuple[str, str]]:
    case, say = order.case, order.say
    for row in imaging:
        dated = f"{row.examination} ({row.date})" if row.date else row.examination
        yield f"imaging.{row.key}", say("attachment", "images", examination=dated)
    if case.pathology.diagnosis not in (None, "none") or case.pathology.histology is not None:
        yield "pathology_report", say("attachment", "pathology_report")
    if order.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        yield "slides", say("attachment", "slides")
        if case.biopsy.frozen_tissue:
            yield "frozen_tissue", say("attachment", "frozen_tissue")
    if case.treatment.earlier_unplanned_surgery or case.resection.performed:
        yield "operation_report", say("attachment", "operation_report")
    if order.kind is Kind.REFERRAL:
        yield "laboratory", say("attachment", "laboratory")
        if not (case.letter.medication or "").strip():
            yield "medication", say("attachment", "medication")


def _delivery(order: PaperOrder, facts: CaseFacts, imaging: Sequence[ImagingRow]) -> tuple[Fact, ...]:
    """How the images reach the centre: by what, when, confirmed; what is not known is a line to fill in by hand."""
    known = {fact.key: fact for fact in facts.images()}
    if order.kind not in TO_A_CENTRE or not (imaging or known):
        return tuple(known.values())
    blanks = {"images.sent_by": BLANK, "images.sent_on": SHORT_BLANK, "images.received_confirmed": SHORT_BLANK}
    keys = {"images.sent_by": "sent_by", "images.sent_on": "sent_on", "images.received_confirmed": "received"}
    return tuple(
        known.get(path) or Fact(path, order.say("images", keys[path]), blank) for path, blank in blanks.items()
    )


# --- what is told in sentences ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the answers without which it would not be true."""

    text: str
    answers: tuple[str, ...]


def emergencies(order: PaperOrder) -> Told | None:
    """What was answered that makes it an emergency, where no alert that says stop tells it; None when nothing was."""
    stops = (alert for alert in order.plan.alerts if alert.severity == "stop")
    told = {reason.field for alert in stops for reason in alert.reasons}
    given = tuple(path for path in EMERGENCIES if order.case.answer_at(path) is True and path not in told)
    labels = (inside_a_sentence(order.phrases.label(path)) for path in given)
    return Told(sentence_case("; ".join(labels)), given) if given else None


def introduction(order: PaperOrder, subject: str, answers: Sequence[str]) -> Told:
    """Who it is, with what, and where: "Jongen van 14 jaar met een … , distale femur links." `answers` are those on
    which the words for the lesion rest."""
    who, of_whom = _who(order)
    where, of_where = site(order)
    words = order.say("telling", "with_site" if where else "without_site", who=who, subject=subject, site=where)
    return Told(words, (*of_whom, *answers, *of_where))


def _who(order: PaperOrder) -> tuple[str, tuple[str, ...]]:
    """Man, woman, boy, girl or patient, with the age where it is known."""
    sex, age = order.case.patient.sex, order.age
    is_child = age is not None and age < ADULT
    key = sex if sex in ("male", "female") else "patient"
    noun = order.say("telling", f"{key}_child" if is_child and key != "patient" else key)
    of_sex = ("patient.sex",) if key != "patient" else ()
    if age is None:
        return noun, of_sex
    of_age = "patient.age_years" if order.case.patient.birth_date is None else "patient.birth_date"
    return order.say("telling", "aged", who=noun, age=str(age)), (*of_sex, of_age)


def site(order: PaperOrder) -> tuple[str, tuple[str, ...]]:
    """Where the lesion is as doctors say it, such as "distale femur links", and the answers that say so."""
    lesion = order.case.lesion
    path = "lesion.bone" if lesion.bone else "lesion.region"
    if order.case.answer_at(path) in (None, ELSEWHERE):
        return "", ()
    name = order.value(path, order.case.answer_at(path))
    latin = LATIN.search(name) if lesion.bone else None
    words = latin.group(1) if latin else inside_a_sentence(name)
    answers = [path]
    if lesion.bone_part is not None:
        words = order.say("telling", "bone_part", lesion.bone_part, bone=words)
        answers.append("lesion.bone_part")
    if lesion.side not in (None, MIDLINE):  # of a bone in the midline its name says so
        words = f"{words} {inside_a_sentence(order.value('lesion.side', lesion.side))}"
        answers.append("lesion.side")
    return words, tuple(answers)
