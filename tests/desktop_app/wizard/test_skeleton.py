"""The skeleton in the window: every region clicked with the mouse, walked with the keys, and equal to the list."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.looks.drawing.picture import Path
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.skeleton.figure import Figure, Part, figure
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.wizard.inputs.skeleton import SMALLEST_SCALE, SkeletonPlate
from desktop_app.wizard.inputs.skeleton_panel import SkeletonDialog, SkeletonPanel
from guideline_core.case import Case
from tests.desktop_app.looks.skeleton.expected import BONES, MIDLINE, side_seen_at
from tests.desktop_app.wizard import helpers

Key = Qt.Key
LEFT_BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PAIRED_IN_THE_NOSE = {"nasal", "inferior_nasal_concha", "palatine"}
"""A click on the middle of the nose cannot say which of the two is meant."""


def words() -> SkeletonWords:
    return SkeletonWords(helpers.phrases(), helpers.lists().bones.__getitem__)


def new_plate(qtbot, shown: Figure) -> SkeletonPlate:
    """A plate as small as it is ever shown."""
    plate = SkeletonPlate(shown, words())
    qtbot.addWidget(plate)
    plate.resize(plate.minimumSize())
    plate.show()
    return plate


@pytest.fixture
def plate(qtbot) -> SkeletonPlate:
    return new_plate(qtbot, figure())


def region(name: str, side: str) -> Part:
    return next(part for part in figure().regions if (part.id, part.side) == (name, side))


def move_mouse(plate: SkeletonPlate, place: QPoint) -> None:
    """QTest would move the pointer of the screen, and tell whichever window lies in front there."""
    there, everywhere = place.toPointF(), plate.mapToGlobal(place).toPointF()
    no_button = Qt.MouseButton.NoButton
    QApplication.sendEvent(plate, QMouseEvent(QEvent.Type.MouseMove, there, everywhere, no_button, no_button, NO_KEY))


def click(plate: SkeletonPlate, place: QPoint) -> None:
    move_mouse(plate, place)
    QTest.mouseClick(plate, LEFT_BUTTON, NO_KEY, place)


def picks_at(plate: SkeletonPlate, place: QPoint) -> list[tuple[str, str | None]]:
    """What a click brings: one choice, or the choices of the list that it opens, each clicked in turn."""
    told: list[tuple[str, str | None]] = []
    plate.picked.connect(lambda bone, side: told.append((bone, side)))
    click(plate, place)
    if plate.menu.isVisible():
        for number in range(len(plate.menu.actions())):
            if number:
                click(plate, place)
            menu = plate.menu
            QTest.mouseClick(menu, LEFT_BUTTON, NO_KEY, menu.actionGeometry(menu.actions()[number]).center())
    plate.picked.disconnect()
    return told


def wrong_clicks(plate: SkeletonPlate) -> list[str]:
    """Click every region; say where bone or side is not what anatomy, and the place on the plate, say."""
    wrong = []
    scale = plate.width() / plate.figure.width
    for part in plate.figure.regions:
        place = plate.place_of(part)
        side = "midline" if part.id in MIDLINE else side_seen_at(place.x() / scale)
        expected = {
            (bone, None if side == "midline" and bone in PAIRED_IN_THE_NOSE else side) for bone in BONES[part.id]
        }
        if set(picks_at(plate, place)) != expected:
            wrong.append(f"{part.id} at {place.x()}, {place.y()}")
    return wrong


# --- the mouse --------------------------------------------------------------------------------------------------------


def test_a_click_on_every_region_gives_its_bones_and_side(plate):
    assert wrong_clicks(plate) == []


def test_a_mirror_mistake_is_caught(qtbot):
    """The back drawn as if one looked the patient in the face."""
    other = {"left": "right", "right": "left"}
    parts = tuple(
        dataclasses.replace(part, side=other.get(part.side, part.side)) if part.view == "back" else part
        for part in figure().parts
    )
    wrong = wrong_clicks(new_plate(qtbot, dataclasses.replace(figure(), parts=parts)))
    assert wrong and all(name.startswith("back.") for name in wrong)
    assert len(wrong) == len([part for part in figure().regions if part.view == "back" and part.side != "midline"])


def test_every_target_is_24_pixels_also_at_the_smallest_size(plate):
    corners = [QPoint(x, y) for x in (-12, 0, 12) for y in (-12, 0, 12)]
    small = [
        part.id
        for part in figure().parts
        if part.anchor is not None
        and any(plate.part_under((plate.place_of(part) + corner).toPointF()) is not part for corner in corners)
    ]
    assert small == []
    assert plate.width() >= figure().width * SMALLEST_SCALE - 1


def test_the_region_under_the_mouse_is_named_and_drawn_otherwise(plate, qtbot):
    before = plate.grab().toImage()
    with qtbot.waitSignal(plate.pointed_at) as told:
        move_mouse(plate, plate.place_of(region("front.tibia", "left")))
    assert told.args == ["Scheenbeen (tibia), links"]
    assert plate.grab().toImage() != before
    with qtbot.waitSignal(plate.pointed_at) as told:
        move_mouse(plate, QPoint(8, 8))
    assert told.args == [""]


def test_a_click_that_ends_elsewhere_chooses_nothing(plate):
    told = []
    plate.picked.connect(lambda *pick: told.append(pick))
    QTest.mousePress(plate, LEFT_BUTTON, NO_KEY, plate.place_of(region("front.tibia", "left")))
    QTest.mouseRelease(plate, LEFT_BUTTON, NO_KEY, plate.place_of(region("front.tibia", "right")))
    assert told == []


def test_a_hand_of_the_body_leads_to_its_enlargement(plate):
    door = next(part for part in figure().parts if part.id == "front.hand" and part.side == "left")
    assert picks_at(plate, plate.place_of(door)) == []
    assert (plate.current.view, plate.current.side) == ("hand", "left")


# --- the keys ---------------------------------------------------------------------------------------------------------


def test_arrows_and_enter_choose(plate):
    told = []
    plate.picked.connect(lambda *pick: told.append(pick))
    plate.present("femur", "right")
    plate.setFocus()
    QTest.keyClick(plate, Key.Key_Down)  # the first key goes to what is chosen
    assert (plate.current.id, plate.current.side) == ("front.femur", "right")
    QTest.keyClick(plate, Key.Key_Down)
    assert (plate.current.id, plate.current.side) == ("front.patella", "right")
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        QTest.keyClick(plate, key)
    assert told == [("patella", "right")] * 3


def test_a_list_of_bones_is_chosen_from_with_the_keys(plate):
    told = []
    plate.picked.connect(lambda *pick: told.append(pick))
    plate.present("vertebra_l4", "midline")
    plate.setFocus()
    QTest.keyClick(plate, Key.Key_Down)
    QTest.keyClick(plate, Key.Key_Return)
    assert [action.data() for action in plate.menu.actions()] == list(plate.current.bones)
    QTest.keyClick(plate.menu, Key.Key_Down)
    QTest.keyClick(plate.menu, Key.Key_Return)
    assert len(told) == 1 and told[0][0].startswith("vertebra_l") and told[0][1] == "midline"


def test_a_screen_reader_hears_what_is_here_and_what_is_chosen(plate):
    plate.present("femur", "right")
    move_mouse(plate, plate.place_of(region("front.tibia", "left")))
    reader = QAccessible.queryAccessibleInterface(plate)
    assert reader.text(QAccessible.Text.Name) == "Kies het bot op de figuur"
    described = reader.text(QAccessible.Text.Description)
    assert "Scheenbeen (tibia), links" in described
    assert "Dijbeen (femur), rechts" in described


# --- on the page ------------------------------------------------------------------------------------------------------


def panel_of(wizard) -> SkeletonPanel:
    wizard.go_to_field("lesion.bone")
    QApplication.processEvents()  # the figure comes after the page
    return wizard.current_page.skeleton


def opened(wizard) -> SkeletonDialog:
    panel = panel_of(wizard)
    panel.button.click()
    return panel.dialog


def coloured(panel: SkeletonPanel) -> list[Path]:
    shapes = panel.small.drawing.shapes
    return [shape for shape in shapes if isinstance(shape, Path) and shape.fill is Role.ACCENT]


def test_a_choice_on_the_figure_answers_bone_and_side_in_one_step(wizard, document):
    document.answer("lesion.region", "spine")
    steps = document.undo_stack.count()
    dialog = opened(wizard)
    click(dialog.plate, dialog.plate.place_of(region("front.tibia", "left")))
    assert not dialog.isVisible()
    assert [document.value(f"lesion.{name}") for name in ("bone", "side", "region")] == ["tibia", "left", None]
    assert document.undo_stack.count() == steps + 1
    assert wizard.current_page.rows["lesion.bone"].input.text() == "Scheenbeen (tibia)"
    document.undo_stack.undo()
    assert [document.value(f"lesion.{name}") for name in ("bone", "side", "region")] == [None, None, "spine"]


def test_a_bone_of_which_the_side_is_not_said_takes_back_an_older_side(wizard, document):
    document.answer_together({"lesion.bone": "femur", "lesion.side": "left"})
    dialog = opened(wizard)
    click(dialog.plate, dialog.plate.place_of(region("skull_front.nose", "midline")))
    menu = dialog.plate.menu
    nasal = next(action for action in menu.actions() if action.data() == "nasal")
    QTest.mouseClick(menu, LEFT_BUTTON, NO_KEY, menu.actionGeometry(nasal).center())
    assert (document.value("lesion.bone"), document.value("lesion.side")) == ("nasal", None)


def test_esc_leaves_everything_as_it_was(wizard, document):
    dialog = opened(wizard)
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert document.is_empty()


def test_a_choice_in_the_list_is_coloured_on_the_figure(wizard, document):
    panel = panel_of(wizard)
    assert coloured(panel) == []
    edit = wizard.current_page.rows["lesion.bone"].input.edit
    edit.setFocus()
    QTest.keyClicks(edit, "kuitbeen")
    QTest.keyClick(edit, Key.Key_Return)
    assert document.value("lesion.bone") == "fibula"
    assert panel.small.drawing.alternative_text == "Skelet; gekleurd is: Kuitbeen (fibula), zijde niet bekend."
    wizard.current_page.rows["lesion.side"].input.choose("right")
    assert panel.small.drawing.alternative_text == "Skelet; gekleurd is: Kuitbeen (fibula), rechts."
    (path,) = coloured(panel)
    assert max(numbers[0] for _, numbers in path.commands if numbers) < panel.small.drawing.width / 2
    assert "Kuitbeen (fibula), rechts" in panel.button.accessibleName()
    document.load(Case())
    assert coloured(panel_of(wizard)) == []


def test_the_large_figure_opens_with_what_is_chosen(wizard, document):
    document.answer_together({"lesion.bone": "radius", "lesion.side": "right"})
    dialog = opened(wizard)
    assert "Spaakbeen (radius), rechts" in dialog.plate.accessibleDescription()
    dialog.reject()


def test_the_skeleton_goes_under_the_questions_where_there_is_no_room_beside_them(wizard, wizard_window):
    panel = panel_of(wizard)
    bone = wizard.current_page.rows["lesion.bone"]
    width, height = wizard_window.width(), wizard_window.height()
    try:
        wizard_window.resize(900, height)
        QApplication.processEvents()
        assert panel.mapTo(wizard, QPoint()).x() > bone.mapTo(wizard, QPoint()).x() + bone.width() - 1
        wizard_window.resize(420, height)
        QApplication.processEvents()
        assert panel.mapTo(wizard, QPoint()).y() > bone.mapTo(wizard, QPoint()).y() + bone.height() - 1
    finally:
        wizard_window.resize(width, height)
        QApplication.processEvents()
