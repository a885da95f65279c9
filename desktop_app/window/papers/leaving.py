"""Lets a paper leave the window: printed, as a PDF, or as text on the clipboard. It leaves because the user asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case.open_case import OpenCase
from desktop_app.exchange.made_paper import MadePaper, make_paper, paper_to_save, what_travels
from desktop_app.files import write_whole
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.order import Paper, PaperOrder
from desktop_app.store.connecting import problem_of_system
from desktop_app.window.long_work import Job, LongWork
from desktop_app.window.messages import FileKind, Messages
from desktop_app.window.papers.preview import LetterPreview
from desktop_app.window.papers.printing import NotPrinted, PrintProblem, Sending, Sent, Way, print_letter
from desktop_app.window.services import Services

ChoosePrinter = Callable[[bytes, str, QWidget, Callable[[str], str]], Sending | None]


class PapersLeaving:
    """The papers of one window, on their way out."""

    def __init__(
        self,
        case: OpenCase,
        preview: Callable[[], LetterPreview],
        messages: Messages,
        long_work: LongWork,
        services: Services,
    ) -> None:
        self._case = case
        self._preview = preview
        self._messages = messages
        self._long_work = long_work
        self._services = services
        self.choose_printer: ChoosePrinter = print_letter
        """Asks for a printer, and gives what prints on it; tests answer in its place."""

    def print_it(self, paper: Paper = Paper.LETTER) -> None:
        """Print a paper: the printer is chosen in a dialog, and a thread sends it; whatever goes wrong is told."""
        self._with_paper(paper, self._print_made)

    def _print_made(self, made: MadePaper) -> None:
        paper, parent = made.order.paper, self._preview().window()
        words = partial(self._printing_word, paper)
        try:
            send = self.choose_printer(made.pdf, self._paper_word(paper, "job"), parent, words)
        except PrintProblem as problem:
            self._tell_not_printed(paper, problem)
            return
        if send is None:
            return
        self._long_work.start(
            self._printing_word(paper, "sending"),
            lambda job: send(job.commit),
            lambda sent: self._tell_printed(paper, sent),
            lambda error: self._tell_not_printed(paper, error),
            outlives_window=True,
        )

    def _tell_printed(self, paper: Paper, sent: Sent) -> None:
        key = {Way.JOB: "sent", Way.UNCONFIRMED: "sent_unconfirmed", Way.FILE: "to_file"}[sent.way]
        self._messages.inform(self._printing_word(paper, key, printer=sent.printer, job=sent.job))

    def _tell_not_printed(self, paper: Paper, error: Exception) -> None:
        if not isinstance(error, PrintProblem):
            raise error
        self._messages.tell(NotPrinted(paper, error))

    def save_pdf(self, paper: Paper = Paper.LETTER) -> None:
        """Save a paper as PDF: what travels inside is told in the dialog, and the file is made in another thread."""
        self._with_paper(paper, self._save_made)

    def _save_made(self, made: MadePaper) -> None:
        paper = made.order.paper
        number = self._case.number or self._word("export", "new")
        name = self._paper_word(paper, "file_name", number=number)
        kind = FileKind(self._word("letter", "kind"), "pdf")
        title, travels = self._paper_word(paper, "save_title"), self._travels(made)
        path = self._messages.file_to_save(title, name, kind, travels)
        if path is None:
            return
        self._messages.inform(self._paper_word(paper, "saving"))
        self._long_work.start(
            self._paper_word(paper, "saving"),
            lambda job: _write(path, made, job),
            lambda _result: self._tell_saved(made),
            lambda error: self._tell_not_saved(made, path, error),
            outlives_window=True,
        )

    def _tell_saved(self, made: MadePaper) -> None:
        told = [self._paper_word(made.order.paper, "saved"), self._travels(made)]
        self._messages.inform("\n".join(each for each in told if each))

    def _travels(self, made: MadePaper) -> str:
        """What goes along in the file, a line each; empty when nothing does."""
        lines = what_travels(made.order)
        return "\n• ".join([self._word("papers", "travels"), *lines]) if lines else ""

    def _tell_not_saved(self, made: MadePaper, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):  # a defect; nothing was written
            self._messages.warn(self._paper_word(made.order.paper, "failed"))
            raise error
        self._messages.tell(problem_of_system(error, path))

    def copy(self) -> None:
        """Put the letter on the clipboard as text."""
        self._with_paper(Paper.LETTER, self._copy_made)

    def _copy_made(self, made: MadePaper) -> None:
        assert made.letter is not None, "a letter has its words"
        QGuiApplication.clipboard().setText(letter_text(made.letter))
        self._messages.inform(self._word("message", "letter_copied"))

    def _with_paper(self, paper: Paper, use: Callable[[MadePaper], None]) -> None:
        """Do something with a paper of the answers as they are: the one that is shown, or one that a thread makes."""
        preview = self._preview()
        order = preview.order(paper)
        made = preview.made_of(order)
        if made is not None:
            use(made)
            return
        self._long_work.start(
            self._paper_word(paper, "making"),
            lambda _job: make_paper(order),
            lambda made: self._use(order, made, use),
            lambda error: self._tell_not_made(paper, error),
        )

    def _use(self, order: PaperOrder, made: MadePaper, use: Callable[[MadePaper], None]) -> None:
        preview = self._preview()
        if preview.is_of_now(order):
            preview.keep(order, made)
            use(made)
        else:  # an answer was given meanwhile: nothing leaves that does not say it
            self._with_paper(order.paper, use)

    def _tell_not_made(self, paper: Paper, error: Exception) -> None:
        self._messages.warn(self._paper_word(paper, "failed"))
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
    content = paper_to_save(made).pdf
    job.commit()
    write_whole(path, content)
