"""The skeleton of documents: small, so in straight pieces and without lines on bones (resources/figures/
skeleton-small.json, which `packaging/small_skeleton.py` makes from the drawn figure), and with words of its own.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from desktop_app import resource_files
from desktop_app.drawing.picture import Command, Label, Picture
from desktop_app.drawing.role import Role
from desktop_app.skeleton.figure import Figure, Part, Shape, View
from desktop_app.skeleton.geometry import mirrored
from desktop_app.skeleton.picture import best_view, compact_picture, shifted
from desktop_app.skeleton.words import SkeletonWords

WORDS = 0.085
"""The size of the words as a part of the picture's width: the longest heading fits."""


def document_picture(bone: str, side: str | None, words: SkeletonWords) -> Picture | None:
    """The view that shows a bone best, the bone coloured, with R and L, what view it is, and whether the side is not
    known; None for a bone that is not drawn. `side` is right, left, midline or None."""
    known = side if side in ("right", "left") or not words.is_paired(bone) else None
    if not small_figure().shown_for(bone, known):
        return None
    view = best_view(small_figure(), bone, known)
    picture = compact_picture(small_figure(view), bone, known, words)
    is_open = known is None and words.is_paired(bone)
    return _with_words(picture, words.heading(view), words.tell("side_unknown") if is_open else "")


def _with_words(picture: Picture, above: str, below: str) -> Picture:
    """The picture with a line of words over it, and one under it where there is something to say."""
    size = WORDS * picture.width
    height = picture.height + 1.4 * size * (2 if below else 1)
    middle = picture.width / 2
    words = [Label(above, middle, size, size, Role.QUIET, anchor="middle")]
    if below:
        words.append(Label(below, middle, height - 0.4 * size, size, Role.ACCENT, is_bold=True, anchor="middle"))
    shapes = (shifted(shape, 0.0, 1.4 * size) for shape in picture.shapes)
    return Picture(picture.width, height, (*shapes, *words), picture.alternative_text)


# --- the file ---------------------------------------------------------------------------------------------------------


@cache
def _content() -> Mapping[str, Any]:
    """The file; read when it is first needed. Raises ResourceMissing."""
    content: Mapping[str, Any] = json.loads(resource_files.content("figures", "skeleton-small.json"))
    return content


@cache
def small_figure(drawn: View | None = None) -> Figure:
    """The figure with the shapes of one view, or of none: who only asks where a bone lies needs no shapes."""
    content = _content()
    axes = content["axes"]
    records = ((record, record["view"] == drawn) for record in content["parts"])
    parts = tuple(part for record, is_drawn in records for part in _parts(record, axes[record["view"]], is_drawn))
    return Figure(content["width"], content["height"], axes, parts)


def _parts(record: Mapping[str, Any], axis: float, is_drawn: bool) -> Iterator[Part]:
    """A part, and its mirror image unless it lies in the midline."""
    drawn = record["shapes"] if is_drawn else ()
    shapes = tuple(Shape(tuple(_commands(outlines)), kind, bone) for kind, bone, outlines in drawn)
    names: dict[str, Any] = {key: tuple(record.get(key, ())) for key in ("bones", "also")}
    yield Part(record["id"], record["view"], record["side"], shapes, **names)
    if record["side"] == "right":
        other = tuple(Shape(mirrored(shape.commands, axis), shape.kind, shape.bone) for shape in shapes)
        yield Part(record["id"], record["view"], "left", other, **names)


def _commands(outlines: list[list[float]]) -> Iterator[Command]:
    """Closed outlines, each a row of x and y."""
    for numbers in outlines:
        points = zip(numbers[::2], numbers[1::2], strict=True)
        yield "M", next(points)
        yield from (("L", point) for point in points)
        yield "Z", ()
