"""Asks which answer is right where a file disagrees with what was typed about the patient: one row for each field."""

import textwrap
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.exchange.patient.merging import Conflict
from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.window.dialogs.held_back import hold_keys_back

ButtonRole = QDialogButtonBox.ButtonRole
COLUMNS_OF_TEXT = 30
"""How many characters of an answer stand on one line; on a small screen with double-size text two columns fit."""
LEAST_WIDTH, SHARE_OF_SCREEN = 560, 0.9
TYPED, FOUND = 0, 1
HEADING, SECONDARY = "font-weight: 600;", "font-style: italic;"


class PatientDialog(QDialog):
    """Each field with both answers; the typed one is preselected. Esc takes over nothing at all."""

    def __init__(
        self, conflicts: Sequence[Conflict], phrases: Phrases, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._conflicts = conflicts
        self._phrases = phrases
        self._is_grave = any(each.may_be_somebody_else for each in conflicts)
        self.groups = [QButtonGroup(self) for _ in conflicts]
        self.setWindowTitle(self._word("title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        column = QVBoxLayout(self)
        if self._is_grave:
            stop = f"{HEADING} color: {palette[Role.STOP].name()};"
            column.addWidget(self._label(self._word("somebody_else"), stop))
        column.addWidget(self._label(self._word("explanation")))
        rows = self._build_rows()
        scroll = self._scrolling(rows)
        column.addWidget(scroll, 1)
        column.addWidget(self._build_buttons())
        self._fit(rows, scroll)

    def chosen(self) -> tuple[Conflict, ...]:
        """The conflicts for which the answer of the file was chosen."""
        return tuple(each for each, group in zip(self._conflicts, self.groups, strict=True) if group.checkedId())

    # --- building

    def _build_rows(self) -> QWidget:
        """Each field as a heading over its two answers."""
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        for place, key in ((TYPED, "typed"), (FOUND, "found")):
            grid.setColumnStretch(place, 1)
            grid.addWidget(self._label(self._word(key), SECONDARY), 0, place)
        for number, (conflict, group) in enumerate(zip(self._conflicts, self.groups, strict=True)):
            row = 2 * number + 1
            grid.addWidget(self._label(self._phrases.label(conflict.field), HEADING), row, 0, 1, 2)
            for place, value in ((TYPED, conflict.typed), (FOUND, conflict.found)):
                grid.addWidget(self._option(conflict, place, value, group), row + 1, place)
        grid.setRowStretch(2 * len(self._conflicts) + 1, 1)
        return content

    def _scrolling(self, rows: QWidget) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setWidget(rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        return scroll

    def _fit(self, rows: QWidget, scroll: QScrollArea) -> None:
        """Make the dialog large enough for both answers of a row side by side, as far as the screen allows."""
        room = self.screen().availableGeometry()
        needed, bar = rows.sizeHint(), scroll.verticalScrollBar().sizeHint().width()
        around = self.sizeHint().height() - scroll.sizeHint().height()
        width = max(LEAST_WIDTH, needed.width() + bar + 30)
        height = needed.height() + around + 40
        self.resize(min(width, int(room.width() * SHARE_OF_SCREEN)), min(height, int(room.height() * SHARE_OF_SCREEN)))

    def _option(self, conflict: Conflict, place: int, value: object, group: QButtonGroup) -> QRadioButton:
        field = conflict.found_field if place == FOUND else conflict.field
        words = self._phrases.value(field, value) if not isinstance(value, str) or field.endswith(".sex") else value
        option = QRadioButton("\n".join(textwrap.wrap(words, COLUMNS_OF_TEXT)).replace("&", "&&"), self)
        said = self._word("found" if place == FOUND else "typed")
        option.setAccessibleName(f"{self._phrases.label(conflict.field)}, {said}: {words}")
        option.setChecked(place == TYPED)
        group.addButton(option, place)
        return option

    def _build_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        accept = buttons.addButton(self._word("continue"), ButtonRole.AcceptRole)
        reject = buttons.addButton(self._word("take_nothing"), ButtonRole.RejectRole)
        accept.clicked.connect(self.accept)
        reject.clicked.connect(self.reject)
        (reject if self._is_grave else accept).setDefault(True)
        return buttons

    def _label(self, words: str, style: str = "") -> QLabel:
        label = PlainLabel(words, self)
        label.setStyleSheet(style)
        return label

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "patient_file", key)


def choose_in_dialog(
    conflicts: Sequence[Conflict], phrases: Phrases, palette: Palette, parent: QWidget
) -> Collection[Conflict] | None:
    """Let the user choose; None when nothing at all is to be taken over."""
    dialog = PatientDialog(conflicts, phrases, palette, parent)
    hold_keys_back(dialog)  # it opens when the file was read, and who typed on meanwhile did not see it coming
    try:
        return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()  # it names two patients, and would go on to exist unseen
