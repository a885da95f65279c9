"""The owner of state in a window: answers, half-typed texts, undo, and the plan of exactly the case on the screen."""

import datetime
import statistics
import time

import pytest

from desktop_app.case.answers import changed_case
from desktop_app.case.document import CaseDocument
from desktop_app.case.refused import AnswerRefused
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.planning import Planner
from tests.desktop_app.wizard.helpers import TODAY, catalogue, new_document

BORN = datetime.date(2012, 2, 1)


@pytest.fixture
def document(qapp, planner: Planner) -> CaseDocument:
    return new_document(planner)


class Heard:
    """What a document told, in order."""

    def __init__(self, document: CaseDocument) -> None:
        self.told: list[tuple[str, object]] = []
        for name in ("answered", "replanned", "explained", "raw_text_changed", "revisited"):
            getattr(document, name).connect(lambda value, name=name: self.told.append((name, value)))

    def of(self, name: str) -> list[object]:
        return [value for kind, value in self.told if kind == name]


def test_it_starts_empty(document):
    assert document.is_empty()
    assert document.case == Case()
    assert document.snapshot() == (Case(), {})
    assert document.plan.scope == "undetermined"


def test_an_answer_is_told_with_its_plan(document):
    heard = Heard(document)
    document.answer("lesion.category", "malignant")
    assert heard.of("answered") == [("lesion.category",)]
    assert [plan.referral.decision for plan in heard.of("replanned")] == ["refer"]
    assert document.plan is heard.of("replanned")[0]
    assert not document.is_empty()


def test_the_plan_is_of_the_case_when_the_answer_is_told(document):
    seen = []
    document.answered.connect(lambda _: seen.append(document.plan.referral.decision))
    document.answer("lesion.category", "malignant")
    document.answer("lesion.category", None)
    assert seen == ["refer", "undetermined"]


def test_reasons_follow_when_idle(document, qtbot):
    with qtbot.waitSignal(document.explained, timeout=20_000) as waited:
        document.answer("lesion.category", "malignant")
        assert not document.is_explained
    assert waited.args[0].open_questions
    assert document.plan is waited.args[0]


def test_late_reasons_are_dropped(document, qtbot):
    document.answer("lesion.bone", "femur")  # of an intermediate tumour the site decides on the urgency
    heard = Heard(document)
    document.answer("lesion.category", "malignant")
    document.answer("lesion.category", "intermediate")
    qtbot.waitUntil(lambda: bool(heard.of("explained")), timeout=20_000)
    qtbot.wait(60)
    assert [plan.referral.urgency for plan in heard.of("explained")] == ["routine"]


def test_the_full_plan_can_be_had_at_once(document, qtbot):
    heard = Heard(document)
    document.answer("lesion.category", "malignant")
    assert document.full_plan().open_questions
    qtbot.wait(60)
    assert len(heard.of("explained")) == 1


def test_every_field_can_be_answered_and_cleared(document):
    values = {path: _some_value(path) for path in fields()}
    for path, value in values.items():
        if path in ("patient.age_years", "lesion.region", "resection.response_percent"):
            continue  # each says the same as another field, and is tried below
        document.answer(path, value)
        assert document.value(path) == value, path
    for path in values:
        document.answer(path, None)
        assert document.value(path) is None, path
    assert document.case.model_dump(exclude_unset=True) == {}


@pytest.mark.parametrize("path", ["patient.age_years", "lesion.region", "resection.response_percent"])
def test_the_other_way_to_say_it(document, path):
    document.answer(path, _some_value(path))
    assert document.value(path) == _some_value(path)


def _some_value(path: str) -> object:
    from guideline_core.case import LeftOut, OtherSite
    from guideline_core.fields import AnswerKind
    from guideline_core.imaging_answers import OtherExamination

    values = {
        AnswerKind.YES_NO: True,
        AnswerKind.DATE: BORN,
        AnswerKind.WHOLE_NUMBER: 14,
        AnswerKind.NUMBER: 5,
        AnswerKind.NUMBERS: (45, 30.5, 20),
        AnswerKind.SHORT_TEXT: "x",
        AnswerKind.LONG_TEXT: "x\ny",
        AnswerKind.BSN: "123456782",
        AnswerKind.ENTITY: "osteosarcoma",
        AnswerKind.ENTITIES: ("osteosarcoma", "enchondroma"),
        AnswerKind.BONE: "femur",
        AnswerKind.EXAMINATIONS: (OtherExamination(what="Echo", date=BORN),),
        AnswerKind.SITES: (OtherSite(bone="tibia", side="left"),),
    }
    if path == "letter.left_out":
        return (LeftOut(action="imaging.mri_dwi", reason="al gemaakt"),)
    chosen = fields()[path].values
    if path == "lesion.region":
        return "long_bone"
    if path == "lesion.count":
        return "multiple"  # as the other site says
    return chosen[0] if chosen else values[fields()[path].kind]


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "path", "value", "key"),
    [
        ({}, "patient.bsn", "123456789", "bsn"),
        ({}, "patient.birth_date", datetime.date(2030, 1, 1), "born_after_reference_date"),
        ({}, "patient.age_years", 131, "out_of_range"),
        ({}, "resection.viable_tumour_percent", 101, "out_of_range"),
        ({}, "lesion.entity", "no_such_tumour", "unknown_entity"),
        ({}, "lesion.bone", "no_such_bone", "unknown_bone"),
        ({}, "lesion.category", "benign", "not_allowed"),
        ({}, "patient.given_name", "x" * 401, "text_too_long"),
        ({"letter.question": "a\n" * 4_999}, "letter.remarks", "b\nc", "too_many_lines"),
        ({"patient.birth_date": BORN}, "patient.age_years", 40, "age_and_birth_date_disagree"),
        ({"imaging.mri.done": False}, "imaging.mri.contrast", True, "contradicts"),
        ({"lesion.bone": "femur"}, "lesion.region", "pelvis", "region_contradicts_bone"),
        ({"resection.viable_tumour_percent": 5}, "resection.response_percent", 90, "do_not_add_up"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(document, given, path, value, key):
    for earlier, answer in given.items():
        document.answer(earlier, answer)
    before, count, heard = document.snapshot(), document.undo_stack.count(), Heard(document)
    with pytest.raises(AnswerRefused) as refused:
        document.answer(path, value)
    assert (refused.value.path, refused.value.key) == (path, key)
    assert document.snapshot() == before
    assert document.undo_stack.count() == count
    assert heard.told == []


def test_a_refusal_holds_no_answer(document):
    with pytest.raises(AnswerRefused) as refused:
        document.answer("patient.bsn", "123456789")
    assert "123456789" not in f"{refused.value} {dict(refused.value.details)}"


def test_an_old_fault_blocks_no_other_answer(document):
    """A case with both birth date and age, kept before a birthday, can still be worked on."""
    old = Case.model_validate({"patient": {"birth_date": "2012-02-01", "age_years": 13}})
    document.load(old)
    document.answer("lesion.suspected", True)
    document.answer("patient.age_years", None)
    assert document.case.patient.age_years is None
    assert document.value("lesion.suspected") is True


# --- texts that are no answer yet -------------------------------------------------------------------------------------


def test_half_a_date_is_kept_and_is_no_answer(document):
    heard = Heard(document)
    document.keep_raw("patient.birth_date", "1-2-")
    assert document.raw("patient.birth_date") == "1-2-"
    assert document.value("patient.birth_date") is None
    assert heard.told == [("raw_text_changed", "patient.birth_date")]
    assert not document.is_empty()
    assert document.snapshot()[1] == {"patient.birth_date": "1-2-"}


def test_an_answer_that_becomes_half_a_text_is_an_answer_no_more(document):
    document.answer("patient.birth_date", BORN)
    document.keep_raw("patient.birth_date", "1-2-201")
    assert document.value("patient.birth_date") is None
    document.undo_stack.undo()
    assert document.is_empty()  # typing in one field is one step


def test_an_answer_takes_the_place_of_a_text(document):
    document.keep_raw("patient.birth_date", "1-2-")
    document.answer("patient.birth_date", BORN)
    assert document.raw("patient.birth_date") is None


def test_an_answer_can_keep_a_text_beside_it(document):
    document.answer("lesion.differential", ("enchondroma",), raw="osteo")
    assert document.snapshot()[1] == {"lesion.differential": "osteo"}


def test_an_empty_text_is_no_text(document):
    document.keep_raw("patient.birth_date", "1")
    document.keep_raw("patient.birth_date", "")
    assert document.is_empty()


def test_texts_can_always_be_stored(document):
    document.keep_raw("patient.birth_date", "1\ud800")
    assert (document.raw("patient.birth_date") or "").encode("utf-8")


def test_texts_survive_load(document):
    document.load(Case(), {"imaging.mri.date": "2-11-"})
    assert document.raw("imaging.mri.date") == "2-11-"


# --- undo -------------------------------------------------------------------------------------------------------------


def test_undo_and_redo_bring_answer_plan_and_signals(document):
    document.answer("lesion.bone", "femur")
    document.answer("lesion.category", "malignant")
    document.answer("lesion.category", "intermediate")
    heard = Heard(document)
    document.undo_stack.undo()
    assert document.value("lesion.category") == "malignant"
    assert document.plan.referral.urgency == "urgent"
    assert heard.of("answered") == [("lesion.category",)]
    assert heard.of("revisited") == ["lesion.category"]
    document.undo_stack.redo()
    assert document.value("lesion.category") == "intermediate"
    assert document.plan.referral.urgency == "routine"


def test_typing_in_one_field_is_one_step(document):
    for text in ("J", "Ja", "Jan", "Jansen"):
        document.answer("patient.family_name", text)
    document.answer("patient.given_name", "A")
    document.answer("patient.family_name", "Jansens")
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    assert document.value("patient.family_name") == "Jansen"


def test_each_choice_is_a_step_of_its_own(document):
    for value in (True, False, True):
        document.answer("complaints.swelling", value)
    document.answer("lesion.bone", "femur")
    document.answer("lesion.bone", "tibia")
    assert document.undo_stack.count() == 5


def test_the_same_answer_again_is_no_step(document):
    document.answer("complaints.swelling", True)
    document.answer("complaints.swelling", True)
    assert document.undo_stack.count() == 1


def test_answers_together_are_one_step(document):
    document.answer("imaging.mri.contrast", True)
    document.answer_together({"imaging.mri.done": False, "imaging.mri.contrast": None})
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.value("imaging.mri.contrast") is True
    assert document.value("imaging.mri.done") is None


def test_a_step_is_named_by_its_path_never_by_its_answer(document):
    document.answer("patient.family_name", "Jansen")
    assert document.undo_stack.undoText() == "patient.family_name"


# --- another case, another day ----------------------------------------------------------------------------------------


def test_load_replaces_everything(document, qtbot):
    document.answer("patient.family_name", "Jansen")
    heard = Heard(document)
    with qtbot.waitSignal(document.loaded):
        document.load(Case.model_validate({"lesion": {"category": "malignant"}}))
    assert document.undo_stack.count() == 0
    assert document.value("patient.family_name") is None
    assert set(heard.of("answered")[0]) == {"patient.family_name", "lesion.category"}
    assert document.plan.referral.decision == "refer"


def test_reasons_follow_after_load_although_someone_looked_at_the_plan(document, qtbot):
    document.loaded.connect(lambda: document.plan)
    with qtbot.waitSignal(document.explained, timeout=20_000):
        document.load(Case.model_validate({"lesion": {"category": "malignant"}}))


def test_the_setting_of_the_workstation_makes_no_case(document):
    document.load(Case.model_validate({"setting": "hospital"}))
    assert document.is_empty()


def test_the_reference_date_counts_before_today(document):
    assert document.day == TODAY
    document.answer("patient.birth_date", datetime.date(2008, 11, 20))
    document.answer("lesion.category", "malignant")
    assert document.plan.referral.destination == "expertise_centre"
    document.answer("reference_date", datetime.date(2026, 11, 1))
    assert document.plan.referral.destination == "princess_maxima"


def test_replan_follows_the_day(qapp, planner):
    document = new_document(planner)
    heard = Heard(document)
    document.replan()
    assert len(heard.of("replanned")) == 1


def test_a_plan_that_cannot_be_made_is_told(document, monkeypatch, qtbot):
    def broken(*_: object) -> None:
        raise RuntimeError("Jansen")

    monkeypatch.setattr(document._guideline.planner, "make_bare_plan", broken)
    with qtbot.waitSignal(document.planning_failed), pytest.raises(RuntimeError):
        document.answer("lesion.category", "malignant")
    with pytest.raises(RuntimeError):
        _ = document.plan  # no old plan is handed out either


def test_an_answer_is_checked_in_a_moment():
    case = Case.model_validate(
        {
            "patient": {"birth_date": "2012-02-01", "family_name": "x"},
            "lesion": {"category": "malignant", "entity": "osteosarcoma"},
        }
    )
    times = []
    for count in range(200):
        start = time.thread_time()  # of this thread alone: a busy machine is no fault
        changed = changed_case(case, {"complaints.swelling": bool(count % 2)}, catalogue(), TODAY)
        times.append(time.thread_time() - start)
        assert changed.answer_at("patient.family_name") == "x"
    assert statistics.median(times) < 0.001
