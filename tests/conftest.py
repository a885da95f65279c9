"""What all tests share: the real edition, read and compiled once, and the option for runs that take long."""

import pytest

from guideline_core.edition.values import Edition
from guideline_core.planning import Planner
from tests.editions import planner_of, read_real_edition


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that turns on what takes longer than CI may."""
    parser.addoption("--long", action="store_true", help="run the long tests too (full mutation run and the like)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests unless they are asked for."""
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="long: run with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether this run may take long (`--long`): then every case is tried that the promise speaks of, else a share."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The real edition."""
    return read_real_edition()


@pytest.fixture(scope="session")
def planner(edition: Edition) -> Planner:
    """A planner for the real edition."""
    return planner_of(edition)
