"""The papers in the window: letter, MDO sheet and patient sheet are seen, chosen, printed and saved; what is left out
of the letter has a reason, and comes back."""

import datetime
import io
from pathlib import Path

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.order import Paper
from desktop_app.papers.patient_choices import PatientSheetChoices
from desktop_app.settings.settings import Settings
from desktop_app.window.dialogs.files import save_dialog
from desktop_app.window.language import translate_qt
from desktop_app.window.main_window import MainWindow
from desktop_app.window.messages import FileKind
from desktop_app.window.papers.printing import PrintProblem, Sent, Way
from desktop_app.window.parts.content import LETTER
from guideline_core.case import Case

NAME, GIVEN, NUMBER = "Vermeulen-de Wit", "Noor", "7654321"
IDENTITY = {"patient.family_name": NAME, "patient.given_name": GIVEN, "patient.patient_number": NUMBER}
MALIGNANT = {**IDENTITY, "patient.birth_date": datetime.date(1980, 2, 3), "lesion.category": "malignant"}
IN_DOUBT = {
    **IDENTITY,
    "patient.birth_date": datetime.date(1980, 2, 3),
    "lesion.category": "benign_indolent",
    "lesion.diagnosis_in_doubt": True,
}
REASON = "Al gemaakt in het eigen ziekenhuis"


def fill(window: MainWindow, answers: dict[str, object]) -> None:
    for path, value in answers.items():
        window.document.answer(path, value)
    window.document.full_plan()


@pytest.fixture
def lettered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window at the letter of an adult with a malignant lesion."""
    fill(window, MALIGNANT)
    window.content.wizard.go_to_step("letter")
    qtbot.waitUntil(lambda: window.content.preview._made is not None)
    return window


def seen(window: MainWindow) -> str:
    """The words of the pages in the preview."""
    document = window.content.preview._viewer.document
    return " ".join(document.getAllText(page).text() for page in range(document.pageCount()))


def show(window: MainWindow, paper: Paper) -> None:
    box = window.content.preview.row.paper
    place = box.findData(paper)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def pick(box, data) -> None:
    place = [box.itemData(each) for each in range(box.count())].index(data)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def items(box) -> list[object]:
    return [box.itemData(place) for place in range(box.count())]


# --- which paper ----------------------------------------------------------------------------------------------------


def test_each_paper_is_seen_as_its_own_pdf(lettered):
    assert NAME in seen(lettered) and "Verwijzing" in seen(lettered)
    show(lettered, Paper.MEETING)
    assert "Besluit van het MDO" in seen(lettered)
    size = lettered.content.preview._viewer.document.pagePointSize(0)
    assert size.width() > size.height(), "landscape"
    show(lettered, Paper.PATIENT)
    assert "Informatie van uw arts" in seen(lettered) and "Besluit van het MDO" not in seen(lettered)
    show(lettered, Paper.LETTER)
    assert "Verwijzing" in seen(lettered)


def test_what_belongs_to_the_letter_is_not_there_beside_a_sheet(lettered):
    preview = lettered.content.preview
    of_letter = (preview.attached, preview.advice, preview.texts, preview.buttons["copy"], preview.row.kind)
    assert all(part.isVisible() for part in of_letter)
    show(lettered, Paper.MEETING)
    assert not any(part.isVisible() for part in of_letter) and not preview.warnings.isVisible()
    assert preview.buttons["print"].isVisible() and preview.buttons["save"].isVisible()


def test_a_sheet_follows_the_answers(lettered):
    show(lettered, Paper.MEETING)
    assert "Met spoed" in seen(lettered)
    fill(lettered, {"lesion.category": "benign_indolent"})
    assert "Met spoed" not in seen(lettered)


@pytest.mark.parametrize("paper", list(Paper))
def test_nobody_is_named_by_file_title_or_job(lettered, desk, tmp_path, paper):
    show(lettered, paper)
    jobs: list[tuple[bytes, str]] = []
    lettered.papers.leaving.choose_printer = lambda content, title, *_: jobs.append((content, title))
    lettered.content.preview.buttons["print"].click()
    desk.user.files = [tmp_path / "x.pdf"]
    lettered.content.preview.buttons["save"].click()
    [(content, title)] = jobs
    reader = PdfReader(io.BytesIO((tmp_path / "x.pdf").read_bytes()))
    named = " ".join([title, desk.user.proposed[-1], str(reader.metadata), desk.said()])
    assert lettered.autosave.number in desk.user.proposed[-1], "the name says which case it is"
    for identity in (NAME, GIVEN, NUMBER, "1980"):
        assert identity not in named
    shown = {Paper.LETTER: "Verwijzing", Paper.MEETING: "Besluit van het MDO", Paper.PATIENT: "Informatie van uw arts"}
    for file in (io.BytesIO(content), io.BytesIO((tmp_path / "x.pdf").read_bytes())):
        assert shown[paper] in " ".join(page.extract_text() for page in PdfReader(file).pages)


def test_the_menu_speaks_of_the_letter_whatever_is_shown(lettered, desk, tmp_path):
    show(lettered, Paper.PATIENT)
    desk.user.files = [tmp_path / "x.pdf"]
    lettered.menu.actions["save_pdf"].trigger()
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert "Verwijzing" in text and "Informatie van uw arts" not in text
    assert "Informatie van uw arts" in seen(lettered), "the preview still shows what was chosen"


@pytest.mark.parametrize(("paper", "words"), [(Paper.LETTER, "De brief"), (Paper.PATIENT, "Het patiëntenblad")])
def test_what_was_printed_is_named(lettered, desk, paper, words):
    lettered.papers.leaving.choose_printer = lambda *_: lambda _commit: Sent(Way.JOB, "Balie 2", "Balie-2-17")
    lettered.papers.leaving.print_it(paper)
    assert desk.user.said[-1][1].startswith(words)

    def refuse(*_: object) -> None:
        raise PrintProblem("disabled", "Balie 2")

    lettered.papers.leaving.choose_printer = refuse
    lettered.papers.leaving.print_it(paper)
    assert desk.user.said[-1][0] == "caution" and words in desk.user.said[-1][1] and "{" not in desk.user.said[-1][1]


def test_a_paper_that_cannot_be_made_shows_no_other(lettered, monkeypatch):
    def broken(_order: object) -> None:
        raise ValueError("sheet")

    monkeypatch.setattr("desktop_app.window.papers.preview.make_paper", broken)
    show(lettered, Paper.MEETING)
    assert lettered.content.preview.pages.currentWidget() is lettered.content.preview.failure


def test_no_button_is_cut_where_the_window_is_narrow_or_the_text_large(lettered, qtbot):
    preview = lettered.content.preview
    buttons = [*preview.buttons.values(), preview.texts, preview.advice, preview.attached]
    for width in (620, 360):
        lettered.content.right.setFixedWidth(width)
        QCoreApplication.processEvents()
        for button in buttons:
            assert button.width() >= button.sizeHint().width(), (width, button.text())
            assert button.geometry().right() <= preview.width()
    tops = {button.y() for button in preview.buttons.values()}
    assert len(tops) > 1, "the row went on below itself"


# --- kind and recipient ---------------------------------------------------------------------------------------------


def test_only_what_the_plan_allows_can_be_chosen(lettered):
    row = lettered.content.preview.row
    assert items(row.kind) == [Kind.REFERRAL, Kind.REQUEST_FOR_ADVICE]
    assert row.kind.currentData() == Kind.REFERRAL
    assert row.recipient.currentData() is None and "lumc" in items(row.recipient)
    assert "princess_maxima" not in items(row.recipient), "an adult"
    fill(lettered, {"lesion.category": "benign_indolent"})
    assert items(row.kind) == [Kind.REQUEST_FOR_ADVICE] and not row.kind.isEnabled()


def test_a_chosen_kind_is_the_letter_that_is_seen_saved_and_copied(lettered, desk, tmp_path):
    pick(lettered.content.preview.row.kind, Kind.REQUEST_FOR_ADVICE)
    pick(lettered.content.preview.row.recipient, "lumc")
    assert "Vraag om advies" in seen(lettered) and "LUMC" in seen(lettered)
    desk.user.files = [tmp_path / "x.pdf"]
    lettered.papers.leaving.save_pdf()
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert "Vraag om advies" in text and "LUMC" in text
    pick(lettered.content.preview.row.kind, Kind.REFERRAL)
    assert "Vraag om advies" not in seen(lettered)


def test_a_kind_that_is_no_longer_allowed_is_given_up_and_that_is_said(window, qtbot):
    fill(window, IN_DOUBT)
    window.content.wizard.go_to_step("letter")
    row = window.content.preview.row
    assert Kind.REQUEST_FOR_REASSESSMENT in items(row.kind)
    pick(row.kind, Kind.REQUEST_FOR_REASSESSMENT)
    assert "herbeoordeling" in seen(window) and not row.notice.isVisible()
    fill(window, {"lesion.category": "malignant", "lesion.diagnosis_in_doubt": False})
    assert row.notice.isVisible() and "herbeoordeling" in row.notice.text()
    assert row.kind.currentData() == Kind.REFERRAL and "Verwijzing" in seen(window)
    fill(window, {"lesion.category": "benign_indolent", "lesion.diagnosis_in_doubt": True})
    assert window.content.preview.choices.wishes.kind is None, "it does not come back by itself"
    pick(row.kind, Kind.REQUEST_FOR_REASSESSMENT)
    assert not row.notice.isVisible()


def test_a_recipient_that_is_no_longer_allowed_is_given_up_and_that_is_said(lettered):
    row = lettered.content.preview.row
    pick(row.recipient, "lumc")
    assert "LUMC" in seen(lettered)
    fill(
        lettered,
        {
            "patient.birth_date": datetime.date(2014, 2, 3),
            "consultation.expertise_centre_supports_princess_maxima": True,
        },
    )
    assert row.notice.isVisible() and "LUMC" in row.notice.text()
    assert row.recipient.currentData() is None and "Máxima" in seen(lettered)


def test_the_choices_stay_when_the_language_changes_and_end_with_the_case(lettered, desk):
    pick(lettered.content.preview.row.kind, Kind.REQUEST_FOR_ADVICE)
    desk.services.settings.change(Settings(language="en"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    lettered.document.full_plan()
    assert lettered.content.preview.row.kind.currentText() == "Request for advice"
    assert "Request for advice" in seen(lettered)
    lettered.content.preview.choices.choose_for_patient(PatientSheetChoices(with_name=True))
    show(lettered, Paper.PATIENT)
    lettered.autosave.start_case(Case())
    choices = lettered.content.preview.choices
    assert choices.paper is Paper.LETTER and choices.wishes.kind is None
    assert choices.wishes.patient == PatientSheetChoices(), "nothing ticked for one patient is ticked for the next"


# --- leaving out ----------------------------------------------------------------------------------------------------


@pytest.fixture
def leaving(lettered: MainWindow) -> MainWindow:
    lettered.content.preview.advice.click()
    return lettered


def row_of(window: MainWindow, words: str):
    found = window.content.preview.left_out.list.findItems(words, Qt.MatchFlag.MatchContains)
    assert len(found) == 1, words
    return found[0]


MRI = "MRI"


def first_mri(window: MainWindow):
    return window.content.preview.left_out.list.findItems(MRI, Qt.MatchFlag.MatchContains)[0]


def leave_out(window: MainWindow, reason: str) -> str:
    """Untick the first line on MRI and give a reason; the action that it is about."""
    item = first_mri(window)
    action = item.data(Qt.ItemDataRole.UserRole)
    item.setCheckState(Qt.CheckState.Unchecked)
    window.content.preview.left_out.reason.setText(reason)
    window.content.preview.left_out.reason.returnPressed.emit()
    window.document.full_plan()
    return action


def test_the_list_holds_every_advice_of_the_plan(leaving):
    pane, plan = leaving.content.preview.left_out, leaving.document.full_plan()
    keys = [pane.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(pane.list.count())]
    assert pane.isVisible() and keys == list(dict.fromkeys(each.action for each in plan.recommendations))


@pytest.mark.parametrize("reason", ["", "   ", "\t"])
def test_without_a_reason_nothing_is_left_out(leaving, reason):
    before, pane = seen(leaving), leaving.content.preview.left_out
    leave_out(leaving, reason)
    assert leaving.document.case.letter.left_out is None and seen(leaving) == before
    assert not pane.leave_out.isEnabled() and "geef eerst een reden" in first_mri(leaving).text()
    pane.keep.click()
    assert first_mri(leaving).checkState() is Qt.CheckState.Checked and not pane.reason.isVisible()


def test_with_a_reason_it_leaves_the_letter_and_not_the_plan(leaving, desk, tmp_path):
    leaving.content.preview.plan_attached.setChecked(True)
    plan, words = leaving.document.full_plan().recommendations, leaving.content.preview.left_out._lines
    action = leave_out(leaving, f"  {REASON} ")
    [left_out] = leaving.document.case.letter.left_out
    assert (left_out.action, left_out.reason) == (action, REASON)
    assert words[action].words not in " ".join(seen(leaving).split())
    assert "één advies" in " ".join(seen(leaving).split()), "the reader is told that something was left out"
    assert REASON not in seen(leaving)
    assert leaving.document.full_plan().recommendations == plan
    assert REASON in first_mri(leaving).text() and first_mri(leaving).checkState() is Qt.CheckState.Unchecked
    desk.user.files = [tmp_path / "x.pdf"]
    leaving.papers.leaving.save_pdf()
    assert REASON.encode() not in (tmp_path / "x.pdf").read_bytes()


def test_what_is_left_out_is_counted_while_the_list_is_closed_and_can_be_put_back(leaving):
    leave_out(leaving, REASON)
    leaving.content.preview.advice.click()
    assert not leaving.content.preview.left_out.isVisible() and "(1)" in leaving.content.preview.advice.text()
    leaving.content.preview.advice.click()
    first_mri(leaving).setCheckState(Qt.CheckState.Checked)
    leaving.document.full_plan()
    assert leaving.document.case.letter.left_out is None
    assert "(1)" not in leaving.content.preview.advice.text() and "één advies" not in seen(leaving)


def test_undo_puts_it_back_and_shows_the_letter(leaving):
    leave_out(leaving, REASON)
    leaving.content.wizard.go_to_step("lesion")
    leaving.menu.actions["undo"].trigger()
    leaving.document.full_plan()
    assert leaving.document.case.letter.left_out is None
    assert leaving.content.wizard.current_step == "letter" and leaving.content.tabs.currentIndex() == LETTER
    assert first_mri(leaving).checkState() is Qt.CheckState.Checked
    leaving.menu.actions["redo"].trigger()
    assert leaving.document.case.letter.left_out is not None


def test_what_is_kept_comes_back_with_the_case(leaving, desk):
    leave_out(leaving, REASON)
    leaving.autosave.keep_now()
    kept = desk.other_view().load(leaving.autosave.number).case
    assert [each.reason for each in kept.letter.left_out] == [REASON]


def test_safety_cannot_be_left_out_and_says_why(leaving):
    fill(leaving, {"biopsy.status": "considered"})
    assert any(alert.severity == "stop" for alert in leaving.document.plan.alerts)
    pane = leaving.content.preview.left_out
    fixed = {"biopsy_before_mri", "biopsy.without_consultation"}
    seen_fixed = set()
    for row in range(pane.list.count()):
        item = pane.list.item(row)
        is_free = bool(item.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        key = item.data(Qt.ItemDataRole.UserRole)
        assert is_free is (key not in fixed), key
        if key in fixed:
            seen_fixed.add(key)
            assert "Blijft altijd in de brief" in item.text() and item.checkState() is Qt.CheckState.Checked
    assert seen_fixed == fixed


def test_what_was_left_out_of_an_earlier_plan_stays_visible(leaving):
    leave_out(leaving, REASON)
    fill(leaving, {"lesion.category": "do_not_touch", "lesion.diagnosis_in_doubt": False})
    item = row_of(leaving, REASON)
    assert "niet in het plan" in item.text()
    item.setCheckState(Qt.CheckState.Checked)
    assert leaving.document.case.letter.left_out is None


# --- the texts ------------------------------------------------------------------------------------------------------


def test_a_button_leads_to_the_texts_of_the_letter(lettered):
    lettered.content.wizard.go_to_step("lesion")
    lettered.content.tabs.setCurrentIndex(LETTER)
    lettered.content.preview.texts.click()
    assert lettered.content.wizard.current_step == "letter" and lettered.content.preview.isVisible()


# --- the patient sheet ----------------------------------------------------------------------------------------------


@pytest.fixture
def telling(lettered: MainWindow) -> MainWindow:
    show(lettered, Paper.PATIENT)
    return lettered


def tick(window: MainWindow, words: str) -> None:
    [item] = window.content.preview.patient.ticks.findItems(words, Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Checked)


def test_nothing_is_told_that_was_not_ticked(telling):
    pane = telling.content.preview.patient
    assert pane.isVisible() and pane.suspicion.currentData() is None
    states = {pane.ticks.item(row).checkState() for row in range(pane.ticks.count())}
    assert states == {Qt.CheckState.Unchecked}
    for words in (NAME, "kanker", "gezwel", "MRI", "sarcomen.nl", "spoed"):
        assert words not in seen(telling)
    tick(telling, "Naam van de patiënt")
    tick(telling, "De website sarcomen.nl")
    assert NAME in seen(telling) and "sarcomen.nl" in seen(telling) and "MRI" not in seen(telling)
    tick(telling, "MRI met contrast")
    pick(telling.content.preview.patient.suspicion, "may_be_cancer")
    assert "MRI" in seen(telling) and "kanker" in seen(telling)


def test_only_what_the_plan_bears_is_offered(telling):
    ticks = telling.content.preview.patient.ticks
    assert ticks.findItems("Dat het met spoed gaat", Qt.MatchFlag.MatchExactly)
    fill(telling, {"lesion.category": "benign_indolent"})
    assert not ticks.findItems("Dat het met spoed gaat", Qt.MatchFlag.MatchExactly)
    assert ticks.findItems("Wie de patiënt kan bellen", Qt.MatchFlag.MatchExactly)


def test_a_contradiction_is_said_beside_the_choice_and_follows_the_plan(telling):
    pane = telling.content.preview.patient
    pick(pane.suspicion, "probably_benign")
    assert pane.warning.isVisible() and "goedaardig" in pane.warning.text()
    fill(telling, {"lesion.category": "benign_indolent"})
    assert not pane.warning.isVisible()
    pick(pane.suspicion, "proven_cancer")
    assert pane.warning.isVisible() and "weefsel" in pane.warning.text()
    fill(telling, {"pathology.histology": "enchondroma", "pathology.diagnosis": "confirmed_by_expertise_centre"})
    assert "geen kwaadaardige" in pane.warning.text()
    fill(telling, {"lesion.category": "malignant", "pathology.histology": "osteosarcoma"})
    assert not pane.warning.isVisible()


def test_the_sheet_is_dutch_in_an_english_window(desk):
    desk.services.phrases = phrases("en")
    window = desk.open()
    fill(window, MALIGNANT)
    window.content.wizard.go_to_step("letter")
    show(window, Paper.PATIENT)
    assert "Informatie van uw arts" in seen(window)
    assert window.content.preview.patient.suspicion.itemText(0) == "Nothing about the diagnosis"
    assert "Dutch" in window.content.preview.patient.about.text()


# --- saving ---------------------------------------------------------------------------------------------------------


class Later:
    """Tasks that are done when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, object, object, object]] = []

    def run(self, purpose, work, done, failed, *, must_end=False) -> None:
        self.jobs.append((purpose, work, done, failed))

    def wait(self) -> None:
        return


def test_what_travels_is_said_before_anything_is_written(lettered, desk, tmp_path):
    path = tmp_path / "x.pdf"
    desk.user.files = [path]
    was_there: list[bool] = []
    ask = desk.user.file_to_save

    def asked(*given: object) -> Path | None:
        was_there.append(path.exists())
        return ask(*given)

    desk.user.file_to_save = asked
    lettered.papers.leaving.save_pdf()
    assert was_there == [False] and path.exists()
    assert all(words in desk.user.notes[-1] for words in ("FHIR", "Achternaam", "Geboortedatum", "Niet mee"))
    assert NAME not in desk.user.notes[-1]
    desk.services.settings.change(Settings(attach_case=False))
    desk.user.files = [path]
    lettered.papers.leaving.save_pdf()
    assert desk.user.notes[-1] == ""
    desk.user.files = [path]
    lettered.papers.leaving.save_pdf(Paper.PATIENT)
    assert desk.user.notes[-1] == "", "nothing travels in a sheet"


def test_the_file_is_made_and_written_outside_the_thread_of_the_window(lettered, desk, tmp_path):
    later = Later()
    desk.services.tasks = later
    desk.user.files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    lettered.papers.leaving.save_pdf()
    lettered.papers.leaving.save_pdf()
    assert list(tmp_path.glob("*.pdf")) == [] and "wordt opgeslagen" in desk.user.said[-1][1]
    purposes = [purpose for purpose, *_ in later.jobs]
    assert len(set(purposes)) == 2, "no save drops the outcome of another"
    assert not any("a.pdf" in purpose for purpose in purposes), "a name of a file is never logged"
    for _, work, done, _ in later.jobs:
        done(work())
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["a.pdf", "b.pdf"]
    assert "is opgeslagen" in desk.user.said[-1][1]


def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(lettered, desk, tmp_path):
    desk.user.files = [tmp_path / "none" / "x.pdf"]
    lettered.papers.leaving.save_pdf()
    assert desk.user.said[-1][0] == "caution" and list(tmp_path.glob("**/*.pdf")) == []


def test_no_file_chosen_writes_nothing_and_says_nothing(lettered, desk, tmp_path):
    before = list(desk.user.said)
    lettered.papers.leaving.save_pdf()
    assert desk.user.said == before


@pytest.mark.parametrize(("language", "word"), [("nl", "Bestanden van type:"), ("en", "Files of type:")])
def test_the_save_dialog_shows_what_travels_in_its_own_language(lettered, qtbot, language, word):
    translate_qt(language)
    dialog = save_dialog("Opslaan", "brief-casus-2026-0001", FileKind("PDF", "pdf"), "• FHIR\n• <b>x", lettered)
    qtbot.addWidget(dialog)
    dialog.show()
    note = dialog.findChild(QLabel, "note")
    assert note.isVisible() and note.text() == "• FHIR\n• <b>x" and note.textFormat() == Qt.TextFormat.PlainText
    assert "FHIR" in dialog.accessibleDescription()
    assert word in {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    translate_qt("nl")


def test_with_nothing_to_say_the_dialog_of_the_system_comes(lettered, qtbot):
    dialog = save_dialog("Opslaan", "x", FileKind("PDF", "pdf"), "", lettered)
    qtbot.addWidget(dialog)
    assert not dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.findChild(QLabel, "note") is None
