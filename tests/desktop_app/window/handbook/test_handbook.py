"""The handbook: a chapter for each step, pictures of the window as it is now, and F1 that opens it where one is."""

import re

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop_app.library import resource_files
from desktop_app.window.command import Command
from desktop_app.window.handbook.chapters import CHAPTERS, WRITTEN, pictures_in, text_of, title_of
from desktop_app.window.handbook.handbook_window import fitting
from desktop_app.window.handbook.pictures import SCENES, SETTLE_MS, Photographer
from desktop_app.wizard.flow import STEPS

MOST_WORDS = 300
"""A clinician in a hurry reads no more."""
NAMED_KEY = re.compile(r"\*\*((?:Ctrl|Alt|Shift)\+[^*]+|F\d+|Esc)\*\*")


# --- the text -------------------------------------------------------------------------------------------------------


def test_each_step_has_its_chapter_under_its_own_name():
    for place, step in enumerate(STEPS, 1):
        assert title_of(step) == f"Stap {place}: {phrases('nl').plan('step', step)}"


def test_each_file_is_a_chapter_and_each_chapter_a_file_but_for_the_table_that_the_planner_fills_in():
    files = {name.removesuffix(".md") for name in resource_files.folder_content("handbook")}
    assert files == set(WRITTEN)
    assert set(CHAPTERS) - files == {"combinations"}


@pytest.mark.parametrize("chapter", WRITTEN)
def test_a_chapter_is_short(chapter):
    assert 20 < len(text_of(chapter).split()) <= MOST_WORDS


def test_the_first_chapter_says_what_the_program_is_not():
    words = text_of("begin")
    assert "nog een concept" in words
    assert "geen\nCE-markering" in words
    assert "U beslist" in words


def keys_of(window) -> set[str]:
    """All keys that the menus show."""
    commands = [each for each in window.menu.offered if isinstance(each, Command)]
    return {key for each in commands for key in (each.keys, each.button_keys) if key}


def test_every_key_that_is_named_exists(window):
    named = {(chapter, key) for chapter in WRITTEN for key in NAMED_KEY.findall(text_of(chapter))}
    assert {key for _, key in named} >= {"F6", "F11", "Ctrl+Z"}, "the chapters name keys"
    assert {each for each in named if each[1] not in {*keys_of(window), "Esc"}} == set()


def test_the_table_of_keys_names_keys_that_exist(window):
    rows = [line.split("|")[1].strip() for line in text_of("begin").splitlines() if line.startswith("| ")][2:]
    named = {key.strip() for row in rows for key in re.split(r",| tot ", row)}
    beside_the_menus = {"Tab", "pijltjes", "spatie", "Ctrl+PgDn", "Ctrl+PgUp"}
    assert named - beside_the_menus <= keys_of(window)
    assert {"F1", "F7", "Ctrl+Z"} <= named


def test_every_picture_is_shown_and_has_words_that_stand_for_it():
    shown = {name: words for chapter in WRITTEN for name, words in pictures_in(text_of(chapter)).items()}
    assert set(shown) == set(SCENES)
    assert all(len(words) > 8 for words in shown.values())


# --- the pictures ---------------------------------------------------------------------------------------------------


@pytest.fixture
def photographer(desk, window):
    made = Photographer(desk.services, window.services.appearance.palette, window)
    yield made
    made.discard()


def picture(photographer: Photographer, name: str, qtbot) -> QPixmap:
    taken: list[QPixmap] = []
    photographer.photograph(name, taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    return taken[0]


def colours_in(image: QImage) -> int:
    small = image.scaled(160, 120)
    return len({small.pixel(x, y) for x in range(160) for y in range(120)})


def test_a_picture_shows_the_step_that_it_is_of(qtbot, photographer):
    seen = set()
    for step in STEPS:
        made = picture(photographer, step, qtbot)
        assert photographer.content.wizard.current_step == step
        assert colours_in(made.toImage()) > 20, f"{step}: nothing is on the picture"
        seen.add(bytes_of(made))
    assert len(seen) == len(STEPS), "two steps have the same picture"


def bytes_of(pixmap: QPixmap) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_who_leafs_fast_sees_each_step_at_its_own_chapter(qtbot, photographer):
    steps = ("patient", "imaging", "pathology")
    seen: dict[str, str] = {}
    for step in steps:
        photographer.photograph(
            step, lambda _, step=step: seen.update({step: photographer.content.wizard.current_step})
        )
    qtbot.waitUntil(lambda: len(seen) == len(steps))
    assert seen == {step: step for step in steps}


def test_a_picture_that_is_no_longer_wanted_is_not_made(qtbot, desk, window):
    photographer, taken = Photographer(desk.services, window.services.appearance.palette, window), []
    photographer.photograph("patient", taken.append)
    photographer.discard()
    gone: list[None] = []
    photographer.destroyed.connect(lambda: gone.append(None))
    qtbot.waitUntil(lambda: bool(gone))
    qtbot.wait(SETTLE_MS + 50)  # what fails in an event of Qt fails the test
    assert taken == []


def test_a_blank_picture_would_be_seen():
    blank = QPixmap(400, 300)
    blank.fill(0xFFFFFF)
    assert colours_in(blank.toImage()) == 1


def test_what_is_photographed_is_an_invented_patient_and_the_window_speaks_dutch(desk, window, photographer):
    window.document.answer("patient.family_name", "Vermeulen")
    words = [label.text() for label in photographer.content.findChildren(QLabel)]
    typed = [field.text() for field in photographer.content.findChildren(QLineEdit)]
    assert not any("Vermeulen" in each for each in [*words, *typed])
    assert "Bedacht" in photographer.content.banner.name.text()
    assert photographer.content.language == "nl"


def test_photographing_changes_nothing_of_the_user(qtbot, desk, window, photographer):
    window.document.answer("complaints.persistent_pain", True)
    before, count = window.document.case, len(window.autosave.recent())
    for name in SCENES:
        picture(photographer, name, qtbot)
    assert window.document.case is before
    assert len(window.autosave.recent()) == count
    assert not photographer.content.isActiveWindow()


def test_a_picture_fits_the_page_and_is_never_enlarged(qtbot):
    wide = QPixmap(2000, 1000)
    assert (fitting(wide, 800).width(), fitting(wide, 800).height()) == (800, 400)
    assert fitting(QPixmap(300, 200), 800).width() == 300
    fine = QPixmap(2000, 1000)
    fine.setDevicePixelRatio(2.0)
    assert fitting(fine, 800).width() == 1600
    assert fitting(fine, 800).deviceIndependentSize().width() == 800


# --- the window -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS)
def test_f1_opens_the_chapter_of_the_step(qtbot, window, step):
    assert window.menu.actions["handbook"].shortcut() == QKeySequence("F1")
    window.content.wizard.go_to_step(step)
    window.menu.actions["handbook"].trigger()
    assert window.help.opened.isVisible()
    assert window.help.opened.chapters.currentItem().text() == title_of(step)
    assert window.help.opened.page.toPlainText().startswith(title_of(step))


def test_f1_in_a_trial_opens_the_chapter_that_tells_of_it(window):
    window.content.wizard.go_to_step("lesion")
    window.content.try_answer("lesion.category")
    window.menu.actions["handbook"].trigger()
    page = window.help.opened.page.toPlainText()
    assert page.startswith("Het plan lezen") and "Wat als" in page
    assert window.content.trial is not None
    window.content.leave_trial()
    window.menu.actions["handbook"].trigger()
    assert window.help.opened.page.toPlainText().startswith(title_of("lesion"))


def test_the_picture_comes_into_the_chapter(qtbot, window):
    window.help.open_at("patient")
    qtbot.waitUntil(lambda: window.help.opened.page.has_picture("patient"), timeout=20_000)
    window.help.opened.chapters.setCurrentRow(CHAPTERS.index("plan"))
    assert window.help.opened.page.toPlainText().startswith("Het plan lezen")
    window.help.opened.close()
    assert window.isVisible()


@pytest.mark.parametrize(
    ("language", "title", "malignant"),
    [
        ("nl", "Als beeld en weefsel verschillen", "Beeld: kwaadaardig"),
        ("en", "When image and tissue disagree", "Image: malignant"),
    ],
)
def test_the_table_of_combinations_is_a_chapter_beside_the_others(window, language, title, malignant):
    settings = window.services.settings
    settings.change(settings.current.model_copy(update={"language": language}))
    window.help.open_at("combinations")
    assert window.help.opened.chapters.currentItem().text() == title
    page = window.help.opened.page
    assert page.toPlainText().startswith(title) and malignant in page.toPlainText()
    assert page.horizontalScrollBar().maximum() <= 1, "more than the frame of a table lies outside the page"


class LaterTasks:
    """Does no work until it is told to."""

    def __init__(self) -> None:
        self.left = []

    def run(self, purpose, work, done, failed, *, must_end=False):
        self.left.append((work, done, failed))

    def wait(self):
        """Nothing is under way."""


def test_a_table_that_is_being_filled_in_comes_only_into_its_own_chapter(window):
    window.services.tasks = tasks = LaterTasks()
    window.help.open_at("combinations")
    assert "De tabel wordt ingevuld" in window.help.opened.page.toPlainText()
    window.help.opened.chapters.setCurrentRow(CHAPTERS.index("storage"))
    ((work, done, _),) = tasks.left
    done(work())
    assert window.help.opened.page.toPlainText().startswith(title_of("storage"))
    window.help.open_at("combinations")
    assert "Beeld: kwaadaardig" in window.help.opened.page.toPlainText()
    assert len(tasks.left) == 1, "the table is filled in once"


def test_a_table_that_cannot_be_filled_in_is_told(window):
    window.services.tasks = tasks = LaterTasks()
    window.help.open_at("combinations")
    ((_, _, failed),) = tasks.left
    failed(ValueError("no table"))
    assert "De tabel kon niet worden ingevuld" in window.help.opened.page.toPlainText()


def test_no_name_stands_in_the_title(window):
    window.document.answer("patient.family_name", "Vermeulen")
    window.help.open_at("patient")
    assert window.help.opened.windowTitle() == "Handboek – Botwijzer"


def test_an_unknown_chapter_opens_the_first(window):
    window.help.open_at("nergens")
    assert window.help.opened.chapters.currentRow() == 0


def test_in_another_language_the_window_of_the_handbook_is_another(window):
    window.help.open_at("patient")
    settings = window.services.settings
    settings.change(settings.current.model_copy(update={"language": "en"}))
    window.help.open_at("patient")
    assert window.help.opened.windowTitle() == "Handbook – Botwijzer"


def test_the_handbook_and_what_it_photographs_go_with_the_window(qtbot, window):
    of_other_tests = set(QApplication.topLevelWidgets()) - {window}
    window.help.open_at("meeting")
    qtbot.waitUntil(lambda: window.help.opened.page.has_picture("meeting"), timeout=20_000)
    window.close()
    assert not [each for each in set(QApplication.topLevelWidgets()) - of_other_tests if each.isVisible()]
