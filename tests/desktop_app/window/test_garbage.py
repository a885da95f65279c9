"""Garbage is collected in the thread of the windows: no other thread takes down what Qt drew."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.window.garbage import GarbageCollection


class InACircle(QObject):
    """Something of Qt that refers to itself, as a dialog does whose child knows it."""

    def __init__(self) -> None:
        super().__init__()
        self.child = [self]


@pytest.fixture(autouse=True)
def collecting_as_before() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.collect()
    yield
    (gc.enable if was_enabled else gc.disable)()


def who_takes_it_down() -> list[str]:
    """The names of the threads that destroy something of Qt, once nothing but itself refers to it."""
    found: list[str] = []
    weakref.finalize(InACircle(), lambda: found.append(threading.current_thread().name))
    return found


def work_hard() -> None:
    """Make much garbage in another thread, as opening the store does."""
    thread = threading.Thread(target=lambda: [[[each]] for each in range(200_000)], name="worker")
    thread.start()
    thread.join()


def test_python_by_itself_takes_a_window_down_in_another_thread() -> None:
    gc.enable()
    found = who_takes_it_down()
    work_hard()
    assert found == ["worker"]


def test_garbage_is_collected_in_the_thread_of_the_windows_alone(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    found = who_takes_it_down()
    work_hard()
    assert found == []
    kept = [[each] for each in range(2_000)]  # enough new things to look for garbage
    qtbot.waitUntil(lambda: found == [threading.main_thread().name])
    assert len(kept) == 2_000
    collection.deleteLater()


def test_nothing_is_collected_while_there_is_little(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    gc.collect()
    before = [generation["collections"] for generation in gc.get_stats()]
    collection.collect()
    assert [generation["collections"] for generation in gc.get_stats()] == before
    collection.deleteLater()
