"""The examples in docstrings are true, of the core and of the program."""

import doctest
import importlib
from pathlib import Path

import pytest

from tests.checkout import CHECKOUT


def modules_with_examples() -> list[str]:
    folders = (CHECKOUT / name for name in ("guideline_core", "desktop_app"))
    paths = sorted(path for folder in folders for path in folder.rglob("*.py"))
    return [name_of(path) for path in paths if ">>> " in path.read_text(encoding="utf-8")]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(CHECKOUT).with_suffix("").parts)


def test_some_modules_give_examples() -> None:
    assert len(modules_with_examples()) > 5


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_are_true(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_an_example_that_is_wrong_is_noticed() -> None:
    example = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    assert doctest.DocTestRunner().run(example, out=lambda text: None).failed == 1
