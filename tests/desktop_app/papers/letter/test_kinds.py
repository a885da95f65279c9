"""Which kinds of letter a plan allows, to whom each goes, and what each says."""

import pytest

from desktop_app.papers.correspondents import recipient_of
from desktop_app.papers.letter.compose import KindNotAllowed, compose_letter
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, kinds_for, recipients_for
from desktop_app.papers.order import PaperOrder
from guideline_core.case import Case
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import CENTRES, SETTINGS
from tests.desktop_app.papers.each_kind import OF_EACH_KIND
from tests.desktop_app.papers.made_letter import letter_for

REVIEW, ADVICE = Kind.REQUEST_FOR_PATHOLOGY_REVIEW, Kind.REQUEST_FOR_ADVICE
LUMC = "Leids Universitair Medisch Centrum (LUMC)"


@pytest.fixture(scope="module")
def plan_of(opened):
    def made(answers):
        return opened.planner.make_plan(Case.model_validate(answers), DAY)

    return made


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        (cases.CHILD_OSTEOSARCOMA, (Kind.REFERRAL, ADVICE)),
        (cases.ADULT_GIANT_CELL_TUMOUR, (Kind.REFERRAL, ADVICE)),
        (cases.BENIGN_ACTIVE, (ADVICE, Kind.REFERRAL)),
        (
            changed(cases.BENIGN_ACTIVE, lesion={"diagnosis_in_doubt": True}),
            (ADVICE, Kind.REFERRAL, Kind.REQUEST_FOR_REASSESSMENT),
        ),
        (cases.BENIGN_INDOLENT, (ADVICE,)),
        (cases.DO_NOT_TOUCH_IN_DOUBT, (Kind.REQUEST_FOR_REASSESSMENT, ADVICE)),
        (cases.OUTSIDE_PATHOLOGY, (Kind.REFERRAL, ADVICE, REVIEW)),
        (cases.CHILD_FIBROMA_BY_CHANCE, (Kind.NO_REFERRAL_NEEDED,)),
        (cases.SPINAL_METASTASES, (Kind.OTHER_GUIDELINE,)),
        ({}, (Kind.UNDECIDED, ADVICE)),
    ],
)
def test_kinds_that_a_plan_allows_the_usual_one_first(opened, plan_of, answers, kinds):
    assert kinds_for(plan_of(answers), opened.tables.actions) == kinds


@pytest.fixture(scope="module")
def deck_plans(opened):
    return [(case, case.plan(opened.planner)) for case in deck()]


def test_no_referral_needed_is_offered_only_for_a_definite_none(deck_plans, opened):
    for case, plan in deck_plans:
        settled = plan.referral.decision == "none" and plan.scope != "undetermined"
        assert (Kind.NO_REFERRAL_NEEDED in kinds_for(plan, opened.tables.actions)) is settled, case.name


def test_review_is_offered_exactly_where_the_plan_lists_it(deck_plans, opened):
    offered = 0
    for case, plan in deck_plans:
        listed = any(
            (each.action, each.certainty) == ("pathology.review_by_expertise_centre", "definite")
            for each in plan.recommendations
        )
        assert (REVIEW in kinds_for(plan, opened.tables.actions)) is listed, case.name
        offered += listed
    assert offered > 10


def test_every_kind_of_every_plan_can_be_made(deck_plans, opened, dutch):
    made = set()
    for case, plan in deck_plans[::3]:
        for kind in kinds_for(plan, opened.tables.actions):
            letter = compose_letter(PaperOrder(plan, case.case, opened, dutch, case.day, SETTINGS, chosen_kind=kind))
            made.add(kind)
            assert letter.kind is kind, case.name
            if kind in TO_A_CENTRE:
                assert letter.core.question and letter.envelope.urgency and letter.envelope.biopsy, case.name
    assert made == set(Kind)


def test_there_is_a_case_for_each_kind(make):
    assert {make(answers, kind=kind).kind for kind, answers in OF_EACH_KIND.items()} == set(Kind)


@pytest.mark.parametrize("kind", [Kind.NO_REFERRAL_NEEDED, Kind.OTHER_GUIDELINE, REVIEW])
def test_a_kind_that_the_plan_does_not_allow_is_refused(make, kind):
    with pytest.raises(KindNotAllowed) as refused:
        make(cases.CHILD_OSTEOSARCOMA, kind=kind)
    assert refused.value.allowed == (Kind.REFERRAL, ADVICE)


# --- recipients -----------------------------------------------------------------------------------------------------


def keys(centres):
    return {centre.key for centre in centres}


def test_a_child_with_a_benign_lesion_never_goes_to_the_princess_maxima(deck_plans, opened):
    for case, plan in deck_plans:
        for kind in kinds_for(plan, opened.tables.actions):
            if "princess_maxima" in keys(recipients_for(plan, kind, CENTRES)):
                assert kind is Kind.REFERRAL, case.name
                assert plan.referral.destination in ("princess_maxima", "undetermined"), case.name


def test_the_committee_is_asked_for_advice_and_never_referred_to(plan_of):
    from desktop_app.papers.centres import shipped_centres

    plan, centres = plan_of(cases.OUTSIDE_PATHOLOGY), shipped_centres()
    committee = "commissie_voor_beentumoren"
    assert committee not in keys(recipients_for(plan, Kind.REFERRAL, centres))
    for kind in (ADVICE, REVIEW):
        assert keys(recipients_for(plan, kind, centres)) >= {committee, "lumc", "umcg", "radboudumc", "amsterdam_umc"}
    assert recipients_for(plan_of(cases.CHILD_FIBROMA_BY_CHANCE), Kind.NO_REFERRAL_NEEDED, centres) == ()


def test_a_recipient_against_the_plan_is_reported(opened, dutch):
    def warned(answers, key):
        case = Case.model_validate(answers)
        letter = letter_for(case, opened, dutch, SETTINGS, DAY, recipient_of(CENTRES[key]))
        return "recipient_not_by_plan" in {warning.key for warning in letter.warnings}

    assert warned(cases.ADULT_CHONDROSARCOMA, "princess_maxima")
    assert not warned(cases.ADULT_CHONDROSARCOMA, "lumc")
    assert not warned(cases.CHILD_OSTEOSARCOMA, "princess_maxima")


# --- what each says -------------------------------------------------------------------------------------------------


def test_advice_on_a_child_with_a_malignant_tumour_is_asked_of_an_expertise_centre(make):
    phoned = {"contact": "dr. Proef", "date": "2026-11-22", "arranged_by_phone": True}
    answers = changed(cases.CHILD_OSTEOSARCOMA, consultation=phoned)
    letter = make(answers, kind=ADVICE)
    assert letter.title == "Vraag om advies"
    assert letter.envelope.recipient.lines[0] == LUMC
    assert letter.envelope.consult_first is None  # the letter itself asks the expertise centre
    assert letter.envelope.phone_arrangement.is_made
    assert letter.envelope.urgency.text == "Met spoed"
    assert letter.envelope.biopsy.key == "not_before_consultation"
    assert letter.core.reason.startswith("Jongen van 14 jaar met een vermoedelijk kwaadaardige bottumor; ")
    assert "vraagt om verwijzing" in letter.core.conclusion[0]  # what the guideline says is not softened


def test_a_request_for_review_holds_what_the_pathologist_needs(make):
    letter = make(cases.OUTSIDE_PATHOLOGY, kind=REVIEW)
    assert letter.title == "Vraag om revisie van de pathologie"
    assert letter.envelope.recipient.lines == (LUMC, "Leiden", "t.a.v. de expert-patholoog")
    assert "expert-patholoog" in letter.core.question
    found = {fact.key: fact.value for fact in letter.core.tissue}
    assert found["pathology.specimen"] == "naaldbiopt"
    assert found["biopsy.date"] == "5 november 2026"
    assert found["laboratory"].strip("_") == ""
    assert found["biopsy.decalcification"] == "met zuur"
    assert found["biopsy.frozen_tissue"] == "nee"
    assert "Rondcelsarcoom" in found["pathology.histology"]
    assert "Ewingsarcoom" in found["pathology.histology_differential"]
    assert found["pathology.h3_g34w"] == "negatief"
    assert "pathology" not in {group.key for group in letter.summary.groups}  # said once
    assert {"slides", "pathology_report"} <= {each.key for each in letter.core.attachments}
    in_full = {line.phase for line in letter.summary.plan if line.is_definite and not line.is_detail}
    assert in_full <= {"pathology", "resection", "biopsy"}


def test_what_is_not_known_of_the_tissue_is_named_as_such(make):
    letter = make({"pathology": {"diagnosis": "outside_expertise_centre"}, "patient": {"age_years": 40}}, kind=REVIEW)
    found = {fact.key: fact.value for fact in letter.core.tissue}
    missing = ("pathology.specimen", "biopsy.date", "biopsy.decalcification", "biopsy.frozen_tissue")
    assert {found[key] for key in missing} == {"niet vermeld"}


def test_every_reader_hears_what_was_found_in_the_tissue(make):
    found = {fact.key: fact.value for fact in make(cases.OUTSIDE_PATHOLOGY).core.tissue}
    assert found["pathology.histology"].startswith("Rondcelsarcoom")
    assert found["pathology.h3_g34w"] == "negatief"
    assert make(cases.CHILD_OSTEOSARCOMA).core.tissue == ()
