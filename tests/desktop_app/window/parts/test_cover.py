"""The cover: it hides everything after some minutes, and any key lifts it."""

from PySide6.QtCore import Qt

from desktop_app.settings.settings import Settings
from tests.desktop_app.window.filling import IDENTITY, NAME, fill, words_in


def test_the_cover_hides_everything_and_any_key_lifts_it(qtbot, window):
    fill(window, IDENTITY)
    window.idle.idle.emit()
    assert (
        window.cover.isVisible() and not window.content.banner.isVisible() and not window.content.plan_view.isVisible()
    )
    assert NAME not in words_in(window) and "Klik om verder te gaan" in words_in(window)
    qtbot.keyClick(window.cover, Qt.Key.Key_A)
    assert window.content.banner.isVisible()
    window.menu.actions["hide"].trigger()
    qtbot.mouseClick(window.cover, Qt.MouseButton.LeftButton)
    assert window.content.banner.isVisible()
    assert window.document.case.patient.family_name == NAME


def test_the_window_is_hidden_after_so_many_minutes_of_settings(desk, window):
    desk.bot.waitUntil(window.idle._timer.isActive)  # the count begins after the first plan
    assert window.idle._timer.interval() == 10 * 60_000
    desk.services.settings.change(Settings(hide_after_minutes=2))
    assert window.idle._timer.interval() == 2 * 60_000
    desk.services.settings.change(Settings(hide_after_minutes=0))
    assert not window.idle._timer.isActive()
