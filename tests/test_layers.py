"""The core is pure: it reads no disk, no clock and no other layer. Above it each layer uses only those below.

import-linter (packaging/check.py) holds the list of packages that the core may not import, and the order of the layers.
Here is what such lists cannot say: who may use the slow YAML reader and the proofs, which calls would let the world in
without an import, that the lists are complete, and that import-linter refuses what breaks them.
"""

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import CHECKOUT

CORE = CHECKOUT / "guideline_core"

FORBIDDEN_MODULES = {"desktop_app", "PySide6", "reportlab", "os", "pathlib", "io", "time", "socket"}
# Modules that a part of the core alone may import.
RESERVED_MODULES = {
    "ruamel": ("edition/yaml_places.py",),
    "guideline_core.edition.yaml_places": ("edition/files.py",),
    "guideline_core.edition.files": ("edition/reading.py",),
    "guideline_core.edition.reading": (),
    "z3": ("proof/",),
    "guideline_core.proof": ("proof/",),
}
FORBIDDEN_CALLS = {"open", "input", "print", "breakpoint", "__import__"}
CLOCK_READINGS = {"now", "utcnow", "today"}


def imported_modules(node: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Yield the full names that an import statement may bring in; `package` is where a relative import starts."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        start = package[: len(package) - node.level + 1] if node.level else ()
        module = ".".join([*start, *([node.module] if node.module else [])])
        yield from (f"{module}.{alias.name}" for alias in node.names)


def is_within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def impurities(source: str, place: str) -> list[str]:
    """Return what makes a module of the core impure; `place` is its path inside guideline_core."""
    package = ("guideline_core", *Path(place).parent.parts)
    found = []
    for node in ast.walk(ast.parse(source)):
        for module in imported_modules(node, package):
            found += [f"imports {module}" for name in FORBIDDEN_MODULES if is_within(module, name)]
            found += [
                f"imports {module}, which only {' and '.join(owners)} may do"
                for name, owners in RESERVED_MODULES.items()
                if is_within(module, name) and not place.startswith(owners)
            ]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            found.append(f"calls {node.func.id}()")
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_READINGS:
            found.append(f"reads the clock with .{node.attr}")
    return found


def test_core_is_pure():
    modules = sorted(CORE.rglob("*.py"))
    assert modules, "there is no guideline_core to look at"
    found = {
        place: problems
        for place in (module.relative_to(CORE).as_posix() for module in modules)
        if (problems := impurities((CORE / place).read_text(encoding="utf-8"), place))
    }
    assert not found


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("import os.path", "plan.py"),
        ("def f():\n    from pathlib import Path", "plan.py"),
        ("import io, json", "plan.py"),
        ("from time import monotonic", "plan.py"),
        ("import socket", "proof/claims.py"),
        ("from desktop_app.settings.settings import language", "plan.py"),
        ("from PySide6 import QtCore", "plan.py"),
        ("import reportlab", "plan.py"),
        ("from ruamel.yaml import YAML", "plan.py"),
        ("from guideline_core.edition.yaml_places import load", "plan.py"),
        ("from guideline_core.edition.reading import read_edition", "plan.py"),
        ("import z3", "plan.py"),
        ("from guideline_core import proof", "plan.py"),
        ("from . import proof", "plan.py"),
        ("from .proof import claims", "plan.py"),
        ("from ..proof.claims import all_claims", "rules/parse.py"),
        ("import datetime\nd = datetime.date.today()", "plan.py"),
        ("from datetime import datetime\nread_clock = datetime.now", "plan.py"),
        ("text = open('x').read()", "plan.py"),
    ],
)
def test_impurity_is_noticed(source, place):
    assert impurities(source, place)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("from datetime import date\nd = date(2026, 1, 1)", "plan.py"),
        ("from ruamel.yaml import YAML", "edition/yaml_places.py"),
        ("import z3\nfrom .claims import all_claims", "proof/solver.py"),
        ("from .case import Case\nimport timeit_like, ostrich", "plan.py"),
    ],
)
def test_purity_is_not_doubted(source, place):
    assert impurities(source, place) == []


# --- no import by name -------------------------------------------------------------------------------------------


def imports_by_name(source: str) -> list[int]:
    """The lines that import a module whose name is a text: neither mypy nor import-linter sees such an import."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="importlib", names=names) if any(each.name == "import_module" for each in names):
                found.append(node.lineno)
            case ast.Attribute(attr="import_module") | ast.Call(func=ast.Name(id="__import__")):
                found.append(node.lineno)
            case ast.Call(func=ast.Attribute(attr="__import__")):
                found.append(node.lineno)
    return found


def test_every_import_can_be_seen():
    modules = [path for package in ("desktop_app", "guideline_core") for path in (CHECKOUT / package).rglob("*.py")]
    found = {path: lines for path in modules if (lines := imports_by_name(path.read_text(encoding="utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "from importlib import import_module",
        "import importlib\nimportlib.import_module('desktop_app.window')",
        "def late():\n    return __import__('desktop_app.window')",
        "import builtins\nbuiltins.__import__('desktop_app.window')",
    ],
)
def test_an_import_by_name_is_noticed(source):
    assert imports_by_name(source)


def test_python_s_own_import_may_be_put_back():
    assert imports_by_name("import builtins\nbuiltins.__import__ = original\nimport importlib.util") == []


# --- the lists of import-linter ----------------------------------------------------------------------------------

ROOMS = "each room uses only those below it"
CIRCLES = "no two parts of a window, a meeting or a case need each other"
PAGES = "the pages of the wizard do not know each other"
PAPERS = "the papers and what draws them do not know each other"
WITHOUT_QT = "what works without a window knows no Qt"


def contract(name):
    found = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return next(each for each in found if each["name"] == name)


def test_every_page_of_the_wizard_is_in_the_list():
    folder = CHECKOUT / "desktop_app" / "wizard" / "pages"
    pages = {f"desktop_app.wizard.pages.{path.stem}" for path in folder.glob("*_page.py")}
    assert set(contract(PAGES)["modules"]) == pages - {"desktop_app.wizard.pages.step_page"}


def test_every_kind_of_paper_is_in_the_list_of_those_that_stand_alone():
    folder = CHECKOUT / "desktop_app" / "papers"
    papers = {f"desktop_app.papers.{path.parent.name}" for path in folder.glob("*/__init__.py")}
    assert papers and set(contract(PAPERS)["modules"]) == papers


def test_each_room_without_a_window_must_know_no_qt():
    rooms = {"cli", "exchange", "files", "library", "papers", "settings", "store", "wizard.flow"}
    assert {f"desktop_app.{room}" for room in rooms} <= set(contract(WITHOUT_QT)["source_modules"])


def test_a_meeting_knows_no_qt_outside_its_screen():
    files = {path.stem for path in (CHECKOUT / "desktop_app" / "meeting").glob("*.py")} - {"__init__"}
    assert files and {f"desktop_app.meeting.{name}" for name in files} <= set(contract(WITHOUT_QT)["source_modules"])


def test_import_linter_refuses_what_breaks_a_list(tmp_path):
    for package in ("desktop_app", "guideline_core"):
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    broken = {
        ROOMS: ("store/problems.py", "import desktop_app.papers.letter.letter"),
        CIRCLES: (
            "window/parts/menu.py",
            "def late():\n    import desktop_app.window.commands.cases",
        ),
        PAGES: ("wizard/pages/lesion_page.py", "import desktop_app.wizard.pages.patient_page"),
        PAPERS: ("papers/patient_sheet/certainty.py", "import desktop_app.papers.letter.compose"),
        WITHOUT_QT: ("papers/correspondents.py", "import PySide6.QtCore"),
    }
    for place, line in broken.values():
        with (tmp_path / "desktop_app" / place).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    (tmp_path / "desktop_app" / "drawer.py").write_text('"""A name without a place."""\n')
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", run, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    for name in broken:
        assert f"{name} BROKEN" in " ".join(done.stdout.split()), done.stdout
    assert "drawer" in done.stdout
    assert "the core draws, prints and stores nothing KEPT" in " ".join(done.stdout.split())
