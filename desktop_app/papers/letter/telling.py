"""What one doctor tells another of a patient, in sentences: who, with what, where, and what makes it an emergency.

Each sentence is made of answers that were given, and names them; what nobody answered is not said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.papers.order import PaperOrder

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
