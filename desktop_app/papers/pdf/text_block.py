"""Text on a page: broken into lines, split between pages, and marked as one element of the structure.

ReportLab's own paragraph is not used, for three reasons. It drops the space at the end of each line, so that who reads
by structure gets "mg/L.Temperature"; it reads text as markup, so that every text must be escaped; and it takes two
thirds of the time of a whole letter. What is needed here is little: runs of text, to the left or to the right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable

from desktop_app.library.right_to_left import in_visual_order
from desktop_app.papers.pdf.structure import Element, MarkedCanvas

LEAST_LINES = 2
"""So many lines of a text stay together at the foot and at the head of a page."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks; lengths in points."""

    font: str
    size: float
    colour: Color
    leading: float
    space_before: float = 0
    space_after: float = 0
    indent: float = 0
    is_right: bool = False


@dataclass(eq=False, frozen=True, slots=True)
class Run:
    """Text of one look; a line end in it is a line end on paper."""

    text: str
    font: str
    size: float
    colour: Color


@dataclass(slots=True)
class Line:
    """One line: pieces of runs, and how wide they are without the space that keeps it apart from the next line."""

    pieces: list[tuple[Run, str]]
    width: float
    is_ended: bool = False
    """Whether its writer ended it; else it was merely full."""


Word = list[tuple[Run, str]]


class TextBlock(Flowable):
    """A paragraph; `label` is what stands before its first line, such as a dash, with an element of its own."""

    def __init__(
        self, runs: Sequence[Run], style: TextStyle, element: Element, label: tuple[Run, Element] | None = None
    ) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = style.space_before, style.space_after
        self._runs, self._style, self._element, self._label = runs, style, element, label
        self._lines: list[Line] = []
        self._wrapped_width: float | None = None
        self._is_drawn = False

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self._wrapped_width != availWidth:
            self._lines = broken_lines(self._runs, availWidth - self._style.indent)
            self._keep_last_space()
            self._wrapped_width = availWidth
        self.width, self.height = availWidth, len(self._lines) * self._style.leading
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self.wrap(availWidth, availHeight)
        lines, fit = self._lines, int(availHeight / self._style.leading + 1e-6)
        if fit >= len(
            lines
        ):  # only the space around it does not fit: it moves as a whole; two parts or none is the rule
            return []
        fit = min(fit, len(lines) - LEAST_LINES)
        if fit < LEAST_LINES:
            return []
        return [self._part(lines[:fit], self._label), self._part(lines[fit:], None)]

    def _part(self, lines: list[Line], label: tuple[Run, Element] | None) -> "TextBlock":
        """Some of the lines; a table may still set them at another width, so their own words go with them."""
        part = TextBlock(list(_runs_of(lines, self._runs[0])), self._style, self._element, label)
        part._lines, part._wrapped_width = lines, self._wrapped_width
        return part

    def _keep_last_space(self) -> None:
        """A text that ends in a space goes on on the next page: the space keeps the words apart."""
        if self._lines and self._runs[-1].text.endswith(" ") and self._lines[-1].pieces:
            run, text = self._lines[-1].pieces[-1]
            if not text.endswith(" "):
                self._lines[-1].pieces[-1] = (run, text + " ")

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:
        """Draw with the lower left corner at (x, y).

        A text drawn once more, such as a table head on the next page, is not read out again. Other flowables override
        `draw`, for which ReportLab moves the origin and back: with hundreds of texts that takes a third of the time.
        """
        assert isinstance(canvas, MarkedCanvas)
        if not self._lines:
            return
        top = y + self.height - self._style.size
        if self._label is not None and not self._is_drawn:
            run, element = self._label
            canvas.begin_element(element)
            _draw_words(canvas, run, x, top)
            canvas.end_marked()
        if self._is_drawn:
            canvas.begin_artifact()
        else:
            canvas.begin_element(self._element)
        self._is_drawn = True
        self._draw_lines(canvas, x, top)
        canvas.end_marked()

    def _draw_lines(self, canvas: MarkedCanvas, x: float, y: float) -> None:
        style, first = self._style, self._runs[0]
        canvas.fill_with(first.colour)
        text = canvas.beginText(x + style.indent, y)
        text.setFont(first.font, first.size, style.leading)
        look = first
        for line in self._lines:
            if style.is_right:
                text.setTextOrigin(x + self.width - line.width, y)
                y -= style.leading
            look = _draw_line(text, line, look, style.leading)
        canvas.drawText(text)
        if look.colour is not first.colour:
            canvas.setFillColor(look.colour)  # so that the canvas knows with what the text left it


def _draw_words(canvas: MarkedCanvas, run: Run, x: float, y: float) -> None:
    canvas.fill_with(run.colour)
    text = canvas.beginText(x, y)
    text.setFont(run.font, run.size)
    text.textOut(run.text)
    canvas.drawText(text)


def _draw_line(text: PDFTextObject, line: Line, look: Run, leading: float) -> Run:
    """Draw one line; takes and returns the run whose look the text has."""
    if not line.pieces:
        text.moveCursor(0, leading)
        return look
    last = len(line.pieces) - 1
    for place, (run, words) in enumerate(line.pieces):
        if (look.font, look.size) != (run.font, run.size):
            text.setFont(run.font, run.size, leading)
        if look.colour is not run.colour:
            text.setFillColor(run.colour)
        look = run
        (text.textLine if place == last else text.textOut)(in_visual_order(words))
    return look


def _runs_of(lines: Sequence[Line], look: Run) -> Iterator[Run]:
    """The words of some lines as runs again."""
    for line in lines:
        for run, text in line.pieces:
            yield Run(text, run.font, run.size, run.colour)
        if line.is_ended:
            yield Run("\n", look.font, look.size, look.colour)


# --- lines ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _width_of(text: str, font: str) -> float:
    """The width in thousands of a point of a font of one point."""
    return pdfmetrics.stringWidth(text, font, 1000)


def width_of(text: str, run: Run) -> float:
    """How wide a text is in the look of a run, in points."""
    return _width_of(text, run.font) * run.size / 1000


def broken_lines(runs: Sequence[Run], width: float) -> list[Line]:
    """The lines of some runs. Breaks at spaces, and within a word only where it is wider than a whole line."""
    if len(runs) == 1 and _is_one_line(runs[0], width):
        return [Line([(runs[0], runs[0].text)], width_of(runs[0].text, runs[0]))]
    breaker = _Breaker(width)
    for word, ends_line in _words(runs):
        if word:
            breaker.add(word)
        if ends_line:
            breaker.end_line()
    return breaker.finished()


def _is_one_line(run: Run, width: float) -> bool:
    """Whether a text is as it would come out of the breaker, and fits: most do, and this is the quick way to tell."""
    text = run.text
    if not text or "\n" in text or "  " in text or text[0] == " " or text[-1] == " ":
        return False
    return width_of(text, run) <= width


def _words(runs: Sequence[Run]) -> Iterator[tuple[Word, bool]]:
    """Each word, in pieces where a run ends within it, and whether a line ends after it."""
    word: Word = []
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield word, True
                word = []
            first, *others = line.split(" ")
            if first:
                word.append((run, first))
            for part in others:
                if word:
                    yield word, False
                word = [(run, part)] if part else []
    if word:
        yield word, False


class _Breaker:
    """Fills lines with words."""

    def __init__(self, width: float) -> None:
        self._full = width + 1e-6
        self._lines: list[Line] = []
        self._line = Line([], 0)

    def add(self, word: Word) -> None:
        width = sum(width_of(text, run) for run, text in word)
        if self._line.pieces:
            space = width_of(" ", self._line.pieces[-1][0])
            fits = self._line.width + space + width <= self._full
            self._append_to_last(" ")
            if fits:
                self._line.width += space
            else:
                self._next_line()
        if width <= self._full:
            self._place(word, width)
        else:
            self._place_in_parts(word)

    def _place(self, word: Word, width: float) -> None:
        for run, text in word:
            if self._line.pieces and self._line.pieces[-1][0] is run:
                self._append_to_last(text)
            else:
                self._line.pieces.append((run, text))
        self._line.width += width

    def _place_in_parts(self, word: Word) -> None:
        """A word that is wider than a line: as many characters on each as fit, and no space between them."""
        for run, text in word:
            for character in text:
                width = width_of(character, run)
                if self._line.pieces and self._line.width + width > self._full:
                    self._next_line()
                self._place([(run, character)], width)

    def _append_to_last(self, text: str) -> None:
        run, before = self._line.pieces[-1]
        self._line.pieces[-1] = (run, before + text)

    def end_line(self) -> None:
        """A line that ends where its writer said so."""
        if self._line.pieces:
            self._append_to_last(" ")
        self._line.is_ended = True
        self._next_line()

    def _next_line(self) -> None:
        self._lines.append(self._line)
        self._line = Line([], 0)

    def finished(self) -> list[Line]:
        if self._line.pieces:
            self._lines.append(self._line)
        return self._lines
