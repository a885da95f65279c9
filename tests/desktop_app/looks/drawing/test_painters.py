"""One picture, two pens: both put each shape where the picture says, in the colour of its role."""

import io

import pytest
from pypdf import PdfReader

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtGui import QImage, QPainter
from reportlab.pdfgen.canvas import Canvas

from desktop_app.looks.drawing.picture import Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import DARK, LIGHT, Palette
from desktop_app.papers.pdf.picture_drawing import PRINT_COLOURS, draw_picture
from desktop_app.papers.pdf.text import REGULAR, Gate, register_fonts
from desktop_app.plan.view.picture_painter import paint_picture
from tests.desktop_app.looks.drawing.pictures import square_and_word

pytestmark = pytest.mark.usefixtures("qapp")

SURFACES = (Role.WINDOW, Role.SURFACE, Role.RAISED)
WORDS = (Role.INK, Role.QUIET, Role.ACCENT, Role.STOP, Role.CAUTION, Role.DONE, Role.DEPENDS)
PAIRS = [(word, ground) for word in WORDS for ground in SURFACES] + [
    (Role.ACCENT, Role.ACCENT_SURFACE),
    (Role.STOP, Role.STOP_SURFACE),
    (Role.CAUTION, Role.CAUTION_SURFACE),
    (Role.ON_ACCENT, Role.ACCENT),
    *((word, ground) for word in (Role.INK,) for ground in Role if ground.value.endswith("surface")),
]
"""Which words may stand on which ground."""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def painted(picture: Picture, palette: Palette, scale: float = 1.0) -> QImage:
    """The picture on the surface of a palette."""
    image = QImage(round(picture.width * scale), round(picture.height * scale), QImage.Format.Format_RGB32)
    image.fill(palette[Role.SURFACE])
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        paint_picture(painter, picture, palette)
    finally:
        painter.end()
    return image


def columns_of_words(image: QImage, palette: Palette) -> range:
    """The columns from the first to the last pixel below the square that is not bare surface."""
    bare = palette[Role.SURFACE].rgb()
    found = [x for x in range(image.width()) for y in range(60, 100) if image.pixel(x, y) != bare]
    return range(min(found), max(found) + 1) if found else range(0)


def test_contrast_is_known_to_be_measured_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT.colours, DARK.colours, PRINT_COLOURS], ids=["light", "dark", "print"])
def test_words_can_be_read_on_every_ground_they_stand_on(colours: dict[Role, str]) -> None:
    weak = {(word, ground): contrast(colours[word], colours[ground]) for word, ground in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_print_has_a_colour_for_each_role() -> None:
    assert set(PRINT_COLOURS) == set(Role)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_window_draws_a_shape_where_the_picture_says(palette: Palette) -> None:
    image = painted(square_and_word(), palette, scale=2)
    assert image.pixelColor(60, 60) == palette[Role.ACCENT]
    assert image.pixelColor(16, 16) == palette[Role.SURFACE]
    assert image.pixelColor(104, 60) == palette[Role.SURFACE]


@pytest.mark.parametrize(("anchor", "first", "last"), [("start", 60, 130), ("middle", 20, 100), ("end", 0, 60)])
def test_words_stand_at_their_anchor(anchor: str, first: int, last: int) -> None:
    columns = columns_of_words(painted(square_and_word("HHHH", anchor), LIGHT), LIGHT)
    assert len(columns) > 20 and first - 1 <= columns.start and columns.stop <= last + 1


def drawn(picture: Picture, gate: Gate | None = None, scale: float = 1.0) -> PdfReader:
    """A page with the picture at (100, 200)."""
    register_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 400), initialFontName=REGULAR)
    draw_picture(canvas, picture, 100, 200, scale, gate)
    canvas.save()
    return PdfReader(file)


def places_of_text(page: PdfReader) -> dict[str, tuple[float, float]]:
    """Where each text starts on the page."""
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, matrix: list[float], text_matrix: list[float], *_rest: object) -> None:
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            found[text.strip()] = (
                x * matrix[0] + y * matrix[2] + matrix[4],
                x * matrix[1] + y * matrix[3] + matrix[5],
            )

    page.pages[0].extract_text(visitor_text=visit)
    return found


def test_paper_has_the_words_as_text_at_their_place() -> None:
    place = places_of_text(drawn(square_and_word(), scale=2))["MRI"]
    assert place == pytest.approx((100 + 2 * 60, 200 + 2 * (100 - 90)))


def test_paper_draws_lines_not_pixels_and_embeds_its_font() -> None:
    page = drawn(square_and_word()).pages[0]
    resources = page["/Resources"]
    assert "/XObject" not in resources
    fonts = [font.get_object() for font in resources["/Font"].values()]
    used = [font for font in fonts if "DejaVu" in font["/BaseFont"]]
    assert used and all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_gate_hears_of_what_the_font_lacks() -> None:
    gate = Gate()
    drawn(square_and_word("MRI 🦴"), gate)
    assert gate.missing == {"🦴"}


@pytest.mark.parametrize("draw", [drawn, lambda picture: painted(picture, LIGHT)], ids=["paper", "window"])
def test_an_unknown_command_is_refused(draw: object) -> None:
    picture = Picture(10, 10, (Path((("Q", (1.0, 1.0)),), fill=Role.INK),), "broken")
    with pytest.raises(ValueError, match="'Q'"):
        draw(picture)  # type: ignore[operator]
