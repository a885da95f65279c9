"""The window is on the screen before what takes long is loaded, and what was typed by then is not lost."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.library.compilation import kinds_form
from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER, FieldKinds
from desktop_app.settings.file import found_at, language_in
from desktop_app.window.first_work import FirstWork
from tests.desktop_app.wizard import helpers

MAY_BE_LOADED = {
    # third parties
    "PySide6": "draws the window",
    "shiboken6": "part of PySide6",
    "shibokensupport": "part of PySide6",
    "signature_bootstrap": "part of PySide6",
    "platformdirs": "says where cache and settings are",
    # ours: a package stands for the modules right in it
    "desktop_app": "the program itself",
    "desktop_app.case": "the document, which has no case yet",
    "desktop_app.library": "opens the edition and the phrases that were compiled before",
    "desktop_app.looks": "colours, type, labels",
    "desktop_app.looks.drawing": "the roles of colours",
    "desktop_app.plan": "holds plan.view, and nothing else of it",
    "desktop_app.plan.view.sign": "the signs beside the steps",
    "desktop_app.plan.view.signs": "the signs beside the steps",
    "desktop_app.plan.view.what_if_menu": "the menu of a question",
    "desktop_app.settings.file": "language and appearance are seen at once",
    "desktop_app.store.problems": "what can go wrong with saving, in words",
    "desktop_app.window": "the window, and the doors to what it loads later",
    "desktop_app.window.commands": "what the menus offer",
    "desktop_app.window.parts": "what is in the window",
    "desktop_app.wizard": "the wizard and the order of its steps",
    "desktop_app.wizard.inputs": "the inputs of the first page",
    "desktop_app.wizard.pages": "each page builds its questions when it is first seen",
    "guideline_core.age": "the age beside a birth date, without the model of a case",
    "guideline_core.fields": "kinds of answers, without the model of a case",
    "guideline_core.file_limits": "how large the settings may be, before they are read",
    "guideline_core.keys": "words of the contract",
}
"""What may be loaded when the first window shows, with the reason. Whatever else a window needs is loaded later: first
see what it costs (`python -X importtime -m desktop_app`), then give it a door of its own or a line here."""
PARENTS = {"desktop_app.plan.view", "desktop_app.settings", "desktop_app.store", "guideline_core"}
"""Packages of which only the modules above may be loaded."""
SEEN_WITH_THE_PLAN = {"pydantic", "guideline_core.case", "guideline_core.planning"}

PROBE = """
import sys
from pathlib import Path
from desktop_app.window import start as window_start
from PySide6.QtCore import QTimer

application = window_start.application_of_program()
services = window_start.build_services(Path(sys.argv[1]) / "settings.json", open_store=lambda: None)
window = window_start.Windows(services).open()
QTimer.singleShot(0, lambda: (print(*sys.modules), application.exit()))
application.exec()
print(len(window.content.wizard.current_page.rows), window.isVisible())
print(window.document.full_plan().scope)
print(*sys.modules)
"""


@cache
def loaded_by_python() -> set[str]:
    """What this machine's Python loads before any program."""
    bare = [sys.executable, "-c", "import sys; print(*sys.modules)"]
    return set(subprocess.run(bare, capture_output=True, text=True, check=True, timeout=60).stdout.split())


def unexpected(loaded: set[str]) -> set[str]:
    """What is loaded of ours and of third parties without standing in the list.

    Some machines have Python load modules of their own at each start (sitecustomize): these are not of this program.
    """
    loaded = loaded - loaded_by_python()
    ours = {name for name in loaded if name.partition(".")[0] in ("desktop_app", "guideline_core")}
    tops = {name.partition(".")[0] for name in loaded - ours}
    others = {name for name in tops if name not in sys.stdlib_module_names and not name.startswith("_")}
    own = {name for name in ours if name.rpartition(".")[0] not in MAY_BE_LOADED and name not in PARENTS}
    return (own | others) - MAY_BE_LOADED.keys()


def test_the_window_is_there_before_what_takes_long(tmp_path):
    """The last line shows that the probe can tell: with a plan, the model and the planner are loaded."""
    command = [sys.executable, "-c", PROBE, str(tmp_path)]
    own_cache = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    for _ in range(2):  # the first run compiles the edition
        run = subprocess.run(command, env=own_cache, capture_output=True, text=True, check=True, timeout=120)
    told = run.stdout.splitlines()
    assert unexpected(set(told[0].split())) == set()
    fields, visible = told[1].split()
    assert int(fields) > 5 and visible == "True"
    assert told[2] == "undetermined"
    assert set(told[3].split()) >= SEEN_WITH_THE_PLAN


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("pydantic.main", "pydantic"),
        ("reportlab", "reportlab"),
        ("desktop_app.meeting", None),  # the package alone is nothing yet
        ("desktop_app.window.dialogs.question", "desktop_app.window.dialogs.question"),
        ("desktop_app.meeting.round", "desktop_app.meeting.round"),
        ("desktop_app.store.store", "desktop_app.store.store"),
        ("desktop_app.plan.view.plan_view", "desktop_app.plan.view.plan_view"),
        ("guideline_core.case", "guideline_core.case"),
        ("json.decoder", None),
        ("desktop_app.window.parts.banner", None),
    ],
)
def test_what_stands_not_in_the_list_is_noticed(name, found):
    assert unexpected({name}) == ({found} if found else set())


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
    assert language_in(found_at(path)) == language


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
