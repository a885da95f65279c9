"""What a screen reader finds in each place of the program: every control with name, role and description."""

from collections.abc import Iterator

import pytest

from tests.desktop_app.plan.view.documents import edition, phrases
from tests.desktop_app.pseudo_language import pseudo, untranslated
from tests.desktop_app.window.places import OTHER_WINDOWS, fill, places_in
from tests.desktop_app.window.test_language import data_of

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.plan.view.pathway_view import PathwayView
from desktop_app.plan.view.row_list import RowList
from desktop_app.plan.view.sign import Sign
from desktop_app.window.libraries import libraries
from desktop_app.window.parts.cover import HideCover
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.skeleton import SkeletonPlate
from desktop_app.wizard.inputs.skeleton_panel import SmallSkeleton

Role = QAccessible.Role
ROLES: list[tuple[type[QWidget], Role]] = [
    (PathwayView, Role.Graphic),
    (SmallSkeleton, Role.Graphic),
    (SkeletonPlate, Role.Graphic),
    (QRadioButton, Role.RadioButton),
    (QCheckBox, Role.CheckBox),
    (QAbstractButton, Role.Button),
    (QLineEdit, Role.EditableText),
    (QPlainTextEdit, Role.EditableText),
    (QComboBox, Role.ComboBox),
    (QAbstractSpinBox, Role.SpinBox),
    (QTabBar, Role.PageTabList),
    (QAbstractItemView, Role.List),
    (QPdfView, Role.Client),
    (HideCover, Role.Client),
    (QWidget, Role.Button),
]
"""The fitting role of each kind of control, the special before the general; what else takes the focus is a button.

Pages of a PDF and the cover, which any key lifts, are surfaces for which Qt has no other role.
"""
PICTURES = (PathwayView, SmallSkeleton, SkeletonPlate)


def is_control(widget: QWidget) -> bool:
    """Whether a user works it; the parts of which Qt makes a control, and surfaces that only scroll, are none."""
    if widget.objectName().startswith("qt_spinbox") or isinstance(widget, QScrollArea | QMenuBar):
        return False
    takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox, QAbstractSpinBox, QTabBar)
    return takes_focus or isinstance(widget, (*kinds, *PICTURES))


def controls(root: QWidget) -> Iterator[QWidget]:
    """All that can be worked in a window as it is now."""
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.isEnabledTo(root) and is_control(widget):
            yield widget


def faults(root: QWidget, data: tuple[str, ...]) -> Iterator[str]:
    """What a screen reader would miss or say wrongly."""
    for widget in controls(root):
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        yield from (f"{where}: {fault}" for fault in faults_of(widget, data))
    for row in root.findChildren(FieldRow):
        if row.isVisibleTo(root):
            yield from faults_of_row(row)


def faults_of(widget: QWidget, data: tuple[str, ...]) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    name, description = (interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description))
    if not name.strip() or name == type(widget).__name__:
        yield "no name"
    for text in (name, description):
        if untranslated(text, data):
            yield f"not from the phrases: {text}"
        if "<" in text and ">" in text:
            yield f"markup: {text}"
    expected = next(role for kind, role in ROLES if isinstance(widget, kind))
    if expected is Role.Button and isinstance(widget, QAbstractButton) and widget.isCheckable():
        expected = Role.CheckBox  # a button that stays in is on or off
    if isinstance(widget, QPushButton) and widget.menu() is not None:
        expected = Role.ButtonMenu
    if interface.role() != expected:
        yield f"role {interface.role().name}, not {expected.name}: {name}"
    if isinstance(widget, QAbstractItemView):
        yield from faults_of_rows(widget)


def faults_of_rows(view: QAbstractItemView) -> Iterator[str]:
    """Each row is spoken; where a sign or a colour tells something, a word does."""
    model = view.model()
    for place in range(model.rowCount()):
        index = model.index(place, 0)
        shown, spoken = (
            str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        )
        has_sign = index.data(Qt.ItemDataRole.DecorationRole) is not None
        if isinstance(view, RowList):
            has_sign = view.row_model.rows[place].sign is not Sign.NONE
        if not (spoken or shown) or (has_sign and spoken in ("", shown)):
            yield f"a row whose sign is not spoken: {shown}"


def faults_of_row(row: FieldRow) -> Iterator[str]:
    """The question is the label of its input, and what stands beside it is the description."""
    if row.question.buddy() is not row.input:
        yield f"{row.path}: the question labels nothing"
    for label in (row.message, row.reason_label):
        if not label.isHidden() and label.text() not in row.input.accessibleDescription():
            yield f"{row.path}: not in the description: {label.text()}"


@pytest.fixture
def bracketed(desk):
    desk.services.phrases = pseudo(phrases())
    window = desk.open()
    fill(window)
    return window


def test_every_control_of_the_window_can_be_heard(bracketed):
    data = (*data_of(bracketed), "12", "✕")
    found, seen = set(), set()
    for place in places_in(bracketed):
        found |= {f"{place}: {fault}" for fault in faults(bracketed, data)}
        seen |= {type(widget).__name__ for widget in controls(bracketed)}
    assert sorted({each.partition(": ")[2] for each in found}) == []
    assert {"OptionButton", "NameLine", "PathwayView", "SmallSkeleton", "RowList", "QPdfView", "HideCover"} <= seen


@pytest.mark.parametrize("make", OTHER_WINDOWS)
def test_every_control_of_a_dialog_can_be_heard(bracketed, qtbot, make):
    dialog = make(bracketed)
    qtbot.addWidget(dialog)
    words = [text for library in libraries() for text in library]
    data = (*data_of(bracketed), "LUMC", "Python", "PSF", "ValueError", edition().tables.guideline.id, *words)
    assert set(faults(dialog, data)) == set()
    assert list(controls(dialog))


def test_a_wrong_entry_is_heard_with_its_line(bracketed):
    bracketed.content.wizard.go_to_step("patient")
    row = bracketed.content.wizard.current_page.rows["patient.bsn"]
    interface = QAccessible.queryAccessibleInterface(row.input.edit)
    said = interface.text(QAccessible.Text.Description)
    assert said.startswith(row.message.text()) and row.help_label.text() in said


def test_a_wrong_setting_is_heard_with_its_line(desk, qtbot):
    from tests.desktop_app.window.test_language import settings_dialog

    dialog = settings_dialog(desk.open())
    qtbot.addWidget(dialog)
    number = dialog.inputs["referrer.big_number"]
    number.setText("123")
    dialog.accept()
    fault = dialog.faults["referrer.big_number"]
    assert fault.text() and number.accessibleDescription() == fault.text()
    number.setText("")
    dialog.accept()
    assert number.accessibleDescription() == ""


# --- what the walk refuses ------------------------------------------------------------------------------------------


class Own(QWidget):
    """A control that Qt knows nothing of."""


def refused(qtbot, widget: QWidget) -> str:
    root = QWidget()
    qtbot.addWidget(root)
    QVBoxLayout(root).addWidget(widget)
    return " ".join(faults(root, ()))


def test_a_control_without_name_is_refused(qtbot):
    assert "no name" in refused(qtbot, QLineEdit())
    assert "no name" in refused(qtbot, QPushButton())


def test_a_word_in_another_language_is_refused(qtbot):
    assert "not from the phrases: Scroll Left" in refused(qtbot, QPushButton("Scroll Left"))
    assert refused(qtbot, QPushButton("⟦Naar links⟧")) == ""


def test_markup_in_a_tool_tip_is_refused(qtbot):
    button = QPushButton("⟦Naar links⟧")
    button.setToolTip("<qt>⟦Naar links⟧</qt>")
    assert "markup" in refused(qtbot, button)


def test_a_control_without_fitting_role_is_refused(qtbot):
    own = Own()
    own.setAccessibleName("⟦Kies⟧")
    own.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert "role Client, not Button" in refused(qtbot, own)
    option = QRadioButton("⟦ja⟧")
    option.setAutoExclusive(False)
    assert "role CheckBox, not RadioButton" in refused(qtbot, option)


def test_a_question_that_labels_nothing_is_refused(bracketed):
    row = bracketed.content.wizard.current_page.rows["patient.bsn"]
    row.question.setBuddy(QLabel(row))
    row.input.describe("⟦BSN⟧", "")
    found = " ".join(faults_of_row(row))
    assert "labels nothing" in found and "not in the description" in found
