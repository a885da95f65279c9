"""The house rules that can be counted: how long files and functions are, what is documented, and what goes untyped.

`Any` turns the type checker off. Each package states how many lines may do that, and why; the numbers only go down.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import CHECKOUT

ANY_ALLOWED = {
    "guideline_core": 4,  # a form as JSON gives it (2 lines), and the solver, which has no types (2 lines)
    "desktop_app": 12,  # FHIR, a JSON schema, Qt, argparse and ReportLab; each says why where it stands
    "packaging": 0,
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CORE = "guideline_core"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(package: str) -> list[Path]:
    found = sorted((CHECKOUT / package).rglob("*.py"))
    assert found, f"there is no {package} to look at"
    return found


def lines_with_any(source: str) -> set[int]:
    """The lines on which the name `Any` stands; in comments and texts it does not count."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.NAME and token.string == "Any"}


def long_functions(source: str) -> list[str]:
    return [f"{each.name}: {length}" for each in functions(source) if (length := length_of(each)) > LONGEST_FUNCTION]


def length_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def functions(source: str) -> Iterator[Function]:
    return (each for each in ast.walk(ast.parse(source)) if isinstance(each, Function))


def undocumented(source: str) -> list[str]:
    """The module, and its public functions, classes and methods, that do not say what they are for."""
    tree = ast.parse(source)
    nodes: list[tuple[str, ast.Module | ast.ClassDef | Function]] = [("module", tree), *public(tree)]
    return [name for name, node in nodes if ast.get_docstring(node) is None]


def public(body: ast.Module | ast.ClassDef) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    for node in body.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{name}", inner) for name, inner in public(node))


@pytest.mark.parametrize("package", ANY_ALLOWED)
def test_no_more_goes_untyped_than_is_allowed(package: str) -> None:
    found = {path: len(lines_with_any(path.read_text(encoding="utf-8"))) for path in modules(package)}
    most = sorted(((count, path.relative_to(CHECKOUT).as_posix()) for path, count in found.items()), reverse=True)[:5]
    assert sum(found.values()) <= ANY_ALLOWED[package], f"{sum(found.values())} lines; most in {most}"


@pytest.mark.parametrize("path", modules(CORE), ids=lambda path: path.relative_to(CHECKOUT / CORE).as_posix())
def test_the_core_keeps_the_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    assert long_functions(source) == []
    assert undocumented(source) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from typing import Any\n", {1}),
        ("def f(\n    one: Any, two: list[Any]\n) -> Any: ...\n", {2, 3}),
        ('"""Any text."""  # Any comment\nname = "Any"\nAnything = 1\n', set()),
    ],
)
def test_any_is_counted_where_it_is_a_type(source: str, lines: set[int]) -> None:
    assert lines_with_any(source) == lines


def test_a_long_function_is_noticed() -> None:
    body = "    pass\n"
    assert long_functions("def short():\n" + body * (LONGEST_FUNCTION - 1)) == []
    assert long_functions("def long():\n" + body * LONGEST_FUNCTION) == [f"long: {LONGEST_FUNCTION + 1}"]


def test_what_does_not_say_what_it_is_for_is_noticed() -> None:
    source = "class Case:\n    def plan(self): ...\n    def _own(self): ...\ndef _help(): ...\n"
    assert undocumented(source) == ["module", "Case", "Case.plan"]
