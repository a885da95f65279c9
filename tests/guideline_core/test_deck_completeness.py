"""The deck leaves nothing out: for each rule a case in which it speaks and one that just misses it; every boundary."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from guideline_core.answers_left import AnswersLeft
from guideline_core.contract import fields
from guideline_core.diagram import FALSE, TRUE
from guideline_core.lesion import CATEGORIES
from guideline_core.planning import Planner
from tests.case_deck import DeckCase, answers_left, deck
from tests.editions import planner_of, read_real_edition

ALWAYS_SPEAKS = ("FM-1.draft",)
NEVER_SURE = ("M2-R9a.ct-thorax-grade-uncertain",)
"""A rule about what cannot be told: the answer leaves open what would silence the rule (D10), so no case makes it sure;
what it advises is sure all the same, for all that is open asks at least as much."""
BOTH_AGES = ("child", "adult")
YES, NO = frozenset({TRUE}), frozenset({FALSE})


@cache
def planner() -> Planner:
    return planner_of(read_real_edition())


@cache
def answers() -> tuple[tuple[DeckCase, AnswersLeft], ...]:
    """Each case of the deck with what its answers leave."""
    return tuple((case, answers_left(planner(), case)) for case in deck())


def rule_ids() -> list[str]:
    return [rule.id for rule in read_real_edition().rules]


@cache
def neighbours() -> tuple[tuple[AnswersLeft, AnswersLeft], ...]:
    """The pairs of cases that differ in one answer only."""
    alike: dict[Any, list[AnswersLeft]] = {}
    paths = ("day", *fields())
    for case, left in answers():
        stated = {path: str(value) for path in paths[1:] if (value := case.case.answer_at(path)) is not None}
        stated["day"] = str(case.day)
        for path in paths:
            rest = frozenset((other, value) for other, value in stated.items() if other != path)
            alike.setdefault((path, rest), []).append(left)
    return tuple(pair for group in alike.values() for pair in combinations(group, 2))


@pytest.mark.parametrize("rule", rule_ids())
def test_some_case_lets_the_rule_speak(rule: str) -> None:
    item = planner().items.by_name["rule", rule]
    speaks = [item.leaves(left) for _, left in answers()]
    assert any(TRUE in leaves if rule in NEVER_SURE else leaves == YES for leaves in speaks)


@pytest.mark.parametrize("rule", [rule for rule in rule_ids() if rule not in ALWAYS_SPEAKS])
def test_some_case_misses_the_rule_by_one_answer(rule: str) -> None:
    item = planner().items.by_name["rule", rule]
    speaks = YES | NO if rule in NEVER_SURE else YES
    assert any({item.leaves(one), item.leaves(other)} == {speaks, NO} for one, other in neighbours())


@pytest.mark.parametrize("rule", NEVER_SURE)
def test_a_rule_that_is_never_sure_is_named(rule: str) -> None:
    item = planner().items.by_name["rule", rule]
    assert not any(item.leaves(left) == YES for _, left in answers())


def test_a_rule_that_always_speaks_is_named() -> None:
    always = {rule for rule in rule_ids() if planner().items.by_name["rule", rule].root.node == TRUE}
    assert always == set(ALWAYS_SPEAKS)


# ---- boundaries ------------------------------------------------------------------------------------------------------


def cases_with(**wanted: Any) -> Iterator[DeckCase]:
    """The cases with these answers; `__` stands for the dot in a field."""
    for case in deck():
        if all(case.case.answer_at(path.replace("__", ".")) == value for path, value in wanted.items()):
            yield case


def expected(case: DeckCase, key: str) -> Any:
    return case.expect.get("referral", {}).get(key)


@pytest.mark.parametrize(
    ("days", "destination"), [(-1, "princess_maxima"), (0, "expertise_centre")], ids=["day before", "day of"]
)
def test_the_eighteenth_birthday_is_bounded(days: int, destination: str) -> None:
    found = []
    for case in cases_with(lesion__category="malignant"):
        born = case.case.patient.birth_date
        if born is not None and (born.month, born.day) != (2, 29):
            birthday = born.replace(year=born.year + 18)
            if case.day - birthday == datetime.timedelta(days) and expected(case, "destination") == destination:
                found.append(case.name)
    assert found


@pytest.mark.parametrize(
    ("grade", "verdict"), [("grade_1", "do_not"), ("grade_2", "do"), ("grade_3", "do"), ("uncertain", "consider")]
)
def test_each_grade_of_chondrosarcoma_has_its_ct(grade: str, verdict: str) -> None:
    cases = cases_with(lesion__entity="chondrosarcoma", lesion__chondrosarcoma_grade=grade)
    assert any(verdict_of(case, "staging.ct_thorax_unenhanced") == verdict for case in cases)


@pytest.mark.parametrize(("viable", "grade"), [(9.9, "good"), (10, "at_threshold"), (10.1, "poor")])
def test_ten_per_cent_viable_tumour_is_bounded(viable: float, grade: str) -> None:
    cases = cases_with(lesion__entity="osteosarcoma", resection__viable_tumour_percent=viable)
    assert any(details_of(case, "resection.record_response").get("response_grade") == grade for case in cases)


def details_of(case: DeckCase, action: str) -> Mapping[str, Any]:
    wanted = case.expect.get("listed", {}).get(action, {})
    return {"verdict": wanted} if isinstance(wanted, str) else wanted if isinstance(wanted, dict) else {}


def verdict_of(case: DeckCase, action: str) -> str | None:
    return details_of(case, action).get("verdict")


# ---- categories, sequence, missing answers ---------------------------------------------------------------------------


def age_group(case: DeckCase) -> str | None:
    return answers_left(planner(), case).raw["age_group"]  # type: ignore[return-value]


@pytest.mark.parametrize("age", BOTH_AGES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_has_a_referral_for_child_and_adult(category: str, age: str) -> None:
    cases = [case for case in cases_with(lesion__category=category) if age_group(case) == age]
    assert any(expected(case, "decision") and expected(case, "urgency") != "undetermined" for case in cases)


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name.startswith(("benign", "do_not_touch"))])
def test_a_benign_category_without_an_entity_stands_in_the_deck(category: str) -> None:
    alone = [
        case
        for case in cases_with(lesion__category=category, lesion__entity=None, pathology__histology=None)
        if case.case.lesion.differential is None
    ]
    assert any(case.expect.get("referral") for case in alone)


BIOPSY_STEPS: dict[str, Callable[[DeckCase], bool]] = {
    "considered, nothing done": lambda case: waits(case, "imaging.xray_two_views", "biopsy.agree_route"),
    "waits for MRI": lambda case: waits(case, "imaging.mri_contrast", without="imaging.xray_two_views"),
    "waits for local CT": lambda case: waits(case, "imaging.ct_local_unenhanced"),
    "waits for CT of the chest": lambda case: waits(
        case, "staging.ct_thorax_unenhanced", without="imaging.mri_contrast"
    ),
    "waits for PET/CT": lambda case: waits(case, "staging.fdg_pet_ct", without="staging.ct_thorax_unenhanced"),
    "waits for consultation": lambda case: waits(case, "biopsy.consult_expertise_centre", without="staging.fdg_pet_ct"),
    "waits for the meeting": lambda case: waits(case, "mdo.discuss", without="biopsy.consult_expertise_centre"),
    "waits for the place": lambda case: waits(case, "biopsy.in_or_with_expertise_centre", without="mdo.discuss"),
    "waits for the route only": lambda case: waiting_for(case) == {"biopsy.agree_route"},
    "free": lambda case: details_of(case, "biopsy.perform").get("progress") == "open",
    "performed": lambda case: (
        case.case.biopsy.status == "performed" and "biopsy.perform" in case.expect.get("not_listed", ())
    ),
    "pacemaker, centre accepts": lambda case: (
        case.case.imaging.mri.not_possible is True
        and case.case.consultation.accepts_without_contrast_mri is True
        and "biopsy.perform" in case.expect.get("listed", {})
    ),
    "pacemaker, nobody accepted": lambda case: (
        case.case.imaging.mri.not_possible is True
        and not case.case.consultation.accepts_without_contrast_mri
        and waits(case, "imaging.alternative_to_mri")
    ),
}


def waiting_for(case: DeckCase) -> set[str]:
    return set(details_of(case, "biopsy.perform").get("waits_for", ()))


def waits(case: DeckCase, *actions: str, without: str | None = None) -> bool:
    return set(actions) <= waiting_for(case) and without not in waiting_for(case)


@pytest.mark.parametrize("step", BIOPSY_STEPS)
def test_each_step_before_a_biopsy_stands_in_the_deck(step: str) -> None:
    assert any(BIOPSY_STEPS[step](case) for case in deck())


def expects_something_open(case: DeckCase) -> bool:
    """Whether the case says that something still depends on an answer that is missing."""
    wanted = case.expect.get("listed", {}).values()
    options = [option for each in wanted for option in (each if isinstance(each, list) else [each])]
    depends = any(isinstance(option, dict) and option.get("certainty") == "depends" for option in options)
    return depends or "undetermined" in case.expect.get("referral", {}).values()


def test_sixty_cases_lack_answers() -> None:
    assert sum(expects_something_open(case) for case in deck()) >= 60


def test_each_case_expects_something_and_names_its_source() -> None:
    known = read_real_edition().statements.keys() | read_real_edition().interpretations.keys()
    assert [case.name for case in deck() if not case.expect or not set(case.source) <= known] == []


def test_case_names_are_unique() -> None:
    names = [case.name for case in deck()]
    assert sorted(names) == sorted(set(names))
