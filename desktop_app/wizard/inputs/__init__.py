"""The inputs of the wizard, one for each kind of answer; `make_input` picks the one that fits a field."""

from desktop_app.wizard.inputs.base import FieldInput, InputContext
from desktop_app.wizard.inputs.choice import ChoiceInput
from desktop_app.wizard.inputs.typed import DateInput, LineInput
from guideline_core.fields import AnswerKind

__all__ = ["FieldInput", "InputContext", "make_input"]

OF_LATER_PAGES = (
    AnswerKind.ENTITY,
    AnswerKind.ENTITIES,
    AnswerKind.BONE,
    AnswerKind.EXAMINATIONS,
    AnswerKind.SITES,
    AnswerKind.LONG_TEXT,
)


def make_input(path: str, context: InputContext) -> FieldInput:
    """The input for a field."""
    kind = context.wording.kinds.of(path)
    if kind in OF_LATER_PAGES:
        # No question of the first page needs these, and one of them loads the model of a case.
        from desktop_app.wizard.inputs.later_pages import make_later_input

        return make_later_input(path, kind, context)
    if kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
        return ChoiceInput(path, context)
    return DateInput(path, context) if kind is AnswerKind.DATE else LineInput(path, context)
