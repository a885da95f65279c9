"""How a paper leaves the window: printed, as a PDF, or as text on the clipboard. It leaves because the user asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.case.keeper import CaseKeeper
from desktop_app.window.long_work import Job, LongWork
from desktop_app.window.messages import Choice, FileKind, Messages, Question
from desktop_app.window.papers.order import MadePaper, Paper, PaperOrder, make_paper
from desktop_app.window.papers.preview import LetterPreview
from desktop_app.window.papers.printing import PrintProblem, Sending, Sent, Way, print_letter
from desktop_app.window.services import Services

PrintIt = Callable[[bytes, str, QWidget, Callable[[str], str]], Sending | None]


class LetterWindow(Protocol):
    """What the commands need of their window."""

    document: CaseDocument
    keeper: CaseKeeper
    messages: Messages

    @property
    def preview(self) -> LetterPreview:
        """The letter beside the wizard."""

    @property
    def long_work(self) -> LongWork:
        """What the user may have to wait for."""


class LetterCommands:
    """The papers and the plan of one window, on their way out. The menu speaks of the letter; the buttons beside the
    preview of what is shown there."""

    def __init__(self, window: LetterWindow, services: Services, print_it: PrintIt = print_letter) -> None:
        self._window = window
        self._services = services
        self._print = print_it

    def print_it(self, paper: Paper = Paper.LETTER) -> None:
        """Print a paper: the printer is chosen in a dialog, and a thread sends it; whatever goes wrong is told."""
        self._with_paper(paper, self._print_made)

    def _print_made(self, made: MadePaper) -> None:
        paper, parent = made.paper, self._window.preview.window()
        try:
            send = self._print(made.pdf, self._paper_word(paper, "job"), parent, partial(self._printing_word, paper))
        except PrintProblem as problem:
            self._tell_not_printed(paper, problem)
            return
        if send is None:
            return
        self._window.long_work.start(
            self._printing_word(paper, "sending"),
            lambda job: send(job.commit),
            lambda sent: self._tell_printed(paper, sent),
            lambda error: self._tell_not_printed(paper, error),
            outlives_window=True,
        )

    def _tell_printed(self, paper: Paper, sent: Sent) -> None:
        key = {Way.JOB: "sent", Way.UNCONFIRMED: "sent_unconfirmed", Way.FILE: "to_file"}[sent.way]
        self._window.messages.inform(self._printing_word(paper, key, printer=sent.printer, job=sent.job))

    def _tell_not_printed(self, paper: Paper, error: Exception) -> None:
        if not isinstance(error, PrintProblem):
            raise error
        words = self._printing_word(paper, "problem", error.key, **error.details)
        told = [words] if error.key == "held" else [self._printing_word(paper, "not_printed"), words]
        self._window.messages.warn(" ".join(told))

    def save_pdf(self, paper: Paper = Paper.LETTER) -> None:
        """Save a paper as PDF: what travels inside is told in the dialog, and the file is made in another thread."""
        self._with_paper(paper, self._save_made)

    def _save_made(self, made: MadePaper) -> None:
        paper = made.paper
        number = self._window.keeper.number or self._word("export", "new")
        name = self._paper_word(paper, "file_name", number=number)
        kind = FileKind(self._word("letter", "kind"), "pdf")
        title, travels = self._paper_word(paper, "save_title"), self._travels(made)
        path = self._window.messages.file_to_save(title, name, kind, travels)
        if path is None:
            return
        self._window.messages.inform(self._paper_word(paper, "saving"))
        self._window.long_work.start(
            self._paper_word(paper, "saving"),
            lambda job: _write(path, made, job),
            lambda _result: self._tell_saved(made),
            lambda error: self._tell_not_saved(made, path, error),
            outlives_window=True,
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
            self._window.messages.warn(self._paper_word(made.paper, "failed"))
            raise error
        from desktop_app.store.database import problem_of_system

        self._window.messages.tell(problem_of_system(error, path))

    def copy(self) -> None:
        """Put the letter on the clipboard as text."""
        self._with_paper(Paper.LETTER, self._copy_made)

    def _copy_made(self, made: MadePaper) -> None:
        assert made.letter is not None, "a letter has its words"
        from desktop_app.papers.letter.plain_text import letter_text

        QGuiApplication.clipboard().setText(letter_text(made.letter.letter))
        self._window.messages.inform(self._word("message", "letter_copied"))

    def copy_plan(self) -> None:
        """Put the plan on the clipboard as text."""
        from desktop_app.plan.as_text import plan_as_text

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

    def _with_paper(self, paper: Paper, use: Callable[[MadePaper], None]) -> None:
        """Do something with a paper of the answers as they are: the one that is shown, or one that a thread makes."""
        preview = self._window.preview
        order = preview.order(paper)
        made = preview.made_of(order)
        if made is not None:
            use(made)
            return
        self._window.long_work.start(
            self._paper_word(paper, "making"),
            lambda _job: make_paper(order),
            lambda made: self._use(order, made, use),
            lambda error: self._tell_not_made(paper, error),
        )

    def _use(self, order: PaperOrder, made: MadePaper, use: Callable[[MadePaper], None]) -> None:
        preview = self._window.preview
        if preview.is_of_now(order):
            preview.keep(order, made)
            use(made)
        else:  # an answer was given meanwhile: nothing leaves that does not say it
            self._with_paper(order.paper, use)

    def _tell_not_made(self, paper: Paper, error: Exception) -> None:
        self._window.messages.warn(self._paper_word(paper, "failed"))
        raise error

    def _printing_word(self, paper: Paper, *keys: str, **details: object) -> str:
        the = self._paper_word(paper, "the")
        return self._word("printing", *keys, the=the, The=the[:1].upper() + the[1:], **details)

    def _paper_word(self, paper: Paper, key: str, **details: object) -> str:
        return self._word("papers", key, paper.value, **details)

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)


def _write(path: Path, made: MadePaper, job: Job) -> None:
    """Make the file and write it, whole or not at all."""
    from desktop_app.files import write_whole

    content = made.file()
    job.commit()
    write_whole(path, content)
