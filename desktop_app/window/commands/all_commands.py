"""What each command of a window does, by the name that menus and panes give it; what carries it out is made late."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.window.parts.menu import STEP_PREFIX
from desktop_app.wizard.flow import STEPS

if TYPE_CHECKING:
    from desktop_app.window.main_window import MainWindow

Command = Callable[[], object]


def commands_of(window: "MainWindow") -> dict[str, Command]:
    """All commands of a window, by name."""
    return {
        "new": lambda: window.commands.new_case(),
        "open": lambda: window.commands.open_dialog(),
        "open_file": lambda: window.commands.open_file_dialog(),
        "patient_file": lambda: window.patients.choose_file(),
        "save": lambda: window.commands.save(),
        "save_as": lambda: window.commands.save_as(),
        "export": lambda: window.commands.export(),
        "print": lambda: window.letter.print_it(),
        "save_pdf": lambda: window.letter.save_pdf(),
        "print_shown": lambda: window.letter.print_it(window.preview.paper),
        "save_shown": lambda: window.letter.save_pdf(window.preview.paper),
        "close": window.close,
        "quit": QApplication.closeAllWindows,
        "undo": window.document.undo_stack.undo,
        "redo": window.document.undo_stack.redo,
        "copy_letter": lambda: window.letter.copy(),
        "copy_plan": lambda: window.letter.copy_plan(),
        "show_plan": partial(_show_view, window, PLAN),
        "show_letter": partial(_show_view, window, LETTER),
        "next_question": partial(_go_to_next_question, window),
        "what_if": lambda: window.content.try_at_hand(),
        "meeting": lambda: window.meeting.toggle(),
        "hide": window.hide_case,
        "settings": window.settings.ask,
        "handbook": lambda: window.handbook.open_at(_chapter(window)),
        "about": partial(_tell_about, window),
        **{f"{STEP_PREFIX}{step}": partial(_go_to_step, window, step) for step in STEPS},
    }


def _chapter(window: "MainWindow") -> str:
    """The chapter of the handbook on what the window shows: a trial is a way to read the plan."""
    return window.wizard.current_step if window.content.trial is None else "plan"


def _go_to_step(window: "MainWindow", step: str) -> None:
    window.content.leave_trial()
    window.wizard.go_to_step(step)


def _show_view(window: "MainWindow", view: int) -> None:
    window.content.leave_trial()
    window.tabs.setCurrentIndex(view)


def _go_to_next_question(window: "MainWindow") -> None:
    window.content.leave_trial()
    window.plan_view.go_to_next_question()


def _tell_about(window: "MainWindow") -> None:
    from desktop_app.window.about import about_text

    services = window.services
    window.messages.show_text(services.window_words("about", "title"), about_text(services))
