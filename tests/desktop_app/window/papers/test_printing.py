"""Printing: what CUPS is asked, and each of the failures of which Qt's printer says nothing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.window.papers import printing
from desktop_app.window.papers.printing import PrintOrder, PrintProblem, Way, lp_command, order_of, send_to_cups

RUNNING = "scheduler is running\n"
IDLE = "printer Balie is idle.  enabled since Mon Nov 23 07:37:53 2026\n"
STOPPED = "printer Balie disabled since Mon Nov 23 07:37:56 2026 -\n\tPaused\n"
ACCEPTING = "Balie accepting requests since Mon Nov 23 07:37:53 2026\n"
REJECTING = "Balie not accepting requests since Mon Nov 23 07:37:53 2026 -\n\tRejecting Jobs\n"
SENT = "request id is Balie-17 (0 file(s))\n"
ORDER = PrintOrder("Balie")


class Cups:
    """A print system that answers from a table: lpstat by its option, lp."""

    def __init__(self, **answers: tuple[int, str] | list[tuple[int, str]]) -> None:
        usual: dict[str, tuple[int, str] | list[tuple[int, str]]] = {
            "r": (0, RUNNING),
            "p": (0, IDLE),
            "a": (0, ACCEPTING),
            "o": (0, ""),
            "lp": (0, SENT),
        }
        self.answers = {**usual, **answers}
        self.given: list[tuple[list[str], bytes]] = []

    def __call__(self, command: Sequence[str], given: bytes = b"") -> tuple[int, str]:
        self.given.append((list(command), given))
        name = "lp" if command[0] == "lp" else command[1].removeprefix("-")
        answer = self.answers[name]
        return answer.pop(0) if isinstance(answer, list) else answer

    @property
    def printed(self) -> bool:
        return any(command[0] == "lp" for command, _ in self.given)


def test_a_letter_is_handed_over_as_it_is():
    cups = Cups()
    sent = send_to_cups(b"%PDF", ORDER, "Botwijzer brief", cups)
    assert (sent.way, sent.printer, sent.job) == (Way.JOB, "Balie", "Balie-17")
    command, content = next(pair for pair in cups.given if pair[0][0] == "lp")
    assert content == b"%PDF" and command[-1] == "-"


def test_the_order_becomes_a_command():
    order = PrintOrder("Balie", copies=2, first_page=2, last_page=3, two_sided="two-sided-long-edge")
    command = " ".join(lp_command(order, "Botwijzer brief"))
    assert "-d Balie" in command and "-n 2" in command and "-P 2-3" in command
    assert "sides=two-sided-long-edge" in command and "-t Botwijzer brief" in command and "media=A4" in command


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"r": (1, "scheduler is not running\n")}, "no_print_system"),
        ({"r": (1, "")}, "no_print_system"),
        ({"p": (1, 'lpstat: Invalid destination name in list "Balie".\n')}, "unknown_queue"),
        ({"a": (0, REJECTING)}, "rejecting"),
        ({"p": (0, STOPPED)}, "disabled"),
        ({"lp": (1, 'lp: Destination "Balie" is not accepting jobs.\n')}, "rejecting"),
        ({"lp": (1, "lp: Unsupported document-format\n")}, "refused"),
        ({"lp": (0, "")}, "refused"),
        ({"p": [(0, IDLE), (0, STOPPED)], "o": (0, "Balie-17 root 1024\n")}, "held"),
    ],
)
def test_each_failure_is_told(answers, key):
    with pytest.raises(PrintProblem) as problem:
        send_to_cups(b"%PDF", ORDER, "Botwijzer brief", Cups(**answers))
    assert problem.value.key == key


@pytest.mark.parametrize("answers", [{"a": (0, REJECTING)}, {"p": (0, STOPPED)}, {"p": (1, "")}])
def test_nothing_is_sent_to_a_queue_that_would_lose_or_keep_it(answers):
    cups = Cups(**answers)
    with pytest.raises(PrintProblem):
        send_to_cups(b"%PDF", ORDER, "Botwijzer brief", cups)
    assert not cups.printed


def test_commands_that_are_not_there(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert not printing.has_cups()
    with pytest.raises(PrintProblem) as problem:
        printing.run_command(["lpstat", "-r"])
    assert problem.value.key == "no_print_system"


# --- Qt -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def printer(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "out.pdf"))
    return made


def two_pages() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for text in ("een", "twee"):
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_the_dialogs_choices_are_read(printer):
    printer.setCopyCount(3)
    printer.setFromTo(1, 2)
    order = order_of(printer)
    assert (order.copies, order.first_page, order.last_page) == (3, 1, 2)
    assert order.to_file is not None


def test_print_to_file_writes_the_letter_itself(printer, tmp_path):
    content = two_pages()
    sent = printing.send(content, printer, "Botwijzer brief")
    assert sent.way is Way.FILE and (tmp_path / "out.pdf").read_bytes() == content


def test_print_to_a_file_that_cannot_be_written(printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "no" / "out.pdf"))
    with pytest.raises(PrintProblem):
        printing.send(two_pages(), printer, "Botwijzer brief")


def test_pages_are_drawn(printer, tmp_path):
    from pypdf import PdfReader

    printing.draw_pages(two_pages(), printer)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setFromTo(2, 2)
    printing.draw_pages(two_pages(), printer)
    assert len(PdfReader(tmp_path / "one.pdf").pages) == 1


def test_a_page_that_lies_is_drawn_lying_and_is_not_stretched(printer, tmp_path):
    """The sheet for the meeting; its square stays a square on paper of another shape too."""
    from PySide6.QtGui import QPageSize

    for size in (QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter):
        printer.setPageSize(QPageSize(size))
        printing.draw_pages(square_on((842, 595), (595, 842)), printer)
        lying, standing = inked_boxes(tmp_path / "out.pdf")
        assert lying.page_width > lying.page_height and standing.page_width < standing.page_height
        for page in (lying, standing):
            assert page.width == pytest.approx(page.height, rel=0.03) and page.width > 0.3 * page.page_width


@dataclass
class Inked:
    """How large a printed page is, and the box around what is printed on it, in pixels."""

    page_width: int
    page_height: int
    width: int
    height: int


def square_on(*sizes):
    file = io.BytesIO()
    canvas = Canvas(file)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(80, 80, 400, 400, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def inked_boxes(file):
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(str(file))
    for page in range(document.pageCount()):
        size = document.pagePointSize(page).toSize()
        image = document.render(page, QSize(size.width() // 4, size.height() // 4))
        dark = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if QColor(image.pixelColor(x, y)).alpha() and image.pixelColor(x, y).lightness() < 100
        ]
        across, down = {x for x, _ in dark}, {y for _, y in dark}
        yield Inked(image.width(), image.height(), max(across) - min(across), max(down) - min(down))


def test_what_is_no_pdf_is_told(printer):
    with pytest.raises(PrintProblem) as problem:
        printing.draw_pages(b"nothing", printer)
    assert problem.value.key == "unreadable"


def test_a_painter_that_does_not_begin_is_told(printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "no" / "out.pdf"))
    with pytest.raises(PrintProblem) as problem:
        printing.draw_pages(two_pages(), printer)
    assert problem.value.key == "no_print_system"


@pytest.mark.parametrize("name", ["", "Nergens"])
def test_a_printer_that_qt_does_not_know_is_told(qtbot, name):
    with pytest.raises(PrintProblem) as problem:
        printing.check_known(name)
    assert problem.value.key == "unknown_queue"


def test_without_printers_no_dialog_opens(qtbot, monkeypatch):
    from PySide6.QtPrintSupport import QPrinterInfo
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: []))
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(PrintProblem) as problem:
        printing.print_letter(b"%PDF", "Botwijzer brief", parent, str)
    assert problem.value.key == "no_print_system"
