"""The menu of a question or of a row of the plan: to try another answer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.library.phrases import Phrases


def show_what_if_menu(
    parent: QWidget, paths: Sequence[str], place: QPoint, phrases: Phrases, try_field: Callable[[str], None]
) -> QMenu:
    """Show a menu that offers to try another answer to each of these questions; it is gone when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for path in dict.fromkeys(paths):
        words = phrases.get("window", "what_if", "menu").format(field=phrases.label(path)).replace("&", "&&")
        menu.addAction(words).triggered.connect(lambda _checked=False, path=path: try_field(path))
    menu.popup(place)
    return menu
