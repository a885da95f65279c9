"""How words stand in a sentence."""

from collections.abc import Mapping


def inside_a_sentence(label: str) -> str:
    """A label with a small first letter, unless it begins with an abbreviation or a code."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else label[:1].lower() + label[1:]


def sentence_case(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def filled(words: str, details: Mapping[str, object]) -> str:
    """A phrase with its braces filled in; what is not known shows as three dots rather than as an error."""
    return words.format_map(_Known(details))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
