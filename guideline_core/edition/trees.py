"""Finding places in the tree of a parsed file: mappings, lists and texts."""

from collections.abc import Iterable, Iterator, Mapping

Place = tuple[str | int, ...]
"""The way through a file to an entry: keys of mappings and numbers of lists."""


def mapping(tree: object) -> Mapping[str, object]:
    """A tree as a mapping; an empty one for anything else, which another check reports."""
    return {str(key): item for key, item in tree.items()} if isinstance(tree, Mapping) else {}


def inside(tree: object, step: str | int) -> object:
    """The part of a tree under one key or number; raises LookupError when there is none."""
    if isinstance(tree, Mapping) and step in tree:
        found: object = tree[step]
        return found
    if isinstance(tree, list) and isinstance(step, int):
        item: object = tree[step]  # IndexError is a LookupError too
        return item
    raise LookupError(step)


def placed(tree: object, location: Iterable[str | int]) -> Place:
    """The place in a tree that a validator means, without its own marks and without what is missing."""
    place: Place = ()
    for step in location:
        try:
            tree = inside(tree, step)
        except LookupError:
            continue
        place = (*place, step)
    return place


def entry_of(tree: object, place: Iterable[str | int]) -> str:
    """The id of the innermost entry on the way to a place; its key where it has no id."""
    found = ""
    for step in place:
        try:
            tree = inside(tree, step)
        except LookupError:
            break
        if isinstance(tree, Mapping) and isinstance(tree.get("id"), str):
            found = tree["id"]
        elif not found and isinstance(step, str):
            found = step
    return found


def texts_in(tree: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a tree, with its place."""
    if isinstance(tree, str):
        yield place, tree
    elif isinstance(tree, Mapping):
        for key, item in tree.items():
            yield from texts_in(item, (*place, key))
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from texts_in(item, (*place, number))
