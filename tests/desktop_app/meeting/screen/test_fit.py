"""Everything on the full screen has its place, at every size, in both languages; the check refuses what has not."""

import pytest

from tests.desktop_app.meeting.cases import CHILD, SHOWN, UNDECIDED, in_meeting, screen_of_size
from tests.desktop_app.meeting.screen.fitting import misplaced
from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest

SIZES = [(1366, 768), (1920, 1080), (3840, 2160), (1024, 768)]


@pytest.mark.parametrize(
    ("width", "height", "language"), [*((*size, "nl") for size in SIZES), (1366, 768, "en"), (3840, 2160, "en")]
)
def test_everything_has_its_place(desk, width, height, language):
    desk.services.phrases = phrases(language)
    window, screen = screen_of_size(desk, CHILD, width, height)
    for name, case in SHOWN.items():
        window.meeting.leave()
        window.autosave.start_case(case)
        window.meeting.toggle()
        screen = window.meeting.screen
        screen.showNormal()
        screen.resize(width, height)
        assert misplaced(screen) == [], name
        screen.toggle_identity()
        assert misplaced(screen) == [], name
        for _ in range(screen.sheet.unknowns.pages):
            screen.sheet.unknowns.turn_page()
            screen.sheet.options.turn_page()
            assert misplaced(screen) == [], name


@pytest.mark.parametrize(("width", "height"), SIZES[:3])
def test_the_decision_is_the_largest_type(desk, width, height):
    _, screen = screen_of_size(desk, CHILD, width, height)
    decision = screen.sheet.cells[1].texts[1]
    assert decision.text() == "Verwijzen: Prinses Máxima Centrum"
    assert QFontInfo(decision.font()).pixelSize() >= height / 32


def test_what_an_answer_changed_has_its_place_too(desk):
    window, screen = screen_of_size(desk, UNDECIDED, 1366, 768)
    window.document.answer("lesion.category", "benign_active")
    assert len(screen.sheet.sentence.text()) > 300
    assert misplaced(screen) == []


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
@pytest.mark.parametrize("case", [UNDECIDED, CHILD], ids=["undecided", "child"])
def test_each_question_has_its_place(desk, width, height, case):
    _, screen = screen_of_size(desk, case, width, height)
    paths = [unknown.path for unknown in screen.sheet._unknowns]
    for path in paths:
        screen.open_answer(path)
        QTest.qWait(1)  # the layouts of the wizard act when the program has a moment
        assert screen.sheet.panel.scroller.verticalScrollBar().maximum() == 0, path
        assert misplaced(screen) == [], path
        assert screen.sheet.draft.isVisibleTo(screen)
        screen.close_answer()
    assert misplaced(screen) == []


def test_each_entry_can_be_reached_by_turning_pages(desk):
    _, screen = screen_of_size(desk, CHILD, 1366, 768)
    unknowns = screen.sheet.unknowns
    assert unknowns.pages > 1
    seen = []
    for _ in range(unknowns.pages):
        page = [entry for entry in unknowns.entries if entry.isVisibleTo(screen)]
        assert str(len(unknowns.entries) - len(page)) in unknowns.more.text()
        seen += page
        unknowns.more.click()
    assert seen == unknowns.entries and unknowns.page == 0


def test_a_broken_layout_is_refused(desk):
    _, screen = in_meeting(desk)
    screen.showNormal()
    screen.resize(1366, 768)
    assert misplaced(screen) == []
    certainty, cell = screen.sheet.certainty, screen.sheet.cells[0]
    for breaking in (
        lambda: certainty.resize(certainty.width(), 8),
        lambda: certainty.resize(30, certainty.height()),
        lambda: certainty.move(certainty.x(), 2000),
        lambda: certainty.move(cell.pos()),
        lambda: cell.resize(cell.width(), 20),
        lambda: screen.sheet.cells[2].resize(cell.width() + 300, cell.height()),
        lambda: certainty.use_unit(6),
        lambda: screen.head.buttons["leave"].resize(20, 20),
        lambda: screen.sheet.unknowns.entries[0].resize(120, 20),
    ):
        breaking()
        assert misplaced(screen) != []
        screen.arrange()
        screen.head.layout().activate()
        screen.head.layout().invalidate()
        screen.resize(1366, 769)
        screen.resize(1366, 768)
        assert misplaced(screen) == []
