"""The letter as a model, from real plans: what each kind says, and what no letter may say."""

import pytest

from desktop_app.papers.blocks import Tone
from desktop_app.papers.correspondents import LetterSettings, Sender
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind
from desktop_app.papers.order import PaperOrder
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.conftest import CENTRES, SENDER, SETTINGS, WITH_PLAN
from tests.desktop_app.papers.made_letter import logo_file

REVIEW = Kind.REQUEST_FOR_PATHOLOGY_REVIEW
KINDS = [
    (cases.CHILD_OSTEOSARCOMA, Kind.REFERRAL, "Verwijzing"),
    (cases.ADULT_CHONDROSARCOMA, Kind.REFERRAL, "Verwijzing"),
    (cases.ADULT_GIANT_CELL_TUMOUR, Kind.REFERRAL, "Verwijzing"),
    (cases.CHILD_UNCERTAIN, Kind.REFERRAL, "Verwijzing"),
    (cases.MALIGNANT_AGE_UNKNOWN, Kind.REFERRAL, "Verwijzing"),
    (cases.BENIGN_ACTIVE, Kind.REQUEST_FOR_ADVICE, "Vraag om advies of verwijzing"),
    (cases.BENIGN_INDOLENT, Kind.REQUEST_FOR_ADVICE, "Vraag om advies"),
    (cases.DO_NOT_TOUCH_IN_DOUBT, Kind.REQUEST_FOR_REASSESSMENT, "Vraag om herbeoordeling van de beelden"),
    (cases.CHILD_FIBROMA_BY_CHANCE, Kind.NO_REFERRAL_NEEDED, "Geen verwijzing nodig"),
    (cases.SPINAL_METASTASES, Kind.OTHER_GUIDELINE, "Andere richtlijn van toepassing"),
    (cases.UNDECIDED, Kind.UNDECIDED, "Besluit over verwijzing staat nog open"),
    ({}, Kind.UNDECIDED, "Besluit over verwijzing staat nog open"),
]


@pytest.mark.parametrize(("answers", "kind", "title"), KINDS)
def test_kind_and_title_follow_the_decision(make, answers, kind, title):
    letter = make(answers)
    assert (letter.kind, letter.title) == (kind, title)


def test_child_with_malignant_tumour(make):
    letter = make(cases.CHILD_OSTEOSARCOMA)
    envelope = letter.envelope
    assert envelope.recipient.lines[0] == "Prinses Máxima Centrum voor kinderoncologie"
    assert envelope.urgency.text == "Met spoed"
    assert envelope.urgency.tone is Tone.STOP
    assert envelope.phone.key == "needed"
    assert envelope.consult_first is not None
    assert envelope.biopsy.key == "not_before_consultation"
    assert letter.meanwhile is None
    assert {(todo.actor, *todo.tasks) for todo in letter.core.still_to_do} >= {
        ("expertise_centre", "FDG-PET/CT (bij voorkeur)", "bespreking in het MDO met het expertisecentrum")
    }
    assert [line.action for line in letter.core.not_to_do] == ["biopsy.without_consultation"]
    assert [row.key for row in letter.core.imaging] == ["xray", "mri"]
    assert letter.core.imaging[1].details == "met contrast, zonder diffusieopnamen"


def test_contact_of_an_expertise_centre_is_no_phone_call_with_the_princess_maxima(make):
    letter = make(changed(cases.CHILD_OSTEOSARCOMA, consultation={"contact": "dr. Proef", "date": "2026-11-22"}))
    assert letter.envelope.consult_first.is_made
    assert "dr. Proef op 22 november 2026" in letter.envelope.consult_first.text
    assert not letter.envelope.phone_arrangement.is_made


def test_contact_fills_in_the_phone_call_with_an_expertise_centre_that_was_made(make):
    contact = {"contact": "dr. Proef", "date": "2026-11-22"}
    made = make(changed(cases.ADULT_CHONDROSARCOMA, consultation={**contact, "arranged_by_phone": True})).envelope
    assert (made.phone.key, made.phone_arrangement.text) == ("done", "met dr. Proef op 22 november 2026")
    for answer in (None, False):  # an advice of a centre is no call about the referral
        told = make(changed(cases.ADULT_CHONDROSARCOMA, consultation={**contact, "arranged_by_phone": answer})).envelope
        assert told.phone.key == "needed" and not told.phone_arrangement.is_made


def test_adult_with_malignant_tumour(make):
    letter = make(cases.ADULT_CHONDROSARCOMA)
    assert letter.envelope.recipient.lines == ("Leids Universitair Medisch Centrum (LUMC)", "Leiden")
    assert letter.envelope.consult_first is None
    assert ("Graad van het chondrosarcoom op beeld", "graad 2") in {(f.label, f.value) for f in letter.core.problem}
    line = next(line for line in letter.summary.plan if line.action == "staging.ct_thorax_unenhanced")
    assert (line.certainty, line.verdict, line.sources[0].statement, line.sources[0].module) == (
        "definite",
        "do",
        "M2-R9a",
        2,
    )


def test_intermediate_adult_needs_no_phone_call(make):
    envelope = make(cases.ADULT_GIANT_CELL_TUMOUR).envelope
    assert (envelope.urgency.key, envelope.phone.key, envelope.phone_arrangement) == ("routine", "false", None)


def test_age_unknown_leaves_only_the_destination_open(make):
    letter = make(cases.MALIGNANT_AGE_UNKNOWN)
    assert letter.kind is Kind.REFERRAL
    assert letter.envelope.urgency.key == "urgent"
    assert not letter.envelope.recipient.is_known
    assert "geboortedatum" in letter.envelope.recipient.lines[0]
    assert [field.key for field in letter.meanwhile.depends_on] == ["patient.birth_date"]
    assert letter.meanwhile.lines


def test_undecided_says_what_to_do_meanwhile(make):
    letter = make(cases.UNDECIDED)
    assert letter.meanwhile.lines
    assert "lesion.category" in {field.key for field in letter.meanwhile.depends_on}
    assert letter.envelope.biopsy.key == "not_before_consultation"
    assert "undecided" in {warning.key for warning in letter.warnings}


def test_no_referral_goes_to_the_general_practitioner_without_a_question(make):
    letter = make(cases.CHILD_FIBROMA_BY_CHANCE)
    assert letter.envelope.recipient.lines == ("P. Verzonnen, Nergenshuizen (huisarts)",)
    assert letter.core.question is None
    assert letter.envelope.urgency is None
    assert "do-not-touch-laesie zonder twijfel" in " ".join(letter.core.conclusion)


def test_metastasis_names_the_other_guideline(make):
    letter = make(cases.SPINAL_METASTASES)
    assert any("Wervelmetastasen" in line.text for line in letter.summary.plan)
    assert "geldt niet" in letter.core.conclusion[0]


def test_a_stop_alert_is_not_contradicted_by_the_phone_box(make):
    answers = changed(cases.ADULT_GIANT_CELL_TUMOUR, biopsy={"status": "considered"}, imaging={"mri": {}})
    letter = make(answers)
    assert [alert.key for alert in letter.stop_alerts] == ["biopsy_before_mri"]
    assert letter.envelope.phone.key == "needed"


def test_own_question_goes_before_the_standard_one(make):
    own = make(changed(cases.ADULT_CHONDROSARCOMA, letter={"question": "Kan dit ook poliklinisch?"}))
    assert own.core.question == "Kan dit ook poliklinisch?"
    assert not own.core.question_is_standard
    assert make(cases.ADULT_CHONDROSARCOMA).core.question_is_standard


def test_who_names_are_marked_as_such(make):
    letter = make(cases.ADULT_GIANT_CELL_TUMOUR)
    assert ("Vermoedelijke diagnose", "Reusceltumor van het bot, WHO\N{NO-BREAK SPACE}2020") in {
        (fact.label, fact.value) for fact in letter.core.problem
    }
    assert any("nieuwste indeling" in note for note in letter.summary.notes)


def test_contradicting_answers_are_not_repeated_as_a_finding(make):
    letter = make({"lesion": {"category": "benign_indolent", "entity": "osteosarcoma"}, "patient": {"age_years": 30}})
    assert any(alert.key == "category_conflict" for alert in letter.alerts)
    assert "goedaardig" not in letter.core.reason


# --- what stands where ------------------------------------------------------------------------------------------------


def test_a_biopsy_done_outside_a_centre_before_the_mri_says_so_on_page_one(make):
    biopsy = make(cases.OUTSIDE_PATHOLOGY).envelope.biopsy
    assert biopsy.text == "Biopsie is gedaan op 5 november 2026"
    assert (biopsy.tone, biopsy.detail) == (
        Tone.CAUTION,
        "Geen eerdere MRI met contrast vermeld; buiten een expertisecentrum",
    )
    in_centre = {"status": "performed", "date": "2026-11-20", "in_or_with_expertise_centre": True}
    calm = make(changed(cases.ADULT_CHONDROSARCOMA, biopsy=in_centre)).envelope.biopsy
    assert (calm.tone, calm.detail) == (Tone.CALM, None)


def test_tasks_stand_by_who_does_them_the_referrer_first(make):
    todo = make(
        changed(cases.CHILD_OSTEOSARCOMA, biopsy={"status": "considered"}, imaging={"mri": {}})
    ).core.still_to_do
    assert [each.actor for each in todo] == ["referrer", "radiologist", "expertise_centre"]
    assert "MRI met contrast" in todo[1].tasks
    assert todo[2].tasks[-1] == "biopsie (pas na de andere stappen in deze lijst)"


def test_where_a_frail_patient_is_treated_is_still_to_be_agreed(make):
    treatment = {"planned": True, "outside_expertise_centre": True}
    letter = make(
        changed(cases.ADULT_CHONDROSARCOMA, treatment=treatment, patient_factors={"limited_frail_elderly": True})
    )
    referrer = next(each for each in letter.core.still_to_do if each.actor == "referrer")
    assert "overleg vóór behandeling buiten een centrum" in referrer.tasks
    in_full = {line.action for line in letter.summary.plan if not line.is_detail}
    assert {"refer.consult_before_local_treatment", "treatment.local_after_consultation"} <= in_full


def test_the_plan_spells_out_what_a_biopsy_waits_for(make):
    answers = changed(cases.CHILD_OSTEOSARCOMA, biopsy={"status": "considered"}, imaging={"mri": {}})
    text = " ".join(letter_text(make(answers, WITH_PLAN)).split())
    _, waits_for = text.split("Wacht op verwijzing naar het Prinses Máxima Centrum, ", 1)
    assert waits_for.startswith("MRI met contrast, CT-thorax zonder contrast, FDG-PET/CT, bespreking in het MDO")


def test_advice_to_the_pathologist_is_no_warning_to_the_surgeon(make):
    surgeon, pathologist = make(cases.OUTSIDE_PATHOLOGY), make(cases.OUTSIDE_PATHOLOGY, kind=REVIEW)
    broad = "pathology.broad_ngs_routinely"
    assert broad not in {line.action for line in surgeon.core.not_to_do}
    assert broad in {line.action for line in surgeon.summary.plan}
    assert broad in {line.action for line in pathologist.core.not_to_do}


def test_a_warning_is_never_reduced_to_its_name(deck_letters):
    for case, _, letter in deck_letters:
        warnings = [line for line in letter.summary.plan if line.verdict in ("do_not", "in_principle_not")]
        assert not any(line.is_detail for line in warnings), case.name


def test_the_foot_names_the_patient_and_never_twice_the_case(make):
    assert make(cases.CHILD_OSTEOSARCOMA).footer.patient == "Proef van den Bedacht · 9 april 2012"
    nameless = make(cases.DO_NOT_TOUCH_IN_DOUBT)
    assert nameless.footer.patient == ""
    assert nameless.patient_line == "casus 2026-0147"


# --- identity -----------------------------------------------------------------------------------------------------


def test_bsn_is_printed_only_when_identity_was_verified(make):
    unverified = make(cases.CHILD_OSTEOSARCOMA)
    assert "111222333" not in str(unverified)
    assert "bsn_not_verified" in {warning.key for warning in unverified.warnings}
    verified = make(cases.CHILD_OSTEOSARCOMA, LetterSettings(SENDER, centres=CENTRES, identity_verified=True))
    assert "111222333" in {fact.value for fact in verified.patient}


def test_document_title_holds_no_identity(make):
    letter = make(cases.CHILD_OSTEOSARCOMA)
    assert letter.document_title == "Verwijsbrief bottumor"


def test_only_the_age_that_was_given(make):
    values = {fact.label: fact.value for fact in make(cases.ADULT_GIANT_CELL_TUMOUR).patient}
    assert values["Leeftijd"] == "34 jaar"
    assert "Geboren" not in values
    assert make(cases.CHILD_OSTEOSARCOMA).patient[1].value == "9 april 2012 (14 jaar)"


# --- warnings -----------------------------------------------------------------------------------------------------


def test_an_empty_case_by_nobody_warns_of_everything_that_matters(make):
    keys = [warning.key for warning in make({}, LetterSettings(Sender())).warnings]
    assert keys[0] == "undecided"
    assert {"name", "birth_date", "identifier", "sender", "clinic", "recipient", "question_standard"} <= set(keys)


def test_a_complete_letter_warns_of_nothing(make):
    answers = changed(
        cases.ADULT_CHONDROSARCOMA,
        consultation={"contact": "dr. Proef", "date": "2026-11-22", "arranged_by_phone": True},
        letter={"question": "Graag overname.", "told_to_patient": "Alles."},
        images={"sent_by": "Twiin", "sent_on": "2026-11-22", "received_confirmed": True},
    )
    assert make(answers).warnings == ()


def test_a_bad_logo_is_left_out_and_reported(make):
    letter = make(cases.ADULT_CHONDROSARCOMA, LetterSettings(Sender(name="A", clinic="B", logo=logo_file(b"no image"))))
    assert letter.envelope.letterhead.logo is None
    assert [warning.text for warning in letter.warnings if warning.key == "logo"] == [
        "Het logo is niet bruikbaar en is weggelaten: het bestand is geen PNG- of JPEG-afbeelding."
    ]


# --- every case of the deck -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deck_letters(opened, dutch):
    planned = ((case, case.plan(opened.planner)) for case in deck())
    return [
        (case, plan, compose_letter(PaperOrder(plan, case.case, opened, dutch, case.day, SETTINGS)))
        for case, plan in planned
    ]


def test_only_a_definite_none_is_titled_no_referral_needed(deck_letters):
    for case, plan, letter in deck_letters:
        said = letter.title in ("Geen verwijzing nodig", "Bericht uit het expertisecentrum")
        assert said == (plan.referral.decision == "none" and plan.scope != "undetermined"), case.name
        assert said == (letter.kind is Kind.NO_REFERRAL_NEEDED), case.name


def test_every_alert_and_recommendation_reaches_the_letter(deck_letters):
    for case, plan, letter in deck_letters:
        assert [alert.id for alert in plan.alerts] == [alert.key for alert in letter.alerts], case.name
        listed = [each.action for each in plan.recommendations]
        printed = [line.action for line in letter.summary.plan]
        assert [action for action in listed if action != "refer.not_needed"] == [
            action for action in printed if action != "refer.not_needed"
        ], case.name


def test_meanwhile_stands_in_every_letter_on_an_open_referral(deck_letters):
    for case, plan, letter in deck_letters:
        if plan.referral.depends_on:
            assert letter.meanwhile is not None, case.name
            assert {field.key for field in letter.meanwhile.depends_on} == set(plan.referral.depends_on), case.name
        if letter.kind is Kind.UNDECIDED:
            assert letter.meanwhile.lines, case.name


def test_no_letter_to_a_centre_frees_a_biopsy_that_the_plan_does_not(deck_letters):
    for case, plan, letter in deck_letters:
        if letter.kind not in TO_A_CENTRE:
            continue
        if case.case.biopsy.status != "performed" and any(
            each.action == "biopsy.without_consultation" for each in plan.recommendations
        ):
            assert letter.envelope.biopsy.key == "not_before_consultation", case.name
        waiting = [each for each in plan.recommendations if each.action == "biopsy.perform" and each.waits_for]
        if waiting:
            assert letter.envelope.biopsy.key in ("not_before_consultation", "waits"), case.name


def test_a_second_biopsy_is_said_before_the_first(make):
    """The first was done outside a centre and before the MRI; now a second one is considered, and nobody was asked."""
    again = {"status": "performed", "date": "2026-11-05", "repeat_considered": True}
    biopsy = make(changed(cases.CHILD_OSTEOSARCOMA, biopsy=again, consultation={})).envelope.biopsy
    assert (biopsy.text, biopsy.tone) == ("Geen tweede biopsie vóór advies van een expertisecentrum", Tone.STOP)
    assert "Biopsie is gedaan op 5 november 2026" in biopsy.detail


def test_every_line_names_its_place_in_the_guideline(deck_letters):
    for case, _, letter in deck_letters:
        assert all(line.sources for line in letter.summary.plan), case.name
        assert all(line.grounds for line in letter.summary.plan if line.is_definite), case.name


def test_settings_are_no_default_recipient_for_a_named_centre(make):
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, consultation={"centre": "Radboudumc"}), SETTINGS)
    assert letter.envelope.recipient.lines == ("Radboudumc",)


def test_every_site_stands_in_the_letter_and_on_the_skeleton(make):
    lesion = {"other_sites": [{"bone": "tibia", "side": "right"}, {"text": "onderste ribben"}]}
    letter = make(changed(cases.CHILD_OSTEOSARCOMA, lesion=lesion))
    said = {fact.key: fact.value for fact in letter.core.problem}
    assert said["lesion.other_sites"].endswith("rechts; onderste ribben")
    assert letter.summary.skeleton.alternative_text.endswith(", rechts.")
    assert {fact.key: fact.value for fact in letter.core.context}.get("lesion.count") is None  # nobody answered it
