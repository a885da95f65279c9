"""What the menus offer: each command has words in both languages and one place in a menu, and no key acts twice."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtWidgets import QMenu

from desktop_app.library.phrases import LANGUAGES, MissingPhrase
from desktop_app.window.command import Command, Menu, Offered, Place, Submenu, words_of
from desktop_app.wizard.flow import STEPS

LINE = "-"
MENUS = {
    Menu.FILE: [
        *("new", "open", "recent", "open_file", "patient_file", LINE, "save", "save_as", "export", LINE),
        *("print", "save_pdf", LINE, "close", "quit"),
    ],
    Menu.EDIT: ["undo", "redo", LINE, "copy_letter", "copy_plan"],
    Menu.VIEW: [
        *("show_plan", "show_letter", "next_question", "what_if", "meeting", LINE),
        *(f"step:{step}" for step in STEPS),
        *(LINE, "hide"),
    ],
    Menu.EXTRA: ["settings"],
    Menu.HELP: ["handbook", "about"],
}
"""What a user finds where."""


def wrong_in(offered: Sequence[Offered]) -> Iterator[str]:
    """What is wrong with what the menus offer."""
    keys = [key for each in offered if isinstance(each, Command) for key in (each.keys, each.button_keys) if key]
    for what, values in (
        ("name", [each.name for each in offered]),
        ("place", [each.place for each in offered]),
        ("keys", keys),
    ):
        yield from (f"{what} twice: {value}" for value, count in Counter(values).items() if count > 1)
    for language in LANGUAGES:
        for each in offered:
            try:
                words_of(each, phrases(language))
            except MissingPhrase:
                yield f"no words in {language}: {each.name}"


def test_each_command_has_words_and_a_place_and_keys_of_its_own(window):
    assert len(window.menu.offered) > 30
    assert list(wrong_in(window.menu.offered)) == []


SAVE = Command("save", Place(Menu.FILE, 1, 1), lambda: None, "Ctrl+S")


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        (SAVE._replace(place=Place(Menu.FILE, 1, 2), keys=""), "name twice: save"),
        (SAVE._replace(name="open", keys=""), f"place twice: {SAVE.place}"),
        (SAVE._replace(name="open", place=Place(Menu.HELP, 1, 1)), "keys twice: Ctrl+S"),
        (SAVE._replace(name="open", place=Place(Menu.HELP, 1, 1), keys="", button_keys="Ctrl+S"), "keys twice: Ctrl+S"),
        (Submenu("sing", Place(Menu.HELP, 1, 1), lambda: ()), "no words in nl: sing"),
    ],
)
def test_what_is_wrong_with_a_command_is_noticed(other, fault):
    assert list(wrong_in([SAVE])) == []
    assert fault in wrong_in([SAVE, other])


def entries_of(menu: QMenu, names: dict[object, str]) -> list[str]:
    return [LINE if action.isSeparator() else names.get(action, "recent") for action in menu.actions()]


def test_each_command_stands_where_one_looks_for_it(window):
    names = {action: name for name, action in window.menu.actions.items()}
    found = {menu: entries_of(made, names) for menu, made in zip(Menu, window.menu.menus, strict=True)}
    assert found == MENUS


def test_the_menu_shows_the_keys_of_a_button_and_does_not_take_them(window):
    action = window.menu.actions["next_question"]
    assert action.text().endswith("\tF6") and action.shortcut().isEmpty()


def test_a_command_that_cannot_be_given_is_grey(window):
    undo = window.menu.actions["undo"]
    assert not undo.isEnabled() and ":" not in undo.text()
    window.document.answer("lesion.category", "malignant")
    assert undo.isEnabled() and undo.text().endswith(f": {phrases().label('lesion.category')}")


def test_each_action_of_the_menus_is_called_otherwise_and_does_something(window):
    texts = [action.text().replace("&", "") for action in window.menu.actions.values()]
    assert all(texts) and len(set(texts)) == len(texts)
    for name in ("show_letter", "show_plan", "next_question", "hide", "about", "save", "copy_plan"):
        window.menu.actions[name].trigger()
    assert "PySide6" in " ".join(text for _, text in window.messages.said)
