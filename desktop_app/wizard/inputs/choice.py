"""Yes, no or not known, and the choice of one from a few: by mouse, and by single keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.looks.wrapping import wrapped
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, FieldInput, InputContext, is_plain_key
from guideline_core.fields import AnswerKind

YES_KEYS = (Qt.Key.Key_J, Qt.Key.Key_Y)
NO_KEYS = (Qt.Key.Key_N,)
UNKNOWN_KEYS = (Qt.Key.Key_O, Qt.Key.Key_U)
CLEAR_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
BACKWARD_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up)
FORWARD_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down)

SPACE_BETWEEN = 14
WIDTH_OF_CIRCLE = 32

SHORT_EXPLANATION = 30
"""Explanations up to this length stand in brackets behind their options."""


class OptionButton(QRadioButton):
    """One option. Qt keeps it exclusive, for only so it is a radio button to a screen reader; the owner checks it.

    By itself such a button could not be taken back, and arrows would answer: its owner sees to both.
    """

    def __init__(self, owner: "ChoiceInput", value: object, words: str) -> None:
        super().__init__()
        self.owner = owner
        self.value = value
        self.words = words
        self.setText(
            wrapped(words, self.fontMetrics(), owner.context.options_width - WIDTH_OF_CIRCLE).replace("&", "&&")
        )
        self.explanation = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._is_showing = False
        self.clicked.connect(self._on_clicked)
        self.toggled.connect(self._on_toggled)

    def show_checked(self, checked: bool) -> None:
        """Show whether it is chosen; also that none of its question is, which Qt refuses to exclusive buttons."""
        if checked == self.isChecked():
            return
        self._is_showing = True
        try:
            self.setAutoExclusive(False)
            self.setChecked(checked)
            self.setAutoExclusive(True)
        finally:
            self._is_showing = False

    def _on_clicked(self) -> None:
        self.owner.choose(self.value)

    def _on_toggled(self, checked: bool) -> None:
        """Whoever works by voice or a screen reader has the button toggled without a click: that answers too."""
        if checked and not self._is_showing:
            self.owner.choose(self.value)

    @guarded()
    def nextCheckState(self) -> None:
        """A click checks nothing by itself: the owner shows what became the answer."""

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the whole question look at a key first."""
        if not self.owner.take_key(event, self):
            super().keyPressEvent(event)

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes back to where one was."""
        super().focusInEvent(event)
        self.owner.make_tab_stop(self)


class ExplanationLabel(PlainLabel):
    """The sentence under an option; a click on it is a click on the option."""

    def __init__(self, text: str, option: OptionButton) -> None:
        super().__init__(text)
        self._option = option
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setContentsMargins(24, 0, 0, 4)
        self.setFont(sized(self.font(), TypeSize.NOTE))

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the option."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._option.click()


class ChoiceInput(FieldInput):
    """Chooses one answer. `None` stands for *not known*, which is checked only after the user said so."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self.is_yes_no = self.wording.kinds.of(path) is AnswerKind.YES_NO
        self._value: object = None
        self._said_unknown = False
        choices = self._choices()
        self.options = [OptionButton(self, value, words) for value, words, _ in choices]
        leaves_room = (
            self._width(len(choices)) <= context.options_width // 2
        )  # in large type they go under the question
        self.sits_beside_question = self.is_yes_no and leaves_room
        explanations = [explanation for _, _, explanation in choices]
        if any(explanations):
            self._lay_out_explained(explanations)
        else:
            self._lay_out_in_grid()
        self.make_tab_stop(self.options[0])

    def _choices(self) -> list[tuple[object, str, str | None]]:
        unknown = (None, self.wording.yes_no("unknown"), None)
        if self.is_yes_no:
            return [(True, self.wording.yes_no("true"), None), (False, self.wording.yes_no("false"), None), unknown]
        choices: list[tuple[object, str, str | None]] = list(self.wording.choices(self.path))
        if all(len(explanation or "") <= SHORT_EXPLANATION for _, _, explanation in choices):
            choices = [(value, _with_explanation(words, explanation), None) for value, words, explanation in choices]
        has_own_unknown = any(value == "unknown" for value, _, _ in choices)
        return choices if has_own_unknown else [*choices, unknown]

    def _lay_out_explained(self, explanations: list[str | None]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for option, explanation in zip(self.options, explanations, strict=True):
            layout.addWidget(option, 0, Qt.AlignmentFlag.AlignLeft)
            if explanation:
                option.explanation = explanation
                layout.addWidget(ExplanationLabel(explanation, option))

    def _lay_out_in_grid(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(SPACE_BETWEEN)
        layout.setVerticalSpacing(2)
        columns = self._columns()
        for place, option in enumerate(self.options):
            layout.addWidget(option, place // columns, place % columns)
        if self.is_yes_no:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        else:
            layout.setColumnStretch(columns, 1)

    def _columns(self) -> int:
        """As many columns as fit, evened out so that no row holds a single straggler where that can be helped."""
        count = len(self.options)
        room = self.context.options_width
        fitting = next((columns for columns in range(count, 1, -1) if self._width(columns) <= room), 1)
        rows = -(-count // fitting)
        return -(-count // rows)

    def _width(self, columns: int) -> int:
        """How wide the options are in so many columns."""
        widths = [option.sizeHint().width() + SPACE_BETWEEN for option in self.options]
        return sum(max(widths[column::columns]) for column in range(columns))

    # --- showing ----------------------------------------------------------------------------------------------------

    def present(self, value: object, raw: str | None) -> None:
        """Check the option of an answer; none when there is no answer."""
        self._value = value
        if value is not None:
            self._said_unknown = False
        for option in self.options:
            option.show_checked(self._said_unknown if option.value is None else option.value == value)
        checked = self._checked()
        if checked is not None:
            self.make_tab_stop(checked)

    def _checked(self) -> OptionButton | None:
        return next((option for option in self.options if option.isChecked()), None)

    def take_focus(self) -> None:
        """Put the cursor on the answer, or on the first option."""
        (self._checked() or self.options[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def make_tab_stop(self, chosen: OptionButton) -> None:
        """One stop for Tab in each question: arrows walk inside it."""
        for option in self.options:
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if option is chosen else Qt.FocusPolicy.ClickFocus)

    def describe(self, name: str, description: str) -> None:
        """Each option says its question too, for a screen reader lands on the option."""
        super().describe(name, description)
        keys = self.wording.own("keys", "yes_no" if self.is_yes_no else "choice")
        for option in self.options:
            option.setAccessibleName(f"{name} {option.words}")
            said = "\n".join(words for words in (option.explanation, description) if words)
            option.setAccessibleDescription(said or keys)
            option.setToolTip(keys)

    def forget(self) -> None:
        """Forget that the user said *not known*."""
        self._said_unknown = False

    # --- answering --------------------------------------------------------------------------------------------------

    def choose(self, value: object, move_on: bool = True) -> None:
        """Give an answer, and let the cursor move on."""
        self._said_unknown = value is None
        self.present(value, None)
        self.value_entered.emit(value)
        if move_on:
            self.moved_on.emit()

    def take_key(self, event: QKeyEvent, option: OptionButton) -> bool:
        """What a key does; False when it is not for this question."""
        if not is_plain_key(event):
            return False
        key = Qt.Key(event.key())
        if key in FORWARD_KEYS or key in BACKWARD_KEYS:
            self._walk(option, 1 if key in FORWARD_KEYS else -1)
        elif key in CLEAR_KEYS:
            self.choose(None, move_on=False)
            self._said_unknown = False
            self.present(None, None)
        elif key in ENTER_KEYS or key == Qt.Key.Key_Space:
            self.choose(option.value)
        else:
            return self._take_letter(key)
        return True

    def _take_letter(self, key: Qt.Key) -> bool:
        """J, N and O, or the number of an option."""
        if self.is_yes_no and key in YES_KEYS:
            self.choose(True)
        elif self.is_yes_no and key in NO_KEYS:
            self.choose(False)
        elif key in UNKNOWN_KEYS and self.options[-1].value in (None, "unknown"):
            self.choose(self.options[-1].value)
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(self.options):
            self.choose(self.options[key - Qt.Key.Key_1].value)
        else:
            return False
        return True

    def _walk(self, option: OptionButton, by: int) -> None:
        place = (self.options.index(option) + by) % len(self.options)
        self.options[place].setFocus(Qt.FocusReason.TabFocusReason)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        """Hand a new palette on to the options."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for child in self.findChildren(QWidget):
                child.setPalette(self.palette())


def _with_explanation(words: str, explanation: str | None) -> str:
    if not explanation:
        return words
    return f"{words} ({explanation[0].lower()}{explanation[1:].rstrip('.')})"
