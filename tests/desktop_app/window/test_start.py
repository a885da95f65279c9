"""The window is on the screen before what takes long is loaded, and what was typed by then is not lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER, FieldKinds, kinds_form
from desktop_app.settings.file import language_in
from desktop_app.window.first_work import FirstWork
from tests.desktop_app.wizard import helpers

LOADED_WITH_THE_PLAN = ("pydantic", "guideline_core.case", "guideline_core.planning")
LATE = (
    *(*LOADED_WITH_THE_PLAN, "reportlab", "pikepdf", "fhir", "PySide6.QtPdf"),
    *("desktop_app.exchange", "desktop_app.meeting", "desktop_app.papers", "desktop_app.store.store"),
    *("desktop_app.window.dialogs", "desktop_app.window.handbook", "desktop_app.window.opening"),
)
"""What the first window does without until it is on the screen: what carries a command out is among it."""

PROBE = """
import sys
from pathlib import Path
from desktop_app.window import start as window_start
from PySide6.QtCore import QTimer

application = window_start.application_of_program()
services = window_start.build_services(Path(sys.argv[1]) / "settings.json", open_store=lambda: None)
window = window_start.Windows(services).open()
loaded = lambda: [name for name in sys.argv[2:] if name in sys.modules]
QTimer.singleShot(0, lambda: (print(loaded()), application.exit()))
application.exec()
print(len(window.content.wizard.current_page.rows), window.isVisible())
print(window.document.full_plan().scope)
print(loaded())
"""


def test_the_window_is_there_before_what_takes_long(tmp_path):
    """The last line shows that the probe can tell: with a plan, the model and the planner are loaded."""
    command = [sys.executable, "-c", PROBE, str(tmp_path), *LATE]
    own_cache = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    for _ in range(2):  # the first run compiles the edition
        run = subprocess.run(command, env=own_cache, capture_output=True, text=True, check=True, timeout=120)
    told = run.stdout.splitlines()
    assert told[0] == "[]"
    fields, visible = told[1].split()
    assert int(fields) > 5 and visible == "True"
    assert told[2] == "undetermined"
    assert told[3] == str(list(LOADED_WITH_THE_PLAN))


def test_what_is_typed_before_there_is_a_case_is_an_answer(qapp, planner):
    document = helpers.new_document(planner)
    began = []
    document.begun.connect(lambda: began.append(document.has_begun))
    assert not document.has_begun and document.is_empty()
    document.answer("complaints.swelling", True)
    assert began == [True]
    assert document.case.complaints.swelling is True
    document.begin()
    assert began == [True], "a case is begun once"
    document.undo_stack.undo()
    assert document.case.complaints.swelling is None


def test_the_kept_kinds_are_those_of_the_contract():
    from guideline_core.contract import fields  # not before the tests above: the window must not load it

    kinds = FieldKinds(json.loads(json.dumps(kinds_form(fields()))))
    assert kinds.paths == tuple(path for path in fields() if path not in EDITED_IN_THE_LETTER)
    with pytest.raises(KeyError):
        kinds.of("lesion.colour")


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (None, "nl"),
        (b"", "nl"),
        (b'{"language": "en"}', "en"),
        (b'{"language": "fr"}', "nl"),
        (b'{"language": ["en"]}', "nl"),
        (b"[]", "nl"),
        (b"\xff\xfe{", "nl"),
    ],
)
def test_the_language_is_known_before_the_settings_are_checked(tmp_path: Path, content, language):
    path = tmp_path / "settings.json"
    if content is not None:
        path.write_bytes(content)
    assert language_in(path) == language


def test_a_defect_in_the_first_work_keeps_nothing_else_back(qtbot: QtBot):
    done: list[str] = []

    def broken() -> None:
        done.append("broken")
        raise ValueError("defect")

    parent = QWidget()
    qtbot.addWidget(parent)
    work = FirstWork((broken, lambda: done.append("after")), parent)
    with qtbot.captureExceptions() as told:
        work.start()
        work.start()
        qtbot.waitUntil(lambda: done == ["broken", "after"])
    assert [kind for kind, _, _ in told] == [ValueError]
