"""The pathway on the screen: beside the plan, behind the alerts, by mouse and by keyboard."""

import pytest

from tests.case_deck import deck
from tests.desktop_app.plan.view.documents import Document, phrases
from tests.desktop_app.plan.view.shown import HEIGHT, WIDTH, shown_view

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from desktop_app.plan.pathway.model import State
from desktop_app.plan.pathway.reading import pathway_of
from desktop_app.plan.pathway.text import pathway_text, station_text
from desktop_app.plan.view import pathway_view, plan_view
from desktop_app.plan.view.plan_view import PlanView
from guideline_core.case import Case
from guideline_core.planning import Planner
from tests.desktop_app.plan.pathway.stations import STATIONS

"""What the plan gets of a window of 1366 by 768."""
OSTEOSARCOMA = {"lesion": {"category": "malignant", "entity": "osteosarcoma", "bone": "femur"}}


@pytest.fixture
def document(planner: Planner) -> Document:
    return Document(planner, Case.model_validate(OSTEOSARCOMA))


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> PlanView:
    return shown_view(qtbot, document)


def click_on(qtbot: QtBot, view: PlanView, key: str) -> None:
    place = view.pathway.rectangle_of(key).center().toPoint()
    qtbot.mouseClick(view.pathway, Qt.MouseButton.LeftButton, pos=place)


def test_it_shows_the_pathway_of_the_plan_on_the_screen(view: PlanView, document: Document) -> None:
    assert view.pathway.isVisible()
    assert view.pathway.pathway == pathway_of(document.plan, phrases())
    answers = {**OSTEOSARCOMA, "imaging": {"xray": {"done": True, "two_views": True}}}
    document.change(Case.model_validate(answers), "imaging.xray.two_views")
    assert view.pathway.pathway is not None
    assert view.pathway.pathway.station("radiograph").state is State.DONE


def test_its_accessible_name_is_the_text_equivalent(view: PlanView) -> None:
    assert view.pathway.pathway is not None
    assert view.pathway.accessibleName() == pathway_text(view.pathway.pathway)


def test_the_keyboard_goes_along_the_stations_and_says_where_it_is(qtbot: QtBot, view: PlanView) -> None:
    activated: list[str] = []
    view.pathway.station_activated.connect(activated.append)
    shown = view.pathway.pathway
    assert shown is not None
    assert view.pathway.focusPolicy() is Qt.FocusPolicy.StrongFocus
    for place in range(1, len(STATIONS) + 2):
        qtbot.keyClick(view.pathway, Qt.Key.Key_Right)
        here = shown.stations[min(place, len(STATIONS) - 1)]
        assert view.pathway.accessibleDescription() == station_text(here)
    qtbot.keyClick(view.pathway, Qt.Key.Key_Left)
    qtbot.keyClick(view.pathway, Qt.Key.Key_Return)
    assert activated == [STATIONS[-2]]


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("radiograph", "advice:imaging.xray_two_views:do"),
        ("staging", "advice:staging.ct_thorax_unenhanced:do"),
        ("mdo", "advice:mdo.discuss:do"),
        ("biopsy", "phase:biopsy"),
    ],
)
def test_a_click_leads_to_what_the_plan_says(qtbot: QtBot, view: PlanView, key: str, row: str) -> None:
    click_on(qtbot, view, key)
    place = view.body.currentIndex()
    assert view.body.row_model.rows[place.row()].key == row
    shown = view.body.rectangle_of(row)
    assert shown is not None and 0 <= shown.top() < view.body.viewport().height()
    assert view.body.hasFocus()


def test_a_click_on_complaints_leads_to_their_question(qtbot: QtBot, view: PlanView) -> None:
    with qtbot.waitSignal(view.question_activated) as signal:
        click_on(qtbot, view, "complaint")
    assert signal.args == ["complaints.persistent_pain"]


def test_every_case_of_the_deck_keeps_its_alerts_in_sight_and_most_show_the_pathway(
    qtbot: QtBot, planner: Planner, document: Document, view: PlanView
) -> None:
    """Referral and stop alerts without scrolling, the pathway where room is left: at the size of 1366 by 768."""
    hidden = 0
    cases = deck()[::6]
    for entry in cases:
        document.change(entry.case)
        qtbot.wait(0)
        head = view.head
        assert (
            head.content_height(head.viewport().width()) <= head.viewport().height() + 1 or not view.pathway.isVisible()
        )
        assert view.body.height() >= 100
        hidden += not view.pathway.isVisible()
    assert hidden < len(cases) / 4


def test_where_the_head_needs_the_room_the_pathway_yields(qtbot: QtBot, view: PlanView) -> None:
    assert view.pathway.isVisible()
    view.resize(WIDTH, 330)
    qtbot.waitUntil(lambda: not view.pathway.isVisible())
    view.resize(WIDTH, HEIGHT)
    qtbot.waitUntil(view.pathway.isVisible)


def test_it_grows_with_the_text(view: PlanView) -> None:
    before = view.pathway.height_at(WIDTH)
    font = QFont(view.pathway.font())
    font.setPixelSize(26)
    view.pathway.setFont(font)
    assert view.pathway.height_at(WIDTH) > 1.9 * before


def test_a_pathway_that_fails_leaves_the_plan_and_no_old_picture(
    document: Document, view: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("mri")

    monkeypatch.setattr(plan_view, "pathway_of", fail)
    document.change(Case.model_validate({"lesion": {"category": "benign_active"}}))
    assert view.shows_plan
    assert view.pathway.pathway is None and not view.pathway.isVisible()


def test_without_a_plan_there_is_no_pathway(document: Document, view: PlanView) -> None:
    document.planning_failed.emit()
    assert view.pathway.pathway is None and view.pathway.accessibleName() == ""


def test_a_picture_that_cannot_be_drawn_is_an_empty_strip(view: PlanView, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a path has no command 'Q'")

    assert has_a_picture(view)
    monkeypatch.setattr(pathway_view, "paint_picture", fail)
    assert not has_a_picture(view)


def has_a_picture(view: PlanView) -> bool:
    image = view.pathway.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return len(colours) > 1
