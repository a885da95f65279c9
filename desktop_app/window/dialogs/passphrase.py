"""Asks for the passphrase of the saved cases, also on behalf of another thread."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.store.keys import PassphraseRequest

Ask = Callable[[PassphraseRequest], str | None]


class PassphraseDialog(QDialog):
    """One line to type in; what is typed is not shown."""

    def __init__(self, request: PassphraseRequest, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(phrases.get("window", "passphrase", "title"))
        reason = phrases.get("store", "passphrase", request.reason).format(shortest=request.shortest)
        explanation = PlainLabel(reason, self)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleDescription(reason)
        form = QFormLayout()
        form.addRow(phrases.get("window", "passphrase", "label"), self.line)
        buttons = QDialogButtonBox(self)
        buttons.addButton(phrases.get("window", "passphrase", "ok"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(phrases.get("window", "passphrase", "cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(explanation)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(460)


def ask_in_dialog(phrases: Phrases) -> Ask:
    """A function that asks in a dialog; only for the thread of the windows."""

    def ask(request: PassphraseRequest) -> str | None:
        dialog = PassphraseDialog(request, phrases)
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
        try:
            self._answer = self._ask(request)
        finally:
            self._answered.set()
