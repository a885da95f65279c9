"""The inputs of the wizard, one for each kind of answer; `make_input` picks the one that fits a field."""

from desktop_app.wizard.inputs.base import FieldInput, InputContext
from desktop_app.wizard.inputs.choice import ChoiceInput
from desktop_app.wizard.inputs.free_text import LongTextInput
from desktop_app.wizard.inputs.names import NameInput, NamesInput
from desktop_app.wizard.inputs.typed import DateInput, LineInput
from guideline_core.fields import AnswerKind

__all__ = ["FieldInput", "InputContext", "make_input"]


def make_input(path: str, context: InputContext) -> FieldInput:
    """The input for a field."""
    kind = context.wording.kinds.of(path)
    if kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
        return ChoiceInput(path, context)
    if kind in (AnswerKind.ENTITY, AnswerKind.BONE):
        return NameInput(path, context)
    if kind is AnswerKind.ENTITIES:
        return NamesInput(path, context)
    if kind is AnswerKind.EXAMINATIONS:
        # It makes groups of answers, and so loads the model of a case: later than the first page.
        from desktop_app.wizard.inputs.examinations import ExaminationsInput

        return ExaminationsInput(path, context)
    return _typed_input(path, kind, context)


def _typed_input(path: str, kind: AnswerKind, context: InputContext) -> FieldInput:
    if kind is AnswerKind.LONG_TEXT:
        return LongTextInput(path, context)
    return DateInput(path, context) if kind is AnswerKind.DATE else LineInput(path, context)
