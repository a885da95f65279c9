"""One palette: any ink reads on any ground, edges are seen, and no colour or size of type stands anywhere else."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.desktop_app import offscreen  # noqa: F401

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import DARK, LIGHT, Palette, faded, put_on, qt_palette
from desktop_app.looks.primary import stand_out
from desktop_app.papers.pdf.picture_drawing import PRINT_COLOURS
from tests.checkout import CHECKOUT
from tests.desktop_app.looks.contrast import GROUNDS, INKS, OTHERS, SIGNS, WORDS, contrast

PRINT = Palette("print", PRINT_COLOURS)
PACKAGE = CHECKOUT / "desktop_app"
AT_HOME = {"looks/palette.py", "papers/pdf/style.py", "papers/pdf/picture_drawing.py"}
"""Where colours are set: screen, and paper."""
LEGACY_WHITE = {"papers/pdf/pdf_blocks.py"}
"""A hairline in the white of the paper between two boxes."""


def too_weak(palette: Palette) -> list[str]:
    """Every pair of a palette that is harder to read or see than WCAG allows."""
    words = [
        (palette[ink], palette[ground], WORDS, f"{ink.name} on {ground.name}") for ink in INKS for ground in GROUNDS
    ]
    words.append((palette[Role.ON_ACCENT], palette[Role.ACCENT], WORDS, "ON_ACCENT on ACCENT"))
    words.append((palette[Role.SURFACE], palette[Role.INK], WORDS, "SURFACE on INK"))
    seen = [(palette[Role.EDGE], palette[ground], SIGNS, f"EDGE on {ground.name}") for ground in GROUNDS]
    return [name for front, behind, least, name in (*words, *seen) if contrast(front, behind) < least]


def test_contrast_is_reckoned_as_wcag_does():
    """The values that WebAIM and the W3C give for these pairs."""
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.005)
    assert contrast(QColor("#ffffff"), QColor("#767676")) == pytest.approx(4.54, abs=0.005)
    assert contrast(QColor("#ff0000"), QColor("#ffffff")) == pytest.approx(4.00, abs=0.005)


def test_every_role_has_a_use():
    assert sorted(role.name for role in (*INKS, *GROUNDS, *OTHERS)) == sorted(role.name for role in Role)


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=lambda palette: palette.name)
def test_any_ink_reads_on_any_ground(palette):
    assert too_weak(palette) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("role", [*INKS, Role.EDGE])
def test_a_weak_colour_is_refused(palette, role):
    weak = replace(palette, colours={**palette.colours, role: palette.colours[Role.LINE]})
    assert f"{role.name} on SURFACE" in too_weak(weak)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_what_cannot_be_acted_on_can_still_be_read(palette):
    """WCAG asks nothing of it; we ask what it asks of signs."""
    assert min(contrast(faded(palette), palette[ground]) for ground in GROUNDS) >= SIGNS


QT_PAIRS = (
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.Text, QPalette.ColorRole.AlternateBase),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Base),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Window),
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize(("front", "behind"), QT_PAIRS)
def test_standard_widgets_read_well(palette, front, behind):
    given = qt_palette(palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert contrast(given.color(group, front), given.color(group, behind)) >= WORDS


@pytest.fixture
def worn(qapp):
    before = QPalette(qapp.palette())
    qapp.setStyle("Fusion")
    yield put_on
    QApplication.setPalette(before)


def drawn(kind: type[QWidget], **properties: object) -> list[QColor]:
    """The colours of the middle row of a widget as the style draws it, from the left."""
    host = QWidget()
    widget = kind()
    for name, value in properties.items():
        widget.setProperty(name, value)
    QVBoxLayout(host).addWidget(widget)
    host.resize(160, 60)
    image = host.grab().toImage()
    row = widget.geometry().center().y()
    return [image.pixelColor(x, row) for x in range(widget.geometry().left() - 2, widget.geometry().right())]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox, QLineEdit, QComboBox, QPlainTextEdit, QPushButton])
def test_the_edge_of_what_one_can_act_on_is_seen(worn, palette, kind):
    worn(palette)
    colours = drawn(kind)
    assert colours[0] == palette[Role.WINDOW]
    assert max(contrast(colour, colours[0]) for colour in colours[1:6]) >= SIGNS


def box_of_a_list(state: Qt.CheckState) -> list[QColor]:
    """The colours across the box of a line that can be ticked, from its left."""
    ticks = QListWidget()
    item = QListWidgetItem("", ticks)
    item.setCheckState(state)
    ticks.resize(160, 60)
    image = ticks.grab().toImage()
    row = ticks.visualItemRect(item).center().y() + ticks.frameWidth()
    return [image.pixelColor(x, row) for x in range(ticks.frameWidth() + 1, 30)]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("state", [Qt.CheckState.Unchecked, Qt.CheckState.Checked])
def test_the_box_of_a_line_that_can_be_ticked_is_seen(worn, palette, state):
    worn(palette)
    colours = box_of_a_list(state)
    assert colours[0] == palette[Role.SURFACE]
    edges = [x for x, colour in enumerate(colours) if contrast(colour, palette[Role.SURFACE]) >= SIGNS]
    assert edges and edges[-1] - edges[0] >= 9  # both sides of the box


def test_an_edge_of_the_style_itself_is_refused(worn):
    """What Fusion makes of a dark palette by itself cannot be seen: the check above tells."""
    worn(DARK)
    QApplication.setPalette(qt_palette(DARK))  # forgets the edges
    for name in ("QLineEdit", "QRadioButton", "QAbstractButton"):
        QApplication.setPalette(qt_palette(DARK), name)
    colours = drawn(QLineEdit)
    assert max(contrast(colour, colours[0]) for colour in colours[1:6]) < SIGNS


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("kind", [QPushButton, QComboBox])
def test_words_on_the_shades_that_the_style_makes_read_well(worn, palette, kind):
    """Fusion draws a button in shades of its own."""
    worn(palette)
    inside = drawn(kind)[5:-30]  # at the right is the arrow of a list
    assert min(contrast(palette[Role.INK], colour) for colour in inside) >= WORDS


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_the_primary_button_stands_out_and_reads_well(worn, palette):
    worn(palette)
    button = QPushButton()
    stand_out(button, palette)
    button.resize(100, 30)
    ground = button.grab().toImage().pixelColor(50, 15)
    assert contrast(ground, palette[Role.WINDOW]) >= SIGNS
    assert contrast(ground, palette[Role.ON_ACCENT]) >= WORDS


# --- nowhere else ---------------------------------------------------------------------------------------------------

COLOUR = re.compile(
    r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![0-9a-zA-Z])|QColor\(\s*[\"'0-9]|GlobalColor\.(?!transparent)\w+|\brgba?\("
    r"|color:\s*(?!\{)[a-z]+\b|background:\s*(?!\{|none|transparent)[a-z]+\b"
)
SIZE = re.compile(r"setPointSize|setPixelSize|font-size\s*:|QFont\(\s*[\"']")
SIZED_AT_HOME = {"looks/type_scale.py", "plan/view/picture_painter.py", "meeting/screen/lettering.py"}
"""The scale itself; words in a picture are in its own units, those for a room in shares of its screen."""
RULE = re.compile(r"\{\{([^{}]|\{\w+\[Role\.\w+\]\}|\{\w+\})*\}\}")
USED = re.compile(r"(?<![-a-z])(color|background): \{\w+\[Role\.(\w+)\](?:\.name\(\))?\}")


def sources() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8")


def found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match.group() for match in pattern.finditer(text)]


def test_no_colour_stands_outside_the_palettes():
    scanned = dict(sources())
    assert scanned.keys() >= AT_HOME and len(scanned) > 150
    stray = {name: found(COLOUR, text) for name, text in scanned.items() if name not in AT_HOME | LEGACY_WHITE}
    assert {name: colours for name, colours in stray.items() if colours} == {}


def test_no_size_of_type_stands_outside_the_scale():
    stray = {name: found(SIZE, text) for name, text in sources() if name not in SIZED_AT_HOME}
    assert {name: sizes for name, sizes in stray.items() if sizes} == {}


@pytest.mark.parametrize(
    "line",
    [
        'QColor("#a3201c")',
        'QColor("red")',
        "QColor(12, 13, 14)",
        "Qt.GlobalColor.red",
        'f"color: red;"',
        'f"background: rgba(1, 2, 3, 4);"',
        '"#fff"',
    ],
)
def test_a_stray_colour_is_found(line):
    assert found(COLOUR, line)


@pytest.mark.parametrize("line", ["font.setPointSizeF(font.pointSizeF() * 1.3)", '"font-size: 12pt"', 'QFont("Arial")'])
def test_a_stray_size_is_found(line):
    assert found(SIZE, line)


def unreadable_rules(text: str) -> list[str]:
    """The rules of style sheets in which words and ground do not go together by their roles."""
    wrong = []
    for rule in RULE.finditer(text.replace('"\n', "").replace('f"', "")):
        used = dict(USED.findall(rule.group()))
        ink, ground = used.get("color"), used.get("background")
        if ink and ground:
            weak = any(contrast(palette[Role[ink]], palette[Role[ground]]) < WORDS for palette in (LIGHT, DARK))
        else:
            weak = bool(ink and Role[ink] not in INKS)
        if weak:
            wrong.append(rule.group())
    return wrong


def test_the_rules_of_style_sheets_use_inks_as_inks():
    rules = sum(len(USED.findall(text)) for _, text in sources())
    assert rules > 15
    assert {name: wrong for name, text in sources() if (wrong := unreadable_rules(text))} == {}


@pytest.mark.parametrize(
    "rule",
    [
        "QLabel {{ color: {colour[Role.LINE]}; }}",
        "QLabel {{ color: {colour[Role.ACCENT]}; background: {colour[Role.INK]}; }}",
        "QLabel {{ color: {colour[Role.ON_ACCENT]}; }}",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rule):
    assert unreadable_rules(rule)
