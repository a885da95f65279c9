"""The inputs of the wizard, one for each kind of answer; `make_input` picks the one that fits a field."""

from desktop_app.wizard.inputs.base import FieldInput, InputContext
from guideline_core.fields import AnswerKind

__all__ = ["FieldInput", "InputContext", "make_input"]


def make_input(path: str, context: InputContext) -> FieldInput:
    """The input for a field; each kind is imported when a page first needs it."""
    kind = context.wording.kinds.of(path)
    if kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
        from desktop_app.wizard.inputs.choice import ChoiceInput

        return ChoiceInput(path, context)
    if kind in (AnswerKind.ENTITY, AnswerKind.BONE):
        from desktop_app.wizard.inputs.names import NameInput

        return NameInput(path, context)
    if kind is AnswerKind.ENTITIES:
        from desktop_app.wizard.inputs.names import NamesInput

        return NamesInput(path, context)
    if kind is AnswerKind.EXAMINATIONS:
        from desktop_app.wizard.inputs.examinations import ExaminationsInput

        return ExaminationsInput(path, context)
    return _typed_input(path, kind, context)


def _typed_input(path: str, kind: AnswerKind, context: InputContext) -> FieldInput:
    if kind is AnswerKind.LONG_TEXT:
        from desktop_app.wizard.inputs.free_text import LongTextInput

        return LongTextInput(path, context)
    from desktop_app.wizard.inputs.typed import DateInput, LineInput

    return DateInput(path, context) if kind is AnswerKind.DATE else LineInput(path, context)
