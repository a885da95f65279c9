"""Prints the PDF of a letter, and tells whatever goes wrong: Qt's printer says nothing of four kinds of failure.

    a queue that rejects jobs ... the letter would be lost: asked of CUPS before, and of `lp` itself
    an unknown queue ............ another printer would print it: looked up before
    a queue that is stopped ..... the job would wait unseen: asked before, and after
    no print system ............. nothing would happen: no printer is offered

Where CUPS is (Linux, macOS), `lp` gets the PDF itself, which keeps letters letters; elsewhere each page is drawn.
The name of the job says nothing of the patient.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from desktop_app.files import write_whole
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import sentence_case
from desktop_app.window.dialogs.files import forget_places

WAIT_SECONDS = 20
DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


class PrintProblem(Exception):
    """The letter was not printed, or not yet; `key` says why (phrases: window, printing, problem)."""

    def __init__(self, key: str, printer: str = "", job: str = "") -> None:
        self.key = key
        self.details: Mapping[str, str] = {"printer": printer, "job": job}
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """What is told of a paper that was not printed, or not yet."""

    paper: str
    problem: PrintProblem

    @property
    def key(self) -> str:
        """Why."""
        return self.problem.key

    @property
    def details(self) -> Mapping[str, str]:
        """The printer, and the job as it names it."""
        return self.problem.details

    def message(self, phrases: Phrases) -> str:
        """That it was not printed, why, and what to do."""
        the = phrases.get("window", "papers", "the", self.paper)
        words = {**self.details, "the": the, "The": sentence_case(the)}
        told = phrases.get("window", "printing", "problem", self.key).format_map(words)
        if self.key == "held":
            return told
        return f"{phrases.get('window', 'printing', 'not_printed').format_map(words)} {told}"


class Way(Enum):
    """How a letter left."""

    JOB = "job"  # the print system confirmed a job
    UNCONFIRMED = "unconfirmed"  # it was drawn on a printer of which nobody confirms anything
    FILE = "file"  # the user chose to print to a file


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was handed over."""

    way: Way
    printer: str
    job: str = ""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What the user chose in the dialog."""

    printer: str
    copies: int = 1
    first_page: int = 0  # 0: all pages
    last_page: int = 0
    two_sided: str | None = None  # as CUPS names it
    to_file: Path | None = None


Commit = Callable[[], None]
"""Called before anything leaves: raises when the user cancelled, and after it nobody can."""
Sending = Callable[[Commit], Sent]
"""Sends a letter to the printer that was chosen for it; raises PrintProblem."""


class RunCommand(Protocol):
    """Runs a command with an input; status and output."""

    def __call__(self, command: Sequence[str], given: bytes = b"") -> tuple[int, str]:
        """Run it."""


def run_command(command: Sequence[str], given: bytes = b"") -> tuple[int, str]:
    """Run a command of CUPS, in English so that its answer can be read; raises PrintProblem when it cannot run."""
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "SOFTWARE": ""}
    try:
        done = subprocess.run(
            list(command), input=given, capture_output=True, timeout=WAIT_SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise PrintProblem("no_print_system") from None
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


# --- CUPS -------------------------------------------------------------------------------------------------------------


def has_cups() -> bool:
    """Whether the commands of CUPS are on this computer."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def check_queue(printer: str, run: RunCommand = run_command) -> None:
    """Raise PrintProblem when a queue would lose or keep a letter."""
    _, scheduler = run(["lpstat", "-r"])
    if "not running" in scheduler or "running" not in scheduler:
        raise PrintProblem("no_print_system", printer)
    status, state = run(["lpstat", "-p", printer])
    if status != 0:
        raise PrintProblem("unknown_queue", printer)
    _, accepting = run(["lpstat", "-a", printer])
    if "not accepting" in accepting:
        raise PrintProblem("rejecting", printer)
    if _is_stopped(state):
        raise PrintProblem("disabled", printer)


def _is_stopped(state: str) -> bool:
    return any(" disabled " in f"{line} " for line in state.splitlines() if line.startswith("printer "))


def send_to_cups(
    content: bytes, order: PrintOrder, title: str, run: RunCommand = run_command, commit: Commit = lambda: None
) -> Sent:
    """Hand the PDF itself to CUPS and see that there is a job; raises PrintProblem."""
    check_queue(order.printer, run)
    commit()
    status, answer = run(lp_command(order, title), content)
    found = re.search(r"request id is (\S+)", answer)
    if status != 0 or found is None:
        key = "rejecting" if "not accepting" in answer else "refused"
        raise PrintProblem(key, order.printer)
    job = found.group(1)
    _, state = run(["lpstat", "-p", order.printer])
    if _is_stopped(state) and job in run(["lpstat", "-o", order.printer])[1]:
        raise PrintProblem("held", order.printer, job)
    return Sent(Way.JOB, order.printer, job)


def lp_command(order: PrintOrder, title: str) -> list[str]:
    """The command for an order; the PDF comes on standard input, so that no file with patient data is written."""
    command = ["lp", "-d", order.printer, "-t", title, "-n", str(order.copies), "-o", "media=A4"]
    if order.first_page:
        command += ["-P", f"{order.first_page}-{order.last_page or order.first_page}"]
    if order.two_sided is not None:
        command += ["-o", f"sides={order.two_sided}"]
    return [*command, "-"]


# --- Qt ---------------------------------------------------------------------------------------------------------------


def order_of(printer: QPrinter) -> PrintOrder:
    """What a printer set by the dialog stands for."""
    sides = {
        QPrinter.DuplexMode.DuplexNone: "one-sided",
        QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
        QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
    }
    to_file = printer.outputFileName()
    return PrintOrder(
        printer.printerName(),
        max(printer.copyCount(), 1),
        printer.fromPage(),
        printer.toPage(),
        sides.get(printer.duplex()),
        Path(to_file) if to_file else None,
    )


def print_letter(content: bytes, title: str, parent: QWidget, words: Callable[[str], str]) -> Sending | None:
    """Let the user choose a printer in the system's dialog; gives what sends the letter there, for another thread
    (None: they chose none). Raises PrintProblem."""
    if not QPrinterInfo.availablePrinterNames():
        raise PrintProblem("no_print_system")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("Botwijzer")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(words("title"))
    is_chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    delete(dialog)  # with the dialog in it that asks for a file
    forget_places()
    if not is_chosen:
        return None
    if printer.outputFileName() == "" and not has_cups():
        check_known(printer.printerName())
    return lambda commit: send(content, printer, title, commit)


def send(content: bytes, printer: QPrinter, title: str, commit: Commit = lambda: None) -> Sent:
    """Print on a printer that was chosen, in any thread; `commit` is called before anything leaves, and may raise.
    Raises PrintProblem."""
    order = order_of(printer)
    if order.to_file is not None:
        commit()
        try:
            write_whole(order.to_file, content)
        except OSError:
            raise PrintProblem("refused", str(order.to_file)) from None
        return Sent(Way.FILE, order.to_file.name)
    if has_cups():
        return send_to_cups(content, order, title, commit=commit)
    commit()
    draw_pages(content, printer)
    return Sent(Way.UNCONFIRMED, order.printer)


def check_known(name: str) -> None:
    """Raise PrintProblem for a printer that the system does not know: Qt would print on another one."""
    info = QPrinterInfo.printerInfo(name)
    if not name or info.isNull():
        raise PrintProblem("unknown_queue", name)
    if info.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise PrintProblem("disabled", name)


def draw_pages(content: bytes, printer: QPrinter) -> None:
    """Draw each page of a PDF on a printer; raises PrintProblem."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.pageCount() == 0:
        raise PrintProblem("unreadable", printer.printerName())
    printer.setFullPage(True)
    pages = _pages(order_of(printer), document.pageCount())
    _turn(printer, document.pagePointSize(pages[0]) if pages else QSizeF())
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintProblem("no_print_system", printer.printerName())
    try:
        for number, page in enumerate(pages):
            size = document.pagePointSize(page)
            _turn(printer, size)
            if number and not printer.newPage():
                raise PrintProblem("refused", printer.printerName())
            scale = DOTS_PER_INCH / POINTS_PER_INCH
            image = document.render(page, QSize(round(size.width() * scale), round(size.height() * scale)))
            fitting = image.size().scaled(printer.width(), printer.height(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(QPoint(0, 0), fitting), image)
    finally:
        ended = painter.end()
    if not ended:
        raise PrintProblem("refused", printer.printerName())


def _turn(printer: QPrinter, page: QSizeF) -> None:
    """Lay the paper as the page lies: the sheet for the meeting is wider than high."""
    lies = QPageLayout.Orientation
    printer.setPageOrientation(lies.Landscape if page.width() > page.height() else lies.Portrait)


def _pages(order: PrintOrder, count: int) -> range:
    if not order.first_page:
        return range(count)
    return range(order.first_page - 1, min(order.last_page or order.first_page, count))
