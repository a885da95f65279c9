"""What a user does in each test with real windows; each script is a generator of things to wait for."""

import json
import os
import random
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.windows.driver import (
    Hands,
    Script,
    answer_by_keys,
    begin,
    go_to,
    save_pdf_by_keys,
    tell,
    the_case_window,
)
from tests.windows.driver_words import ANSWERS_BESIDE_ANOTHER, INCIDENT, MEETING, SEED
from tests.windows.textbook_cases import CASES, script_of

# isort: split
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from desktop_app.wizard.flow import STEPS
from desktop_app.wizard.inputs.choice import ChoiceInput
from guideline_core.contract import fields


def by_keys(name: str, folder: Path) -> Script:
    """A textbook case from the empty window to the PDF, by key presses alone."""
    hands = Hands()
    yield from begin(hands)
    for path, typed, expected in script_of(name):
        yield from answer_by_keys(hands, path, typed, expected)
    yield from save_pdf_by_keys(hands, folder / f"{name}.pdf")
    tell(
        case=json.loads(the_case_window().document.case.model_dump_json(exclude_none=True)),
        number=the_case_window().autosave.number,
        title=the_case_window().windowTitle(),
        keys=hands.keys,
        clicks=hands.clicks,
        acts=hands.acts,
    )


def _keys_script(name: str) -> Any:
    return lambda folder: by_keys(name, folder)


for _name in CASES:
    globals()[_name] = _keys_script(_name)


# --- mouse ----------------------------------------------------------------------------------------------------------


def by_mouse(folder: Path) -> Script:
    """A child's non-ossifying fibroma found by chance, from the empty window to the PDF, by the mouse alone."""
    hands = Hands()
    yield from begin(hands)  # the passphrase is the one thing that must be typed
    typed = hands.keys
    window = the_case_window()
    for path, value in (
        ("setting", "hospital"),
        ("complaints.persistent_pain", False),
        ("lesion.category", "do_not_touch"),
        ("lesion.entity", "non_ossifying_fibroma"),
        ("lesion.diagnosis_in_doubt", False),
        ("lesion.incidental", True),
    ):
        yield from _answer_by_mouse(hands, path, value)
    hands.click(window.content.steps.viewport(), _place_of_step("letter"))
    yield lambda: window.content.preview._made is not None and window.content.preview.pages.isEnabled()
    hands.click(window.content.preview.buttons["save"])
    yield lambda: isinstance(QApplication.activeModalWidget(), QFileDialog)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(folder))  # where a user would click to a folder of their own
    button = next(each for each in dialog.findChildren(QPushButton) if each.isVisible() and each.isDefault())
    yield lambda: button.isEnabled()
    hands.click(button)
    yield lambda: QApplication.activeModalWidget() is None
    yield lambda: any(path.suffix == ".pdf" and path.stat().st_size for path in folder.iterdir())
    assert hands.keys == typed
    tell(
        case=json.loads(window.document.case.model_dump_json(exclude_none=True)),
        number=window.autosave.number,
        clicks=hands.clicks,
    )


def _place_of_step(step: str) -> QPoint:
    steps = the_case_window().content.steps
    return steps.visualItemRect(steps.item(STEPS.index(step))).center()


def _answer_by_mouse(hands: Hands, path: str, value: Any) -> Script:
    from desktop_app.wizard.flow import step_of

    window, step = the_case_window(), step_of(path)
    if window.content.wizard.current_step != step:
        hands.click(window.content.steps.viewport(), _place_of_step(step))
        yield lambda: window.content.wizard.current_step == step
    page = window.content.wizard.current_page
    yield lambda: path in page.rows
    row = page.rows[path]
    page.scroller.ensureWidgetVisible(row, 0, 60)  # a turn of the wheel
    yield lambda: not row.visibleRegion().isEmpty()
    if isinstance(row.input, ChoiceInput):
        option = next(each for each in row.input.options if each.value == value)
        hands.click(option, QPoint(10, option.height() // 2))
    else:
        line = row.input.edit  # type: ignore[attr-defined]
        hands.click(line)
        names = row.input.search_line.names.list  # type: ignore[attr-defined]
        yield lambda: names.isVisible() and names.count() > 0
        item = next(
            names.item(place)
            for place in range(names.count())
            if names.item(place).data(Qt.ItemDataRole.UserRole) == value
        )
        names.scrollToItem(item)
        clicked = [float("-inf")]

        def is_chosen() -> bool:  # as a user does, click again where the list moved under the pointer
            done = bool(window.document.value(path) == value)
            is_shown = names.isVisible() and names.visualItemRect(item).isValid()
            if not done and is_shown and time.monotonic() - clicked[0] > AGAIN_SECONDS:
                clicked[0] = time.monotonic()
                hands.click(names.viewport(), names.visualItemRect(item).center())
            return done

        yield is_chosen
    yield lambda: window.document.value(path) == value
    yield lambda: window.autosave.is_kept


# --- kills ----------------------------------------------------------------------------------------------------------


def answer_until_killed(folder: Path) -> Script:
    """Give random answers as fast as the window takes them, and tell each that was confirmed."""
    hands = Hands()
    yield from begin(hands)
    window, chance = the_case_window(), random.Random(os.environ.get(SEED))
    yes_no = [path for path in fields() if path.startswith(("complaints.", "patient_factors.", "history."))]
    while True:
        path = chance.choice([*yes_no, "letter.history", "patient.birth_date"])
        if path == "letter.history":
            value: Any = f"tekst {chance.randrange(10**6)}"
        elif path == "patient.birth_date":
            value = f"{chance.randrange(1, 29)}-{chance.randrange(1, 13)}-"
        else:
            value = chance.choice([True, False])
        tell(giving=[path, value])
        if path == "patient.birth_date":  # half a date: no answer yet
            window.document.keep_raw(path, value)
        else:
            window.document.answer(path, value)
        if window.autosave.is_kept:
            tell(number=window.autosave.number, kept=[path, value])
        yield lambda: True


def answer_beside_another(folder: Path) -> Script:
    """Give random answers while another program does the same; tell what must be kept."""
    hands = Hands()
    yield from begin(hands)
    window, meeting = the_case_window(), Path(os.environ[MEETING])
    chance = random.Random(os.environ[SEED])
    tell(offered=window.content.bar.isVisible())
    (meeting / str(os.getpid())).touch()
    yield lambda: len(list(meeting.iterdir())) >= 2
    yes_no = [path for path in fields() if path.startswith(("complaints.", "patient_factors.", "history."))]
    for place in range(ANSWERS_BESIDE_ANOTHER):
        window.document.answer(chance.choice(yes_no), chance.choice([True, False]))
        window.document.answer("letter.history", f"{os.environ[SEED]} {place}")
        assert window.autosave.is_kept
        yield lambda: True
    case, _raws = window.document.snapshot()
    tell(number=window.autosave.number, case=json.loads(case.model_dump_json(exclude_none=True)))


def continue_last_case(folder: Path) -> Script:
    """Start again after a kill: the last case is offered, and is as it was."""
    hands = Hands()
    yield from begin(hands)
    window = the_case_window()
    yield lambda: window.content.bar.isVisible() and window.content.bar.action.isVisible()
    offered = window.content.bar.text.text()
    hands.click(window.content.bar.action)
    yield lambda: not window.document.is_empty()
    case, raws = window.document.snapshot()
    tell(
        offered=offered,
        number=window.autosave.number,
        case=json.loads(case.model_dump_json(exclude_none=True)),
        raws=raws,
        is_kept=window.autosave.is_kept,
    )


# --- printing -------------------------------------------------------------------------------------------------------


AGAIN_SECONDS = 4.0


def tells_more_than(window: Any, before: str) -> bool:
    """Whether the bar tells something else than before, and not merely that work is under way."""
    bar = window.content.bar
    return bar.isVisible() and bar.text.text() != before and not bar.action.isVisible()


def pressed_until_gone(hands: Hands, kind: type) -> Callable[[], bool]:
    """Presses Enter in a dialog, and again after a while: that of the system takes it once it knows its printers."""
    pressed = [float("-inf")]

    def is_gone() -> bool:
        if not isinstance(QApplication.activeModalWidget(), kind):
            return QApplication.activeModalWidget() is None
        if time.monotonic() - pressed[0] > AGAIN_SECONDS:
            pressed[0] = time.monotonic()
            hands.press("Return")
        return False

    return is_gone


def print_by_keys(folder: Path) -> Script:
    """A letter to the printer, with the keys of the menu and of the system's dialog."""
    from PySide6.QtPrintSupport import QPrintDialog

    hands = Hands()
    yield from begin(hands)
    window = the_case_window()
    for path, typed, expected in CASES["adult_with_giant_cell_tumour"]:
        yield from answer_by_keys(hands, path, typed, expected)
    hands.press("alt+8")
    yield lambda: window.content.preview._made is not None and window.content.preview.pages.isEnabled()
    before = window.content.bar.text.text()
    hands.press("ctrl+p")
    yield lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog)
    tell(dialog=QApplication.activeModalWidget().windowTitle())
    yield pressed_until_gone(hands, QPrintDialog)
    yield lambda: tells_more_than(window, before)
    tell(said=window.content.bar.text.text())


def print_with_an_incident(folder: Path) -> Script:
    """A letter to the printer, to which something happens while its dialog is open; tell what the bar says of it."""
    from PySide6.QtPrintSupport import QPrintDialog

    hands = Hands()
    yield from begin(hands)
    window = the_case_window()
    window.document.answer("lesion.category", "malignant")
    hands.press("alt+8")
    yield lambda: window.content.preview._made is not None and window.content.preview.pages.isEnabled()
    before = window.content.bar.text.text()
    hands.press("ctrl+p")
    incident = shlex.split(os.environ[INCIDENT])
    if incident:
        yield lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog)
        subprocess.run(incident, check=True, timeout=30)
        hands.press("Return")
    yield lambda: tells_more_than(window, before)
    tell(error=window.content.bar.text.text())


# --- bad input --------------------------------------------------------------------------------------------------------

BAD = {
    "patient.family_name": "<b>Vet</b> & \u05d9\u05d5\u05e1\u05d9 \u00e7\u0301",
    "patient.birth_date": "31-02-2026",
    "patient.age_years": "-1",
    "patient.bsn": "123456789",
    "patient.patient_number": "N" * 200,
    "lesion.bone": "<i>zzz",
    "lesion.size_mm": "NaN x 1e9",
    "letter.question": "{0} <img src=x> \U0001f9b4",
}


def bad_input_by_keys(folder: Path) -> Script:
    """Type bad input in a sample of fields, look at the screen, and close the window with Alt+F4."""
    hands = Hands()
    yield from begin(hands)
    window = the_case_window()
    for path, text in BAD.items():
        yield from go_to(hands, path)
        if text.isascii():
            hands.type(text)
        else:  # the keyboard of a screen that nobody sees has no such keys
            QApplication.clipboard().setText(text)
            hands.press("ctrl+v")
        field = window.content.wizard.current_page.rows[path].input
        yield lambda field=field, text=text: field.text() == text
        hands.press("Tab")
        row = window.content.wizard.current_page.rows[path]
        is_told = path not in ("patient.family_name", "patient.patient_number", "letter.question")
        yield lambda row=row, is_told=is_told: row.message.isVisible() == is_told
        tell(message=[path, row.message.text()])
        if path in ("patient.patient_number", "lesion.size_mm"):
            QApplication.primaryScreen().grabWindow(0).save(str(folder / f"{path}.png"))
    yield (
        lambda: (
            window.autosave.is_kept
            and window.content.preview._made is not None
            and window.content.preview.pages.isEnabled()
        )
    )
    window.repaint()
    QApplication.primaryScreen().grabWindow(0).save(str(folder / "letter.png"))
    case, raws = window.document.snapshot()
    tell(number=window.autosave.number, case=json.loads(case.model_dump_json(exclude_none=True)), raws=raws)
    tell(title=window.windowTitle(), banner=window.content.banner.name.words)
    tell(end="well")  # the last that is told, unless the window stays
    hands.press("alt+F4")
    yield lambda: False
