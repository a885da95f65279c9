"""Where a window was left: remembered per user, used where it fits, and never in the way."""

import json

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from desktop_app.window.parts import place as window_place
from desktop_app.window.parts.place import FILE_NAME, STEP_ASIDE, Place, read_place

PLACE = Place(left=20, top=60, width=700, height=500, is_maximised=False, wizard_width=300, plan_width=390)


def remember(desk, place: Place) -> None:
    (desk.folder / FILE_NAME).write_text(json.dumps(place._asdict()), encoding="utf-8")


def test_a_window_comes_back_where_it_was_left(desk, window):
    window.setGeometry(40, 50, 1300, 700)
    window.content.splitter.setSizes([700, 600])
    sizes = window.content.splitter.sizes()
    window.close()
    found = read_place(desk.folder)
    assert found == Place(40, 50, window.width(), window.height(), False, *sizes)


def test_a_place_that_is_all_on_the_screen_is_taken_as_it_was(desk, small):
    remember(desk, PLACE)
    small.hide()
    small.appear()
    assert small.geometry() == QRect(PLACE.left, PLACE.top, PLACE.width, PLACE.height)


def test_what_is_remembered_names_nobody(desk, window):
    window.document.answer("patient.family_name", "Vermeulen")
    window.close()
    assert set(json.loads((desk.folder / FILE_NAME).read_text("utf-8"))) == set(Place._fields)


def test_a_second_window_steps_aside(desk, window):
    remember(desk, PLACE)
    second = desk.open()
    second.hide()
    second.appear()
    assert (second.geometry().x(), second.geometry().y()) == (PLACE.left + STEP_ASIDE, PLACE.top + STEP_ASIDE)


def test_a_place_on_a_screen_that_is_gone_is_not_used(desk, window):
    far = QGuiApplication.primaryScreen().virtualGeometry().right() + 1000
    remember(desk, PLACE._replace(left=far))
    window.hide()
    window.appear()
    assert window.isVisible() and window.x() < far


def test_a_window_is_never_larger_than_the_screen(desk, window):
    remember(desk, PLACE._replace(left=0, top=0, width=50_000, height=50_000))
    window.hide()
    window.appear()
    assert window.height() <= QGuiApplication.primaryScreen().availableSize().height()


def test_a_maximised_window_comes_back_maximised(desk, window):
    window.showMaximized()
    window.close()
    assert read_place(desk.folder).is_maximised
    again = desk.open()
    again.hide()
    again.appear()
    assert again.isMaximized()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"{}", b"\xff", b"null"),
        json.dumps(PLACE._replace(left="20")._asdict()).encode(),
        json.dumps(PLACE._replace(is_maximised=1)._asdict()).encode(),
        json.dumps(PLACE._replace(top=10**9)._asdict()).encode(),
    ],
)
def test_a_damaged_memory_counts_as_none(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read_place(tmp_path) is None


def test_where_nothing_can_be_written_the_window_closes_all_the_same(desk, window, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr("desktop_app.window.parts.place.write_whole", refuse)
    assert window.close() and not (desk.folder / FILE_NAME).exists()


def is_on_the_screen(window) -> bool:
    """Whether all of the window is seen, and its title can be taken hold of."""
    room = window.screen().availableGeometry()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return room.contains(window.geometry()) and window.geometry().top() >= room.top() + title


@pytest.fixture
def small(window):
    """A window that may become smaller than its content, as the screen of a test is small too."""
    for part in (window.content.right, window.content.wizard, window.content, window.pages, window):
        part.setMinimumSize(1, 1)
    window.setCentralWidget(None)
    return window


@pytest.mark.parametrize(("left", "top"), [(-300, 60), (20, -300), (600, 60), (20, 500), (20, 0)])
def test_a_window_that_was_half_off_the_screen_comes_back_whole(desk, small, left, top):
    remember(desk, PLACE._replace(left=left, top=top))
    small.hide()
    small.appear()
    assert is_on_the_screen(small), small.geometry()


def test_a_window_that_is_off_the_screen_would_be_noticed(small):
    small.setGeometry(-300, 60, 700, 500)
    assert not is_on_the_screen(small)


def test_the_tenth_window_is_still_on_the_screen(desk, small, monkeypatch):
    others = [type("Other", (), {"isVisible": lambda self: True})() for _ in range(9)]
    monkeypatch.setattr(window_place, "isinstance", lambda *_: True, raising=False)
    monkeypatch.setattr(QApplication, "topLevelWidgets", staticmethod(lambda: others))
    remember(desk, PLACE)
    small.hide()
    small.appear()
    assert is_on_the_screen(small) and small.x() > PLACE.left


@pytest.mark.parametrize("content", [b"[" * 5000, b'{"a":' * 1500 + b"1" + b"}" * 1500, b"[" * 600 + b"]" * 600])
def test_a_place_that_nests_without_end_is_no_place(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read_place(tmp_path) is None
