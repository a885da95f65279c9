"""Breaks words into lines for what does not wrap by itself: the words of a button or a tick box in large type."""

from PySide6.QtGui import QFontMetrics


def wrapped(words: str, metrics: QFontMetrics, width: int) -> str:
    """Words in lines that fit in a width, for a button does not wrap by itself; a single long word stays whole."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
