"""Fonts of the PDF, and the gate through which every string reaches it.

The fonts are shipped (resources/fonts, with their licences) and embedded, so that a letter looks the same everywhere.
What the usual fonts lack is taken from a third, which holds Chinese, Japanese and Korean and is read only then. What
that one lacks too is printed as the replacement character and reported: never dropped, never a blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.library import resource_files
from desktop_app.library.clean_text import REPLACEMENT, cleaned, one_line
from desktop_app.library.right_to_left import in_visual_order, joined

REGULAR, BOLD, FALLBACK = "Botwijzer", "Botwijzer-Bold", "Botwijzer-Fallback"
FONT_FILES = {REGULAR: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}
FALLBACK_FILE = "DroidSansFallback.ttf"


class _Font(TTFont):
    """A font that finds the codes of characters that a document already has without a loop in Python."""

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        state: Any = self.state.get(doc)  # Any: what the type stub says of it is another class
        if state is not None:
            try:
                return [(0, bytes(map(state.assignments.__getitem__, map(ord, text))))] if text else []
            except (KeyError, ValueError):  # a character that is new, or one in a later part of the font
                pass
        return super().splitString(text, doc, encoding)


@cache
def register_fonts() -> None:
    """Make the fonts known to ReportLab, once; and let it write bytes as bytes, which is smaller and quicker."""
    rl_config.useA85 = 0
    for name, file in FONT_FILES.items():
        _register(name, file)


def _register(name: str, file: str) -> None:
    pdfmetrics.registerFont(_Font(name, BytesIO(resource_files.content("fonts", file))))


def _characters_of(font: str) -> frozenset[int]:
    found = pdfmetrics.getFont(font)
    assert isinstance(found, TTFont)
    return frozenset(found.face.charToGlyph)


@cache
def printable() -> frozenset[int]:
    """The characters that both usual fonts have."""
    register_fonts()
    return frozenset.intersection(*map(_characters_of, FONT_FILES)) | {ord("\n")}


@cache
def printable_by_fallback() -> frozenset[int]:
    """The characters that only the third font has."""
    _register(FALLBACK, FALLBACK_FILE)
    return _characters_of(FALLBACK) - printable()


@dataclass
class Gate:
    """Lets text through to one document, and remembers what could not be printed."""

    missing: set[str] = field(default_factory=set)

    def text(self, text: str) -> str:
        """Text with all that no font has replaced; what the third font has stays, so print it by `in_fonts`.

        Arabic letters are joined, and stay in the order in which they were typed; turn a line when it is drawn.
        """
        whole = cleaned(text)
        lacking = lacking_characters(whole)
        if lacking:
            self.missing |= lacking
            whole = whole.translate({ord(character): REPLACEMENT for character in lacking})
        return joined(whole, printable())

    def line(self, text: str) -> str:
        """Text for a line that is drawn at a place of its own."""
        return self.text(one_line(text))


@lru_cache(maxsize=2000)
def lacking_characters(text: str) -> frozenset[str]:
    """The characters of a cleaned text that no font has."""
    if text.isascii():
        return frozenset()
    lacking = frozenset(character for character in set(text) if ord(character) not in printable())
    if not lacking:
        return lacking
    return frozenset(character for character in lacking if ord(character) not in printable_by_fallback())


def in_fonts(text: str, font: str) -> Iterator[tuple[str, str]]:
    """A text that passed the gate as stretches, each with the font that has its characters: `font` where it can."""
    if text.isascii() or printable().issuperset(map(ord, text)):
        yield font, text
        return
    for is_usual, stretch in groupby(text, lambda character: ord(character) in printable()):
        yield font if is_usual else FALLBACK, "".join(stretch)


def width_in_fonts(text: str, font: str, size: float) -> float:
    """How wide a text is that passed the gate, in points."""
    return sum(pdfmetrics.stringWidth(stretch, used, size) for used, stretch in in_fonts(text, font))


def draw_line(canvas: Canvas, text: str, font: str, size: float, x: float, y: float, is_right: bool = False) -> None:
    """Draw a line that passed the gate; it starts at `x`, or ends there."""
    words = canvas.beginText(x - width_in_fonts(text, font, size) if is_right else x, y)
    for used, stretch in in_fonts(in_visual_order(text), font):
        words.setFont(used, size)
        words.textOut(stretch)
    canvas.drawText(words)


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text, cut off with three points where it is wider than the line."""
    if width_in_fonts(text, font, size) <= width:
        return text
    short = text
    while short and width_in_fonts(f"{short}…", font, size) > width:
        short = short[:-1]
    return f"{short.rstrip()}…"
