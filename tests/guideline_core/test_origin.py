"""Where a lesion comes from, beside the tumours that are named: a metastasis silences no primary tumour (AMB-101)."""

from functools import cache
from typing import Any

import pytest

from guideline_core.compiler import compile_edition
from guideline_core.space import Space
from tests.editions import read_real_edition


@cache
def space() -> Space:
    return compile_edition(read_real_edition()).space


def left(origin: str | None, diagnosis: str | None = None, **named: Any) -> set[str]:
    """The origins that are left beside what is named."""
    paths = {
        "entity": "lesion.entity",
        "differential": "lesion.differential",
        "histology": "pathology.histology",
        "weighed": "pathology.histology_differential",
    }
    raw: dict[str, object] = {"lesion.origin": origin, "pathology.diagnosis": diagnosis}
    for key, value in named.items():
        classes = space().class_of_entity
        raw[paths[key]] = frozenset(map(classes.__getitem__, value)) if isinstance(value, list) else classes[value]
    return set(space().origin.left(raw))


@pytest.mark.parametrize(
    "named",
    [
        {"entity": "osteosarcoma"},
        {"entity": "enchondroma"},
        {"entity": "multiple_myeloma"},
        {"differential": ["osteosarcoma", "ewing_sarcoma"]},
        {"differential": ["osteosarcoma", "osteomyelitis"]},
        {"differential": ["osteosarcoma", "uncertain"]},
        {"histology": "osteosarcoma"},
        {"weighed": ["chondrosarcoma"]},
        {"entity": "bone_metastasis", "histology": "chordoma"},
    ],
    ids=str,
)
def test_a_primary_tumour_contradicts_a_metastasis(named: dict[str, Any]) -> None:
    assert left("metastasis", **named) == {"contradicted"}


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"entity": "bone_metastasis"},
        {"entity": "uncertain"},
        {"entity": "geode"},
        {"histology": "osteomyelitis"},
        {"differential": ["osteosarcoma", "bone_metastasis"]},
        {"weighed": ["osteosarcoma", "bone_metastasis"]},
        {"entity": "osteosarcoma", "histology": "bone_metastasis"},
    ],
    ids=str,
)
def test_these_do_not(named: dict[str, Any]) -> None:
    assert left("metastasis", **named) == {"metastasis"}


@pytest.mark.parametrize("established", ["confirmed_by_expertise_centre", "reviewed_by_committee"])
@pytest.mark.parametrize("origin", [None, "uncertain"])
def test_an_established_metastasis_counts_by_itself(origin: str | None, established: str) -> None:
    assert left(origin, established, histology="bone_metastasis") == {"metastasis"}


@pytest.mark.parametrize("diagnosis", [None, "none", "outside_expertise_centre"])
@pytest.mark.parametrize("origin", [None, "uncertain"])
def test_one_that_nobody_confirmed_leaves_the_origin_open(origin: str | None, diagnosis: str | None) -> None:
    assert left(origin, diagnosis, histology="bone_metastasis") == {"uncertain", "metastasis"}


def test_only_a_primary_origin_contradicts_a_metastasis_under_the_microscope() -> None:
    assert left("primary", "confirmed_by_expertise_centre", histology="bone_metastasis") == {"contradicted"}
    assert left("primary", weighed=["bone_metastasis"]) == {"primary"}


@pytest.mark.parametrize("origin", ["primary", "uncertain"])
def test_another_origin_stands_beside_every_primary_tumour(origin: str) -> None:
    assert left(origin, entity="osteosarcoma") == {origin}
