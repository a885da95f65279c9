"""Draws a picture on a page as lines, areas and words, with the colours of print."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.papers.pdf.text import BOLD, REGULAR, Gate, register_fonts

PRINT_COLOURS: Mapping[Role, str] = {
    Role.WINDOW: "#ffffff",
    Role.SURFACE: "#ffffff",
    Role.RAISED: "#f1f6f8",
    Role.LINE: "#a9b7c0",
    Role.EDGE: "#6f7e88",
    Role.INK: "#1c2833",
    Role.QUIET: "#566471",
    Role.ACCENT: "#0d5470",
    Role.ACCENT_SURFACE: "#e2eff4",
    Role.ON_ACCENT: "#ffffff",
    Role.STOP: "#a11d1d",
    Role.STOP_SURFACE: "#fdf0ee",
    Role.CAUTION: "#7d4a00",
    Role.CAUTION_SURFACE: "#fdf6e6",
    Role.DONE: "#1f6438",
    Role.DEPENDS: "#54448a",
}
"""Ink on paper by role. Words have at least 4.5:1 contrast on every ground here; lines are darker than on a screen,
because printers lose thin pale ones."""


_COLOURS = {role: HexColor(colour) for role, colour in PRINT_COLOURS.items()}
FEW_COMMANDS = 400
"""So many commands of paths stand on the page itself."""
MARGIN = 5.0
"""How far lines may reach over the edge of a picture, in its points."""


def draw_picture(
    canvas: Canvas, picture: Picture, x: float, y: float, scale: float = 1.0, gate: Gate | None = None
) -> None:
    """Draw a picture with its lower left corner at (x, y) of the page, in points; `gate` remembers what fonts lack."""
    register_fonts()
    letters = gate or Gate()
    canvas.saveState()
    canvas.translate(x, y + picture.height * scale)
    canvas.scale(scale, scale)
    for kind, shapes in groupby(picture.shapes, type):
        if kind is Path:
            _draw_paths(canvas, picture, tuple(shape for shape in shapes if isinstance(shape, Path)))
        else:
            _draw_labels(canvas, [shape for shape in shapes if isinstance(shape, Label)], letters)
    canvas.restoreState()


def label_width(label: Label) -> float:
    """How wide a label is on paper, in the points of its picture."""
    register_fonts()
    return pdfmetrics.stringWidth(label.text, _font(label), label.size)


# --- paths


def _draw_paths(canvas: Canvas, picture: Picture, paths: tuple[Path, ...]) -> None:
    """A few paths on the page itself; many as a drawing of their own that the page shows."""
    if sum(len(path.commands) for path in paths) <= FEW_COMMANDS:
        canvas.addLiteral(_operators(paths))
        return
    name, content = _kept(paths)
    if not canvas.hasForm(name):
        document = getattr(canvas, "_doc")  # noqa: B009 - known to no type stub
        document.addForm(name, _drawing(picture, content))
    canvas.doForm(name)


def _drawing(picture: Picture, content: bytes) -> PDFStream:
    """Operators as what PDF calls a form: it brings its own box, and is compressed already."""
    box = [-MARGIN, -picture.height - MARGIN, picture.width + MARGIN, MARGIN]
    entries = {"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "Filter": PDFName("FlateDecode")}
    empty = PDFDictionary({})
    return PDFStream(PDFDictionary({**entries, "BBox": PDFArray(box), "Resources": empty}), content, filters=())


@lru_cache(maxsize=32)
def _kept(paths: tuple[Path, ...]) -> tuple[str, bytes]:
    """A name that is the same in each process, and the compressed operators. They are kept: a skeleton has thousands of
    points, and most letters that are made again are about the same bone."""
    content = zlib.compress(_operators(paths).encode("ascii"))
    return f"drawing-{hashlib.sha256(content).hexdigest()[:12]}", content


def _operators(paths: tuple[Path, ...]) -> str:
    """Paths as PDF writes them."""
    parts = ["q 1 j"]
    state: dict[str, str] = {}
    for path in paths:
        wanted = _look(path)
        parts += [operator for key, operator in wanted.items() if state.get(key) != operator]
        state |= wanted
        parts += [_command(letter) % _upward(numbers) for letter, numbers in path.commands]
        parts.append(_PAINTING[path.fill is not None, path.line is not None])
    return "\n".join((*parts, "Q"))


_COMMANDS = {"M": "%.1f %.1f m", "L": "%.1f %.1f l", "C": "%.1f %.1f %.1f %.1f %.1f %.1f c", "Z": "h"}
_PAINTING = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}


def _command(letter: str) -> str:
    if letter not in _COMMANDS:
        raise ValueError(f"a path has no command {letter!r}: use M, L, C or Z")
    return _COMMANDS[letter]


def _look(path: Path) -> dict[str, str]:
    """The operators that set colours and line of a path, by what they set."""
    found = {}
    if path.fill is not None:
        found["fill"] = f"{_rgb(path.fill)} rg"
    if path.line is not None:
        width = path.line_width
        dashes = f"[{3 * width:.2f} {2.5 * width:.2f}] 0 d 0 J" if path.is_dashed else "[] 0 d 1 J"
        found |= {"line": f"{_rgb(path.line)} RG", "width": f"{width:.2f} w", "dashes": dashes}
    return found


def _rgb(role: Role) -> str:
    colour = _COLOURS[role]
    return f"{colour.red:.4f} {colour.green:.4f} {colour.blue:.4f}"


def _upward(numbers: tuple[float, ...]) -> tuple[float, ...]:
    """Points with y upward, as pages have it."""
    return tuple(-number if place % 2 else number for place, number in enumerate(numbers))


def _font(label: Label) -> str:
    return BOLD if label.is_bold else REGULAR


def _draw_labels(canvas: Canvas, labels: Iterable[Label], gate: Gate) -> None:
    words, before_it = canvas.beginText(), None
    for label in labels:
        text, font = gate.line(label.text), _font(label)
        before = _BEFORE[label.anchor] * pdfmetrics.stringWidth(text, font, label.size)
        look = (label.role, font, label.size)
        if look != before_it:
            words.setFillColor(_COLOURS[label.role])
            words.setFont(font, label.size)
            before_it = look
        words.setTextOrigin(label.x - before, -label.y)
        words.textOut(text)
    canvas.drawText(words)


_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a label stands before the place at which it is anchored."""
