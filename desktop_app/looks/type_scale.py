"""The sizes of type in the window, as shares of the font that the user has set: they all grow with it."""

from enum import Enum

from PySide6.QtGui import QFont


class TypeSize(Enum):
    """A size by what it is for."""

    NOTE = 0.9  # what explains: help, reasons, where a statement stands
    BODY = 1.0  # questions, answers, advice
    NAME = 1.3  # whose case this is, what is decided: read first
    COVER = 1.5  # one sentence on an empty page


def sized(font: QFont, size: TypeSize, bold: bool = False) -> QFont:
    """A font in another size of the scale."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * size.value)
    result.setBold(bold)
    return result
