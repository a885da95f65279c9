"""Works the real program by real key presses and mouse clicks (xdotool), from inside its own process.

`python -m tests.windows.driver SCRIPT FOLDER` starts the program as a user would and lets the script use keyboard and
mouse; it looks at the window only to see where it is. Lines on standard output tell the test what happened.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop_app.window import start as window_start

# isort: split
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from desktop_app.window.dialogs.passphrase import PassphraseDialog
from desktop_app.window.main_window import MainWindow
from desktop_app.window.start import has_own_store
from desktop_app.wizard.flow import STEPS, step_of
from desktop_app.wizard.inputs.choice import ChoiceInput
from tests.windows.acts import TO_SAVE, TO_START, answering, going_to
from tests.windows.driver_words import PASSPHRASE

PATIENCE_SECONDS = 20.0
POLL_MS = 5

Wait = Callable[[], bool]
Script = Iterator[Wait]


def tell(**facts: Any) -> None:
    """A line for the test."""
    print(json.dumps(facts, ensure_ascii=False), flush=True)


class Hands:
    """Keyboard and mouse; counts what a user would do, and notes each act by its name (tests/windows/acts.py)."""

    def __init__(self) -> None:
        self.keys = 0
        self.clicks = 0
        self.acts: list[str] = []

    def press(self, *names: str) -> None:
        """Press keys by their X names, such as Tab or ctrl+s."""
        self.keys += len(names)
        self._do("key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self.keys += len(text)
        self._do("type", "--clearmodifiers", "--delay", "2", "--", text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click in a widget."""
        self.clicks += 1
        place = widget.mapToGlobal(at or widget.rect().center())
        self._do("mousemove", str(place.x()), str(place.y()), "click", "1")

    @staticmethod
    def _do(*words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, timeout=60)


class Runner:
    """Runs a script step by step while the program runs: each step waits until what it waits for is so."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._wait: Wait = lambda: True
        self._since = time.monotonic()
        self._timer = QTimer(interval=POLL_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        if self._wait():
            self._advance()
        elif time.monotonic() - self._since > PATIENCE_SECONDS:
            self._end(f"waited in vain at {self._where()}")

    def _advance(self) -> None:
        self._timer.stop()
        try:
            self._wait = next(self._script)
            self._since = time.monotonic()
            self._timer.start()
        except StopIteration:
            self._end(None)
        except Exception as error:
            self._end(repr(error))

    def _where(self) -> str:
        inner: Any = self._script
        while getattr(inner, "gi_yieldfrom", None) is not None:
            inner = inner.gi_yieldfrom
        frame = inner.gi_frame
        focus = QApplication.focusWidget()
        if QApplication.topLevelWidgets():
            QApplication.primaryScreen().grabWindow(0).save("/tmp/botwijzer-waited-in-vain.png")
        return f"line {frame.f_lineno if frame else '?'}, focus {type(focus).__name__}, {_titles()}"

    def _end(self, fault: str | None) -> None:
        self._timer.stop()
        tell(end=fault or "well")
        for window in QApplication.topLevelWidgets():
            window.hide()
        QApplication.exit(1 if fault else 0)


def _titles() -> str:
    return ", ".join(f"{type(w).__name__}" for w in QApplication.topLevelWidgets() if w.isVisible())


# --- what scripts are made of ---------------------------------------------------------------------------------------


def newest_window() -> MainWindow | None:
    """The newest window of the program."""
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    return shown[-1] if shown else None


def is_typing_in(kind: type[QWidget]) -> bool:
    """Whether a dialog of this kind is open and the cursor is in a line of it."""
    active, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
    return isinstance(active, kind) and isinstance(focus, QLineEdit) and active.isAncestorOf(focus)


def begin(hands: Hands) -> Script:
    """Wait for the window, and give the passphrase that a computer without keyring asks for: a store that is there
    asks for it at the start, and a new one with the first answer, which is given and taken back here."""
    yield lambda: newest_window() is not None and QApplication.activeWindow() is not None
    is_new = not has_own_store()
    yield _has_focus
    if is_new:
        the_case_window().document.keep_raw("patient.birth_date", "1")
    yield lambda: is_typing_in(PassphraseDialog)
    hands.type(PASSPHRASE)
    hands.press("Return")
    if is_new:
        yield _is_in_second_line
        hands.type(PASSPHRASE)
        hands.press("Return")
    hands.acts.extend(TO_START)
    yield lambda: the_case_window().autosave.is_open
    if is_new:
        the_case_window().document.undo_stack.undo()
    yield _has_focus


def _is_in_second_line() -> bool:
    dialog = QApplication.activeModalWidget()
    return isinstance(dialog, PassphraseDialog) and QApplication.focusWidget() is dialog.again


def the_case_window() -> MainWindow:
    """The window; there is one."""
    window = newest_window()
    assert window is not None
    return window


def _has_focus() -> bool:
    focus = QApplication.focusWidget()
    return QApplication.activeModalWidget() is None and focus is not None and the_case_window().isAncestorOf(focus)


def is_in(path: str) -> bool:
    """Whether the cursor is in the question of a field."""
    row = the_case_window().content.wizard.current_page.rows.get(path)
    focus = QApplication.focusWidget()
    return row is not None and focus is not None and row.isAncestorOf(focus)


def go_to_step(hands: Hands, step: str) -> Script:
    """Go to a step by its key."""
    hands.press(f"alt+{STEPS.index(step) + 1}")
    hands.acts.append(going_to(step))
    yield lambda: the_case_window().content.wizard.current_step == step and _has_focus()


def go_to(hands: Hands, path: str) -> Script:
    """Go to a question by keys: to its step, and on with Tab."""
    step = step_of(path)
    if the_case_window().content.wizard.current_step != step:
        yield from go_to_step(hands, step)
    for _ in range(80):
        if is_in(path):
            return
        before = QApplication.focusWidget()
        hands.press("Tab")
        yield lambda before=before: QApplication.focusWidget() is not before  # type: ignore[misc]
    raise AssertionError(f"{path} is not reached with Tab")


def answer_by_keys(hands: Hands, path: str, typed: str, expected: Any) -> Script:
    """Answer the question in which the cursor is, and wait until the answer is kept."""
    yield from go_to(hands, path)
    window = the_case_window()
    field = window.content.wizard.current_page.rows[path].input
    if isinstance(field, ChoiceInput):
        hands.press(_key_of(field, expected))
    else:
        hands.type(typed)
        if not path.startswith("letter."):
            hands.press("Return")
    hands.acts.append(answering(path))
    yield lambda: _plain(window.document.value(path)) == expected
    yield lambda: window.autosave.is_kept
    tell(answered=path)


def _key_of(field: ChoiceInput, value: Any) -> str:
    if field.is_yes_no:
        return {True: "j", False: "n", None: "o"}[value]
    return str([option.value for option in field.options].index(value) + 1)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def save_pdf_by_keys(hands: Hands, path: Path) -> Script:
    """Save the letter with the keys of the menu and of the file dialog."""
    window = the_case_window()
    if window.content.wizard.current_step != "letter":
        yield from go_to_step(hands, "letter")
    yield lambda: window.content.preview._made is not None and window.content.preview.pages.isEnabled()
    hands.press("ctrl+shift+p")
    yield lambda: is_typing_in(QFileDialog)
    hands.press("ctrl+a")
    hands.type(str(path))
    hands.press("Return")
    hands.acts.extend(TO_SAVE)
    yield lambda: path.exists() and path.stat().st_size > 0
    yield lambda: QApplication.activeModalWidget() is None


def run(script: Callable[[Path], Script], folder: Path) -> int:
    """Start the program and let the script work it."""
    application = window_start.application_of_program()
    runner = Runner(script(folder))
    application.setProperty("runner", runner)
    return window_start.main()


if __name__ == "__main__":
    from tests.windows import scripts

    sys.exit(run(getattr(scripts, sys.argv[1]), Path(sys.argv[2])))
