"""What the fuzzers share: documents that were changed at random, and how often each test tries.

Each attempt changes a few places of a good document, or of its bytes, to anything; Hypothesis chooses, and makes what
failed small.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 200),
    st.just(10**400),
    st.floats(),
    st.sampled_from(
        ["", "uncertain", "2026-11-23", "2026-02-30", "osteosarcoma", "\x1b[2J", "\u202e", "\ud800", "a.b"]
    ),
    st.text(max_size=8),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
"""Any plain data."""
NESTED = st.integers(1, 1200).flatmap(lambda depth: st.sampled_from([_nested_list(depth), _nested_group(depth)]))


def _nested_list(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def _nested_group(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"a": found}
    return found


def places_in(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in plain data, that of the whole first."""
    yield place
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, item in items:
        yield from places_in(item, (*place, step))


@st.composite
def changed_data(draw: st.DrawFn, documents: Sequence[Any], names: Sequence[str] = ()) -> Any:
    """One of these documents with up to three places replaced, removed or added to."""
    data = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places_in(data))))
        value = draw(ANYTHING)
        if not place:
            if not isinstance(data, dict):
                return value
            data[draw(st.sampled_from(names) if names else st.text(max_size=6))] = value
            continue
        group = data
        for step in place[:-1]:
            group = group[step]
        match draw(st.sampled_from(["replace", "replace", "remove", "rename", "add"])):
            case "replace":
                group[place[-1]] = value
            case "remove":
                del group[place[-1]]
            case "rename" if isinstance(group, dict):
                group[draw(st.text(max_size=6) | st.sampled_from(names or ["id"]))] = group.pop(place[-1])
            case _ if isinstance(group[place[-1]], list):
                group[place[-1]].append(value)
            case _:
                group[place[-1]] = [group[place[-1]], value]
    return data


@st.composite
def changed_bytes(draw: st.DrawFn, documents: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    """One of these files with up to six places of its bytes replaced, cut, repeated or filled with a telling part."""
    content = bytearray(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(["flip", "cut", "repeat", "part", "part", "end"])):
            case "flip" if content:
                content[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del content[at : at + length]
            case "repeat":
                content[at:at] = content[at : at + length] * draw(st.integers(1, 50))
            case "part":
                content[at : at + draw(st.integers(0, 8))] = draw(st.sampled_from(parts))
            case "end":
                del content[at:]
    return bytes(content)


def attempt(strategy: st.SearchStrategy[Any], number: int, read: Callable[[Any], str]) -> Counter[str]:
    """Read so many files, and count how each ended; whatever `read` raises is the failure of the test."""
    ends: Counter[str] = Counter()

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def each(file: Any) -> None:
        ends[read(file)] += 1

    each()
    print(f"{sum(ends.values()):,} attempts: {dict(ends)}")
    return ends
