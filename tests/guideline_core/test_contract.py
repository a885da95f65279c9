"""What the contract says of each field, as marked in the model of a case."""

from typing import get_args

import pytest

from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.contract import fields, groups, nested, put, values_at
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING, AnswerKind, FieldClass, Identity
from guideline_core.keys import Category

WHO_IT_IS = {
    *("patient.birth_date", "patient.given_name", "patient.family_name", "patient.bsn", "patient.patient_number"),
    *("patient.address", "patient.phone", "patient.email", "patient.general_practitioner"),
}


def answers_in(group: type[Answers], prefix: str = "") -> set[str]:
    """Every path under which the model takes an answer."""
    found = set()
    for name, info in group.model_fields.items():
        nested_group = info.annotation
        if isinstance(nested_group, type) and issubclass(nested_group, Answers):
            found |= answers_in(nested_group, f"{prefix}{name}.")
        else:
            found.add(f"{prefix}{name}")
    return found


def test_every_answer_of_the_model_is_a_field() -> None:
    assert set(fields()) == answers_in(Case) - {"schema_version"}


@pytest.mark.parametrize(
    ("path", "kind", "field_class"),
    [
        ("imaging.mri.contrast", AnswerKind.YES_NO, FieldClass.EVENT),
        ("imaging.mri.date", AnswerKind.DATE, FieldClass.EVENT),
        ("imaging.other", AnswerKind.EXAMINATIONS, FieldClass.LETTER),
        ("lesion.other_sites", AnswerKind.SITES, FieldClass.DEFAULT),
        ("lesion.entity", AnswerKind.ENTITY, FieldClass.FACT),
        ("lesion.differential", AnswerKind.ENTITIES, FieldClass.FACT),
        ("lesion.bone", AnswerKind.BONE, FieldClass.FACT),
        ("lesion.size_mm", AnswerKind.NUMBERS, FieldClass.LETTER),
        ("lesion.origin", AnswerKind.CHOICE, FieldClass.DEFAULT),
        ("patient.age_years", AnswerKind.WHOLE_NUMBER, FieldClass.FACT),
        ("patient.bsn", AnswerKind.BSN, FieldClass.LETTER),
        ("patient.address", AnswerKind.SHORT_TEXT, FieldClass.LETTER),
        ("letter.history", AnswerKind.LONG_TEXT, FieldClass.LETTER),
        ("letter.left_out", AnswerKind.LEFT_OUT, FieldClass.LETTER),
        ("resection.viable_tumour_percent", AnswerKind.NUMBER, FieldClass.EVENT),
        ("treatment.earlier_unplanned_surgery", AnswerKind.YES_NO, FieldClass.EXCEPTION),
    ],
)
def test_a_field_has_the_kind_and_class_of_its_marks(path: str, kind: AnswerKind, field_class: FieldClass) -> None:
    field = fields()[path]
    assert (field.path, field.kind, field.field_class) == (path, kind, field_class)
    assert field.name == path.rpartition(".")[2]


def test_only_a_choice_has_values() -> None:
    assert fields()["lesion.category"].values == get_args(Category)
    for field in fields().values():
        assert bool(field.values) == (field.kind is AnswerKind.CHOICE), field.path


def test_who_the_patient_is_says_exactly_what_is_marked_so() -> None:
    assert {path for path, field in fields().items() if field.identity is not None} == WHO_IT_IS
    apart = {path for path, field in fields().items() if field.identity is Identity.TELLS_APART}
    assert apart == {f"patient.{name}" for name in ("birth_date", "bsn", "patient_number", "family_name")}


def test_what_is_said_aloud_names_nobody() -> None:
    """A date of an examination can be said, a birth date cannot; nor can anything that was typed freely."""
    said = {path for path, field in fields().items() if field.can_be_said_aloud}
    assert {"biopsy.date", "patient.age_years", "patient.sex", "lesion.entity", "resection.size_mm"} <= said
    assert not said & WHO_IT_IS
    typed = {path for path, field in fields().items() if field.kind.value.endswith("_text")}
    assert {"letter.remarks", "consultation.contact", "pathology.who_edition"} <= typed
    assert not said & (typed | {"imaging.other", "lesion.other_sites", "letter.left_out"})


def test_what_presupposes_another_answer_is_a_field_too() -> None:
    pairs = (IMPLIED | JUDGED_IN_MEETING).items()
    assert {path for pair in pairs for path in pair} <= set(fields())


def test_groups_are_known_by_their_path() -> None:
    assert groups()[""] is Case
    assert groups()["imaging.mri"].model_fields.keys() >= {"done", "contrast"}
    assert groups()["imaging.other"].model_fields.keys() == {"what", "date", "place", "result"}
    assert "imaging.mri.done" not in groups()
    assert values_at("lesion.other_sites.side") == values_at("lesion.side") == ("left", "right", "midline")


def test_an_answer_is_put_where_it_is_read() -> None:
    case = Case.model_validate(nested({"imaging.mri.contrast": True, "setting": "hospital"}))
    assert case.answer_at("imaging.mri.contrast") is True
    assert case.answer_at("setting") == "hospital"
    assert case.answer_at("imaging.mri.dwi") is None


def test_taking_out_the_last_answer_of_a_group_takes_out_the_group() -> None:
    answers: dict[str, object] = {"imaging": {"mri": {"done": True}, "xray": {"done": False}}}
    put(answers, "imaging.mri.done", None)
    assert answers == {"imaging": {"xray": {"done": False}}}
    put(answers, "imaging.xray.done", None)
    put(answers, "lesion.bone", None)
    assert answers == {}
