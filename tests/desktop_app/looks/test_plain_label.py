"""The label of plain text: what a file holds is shown in it, and never turns or hides what stands around it."""

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.window.dialogs.question import QuestionBox
from desktop_app.window.messages import Choice, Question

OBEYED = "a\u202eb\x1b\u2067c"
SHOWN = "a\\u202eb\\u001b\\u2067c"


def test_a_label_shows_what_would_turn_its_text(qtbot):
    label = PlainLabel(OBEYED)
    qtbot.addWidget(label)
    assert label.text() == SHOWN
    label.setText(f"{OBEYED}\n\t")
    assert label.text() == f"{SHOWN}\n\t"


def test_a_question_does_too(qtbot):
    box = QuestionBox(Question(OBEYED, OBEYED, (Choice("no", "Nee"),), safe="no"))
    qtbot.addWidget(box)
    assert (box.text(), box.informativeText()) == (SHOWN, SHOWN)
