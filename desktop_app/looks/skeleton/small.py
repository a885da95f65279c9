"""The skeleton of documents: small, so in straight pieces and without lines on bones (resources/figures/
skeleton-small.json, which `packaging/small_skeleton.py` makes from the drawn figure), and with words of its own.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import cos, pi, sin
from typing import NotRequired, TypedDict

from desktop_app.library import resource_files
from desktop_app.looks.drawing.picture import Command, Label, Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.skeleton.figure import Figure, Kind, Part, Shape, Side, View
from desktop_app.looks.skeleton.geometry import Point, box_of, mirrored
from desktop_app.looks.skeleton.picture import (
    Site,
    best_view,
    compact_picture,
    region_picture,
    region_view,
    shifted,
    with_others,
)
from desktop_app.looks.skeleton.words import SkeletonWords

WORDS = 0.085
"""The size of the words as a part of the picture's width: the longest heading fits."""
OUTLINE = 3.0
"""In units of the figure; a fifth of a millimetre or more on paper."""
SMALL, RING, CORNERS = 0.03, 0.015, 32
"""A bone of less than so much of the height on either side of its middle gets a ring, so far from it."""


def document_picture(bone: str, side: str | None, words: SkeletonWords, others: Sequence[Site] = ()) -> Picture | None:
    """The view that shows a bone best, the bone and other sites coloured, with R and L, what view it is, and whether
    the side is not known; None for a bone that is not drawn. `side` is right, left, midline or None."""
    of_one = None if words.is_paired(bone) else "midline"
    known = side if side in ("right", "left") else of_one
    if not small_figure().shown_for(bone, known):
        return None
    view = best_view(small_figure(), bone, known, others)
    picture = compact_picture(small_figure(view), bone, known, words, others)
    is_open = known is None
    told = words.tell("on_paper_both" if is_open else "on_paper", name=words.choice(bone, known))
    below = words.tell("side_unknown") if is_open else ""
    return _with_words(picture, words.heading(view), below, with_others(told, others, words))


def document_region_picture(bones: Sequence[str], side: str | None, name: str, words: SkeletonWords) -> Picture:
    """The same where only the part of the skeleton is known: its bones outlined, and that the bone is not known."""
    view = region_view(small_figure(), bones, side)
    picture = region_picture(small_figure(view), bones, side, words, "")
    told = words.tell("on_paper_region", name=name)
    return _with_words(picture, words.heading(view), words.tell("bone_unknown"), told, with_rings=False)


def _with_words(picture: Picture, above: str, below: str, told: str, with_rings: bool = True) -> Picture:
    """The picture with a line of words over it, and one under it where there is something to say; `told` is what it
    shows, for who does not see it."""
    size = WORDS * picture.width
    height = picture.height + 1.4 * size * (2 if below else 1)
    middle = picture.width / 2
    words = [Label(above, middle, size, size, Role.QUIET, anchor="middle")]
    if below:
        words.append(Label(below, middle, height - 0.4 * size, size, Role.ACCENT, is_bold=True, anchor="middle"))
    shapes = tuple(_for_paper(shifted(shape, 0.0, 1.4 * size)) for shape in picture.shapes)
    rings = _rings((shape for shape in shapes if with_rings and isinstance(shape, Path)), picture.height)
    return Picture(picture.width, height, (*shapes, *rings, *words), told)


def _rings(paths: Iterable[Path], height: float) -> Iterator[Path]:
    """A ring around each chosen bone that is so small in the picture that the eye would pass over it."""
    for path in paths:
        if path.line is Role.ACCENT:
            left, top, right, bottom = box_of([path.commands])
            half = max(right - left, bottom - top) / 2
            if half < SMALL * height:
                middle = (left + right) / 2, (top + bottom) / 2
                yield Path(tuple(_circle(middle, half + RING * height)), line=Role.ACCENT, line_width=OUTLINE)


def _circle(middle: Point, radius: float) -> Iterator[Command]:
    for step in range(CORNERS):
        turn = 2 * pi * step / CORNERS
        yield "L" if step else "M", (middle[0] + radius * cos(turn), middle[1] + radius * sin(turn))
    yield "Z", ()


def _for_paper(shape: Path | Label) -> Path | Label:
    """What is only tinted, because its side is not known, gets an outline that a printer does not lose."""
    if isinstance(shape, Path) and shape.fill is Role.ACCENT_SURFACE:
        return replace(shape, line_width=OUTLINE)
    return shape


# --- the file ---------------------------------------------------------------------------------------------------------


class _Record(TypedDict):
    """A part of the figure in the file; a shape is its kind, its bone and its outlines."""

    id: str
    view: View
    side: Side
    shapes: list[tuple[Kind, str, list[list[float]]]]
    bones: NotRequired[list[str]]
    also: NotRequired[list[str]]


class _Content(TypedDict):
    width: float
    height: float
    axes: dict[View, float]
    parts: list[_Record]


@cache
def _content() -> _Content:
    """The file; read when it is first needed. Raises ResourceMissing."""
    content: _Content = json.loads(resource_files.content("figures", "skeleton-small.json"))
    return content


@cache
def small_figure(drawn: View | None = None) -> Figure:
    """The figure with the shapes of one view, or of none: who only asks where a bone lies needs no shapes."""
    content = _content()
    axes = content["axes"]
    records = ((record, record["view"] == drawn) for record in content["parts"])
    parts = tuple(part for record, is_drawn in records for part in _parts(record, axes[record["view"]], is_drawn))
    return Figure(content["width"], content["height"], axes, parts)


def _parts(record: _Record, axis: float, is_drawn: bool) -> Iterator[Part]:
    """A part, and its mirror image unless it lies in the midline."""
    drawn = record["shapes"] if is_drawn else ()
    shapes = tuple(Shape(tuple(_commands(outlines)), kind, bone) for kind, bone, outlines in drawn)
    bones, also = tuple(record.get("bones", ())), tuple(record.get("also", ()))
    yield Part(record["id"], record["view"], record["side"], shapes, bones=bones, also=also)
    if record["side"] == "right":
        other = tuple(Shape(mirrored(shape.commands, axis), shape.kind, shape.bone) for shape in shapes)
        yield Part(record["id"], record["view"], "left", other, bones=bones, also=also)


def _commands(outlines: list[list[float]]) -> Iterator[Command]:
    """Closed outlines, each a row of x and y."""
    for numbers in outlines:
        points = zip(numbers[::2], numbers[1::2], strict=True)
        yield "M", next(points)
        yield from (("L", point) for point in points)
        yield "Z", ()
