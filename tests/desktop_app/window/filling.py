"""What the tests of the window fill in, and how they read it back."""

import json
from pathlib import Path

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.window.main_window import MainWindow

NAME = "Vermeulen-de Wit"
IDENTITY = {"patient.family_name": NAME, "patient.given_name": "Noor", "patient.patient_number": "7654321"}


def fill(window: MainWindow, answers: dict[str, object]) -> None:
    """Give these answers."""
    for path, value in answers.items():
        window.document.answer(path, value)


def words_in(widget: QWidget) -> str:
    """Every word of every label that can be seen."""
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def write_case(path: Path, **groups: object) -> Path:
    """A file with these groups of a case."""
    path.write_text(json.dumps(groups), encoding="utf-8")
    return path
