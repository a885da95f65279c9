"""A storm over one window: everything that can be done in it, in any order and without waiting.

Nothing ends in an exception, and whenever it is calm no plan, paper or meeting of other answers is seen. A short run
each time, more with `--long`.
"""

import contextlib
from random import Random

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.case.refused import AnswerRefused
from desktop_app.papers.order import Paper
from desktop_app.settings.settings import Settings
from desktop_app.window.main_window import MainWindow
from desktop_app.wizard.flow import STEPS
from guideline_core.contract import fields
from tests.desktop_app.window.desk import NOW, Desk
from tests.desktop_app.window.filling import write_case
from tests.desktop_app.window.test_faults_injected import paper_seen
from tests.random_cases import random_partial_case

OPERATIONS, LONG_OPERATIONS = 150, 20_000
CALM_EVERY = 25


class Storm:
    """One window, and everything that happens to it."""

    def __init__(self, desk: Desk, window: MainWindow, edition, chance: Random) -> None:
        self.desk, self.window, self.edition, self.chance = desk, window, edition, chance
        self.done: list[str] = []

    def step(self) -> None:
        """Do one thing; while the case is hidden only a key can be pressed."""
        if self.window.pages.currentWidget() is not self.window.content and self.chance.random() < 0.7:
            QTest.keyClick(self.window.cover, Qt.Key.Key_A)
            return
        name = self.chance.choice([name for name in dir(self) if name.startswith("do_")])
        self.done.append(name)
        with contextlib.suppress(AnswerRefused):
            getattr(self, name)()

    # --- what can be done

    def do_answer(self) -> None:
        other = random_partial_case(self.edition, self.chance)
        path = self.chance.choice([path for path in fields() if path not in ("reference_date", "setting")])
        self.window.document.answer(path, other.answer_at(path))

    do_answer_more = do_answer_again = do_answer

    def do_undo_storm(self) -> None:
        for _ in range(self.chance.randrange(1, 8)):
            self.window.document.undo_stack.undo()

    def do_redo_storm(self) -> None:
        for _ in range(self.chance.randrange(1, 8)):
            self.window.document.undo_stack.redo()

    def do_type(self) -> None:
        rows = list(self.window.content.wizard.current_page.rows.values())
        if rows:
            self.chance.choice(rows).input.take_focus()
        focused = self.window.focusWidget()
        if focused is not None:
            QTest.keyClicks(focused, self.chance.choice(("osteo", "12-3-2", "fem", "x")))

    def do_escape(self) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, Qt.Key.Key_Escape)

    def do_enter(self) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, Qt.Key.Key_Return)

    def do_change_language(self) -> None:
        language = "en" if self.desk.services.phrases.language == "nl" else "nl"
        self.desk.services.settings.change(Settings(language=language))

    def do_go_to_step(self) -> None:
        self.window.content.go_to_step(self.chance.choice(STEPS))

    def do_letter(self) -> None:
        self.window.content.show_letter()
        self.window.content.preview.choices.choose_paper(self.chance.choice(list(Paper)))

    def do_plan(self) -> None:
        self.window.content.show_plan()

    def do_left_out(self) -> None:
        self.window.content.preview.advice.setChecked(self.chance.random() < 0.5)

    def do_what_if(self) -> None:
        self.window.content.try_answer(self.chance.choice(("lesion.category", "lesion.entity", "biopsy.status")))

    def do_drop_trial(self) -> None:
        self.window.content.leave_trial()

    def do_hide(self) -> None:
        self.window.hide_case()

    def do_meeting(self) -> None:
        self.window.meeting.toggle()

    def do_new_day(self) -> None:
        self.desk.now = NOW.replace(day=self.chance.randrange(1, 28), year=self.chance.choice((2019, 2026, 2031)))
        self.window.day.look()

    def do_open_file(self) -> None:
        case = random_partial_case(self.edition, self.chance)
        day = {"reference_date": "2024-05-05"} if self.chance.random() < 0.3 else {}
        self.window.document.undo_stack.clear()
        self.window.autosave.start_case(self.desk.services.empty_case())  # else it opens a window of its own
        groups = case.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        self.window.files.open(write_case(self.desk.folder / "storm.json", **{**groups, **day}))

    def do_save(self) -> None:
        self.window.cases.save()

    def do_resize(self) -> None:
        self.window.resize(self.chance.randrange(900, 1500), self.chance.randrange(600, 1000))

    # --- calm

    def check(self, qtbot: QtBot) -> None:
        """What is seen is of the answers as they are."""
        window, document = self.window, self.window.document
        plan = document.full_plan()
        qtbot.wait(5)
        window.grab()
        view = window.content.plan_view
        if view.isVisible():
            assert view.shows_plan, self.done[-40:]
            assert view._plan == plan, self.done[-40:]
        paper = paper_seen(window)
        assert paper is None or paper.plan == plan, self.done[-40:]
        if window.meeting.screen is not None:
            assert window.meeting.screen._shown == plan, self.done[-40:]
        assert window.autosave.is_kept, self.done[-40:]


@pytest.mark.parametrize("seed", range(2))
def test_a_storm(desk: Desk, window: MainWindow, qtbot: QtBot, edition, thorough: bool, seed: int) -> None:
    storm = Storm(desk, window, edition, Random(seed))
    with qtbot.captureExceptions() as caught:
        for number in range(LONG_OPERATIONS if thorough else OPERATIONS):
            storm.step()
            assert not caught, (storm.done[-10:], caught[0])
            if number % CALM_EVERY == CALM_EVERY - 1:
                storm.check(qtbot)
                assert not caught, (storm.done[-10:], caught[0])
