"""What is seen at once in the real window on a screen of 1366 by 768, for each case of the deck, by widget geometry.

Referral or meanwhile, and every alert that says stop: whole, without scrolling, covered by nothing.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.case_deck import DeckCase, deck
from tests.desktop_app.plan.view.documents import edition, phrases

# isort: split
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.plan.view.plan_view import PlanView
from desktop_app.window.main_window import MainWindow, Windows
from desktop_app.window.parts.content import USUAL_SIZE
from desktop_app.window.services import Services, SettingsAccess, StoreAccess
from guideline_core.case import Case
from guideline_core.plan import Plan
from tests.desktop_app.doubles import ImmediateTasks, RecordedMessages

WIDTH, HEIGHT = 1366, 768
FRAME_AND_TASKBAR = 71
"""What Windows 10 takes of the height for the title of a maximized window (31) and for its own bar (40); the
window gets the rest, and may not grow beyond it."""
SCREEN = QRect(0, 0, WIDTH, HEIGHT - FRAME_AND_TASKBAR)


@dataclass
class Sight:
    """The window before a user's eyes."""

    window: MainWindow
    day: list[datetime.date]

    @property
    def view(self) -> PlanView:
        return self.window.content.plan_view

    def look_at(self, each: DeckCase) -> Plan:
        """Put a case of the deck in the window, and wait until all of its plan is there."""
        self.day[0] = each.day
        self.window.document.load(each.case)
        plan = self.window.document.full_plan()
        settle()
        return plan

    def unseen(self, plan: Plan) -> list[str]:
        """What must be seen at once and is not, wholly."""
        return [key for key in wanted(plan) if not self._is_seen(key)]

    def _is_seen(self, key: str) -> bool:
        rows = self.view.head
        place = rows.rectangle_of(key)
        if place is None or place.isEmpty() or not rows.viewport().isVisible():
            return False
        free = rows.viewport().visibleRegion()  # what parents do not cut off and brothers do not cover
        on_screen = QRect(rows.viewport().mapTo(self.window, place.topLeft()), place.size())
        return QRegion(place).subtracted(free).isEmpty() and SCREEN.contains(on_screen)


def wanted(plan: Plan) -> list[str]:
    """What must be seen at once, by the names of its rows: read from the plan, not from the view."""
    referral = plan.referral
    parts = (referral.decision, referral.destination, referral.urgency, referral.by_phone)
    is_open = "undetermined" in (*parts, referral.consult_expertise_centre_first)
    meanwhile = [f"meanwhile:{each.action}:{each.verdict}" for each in plan.meanwhile] if is_open else []
    stops = [f"alert:{each.id}" for each in plan.alerts if each.severity == "stop"]
    return ["referral", *meanwhile, *stops]


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def sight(qtbot) -> Iterator[Sight]:
    tasks, day = ImmediateTasks(), [deck()[0].day]
    services = Services(
        edition(), phrases(), SettingsAccess(None), StoreAccess(None, tasks), tasks, messages=RecordedMessages(phrases)
    )
    services.now = lambda: datetime.datetime.combine(day[0], datetime.time(12), datetime.UTC)
    window = MainWindow(services, Windows(services))
    qtbot.addWidget(window)
    window.resize(SCREEN.size())
    window.show()
    qtbot.waitUntil(lambda: window.content.right.count() > 0)
    window.document.full_plan()
    settle()
    assert window.size() == SCREEN.size()
    yield Sight(window, day)
    window.document.load(Case())  # nothing is left to ask about when it closes


def test_what_counts_is_seen_at_once_for_each_case_of_the_deck(sight, thorough):
    assert (USUAL_SIZE.width(), USUAL_SIZE.height()) == (WIDTH, HEIGHT)
    assert len(deck()) > 700
    stops = meanwhiles = 0
    for each in deck() if thorough else deck()[::3]:
        plan = sight.look_at(each)
        assert sight.unseen(plan) == [], (each.file, each.name)
        assert sight.view.head.verticalScrollBar().maximum() == 0, each.name
        assert sight.view.body.height() >= 100, each.name
        stops += any(key.startswith("alert:") for key in wanted(plan))
        meanwhiles += any(key.startswith("meanwhile:") for key in wanted(plan))
    assert stops > 10 and meanwhiles > 10  # the deck holds cases with each


# --- shown to refuse ------------------------------------------------------------------------------------------------


def a_low_head(window: MainWindow) -> None:
    window.content.plan_view.head.setFixedHeight(60)


def something_before_the_plan(window: MainWindow) -> None:
    cover = QWidget(window.content.plan_view)
    cover.setAutoFillBackground(True)
    cover.setGeometry(
        QRect(window.content.plan_view.head.mapTo(window.content.plan_view, QPoint(0, 0)), QSize(200, 40))
    )
    cover.show()


def a_scrolled_head(window: MainWindow) -> None:
    a_low_head(window)
    settle()
    window.content.plan_view.head.verticalScrollBar().setValue(40)


def the_letter_in_its_place(window: MainWindow) -> None:
    window.content.right.addWidget(QWidget(window))
    window.content.right.setCurrentIndex(window.content.right.count() - 1)


def a_banner_that_pushes_the_plan_down(window: MainWindow) -> None:
    window.content.banner.setFixedHeight(640)


@pytest.mark.parametrize(
    "break_layout",
    [
        a_low_head,
        something_before_the_plan,
        a_scrolled_head,
        the_letter_in_its_place,
        a_banner_that_pushes_the_plan_down,
    ],
)
def test_a_broken_layout_is_refused(sight, break_layout: Callable[[MainWindow], None]):
    each = next(each for each in deck() if each.case.biopsy.status == "considered" and each.expect.get("alerts"))
    plan = sight.look_at(each)
    assert sight.unseen(plan) == []
    break_layout(sight.window)
    settle()
    assert sight.unseen(plan) != []


def test_a_missing_row_is_refused(sight):
    plan = sight.look_at(deck()[0])
    sight.view.head.show_rows(())
    assert sight.unseen(plan) == wanted(plan)
