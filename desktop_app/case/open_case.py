"""A case that is open, in a window or on the screen of a meeting: its document, and what saves it."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.case.autosave import Autosave
from desktop_app.case.document import CaseDocument, Guideline

if TYPE_CHECKING:  # the model of a case is loaded after the window is on the screen
    from guideline_core.case import Case


class OpenCase(QObject):
    """One open case."""

    closing = Signal()
    """The case is about to be saved and released: whatever else shows it must stop."""

    def __init__(
        self,
        guideline: Guideline,
        now: Callable[[], datetime.datetime],
        parent: QObject,
        first_case: "Callable[[], Case] | None" = None,
    ) -> None:
        super().__init__(parent)
        self.document = CaseDocument(guideline, lambda: now().date(), self, first_case)
        self.autosave = Autosave(self.document, now, self)

    @property
    def number(self) -> str:
        """The number under which the case is saved; empty while it is not saved. It says nothing about the patient."""
        return self.autosave.number

    def close(self) -> None:
        """Save and release the case."""
        self.closing.emit()
        self.autosave.leave()
