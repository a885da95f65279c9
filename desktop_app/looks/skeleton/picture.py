"""The picture of the skeleton with a chosen bone, for window and documents: the whole plate, or only the best view."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial

from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.skeleton.figure import VIEWS, Figure, Part, Shape, Side, View
from desktop_app.looks.skeleton.geometry import box_of, moved
from desktop_app.looks.skeleton.words import SkeletonWords

LETTER_SIZE = 20.0
HEADING_SIZE = 13.0
COMPACT_LETTERS = 0.065
"""The size of R and L in the small picture, as a part of its height: they must be read there too."""
MARGIN = 12.0

LETTERS_AT: dict[View, tuple[float, float]] = {
    "front": (80.0, 74.0),
    "back": (80.0, 74.0),
    "hand": (338.0, 262.0),
    "foot": (150.0, 300.0),
    "skull_front": (82.0, 62.0),
    "skull_side": (272.0, 62.0),
}
"""Where R and L stand: how far from the line over which the view is mirrored, and how far down."""

BEST_FROM_BEHIND = ("scapula", "sacrum", "coccyx", "vertebra")
"""Bones that the back shows better than the front; beginnings of their ids."""


Site = tuple[str, str | None]
"""A bone, and right, left, midline or None: its side is not known."""


def skeleton_picture(figure: Figure, bone: str | None, side: str | None, words: SkeletonWords) -> Picture:
    """The whole plate, the chosen bone coloured; `side` is right, left, midline or None (not known)."""
    shapes: list[Path | Label] = [*part_shapes(figure, figure.parts, bone, side)]
    for view in VIEWS:
        shapes += _letters(figure, view, words)
        shapes += _headings(figure, view, words)
    return Picture(figure.width, figure.height, tuple(shapes), alternative_text(figure, bone, side, words))


def compact_picture(
    figure: Figure, bone: str | None, side: str | None, words: SkeletonWords, others: Sequence[Site] = ()
) -> Picture:
    """The view that shows the chosen bone best; of hand, foot and side of the skull only the side that was chosen. With
    other sites the view that shows most of them, both sides of it."""
    shapes = partial(part_shapes, figure, bone=bone, side=side, others=others)
    told = alternative_text(figure, bone, side, words, others)
    view = best_view(figure, bone, side, others)
    return _close_picture(figure, view, None if others else side, words, shapes, told)


def region_picture(figure: Figure, bones: Sequence[str], side: str | None, words: SkeletonWords, told: str) -> Picture:
    """The view that shows these bones best, all of them tinted: the lesion lies in one of them. `told` says so."""
    chosen_ids = {id(part) for part in figure.shown_for_any(bones, side)}

    def shapes(parts: Iterable[Part]) -> Iterator[Path]:
        for part in parts:
            is_chosen = id(part) in chosen_ids
            for shape in part.shapes:
                yield shape_path(shape, is_chosen and (not shape.bone or shape.bone in bones), is_sure=False)

    return _close_picture(figure, region_view(figure, bones, side), side, words, shapes, told)


def region_view(figure: Figure, bones: Sequence[str], side: str | None) -> View:
    """The view that shows these bones best."""
    return _first_of({part.view for part in figure.shown_for_any(bones, side)}, bones[0], side)


def _close_picture(
    figure: Figure,
    view: View,
    side: str | None,
    words: SkeletonWords,
    shapes_of: Callable[[Iterable[Part]], Iterable[Path]],
    told: str,
) -> Picture:
    """One view with its R and L, as small as what is drawn; `shapes_of` draws the parts."""
    half: tuple[Side, ...] = ("right", "left", "midline")
    if view in ("hand", "foot", "skull_side") and side in ("right", "left"):
        half = ("right",) if side == "right" else ("left",)
    parts = [part for part in figure.parts if part.view == view and part.side in half]
    closer = _gap_to_close(figure, view, parts) if len(half) > 1 else 0.0
    shapes: list[Path | Label] = []
    for part in parts:
        x = -closer * viewer_direction(view, part.side)
        shapes += [shifted(shape, x, 0.0) for shape in shapes_of([part])]
    left, top, right, bottom = box_of(shape.commands for shape in shapes if isinstance(shape, Path))
    size = max(LETTER_SIZE, COMPACT_LETTERS * (bottom - top))
    letters = _letters(figure, view, words, half, size, closer)
    left = min([left, *(label.x - size / 2 for label in letters)]) - MARGIN
    right = max([right, *(label.x + size / 2 for label in letters)]) + MARGIN
    top = min([top, *(label.y - size for label in letters)]) - MARGIN
    bottom += MARGIN
    return Picture(
        right - left,
        bottom - top,
        tuple(shifted(shape, -left, -top) for shape in [*shapes, *letters]),
        told,
    )


def _gap_to_close(figure: Figure, view: View, parts: list[Part]) -> float:
    """How far each of two enlargements is to go to the middle, so that they stand side by side."""
    if view not in ("hand", "foot", "skull_side"):
        return 0.0
    inner = max(part.box[2] for part in parts if viewer_direction(view, part.side) < 0)
    return figure.axes[view] - inner - MARGIN


def best_view(figure: Figure, bone: str | None, side: str | None, others: Sequence[Site] = ()) -> View:
    """The view that shows a bone best; the front when no bone is chosen or none shows it. With other sites those count
    that show the most of them."""
    views = {part.view for part in figure.shown_for(bone, side)}
    of_others = [{part.view for part in figure.shown_for(*other)} for other in others]
    most = max((sum(view in of_one for of_one in of_others) for view in views), default=0)
    return _first_of({view for view in views if sum(view in of_one for of_one in of_others) == most}, bone, side)


def _first_of(views: Collection[View], bone: str | None, side: str | None) -> View:
    order: list[View] = list(VIEWS)
    if bone is not None and bone.startswith(BEST_FROM_BEHIND):
        order.insert(0, "back")
    if side in ("right", "left"):
        order.insert(order.index("skull_front"), "skull_side")
    return next((view for view in order if view in views), "front")


def alternative_text(
    figure: Figure, bone: str | None, side: str | None, words: SkeletonWords, others: Sequence[Site] = ()
) -> str:
    """In words what the picture shows."""
    if bone is None:
        return words.tell("nothing_chosen")
    name = words.choice(bone, side)
    told = words.tell("chosen" if figure.shown_for(bone, side) else "chosen_unseen", name=name)
    return with_others(told, others, words)


def with_others(told: str, others: Sequence[Site], words: SkeletonWords) -> str:
    """What a picture shows, with the other sites."""
    if not others:
        return told
    return f"{told} {words.tell('others', names='; '.join(words.choice(*other) for other in others))}"


def part_shapes(
    figure: Figure, parts: Iterable[Part], bone: str | None, side: str | None, others: Sequence[Site] = ()
) -> Iterator[Path]:
    """The parts as paths, in drawing order, the chosen bones coloured; only tinted while their side is not known."""
    chosen: dict[int, dict[str | None, bool]] = {}
    for one, its_side in (*others, (bone, side)):
        shown = figure.shown_for(one, its_side)
        is_sure = len({part.side for part in shown}) == 1 or its_side is not None
        for part in shown:
            chosen.setdefault(id(part), {})[one] = is_sure
    for part in parts:
        bones = chosen.get(id(part), {})
        for shape in part.shapes:
            sure = [is_sure for one, is_sure in bones.items() if shape.bone in ("", one)]
            yield shape_path(shape, bool(sure), any(sure) or not sure)


def shape_path(shape: Shape, is_chosen: bool, is_sure: bool = True) -> Path:
    """A shape in its roles: plain, chosen, or chosen without a known side (only tinted)."""
    if shape.kind == "detail":
        line = Role.QUIET if not is_chosen else Role.ON_ACCENT if is_sure else Role.ACCENT
        return Path(shape.commands, None, line, 0.7)
    if is_chosen:
        return Path(shape.commands, Role.ACCENT if is_sure else Role.ACCENT_SURFACE, Role.ACCENT, 1.4)
    if shape.kind == "far":
        return Path(shape.commands, Role.RAISED, Role.QUIET, 0.45)
    if shape.kind == "hollow":
        return Path(shape.commands, Role.LINE, Role.QUIET, 0.9)
    return Path(shape.commands, Role.RAISED, Role.QUIET, 0.9)


def viewer_direction(view: View, side: Side) -> int:
    """At which side of a view the viewer sees a side of the patient: -1 left, 1 right, 0 in the middle."""
    if side == "midline":
        return 0
    is_left_of_viewer = (side == "right") != (view == "back")
    return -1 if is_left_of_viewer else 1


def _letters(
    figure: Figure,
    view: View,
    words: SkeletonWords,
    sides: tuple[Side, ...] = ("right", "left"),
    size: float = LETTER_SIZE,
    closer: float = 0.0,
) -> list[Label]:
    """R and L of the patient, each at the side of the view at which the viewer sees it."""
    away, y = LETTERS_AT[view]
    axis = figure.axes[view]
    return [
        Label(
            words.letter(side),
            axis + (away - closer) * viewer_direction(view, side),
            y,
            size,
            is_bold=True,
            anchor="middle",
        )
        for side in sides
        if side != "midline"
    ]


def _headings(figure: Figure, view: View, words: SkeletonWords) -> list[Label]:
    """Over a view; beside each of two enlargements that stand apart."""
    heading, axis = words.heading(view), figure.axes[view]
    if view in ("hand", "foot"):
        away, y = LETTERS_AT[view]
        places = [(axis - away, y + 17), (axis + away, y + 17)]
    elif view == "skull_side":
        return []
    else:
        places = [(axis, 20.0)]
    return [Label(heading, x, y, HEADING_SIZE, Role.QUIET, anchor="middle") for x, y in places]


def shifted(shape: Path | Label, x: float, y: float) -> Path | Label:
    """A shape at another place."""
    if x == 0.0 == y:
        return shape
    if isinstance(shape, Label):
        return Label(shape.text, shape.x + x, shape.y + y, shape.size, shape.role, shape.is_bold, shape.anchor)
    commands = moved(shape.commands, 1.0, x, 1.0, y)
    return Path(commands, shape.fill, shape.line, shape.line_width, shape.is_dashed)
