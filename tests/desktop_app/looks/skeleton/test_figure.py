"""The figure: which bones, which side, targets that a hand can find, and pictures for window and documents."""

import dataclasses

import pytest

from desktop_app.library import resource_files
from desktop_app.looks.drawing.picture import Label, Path
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.skeleton.figure import Figure, FigureFault, Part, figure, read_figure
from desktop_app.looks.skeleton.neighbours import first_of_inset, neighbour
from desktop_app.looks.skeleton.picture import best_view, compact_picture, skeleton_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from tests.desktop_app.looks.skeleton.expected import (
    BONES,
    MIDLINE,
    ONLY_IN_THE_LIST,
    PAIRED,
    side_seen_at,
    wrong_sides,
)
from tests.desktop_app.wizard import helpers
from tests.editions import read_real_edition

SMALLEST_TARGET = 24.0


def words(language: str = "nl") -> SkeletonWords:
    return SkeletonWords(helpers.phrases(language), helpers.lists().bones.__getitem__)


def changed(old: Figure, parts: dict[int, Part]) -> Figure:
    """The figure with other parts at some places."""
    return dataclasses.replace(old, parts=tuple(parts.get(place, part) for place, part in enumerate(old.parts)))


def places_of(identifier: str) -> list[int]:
    return [place for place, part in enumerate(figure().parts) if part.id == identifier]


# --- bones and sides --------------------------------------------------------------------------------------------------


def test_each_region_stands_for_the_bones_that_anatomy_says():
    assert {part.id: set(part.bones) for part in figure().regions} == BONES


def test_the_figure_tells_60_to_80_regions_apart():
    assert 60 <= len({part.bones for part in figure().regions}) <= 80


def test_paired_regions_stand_on_both_sides_and_the_others_once():
    sides = sorted((part.id, part.side) for part in figure().regions)
    assert sides == sorted(
        [(name, side) for name in PAIRED for side in ("left", "right")] + [(name, "midline") for name in MIDLINE]
    )


def test_every_bone_of_the_edition_is_on_the_figure_or_a_named_exception():
    on_figure = {bone for part in figure().regions for bone in part.bones}
    assert on_figure | ONLY_IN_THE_LIST == set(read_real_edition().bones)
    assert not on_figure & ONLY_IN_THE_LIST


def test_a_bone_of_the_midline_is_unpaired_or_its_side_stays_open():
    paired = {bone for bone, entry in read_real_edition().bones.items() if entry.paired}
    alone = {bone for name, bones in MIDLINE.items() for bone in bones if len(bones) == 1 or name != "skull_front.nose"}
    assert not alone & paired


def test_the_patients_right_is_at_the_viewers_left_save_on_the_back():
    assert wrong_sides(figure()) == []


@pytest.mark.parametrize("name", ["front.femur", "back.femur", "hand.metacarpal_3", "skull_side.parietal"])
def test_a_swapped_region_is_noticed(name):
    first, second = places_of(name)
    parts = figure().parts
    swapped = {
        first: dataclasses.replace(parts[first], side="left"),
        second: dataclasses.replace(parts[second], side="right"),
    }
    assert sorted(wrong_sides(changed(figure(), swapped))) == [f"{name} left", f"{name} right"]


def test_a_back_that_was_drawn_like_a_front_is_noticed():
    back = {
        place: dataclasses.replace(part, side={"left": "right", "right": "left"}.get(part.side, part.side))
        for place, part in enumerate(figure().parts)
        if part.view == "back"
    }
    assert len(wrong_sides(changed(figure(), back))) == 2 * len([name for name in PAIRED if name.startswith("back")])


def test_left_and_right_mirror_each_other():
    halves = {(part.id, part.side): part for part in figure().regions}
    for name in PAIRED:
        right, left = halves[name, "right"], halves[name, "left"]
        axis = figure().axes[right.view]
        for one, other in zip(right.outlines, left.outlines, strict=True):
            assert [y for _, y in one.points] == [y for _, y in other.points]
            assert [2 * axis - x for x, _ in one.points] == pytest.approx([x for x, _ in other.points])


# --- targets ----------------------------------------------------------------------------------------------------------


def misses(shown: Figure) -> list[str]:
    """What is not hit everywhere in a square of 24 around its anchor."""
    steps = [SMALLEST_TARGET * (step / 6 - 0.5) for step in range(7)]
    found = []
    for part in shown.parts:
        if part.anchor is not None:
            x, y = part.anchor
            if any(shown.part_at(x + right, y + down) is not part for right in steps for down in steps):
                found.append(part.id)
    return found


def test_every_target_is_24_pixels_wide_and_high():
    assert misses(figure()) == []


def test_targets_that_overlap_are_noticed():
    patella, femur = places_of("front.patella")[0], places_of("front.femur")[0]
    x, y = figure().parts[femur].anchor
    moved = dataclasses.replace(figure().parts[patella], anchor=(x + 4, y))
    assert "front.patella" in misses(changed(figure(), {patella: moved}))


def test_the_target_of_a_region_touches_its_drawing():
    """A square beside the bone would be hit, and say something else than what one sees."""
    far = [part.id for part in figure().parts if part.anchor is not None and part.distance(*part.anchor) > 8]
    assert far == []


def test_beside_the_body_nothing_is_hit():
    assert figure().part_at(128, 560) is None  # between the feet
    assert figure().part_at(560, 80) is None  # left of the skulls


def test_a_rib_is_told_from_the_one_above_it():
    lower = next(part for part in figure().regions if part.id == "back.ribs_lower" and part.side == "right")
    by_height = sorted(lower.shapes, key=lambda shape: shape.commands[0][1][1])
    bones = [lower.bone_at(*_middle(shape)) for shape in by_height]
    assert sorted(bones) == sorted(lower.bones)


def _middle(shape):
    """A point on the outline of a shape: nearer to it than to any other."""
    return shape.commands[len(shape.commands) // 2][1][-2:]


# --- pictures ---------------------------------------------------------------------------------------------------------


def coloured(picture, role=Role.ACCENT) -> list[Path]:
    return [shape for shape in picture.shapes if isinstance(shape, Path) and shape.fill is role]


def centre(path: Path) -> float:
    xs = [x for _, numbers in path.commands for x in numbers[::2]]
    return (min(xs) + max(xs)) / 2


def test_other_sites_are_coloured_too_and_told():
    alone = compact_picture(figure(), "femur", "left", words())
    others = [("tibia", "right"), ("humerus", "left")]
    picture = compact_picture(figure(), "femur", "left", words(), others)
    assert len(coloured(picture)) > len(coloured(alone))
    assert picture.alternative_text.startswith(alone.alternative_text)
    assert all(words().choice(*site) in picture.alternative_text for site in others)


def test_r_and_l_stand_on_front_and_back_at_the_right_side():
    labels = [shape for shape in skeleton_picture(figure(), None, None, words()).shapes if isinstance(shape, Label)]
    letters = [(label.text, label.x) for label in labels if label.text in ("R", "L")]
    assert len(letters) == 12  # six views
    assert {text for text, x in letters if x < 260} == {text for text, x in letters if 260 < x < 522} == {"R", "L"}
    for text, x in letters:
        assert side_seen_at(x) == {"R": "right", "L": "left"}[text], f"{text} at {x}"


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize(
    "bone", ["femur", "rib_3", "metacarpal_1", "calcaneus", "temporal", "hip_bone", "sesamoid_foot"]
)
def test_a_chosen_bone_is_coloured_on_its_side_only(bone, side):
    paths = coloured(skeleton_picture(figure(), bone, side, words()))
    assert paths
    assert {side_seen_at(centre(path)) for path in paths} == {side}


def test_of_several_bones_in_a_region_only_the_chosen_one_is_coloured():
    assert len(coloured(skeleton_picture(figure(), "vertebra_l3", "midline", words()))) == 2  # front and back
    assert len(coloured(skeleton_picture(figure(), "lunate", "left", words()))) == 1


def test_without_a_side_both_are_tinted_and_none_is_coloured():
    picture = skeleton_picture(figure(), "femur", None, words())
    assert coloured(picture) == []
    assert {side_seen_at(centre(path)) for path in coloured(picture, Role.ACCENT_SURFACE)} == {"right", "left"}


def test_nothing_is_coloured_while_nothing_is_chosen():
    picture = skeleton_picture(figure(), None, None, words())
    assert not coloured(picture) and not coloured(picture, Role.ACCENT_SURFACE)


def test_every_bone_is_shown_small_and_inside_the_picture():
    for name, bone in read_real_edition().bones.items():
        picture = compact_picture(figure(), name, "left" if bone.paired else "midline", words())
        assert coloured(picture), name
        for shape in picture.shapes:
            numbers = [n for _, ns in shape.commands for n in ns] if isinstance(shape, Path) else [shape.x, shape.y]
            assert min(numbers) >= 0, name
            assert max(numbers[::2]) <= picture.width and max(numbers[1::2]) <= picture.height, name


@pytest.mark.parametrize(
    ("bone", "side", "view"),
    [
        ("femur", "left", "front"),
        ("scapula", "left", "back"),
        ("vertebra_t7", "midline", "back"),
        ("lunate", "right", "hand"),
        ("talus", None, "foot"),
        ("parietal", "left", "skull_side"),
        ("frontal", "midline", "skull_front"),
        (None, None, "front"),
    ],
)
def test_the_small_picture_shows_the_view_that_fits(bone, side, view):
    assert best_view(figure(), bone, side) == view


@pytest.mark.parametrize("bone", ["lunate", "talus", "parietal"])
def test_without_a_side_both_enlargements_stand_side_by_side_each_with_its_letter(bone):
    picture = compact_picture(figure(), bone, None, words())
    letters = {shape.text: shape.x for shape in picture.shapes if isinstance(shape, Label)}
    assert letters["R"] < picture.width / 2 < letters["L"]
    tinted = sorted(centre(path) for path in coloured(picture, Role.ACCENT_SURFACE))
    assert len(tinted) == 2 and tinted[0] < picture.width / 2 < tinted[1]
    alone = compact_picture(figure(), bone, "left", words())
    assert picture.width < 2.2 * alone.width


def test_the_small_picture_of_one_hand_says_which():
    labels = [
        shape.text for shape in compact_picture(figure(), "lunate", "left", words()).shapes if isinstance(shape, Label)
    ]
    assert labels == ["L"]


@pytest.mark.parametrize(
    ("language", "bone", "side", "text"),
    [
        ("nl", "femur", "right", "Skelet; gekleurd is: Dijbeen (femur), rechts."),
        ("nl", "femur", None, "Skelet; gekleurd is: Dijbeen (femur), zijde niet bekend."),
        ("nl", "sternum", "midline", "Skelet; gekleurd is: Borstbeen (sternum)."),
        ("nl", None, None, "Skelet; er is geen bot gekozen."),
        ("en", "femur", "left", "Skeleton; coloured is: Femur, left."),
    ],
)
def test_the_picture_in_words(language, bone, side, text):
    assert skeleton_picture(figure(), bone, side, words(language)).alternative_text == text
    assert compact_picture(figure(), bone, side, words(language)).alternative_text == text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_region_and_door_has_a_name(language):
    for part in figure().parts:
        if part.can_be_picked:
            assert words(language).part(part)


# --- walking ----------------------------------------------------------------------------------------------------------


def test_every_region_is_reached_by_arrows():
    start = figure().regions[0]
    seen, todo = {id(start)}, [start]
    while todo:
        part = todo.pop()
        for step in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            found = neighbour(figure(), part, *step)
            if found is not None and id(found) not in seen:
                seen.add(id(found))
                todo.append(found)
    assert [part.id for part in figure().parts if part.can_be_picked and id(part) not in seen] == []


def test_a_door_leads_to_its_enlargement_at_the_same_side():
    doors = [part for part in figure().parts if part.inset]
    assert {(part.id, part.side) for part in doors} == {
        *(
            (f"{view}.{name}", side)
            for view in ("front", "back")
            for name in ("hand", "foot")
            for side in ("left", "right")
        ),
        *((f"{view}.skull", "midline") for view in ("front", "back")),
    }
    for door in doors:
        first = first_of_inset(figure(), door)
        assert first.view.startswith(door.inset)
        assert door.side == "midline" or first.side == door.side


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b"</svg>", b"", "no SVG"),
        (b'data-view="back"', b'data-view="rear"', "rear"),
        (b'id="front.femur" data-at="', b'id="front.femur" data-was="', "front.femur"),
        (b'class="bone" d="M', b'class="bone" d="Q', "Q"),
    ],
)
def test_a_damaged_figure_is_refused_with_what_is_wrong(old, new, named):
    content = resource_files.content("figures", "skeleton.svg")
    assert old in content
    with pytest.raises(FigureFault, match=named):
        read_figure(content.replace(old, new, 1))
