"""The small skeleton of documents: the drawn figure in straight pieces, each bone on its side, small ones ringed."""

import dataclasses

import pytest

from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.skeleton.figure import VIEWS, Figure, Part, figure
from desktop_app.looks.skeleton.geometry import box_of, distance, moved, outlines
from desktop_app.looks.skeleton.small import document_picture, document_region_picture, small_figure
from tests.desktop_app.looks.skeleton.test_figure import centre, coloured, words
from tests.desktop_app.wizard.helpers import lists
from tests.editions import read_real_edition

STRAYS = 1.2
"""Units of the figure: a tenth of a millimetre on paper, and what rounding adds."""


def lines_of(part: Part) -> list[Path]:
    """The outlines of a part without the lines on bones."""
    return [Path(shape.commands) for shape in part.shapes if shape.kind != "detail"]


def strays(drawn: Part, small: Part) -> float:
    """How far the corners of each figure are from the outline of the other, at most, in units."""
    one, other = ([each for path in lines_of(part) for each in outlines(path.commands)] for part in (drawn, small))
    assert len(one) == len(other)
    found = 0.0
    for wanted, got in zip(one, other, strict=True):
        for points, line in ((wanted.points, got), (got.points, wanted)):
            found = max(found, *(edge_distance(line, x, y) for x, y in points))
    return found


def edge_distance(outline, x, y) -> float:
    """How far a point is from the line itself, also from within."""
    pieces = zip(outline.points, (*outline.points[1:], outline.points[0]), strict=True)
    return min(distance([outline._replace(points=(start, end))], x, y) for start, end in pieces)


def same_parts(drawn: Figure, small: Figure, view: str) -> list[tuple[Part, Part]]:
    """The parts of a view of both figures, those of which something is left."""
    wanted = [part for part in drawn.parts if part.view == view and lines_of(part)]
    found = [part for part in small.parts if part.view == view]
    assert [(each.id, each.side, each.bones, each.also) for each in wanted] == [
        (each.id, each.side, each.bones, each.also) for each in found
    ]
    return list(zip(wanted, found, strict=True))


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_the_drawn_figure_but_for_a_tenth_of_a_millimetre(view):
    """When this fails, skeleton.svg was changed: run packaging/small_skeleton.py."""
    for drawn, small in same_parts(figure(), small_figure(view), view):
        assert [(shape.kind, shape.bone) for shape in drawn.shapes if shape.kind != "detail"] == [
            (shape.kind, shape.bone) for shape in small.shapes
        ]
        assert strays(drawn, small) <= STRAYS, drawn.id


def test_a_part_that_was_moved_is_noticed():
    drawn, small = same_parts(figure(), small_figure("front"), "front")[0]
    shapes = tuple(
        dataclasses.replace(shape, commands=moved(shape.commands, 1.0, 3.0, 1.0, 0.0)) for shape in small.shapes
    )
    assert strays(drawn, dataclasses.replace(small, shapes=shapes)) > STRAYS


# --- the picture ------------------------------------------------------------------------------------------------------


def picture_of(bone: str, side: str | None, language: str = "nl") -> Picture:
    picture = document_picture(bone, side, words(language))
    assert picture is not None
    return picture


def labels_of(picture: Picture) -> dict[str, Label]:
    return {shape.text: shape for shape in picture.shapes if isinstance(shape, Label)}


def chosen_at(picture: Picture) -> float:
    """The x of the middle of what is coloured."""
    paths = coloured(picture)
    assert paths
    return sum(map(centre, paths)) / len(paths)


@pytest.mark.parametrize(
    ("bone", "side", "is_at_viewers_left"),
    [
        ("femur", "right", True),
        ("femur", "left", False),
        ("rib_3", "right", True),
        ("scapula", "right", False),  # seen from behind
        ("scapula", "left", True),
        ("ilium", "left", False),
    ],
)
def test_a_bone_is_coloured_where_the_viewer_sees_its_side(bone, side, is_at_viewers_left):
    picture = picture_of(bone, side)
    labels = labels_of(picture)
    assert (chosen_at(picture) < picture.width / 2) is is_at_viewers_left
    letter = labels[{"right": "R", "left": "L"}[side]]
    assert (letter.x < picture.width / 2) is is_at_viewers_left
    assert ("Achterzijde" if bone == "scapula" else "Voorzijde") in labels


def bones_of(region: str) -> list[str]:
    return [bone.id for bone in lists().bones.values() if bone.region == region]


@pytest.mark.parametrize(
    ("region", "view", "among"),
    [("spine", "Achterzijde", "sacrum"), ("pelvis", "Voorzijde", "ilium"), ("thoracic_wall", "Voorzijde", "sternum")],
)
def test_of_a_part_of_the_skeleton_every_bone_is_outlined_and_none_filled(region, view, among):
    picture = document_region_picture(bones_of(region), None, "de regio", words("nl"))
    outlined = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.line is Role.ACCENT]
    assert {shape.fill for shape in outlined if shape.fill} == {Role.ACCENT_SURFACE}
    assert not any(isinstance(shape, Path) and shape.fill is Role.ACCENT for shape in picture.shapes)
    alone = picture_of(among, None).shapes
    assert len(outlined) > sum(isinstance(shape, Path) and shape.line is Role.ACCENT for shape in alone) > 0
    assert {view, "bot niet bekend", "R", "L"} <= set(labels_of(picture))
    assert picture.alternative_text == "Op het skelet is omlijnd: de regio; het bot is niet bekend."


def test_of_a_pelvis_on_one_side_that_side_is_outlined():
    picture = document_region_picture(bones_of("pelvis"), "left", "bekken, links", words("nl"))
    outlined = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.fill is Role.ACCENT_SURFACE]
    assert outlined and all(centre(shape) > 0.45 * picture.width for shape in outlined)


@pytest.mark.parametrize(("bone", "letter"), [("lunate", "R"), ("calcaneus", "L"), ("parietal", "R")])
def test_an_enlargement_of_one_side_says_which(bone, letter):
    labels = labels_of(picture_of(bone, {"R": "right", "L": "left"}[letter]))
    assert {"R", "L"} & labels.keys() == {letter}


def test_every_bone_of_the_edition_lies_in_its_picture():
    for name, bone in read_real_edition().bones.items():
        for side in ("right", "left", None) if bone.paired else ("midline", None):
            picture = picture_of(name, side)
            if side is not None or not bone.paired:
                assert coloured(picture), name
            for shape in picture.shapes:
                numbers = [n for _, ns in shape.commands for n in ns] if isinstance(shape, Path) else [shape.x, shape.y]
                assert min(numbers) >= 0, name
                assert max(numbers[::2]) <= picture.width and max(numbers[1::2]) <= picture.height, name


@pytest.mark.parametrize("side", [None, "midline"])
@pytest.mark.parametrize("bone", ["femur", "lunate", "temporal"])
def test_of_a_paired_bone_without_a_side_both_are_outlined_and_the_picture_says_why(bone, side):
    picture = picture_of(bone, side)
    tinted = sorted(map(centre, coloured(picture, Role.ACCENT_SURFACE)))
    assert coloured(picture) == []
    assert tinted[0] < picture.width / 2 < tinted[-1]
    assert "zijde niet bekend" in labels_of(picture)
    assert {"R", "L"} <= labels_of(picture).keys()


@pytest.mark.parametrize(
    ("language", "bone", "side", "told"),
    [
        ("nl", "femur", "right", "Op het skelet is gekleurd: Dijbeen (femur), rechts."),
        ("nl", "femur", None, "Op het skelet zijn beide zijden omlijnd: Dijbeen (femur), zijde niet bekend."),
        ("nl", "sacrum", None, "Op het skelet is gekleurd: Heiligbeen (os sacrum)."),
        ("nl", "vertebra_t10", "midline", "Op het skelet is gekleurd: Wervel Th10."),
        ("en", "femur", "left", "Coloured on the skeleton: Femur, left."),
        ("en", "femur", None, "Outlined on both sides of the skeleton: Femur, side not known."),
    ],
)
def test_it_is_told_in_words(language, bone, side, told):
    assert picture_of(bone, side, language).alternative_text == told


@pytest.mark.parametrize(("bone", "has_ring"), [("vertebra_t10", True), ("patella", True), ("femur", False)])
def test_a_small_bone_has_a_ring_around_it(bone, has_ring):
    picture = picture_of(bone, "right")
    (chosen,) = coloured(picture)
    left, top, right, bottom = box_of([chosen.commands])
    boxes = [
        box_of([shape.commands])
        for shape in picture.shapes
        if isinstance(shape, Path) and shape.fill is None and shape.line is Role.ACCENT
    ]
    assert len(boxes) == has_ring
    for box in boxes:
        assert box[0] < left and box[1] < top and box[2] > right and box[3] > bottom


def test_what_is_no_bone_of_the_figure_has_no_picture():
    assert document_picture("stapes_of_nobody", "midline", _Unpaired()) is None


class _Unpaired:
    """The words of a bone that the figure does not have."""

    def is_paired(self, bone: str) -> bool:
        return False
