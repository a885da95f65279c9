"""The plan in the README is the plan that the program prints."""

import datetime

from desktop_app.library.editions import Library
from desktop_app.plan.as_text import plan_as_text
from tests.checkout import CHECKOUT

EXAMPLE = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"
DAY = datetime.date(2026, 11, 23)


def test_readme_shows_the_plan_as_it_prints() -> None:
    library = Library()
    edition = library.edition()
    case = edition.read_case(EXAMPLE.read_bytes(), DAY)
    printed = plan_as_text(edition.planner.make_plan(case, DAY), edition.names, library.phrases("nl"), 88, None)
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## A plan as it prints")[1].split("\n## ")[0]
    shown = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    assert len(shown) > 30
    assert shown == [line for line in printed.splitlines() if line][: len(shown)]
