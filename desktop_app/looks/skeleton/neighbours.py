"""From one part of the figure to the one beside it, for those who walk with the arrows."""

import math

from desktop_app.looks.skeleton.figure import Figure, Part, View

INSET_VIEWS: dict[str, tuple[View, ...]] = {"hand": ("hand",), "foot": ("foot",), "skull": ("skull_front",)}
STRAIGHT = math.cos(math.radians(60))
"""What lies further aside than this is not in the direction of an arrow."""


def neighbour(figure: Figure, start: Part, right: int, down: int) -> Part | None:
    """The nearest part in a direction (right: -1, 0, 1; down: -1, 0, 1); what lies aside counts as further away."""
    found: tuple[float, Part | None] = (math.inf, None)
    for part in figure.parts:
        if part is start or part.anchor is None or start.anchor is None:
            continue
        x, y = part.anchor[0] - start.anchor[0], part.anchor[1] - start.anchor[1]
        away = math.hypot(x, y)
        ahead = (x * right + y * down) / away
        if ahead > STRAIGHT and away / ahead**2 < found[0]:
            found = (away / ahead**2, part)
    return found[1]


def first_of_inset(figure: Figure, door: Part) -> Part:
    """Where a door leads to: the first region of its enlargement, at the same side of the patient."""
    views = INSET_VIEWS[door.inset]
    sides = (door.side, "midline")
    return next(part for part in figure.regions if part.view in views and part.side in sides)
