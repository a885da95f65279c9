"""What goes with a letter: boxes to tick, what is missing, and how the images reach the centre."""

from desktop_app.papers.order import BLANK
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed


def test_what_was_made_is_ticked_off_and_what_was_not_is_missing(make):
    letter = make(cases.ADULT_CHONDROSARCOMA)
    existing = {each.name for each in letter.core.attachments if not each.is_missing}
    missing = {each.name: each.state for each in letter.core.attachments if each.is_missing}
    assert {
        "Röntgenfoto’s (2 november 2026): beelden en verslag",
        "MRI van de tumor (16 november 2026): beelden en verslag",
        "Medicatieoverzicht",
    } <= existing
    assert missing["CT-thorax zonder contrast"] == "Ontbreekt nog"
    assert "MRI met contrast" not in missing


def test_an_mri_without_contrast_does_not_stand_in_for_one_with(make):
    imaging = {"mri": {"done": True, "contrast": False, "date": "2026-11-16"}}
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, imaging=imaging))
    names = {each.name: each.is_missing for each in letter.core.attachments}
    assert names["MRI van de tumor (16 november 2026): beelden en verslag"] is False
    assert names["MRI met contrast"] is True


def test_a_list_of_medication_is_not_asked_when_the_letter_holds_it(make):
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, letter={"medication": "geen"}))
    assert "medication" not in {each.key for each in letter.core.attachments}


def test_reports_of_operation_and_pathology(make):
    answers = changed(cases.OUTSIDE_PATHOLOGY, treatment={"earlier_unplanned_surgery": True})
    assert {"operation_report", "pathology_report"} <= {each.key for each in make(answers).core.attachments}


def test_a_letter_to_the_general_practitioner_has_no_checklist(make):
    core = make(cases.CHILD_FIBROMA_BY_CHANCE).core
    assert core.attachments == ()
    assert core.images == ()


def test_how_the_images_travel_is_told_or_left_to_fill_in(make):
    told = {fact.label: fact.value for fact in make(cases.CHILD_OSTEOSARCOMA).core.images}
    assert told["Verstuurd via"] == "Twiin"
    assert told["Verstuurd op"] == "22 november 2026"
    assert told["Ontvangst bevestigd"].strip("_") == ""
    open_ = make(cases.ADULT_CHONDROSARCOMA).core.images
    assert [fact.value.strip("_") for fact in open_] == ["", "", ""]
    assert open_[0].value == BLANK
    confirmed = make(changed(cases.CHILD_OSTEOSARCOMA, images={"received_confirmed": True})).core.images
    assert confirmed[-1].value == "ja"


def test_what_the_patient_was_told_stands_in_the_core(make):
    assert make(cases.CHILD_OSTEOSARCOMA).core.told_to_patient.text.startswith("Kind en ouders weten")
    assert make(cases.ADULT_CHONDROSARCOMA).core.told_to_patient is None


def test_no_examination_no_delivery(make):
    assert make(cases.BENIGN_ACTIVE).core.images == ()
