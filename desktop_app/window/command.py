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
    """Where an entry stands: in which menu, in which group of it (lines divide groups), and where in that group."""

    menu: Menu
    group: int
    order: int


def always() -> bool:
    """Whether a command can be given that always can."""
    return True


def no_field() -> str:
    """The field that a command would change that changes none."""
    return ""


class Command(NamedTuple):
    """Something that the user can do, from a menu or by keys."""

    name: str
    place: Place
    run: Callable[[], object]
    keys: str = ""
    """The keys that give it anywhere in the window."""
    button_keys: str = ""
    """The keys of a button that does the same: the menu only shows them."""
    words: tuple[str, ...] = ()
    """Where its words stand in the phrases; by its name among those of the menus when nothing is said."""
    is_enabled: Callable[[], bool] = always
    field: Callable[[], str] = no_field
    """The path of the field that it would change now: the menu names it."""


class Entry(NamedTuple):
    """An entry of a submenu; None: it only says something."""

    words: str
    run: Callable[[], object] | None = None


class Submenu(NamedTuple):
    """A menu inside a menu; its entries are asked for each time it opens."""

    name: str
    place: Place
    entries: Callable[[], Sequence[Entry]]
    words: tuple[str, ...] = ()


Offered = Command | Submenu


def words_of(offered: Offered | Menu, phrases: Phrases) -> str:
    """The words of a command, of a submenu or of a menu, with "&" before their letter."""
    if isinstance(offered, Menu):
        return phrases.get("window", "menu", offered.value)
    return phrases.get(*(offered.words or ("window", "menu", offered.name)))
