"""Catches what goes wrong in a method that Qt calls, for there an exception can vanish and leave an old page standing.

    @guarded()
    def initializePage(self) -> None: ...

The defect is logged without a word of patient data (kind and place only), and the nearest page or wizard around the
widget is put in a visible error state.
"""

import functools
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, ParamSpec, Protocol, TypeVar, runtime_checkable

_log = logging.getLogger("botwijzer.wizard")

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@runtime_checkable
class ShowsDefect(Protocol):
    """A page or wizard that can be put in a visible error state."""

    def show_defect(self) -> None:
        """Show that something went wrong here."""


# Any: a fallback is of the type that the method returns, and None fits those that return nothing.
def guarded(fallback: Any = None) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Make a method safe for Qt to call; after a defect it returns the fallback."""

    def decorate(method: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @functools.wraps(method)
        def safe(*arguments: Parameters.args, **named: Parameters.kwargs) -> Result:
            try:
                return method(*arguments, **named)
            except Exception as error:
                report_defect(arguments[0], method.__qualname__, error)
                return fallback

        return safe

    return decorate


def report_defect(widget: object, place: str, error: BaseException) -> None:
    """Log a defect and show it on the nearest page around the widget."""
    _log.error("defect in %s: %s at %s", place, type(error).__name__, _where(error.__traceback__))
    shown_by = _nearest(widget)
    if shown_by is not None:
        try:
            shown_by.show_defect()
        except Exception as second:
            _log.critical("the defect could not be shown: %s", type(second).__name__)


def _where(traceback: TracebackType | None) -> str:
    """The innermost line of a traceback; its variables are never read."""
    if traceback is None:
        return "?"
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{traceback.tb_frame.f_code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}"


def _nearest(widget: object) -> ShowsDefect | None:
    """The widget itself or the first around it that can show a defect."""
    while widget is not None:
        if isinstance(widget, ShowsDefect):
            return widget
        parent = getattr(widget, "parent", None)
        widget = parent() if callable(parent) else None
    return None
