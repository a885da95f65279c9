"""The question which one holds where a file says something else of the patient than was typed: one row a field."""

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

from desktop_app.drawing.role import Role
from desktop_app.exchange.patient_merge import Conflict
from desktop_app.looks.palette import Palette
from desktop_app.patient_commands import PatientWindow
from desktop_app.phrases import Phrases

ButtonRole = QDialogButtonBox.ButtonRole
COLUMNS_OF_TEXT = 34
"""How many signs of an answer stand on one line."""
TYPED, FOUND = 0, 1


class PatientDialog(QDialog):
    """Each field with both answers; the typed one is chosen. Esc takes over nothing at all."""

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
            warning = self._label(self._word("somebody_else"))
            warning.setStyleSheet(f"color: {palette[Role.STOP].name()}; font-weight: 600;")
            column.addWidget(warning)
        column.addWidget(self._label(self._word("explanation")))
        column.addWidget(self._build_rows(), 1)
        column.addWidget(self._build_buttons())
        self.resize(680, min(190 + 46 * len(conflicts), 600))

    def chosen(self) -> tuple[Conflict, ...]:
        """The conflicts that the file decides."""
        return tuple(each for each, group in zip(self._conflicts, self.groups, strict=True) if group.checkedId())

    # --- building

    def _build_rows(self) -> QScrollArea:
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, key in enumerate(("typed", "found"), 1):
            heading = self._label(self._word(key))
            heading.setStyleSheet("font-weight: 600;")
            grid.addWidget(heading, 0, place)
        for row, (conflict, group) in enumerate(zip(self._conflicts, self.groups, strict=True), 1):
            grid.addWidget(self._label(self._phrases.label(conflict.field)), row, 0)
            for place, value in ((TYPED, conflict.typed), (FOUND, conflict.found)):
                grid.addWidget(self._option(conflict, place, value, group), row, place + 1)
        grid.setRowStretch(len(self._conflicts) + 1, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        return scroll

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

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "patient_file", key)


def choose_in_dialog(
    conflicts: Sequence[Conflict], phrases: Phrases, window: PatientWindow
) -> Collection[Conflict] | None:
    """Let the user choose; None when nothing at all is to be taken over."""
    dialog = PatientDialog(conflicts, phrases, window.colours, window if isinstance(window, QWidget) else None)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
