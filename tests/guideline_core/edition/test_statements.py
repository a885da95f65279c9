"""The edition is complete and well written: every statement of the guideline, in two languages, with its page."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from ruamel.yaml import YAML

from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.edition.catalogue import Entity
from guideline_core.edition.values import Edition, Statement
from tests.case_deck import deck
from tests.checkout import CHECKOUT
from tests.editions import EDITION_FOLDER, edition_files, planner_of, read_real_edition

CENTRES = EDITION_FOLDER.parents[1] / "clinic" / "expertise_centres.toml"
CORE = CHECKOUT / "guideline_core"

INVENTORY = {
    "FM-": "1-3",
    "START-": "1-21 6a 6b 6c",
    "M1-Q": "1",
    "M1-R": "1-6",
    "M1-O": "1-61 25a 25b",
    "M2-Q": "1",
    "M2-R": "1-19 2a 2b 2c 7a 7b 7c 7d 8a 8b 8c 9a 9b 10a 10b 12a 12b 12c 14a 14b 14c 14d 18a 18b 19a 19b",
    "M2-N": "1",
    "M2-O": "1-39 10a 10b",
    "M2-T": "1-6",
    "M2-T-F": "1-5 2a 2b",
    "M3-Q": "1 1a 1b 1c",
    "M3-R": "1-8 7a 7b 7c 8a 8b 8c",
    "M3-N": "1-2",
    "M3-O": "1-18 4a 4b",
}
"""The statements of the guideline, parts included, by the ids of its inventory: beginning, then numbers."""

NOT_CARRIED_OUT = {
    "M2-O34": "weighing harm against yield is left to the clinician; shown instead",
    "FM-3": "it speaks to makers of software, not to clinicians",
}

IN_DOUBT = {
    *(
        "chondroblastoma",
        "chondrosarcoma_grade_1",
        "osteoblastoma",
        "osteosarcoma_secondary",
        "epithelioid_haemangioma",
    ),
    *("chordoma_chondroid", "fibrous_dysplasia", "adamantinoma_osteofibrous_dysplasia_like", "mesenchymoma"),
    *("adamantinoma_dedifferentiated", "undifferentiated_sarcoma", "rosai_dorfman_disease"),
    *("round_cell_sarcoma_ewsr1_non_ets", "cic_rearranged_sarcoma", "aneurysmal_bone_cyst"),
    *("chondrosarcoma", "sarcoma_nos", "round_cell_sarcoma", "multiple_myeloma", "benign_fibrous_histiocytoma"),
}
"""The rows whose name, category or code could not be verified in a source, or that hold a name in doubt."""

WITHOUT_CODE = (
    "chondromesenchymal_hamartoma_of_chest_wall",
    "osteofibrous_dysplasia",
    "simple_bone_cyst",
    "bone_metastasis",
)
DO_NOT_TOUCH = ("simple_bone_cyst", "non_ossifying_fibroma", "geode", "intraosseous_ganglion", "bone_infarct")


def inventory_ids() -> Iterator[str]:
    for beginning, numbers in INVENTORY.items():
        for number in numbers.split():
            first, _, last = number.partition("-")
            if last:
                yield from (f"{beginning}{each}" for each in range(int(first), int(last) + 1))
            else:
                yield f"{beginning}{number}"


@pytest.fixture(scope="module")
def trees() -> Mapping[str, Any]:
    """Every YAML file of the edition as it is written."""
    return {
        name: YAML(typ="safe").load(content.decode())
        for name, content in edition_files().items()
        if name.endswith(".yaml")
    }


def texts_of(tree: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield place, tree
    elif isinstance(tree, Mapping):
        for key, item in tree.items():
            yield from texts_of(item, f"{place}/{key}")
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from texts_of(item, f"{place}/{number}")


# ---- statements ------------------------------------------------------------------------------------------------------


def test_every_statement_of_the_inventory_is_there_and_no_other(edition: Edition) -> None:
    ids = list(inventory_ids())
    assert len(ids) == len(set(ids)) == 237
    assert {name for name, each in edition.statements.items() if each.strength != "program"} == set(ids)


def test_what_the_program_says_of_itself_names_no_page_and_gives_account(edition: Edition) -> None:
    own = {name: each for name, each in edition.statements.items() if each.strength == "program"}
    assert set(own) == {f"PROG-{number}" for number in range(1, 6)}
    assert {(each.module, each.page) for each in own.values()} == {(None, "")}
    rules = [rule for rule in edition.rules if rule.statements[0] in own]
    assert len(rules) == 11 and all(rule.interpretations for rule in rules)


def test_statements_that_run_over_a_page_break_name_the_page_on_which_they_stand(edition: Edition) -> None:
    """Of the advice of the Health Council the sentence begins on page 5 and ends on page 6."""
    assert (edition.statements["START-15"].page, edition.statements["START-16"].page) == ("5-6", "6")


def test_every_statement_that_asks_for_something_is_carried_out_save_the_named_ones(edition: Edition) -> None:
    asking = [statement for statement in edition.statements.values() if statement.strength != "inform"]
    assert {statement.id for statement in asking if statement.treatment != "encoded"} == set(NOT_CARRIED_OUT)


@pytest.mark.parametrize("identifier", NOT_CARRIED_OUT)
def test_what_is_not_carried_out_is_shown_or_has_a_reason(edition: Edition, identifier: str) -> None:
    statement = edition.statements[identifier]
    assert statement.step if statement.treatment == "shown" else statement.reason


def statements() -> list[Statement]:
    """Those of the guideline."""
    return [each for each in read_real_edition().statements.values() if each.strength != "program"]


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement.id)
def test_a_statement_is_complete(edition: Edition, statement: Statement) -> None:
    assert re.fullmatch(r"[1-9]\d?(-[1-9]\d?)?", statement.page)
    assert 1 <= int(statement.page.partition("-")[0]) <= 22
    for words in (statement.text, statement.section):
        assert set(words) == {"nl", "en"}
        assert all(words.values())
    assert statement.text["nl"] != statement.text["en"]
    if statement.treatment == "encoded":
        assert statement.encoded_by or parts_of(edition, statement)
    if statement.treatment == "not_encoded":
        assert statement.reason and set(statement.reason) == {"nl", "en"}


def parts_of(edition: Edition, statement: Statement) -> list[Statement]:
    return [part for part in edition.statements.values() if part.parent == statement.id]


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement.id)
def test_a_statement_stands_in_the_module_of_its_id(statement: Statement) -> None:
    module = {"FM": 0, "START": 0, "M1": 1, "M2": 2, "M3": 3}[statement.id.partition("-")[0]]
    assert statement.module == module
    if statement.parent is not None:
        assert statement.id.rstrip("abcd") == statement.parent


def test_every_rule_stands_below_a_statement_that_it_encodes(edition: Edition) -> None:
    encoded = {rule for statement in edition.statements.values() for rule in statement.encoded_by}
    assert {rule.id for rule in edition.rules} == encoded


def test_every_interpretation_of_the_inventory_is_there(edition: Edition) -> None:
    assert set(edition.interpretations) >= {f"AMB-{number:02}" for number in range(1, 95)}


def test_every_action_is_advised_by_some_rule(edition: Edition) -> None:
    assert set(edition.actions) == {rule.action for rule in edition.advice_rules}


def test_every_question_is_a_field_of_a_case(edition: Edition) -> None:
    assert set(edition.questions) <= set(fields())


def test_nobody_has_reviewed_a_rule_yet(edition: Edition) -> None:
    """`reviewed_by` is filled in by the guideline committee; whoever does so changes this test with it."""
    assert {rule.reviewed_by for rule in edition.rules} == {None}


# ---- words -----------------------------------------------------------------------------------------------------------


def test_texts_are_tidy(trees: Mapping[str, Any]) -> None:
    untidy = re.compile(r"  |^\s| $|\s[,.;:!?](\s|$)|\t|\u00a0|,,|\.\.(?!\.)")
    found = [
        (file, place, text) for file, tree in trees.items() for place, text in texts_of(tree) if untidy.search(text)
    ]
    assert found == []


def test_every_text_stands_in_both_languages(trees: Mapping[str, Any]) -> None:
    def alone(tree: Any, place: str = "") -> Iterator[str]:
        if isinstance(tree, Mapping):
            if ("nl" in tree) != ("en" in tree):
                yield place
            for key, item in tree.items():
                yield from alone(item, f"{place}/{key}")
        elif isinstance(tree, list):
            for number, item in enumerate(tree):
                yield from alone(item, f"{place}/{number}")

    assert [f"{file}{place}" for file, tree in trees.items() for place in alone(tree)] == []


def test_no_text_says_how_the_edition_was_made(trees: Mapping[str, Any]) -> None:
    words = re.compile(r"\b(todo|fixme|xxx|lorem)\b", re.IGNORECASE)
    assert [text for tree in trees.values() for _, text in texts_of(tree) if words.search(text)] == []


# ---- thresholds ------------------------------------------------------------------------------------------------------


def test_there_are_six_numbers_on_which_a_rule_or_question_turns(edition: Edition) -> None:
    assert {name: threshold.value for name, threshold in edition.thresholds.items()} == {
        "child_below_years": 18,
        "ct_slice_at_most_mm": 1,
        "good_response_below_viable_percent": 10,
        "who_edition_from_year": 2020,
        "pregnancy_asked_from_years": 10,
        "pregnancy_asked_up_to_years": 55,
    }
    for threshold in edition.thresholds.values():
        assert threshold.statement in edition.statements
        assert set(threshold.interpretations) <= set(edition.interpretations)


def test_the_numbers_stand_in_no_condition_and_in_no_code() -> None:
    conditions = [line for name, content in edition_files().items() for line in condition_lines(name, content)]
    assert [line for line in conditions if re.search(r"\b(18|10|90)\b", line)] == []
    code = [line for path in CORE.glob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in code if re.search(r"[<>=]=?\s*(18|10|90)\b", line) and "len(" not in line] == []


def condition_lines(name: str, content: bytes) -> list[str]:
    keys = ("when:", "ask_when:", "always:", "done_when:", "until:")
    lines = content.decode().splitlines() if name.endswith(".yaml") else []
    return [line for line in lines if line.strip().removeprefix("- ").startswith(keys)]


def test_another_age_limit_in_the_file_moves_the_limit_of_the_plan(edition: Edition) -> None:
    day = deck()[0].day
    nineteen = replace(edition.thresholds["child_below_years"], value=19)
    moved = replace(edition, thresholds={**edition.thresholds, "child_below_years": nineteen})
    case = Case.model_validate({"patient": {"age_years": 18}, "lesion": {"category": "malignant"}})
    assert planner_of(edition).make_plan(case, day).referral.destination == "expertise_centre"
    assert planner_of(moved).make_plan(case, day).referral.destination == "princess_maxima"


# ---- entities and centres --------------------------------------------------------------------------------------------


def test_the_catalogue_holds_the_who_list_and_the_names_of_the_guideline(edition: Edition) -> None:
    lists = [entity.list for entity in edition.entities.values()]
    assert (lists.count("who_2020"), lists.count("guideline"), lists.count("common")) == (76, 7, 6)
    names = [entity.who_name for entity in who_rows(edition)]
    assert all(names)
    assert len(names) == len(set(names))


def who_rows(edition: Edition) -> list[Entity]:
    return [entity for entity in edition.entities.values() if entity.list == "who_2020"]


def test_rows_in_doubt_are_marked(edition: Edition) -> None:
    marked = {entity.id for entity in edition.entities.values() if entity.in_doubt}
    assert marked == IN_DOUBT


def test_rows_without_a_code_are_known_and_say_so(edition: Edition) -> None:
    without = {entity.id for entity in who_rows(edition) if entity.icdo is None}
    assert without == set(WITHOUT_CODE)
    assert all(edition.entities[name].note for name in WITHOUT_CODE)
    codes = [entity.icdo for entity in edition.entities.values() if entity.icdo]
    assert all(re.fullmatch(r"\d{4}/[013]", code) for code in codes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("chondrosarcoma", "9220/3"),
        ("sarcoma_nos", "8800/3"),
        ("round_cell_sarcoma", "8803/3"),
    ],
)
def test_a_tumour_that_is_not_further_specified_has_a_code_to_be_checked(
    edition: Edition, name: str, code: str
) -> None:
    entity = edition.entities[name]
    assert entity.icdo == code
    assert entity.in_doubt is not None and code in entity.in_doubt["nl"] and code in entity.in_doubt["en"]


def test_the_do_not_touch_lesions_are_the_five_of_the_guideline(edition: Edition) -> None:
    group = {entity.id for entity in edition.entities.values() if "do_not_touch_lesions" in entity.groups}
    assert group == set(DO_NOT_TOUCH)
    assert {edition.entities[name].category for name in DO_NOT_TOUCH} == {"benign"}


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("conventional_chondrosarcomas", {"chondrosarcoma", *(f"chondrosarcoma_grade_{n}" for n in (1, 2, 3))}),
        ("low_grade_osteosarcomas", {"osteosarcoma_parosteal", "osteosarcoma_low_grade_central"}),
        ("undifferentiated_sarcomas", {"undifferentiated_sarcoma"}),
        (
            "atypical_cartilaginous_tumours",
            {"atypical_cartilaginous_tumour", "atypical_cartilaginous_tumour_secondary_peripheral"},
        ),
    ],
)
def test_the_small_groups_hold_what_the_guideline_names(edition: Edition, group: str, members: set[str]) -> None:
    assert {entity.id for entity in edition.entities.values() if group in entity.groups} == members


def test_groups_follow_from_names(edition: Edition) -> None:
    def group(name: str) -> set[str]:
        return {entity.id for entity in edition.entities.values() if name in entity.groups}

    assert group("osteosarcomas") == {name for name in edition.entities if name.startswith("osteosarcoma")}
    assert group("chondrosarcomas") == {name for name in edition.entities if name.startswith("chondrosarcoma")}
    assert group("chondrosarcomas") | group("atypical_cartilaginous_tumours") <= group("cartilage_tumours")
    assert {"ewing_sarcoma", "round_cell_sarcoma"} <= group("round_cell_sarcomas")


def test_four_expertise_centres_and_the_princess_maxima_center_are_listed_with_a_date() -> None:
    listed = tomllib.loads(CENTRES.read_text(encoding="utf-8"))
    kinds = [centre["kind"] for centre in listed["centres"].values()]
    assert (kinds.count("expertise_centre"), kinds.count("princess_maxima")) == (4, 1)
    assert listed["checked_on"] is not None
    assert all(centre["source"] and centre["recognised_for"] for centre in listed["centres"].values())
