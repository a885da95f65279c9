"""A picture: shapes in a box, y downward, in points (1/72 inch) until whoever draws it scales it."""

from dataclasses import dataclass
from typing import Literal

from desktop_app.looks.drawing.role import Role

Command = tuple[str, tuple[float, ...]]
"""A step of a path: ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area; without a role it has no fill or no line."""

    commands: tuple[Command, ...]
    fill: Role | None = None
    line: Role | None = None
    line_width: float = 1.0
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of words; (x, y) is where its baseline starts, has its middle or ends."""

    text: str
    x: float
    y: float
    size: float
    role: Role = Role.INK
    is_bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in drawing order, and in words what the picture shows."""

    width: float
    height: float
    shapes: tuple[Path | Label, ...]
    alternative_text: str
