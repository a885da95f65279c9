"""Light, dark or as the system: chosen in the settings, changed in place, and followed while the program runs."""

import json

import pytest

from tests.desktop_app import offscreen  # noqa: F401

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.looks.appearance import Appearance
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import DARK, LIGHT, palette_for, qt_palette
from desktop_app.settings.file import appearance_in, found_at


@pytest.fixture(autouse=True)
def palette_restored(qapp):
    before, style = QPalette(qapp.palette()), qapp.styleHints()
    yield
    style.unsetColorScheme()
    qapp.setPalette(before)


def ground_of(widget, x=3, y=3):
    return widget.grab().toImage().pixelColor(x, y)


def test_a_choice_changes_the_window_in_place(desk, window, qtbot):
    settings = desk.services.settings
    window.document.answer("complaints.swelling", True)
    window.document.full_plan()
    wizard, plan_view = window.content.wizard, window.content.plan_view
    for choice, palette in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        settings.change(settings.current.model_copy(update={"appearance": choice}))
        QApplication.processEvents()
        assert window.content.wizard is wizard and window.content.plan_view is plan_view  # nothing was built anew
        assert window.services.appearance.palette is palette
        assert ground_of(window.content.banner) == palette[Role.SURFACE]
        assert (
            ground_of(window.content.plan_view.body.viewport(), 1, window.content.plan_view.body.height() - 3)
            == palette[Role.SURFACE]
        )
        assert ground_of(window.content.wizard.current_page.scroller.viewport(), 1, 1) == palette[Role.WINDOW]
        assert QApplication.palette().color(QPalette.ColorRole.Text) == palette[Role.INK]
        row = next(iter(window.content.wizard.current_page.rows.values()))
        row.say("x", is_warning=True)
        assert row.message.palette().color(QPalette.ColorRole.WindowText) == palette[Role.STOP]


def test_as_the_system_follows_the_system_while_it_runs(qapp, monkeypatch):
    scheme = [Qt.ColorScheme.Light]

    class Hints:
        def colorScheme(self):
            return scheme[0]

        def setColorScheme(self, wanted):
            assert wanted is Qt.ColorScheme.Unknown

    appearance = Appearance()
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: Hints())
    appearance.choose("system")
    told = []
    appearance.changed.connect(told.append)
    assert palette_for(qapp.palette()) is LIGHT
    scheme[0] = Qt.ColorScheme.Dark
    appearance._follow_system()
    assert palette_for(qapp.palette()) is DARK and told == [DARK]
    appearance._follow_system()
    assert told == [DARK]  # what is no news is not told


def test_the_system_is_listened_to(qapp):
    """The signal of Qt arrives; that the system sends it is Qt's part."""
    appearance = Appearance()
    appearance.choose("system")
    qapp.setPalette(qt_palette(DARK if appearance.palette is LIGHT else LIGHT))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert palette_for(qapp.palette()) is appearance.palette


def test_a_firm_choice_does_not_follow_the_system(qapp):
    appearance = Appearance()
    appearance.choose("dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert palette_for(qapp.palette()) is DARK
    with pytest.raises(KeyError):
        appearance.choose("sepia")
    assert appearance.choice == "dark"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"appearance": "dark"}, "dark"),
        ({"appearance": "light"}, "light"),
        ({"appearance": "purple"}, "system"),
        ({"appearance": ["dark"]}, "system"),
        ({}, "system"),
        ([], "system"),
    ],
)
def test_the_window_opens_as_the_settings_say(tmp_path, content, found):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(content))
    assert appearance_in(found_at(file)) == found
    assert appearance_in(found_at(tmp_path / "none.json")) == "system"
