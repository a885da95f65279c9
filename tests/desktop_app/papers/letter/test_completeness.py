"""Nothing that a doctor fills in is left behind: each answer, alone, changes the letter."""

import types
import typing

import pytest

from desktop_app.papers.correspondents import LetterSettings
from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.contract import fields
from tests.desktop_app.papers.conftest import CENTRES, SENDER

SETTINGS = LetterSettings(SENDER, centres=CENTRES, identity_verified=True)
READ_BY_THE_PLAN_ONLY = {"schema_version", "reference_date", "setting", "phase"}
BASE = {
    "patient": {"family_name": "Proef"},
    "lesion": {"category": "malignant"},
    "biopsy": {"status": "performed"},
    "resection": {"performed": True},
}
SAMPLES = {
    "patient.birth_date": "1980-01-01",
    "patient.bsn": "111222333",
    "lesion.entity": "giant_cell_tumour_of_bone",
    "lesion.differential": ["osteosarcoma"],
    "lesion.bone": "femur",
    "lesion.other_sites": [{"bone": "tibia"}],
    "pathology.histology": "giant_cell_tumour_of_bone",
    "pathology.histology_differential": ["osteosarcoma"],
    "letter.left_out": [{"action": "staging.fdg_pet_ct", "reason": "al gemaakt"}],
    "imaging.other": [{"what": "botscan", "result": "stapeling"}],
    # The base is suspected, primary and has a category: only another answer can change the letter.
    "lesion.suspected": None,
    "lesion.origin": "metastasis",
}
GUESSES = (True, "2026-11-01", 5, [5], "tekst")


def test_each_answer_changes_the_letter(make):
    before = {group: _said(make(_with(BASE, group, {"done": True}), SETTINGS)) for group in _groups()}
    silent = []
    for path in fields():
        group = path.rpartition(".")[0]
        sample = SAMPLES.get(path, "guess")
        if path in READ_BY_THE_PLAN_ONLY or sample is None or _given(BASE, path):
            continue
        case = _answered(path) if sample == "guess" else Case.model_validate(_with(BASE, path, sample))
        if _said(make(case, SETTINGS)) == (_said(make(BASE, SETTINGS)) if path.endswith(".done") else before[group]):
            silent.append(path)
    assert silent == []


@pytest.mark.parametrize("path", ["imaging.mri.contrast", "lesion.side", "letter.question"])
def test_guessing_finds_an_answer(path):
    assert _answered(path).answer_at(path) is not None


def _said(letter):
    """All of it but the fingerprints, which change with everything."""
    return (letter.kind, letter.envelope, letter.patient, letter.alerts, letter.core, letter.summary, letter.warnings)


def _groups():
    return {path.rpartition(".")[0] for path in fields()}


def _given(tree, path):
    for name in path.split("."):
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree is not None


def _with(tree, path, value):
    """A copy with an answer at a path; given a group, with its answers, as far as the group knows them."""
    copy = {key: dict(item) for key, item in tree.items()}
    *parents, last = path.split(".") if path else [""]
    if isinstance(value, dict):
        known = {name: each for name, each in value.items() if f"{path}.{name}" in fields()}
        if not known:
            return copy
        value = known
    place = copy
    for name in parents:
        place = place.setdefault(name, {})
    if f"{'.'.join(parents)}.done" in fields():
        place["done"] = True
    place[last] = value
    return copy


def _answered(path):
    """The base with the first answer to a field that the contract accepts."""
    for value in (*_choices(path), *GUESSES):
        try:
            return Case.model_validate(_with(BASE, path, value))
        except ValueError:
            continue
    raise AssertionError(path)


def _choices(path):
    model: type[Answers] = Case
    *parents, last = path.split(".")
    for name in parents:
        model = model.model_fields[name].annotation
    return list(_literals(model.model_fields[last].annotation))


def _literals(annotation):
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
        for each in typing.get_args(annotation):
            yield from _literals(each)
