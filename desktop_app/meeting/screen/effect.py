"""Says in a sentence what an answer changed that was given in the meeting. No Qt."""

from desktop_app.meeting.screen.content import say
from desktop_app.papers.order import PaperOrder
from desktop_app.plan.changes import changes_between, in_a_sentence
from desktop_app.plan.words import Words
from guideline_core.plan import Plan


def effect_of_answer(path: str, before: Plan, order: PaperOrder) -> str:
    """The answer at this path, and what became of the plan by it; all the room hears it, so that it names nobody."""
    changes = in_a_sentence(changes_between(before, order.plan), order.phrases)
    changes = changes or order.phrases.get("plan", "turn", "nothing")
    label, value = order.phrases.label(path), order.case.answer_at(path)
    if value is None:
        return say(order, "taken_back", label=label, changes=changes)
    words = Words(order.edition.names, order.phrases, order.plan.reference_date)
    said = words.aloud(path, value, order.edition.field_kinds)
    if said is None:
        return say(order, "changed_by_field", label=label, changes=changes)
    return say(order, "changed_by", label=label, value=said, changes=changes)
