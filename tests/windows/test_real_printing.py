"""A print through a real CUPS queue, and each of the four failures of which Qt's printer says nothing, really had."""

import io
import subprocess

import pytest
from PIL import ImageChops, ImageStat
from PIL.Image import Image, Transpose
from PIL.Image import open as open_image
from pypdf import PdfReader

from desktop_app.library.editions import Library
from desktop_app.papers.pdf.write import write_document
from desktop_app.window.papers.printing import PrintOrder, PrintProblem, Way, send_to_cups
from tests.desktop_app.papers.sheets import sheets
from tests.windows.conftest import QUEUE, PrintSystem, Workstation
from tests.windows.driver_words import INCIDENT
from tests.windows.test_textbook_cases import squeezed, words_of_pdf


@pytest.fixture(autouse=True)
def server(print_system: PrintSystem, monkeypatch: pytest.MonkeyPatch):
    for name, value in print_system.variables.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def letter() -> bytes:

    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawString(100, 700, "Verwijzing")
    canvas.showPage()
    canvas.drawString(100, 700, "Tweede bladzijde")
    canvas.save()
    return file.getvalue()


def test_a_letter_is_printed_with_its_letters(print_system, printed_pages, letter):
    sent = send_to_cups(letter, PrintOrder(QUEUE), "Botwijzer brief")
    assert sent.way is Way.JOB and sent.job.startswith(f"{QUEUE}-")
    file = printed_pages()
    assert len(PdfReader(file).pages) == 2
    assert "verwijzing" in words_of_pdf(file)
    assert "Botwijzer" in file.name


def test_one_page_is_printed(print_system, printed_pages, letter):
    send_to_cups(letter, PrintOrder(QUEUE, first_page=2, last_page=2), "Botwijzer brief")
    assert squeezed("Tweede bladzijde") in words_of_pdf(printed_pages())


@pytest.mark.parametrize("name", ["meeting 3 nl", "patient, all ticked"])
def test_the_sheets_are_printed_whole_and_the_right_way_up(print_system, printed_pages, name):
    """The MDO sheet is wider than high: turned or cut off it would be of no use in the room."""
    library = Library()
    content = write_document(sheets(library)[name]).content
    send_to_cups(content, PrintOrder(QUEUE), "Botwijzer blad")
    printed, made = picture_of(printed_pages().read_bytes()), picture_of(content)
    assert (printed.width > printed.height) is name.startswith("meeting")
    assert difference(printed, made) < 0.02, difference(printed, made)
    assert difference(printed.transpose(Transpose.ROTATE_180), made) > 0.05  # the comparison sees what is turned


def picture_of(content: bytes) -> Image:
    """The only page of a PDF, in grey, as a reader sees it."""
    command = ["pdftoppm", "-r", "40", "-gray", "-singlefile", "-"]
    drawn = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    return open_image(io.BytesIO(drawn)).convert("L")


def difference(one: Image, other: Image) -> float:
    """How far two pictures of the same form differ on average, as a part of black."""
    assert abs(one.width / one.height - other.width / other.height) < 0.02
    return ImageStat.Stat(ImageChops.difference(one.resize(other.size), other)).mean[0] / 255


def problem_of(letter: bytes, queue: str = QUEUE) -> str:
    with pytest.raises(PrintProblem) as problem:
        send_to_cups(letter, PrintOrder(queue), "Botwijzer brief")
    return problem.value.key


def test_a_rejecting_queue_is_told(print_system, letter):
    print_system.administer("cupsreject", QUEUE)
    assert problem_of(letter) == "rejecting"
    print_system.administer("cupsaccept", QUEUE)


def test_an_unknown_queue_is_told(print_system, letter):
    assert problem_of(letter, "Nergens") == "unknown_queue"


def test_a_stopped_queue_is_told_and_keeps_nothing(print_system, letter):
    print_system.administer("cupsdisable", QUEUE)
    assert problem_of(letter) == "disabled"
    assert print_system.administer("lpstat", "-o", QUEUE).strip() == ""
    print_system.administer("cupsenable", QUEUE)


def test_without_a_print_system_that_is_told(print_system, letter):
    print_system.stop()
    try:
        assert problem_of(letter) == "no_print_system"
    finally:
        print_system.start()


def test_from_the_window_through_the_dialog(print_system, workstation: Workstation, printed_pages):
    workstation.extra.update(print_system.variables)
    told = workstation.work("print_by_keys")
    assert f"printer {QUEUE} gestuurd" in told["said"]
    file = printed_pages()
    words = words_of_pdf(file)
    assert "aksoy" in words and squeezed("Richtlijn Bottumoren, concept 2026") in words
    assert "Aksoy" not in file.name


HAPPENS = {
    "rejecting": (f"cupsreject {QUEUE}", f"cupsaccept {QUEUE}"),
    "disabled": (f"cupsdisable {QUEUE}", f"cupsenable {QUEUE}"),
    "unknown_queue": (f"lpadmin -x {QUEUE}", ""),
}


@pytest.mark.parametrize("key", HAPPENS)
def test_the_window_tells_what_happens_to_the_queue_meanwhile(print_system, workstation: Workstation, key: str):
    """After the user chose it and before the letter is sent: of this Qt's printer says nothing."""
    incident, mend = HAPPENS[key]
    workstation.extra.update(print_system.variables | {INCIDENT: incident})
    try:
        told = workstation.work("print_with_an_incident")
    finally:
        if mend:
            print_system.administer(*mend.split())
        else:
            print_system.add_queue()
    assert told["error"] == words_of_problem(key)
    assert print_system.administer("lpstat", "-o", check=False).strip() == ""


def test_the_window_tells_that_there_is_no_print_system(print_system, workstation: Workstation):
    workstation.extra.update(print_system.variables | {INCIDENT: ""})
    print_system.stop()
    try:
        told = workstation.work("print_with_an_incident")
    finally:
        print_system.start()
    assert told["error"] == words_of_problem("no_print_system")


def words_of_problem(key: str) -> str:
    phrases = Library().phrases("nl")
    paper = {"the": "de brief", "The": "De brief"}
    problem = phrases.get("window", "printing", "problem", key).format(printer=QUEUE, job="", **paper)
    return f"{phrases.get('window', 'printing', 'not_printed').format(**paper)} {problem}"
