"""A defect is told without patient data, with all answers saved and no old plan on the screen."""

import sys

import pytest

from desktop_app.window import start as window_start
from tests.desktop_app.window.filling import IDENTITY, NAME, fill


@pytest.fixture
def hook(desk, window):
    before = sys.excepthook
    window_start.install_excepthook(desk.windows)
    yield sys.excepthook
    sys.excepthook = before


def raised(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_a_defect_is_told_without_patient_data(desk, window, hook, caplog):
    fill(window, IDENTITY)
    error = raised(f"{NAME} is not a number")
    hook(type(error), error, error.__traceback__)
    tone, text = desk.user.said[-1]
    assert tone == "error" and "ValueError" in text and "bewaard" in text
    assert NAME not in text and NAME not in caplog.text
    assert desk.other_view().load(window.autosave.number).case.patient.family_name == NAME


def test_a_defect_in_a_slot_reaches_the_hook(desk, window, qtbot, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind.__name__))

    def broken(*_: object) -> None:
        raise ValueError("slot")

    window.document.replanned.connect(broken)
    with qtbot.captureExceptions() as caught:
        window.document.answer("lesion.category", "malignant")
    assert told or caught
    assert window.content.plan_view._plan is window.document.plan


def test_a_defect_in_planning_leaves_no_old_plan(desk, window, qtbot, monkeypatch):
    window.document.answer("lesion.category", "malignant")

    def broken(*_: object) -> None:
        raise ValueError("planning")

    monkeypatch.setattr(window.document._guideline.planner, "make_bare_plan", broken)
    with qtbot.captureExceptions(), pytest.raises(ValueError, match="planning"):
        window.document.answer("lesion.category", "intermediate")
    assert not window.content.plan_view.shows_plan
    monkeypatch.undo()
    window.document.replan()
    assert window.content.plan_view.shows_plan


def test_the_place_of_a_defect_names_no_value():
    error = raised("x")
    assert window_start.place_of(error.__traceback__) == "?"
