"""Undo and redo: each says which answer it would change."""

from PySide6.QtGui import QUndoStack

from desktop_app.window.command import Command, Menu, Place


def answer_commands(stack: QUndoStack) -> tuple[Command, ...]:
    """Undo and redo of the answers. The text of a step on the stack is the path of its field."""
    undo, redo = Place(Menu.EDIT, 1, 1), Place(Menu.EDIT, 1, 2)
    return (
        Command("undo", undo, stack.undo, "Ctrl+Z", is_enabled=stack.canUndo, field=stack.undoText),
        Command("redo", redo, stack.redo, "Ctrl+Y", is_enabled=stack.canRedo, field=stack.redoText),
    )
