"""The desk and its first window; Qt is imported by the tests that use them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop_app.window.main_window import MainWindow
    from tests.desktop_app.window.desk import Desk


WAIT_MS = 30_000
"""How long a test waits for what it expects: on a busy machine a window comes to it much later, and a wait that
succeeds costs no more."""


@pytest.fixture(autouse=True, scope="session")
def patient_waits() -> None:
    """pytest-qt waits five seconds unless it is told otherwise, and has no setting for that."""
    from pytestqt.qtbot import QtBot

    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitCallback, QtBot.waitExposed):
        assert "timeout" in wait.__kwdefaults__
        wait.__kwdefaults__["timeout"] = WAIT_MS


@pytest.fixture
def desk(tmp_path: Path, qtbot: "QtBot") -> "Iterator[Desk]":
    from tests.desktop_app.window.desk import opened_desk

    with opened_desk(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def window(desk: "Desk") -> "MainWindow":
    return desk.open()
