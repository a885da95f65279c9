"""The type of a condition in an entry: text that is read in the vocabulary of the edition."""

from typing import Annotated

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from guideline_core.case_reading.faults import shortened
from guideline_core.condition import Condition
from guideline_core.edition.condition_language import ConditionFault, parse
from guideline_core.edition.entry_types import as_text

VOCABULARY = "vocabulary"
"""Where the context of a validation holds the vocabulary in which conditions are read."""
_LONGEST_REPEATED = 300


def _condition(value: object, info: ValidationInfo) -> Condition:
    return condition_read_in(value, info, VOCABULARY)


def condition_read_in(value: object, info: ValidationInfo, vocabulary: str) -> Condition:
    """Read a condition in one of the vocabularies that the context of the validation holds."""
    text = as_text(value)
    if not isinstance(text, str):
        raise PydanticCustomError("condition", "a condition is expected")
    if info.context is None:
        raise TypeError("a condition is read in a vocabulary, which the context must hold")
    try:
        return parse(text, info.context[vocabulary])
    except ConditionFault as fault:
        details = {"text": shortened(text, _LONGEST_REPEATED), "fault": str(fault)}
        raise PydanticCustomError("condition", "condition '{text}': {fault}", details) from None


WrittenCondition = Annotated[Condition, PlainValidator(_condition)]
"""A condition that stands in a file as text."""
