"""How a paper leaves the window: printed, as a PDF, or as text on the clipboard. It leaves because the user asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case_document import CaseDocument
from desktop_app.case_keeper import CaseKeeper
from desktop_app.letter_preview import LetterPreview
from desktop_app.messages import Choice, FileKind, Messages, Question
from desktop_app.papers import MadePaper, Paper
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
    """The papers and the plan of one window, on their way out. The menu speaks of the letter; the buttons beside the
    preview of what is shown there."""

    def __init__(self, window: LetterWindow, services: Services, print_it: PrintIt = print_letter) -> None:
        self._window = window
        self._services = services
        self._print = print_it
        self._saves = 0

    def print_it(self, paper: Paper = Paper.LETTER) -> None:
        """Print a paper; whatever goes wrong is told."""
        made = self._made(paper)
        if made is None:
            return
        parent = self._window.preview.window()
        try:
            sent = self._print(made.pdf, self._paper_word(paper, "job"), parent, partial(self._printing_word, paper))
        except PrintProblem as problem:
            words = self._printing_word(paper, "problem", problem.key, **problem.details)
            self._window.messages.error(
                self._printing_word(paper, "not_printed") if problem.key != "held" else words, words
            )
            return
        if sent is not None:
            key = {Way.JOB: "sent", Way.UNCONFIRMED: "sent_unconfirmed", Way.FILE: "to_file"}[sent.way]
            self._window.messages.inform(self._printing_word(paper, key, printer=sent.printer, job=sent.job))

    def save_pdf(self, paper: Paper = Paper.LETTER) -> None:
        """Save a paper as PDF: what travels inside is told in the dialog, and the file is made in another thread."""
        made = self._made(paper)
        if made is None:
            return
        number = self._window.keeper.number or self._word("export", "new")
        name = self._paper_word(paper, "file_name", number=number)
        kind = FileKind(self._word("letter", "kind"), "pdf")
        title, travels = self._paper_word(paper, "save_title"), self._travels(made)
        path = self._window.messages.file_to_save(title, name, kind, travels)
        if path is None:
            return
        self._window.messages.inform(self._paper_word(paper, "saving"))
        self._saves += 1  # each save is a job of its own: none may drop the outcome of another
        self._services.tasks.run(
            f"save a paper {id(self)} {self._saves}",
            lambda: _write(path, made),
            lambda _result: self._tell_saved(made),
            lambda error: self._tell_not_saved(made, path, error),
        )

    def _tell_saved(self, made: MadePaper) -> None:
        told = [self._paper_word(made.paper, "saved"), self._travels(made)]
        self._window.messages.inform("\n".join(each for each in told if each))

    def _travels(self, made: MadePaper) -> str:
        """What goes along in the file, a line each; empty when nothing does."""
        lines = made.travels()
        return "\n• ".join([self._word("papers", "travels"), *lines]) if lines else ""

    def _tell_not_saved(self, made: MadePaper, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):  # a defect; nothing was written
            self._window.messages.error(self._paper_word(made.paper, "failed"), "")
            raise error
        from desktop_app.store.database import problem_of_system

        problem, phrases = problem_of_system(error, path), self._services.phrases
        self._window.messages.warn(f"{problem.what(phrases)} {problem.what_to_do(phrases)}")

    def copy(self) -> None:
        """Put the letter on the clipboard as text."""
        made = self._made(Paper.LETTER)
        if made is None or made.letter is None:
            return
        from desktop_app.letter.plain_text import letter_text

        QGuiApplication.clipboard().setText(letter_text(made.letter.letter))
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

    def _made(self, paper: Paper) -> MadePaper | None:
        """The paper of the answers as they are; None, and told, when it cannot be made."""
        try:
            return self._window.preview.paper_now(paper)
        except Exception:
            self._window.messages.error(self._paper_word(paper, "failed"), "")
            raise

    def _printing_word(self, paper: Paper, *keys: str, **details: object) -> str:
        the = self._paper_word(paper, "the")
        return self._word("printing", *keys, the=the, The=the[:1].upper() + the[1:], **details)

    def _paper_word(self, paper: Paper, key: str, **details: object) -> str:
        return self._word("papers", key, paper.value, **details)

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)


def _write(path: Path, made: MadePaper) -> None:
    """Make the file and write it, whole or not at all."""
    from desktop_app.settings import write_whole

    write_whole(path, made.file())
