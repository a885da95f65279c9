"""A trial: a copy of a case in which answers are given provisionally. The case itself learns of it when it is kept.

The copy is a document of its own, so that inputs, refusals and plans are those of a real case; but nobody saves it,
prints it or makes a letter of it.
"""

from PySide6.QtCore import QObject

from desktop_app.case.answers import differing_paths
from desktop_app.case.document import CaseDocument, Guideline
from guideline_core.plan import Plan


class Trial(QObject):
    """One trial beside the document of a window."""

    def __init__(self, document: CaseDocument, guideline: Guideline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.now: Plan = document.full_plan()
        """The plan of the case as it is."""
        self.copy = CaseDocument(guideline, lambda: document.day, self)
        self.copy.load(document.case)
        self.fields: tuple[str, ...] = ()
        """The questions that are tried, in the order in which they came."""

    def add(self, path: str) -> bool:
        """Try one more question; False when it was tried already."""
        if path in self.fields:
            return False
        self.fields = (*self.fields, path)
        return True

    def differences(self) -> dict[str, object]:
        """The answers that differ from those of the case, those of the tried questions first."""
        differing = differing_paths(self._document.case, self.copy.case)
        ordered = [*(path for path in self.fields if path in differing), *differing]
        return {path: self.copy.value(path) for path in dict.fromkeys(ordered)}

    def keep(self) -> str | None:
        """Give the case the answers of the trial, in one step; the question that was meant, None when none differs.

        Raises AnswerRefused; the case stays as it was then.
        """
        answers = self.differences()
        if not answers:
            return None
        self._document.answer_together(answers, is_whole=True)
        return next(iter(answers))
