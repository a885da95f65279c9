"""The table of combinations: what it must say by the decisions D1 and D2, and that each row says what plans say."""

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from guideline_core.case import Case
from guideline_core.combinations import (
    TISSUES,
    CombinationRow,
    CombinationTable,
    Image,
    Outcome,
    Tissue,
    combination_table,
    tumours_of_tissue,
)
from guideline_core.edition.combinations import tumours_of
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.reading import read_with_trees
from guideline_core.lesion import CATEGORIES
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.editions import edition_files, no_fault, planner_of, real_trees

NO_TISSUE = Tissue(None)
CANNOT_BE_TOLD = Tissue("uncertain")
BENIGN, BENIGN_REVIEWED = Tissue("benign"), Tissue("benign", reviewed=True)
INTERMEDIATE, INTERMEDIATE_REVIEWED = Tissue("intermediate"), Tissue("intermediate", reviewed=True)
MALIGNANT, MALIGNANT_REVIEWED = Tissue("malignant"), Tissue("malignant", reviewed=True)

REVIEWS: Mapping[bool, tuple[str | None, ...]] = {
    False: (None, "outside_expertise_centre"),
    True: ("confirmed_by_expertise_centre", "reviewed_by_committee"),
}
URGENT = ("refer", "expertise_centre", "urgent", True, False)
URGENT_AFTER_CONSULTATION = ("refer", "expertise_centre", "urgent", True, True)
TO_PRINCESS_MAXIMA = ("refer", "princess_maxima", "urgent", True, True)
ROUTINE = ("refer", "expertise_centre", "routine", False, False)
ROUTINE_BY_PHONE = ("refer", "expertise_centre", "routine", True, False)
ADVICE = ("seek_advice", "expertise_centre", "routine", False, False)
EXAMINATIONS = ("staging.ct_thorax_unenhanced", "staging.fdg_pet_ct", "staging.whole_body_mri")
DAY = datetime.date(2026, 11, 23)


@cache
def entries() -> EditionEntries:
    return EditionEntries(real_trees(), no_fault)


@pytest.fixture(scope="module")
def table(planner: Planner) -> CombinationTable:
    return combination_table(planner, entries())


def rows_of(table: CombinationTable) -> Iterator[CombinationRow]:
    return (row for section in table.sections for row in section.rows)


def outcome_of(table: CombinationTable, image: Image, tissue: Tissue) -> Outcome:
    (found,) = [row.outcome for row in rows_of(table) if image in row.images and tissue in row.tissues]
    return found


def keys_of(referral: Any) -> tuple[object, ...]:
    keys = ("decision", "destination", "urgency", "by_phone", "consult_expertise_centre_first")
    return tuple(getattr(referral, key) for key in keys)


# What D1 and D2 of the first clinical review say, with M3-R5 (intermediate), M3-R7 and M3-R8 (malignant), AMB-22 (a
# child with an intermediate tumour: a call without urgency) and AMB-23 (what cannot be classified, a child too).
EXPECTED = [
    # unreviewed tissue only adds: the heavier of the two counts, and the disagreement is said
    ("malignant", BENIGN, "malignant", URGENT, TO_PRINCESS_MAXIMA, "told", None),
    ("malignant", INTERMEDIATE, "malignant", URGENT, TO_PRINCESS_MAXIMA, "told", None),
    ("benign_active", MALIGNANT, "malignant", URGENT, TO_PRINCESS_MAXIMA, "told", None),
    ("intermediate", BENIGN, "intermediate", ROUTINE, ROUTINE_BY_PHONE, "told", None),
    ("intermediate", MALIGNANT, "malignant", URGENT, TO_PRINCESS_MAXIMA, "told", None),
    # established and lighter than the image: referred without urgency for a second look, no staging for a benign one
    ("malignant", BENIGN_REVIEWED, "benign_unspecified", ROUTINE, ROUTINE, "second look", "not_asked"),
    ("intermediate", BENIGN_REVIEWED, "benign_unspecified", ROUTINE, ROUTINE, "second look", "not_asked"),
    ("malignant", INTERMEDIATE_REVIEWED, "intermediate", ROUTINE, ROUTINE_BY_PHONE, "second look", None),
    # established and heavier: it stands in for the image
    ("do_not_touch", MALIGNANT_REVIEWED, "malignant", URGENT, TO_PRINCESS_MAXIMA, "told", None),
    ("benign_indolent", INTERMEDIATE_REVIEWED, "intermediate", ROUTINE, ROUTINE_BY_PHONE, "told", None),
    # what cannot be told disagrees with nothing, and unreviewed tissue does not make it lighter
    ("uncertain", BENIGN, "uncertain", URGENT, URGENT_AFTER_CONSULTATION, "nothing", None),
    ("uncertain", BENIGN_REVIEWED, "benign_unspecified", ROUTINE, ROUTINE, "nothing", "not_asked"),
    ("malignant", CANNOT_BE_TOLD, "malignant", URGENT, TO_PRINCESS_MAXIMA, "nothing", None),
    # one answer alone, or both alike
    ("malignant", NO_TISSUE, "malignant", URGENT, TO_PRINCESS_MAXIMA, "nothing", None),
    ("malignant", MALIGNANT_REVIEWED, "malignant", URGENT, TO_PRINCESS_MAXIMA, "nothing", None),
    ("benign_indolent", BENIGN, "benign_indolent", ADVICE, ADVICE, "nothing", "not_asked"),
    (None, MALIGNANT, "malignant", URGENT, TO_PRINCESS_MAXIMA, "nothing", None),
]


@pytest.mark.parametrize(("image", "tissue", "counts_as", "adult", "child", "warning", "staging"), EXPECTED)
def test_a_row_says_what_the_decisions_say(
    table: CombinationTable,
    image: Image,
    tissue: Tissue,
    counts_as: str,
    adult: tuple[object, ...],
    child: tuple[object, ...],
    warning: str,
    staging: str | None,
) -> None:
    outcome = outcome_of(table, image, tissue)
    assert outcome.counts_as == (counts_as,)
    assert [keys_of(each) for each in outcome.adult] == [adult]
    assert [keys_of(each) for each in outcome.child] == [child]
    told = [(each.alert, each.is_sure, bool(each.notes)) for each in outcome.warnings]
    assert told == ([] if warning == "nothing" else [("image_and_tissue_disagree", True, warning == "second look")])
    assert staging is None or outcome.staging == staging


@pytest.mark.parametrize("tissue", [NO_TISSUE, CANNOT_BE_TOLD, BENIGN])
def test_tissue_that_is_not_malignant_leaves_the_referral_open_where_the_image_has_no_category(
    table: CombinationTable, tissue: Tissue
) -> None:
    outcome = outcome_of(table, None, tissue)
    assert outcome.counts_as == ("undetermined",)
    assert {each.decision for each in (*outcome.adult, *outcome.child)} == {"undetermined"}
    assert all(each.depends_on for each in outcome.adult)


def further(table: CombinationTable) -> dict[str, Outcome]:
    return {row.id: outcome for row, outcome in table.further}


def test_the_special_cases_say_what_the_decisions_say(table: CombinationTable) -> None:
    outcomes = further(table)
    settled = outcomes["metastasis_reviewed"]  # D4: another guideline
    assert {each.decision for each in (*settled.adult, *settled.child)} == {"other_guideline"}
    open_one = outcomes["metastasis_not_reviewed"]  # D4: it depends on the origin
    assert {each.depends_on for each in open_one.adult} == {("lesion.origin",)}
    contradicted = outcomes["metastasis_beside_primary"]  # D4: the heavier plan, and a warning
    assert [keys_of(each) for each in contradicted.adult] == [URGENT]
    assert [each.alert for each in contradicted.warnings if each.is_sure] == ["origin_conflict"]
    blood = outcomes["blood_disease_reviewed"]  # D21: urgent, no telephone order once established, no sarcoma staging
    assert [keys_of(each) for each in blood.adult] == [("refer", "expertise_centre", "urgent", False, False)]
    assert blood.staging == "not_asked"
    axial = outcomes["axial_cartilage"]  # D6: urgent and by phone
    assert [keys_of(each) for each in axial.adult] == [URGENT]
    assert axial.counts_as == ("malignant",)
    assert outcomes["grade_heavier_under_microscope"].staging == "asked"  # D1: the higher grade counts
    assert outcomes["grade_heavier_on_image"].staging == "asked"
    healthy = outcomes["no_tumour_beside_benign"]  # D37: decision none
    assert {each.decision for each in (*healthy.adult, *healthy.child)} == {"none"}


# ---- each row is what plans say -------------------------------------------------------------------------------------


def plan_of(planner: Planner, image: Image, tumour: str | None, review: str | None, years: int) -> Plan:
    lesion = {"category": image, "suspected": True, "diagnosis_in_doubt": False, "region": "long_bone"}
    pathology = {"histology": tumour, "diagnosis": review}
    answers = {"setting": "hospital", "patient": {"age_years": years}, "lesion": lesion, "pathology": pathology}
    return planner.make_bare_plan(Case.model_validate(answers), DAY)


def staging_of(plan: Plan) -> str:
    """Said anew, from the recommendations: surely asked for, surely in an appendix, possibly, or not."""
    asked = [
        each
        for each in plan.recommendations
        if each.action in EXAMINATIONS and each.verdict in ("do", "prefer", "consider")
    ]
    appendix = [each for each in plan.recommendations if each.action == "staging.see_appendix"]
    for said, listed in (("asked", asked), ("elsewhere", appendix)):
        if any(each.certainty == "definite" for each in listed):
            return said
    return "depends" if asked or appendix else "not_asked"


@pytest.mark.parametrize("image", [None, *CATEGORIES])
def test_each_row_is_what_the_plan_says_for_each_tumour_of_its_kind(
    planner: Planner, table: CombinationTable, image: Image
) -> None:
    seen = 0
    for tissue in TISSUES:
        outcome = outcome_of(table, image, tissue)
        tumours = [each.id for each in tumours_of_tissue(tissue, table.about, entries())] or [None]
        reviews = REVIEWS[tissue.reviewed] if tissue.kind else (None,)
        said: dict[str, set[object]] = {"counts_as": set(), "adult": set(), "child": set(), "staging": set()}
        told = set()
        for tumour, review in ((tumour, review) for tumour in tumours for review in reviews):
            for person, years in (("adult", 40), ("child", 10)):
                plan = plan_of(planner, image, tumour, review, years)
                said[person].add(keys_of(plan.referral))
                said["counts_as"].add(plan.lesion.counts_as)
                said["staging"].add(staging_of(plan))
                told.add(tuple(each.id for each in plan.alerts if each.id in table.about.warnings))
                seen += 1
        assert said["counts_as"] == set(outcome.counts_as), (image, tissue)
        assert said["adult"] == {keys_of(each) for each in outcome.adult}, (image, tissue)
        assert said["child"] == {keys_of(each) for each in outcome.child}, (image, tissue)
        assert (said["staging"] if len(said["staging"]) == 1 else {"depends"}) == {outcome.staging}, (image, tissue)
        assert told == {tuple(each.alert for each in outcome.warnings)}, (image, tissue)
        assert all(each.is_sure for each in outcome.warnings)
    assert seen > 500


def test_each_combination_stands_in_one_row(table: CombinationTable) -> None:
    found = [(image, tissue) for row in rows_of(table) for image in row.images for tissue in row.tissues]
    assert sorted(found, key=str) == sorted(((i, t) for i in (None, *CATEGORIES) for t in TISSUES), key=str)


def test_each_tumour_of_the_catalogue_stands_in_some_row_reviewed_and_not(table: CombinationTable) -> None:
    apart = {row.id: {each.id for each in tumours_of(row, entries())} for row, _ in table.further}
    by_review = {
        False: {*apart["metastasis_not_reviewed"]},
        True: set().union(*(tumours for name, tumours in apart.items() if name != "metastasis_not_reviewed")),
    }
    for reviewed, found in by_review.items():
        rows = [each for each in TISSUES if each.reviewed is reviewed or not each.can_be_reviewed]
        found.update(each.id for tissue in rows for each in tumours_of_tissue(tissue, table.about, entries()))
        assert found == set(entries().entities), reviewed


# ---- a broken edition changes the table -----------------------------------------------------------------------------


def table_with(file: str, old: str, new: str) -> CombinationTable:
    files = edition_files()
    assert old.encode() in files[file]
    edition, trees = read_with_trees({**files, file: files[file].replace(old.encode(), new.encode(), 1)})
    return combination_table(planner_of(edition), EditionEntries(trees, no_fault))


def test_an_edition_in_which_unreviewed_tissue_replaces_the_image_fills_in_another_table() -> None:
    named = "    when: answered(pathology.histology) and pathology.histology is not uncertain\n"
    beside = f"{named}    tissue: adds\n    beside: [pathology.histology]\n"
    broken = table_with("weighing.yaml", beside, f"{named}    tissue: established\n")
    assert outcome_of(broken, "malignant", BENIGN).counts_as == ("benign_unspecified",)


def test_an_edition_that_refers_without_urgency_fills_in_another_table() -> None:
    urgent = (
        "  for:  {category: malignant, age: adult, and: outside_centre_care}\n  then: {decision: refer, destination: "
    )
    broken = table_with(
        "referral-table.yaml",
        f"{urgent}expertise_centre, urgency: urgent",
        f"{urgent}expertise_centre, urgency: routine",
    )
    assert {each.urgency for each in outcome_of(broken, "malignant", BENIGN).adult} == {"routine"}


def test_a_row_that_holds_an_odd_one_out_says_that_it_depends(table: CombinationTable) -> None:
    """Reviewed osteomyelitis is no tumour, and is not referred: it may not hide among the benign tumours."""
    broken = table_with(
        "combinations.yaml", "apart_once_reviewed: [haematological, not_a_tumour]", "apart_once_reviewed: []"
    )
    assert len(outcome_of(table, "benign_active", BENIGN_REVIEWED).adult) == 1
    assert {each.decision for each in outcome_of(broken, "benign_active", BENIGN_REVIEWED).adult} == {
        "advice_or_refer",
        "none",
    }
