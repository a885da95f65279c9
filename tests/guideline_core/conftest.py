"""What the tests of the core share: of editions that differ in one file the other files are parsed once."""

from functools import cache

import pytest

from guideline_core.edition import files
from guideline_core.edition.yaml_places import load

load_once = cache(load)


@pytest.fixture(autouse=True)
def unchanged_files_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing is most of the time; the reader changes nothing in what it parsed."""
    monkeypatch.setattr(files, "load", load_once)
