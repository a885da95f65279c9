"""How a letter leaves the window: printed, as a PDF, or as text on the clipboard. It leaves because the user asked."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case_document import CaseDocument
from desktop_app.case_keeper import CaseKeeper
from desktop_app.letter_preview import LetterPreview, Paper
from desktop_app.messages import Choice, FileKind, Messages, Question
from desktop_app.printing import PrintProblem, Sent, Way, print_letter
from desktop_app.services import Services

PrintIt = Callable[[bytes, str, QWidget, Callable[[str], str]], Sent | None]


class LetterWindow(Protocol):
    """What the commands need of their window."""

    document: CaseDocument
    keeper: CaseKeeper
    messages: Messages

    @property
    def preview(self) -> LetterPreview:
        """The letter beside the wizard."""


class LetterCommands:
    """The letter and plan of one window, on their way out."""

    def __init__(self, window: LetterWindow, services: Services, print_it: PrintIt = print_letter) -> None:
        self._window = window
        self._services = services
        self._print = print_it

    def print_it(self) -> None:
        """Print the letter; whatever goes wrong is told."""
        paper = self._paper()
        if paper is None:
            return
        parent = self._window.preview.window()
        try:
            sent = self._print(paper.made.bare.pdf, self._word("printing", "job"), parent, self._printing_word)
        except PrintProblem as problem:
            words = self._word("printing", "problem", problem.key, **problem.details)
            self._window.messages.error(
                self._word("printing", "not_printed") if problem.key != "held" else words, words
            )
            return
        if sent is not None:
            key = {Way.JOB: "sent", Way.UNCONFIRMED: "sent_unconfirmed", Way.FILE: "to_file"}[sent.way]
            self._window.messages.inform(self._word("printing", key, printer=sent.printer, job=sent.job))

    def save_pdf(self) -> None:
        """Save the letter as a PDF."""
        paper = self._paper()
        if paper is None:
            return
        name = self._word("letter", "file_name", number=self._window.keeper.number or self._word("export", "new"))
        kind = FileKind(self._word("letter", "kind"), "pdf")
        path = self._window.messages.file_to_save(self._word("letter", "save_title"), name, kind)
        if path is None:
            return
        from desktop_app.settings import write_whole
        from desktop_app.store.database import problem_of_system

        try:
            write_whole(path, paper.file())
        except OSError as error:
            problem = problem_of_system(error, path)
            phrases = self._services.phrases
            self._window.messages.warn(f"{problem.what(phrases)} {problem.what_to_do(phrases)}")
            return
        self._window.messages.inform("\n• ".join([self._word("message", "pdf_saved"), *paper.travels()]))

    def copy(self) -> None:
        """Put the letter on the clipboard as text."""
        paper = self._paper()
        if paper is None:
            return
        from desktop_app.letter.plain_text import letter_text

        QGuiApplication.clipboard().setText(letter_text(paper.made.letter))
        self._window.messages.inform(self._word("message", "letter_copied"))

    def copy_plan(self) -> None:
        """Put the plan on the clipboard as text."""
        from desktop_app.plan_text import plan_as_text

        plan = self._window.document.full_plan()
        text = plan_as_text(plan, self._services.edition.names, self._services.phrases)
        QGuiApplication.clipboard().setText(text)
        self._window.messages.inform(self._word("message", "plan_copied"))

    def may_close(self) -> bool:
        """Whether the window may close: all is kept, or the user lets go of what is not."""
        window = self._window
        if window.keeper.keep_now() or window.document.is_empty():
            return True
        choices = (Choice("close", self._word("closing", "close")), Choice("stay", self._word("closing", "stay")))
        question = Question(
            self._word("closing", "question"), self._word("closing", "explanation"), choices, safe="stay", grave=True
        )
        return window.messages.ask(question) == "close"

    def _paper(self) -> Paper | None:
        """The letter of the answers as they are; None, and told, when it cannot be made."""
        try:
            return self._window.preview.letter_now()
        except Exception:
            self._window.messages.error(self._word("letter", "failed"), "")
            raise

    def _printing_word(self, key: str) -> str:
        return self._word("printing", key)

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)
