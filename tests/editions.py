"""The real edition for tests, read from the checkout, and planners for it and for changed copies."""

from functools import cache

from guideline_core.compiler import compile_edition
from guideline_core.edition import Edition
from guideline_core.edition_reader import read_edition
from guideline_core.planning import Planner
from guideline_core.tables import planning_tables
from tests.checkout import CHECKOUT

EDITION_FOLDER = CHECKOUT / "resources" / "guideline" / "bottumoren-2026-concept"


@cache
def edition_files() -> dict[str, bytes]:
    """The files of the real edition by name."""
    return {path.name: path.read_bytes() for path in sorted(EDITION_FOLDER.iterdir())}


@cache
def read_real_edition() -> Edition:
    """The real edition."""
    return read_edition(edition_files())


def planner_of(edition: Edition) -> Planner:
    """A planner for an edition."""
    return Planner(compile_edition(edition), planning_tables(edition))
