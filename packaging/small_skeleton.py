"""Makes the small skeleton of the documents (resources/figures/skeleton-small.json) from the drawn one (skeleton.svg).

python3 packaging/small_skeleton.py

On paper the figure is a few centimetres high: curves become straight pieces that stray less than a hair's breadth, and
lines on bones are left out, so that a letter is written as fast and stays as small as without it. Run it after a
change of skeleton.svg; a test compares the two files.
"""

import json
import math
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from desktop_app.looks.skeleton.figure import Part, Shape, figure  # noqa: E402 - the checkout itself, not an installed copy
from desktop_app.looks.skeleton.geometry import Point, outlines  # noqa: E402

TARGET = ROOT / "resources" / "figures" / "skeleton-small.json"
TOLERANCE = 1.0
"""So far, in units of the figure, a straight piece may stray from the curve: a tenth of a millimetre on paper."""


def main() -> None:
    """Write the file anew."""
    whole = figure()
    parts = [_part(part) for part in whole.parts if part.side != "left" and _drawn(part)]
    lines = ",\n".join(json.dumps(part, separators=(",", ":")) for part in parts)
    axes = json.dumps(whole.axes, separators=(",", ":"))
    size = f'"width":{whole.width:g},"height":{whole.height:g}'
    TARGET.write_text(f'{{{size},"axes":{axes},"parts":[\n{lines}\n]}}\n', encoding="utf-8")


def _drawn(part: Part) -> tuple[Shape, ...]:
    return tuple(shape for shape in part.shapes if shape.kind != "detail")


def _part(part: Part) -> dict[str, object]:
    """A part on the right or in the midline; the program mirrors it."""
    found: dict[str, object] = {"id": part.id, "view": part.view, "side": part.side}
    found |= {key: value for key, value in (("bones", part.bones), ("also", part.also)) if value}
    found["shapes"] = [
        [shape.kind, shape.bone, [_flat(simplified(outline.points)) for outline in outlines(shape.commands)]]
        for shape in _drawn(part)
    ]
    return found


def _flat(points: list[Point]) -> list[float]:
    return [round(number, 1) for point in points for number in point]


def simplified(points: tuple[Point, ...]) -> list[Point]:
    """A closed outline with as few of its points as the tolerance allows (Douglas and Peucker, 1973)."""
    ring = [*points, points[0]] if points[0] != points[-1] else list(points)
    far = max(range(len(ring)), key=lambda place: math.dist(ring[place], ring[0]))
    return [*_thinned(ring[: far + 1])[:-1], *_thinned(ring[far:])[:-1]]


def _thinned(points: list[Point]) -> list[Point]:
    """An open line between its ends."""
    if len(points) < 3:
        return points
    away = [_distance(point, points[0], points[-1]) for point in points[1:-1]]
    place = max(range(len(away)), key=away.__getitem__)
    if away[place] <= TOLERANCE:
        return [points[0], points[-1]]
    return [*_thinned(points[: place + 2])[:-1], *_thinned(points[place + 1 :])]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the straight piece between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    t = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return math.dist(point, (x1 + t * (x2 - x1), y1 + t * (y2 - y1)))


if __name__ == "__main__":
    main()
