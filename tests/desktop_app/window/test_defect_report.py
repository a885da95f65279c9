"""The report of a defect says where it was and in which versions, and nothing of a patient; *about* says it all."""

import sys
import tomllib
from pathlib import Path

import pytest

from tests.desktop_app.plan.view.documents import edition

# isort: split
from desktop_app import __version__
from desktop_app.case.answers import changed_case
from desktop_app.papers.order import Paper
from desktop_app.window import start as window_start
from desktop_app.window.about import about_text
from desktop_app.window.defect_report import defect_report, own_places, tell_defect
from desktop_app.window.dialogs.text import TextDialog
from desktop_app.window.libraries import LIBRARIES, libraries
from guideline_core.case import Case
from tests.checkout import CHECKOUT
from tests.desktop_app.exchange.patients import nl_core, write

NAME, BSN = "Vermeulen-de Wit", "111222333"


def defect() -> BaseException:
    """A defect in our own code, with patient data in its message, its arguments and its cause."""
    try:
        try:
            raise LookupError(f"no {NAME}")
        except LookupError as cause:
            changed_case(Case(), {"patient.family_name": NAME}, None, NAME)  # type: ignore[arg-type]
            raise ValueError(NAME) from cause
    except Exception as error:
        return error


def test_the_report_says_where_and_in_which_versions():
    report = defect_report(defect(), edition().tables.guideline)
    assert f"Botwijzer {__version__}" in report and f"Python {sys.version.split()[0]}" in report
    assert edition().tables.guideline.id in report and "PySide6-Essentials 6" in report
    places = [line.strip() for line in report.splitlines() if line.startswith("  ")]
    assert places and all(place.startswith(("desktop_app/", "guideline_core/")) for place in places)
    assert any("case/answers.py:" in place and place.endswith("changed_case") for place in places)
    assert "LookupError" in report


def test_the_report_holds_no_patient_data_and_no_foreign_path():
    error = defect()
    assert any(NAME in str(part) for part in (error, error.__context__))
    report = defect_report(error, None)
    assert NAME not in report and "Vermeulen" not in report
    assert str(CHECKOUT) not in report and "site-packages" not in report and str(Path.home()) not in report


def test_a_defect_can_be_reported_after_reading(desk, window, tmp_path):
    before = sys.excepthook
    window_start.install_excepthook(desk.windows)
    window.document.answer("patient.family_name", NAME)
    error = defect()
    desk.user.files = [tmp_path / "report.txt"]
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = before
    assert (tmp_path / "report.txt").read_text("utf-8") == desk.user.reports[-1]
    assert NAME not in desk.user.reports[-1] and NAME not in desk.user.said[-1][1]


class Hostile(Exception):
    """A defect that says all that it can."""

    def __init__(self) -> None:
        super().__init__(f"{NAME} {BSN}", {"patient": NAME})
        self.patient = NAME
        self.add_note(f"while working for {NAME}, {BSN}")

    def __str__(self) -> str:
        return f"{NAME} {BSN}"

    __repr__ = __str__


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("desktop_app.exchange.made_paper.compose_letter", "print"),
        ("desktop_app.exchange.made_paper.sealed", "save"),
        ("desktop_app.window.papers.leaving._write", "save"),
        ("desktop_app.exchange.patient.reading.patient_in", "patient"),
        ("desktop_app.window.patient_takeover.merge_patient", "patient"),
        ("desktop_app.window.opening.looks_like_fhir", "open"),
    ],
)
def test_a_defect_with_papers_and_files_names_nobody(desk, window, tmp_path, monkeypatch, caplog, capfd, where, what):
    """The exception, its notes, the variables on the way and the name of the file all name the patient."""

    def hostile(*given: object, **named: object) -> None:
        patient, number = NAME, BSN
        raise Hostile from LookupError(f"{patient} {number} {given}")

    before = sys.excepthook
    window_start.install_excepthook(desk.windows)
    file = write(tmp_path / f"{NAME} {BSN}.json", nl_core(name=[{"family": NAME}]))
    window.document.answer("patient.family_name", NAME)
    desk.user.files = (
        [tmp_path / f"{NAME}.pdf", tmp_path / "report.txt"] if what == "save" else [tmp_path / "report.txt"]
    )
    monkeypatch.setattr(where, hostile)
    do = {
        "print": lambda: window.papers.leaving.print_it(Paper.LETTER),
        "save": lambda: window.papers.leaving.save_pdf(),
        "patient": lambda: window.patients.takeover.take_file(file),
        "open": lambda: window.files.open(file),
    }[what]
    try:
        with pytest.raises(Hostile) as caught:
            do()
        sys.excepthook(caught.type, caught.value, caught.tb)
    finally:
        sys.excepthook = before
    (report,) = desk.user.reports
    assert "Hostile" in report and "LookupError" in report and "desktop_app/window/long_work.py:" in report
    told = [report, (tmp_path / "report.txt").read_text("utf-8"), caplog.text, *capfd.readouterr(), desk.said()]
    for secret in (NAME, "Vermeulen", BSN, str(tmp_path), "report.txt"):
        assert not any(secret in text for text in told), secret


def test_a_report_that_cannot_be_saved_is_told(desk, window, tmp_path):
    desk.user.files = [tmp_path / "no" / "report.txt"]
    tell_defect(defect(), window.messages, window.services)
    assert desk.user.said[-1][0] == "caution" and "niet opgeslagen" in desk.user.said[-1][1]


def test_the_dialog_shows_the_report_as_it_will_be_saved(window, qtbot):
    report = defect_report(defect(), None)
    dialog = TextDialog("Fout", "Uitleg", report, "Sluiten", "Opslaan", window)
    qtbot.addWidget(dialog)
    assert dialog.text.toPlainText() == report and dialog.text.isReadOnly()


def test_foreign_code_has_no_places():
    try:
        int("x")
    except ValueError as error:
        assert list(own_places(error)) == []


def test_about_says_what_it_is_for_and_who_reviewed_it(window):
    text = about_text(window.services)
    assert "geen anatoom heeft haar beoordeeld" in text
    assert "Droid Sans" in text
    for words in ("Beoogd gebruik", "concept", "CE-markering", "nog niet door iemand beoordeeld", "EUPL-1.2"):
        assert words in text
    assert edition().tables.guideline.sha256[:12] in text
    for library in libraries():
        assert library.version and f"{library.name} {library.version} – {library.licence}" in text


def test_about_names_every_library_that_the_program_asks_for():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {requirement.split(">")[0].split("=")[0].split("<")[0] for requirement in project["dependencies"]}
    assert asked == set(LIBRARIES)


@pytest.mark.parametrize("name", ["nobody-has-this"])
def test_a_library_that_is_not_there_has_no_version(monkeypatch, name):
    monkeypatch.setitem(LIBRARIES, name, "MIT")
    assert [library.version for library in libraries() if library.name == name] == [""]
