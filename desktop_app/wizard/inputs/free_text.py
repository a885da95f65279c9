"""Free text of several lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.library.sentences import code_in
from desktop_app.looks.plain_edit import PlainText, as_typed
from desktop_app.wizard.entry import read_entry
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, FieldInput, InputContext
from guideline_core.fields import AnswerKind

LINES_OF_FREE_TEXT = 3


class FreeText(PlainText):
    """Several lines: Enter begins a new one, Tab goes to the next field."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        margins = self.contentsMargins()
        height = self.fontMetrics().lineSpacing() * LINES_OF_FREE_TEXT + margins.top() + margins.bottom()
        self.setFixedHeight(height + 2 * (int(self.document().documentMargin()) + self.frameWidth()))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter means *done here*."""
        if event.key() in ENTER_KEYS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class LongTextInput(FieldInput):
    """Free text of any length; as plain text, whatever was pasted."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self.edit = FreeText()
        self.edit.textChanged.connect(self._on_changed)
        self.edit.entered.connect(self.moved_on)
        self.setFocusProxy(self.edit)
        self._is_presenting = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)

    def present(self, value: object, raw: str | None) -> None:
        """Show the text, unless it is what stands there already but for spaces at its ends."""
        text = as_typed(raw if raw is not None else str(value or ""))
        stands = self.edit.toPlainText()
        if stands == text or (self.edit.hasFocus() and stands.strip() == text.strip()):
            return
        self._is_presenting = True
        try:
            self.edit.setPlainText(text)
        finally:
            self._is_presenting = False

    def take_focus(self) -> None:
        """Put the cursor in the text."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        """What is typed."""
        return self.edit.toPlainText()

    def remark(self) -> str:
        """That a sign stands there as its code."""
        code = code_in(self.edit.toPlainText())
        return self.wording.own("problem", "sign_shown", sign=code) if code else ""

    def describe(self, name: str, description: str) -> None:
        """The text is what a screen reader lands on."""
        super().describe(name, description)
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def _on_changed(self) -> None:
        if not self._is_presenting:
            self.value_entered.emit(read_entry(AnswerKind.LONG_TEXT, self.edit.toPlainText()).value)
