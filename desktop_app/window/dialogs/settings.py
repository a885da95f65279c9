"""The settings: workplace, referrer, clinic, program. Checked as a whole; each fault stands beside its field."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.phrases import Phrases
from desktop_app.library.toml_files import TomlFault
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_edit import PlainLine, PlainText
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.papers.centres import shipped_directory
from desktop_app.settings.file import APPEARANCES
from desktop_app.settings.settings import Settings, SettingsFaults, check_settings
from desktop_app.window.messages import FileKind, Messages

TEXTS = (
    "referrer.name",
    "referrer.specialty",
    "referrer.big_number",
    "referrer.agb_number",
    "referrer.uzi_number",
    "clinic.name",
    "clinic.phone",
)
LONG_TEXTS = ("clinic.letterhead", "clinic.address")
WORDS = {"clinic.name": "clinic_name"}
"""The fields whose words do not stand under the last part of their path."""
GROUPS = {
    "workplace": ("setting", "default_centre"),
    "referrer": TEXTS[:5],
    "clinic": ("clinic.name", "clinic.letterhead", "clinic.address", "clinic.phone", "clinic.logo"),
    "letter": ("attach_case", "attach_plan"),
    "program": ("hide_after_minutes", "language", "appearance"),
}
WIDTH_IN_LETTERS, USUAL_HEIGHT = 92, 680
LETTERS_OF_CHOICE = 24
FAULTS_OF_LIST = 5
"""So many faults of the list of centres are told here; a letter tells as many."""
FRAME_OF_WINDOW = QSize(8, 40)
"""The most that the system adds around a dialog."""
FIELD_WORDS = {"hide_after_minutes": "hide_after"}


CENTRE = "default_centre"


class CentresToChoose(NamedTuple):
    """The expertise centres of the directory."""

    names: Mapping[str, str]
    """By their key."""
    faults: tuple[TomlFault, ...] = ()
    """What is wrong with the directory: a centre that is missed here may be among it."""


def expertise_centres() -> CentresToChoose:
    """The centres to choose from, and what is wrong with their list."""
    directory = shipped_directory()
    centres = directory.centres.items()
    names = {key: centre.name for key, centre in centres if centre.kind == "expertise_centre"}
    return CentresToChoose(names, directory.faults)


class SettingsDialog(QDialog):
    """All settings in one form."""

    def __init__(
        self,
        settings: Settings,
        centres: CentresToChoose,
        phrases: Phrases,
        messages: Messages,
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = settings
        self._given = settings
        self._centres = centres
        self._phrases = phrases
        self._messages = messages
        self._palette = palette
        self.inputs: dict[str, QWidget] = {}
        self.faults: dict[str, QLabel] = {}
        self._readers: dict[str, Callable[[], object]] = {}
        self.setWindowTitle(self._word("title"))
        self._build()
        self._fill(settings)
        room = self.screen().availableSize() - FRAME_OF_WINDOW
        self.resize(QSize(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth(), USUAL_HEIGHT).boundedTo(room))

    # --- building

    def _build(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        for group, paths in GROUPS.items():
            box = QGroupBox(self._word(group), content)
            form = QFormLayout(box)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
            for path in paths:
                self._add_row(form, path)
            column.addWidget(box)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(content)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._word("ok"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.addWidget(scroll, 1)
        outer.addWidget(buttons)

    def _add_row(self, form: QFormLayout, path: str) -> None:
        field = self._input(path)
        fault = PlainLabel("", self)
        fault.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        fault.setStyleSheet(f"color: {self._palette[Role.STOP].name()};")
        fault.setVisible(False)
        self.faults[path] = fault
        if isinstance(field, QCheckBox):  # it has its own label
            form.addRow(field)
            form.addRow(fault)
            return
        label = QLabel(self._word(_words_of(path)), self)
        label.setBuddy(self.inputs[path])
        self.inputs[path].setAccessibleName(self._word(_words_of(path)).replace("&", ""))  # also inside a frame
        label.setMinimumWidth(label.sizeHint().width() + 4)  # some fonts draw a little wider than they measure
        form.addRow(label, field)
        if path == CENTRE and self._centres.faults:
            form.addRow("", self._faults_of_list())
        form.addRow("", fault)

    def _faults_of_list(self) -> QLabel:
        """What is wrong with the list of centres: who can mend it is told to, and the choice is among the rest."""
        faults = self._centres.faults[:FAULTS_OF_LIST]
        words = [self._word("centres_faulty"), *(fault.message(self._phrases) for fault in faults)]
        label = PlainLabel("\n".join(words), self)
        label.setObjectName("centres_faults")
        label.setStyleSheet(f"color: {self._palette[Role.CAUTION].name()};")
        self.inputs[CENTRE].setAccessibleDescription(label.text())
        return label

    def _input(self, path: str) -> QWidget:
        """The input of a field, with what surrounds it."""
        if path in TEXTS:
            line = PlainLine(self)
            self.inputs[path], self._readers[path] = line, line.text
            return line
        if path in LONG_TEXTS:
            return self._long_text(path)
        if path == "clinic.logo":
            return self._logo(path)
        if path == "hide_after_minutes":
            return self._minutes(path)
        if path in ("attach_case", "attach_plan"):
            return self._tick(path)
        return self._choice(path)

    def _long_text(self, path: str) -> QWidget:
        text = PlainText(parent=self)
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().height() * 4 + 12)
        self.inputs[path] = text
        if path == "clinic.letterhead":
            self._readers[path] = lambda: [line for line in text.toPlainText().splitlines() if line.strip()]
        else:
            self._readers[path] = text.toPlainText
        return text

    def _logo(self, path: str) -> QWidget:
        around = QWidget(self)
        line = PlainLine(around)
        choose = QPushButton(self._word("choose"), around)
        choose.setAutoDefault(False)
        choose.clicked.connect(lambda _checked=False: self._choose_logo(line))
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        row.addWidget(choose)
        self.inputs[path], self._readers[path] = line, line.text
        return around

    def _choose_logo(self, line: QLineEdit) -> None:
        chosen: Path | None = self._messages.file_to_open(
            self._word("logo").replace("&", ""), FileKind(self._word("logo_kind"), "png *.jpg *.jpeg")
        )
        if chosen is not None:
            line.setText(str(chosen))

    def _minutes(self, path: str) -> QWidget:
        box = QSpinBox(self)
        box.setRange(0, 240)
        box.setSpecialValueText(self._word("never"))
        box.setSuffix(self._word("minutes") if self._word("minutes").startswith(" ") else f" {self._word('minutes')}")
        self.inputs[path], self._readers[path] = box, box.value
        return box

    def _tick(self, path: str) -> QWidget:
        box = QCheckBox(self._phrases.get("window", "letter", path), self)
        box.setToolTip(self._phrases.get("window", "letter", f"{path}_long"))
        box.setAccessibleDescription(self._phrases.get("window", "letter", f"{path}_long"))
        self.inputs[path], self._readers[path] = box, box.isChecked
        return box

    def _choice(self, path: str) -> QWidget:
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS_OF_CHOICE)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for key, words in self._choices(path).items():
            box.addItem(words, key)
        self.inputs[path], self._readers[path] = box, lambda: box.currentData() or None
        return box

    def _choices(self, path: str) -> dict[str, str]:
        if path == "setting":
            keys = ("primary_care", "hospital", "expertise_centre")
            return {"": self._word("not_set"), **{key: self._phrases.value("setting", key) for key in keys}}
        if path == "default_centre":
            return {"": self._word("no_centre"), **self._kept_centre(), **self._centres.names}
        if path == "appearance":
            return {key: self._word(f"appearance_{key}") for key in APPEARANCES}
        return {"nl": self._word("dutch"), "en": self._word("english")}

    def _kept_centre(self) -> dict[str, str]:
        """The centre of the settings when the list lacks it, as after a slip: opening this form does not forget it."""
        kept = self._given.default_centre
        if kept is None or kept in self._centres.names:
            return {}
        return {kept: self._word("centre_not_listed").format(centre=kept)}

    # --- filling and reading

    def _fill(self, settings: Settings) -> None:
        plain = settings.model_dump(mode="json")
        for path, field in self.inputs.items():
            *groups, name = path.split(".")
            _put(field, _group(plain, groups)[name])

    def given(self) -> dict[str, object]:
        """The content of the form as plain data; settings that the form does not show keep their value."""
        result = self._given.model_dump(mode="json")
        for path, read in self._readers.items():
            *groups, name = path.split(".")
            _group(result, groups)[name] = read()
        return result

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "settings", key)

    # --- overrides

    def accept(self) -> None:
        """Close when everything is right; otherwise show each fault beside its field."""
        for path, label in self.faults.items():
            if not label.isHidden():
                label.setVisible(False)
                self.inputs[path].setAccessibleDescription("")
        try:
            self.chosen = check_settings(self.given())
        except SettingsFaults as faults:
            for fault in faults.faults:
                self._show_fault(fault.path, fault.message(self._phrases))
            return
        super().accept()

    def _show_fault(self, path: str, words: str) -> None:
        known = next((name for name in self.faults if path == name or path.startswith(f"{name}.")), "setting")
        self.faults[known].setText(words)
        self.faults[known].setVisible(True)
        self.inputs[known].setAccessibleDescription(words)
        self.inputs[known].setFocus()


def _words_of(path: str) -> str:
    name = path.rpartition(".")[2]
    return WORDS.get(path) or FIELD_WORDS.get(path) or name


def _group(plain: dict[str, object], names: list[str]) -> dict[str, object]:
    """The group of settings with these names, one inside the other."""
    for name in names:
        inner = plain[name]
        assert isinstance(inner, dict)
        plain = inner
    return plain


def _put(field: QWidget, value: object) -> None:
    """Show a value in an input; None shows as empty."""
    match field, value:
        case QLineEdit(), str() | None:
            field.setText(value or "")
        case QPlainTextEdit(), list():
            field.setPlainText("\n".join(value))
        case QPlainTextEdit(), str() | None:
            field.setPlainText(value or "")
        case QCheckBox(), bool():
            field.setChecked(value)
        case QSpinBox(), int():
            field.setValue(value)
        case QComboBox(), _:
            field.setCurrentIndex(max(field.findData(value or ""), 0))
