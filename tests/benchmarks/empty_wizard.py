"""The baseline of a start: two nested pydantic models, and an empty QWizard on the screen."""

import os
import sys

from PySide6.QtWidgets import QApplication, QWizard

from tests.benchmarks.first_turn import is_painted, tell, when
from tests.benchmarks.nested_models import Whole


def _usable() -> None:
    tell("usable")
    os._exit(0)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    Whole.model_validate_json('{"name": "x", "parts": [{"kind": "first", "size_mm": 3}]}')
    wizard = QWizard()
    wizard.show()
    when(lambda: is_painted(wizard), _usable)
    application.exec()
