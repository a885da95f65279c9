"""The cases that a meeting sees, and a way to put them on the screen."""

from pathlib import Path

from guideline_core.case import Case
from tests.desktop_app.window.desk import Desk
from tests.windows.textbook_cases import CASES, case_of_script

IDENTITY = ("Vermeulen", "Noor", "2012-02-03", "03-02-2012", "3 februari 2012", "3 February 2012", "1000001")
"""All that says who the child is, as a screen could write it."""

UNDECIDED = Case.model_validate(
    {
        "complaints": {"persistent_pain": True, "night_pain": True},
        "imaging": {"xray": {"done": True, "two_views": True, "normal": False}},
        "patient": {"family_name": "Smit", "birth_date": "2010-01-04"},
    }
)
SHOWN = {
    **{name: case_of_script(answers) for name, answers in CASES.items()},
    "undecided": UNDECIDED,
    "nothing answered": Case(),
}
CHILD = SHOWN["child_with_suspected_osteosarcoma"]


def in_meeting(desk: Desk, case: Case = CHILD):
    """A window with a case in it, and the full screen of it."""
    window = desk.open()
    window.autosave.start_case(case)
    window.document.full_plan()
    window.meeting.toggle()
    return window, window.meeting.screen


def screen_of_size(desk: Desk, case: Case, width: int, height: int):
    """The full screen of a case as a monitor of this size shows it."""
    window, screen = in_meeting(desk, case)
    screen.showNormal()
    screen.resize(width, height)
    screen.arrange()
    return window, screen


def content_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
