"""The list of names that floats in the window never outlives the line in which they are searched."""

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.settings.settings import Settings
from desktop_app.wizard.inputs.search_line import NameList


@pytest.fixture
def open_list(window, qtbot) -> NameList:
    window.content.wizard.go_to_field("lesion.entity")
    names = window.content.wizard.current_page.rows["lesion.entity"].input.search_line.names
    names._line.clearFocus()  # else the list closes because the cursor leaves, whatever else happens
    QTest.keyClicks(names._line, "osteo")
    assert names.isVisible() and names.parent() is window
    return names


def test_another_language_closes_it(desk, window, qtbot, open_list):
    """The old list went on to look for its line, which was gone: RuntimeError, three times in 5,171 operations."""
    with qtbot.captureExceptions() as caught:
        desk.services.settings.change(Settings(language="en"))
        assert not open_list.isVisible() and not open_list._following.isActive()
        qtbot.wait(120)  # longer than the list waits before it follows its line again
        window.grab()
    assert not caught
    assert not any(each.isVisible() for each in window.findChildren(NameList))


def test_another_step_closes_it(window, open_list):
    window.content.wizard.go_to_step("patient")
    assert not open_list.isVisible()


def test_another_case_closes_it(desk, window, qtbot, open_list):
    with qtbot.captureExceptions() as caught:
        window.content.try_answer("lesion.category")
        QTest.keyClick(window, Qt.Key.Key_Escape)
        qtbot.wait(60)
    assert not caught and not open_list.isVisible()
