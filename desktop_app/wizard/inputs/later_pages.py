"""The inputs that the first page has not: names of the catalogue, lists, long texts."""

from desktop_app.wizard.inputs.base import FieldInput, InputContext
from desktop_app.wizard.inputs.examinations import ExaminationsInput
from desktop_app.wizard.inputs.free_text import LongTextInput
from desktop_app.wizard.inputs.names import NameInput, NamesInput
from desktop_app.wizard.inputs.sites import SitesInput
from guideline_core.fields import AnswerKind


def make_later_input(path: str, kind: AnswerKind, context: InputContext) -> FieldInput:
    """The input for a field of such a kind."""
    if kind is AnswerKind.ENTITIES:
        return NamesInput(path, context)
    if kind is AnswerKind.EXAMINATIONS:
        return ExaminationsInput(path, context)
    if kind is AnswerKind.SITES:
        return SitesInput(path, context)
    return LongTextInput(path, context) if kind is AnswerKind.LONG_TEXT else NameInput(path, context)
