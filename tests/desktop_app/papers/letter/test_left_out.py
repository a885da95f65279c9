"""What a sender leaves out of a letter: the reader knows that it happened; safety stays, and reasons never travel."""

import dataclasses

import pytest

from desktop_app.papers.footer import case_fingerprint
from desktop_app.papers.letter.blocks import outline
from desktop_app.papers.letter.plain_text import letter_text
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.conftest import WITH_PLAN

REASON = "Interne reden: wachtlijst"


def leaving_out(answers, *actions):
    left_out = [{"action": action, "reason": REASON} for action in actions]
    return changed(answers, letter={**answers.get("letter", {}), "left_out": left_out})


def said(letter):
    return str(dataclasses.asdict(letter)) + str(outline(letter)) + letter_text(letter)


def test_an_advice_left_out_is_gone_from_plan_tasks_and_attachments(make):
    whole = make(cases.ADULT_CHONDROSARCOMA)
    letter = make(leaving_out(cases.ADULT_CHONDROSARCOMA, "staging.ct_thorax_unenhanced"))
    gone = "staging.ct_thorax_unenhanced"
    for each, expected in ((whole, True), (letter, False)):
        assert (gone in {line.action for line in each.summary.plan}) is expected
        assert (gone in {attachment.key for attachment in each.core.attachments}) is expected
        tasks = " ".join(task for todo in each.core.still_to_do for task in todo.tasks if "wacht op" not in task)
        assert ("CT-thorax" in tasks) is expected
    assert whole.summary.left_out is None


@pytest.mark.parametrize(
    ("language", "actions", "sentence"),
    [
        ("nl", ["imaging.mri_dwi"], "De afzender heeft één advies van Botwijzer uit deze brief weggelaten."),
        (
            "nl",
            ["imaging.mri_dwi", "staging.fdg_pet_ct"],
            "De afzender heeft 2 adviezen van Botwijzer uit deze brief weggelaten.",
        ),
        ("en", ["imaging.mri_dwi"], "The sender left one item of Botwijzer's advice out of this letter."),
    ],
)
def test_the_reader_is_told_how_many_and_never_why(make, pages_of, language, actions, sentence):
    letter = make(leaving_out(cases.CHILD_OSTEOSARCOMA, *actions), WITH_PLAN, language=language)
    assert sentence in " ".join(letter_text(letter).split())
    assert sentence in " ".join(pages_of(letter))
    assert REASON not in said(letter)
    assert "wachtlijst" not in " ".join(pages_of(letter))


def test_what_the_plan_does_not_list_is_not_counted(make):
    letter = make(leaving_out(cases.CHILD_OSTEOSARCOMA, "staging.not_needed", "imaging.of_tomorrow"))
    assert letter.summary.left_out is None


def test_the_warning_about_a_biopsy_cannot_be_left_out(make):
    every = {line.action for line in make(cases.CHILD_UNCERTAIN).summary.plan}
    whole, letter = make(cases.CHILD_UNCERTAIN), make(leaving_out(cases.CHILD_UNCERTAIN, *every))
    assert letter.envelope.biopsy == whole.envelope.biopsy
    assert letter.envelope.biopsy.key == "not_before_consultation"
    assert [line.action for line in letter.summary.plan] == ["biopsy.without_consultation"]
    assert [line.action for line in letter.core.not_to_do] == ["biopsy.without_consultation"]
    assert "left_out_kept" in {warning.key for warning in letter.warnings}


def test_alerts_decision_and_what_to_do_meanwhile_stay(make):
    answers = changed(cases.CHILD_UNCERTAIN, patient={"age_years": None})
    every = {line.action for line in make(answers).summary.plan}
    whole, letter = make(answers), make(leaving_out(answers, *every))
    assert whole.stop_alerts
    assert letter.alerts == whole.alerts
    assert letter.envelope.urgency == whole.envelope.urgency
    assert letter.envelope.phone == whole.envelope.phone
    assert letter.meanwhile == whole.meanwhile
    assert letter.meanwhile is not None


def test_a_biopsy_still_waits_for_an_examination_that_was_left_out(make):
    letter = make(leaving_out(cases.CHILD_UNCERTAIN, "imaging.mri_contrast"))
    perform = next(line for line in letter.summary.plan if line.action == "biopsy.perform")
    assert "imaging.mri_contrast" in {step.key for step in perform.waits_for}


def test_the_receiver_of_the_case_can_make_the_same_mark():
    whole = Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    assert case_fingerprint(Case.model_validate(leaving_out(cases.CHILD_OSTEOSARCOMA, "imaging.mri_dwi"))) == (
        case_fingerprint(whole)
    )
