"""Fonts of the PDF, and the gate through which every string reaches it.

The fonts are shipped (resources/fonts, with their licence) and embedded, so that a letter looks the same everywhere.
What a font lacks is printed as the replacement character and reported: never dropped, never a blank.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app import resource_files
from desktop_app.letter.clean_text import REPLACEMENT, cleaned, one_line, runs_right_to_left

REGULAR, BOLD = "Botwijzer", "Botwijzer-Bold"
FONT_FILES = {REGULAR: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}


@cache
def register_fonts() -> None:
    """Make the fonts known to ReportLab, once; and let it write bytes as bytes, which is smaller and quicker."""
    rl_config.useA85 = 0
    for name, file in FONT_FILES.items():
        pdfmetrics.registerFont(TTFont(name, BytesIO(resource_files.content("fonts", file))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def printable() -> frozenset[int]:
    """The characters that both fonts have."""
    register_fonts()
    faces: list[Any] = [pdfmetrics.getFont(name) for name in FONT_FILES]
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in faces)) | {ord("\n")}


@dataclass
class Gate:
    """Lets text through to one letter, and remembers what could not be printed."""

    missing: set[str] = field(default_factory=set)
    right_to_left: bool = False

    def text(self, text: str) -> str:
        """Text with all that cannot be printed replaced."""
        whole = cleaned(text)
        self.right_to_left = self.right_to_left or runs_right_to_left(whole)
        lacking = lacking_characters(whole)
        if not lacking:
            return whole
        self.missing |= lacking
        return whole.translate({ord(character): REPLACEMENT for character in lacking})

    def line(self, text: str) -> str:
        """Text for a line that is drawn at a place of its own."""
        return self.text(one_line(text))

    def markup(self, text: str) -> str:
        """Text for a paragraph: nothing in it can be taken for a tag; lines stay lines."""
        return escape(self.text(text)).replace("\n", "<br/>")


@lru_cache(maxsize=2000)
def lacking_characters(text: str) -> frozenset[str]:
    """The characters of a cleaned text that the fonts lack."""
    if text.isascii():
        return frozenset()
    return frozenset(character for character in set(text) if ord(character) not in printable())


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text, cut off with three points where it is wider than the line."""
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    short = text
    while short and pdfmetrics.stringWidth(f"{short}…", font, size) > width:
        short = short[:-1]
    return f"{short.rstrip()}…"
