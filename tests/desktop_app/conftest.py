"""The desk and its first window; Qt is imported by the tests that use them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop_app.window.main_window import MainWindow
    from tests.desktop_app.window.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, qtbot: "QtBot") -> "Iterator[Desk]":
    from tests.desktop_app.window.desk import opened_desk

    with opened_desk(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def window(desk: "Desk") -> "MainWindow":
    return desk.open()
