"""Text at 200 % on a screen of 1366 by 768: nothing is cut off, nothing lies over anything, everything is reached.

And on a screen of 3840 by 2160 at twice the dots: what is drawn once and copied is drawn in those dots.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.desktop_app.plan.view.documents import phrases
from tests.desktop_app.window.test_first_sight import SCREEN, settle
from tests.desktop_app.window.test_language import DIALOGS

# isort: split
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextFormat
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.exchange.made_paper import make_paper
from desktop_app.looks.icon import program_icon
from desktop_app.papers.order import Paper
from desktop_app.plan.view.sign import Sign
from desktop_app.plan.view.signs import draw_sign, picture
from desktop_app.settings.settings import Settings
from desktop_app.window.dialogs.files import save_dialog
from desktop_app.window.handbook.chapters import CHAPTERS
from desktop_app.window.main_window import MainWindow
from desktop_app.window.messages import FileKind
from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.wizard.flow import STEPS
from desktop_app.wizard.inputs.skeleton_panel import FRAME_OF_WINDOW
from guideline_core.case import Case
from tests.desktop_app.looks.cut_off import cut_off
from tests.desktop_app.meeting.screen.fitting import misplaced
from tests.desktop_app.papers.cases import CHILD_OSTEOSARCOMA
from tests.desktop_app.window.places import skeleton_dialog


@pytest.fixture
def large_type(qapp: QApplication) -> Iterator[None]:
    before = QFont(qapp.font())
    large = QFont(before)
    large.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.fixture(params=["nl", "en"])
def window(request, large_type, desk) -> MainWindow:
    """A window in each language with a filled case, as large as the screen allows."""
    desk.services.phrases = phrases(request.param)
    desk.services.settings.change(Settings(language=request.param, setting="hospital"))
    made = desk.open()
    made.resize(SCREEN.size())
    made.document.load(Case.model_validate(CHILD_OSTEOSARCOMA))
    made.document.full_plan()
    settle()
    return made


def is_on_its_screen(opened: QWidget) -> bool:
    room = opened.screen().availableSize()
    return opened.width() <= room.width() and opened.height() <= room.height()


def unfolded(window: MainWindow) -> None:
    for box in window.content.wizard.current_page.sections.values():
        if box.section.details:
            box.unfold(True)


def test_nothing_is_cut_off_in_any_step(window):
    for step in STEPS:
        window.content.wizard.go_to_step(step)
        unfolded(window)
        for view in (PLAN, LETTER):
            window.content.tabs.setCurrentIndex(view)
            settle()
            assert cut_off(window) == [], (step, view)
            assert window.size() == SCREEN.size(), (step, view)


def test_nothing_is_cut_off_in_any_paper(window):
    window.content.wizard.go_to_step("letter")
    for paper in Paper:
        window.content.preview.choices.choose_paper(paper)
        settle()
        assert cut_off(window) == [], paper
    window.content.preview.choices.choose_paper(Paper.LETTER)
    window.content.preview.advice.setChecked(True)
    settle()
    window.content.preview.left_out.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    window.content.bar.offer("woord " * 20, "Nog eens", lambda: None)
    settle()
    assert window.content.preview.left_out.reason.isVisible()
    assert cut_off(window) == []
    assert window.size() == SCREEN.size()


def test_nothing_is_cut_off_in_a_trial(window):
    window.content.try_answer("lesion.category")
    page = window.content.trial
    settle()
    assert cut_off(window) == []
    page.rows["lesion.category"].input.value_entered.emit("benign_indolent")
    page.try_field("biopsy.status")
    page.now.opened_or_closed.emit("alike")
    settle()
    assert len(page.rows) == 2 and cut_off(window) == []
    assert abs(page.now.width() - page.tried.width()) <= 2  # two plans of equal weight
    assert window.size() == SCREEN.size()


def test_a_mark_leaves_the_words_of_its_row_whole(window):
    """No word of a marked row is broken, and its mark lies over none: beside the words, or above them."""
    window.document.load(Case.model_validate({"patient": {"age_years": 45}}))
    window.document.full_plan()
    window.document.answer("lesion.category", "malignant")
    window.document.full_plan()
    settle()
    marked = 0
    for rows in (window.content.plan_view.head, window.content.plan_view.body):
        for row in (each for each in rows.row_model.rows if each.mark):
            measured = rows.itemDelegate().measured(row, rows.viewport().width())
            marked += 1
            for part in measured.paragraphs[:-1]:  # the last one is the mark itself
                longest = max(QFontMetrics(part.font).horizontalAdvance(word) for word in part.text.text().split())
                assert longest <= part.text.textWidth(), (row.text, row.mark)
                assert not QRectF(part.at, part.text.size()).intersects(measured.mark), (row.text, row.mark)
    assert marked > 5


def test_the_full_screen_has_type_of_its_own(window):
    window.meeting.toggle()
    screen = window.meeting.screen
    screen.showNormal()
    screen.resize(SCREEN.size())
    settle()
    assert misplaced(screen) == []
    screen.open_next_question()
    settle()
    assert misplaced(screen) == []


def test_nothing_is_cut_off_in_the_handbook(window):
    window.help.open_at("lesion")
    opened = window.help.opened
    settle()
    assert cut_off(opened) == []
    assert is_on_its_screen(opened)


def test_messages_are_whole_and_push_nothing_out(window):
    window.content.bar.offer("x" * 20 + " " + "woord " * 40, "Nog eens", lambda: None)
    settle()
    assert cut_off(window) == []
    window.hide_case()
    settle()
    assert cut_off(window.cover) == []


def test_the_pathway_is_there_as_picture_or_in_words(window):
    window.content.tabs.setCurrentIndex(PLAN)
    settle()
    view = window.content.plan_view
    in_words = view.body.row_model.place_of("pathway") is not None
    assert in_words != view.pathway.isVisible()
    if in_words:
        row = view.body.row_model.rows[0]
        assert all(station.name in row.small[0] for station in view.pathway.pathway.stations)


def test_at_the_usual_size_the_pathway_is_a_picture_only(desk):
    window = desk.open()
    window.resize(SCREEN.size())
    window.document.load(Case.model_validate(CHILD_OSTEOSARCOMA))
    window.document.full_plan()
    settle()
    assert window.content.plan_view.pathway.isVisible()
    assert window.content.plan_view.body.row_model.place_of("pathway") is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_at_the_usual_size_the_skeleton_stays_beside_the_questions(desk, language):
    """Also when the scroll bar of the page comes after the page was arranged, and when one comes back to it."""
    desk.services.phrases = phrases(language)
    window = desk.open()
    window.resize(SCREEN.size())
    window.document.load(Case.model_validate(CHILD_OSTEOSARCOMA))
    for step in ("lesion", "imaging", "lesion"):
        window.content.wizard.go_to_step(step)
        settle()
    page = window.content.wizard.current_page
    window.document.answer("lesion.category", "benign_active")
    settle()
    assert page.skeleton.x() > page.rows["lesion.bone"].width() / 2
    assert page.scroller.verticalScrollBar().maximum() > 0 and page.scroller.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("make", [*DIALOGS])
def test_nothing_is_cut_off_in_a_dialog(window, qtbot, make):
    dialog = make(window)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert cut_off(dialog) == []
    assert dialog.width() <= SCREEN.width() and dialog.height() <= SCREEN.height()


def test_nothing_is_cut_off_in_the_large_skeleton(window, qtbot):
    dialog = skeleton_dialog(window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert is_on_its_screen(dialog)
    dialog.resize(SCREEN.size() - FRAME_OF_WINDOW)  # what it takes of the screen that is meant
    settle()
    assert cut_off(dialog) == []


def test_all_that_travels_is_read_in_the_save_dialog(window, qtbot):
    """The rest of that dialog is Qt's own; its list of files gives way."""
    travels = window.papers.leaving._travels(make_paper(window.content.preview.order(Paper.LETTER)))
    dialog = save_dialog("Brief", "brief.pdf", FileKind("PDF", "pdf"), travels, window)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    note = dialog.findChild(QLabel, "note")
    assert note.text().count("•") >= 4
    assert note.heightForWidth(note.width()) <= note.height()
    assert is_on_its_screen(dialog)


def test_a_chapter_has_one_size_of_type_besides_its_headings(window):
    """A text that is laid out once more while it is laid out takes the type of its heading."""
    for chapter in CHAPTERS:
        window.help.open_at(chapter)
        settle()
        document = window.help.opened.page.document()
        block = document.begin()
        while block.isValid():
            if not block.blockFormat().headingLevel():
                kinds = [each.format.property(QTextFormat.Property.FontSizeAdjustment) for each in block.textFormats()]
                assert not any(kinds), (chapter, block.text())
            block = block.next()


# --- shown to refuse ------------------------------------------------------------------------------------------------


def a_narrow_label(window: MainWindow) -> None:
    label = next(each for each in window.content.wizard.current_page.findChildren(QLabel) if each.isVisible())
    label.setWordWrap(False)
    label.setText(label.text() * 5)
    label.setFixedWidth(60)


def a_low_question(window: MainWindow) -> None:
    row = next(iter(window.content.wizard.current_page.rows.values()))
    row.question.setFixedHeight(5)


def a_wide_question(window: MainWindow) -> None:
    next(iter(window.content.wizard.current_page.rows.values())).setMinimumWidth(900)


def a_squeezed_button(window: MainWindow) -> None:
    next(each for each in window.findChildren(QPushButton) if each.isVisible() and each.text()).setFixedWidth(20)


def a_name_too_long_for_the_banner(window: MainWindow) -> None:
    window.content.banner.name.set_words("van den Bedacht " * 30)


def two_labels_in_one_place(window: MainWindow) -> None:
    for _ in range(2):
        label = QLabel("over elkaar", window.content)
        label.adjustSize()
        label.move(40, 400)
        label.show()


def a_label_outside(window: MainWindow) -> None:
    label = QLabel("buiten beeld", window.content)
    label.adjustSize()
    label.move(SCREEN.width() - 10, 20)
    label.show()


def a_narrow_list_of_steps(window: MainWindow) -> None:
    window.content.steps.setFixedWidth(200)


def a_long_hint(window: MainWindow) -> None:
    line = next(each for each in window.findChildren(QLineEdit) if each.isVisible())
    line.setPlaceholderText("zoek op een deel van de naam " * 5)


@pytest.mark.parametrize(
    "break_layout",
    [
        a_narrow_list_of_steps,
        a_long_hint,
        a_narrow_label,
        a_low_question,
        a_wide_question,
        a_squeezed_button,
        a_name_too_long_for_the_banner,
        two_labels_in_one_place,
        a_label_outside,
    ],
)
@pytest.mark.parametrize("window", ["nl"], indirect=True)
def test_a_broken_layout_is_refused(window, break_layout: Callable[[MainWindow], None]):
    assert cut_off(window) == []
    break_layout(window)
    settle()
    assert cut_off(window) != []


# --- sharp ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_what_is_drawn_once_has_the_dots_of_the_screen(qapp, ratio):
    drawn: list[QRectF] = []

    def draw(painter: QPainter, box: QRectF) -> None:
        drawn.append(box)

    made = picture(18, ratio, draw)
    assert made.size() == QSize(round(18 * ratio), round(18 * ratio)) and made.devicePixelRatio() == ratio
    assert made.deviceIndependentSize().toSize() == QSize(18, 18)
    assert drawn == [QRectF(0, 0, 18, 18)]


def test_every_sign_has_a_shape_of_its_own(qapp):
    """No two signs differ by colour alone."""
    black, white = QColor("black"), QColor("white")

    def image(sign: Sign) -> bytes:
        drawn = picture(32, 1.0, lambda painter, box: draw_sign(painter, sign, box, black, white)).toImage()
        return bytes(drawn.constBits())

    images = [image(sign) for sign in Sign if sign is not Sign.NONE]
    assert len(set(images)) == len(images) == len(Sign) - 1


@pytest.mark.parametrize("size", [16, 24, 32, 48, 256])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_icon_is_drawn_in_the_dots_of_the_screen(qapp, size, ratio):
    made = program_icon().pixmap(QSize(size, size), ratio)
    assert made.width() == round(size * ratio) and made.devicePixelRatio() == ratio
    image = made.toImage()
    assert image.pixelColor(0, 0).alpha() < 128  # round corners
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {"#0b6470", "#ffffff"} <= colours


def test_the_windows_carry_the_icon(window):
    window._show_icon()
    assert not QApplication.windowIcon().isNull()
    assert not QWidget().windowIcon().isNull()
