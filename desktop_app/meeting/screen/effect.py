"""Says in a sentence what an answer changed that was given in the meeting. No Qt."""

from desktop_app.library.field_kinds import Kind
from desktop_app.meeting.screen.content import say
from desktop_app.papers.making import Making, inside_sentence
from desktop_app.plan.changes import changes_between, in_a_sentence
from guideline_core.fields import answer_at
from guideline_core.plan import Plan

TOLD = (Kind.YES_NO, Kind.CHOICE, Kind.ENTITY, Kind.ENTITIES, Kind.BONE, Kind.NUMBER, Kind.WHOLE_NUMBER, Kind.NUMBERS)
"""Answers that can be shown to the room; free text may name the patient."""
SECRET = ("patient.birth_date",)


def effect_of_answer(path: str, before: Plan, making: Making) -> str:
    """The answer at this path, and what it changed in the plan."""
    changes = in_a_sentence(changes_between(before, making.plan), making.phrases)
    changes = changes or making.phrases.get("plan", "turn", "nothing")
    label, value = making.phrases.label(path), answer_at(making.case, path)
    if value is None:
        return say(making, "taken_back", label=label, changes=changes)
    if making.edition.field_kinds.of(path) in TOLD and path not in SECRET:
        words = inside_sentence(making.value(path, value))
        return say(making, "changed_by", label=label, value=words, changes=changes)
    return say(making, "changed_by_field", label=label, changes=changes)
