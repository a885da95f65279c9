"""The figure of the skeleton (resources/figures/skeleton.svg): regions with their bones, side and outlines.

The file holds the right half of the patient; the left half is its mirror image, so that both are alike by construction.
On the front and in the enlargements the patient's right is at the viewer's left, on the back at the viewer's right.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal
from xml.etree import ElementTree

from desktop_app.library import resource_files
from desktop_app.looks.drawing.picture import Command
from desktop_app.looks.skeleton.geometry import Box, Outline, Point, box_of, distance, mirrored, outlines

Side = Literal["right", "left", "midline"]
View = Literal["front", "back", "hand", "foot", "skull_front", "skull_side"]
VIEWS: tuple[View, ...] = ("front", "back", "hand", "foot", "skull_front", "skull_side")

REACH = 13.0
"""So far beside a region it can still be hit."""

TARGET = 26.0
"""Width and height of the square around its anchor in which nothing but that region is hit: also the thinnest bone and
the smallest have a target that a hand can find."""

_SVG = "{http://www.w3.org/2000/svg}"
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?[\d.]+")
_NUMBERS_OF = {"M": 2, "C": 6, "Z": 0}


class FigureFault(ValueError):
    """The file of the figure says something that cannot be; the message names the element."""


Kind = Literal["bone", "far", "hollow", "detail"]
"""A bone, one far behind, an opening in bone, a line on bone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of the figure."""

    commands: tuple[Command, ...]
    kind: Kind
    bone: str = ""
    """The bone that it is, in a region of several."""


@dataclass(frozen=True)
class Part:
    """What belongs together in the figure, in drawing order: a region, a door to an enlargement, or mere drawing."""

    id: str
    view: View
    side: Side
    shapes: tuple[Shape, ...]
    anchor: Point | None = None
    """The middle of its target; None for mere drawing."""
    bones: tuple[str, ...] = ()
    """The bones of the catalogue that it stands for; empty for what is no region."""
    also: tuple[str, ...] = ()
    """Bones that are shown here when they were chosen elsewhere, and not offered here."""
    inset: str = ""
    """Where a door leads to: hand, foot or skull."""

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """All that is closed; worked out when the mouse first comes near, for a picture does without."""
        return tuple(outline for shape in self.shapes if shape.kind != "detail" for outline in outlines(shape.commands))

    @cached_property
    def box(self) -> Box:
        """A box around it, a little too large where lines curve."""
        return box_of(shape.commands for shape in self.shapes)

    @property
    def is_region(self) -> bool:
        """Whether bones can be picked here."""
        return bool(self.bones)

    @property
    def can_be_picked(self) -> bool:
        """Whether something happens at a click."""
        return bool(self.bones or self.inset)

    @property
    def is_seen_through(self) -> bool:
        """Whether a click goes through: what lies far behind is drawn, and is in nobody's way."""
        return all(shape.kind in ("far", "detail") for shape in self.shapes)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the part; 0 inside."""
        return distance(self.outlines, x, y)

    def has_target_at(self, x: float, y: float) -> bool:
        """Whether a point lies in the square that is kept free for this part."""
        if self.anchor is None:
            return False
        return max(abs(x - self.anchor[0]), abs(y - self.anchor[1])) <= TARGET / 2

    def bone_at(self, x: float, y: float) -> str:
        """The bone of a region that is nearest to a point."""
        drawn = [shape for shape in self.shapes if shape.bone]
        if not drawn:
            return self.bones[0]
        away = {shape.bone: distance(outlines(shape.commands), x, y) for shape in drawn}
        return min(away, key=lambda bone: away[bone])


@dataclass(frozen=True)
class Figure:
    """All parts in drawing order, on a plate of width by height."""

    width: float
    height: float
    axes: dict[View, float]
    """The x of the line over which each view is mirrored."""
    parts: tuple[Part, ...]

    @property
    def regions(self) -> tuple[Part, ...]:
        """What can be picked."""
        return tuple(part for part in self.parts if part.is_region)

    def part_at(self, x: float, y: float) -> Part | None:
        """The region or door that is meant by a point: whose target it is, what lies in front, or what is near."""
        aimed = next((part for part in self.parts if part.has_target_at(x, y)), None)
        if aimed is not None:
            return aimed
        near = [part for part in self.parts if _is_near(part.box, x, y) and not part.is_seen_through]
        nearest, found = REACH, None
        for part in reversed(near):
            away = part.distance(x, y)
            if away == 0.0:
                return part if part.can_be_picked else None
            if away < nearest and part.can_be_picked:
                nearest, found = away, part
        return found

    def shown_for(self, bone: str | None, side: str | None) -> tuple[Part, ...]:
        """The regions in which a chosen bone lies; with no side, or a side that the figure has not, all of them."""
        if bone is None:
            return ()
        return self.shown_for_any((bone,), side)

    def shown_for_any(self, bones: Collection[str], side: str | None) -> tuple[Part, ...]:
        """The regions in which any of these bones lies, with no side all of them."""
        found = [part for part in self.regions if any(bone in part.bones or bone in part.also for bone in bones)]
        return tuple(part for part in found if side not in ("left", "right") or part.side in (side, "midline"))


def _is_near(box: Box, x: float, y: float) -> bool:
    """Whether a point lies within REACH of a box."""
    left, top, right, bottom = box
    return left - REACH <= x <= right + REACH and top - REACH <= y <= bottom + REACH


@cache
def figure() -> Figure:
    """The figure of the program; read when it is first needed. Raises ResourceMissing."""
    return read_figure(resource_files.content("figures", "skeleton.svg"))


def read_figure(content: bytes) -> Figure:
    """Read a figure; raises FigureFault."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise FigureFault(f"the figure is no SVG: {error}") from None
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    axes: dict[View, float] = {}
    parts: list[Part] = []
    for group in root.iter(f"{_SVG}g"):
        view = group.get("data-view")
        if view is None:
            continue
        if view not in VIEWS:
            raise FigureFault(f"{view}: this is no view; known are {', '.join(VIEWS)}")
        axes[view] = float(group.attrib["data-axis"])
        for element in group:
            parts += _parts(element, view, axes[view])
    return Figure(width, height, axes, tuple(parts))


def _parts(element: ElementTree.Element, view: View, axis: float) -> Iterator[Part]:
    """The part that an element draws, and its mirror image unless it lies in the midline."""
    paths = [element] if element.tag == f"{_SVG}path" else list(element)
    shapes = tuple(_shape(path) for path in paths)
    anchor = _anchor(element)
    if "midline" in element.get("class", "").split():
        yield _part(element, view, "midline", shapes, anchor)
        return
    yield _part(element, view, "right", shapes, anchor)
    other = tuple(Shape(mirrored(shape.commands, axis), shape.kind, shape.bone) for shape in shapes)
    yield _part(element, view, "left", other, (2 * axis - anchor[0], anchor[1]) if anchor else None)


def _anchor(element: ElementTree.Element) -> Point | None:
    if "data-at" not in element.attrib:
        return None
    x, y = (float(number) for number in element.attrib["data-at"].split())
    return x, y


def _part(
    element: ElementTree.Element, view: View, side: Side, shapes: tuple[Shape, ...], anchor: Point | None
) -> Part:
    if all(shape.kind == "detail" or ("Z", ()) not in shape.commands for shape in shapes):
        raise FigureFault(f"{element.get('id', 'a path')}: nothing closed is drawn here")
    bones, inset = tuple(element.get("data-bones", "").split()), element.get("data-inset", "")
    if anchor is None and (bones or inset):
        raise FigureFault(f"{element.get('id', 'a group')}: data-at, the middle of its target, is missing")
    also = tuple(element.get("data-also", "").split())
    return Part(element.get("id", ""), view, side, shapes, anchor, bones, also, inset)


def _shape(path: ElementTree.Element) -> Shape:
    classes = path.get("class", "").split()
    kinds: tuple[Kind, ...] = ("far", "hollow", "detail")
    kind: Kind = next((kind for kind in kinds if kind in classes), "bone")
    return Shape(tuple(_commands(path.get("d", ""))), kind, path.get("data-bone", ""))


def _commands(text: str) -> Iterator[Command]:
    """The commands of a path; only M, C and Z with absolute coordinates, as the program writes and draws them."""
    for letter, rest in _COMMAND.findall(text):
        numbers = tuple(map(float, _NUMBER.findall(rest)))
        if len(numbers) != _NUMBERS_OF.get(letter, -1):
            raise FigureFault(f"{letter}{rest}: a path has one M, C or Z at a time, with 2, 6 and no numbers")
        yield letter, numbers
