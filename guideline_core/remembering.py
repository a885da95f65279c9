"""A function that remembers what it found, by what decides it.

It forgets all at once when there is too much. Remembering changes speed, never a plan.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")

MOST = 2_000
"""Results that each memory keeps: a case and all its possible next answers take two hundred at most, and there are some
thirteen hundred memories."""


def remembering(
    signature: Callable[[Asked], Hashable], find: Callable[[Asked], Found], most: int = MOST
) -> Callable[[Asked], Found]:
    """The same function, asked once for each signature; nothing that the signature leaves out may decide its result."""
    known: dict[Hashable, Found] = {}

    def remembered(asked: Asked) -> Found:
        key = signature(asked)
        found = known.get(key)
        if found is None:
            if len(known) > most:
                known.clear()
            found = known[key] = find(asked)
        return found

    return remembered
