"""Outlines as polygons: what lies inside, and how far away the rest is. Lengths in units of the figure."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop_app.looks.drawing.picture import Command

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Outline(NamedTuple):
    """A polygon, and the box around it that tells quickly whether it can be near."""

    points: tuple[Point, ...]
    box: Box


STEPS_OF_CURVE = 4
"""In so many straight pieces a curve is cut; the curves of the figure are short."""


def _weights(t: float) -> tuple[float, float, float, float]:
    """How much each of the four points of a Bézier curve counts at t, from 0 (its start) to 1 (its end)."""
    return (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3


_WEIGHTS = tuple(_weights(step / STEPS_OF_CURVE) for step in range(1, STEPS_OF_CURVE + 1))


def mirrored(commands: Sequence[Command], axis: float) -> tuple[Command, ...]:
    """The same path on the other side of a vertical line at x = axis."""
    return moved(commands, -1.0, 2 * axis, 1.0, 0.0)


def moved(commands: Sequence[Command], factor_x: float, x: float, factor_y: float, y: float) -> tuple[Command, ...]:
    """The path with each point (px, py) at (factor_x * px + x, factor_y * py + y)."""
    return tuple(
        (
            letter,
            tuple(
                factor_y * number + y if place % 2 else factor_x * number + x for place, number in enumerate(numbers)
            ),
        )
        for letter, numbers in commands
    )


def outlines(commands: Sequence[Command]) -> tuple[Outline, ...]:
    """The closed outlines of a path."""
    found: list[Outline] = []
    points: list[Point] = []
    for letter, numbers in commands:
        if letter == "M":
            points = [(numbers[0], numbers[1])]
        elif letter == "L":
            points.append((numbers[0], numbers[1]))
        elif letter == "C":
            points += _cut(points[-1], numbers)
        elif letter == "Z":
            xs, ys = [x for x, _ in points], [y for _, y in points]
            found.append(Outline(tuple(points), (min(xs), min(ys), max(xs), max(ys))))
    return tuple(found)


def _cut(start: Point, numbers: Sequence[float]) -> list[Point]:
    """Points on a Bézier curve, its start left out."""
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, numbers
    return [(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _WEIGHTS]


def box_of(paths: Iterable[Sequence[Command]]) -> Box:
    """A box around some paths; the points that pull at a curve lie in it too."""
    xs: list[float] = []
    ys: list[float] = []
    for commands in paths:
        for _, numbers in commands:
            xs += numbers[::2]
            ys += numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def distance(drawn: Sequence[Outline], x: float, y: float) -> float:
    """How far a point is from the nearest of some outlines; 0 inside."""
    nearest = math.inf
    for outline in drawn:
        left, top, right, bottom = outline.box
        if math.hypot(max(left - x, 0.0, x - right), max(top - y, 0.0, y - bottom)) < nearest:
            nearest = min(nearest, _distance(outline.points, x, y))
            if nearest == 0.0:
                return 0.0
    return nearest


def _distance(points: Sequence[Point], x: float, y: float) -> float:
    is_inside = False
    nearest = math.inf
    x1, y1 = points[-1]
    for x2, y2 in points:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        t = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
        away_x, away_y = x1 + t * dx - x, y1 + t * dy - y
        nearest = min(nearest, away_x * away_x + away_y * away_y)
        x1, y1 = x2, y2
    return 0.0 if is_inside else math.sqrt(nearest)
