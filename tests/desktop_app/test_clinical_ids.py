"""No id of an action, alert, entity or category is written in the program: what it must know stands in the edition.

A value that is a general answer as well is refused like any other, and taken from a constant of the core: `uncertain`
("it cannot be told", and also a category and an entry of the catalogue) is `guideline_core.keys.UNCERTAIN`. One id of
an action, `biopsy.in_or_with_expertise_centre`, is the path of a field too; the program makes that path from its group
and its name.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from guideline_core.edition.values import Edition
from guideline_core.keys import Category, EntityCategory
from tests.checkout import CHECKOUT

PROGRAM = CHECKOUT / "desktop_app"


def ids_of(edition: Edition) -> dict[str, str]:
    """Every id that the program may not write, and what it is the id of."""
    kinds = {
        "category": (*get_args(Category), *get_args(EntityCategory)),
        "entity": edition.entities,
        "alert": edition.alerts,
        "action": edition.actions,
    }
    return {name: kind for kind, names in kinds.items() for name in names}


def ids_in(source: str, ids: dict[str, str]) -> Iterator[str]:
    """Each id that stands in a source as a text, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ids:
            yield f"line {node.lineno}: {ids[node.value]} '{node.value}'"


def sources() -> list[Path]:
    return [path for path in sorted(PROGRAM.rglob("*.py")) if "_resources" not in path.parts]


def test_no_clinical_id_is_written_in_the_program(edition: Edition) -> None:
    ids = ids_of(edition)
    found = {
        str(path.relative_to(PROGRAM)): said
        for path in sources()
        if (said := list(ids_in(path.read_text(encoding="utf-8"), ids)))
    }
    assert len(sources()) > 200 and len(ids) > 150
    assert found == {}, "state it in the edition: actions.yaml, alerts.yaml, sheets.yaml or pathway.yaml"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('FIRST = ("imaging.xray_two_views",)', "line 1: action 'imaging.xray_two_views'"),
        ('x = 1\nif alert.id == "pregnancy":\n    pass', "line 2: alert 'pregnancy'"),
        ('match entity:\n    case "geode":\n        pass', "line 2: entity 'geode'"),
        ('{"a": {"malignant": 1}}', "line 1: category 'malignant'"),
        ('f(category="benign_active")', "line 1: category 'benign_active'"),
        ('answer != "uncertain"', "line 1: entity 'uncertain'"),
    ],
    ids=["action", "alert", "entity", "entity category", "category", "general answer"],
)
def test_a_program_that_writes_one_is_refused(edition: Edition, source: str, said: str) -> None:
    assert list(ids_in(source, ids_of(edition))) == [said]


@pytest.mark.parametrize("source", ["# biopsy.perform", '"""What a biopsy.perform is."""', "UNCERTAIN", '"biopsy"'])
def test_words_around_an_id_are_not_refused(edition: Edition, source: str) -> None:
    assert list(ids_in(source, ids_of(edition))) == []
