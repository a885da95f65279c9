"""The steps: they go with the wizard, say how far they are, and never say it of other answers."""

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import Qt

from desktop_app.wizard.flow import STEPS, StepState
from guideline_core.case import Case
from tests.desktop_app.window.filling import fill


def test_steps_and_wizard_go_together(qtbot, window):
    for row, step in enumerate(STEPS):
        item = window.content.steps.item(row)
        qtbot.mouseClick(
            window.content.steps.viewport(),
            Qt.MouseButton.LeftButton,
            pos=window.content.steps.visualItemRect(item).center(),
        )
        assert window.content.wizard.current_step == step == window.content.steps.current_step
        assert window.content.steps.currentRow() == row
        assert window.content.right.currentWidget() is (
            window.content.preview if step == "letter" else window.content.plan_view
        )
    for place, step in enumerate(STEPS, 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{place}"), Qt.KeyboardModifier.AltModifier)
        assert window.content.wizard.current_step == step


def test_steps_say_how_far_they_are(qtbot, window):
    window.document.full_plan()
    assert window.content.steps.states["resection"] is StepState.NOT_NEEDED
    spoken = [
        window.content.steps.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(window.content.steps.count())
    ]
    assert "u bent hier" in spoken[0] and "niet nodig" in spoken[STEPS.index("resection")]
    fill(window, {"complaints.persistent_pain": True, "complaints.night_pain": False, "complaints.swelling": False})
    window.document.full_plan()
    assert window.content.steps.states["complaints"] is StepState.COMPLETE


def test_states_never_stand_for_other_answers(desk, window, qtbot, monkeypatch):
    window.document.full_plan()
    icons = [window.content.steps.item(row).icon().cacheKey() for row in range(window.content.steps.count())]
    window.document.answer("complaints.persistent_pain", True)
    assert [
        window.content.steps.item(row).icon().cacheKey() for row in range(window.content.steps.count())
    ] == icons  # no flicker
    window.document._idle.stop()  # a plan that does not come
    qtbot.waitUntil(lambda: window.content.steps.states == {})
    spoken = [
        window.content.steps.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(window.content.steps.count())
    ]
    assert not any("niet nodig" in words or "compleet" in words or "open" in words for words in spoken)
    window.document.full_plan()
    assert window.content.steps.states.keys() == set(STEPS)
    window.document.load(Case())
    assert window.content.steps.states == {}


def test_a_step_has_one_name_everywhere(window):
    names = {step: phrases().plan("step", step) for step in STEPS}
    for row, step in enumerate(STEPS):
        assert window.content.steps.item(row).text() == names[step]
        assert window.content.wizard.pages[step].title() == names[step]
        assert window.menu.actions[f"step:{step}"].text().replace("&", "") == names[step]
    assert (names["consultation"], names["pathology"]) == ("Overleg en biopsie", "Pathologie")
    assert phrases("en").plan("step", "consultation") == "Consult and biopsy"
