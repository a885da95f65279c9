"""Reads entries: the tree of a file becomes values of one kind. A faulty entry does not stop the others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from guideline_core.edition.entry_types import gathered
from guideline_core.edition.trees import Place, entry_of, inside, mapping, placed

NoteFault = Callable[[str, Place, str, str], None]
"""Takes a fault: the file, the place in it, the entry, and what is wrong."""
Where = tuple[str, Place]
"""A file, and a place in it."""
Context = Mapping[str, object] | None
"""What reading an entry needs beside the entry."""
Value = TypeVar("Value")

_ADAPTERS: dict[type, TypeAdapter[object]] = {}
_SAID_IN_FULL = ("words", "condition", "cell", "kind_of_rule", "day")
"""What is said of a fault by the type that found it, and needs no more words."""


class EntryReader:
    """Reads entries from the trees of an edition: its parsed files, by name."""

    def __init__(self, trees: Mapping[str, object], note: NoteFault) -> None:
        self.trees = trees
        self.note = note
        self.are_complete = True
        """Whether every entry that was read became a value."""

    def file(self, kind: type[Value], name: str, context: Context = None) -> Value | None:
        """A whole file as one value; None when it is missing or wrong."""
        tree = self.trees.get(name)
        return None if tree is None else self._read(kind, tree, (name, ()), "", context)

    def each(
        self, kind: type[Value], where: Where, context: Context = None, words: str = "", **given: str
    ) -> Iterator[tuple[str, Value]]:
        """The entries at a place, by their keys. `words` names the attribute that holds the nl and en of an entry;
        `given` holds the attributes that follow from the place."""
        file, place = where
        for key, item in self.entries_at(where).items():
            entry = mapping(gathered(item, words) if words else item)
            for repeated in entry.keys() & {"id", *given}:
                self.note(file, (*place, key, repeated), key, f"unknown key '{repeated}'")
            value = self._read(kind, {**entry, "id": key, **given}, (file, (*place, key)), key, context)
            if value is not None:
                yield key, value

    def entries_at(self, where: Where) -> Mapping[str, object]:
        """The entries at a place; anything else is a fault."""
        file, place = where
        tree = self.trees.get(file)
        for step in place:
            tree = mapping(tree).get(str(step))
        if not isinstance(tree, Mapping):
            self.note(file, place, "", "entries by their ids are expected")
            self.are_complete = False
        return mapping(tree)

    def _read(self, kind: type[Value], tree: object, where: Where, entry: str, context: Context) -> Value | None:
        """An entry as a value, or None with its faults noted. If only conditions are faulty they are replaced, so that
        whatever uses the entry can still be checked."""
        try:
            return _validated(kind, tree, context)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        file, place = where
        wrong = [placed(tree, item["loc"]) for item in errors]
        for item, inner in zip(errors, wrong, strict=True):
            self.note(file, (*place, *inner), entry or entry_of(tree, inner), _message_of(item))
        if any(item["type"] != "condition" for item in errors):
            self.are_complete = False
            return None
        return _validated(kind, _with_always_at(tree, wrong), context)


def _validated(kind: type[Value], tree: object, context: Context) -> Value:
    if kind not in _ADAPTERS:  # making one takes longer than using it
        _ADAPTERS[kind] = TypeAdapter(kind)
    value = _ADAPTERS[kind].validate_python(tree, context=context)
    assert isinstance(value, kind)
    return value


def _with_always_at(tree: object, places: Iterable[Place]) -> object:
    """The tree with the conditions at these places replaced by one that always holds."""
    mended = deepcopy(tree)
    for *way, last in places:
        group: object = mended
        for step in way:
            group = inside(group, step)
        if isinstance(group, dict):
            group[last] = "always"
    return mended


def _message_of(error: ErrorDetails) -> str:
    kind, last = error["type"], error["loc"][-1] if error["loc"] else ""
    if kind in _SAID_IN_FULL:
        return error["msg"]
    if kind == "missing":
        return f"'{last}' is missing"
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"unknown key '{last}'"
    return f"'{last}': {error['msg'][:1].lower()}{error['msg'][1:]}"
