"""Small pictures that tests draw."""

from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.looks.drawing.role import Role

SQUARE = (("M", (10.0, 10.0)), ("L", (50.0, 10.0)), ("L", (50.0, 50.0)), ("L", (10.0, 50.0)), ("Z", ()))


def square_and_word(text: str = "MRI", anchor: str = "start") -> Picture:
    """A filled square at the upper left of a box twice as wide, with a word in the lower right."""
    shapes = (Path(SQUARE, fill=Role.ACCENT), Label(text, 60, 90, 12, Role.STOP, anchor=anchor))  # type: ignore[arg-type]
    return Picture(200, 100, shapes, "a square and a word")
