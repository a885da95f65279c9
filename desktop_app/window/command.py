"""What a menu of the window offers: commands and submenus, as values."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from desktop_app.library.phrases import Phrases


class Menu(StrEnum):
    """The menus, in the order of the menu bar; their words stand under these names."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    EXTRA = "extra"
    HELP = "help"


class Place(NamedTuple):
    """Where an entry stands: the menu, the group in that menu (lines divide groups), and the order in that group."""

    menu: Menu
    group: int
    order: int


def always() -> bool:
    """For commands that are never grey."""
    return True


def no_field() -> str:
    """For commands that change no field."""
    return ""


class Command(NamedTuple):
    """Something that the user can do, from a menu or by keys."""

    name: str
    place: Place
    run: Callable[[], object]
    keys: str = ""
    """The keys for it, anywhere in the window."""
    button_keys: str = ""
    """The keys of a button that does the same; the menu only shows them."""
    words: tuple[str, ...] = ()
    """Where its words stand in the phrases; when empty, under its name among the words of the menus."""
    is_enabled: Callable[[], bool] = always
    field: Callable[[], str] = no_field
    """The path of the field that it would change now; the menu names that field."""


class Entry(NamedTuple):
    """An entry of a submenu. Without `run` it only says something."""

    words: str
    run: Callable[[], object] | None = None


class Submenu(NamedTuple):
    """A menu inside a menu; its entries are looked up each time it opens."""

    name: str
    place: Place
    entries: Callable[[], Sequence[Entry]]
    words: tuple[str, ...] = ()


Offered = Command | Submenu


def words_of(offered: Offered | Menu, phrases: Phrases) -> str:
    """The words of a command, of a submenu or of a menu, with "&" before the letter that picks it."""
    if isinstance(offered, Menu):
        return phrases.get("window", "menu", offered.value)
    return phrases.get(*(offered.words or ("window", "menu", offered.name)))
