"""The picture of the pathway: every state told apart by shape and by word, nothing cut off, in one row or two."""

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtGui import QFont, QFontMetricsF

from desktop_app.library.editions import Library
from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.papers.pdf.picture_drawing import label_width
from desktop_app.plan.pathway.model import Pathway, State, Station
from desktop_app.plan.pathway.picture import LEAST_COLUMN, StationBox, pathway_picture, station_boxes, wrapped
from desktop_app.plan.pathway.text import pathway_text
from tests.desktop_app.plan.pathway.stations import STATIONS

WIDE, NARROW = 9 * LEAST_COLUMN, 5 * LEAST_COLUMN


def pathway_with(states: dict[str, State], words: str = "gedaan", detail: str = "") -> Pathway:
    """A pathway by hand."""
    phrases = Library().phrases("nl")
    return Pathway(
        "Het pad",
        tuple(
            Station(key, phrases.get("pathway", "station", key), states.get(key, State.DEPENDS), words, detail)
            for key in STATIONS
        ),
    )


def inside(picture: Picture, box: StationBox) -> list[Path | Label]:
    """The shapes that lie within a station's part of the picture, the line between stations left out."""
    found: list[Path | Label] = []
    for shape in picture.shapes:
        points = [(shape.x, shape.y)] if isinstance(shape, Label) else _points(shape)
        if all(box.holds(x, y) for x, y in points):
            found.append(shape)
    return found


def _points(path: Path) -> list[tuple[float, float]]:
    numbers = [numbers for _, numbers in path.commands]
    return [(row[place], row[place + 1]) for row in numbers for place in range(0, len(row), 2)]


def outline(shapes: list[Path | Label], box: StationBox) -> tuple[object, ...]:
    """Shapes without colours and words, seen from the corner of their box."""
    return tuple(
        tuple(
            (letter, tuple(round(n - (box.x, box.y)[i % 2], 3) for i, n in enumerate(row)))
            for letter, row in s.commands
        )
        for s in shapes
        if isinstance(s, Path)
    )


def _moved(numbers: tuple[float, ...], box: StationBox) -> tuple[float, ...]:
    return tuple(round(number - (box.x, box.y)[place % 2], 3) for place, number in enumerate(numbers))


def labels_of(picture: Picture) -> list[Label]:
    return [shape for shape in picture.shapes if isinstance(shape, Label)]


def test_each_state_has_a_shape_of_its_own() -> None:
    shapes = set()
    for state in State:
        pathway = pathway_with({"mri": state})
        box = station_boxes(pathway, WIDE)[2]
        shapes.add(outline(inside(pathway_picture(pathway, WIDE), box), box))
    assert len(shapes) == len(State)


def test_each_state_says_its_word_under_the_name() -> None:
    pathway = pathway_with({}, words="wacht")
    picture = pathway_picture(pathway, WIDE)
    for station, box in zip(pathway.stations, station_boxes(pathway, WIDE), strict=True):
        words = [shape.text for shape in inside(picture, box) if isinstance(shape, Label)]
        assert words[-2:] == [station.name, "wacht"]


@pytest.mark.parametrize(("width", "rows"), [(WIDE + 50, 1), (WIDE, 1), (WIDE - 1, 2), (NARROW, 2), (200, 5)])
def test_it_wraps_where_it_is_narrow(width: float, rows: int) -> None:
    boxes = station_boxes(pathway_with({}), width)
    assert len({box.y for box in boxes}) == rows
    assert all(box.x >= 0 and box.x + box.width <= width + 0.01 for box in boxes)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("with_details", [False, True])
def test_every_shape_lies_in_the_picture(width: float, with_details: bool) -> None:
    detail = "wacht op röntgenfoto’s in twee richtingen, MRI met contrast en nog veel meer " * 3
    picture = pathway_picture(pathway_with({"mri": State.NOW}, detail=detail), width, with_details)
    for shape in picture.shapes:
        points = [(shape.x, shape.y)] if isinstance(shape, Label) else _points(shape)
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.usefixtures("qapp")
def test_all_names_and_words_fit_the_narrowest_column(language: str) -> None:
    """On the screen with the widest font that we ship with, on paper with the letter's own."""
    phrases = Library().phrases(language)
    states = phrases.table("pathway", "state")
    labels = labels_of(pathway_picture(pathway_with({"mri": State.NOW}), WIDE))
    name, words = (next(label for label in labels if label.text == text) for text in ("MRI", "gedaan"))
    tight = []
    for text, model in [(t, name) for t in phrases.table("pathway", "station").values()] + [
        (t, words) for t in states.values()
    ]:
        label = Label(text, 0, 0, model.size, model.role, is_bold=text == states["now"])
        font = QFont("DejaVu Sans")
        font.setPixelSize(round(label.size * 10))
        if max(label_width(label), QFontMetricsF(font).horizontalAdvance(text) / 10) > LEAST_COLUMN - 1:
            tight.append(text)
    assert tight == []


def test_the_alternative_text_is_the_text_equivalent() -> None:
    pathway = pathway_with({"mri": State.NOW}, detail="iets")
    assert pathway_picture(pathway, WIDE).alternative_text == pathway_text(pathway)


def test_long_details_are_shortened_in_the_picture_alone() -> None:
    detail = "een lange reden die in geen enkele kolom past omdat er zo veel van is " * 4
    pathway = pathway_with({}, detail=detail.strip())
    labels = [
        shape.text for shape in pathway_picture(pathway, WIDE, with_details=True).shapes if isinstance(shape, Label)
    ]
    assert any(text.endswith("…") for text in labels)
    assert detail.strip() in pathway_text(pathway)


@pytest.mark.parametrize("state", [State.NOW, State.TO_DO, State.WAITING, State.NOT_NEEDED])
def test_what_is_to_be_done_is_never_cut(state: State) -> None:
    detail = "CT-thorax zonder contrast, FDG-PET/CT (bij voorkeur), whole-body-MRI (overwegen), MRI met contrast"
    picture = pathway_picture(pathway_with({"mri": state}, detail=detail), WIDE, with_details=True)
    words = " ".join(shape.text for shape in picture.shapes if isinstance(shape, Label))
    assert "(overwegen), MRI met contrast" in words


def test_a_detail_that_is_cut_ends_after_a_whole_word() -> None:
    detail = "van histologische diagnose, vermoedelijke diagnose, eenduidig op beeld volgens het MDO"
    picture = pathway_picture(pathway_with({"mri": State.DEPENDS}, detail=detail), WIDE, with_details=True)
    cut = [shape.text for shape in picture.shapes if isinstance(shape, Label) and shape.text.endswith("…")]
    assert all(text.rstrip("…").split()[-1] in detail.replace(",", "").split() for text in cut)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een twee drie", ["een twee", "drie"]),
        ("expertisecentrum", ["expertis-", "ecentrum"]),
        ("niet-ossificerend", ["niet-", "ossifice-", "rend"]),
        ("", []),
    ],
)
def test_words_are_put_in_lines(text: str, lines: list[str]) -> None:
    assert wrapped(text, 9) == lines
