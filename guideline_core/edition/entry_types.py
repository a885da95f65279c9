"""Types used in the entries of an edition: a text, a text in both languages, a day, a number."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

LANGUAGES = ("nl", "en")


def as_text(value: object) -> object:
    """YAML reads 19 as a number and true as a truth value; where a text is expected, both are texts."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


def _in_both_languages(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise PydanticCustomError("words", "a text in nl and en is expected")
    missing = next((language for language in LANGUAGES if language not in value), None)
    if missing is not None:
        raise PydanticCustomError("words", "'{language}' is missing", {"language": missing})
    unknown = next((str(key) for key in value if key not in LANGUAGES), None)
    if unknown is not None:
        raise PydanticCustomError("words", "unknown key '{key}'", {"key": unknown})
    texts = {language: as_text(value[language]) for language in LANGUAGES}
    if not all(isinstance(text, str) and text for text in texts.values()):
        raise PydanticCustomError("words", "a text is expected in nl and en")
    return {language: str(text) for language, text in texts.items()}


def gathered(entry: object, into: str) -> object:
    """An entry with its nl and en gathered under one key, as in a value.

    >>> gathered({"nl": "kind", "en": "child", "when": "age_group is child"}, "text")
    {'text': {'nl': 'kind', 'en': 'child'}, 'when': 'age_group is child'}
    """
    if not isinstance(entry, Mapping) or into in entry:
        return entry
    texts = {language: entry[language] for language in LANGUAGES if language in entry}
    return {into: texts, **{key: value for key, value in entry.items() if key not in LANGUAGES}}


def _a_day(value: object) -> str:
    """A day that exists, written in full and as text: a bare 2026-11-29 is no text in YAML."""
    try:
        is_day = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_day = False
    if not is_day:
        message = "a day such as \"2026-11-29\" is expected, between quotation marks, not '{value}'"
        raise PydanticCustomError("day", message, {"value": str(value)})
    return str(value)


Day = Annotated[str, PlainValidator(_a_day)]
"""A day as text: year, month, day."""
Text = Annotated[str, BeforeValidator(as_text), Field(min_length=1)]
FiniteNumber = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number to reckon with: no text, no truth value, and neither .inf nor .nan, which YAML takes for numbers."""
Words = Annotated[Mapping[str, str], PlainValidator(_in_both_languages)]
"""A text by language: nl and en, both obligatory."""
NO_OTHER_KEYS = ConfigDict(extra="forbid")
"""How an entry is read: a key that it does not know is refused."""
