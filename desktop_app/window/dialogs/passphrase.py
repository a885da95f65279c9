"""Asks for the passphrase of the saved cases, also on behalf of another thread.

The dialog opens by itself, so it takes no key that was meant for a field. A new passphrase is the only key to all that
will be kept: it is typed twice, can be shown, and must not be easy to guess.
"""

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.phrases import Phrases
from desktop_app.looks.announcing import announce
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.store.keys import PassphraseRequest
from desktop_app.store.weakness import weakness_of
from desktop_app.window.dialogs.held_back import hold_keys_back, when_keys_rest

Ask = Callable[[PassphraseRequest], str | None]
WIDTH = 500


class PassphraseDialog(QDialog):
    """A line to type in, for a new passphrase two; what is typed is shown only when that is asked for."""

    def __init__(self, request: PassphraseRequest, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases = phrases
        self._shortest = request.shortest
        self.is_new = request.reason in ("new", "too_short", "too_easy", "invisible")
        self.setWindowTitle(self._word("title"))
        reason = self._reason(request.reason)
        self.line = self._line(reason)
        self.again = self._line(self._word("again_why")) if self.is_new else None
        self.shown = QCheckBox(self._word("show"), self)
        self.shown.toggled.connect(self._show)
        self.fault = PlainLabel("", self)
        self.fault.hide()
        form = QFormLayout()
        form.addRow(self._word("label"), self.line)
        if self.again is not None:
            form.addRow(self._word("again"), self.again)
        form.addRow("", self.shown)
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(reason, self))
        column.addLayout(form)
        column.addWidget(self.fault)
        self._accept_button, buttons = self._buttons()
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH)
        hold_keys_back(self, self.line)

    def _line(self, why: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleDescription(why)
        return line

    def _buttons(self) -> tuple[QPushButton, QDialogButtonBox]:
        """With a new passphrase no button is pressed by Enter but the one that has the cursor."""
        buttons = QDialogButtonBox(self)
        accept = buttons.addButton(self._word("ok"), QDialogButtonBox.ButtonRole.AcceptRole)
        reject = buttons.addButton(self._word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        accept.clicked.connect(self.accept_typed)
        reject.clicked.connect(self.reject)
        for button in (accept, reject):
            button.setAutoDefault(not self.is_new)
        if self.again is not None:
            self.line.returnPressed.connect(self.again.setFocus)
            self.again.returnPressed.connect(self.accept_typed)
        return accept, buttons

    def showEvent(self, event: QShowEvent) -> None:
        """The box of the buttons makes the first one that of Enter when it is shown; not with a new passphrase."""
        super().showEvent(event)
        self._accept_button.setDefault(not self.is_new)

    def accept_typed(self) -> None:
        """Take what was typed, unless it will not do; then that is said, and what was typed stays."""
        typed = self.line.text()
        fault = weakness_of(typed) if self.is_new else None
        if fault is not None:
            self._tell(self._reason(fault), self.line)
        elif self.again is not None and self.again.text() != typed:
            self._tell(self._word("differs"), self.again)
        else:
            self.accept()

    def _tell(self, words: str, line: QLineEdit) -> None:
        self.fault.setText(words)
        self.fault.show()
        announce(self.fault, words, urgent=True)
        line.setFocus()
        line.selectAll()

    def _show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for line in (self.line, self.again):
            if line is not None:
                line.setEchoMode(mode)

    def _reason(self, reason: str) -> str:
        return self._phrases.get("store", "passphrase", reason).format(shortest=self._shortest)

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "passphrase", key)


def ask_in_dialog(phrases: Callable[[], Phrases]) -> Ask:
    """A function that asks in a dialog, in the language of that moment; only for the thread of the windows."""

    def ask(request: PassphraseRequest) -> str | None:
        dialog = PassphraseDialog(request, phrases())
        return dialog.line.text() if dialog.exec() == QDialog.DialogCode.Accepted else None

    return ask


class PassphraseAsker(QObject):
    """Passes the question of a working thread to the thread of the windows, and waits for the answer."""

    _asked = Signal(object)

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._answer: str | None = None
        self._answered = threading.Event()
        self._is_over = False
        self._asked.connect(self._put_question, Qt.ConnectionType.QueuedConnection)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.give_up)

    def __call__(self, request: PassphraseRequest) -> str | None:
        """Ask; None when the user gives no passphrase."""
        if QThread.currentThread() is self.thread():
            return self._ask(request)
        self._answered.clear()
        if self._is_over:
            return None
        self._asked.emit(request)
        self._answered.wait()
        answer, self._answer = self._answer, None
        return answer

    def give_up(self) -> None:
        """The program ends: a thread that waits for an answer gets none."""
        self._is_over = True
        self._answered.set()

    @Slot(object)
    def _put_question(self, request: PassphraseRequest) -> None:
        when_keys_rest(lambda: self._ask_now(request), self)

    def _ask_now(self, request: PassphraseRequest) -> None:
        try:
            self._answer = None if self._is_over else self._ask(request)
        finally:
            self._answered.set()
