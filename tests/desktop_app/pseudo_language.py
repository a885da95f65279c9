"""A language in which every phrase stands in brackets, and all that can be seen or heard in a window."""

import re
from collections.abc import Iterator

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
    QWizardPage,
)

from desktop_app.library.phrases import Phrases

OPEN, CLOSE = "⟦", "⟧"
KEY_NAMES = ("F6", "F9", "Esc")
"""What is printed on the keys of a keyboard."""
FORMS = (("command_line", "months"),)
"""Phrases that are taken apart by the program: the brackets stand around what it makes of them."""


class PseudoPhrases(Phrases):
    """Phrases in brackets."""

    def find(self, file: str, *keys: str) -> str | None:
        found = super().find(file, *keys)
        return found if found is None or (file, *keys[:1]) in FORMS else f"{OPEN}{found}{CLOSE}"

    def date(self, value: object) -> str:
        return f"{OPEN}{super().date(value)}{CLOSE}"


def pseudo(phrases: Phrases) -> PseudoPhrases:
    return PseudoPhrases(phrases.language, phrases._tree, phrases._more)


def untranslated(text: str, data: tuple[str, ...] = ()) -> str:
    """The letters of a text that came from no phrase; empty when all did. What `data` names is no text of ours."""
    rest = text
    while (shorter := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", rest)) != rest:
        rest = shorter
    rest = re.sub(rf"{OPEN}[^{CLOSE}]*$", "", rest)  # cut at the end with an ellipsis
    for known in sorted((*data, *KEY_NAMES, "Botwijzer"), key=len, reverse=True):
        rest = rest.replace(known, "")
    return "".join(letter for letter in rest if letter.isalpha())


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """What one widget shows or says, with the way in which it does."""
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tip", re.sub(r"</?qt>", "", widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    if isinstance(widget, QGroupBox | QMenu):
        yield "title", widget.title()
    if isinstance(widget, QWizardPage):
        yield from (("title", widget.title()), ("subtitle", widget.subTitle()))
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QAbstractSpinBox):
        yield "value", widget.text()
    if isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(place)) for place in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(place)) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                yield "row", str(model.index(row, 0).data(role) or "")


def all_texts(root: QWidget) -> Iterator[tuple[str, str, str]]:
    """Everything that is seen or said in a widget: which widget, in which way, what."""
    widgets = [root, *root.findChildren(QWidget)]
    for widget in widgets:
        if widget is not root and not widget.isVisibleTo(root):
            continue
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        yield from ((where, way, text) for way, text in texts_of(widget) if text)
    for action in root.findChildren(QAction):
        parent = action.parent()
        if action.isVisible() and not action.isSeparator() and not (isinstance(parent, QLineEdit)):
            yield "QAction", "text", action.text().partition("\t")[0]
