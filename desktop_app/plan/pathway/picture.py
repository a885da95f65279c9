"""The pathway as a picture: a sign for each station on one line, in two rows where it is narrow.

Each state has a sign of its own shape, a word and a colour, so that it is read without colour and without the sign.
Sizes are points of the picture; whoever draws it scales it to the size of its text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from desktop_app.looks.drawing.picture import Command, Label, Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.plan.pathway.model import Pathway, State, Station
from desktop_app.plan.pathway.text import pathway_text

NAME_SIZE, WORDS_SIZE, DETAIL_SIZE = 10.0, 9.5, 8.0
LETTER_WIDTH = 0.55
"""How wide a letter is at most on the average, in sizes of its font: fonts are not known here."""
LEAST_COLUMN = 68.0
"""The narrowest column in which every name and state stays on its own side."""
RADIUS = 10.0
TOP, NAME_Y, WORDS_Y, BOTTOM = 14.0, 39.0, 52.0, 60.0
DETAIL_LEADING, DETAIL_LINES = 9.6, 4
ALWAYS_WHOLE = (State.NOW, State.TO_DO, State.WAITING, State.NOT_NEEDED)
"""Where the detail says what is to be done, or not: no word of it is left out."""
CIRCLE = 0.5523
"""How far the control points of a quarter of a circle stand out, in radii."""

ROLES = {
    State.DONE: Role.DONE,
    State.NOW: Role.ACCENT,
    State.TO_DO: Role.ACCENT,
    State.WAITING: Role.CAUTION,
    State.NOT_NEEDED: Role.QUIET,
    State.DEPENDS: Role.DEPENDS,
}


@dataclass(frozen=True, slots=True)
class StationBox:
    """The part of a picture that belongs to a station."""

    key: str
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the picture lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def pathway_picture(pathway: Pathway, width: float, with_details: bool = False) -> Picture:
    """The picture at this width; with details each station says what is behind its state in small type."""
    boxes = station_boxes(pathway, width, with_details)
    shapes: list[Path | Label] = [*_rail(pathway.stations, boxes)]
    for station, box in zip(pathway.stations, boxes, strict=True):
        shapes += _station(station, box, with_details)
    return Picture(width, max(box.y + box.height for box in boxes), tuple(shapes), pathway_text(pathway))


def station_boxes(pathway: Pathway, width: float, with_details: bool = False) -> tuple[StationBox, ...]:
    """Where each station stands in the picture of this width."""
    stations = pathway.stations
    rows = ceil(len(stations) / max(int(width // LEAST_COLUMN), 1))
    in_row = ceil(len(stations) / rows)
    column = width / in_row
    boxes: list[StationBox] = []
    y = 0.0
    for start in range(0, len(stations), in_row):
        row = stations[start : start + in_row]
        height = BOTTOM + (_detail_height(row, column) if with_details else 0)
        boxes += [StationBox(each.key, place * column, y, column, height) for place, each in enumerate(row)]
        y += height
    return tuple(boxes)


# --- the line between the stations


def _rail(stations: Sequence[Station], boxes: Sequence[StationBox]) -> Iterator[Path]:
    """The line from station to station; what is behind us is drawn heavier. It goes on at the start of a next row."""
    for place in range(len(stations) - 1):
        here, there = boxes[place], boxes[place + 1]
        is_walked = stations[place].state is State.DONE and stations[place + 1].state in (State.DONE, State.NOW)
        role, weight = (Role.DONE, 2.4) if is_walked else (Role.LINE, 1.6)
        start, y = _middle(here) + RADIUS + 3, here.y + TOP
        end = _middle(there) - RADIUS - 3 if there.y == here.y else here.x + here.width
        yield Path((("M", (start, y)), ("L", (end, y))), line=role, line_width=weight)
        if there.y != here.y:
            across = _middle(there) - RADIUS - 3
            yield Path((("M", (there.x, there.y + TOP)), ("L", (across, there.y + TOP))), line=role, line_width=weight)


def _middle(box: StationBox) -> float:
    return box.x + box.width / 2


# --- one station


def _station(station: Station, box: StationBox, with_details: bool) -> Iterator[Path | Label]:
    x, role = _middle(box), ROLES[station.state]
    is_now = station.state is State.NOW
    if is_now:
        yield Path(_rounded(box.x + 1.5, box.y + 0.5, box.width - 3, box.height - 2, 6), fill=Role.ACCENT_SURFACE)
    yield from _SIGNS[station.state](x, box.y + TOP)
    name_role = Role.QUIET if station.state is State.NOT_NEEDED else Role.INK
    yield Label(station.name, x, box.y + NAME_Y, NAME_SIZE, name_role, anchor="middle")
    yield Label(station.words, x, box.y + WORDS_Y, WORDS_SIZE, role, is_bold=is_now, anchor="middle")
    if with_details:
        for place, line in enumerate(_detail_lines(station, box.width)):
            y = box.y + WORDS_Y + 2 + (place + 1) * DETAIL_LEADING
            yield Label(line, x, y, DETAIL_SIZE, Role.INK if is_now else Role.QUIET, anchor="middle")


def _detail_height(stations: Iterable[Station], column: float) -> float:
    return DETAIL_LEADING * max(len(_detail_lines(station, column)) for station in stations)


def _detail_lines(station: Station, column: float) -> list[str]:
    """The detail in lines that fit in the column. What something depends on ends, where it is too long, after a whole
    word with three points: the text has all of it."""
    letters = max(int((column - 6) / (DETAIL_SIZE * LETTER_WIDTH)), 8)
    lines = wrapped(station.detail, letters)
    if len(lines) <= DETAIL_LINES or station.state in ALWAYS_WHOLE:
        return lines
    *above, last = lines[:DETAIL_LINES]
    whole_words = last if len(last) < letters else last.rpartition(" ")[0]
    return [*above, f"{whole_words.rstrip(' ,;')}…"]


def wrapped(text: str, letters: int) -> list[str]:
    """Words in lines of at most so many letters; a longer word is broken, at a hyphen of its own where it has one."""
    lines: list[str] = []
    for word in text.split():
        while len(word) > letters:
            start = word[:letters].rpartition("-")[0]
            lines.append(f"{start or word[: letters - 1]}-")
            word = word[len(start) + 1 :] if start else word[letters - 1 :]
        if lines and not lines[-1].endswith("-") and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


# --- signs


def _done(x: float, y: float) -> Iterator[Path]:
    yield Path(_circle(x, y, RADIUS), fill=Role.DONE)
    tick = (("M", (x - 4.4, y + 0.4)), ("L", (x - 1.2, y + 3.8)), ("L", (x + 4.6, y - 3.4)))
    yield Path(tick, line=Role.SURFACE, line_width=2.2)


def _now(x: float, y: float) -> Iterator[Path]:
    """A pointer, larger than all other signs."""
    yield Path(_rounded(x - 12.5, y - 11, 25, 22, 11), fill=Role.ACCENT)
    yield Path((("M", (x - 3.6, y - 6)), ("L", (x + 6.4, y)), ("L", (x - 3.6, y + 6)), ("Z", ())), fill=Role.ON_ACCENT)


def _to_do(x: float, y: float) -> Iterator[Path]:
    yield Path(_circle(x, y, RADIUS - 1), fill=Role.SURFACE, line=Role.ACCENT, line_width=2)


def _waiting(x: float, y: float) -> Iterator[Path]:
    """An hourglass."""
    side, height = 7.0, 9.0
    top = (("M", (x - side, y - height)), ("L", (x + side, y - height)), ("L", (x, y)), ("Z", ()))
    bottom = (("M", (x - side, y + height)), ("L", (x + side, y + height)), ("L", (x, y)), ("Z", ()))
    yield Path(top, fill=Role.CAUTION, line=Role.CAUTION, line_width=1.6)
    yield Path(bottom, fill=Role.SURFACE, line=Role.CAUTION, line_width=1.6)


def _not_needed(x: float, y: float) -> Iterator[Path]:
    yield Path((("M", (x - 6, y)), ("L", (x + 6, y))), line=Role.QUIET, line_width=2.6)


def _depends(x: float, y: float) -> Iterator[Path | Label]:
    """A fork in the way, dashed: a diamond with a question mark."""
    out = RADIUS + 1
    diamond = (("M", (x, y - out)), ("L", (x + out, y)), ("L", (x, y + out)), ("L", (x - out, y)), ("Z", ()))
    yield Path(diamond, fill=Role.SURFACE, line=Role.DEPENDS, line_width=1.6, is_dashed=True)
    yield Label("?", x, y + 4.2, 12, Role.DEPENDS, is_bold=True, anchor="middle")


_SIGNS = {
    State.DONE: _done,
    State.NOW: _now,
    State.TO_DO: _to_do,
    State.WAITING: _waiting,
    State.NOT_NEEDED: _not_needed,
    State.DEPENDS: _depends,
}


def _circle(x: float, y: float, radius: float) -> tuple[Command, ...]:
    return _rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> tuple[Command, ...]:
    """A rectangle with round corners."""
    right, low, out = x + width, y + height, radius * (1 - CIRCLE)
    return (
        ("M", (x + radius, y)),
        ("L", (right - radius, y)),
        ("C", (right - out, y, right, y + out, right, y + radius)),
        ("L", (right, low - radius)),
        ("C", (right, low - out, right - out, low, right - radius, low)),
        ("L", (x + radius, low)),
        ("C", (x + out, low, x, low - out, x, low - radius)),
        ("L", (x, y + radius)),
        ("C", (x, y + out, x + out, y, x + radius, y)),
        ("Z", ()),
    )
