"""How many files of ours a letter passes on its way from an order to the bytes of its PDF.

A file is *passed* when one of its functions runs and hands the letter on: when it calls, directly or by way of a
library, a function in another file of these rooms. A file that only answers (a phrase looked up, a size in a table)
hands nothing on and is not counted. All examples are counted, in a second run, so that what is kept from the first
(fonts, pictures, the edition) does not hide the usual way. Reading the case comes before, and writing the file after.
"""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import desktop_app
from desktop_app.exchange.made_paper import make_paper
from desktop_app.library.editions import Library
from desktop_app.papers.footer import footer_of
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import PaperOrder, order_paper
from desktop_app.settings.settings import Settings
from guideline_core.case import Case
from tests.checkout import EXAMPLES

PROGRAM = Path(desktop_app.__file__).parent
ROOMS = ("cli", "exchange", "papers", "window/papers")
DAY = datetime.date(2026, 11, 23)
MOST_FILES = 14
"""22 before the papers stood alone, measured in the same way."""


class Way:
    """The files that are passed while a function runs."""

    def __init__(self) -> None:
        self.passed: set[str] = set()

    def walk(self, run: Callable[[], object]) -> None:
        """Run it, and see who calls whom."""
        sys.setprofile(self._see)
        try:
            run()
        finally:
            sys.setprofile(None)

    def _see(self, frame: FrameType, event: str, _argument: object) -> None:
        file = self._ours(frame) if event == "call" else None
        if file is None:
            return
        caller = frame.f_back
        while caller is not None and self._ours(caller) is None:
            caller = caller.f_back
        if caller is not None and (from_file := self._ours(caller)) not in (None, file):
            self.passed.add(str(from_file))

    @staticmethod
    def _ours(frame: FrameType) -> str | None:
        """The file of a function in these rooms; importing a file is not passing it."""
        file = frame.f_code.co_filename
        if frame.f_code.co_name == "<module>" or not file.startswith(f"{PROGRAM}/"):
            return None
        place = file.removeprefix(f"{PROGRAM}/")
        return place if place.startswith(tuple(f"{room}/" for room in ROOMS)) else None


def orders(library: Library) -> list[PaperOrder]:
    """A letter of each example."""
    cases = [Case.model_validate_json(path.read_bytes()) for path in sorted(EXAMPLES.glob("*.json"))]
    edition, dutch, settings = library.edition(), library.phrases("nl"), letter_settings(Settings())
    return [order_paper(case, edition, dutch, settings, DAY) for case in cases]


def test_a_letter_passes_few_files_from_order_to_bytes(library: Library) -> None:
    way = Way()
    for order in orders(library):
        make_paper(order)
        way.walk(lambda order=order: make_paper(order))
    assert "papers/letter/compose.py" in way.passed and "papers/pdf/write.py" in way.passed
    assert len(way.passed) <= MOST_FILES, sorted(way.passed)


def test_what_hands_on_is_passed_and_what_only_answers_is_not(library: Library) -> None:
    order, way = orders(library)[0], Way()
    way.walk(lambda: footer_of(order))  # asks the facts of the case and the order, which only answer
    assert way.passed == {"papers/footer.py"}
