"""The real edition for tests, read from the checkout, and planners for it and for changed copies."""

from collections.abc import Mapping
from functools import cache

from guideline_core.compiler import compile_edition, space_of
from guideline_core.edition.reading import read_with_trees
from guideline_core.edition.trees import Place
from guideline_core.edition.values import Edition
from guideline_core.planning import Planner
from guideline_core.question_places import QuestionPlaces
from guideline_core.space import Space
from tests.checkout import CHECKOUT

EDITION_FOLDER = CHECKOUT / "resources" / "guideline" / "bottumoren-2026-concept"


@cache
def edition_files() -> dict[str, bytes]:
    """The files of the real edition by name."""
    return {path.name: path.read_bytes() for path in sorted(EDITION_FOLDER.iterdir())}


def read_real_edition() -> Edition:
    """The real edition."""
    return _read()[0]


@cache
def real_places() -> QuestionPlaces:
    """Where its questions have their place."""
    return QuestionPlaces(read_real_edition().places)


@cache
def space_of_real_edition() -> Space:
    """Its space."""
    return space_of(read_real_edition())


def real_trees() -> Mapping[str, object]:
    """What YAML makes of the files of the real edition."""
    return _read()[1]


@cache
def _read() -> tuple[Edition, Mapping[str, object]]:
    return read_with_trees(edition_files())


def told_to_patient() -> tuple[str, ...]:
    """The actions of which the real edition tells a patient."""
    return read_real_edition().sheets.told_to_patient


def no_fault(file: str, place: Place, entry: str, message: str) -> None:
    """The real edition has no faults."""
    raise AssertionError(f"{file}: {entry}: {message}")


def planner_of(edition: Edition) -> Planner:
    """A planner for an edition."""
    return Planner(compile_edition(edition))
