"""How labels and names stand inside a sentence."""


def inside_a_sentence(label: str) -> str:
    """A label with a small first letter, unless it begins with an abbreviation or a code."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else label[:1].lower() + label[1:]
