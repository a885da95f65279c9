"""The planner against brute force: on random cases it says what holds in all, some or none of the completions.

Each case leaves a few facts open. Every coherent way in which these can turn out is written down
(tests/complete_cases.py) and evaluated by itself, and what they have in common is compared with the plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random
from typing import Any

import pytest

from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.edition.values import Edition
from guideline_core.evaluation import CompleteCase, Evaluator, Outcome, Referral
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING, FieldClass
from guideline_core.keys import POSITIVE_VERDICTS, REFERRAL_KEYS, UNDETERMINED
from guideline_core.plan import Plan, Recommendation
from guideline_core.planning import Planner
from tests.complete_cases import BESIDE, LESION_FIELDS, Completion, Completions, Turn, answers_of, subjects_of
from tests.random_cases import (
    DAY,
    as_json,
    case_answers,
    case_of,
    facts,
    only,
    random_answer,
    random_case_with_few_open,
    without,
)
from tests.rules_as_function import rules_as_function

COMPARED, COMPARED_THOROUGHLY = 300, 3_000
WITH_REASONS = 150
LEARNED = 200
ASKED = 200
MOST_COMPLETIONS = 300
STRENGTH = {"consider": 1, "prefer": 2, "do": 3}

Sign = tuple[Any, ...]
"""One thing that an outcome can say, such as ("advice", "biopsy.perform", "do")."""

ASKED_BY = {BESIDE: "pathology.histology"}
"""The question behind what turns out without a field of its own."""


class Signs:
    """Writes outcomes as sets of bits, so that what many have in common is one operation."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.evaluator = Evaluator(edition)
        self.evaluate = rules_as_function(edition)  # says what the evaluator says, in a twentieth of the time
        self.noted = frozenset(rule.id for rule in edition.advice_rules if rule.note is not None)
        self.sure_alerts = {rule.alert for rule in edition.alert_rules if rule.only_when_definite}
        self.place: dict[Sign, int] = {}
        self.named: list[Sign] = []
        self._decisions: dict[Referral | None, int] = {}
        self._grounds = {rule.id: rule.ground for rule in edition.referral_rules}

    def bit(self, *sign: Any) -> int:
        """The bit of a sign."""
        place = self.place.get(sign)
        if place is None:
            place = self.place[sign] = len(self.named)
            self.named.append(sign)
        return 1 << place

    def of(self, outcome: Outcome) -> int:
        """The signs of an outcome, as bits."""
        if outcome.referral not in self._decisions:
            self._decisions[outcome.referral] = self._of_referral(outcome.referral)
        bits = self._decisions[outcome.referral] | self.bit("grade", outcome.response_grade)
        for action, verdict in outcome.verdicts.items():
            bits |= self.bit("advice", action, verdict)
            if action in outcome.closed:
                bits |= self.bit("done", action, verdict)
            elif action in outcome.waived:
                bits |= self.bit("waived", action, verdict)
        for action, others in outcome.waits.items():
            for other in others:
                bits |= self.bit("waits", action, outcome.verdicts[action], other)
        for action, others in outcome.alternatives.items():
            for other in others:
                bits |= self.bit("alternative", action, outcome.verdicts[action], other)
        for rule in outcome.fired & self.noted:
            bits |= self.bit("fired", rule)
        for alert in outcome.alerts:
            bits |= self.bit("alert", *alert)
        return bits

    def of_lesion(self, case: CompleteCase) -> int:
        """What the lesion counts as."""
        planned_as_malignant = self.evaluator.of(case).holds(self.edition.definitions["malignant"].when)
        category = "malignant" if planned_as_malignant else case["category"]
        return self.bit("counts_as", category if case["suspected"] == "yes" else "not_suspected")

    def _of_referral(self, referral: Referral | None) -> int:
        bits = 0
        for key in REFERRAL_KEYS:
            value = UNDETERMINED if referral is None else getattr(referral, key)
            bits |= self.bit("referral", key, str(value), value)
        return bits | self.bit("ground", UNDETERMINED if referral is None else self._grounds[referral.rule])

    def in_bits(self, bits: int) -> Iterator[Sign]:
        """The signs in a set of bits."""
        for place, sign in enumerate(self.named):
            if bits >> place & 1:
                yield sign


@dataclass
class Truth:
    """What brute force says of a case."""

    signs: Signs
    completions: list[Completion]

    def __post_init__(self) -> None:
        evaluate = self.signs.evaluate
        cases = [completion.case for completion in self.completions]
        self.outcomes = [self.signs.of(evaluate(case)) | self.signs.of_lesion(case) for case in cases]
        self.possible, self.certain = _any_and_all(self.outcomes)

    @cached_property
    def fields_of(self) -> dict[Sign, set[str]]:
        """For each sign the open fields that matter: completions that differ in that field alone differ in the sign."""
        found: dict[Sign, set[str]] = {}
        for field in dict.fromkeys(field for completion in self.completions for field in completion.turn):
            for sign in self.signs.in_bits(self._changed_by(field)):
                found.setdefault(sign, set()).add(ASKED_BY.get(field, field))
        return found

    def _changed_by(self, field: str) -> int:
        groups: dict[frozenset[tuple[str, str]], list[int]] = {}
        for completion, bits in zip(self.completions, self.outcomes, strict=True):
            if field in completion.turn:
                groups.setdefault(_the_rest(completion.turn, field), []).append(bits)
        changed = 0
        for group in groups.values():
            possible, certain = _any_and_all(group)
            changed |= possible & ~certain
        return changed

    def matters(self, *signs: Sign) -> set[str]:
        """The open fields that matter for any of the signs."""
        return set().union(*(self.fields_of.get(sign, set()) for sign in signs))

    def possible_signs(self, *start: str) -> list[Sign]:
        """The possible signs that begin like this."""
        return [sign for sign in self.signs.in_bits(self.possible) if sign[: len(start)] == start]

    def is_certain(self, sign: Sign) -> bool:
        """Whether a sign is there in every completion."""
        return bool(self.certain & self.signs.bit(*sign))

    def wherever(self, sign: Sign) -> list[int]:
        """The outcomes of the completions in which a sign is there."""
        bit = self.signs.bit(*sign)
        return [outcome for outcome in self.outcomes if outcome & bit]


def _any_and_all(outcomes: Sequence[int]) -> tuple[int, int]:
    some, every = 0, -1
    for bits in outcomes:
        some |= bits
        every &= bits
    return some, every


def _the_rest(turn: Turn, field: str) -> frozenset[tuple[str, str]]:
    """How all else turned out; what depends on suspicion does not arise when there is none, so it is no difference."""
    aside = LESION_FIELDS if field == "lesion.suspected" else (field,)
    return frozenset(item for item in turn.items() if item[0] not in aside)


# --- the comparison, part by part; a line for each difference


def differences(plan: Plan, truth: Truth) -> list[str]:
    """What a plan says otherwise than brute force."""
    return [line for compare in _COMPARISONS for line in compare(plan, truth)]


def _differs(what: str, expected: Any, found: Any) -> Iterator[str]:
    if expected != found:
        yield f"{what}: brute force {expected}, plan {found}"


def _compare_recommendations(plan: Plan, truth: Truth) -> Iterator[str]:
    found = {("advice", r.action, r.verdict): r for r in plan.recommendations}
    rows = _rows(truth)
    yield from _differs("listed", sorted(rows), sorted(found))
    for sign, strengths in rows.items():
        if sign in found:
            name = f"{sign[1]} ({sign[2]})"
            for what, expected in _expected_of(strengths, truth).items():
                value = getattr(found[sign], what)
                yield from _differs(f"{name}.{what}", expected, set(value) if isinstance(value, tuple) else value)


def _rows(truth: Truth) -> dict[Sign, list[Sign]]:
    """What a plan should list, each with the verdicts that it stands for: one row for an action that every completion
    asks for, by the weakest of its verdicts; else a row for each verdict."""
    by_action: dict[str, list[Sign]] = {}
    for sign in truth.possible_signs("advice"):
        by_action.setdefault(sign[1], []).append(sign)
    rows: dict[Sign, list[Sign]] = {}
    for signs in by_action.values():
        ordered = sorted(signs, key=lambda sign: STRENGTH.get(sign[2], 0))
        asked_for = all(sign[2] in STRENGTH for sign in signs)
        bits = sum(truth.signs.bit(*sign) for sign in signs)
        if asked_for and all(outcome & bits for outcome in truth.outcomes):
            rows[ordered[0]] = ordered
        else:
            rows |= {sign: [sign] for sign in signs}
    return rows


def _expected_of(strengths: Sequence[Sign], truth: Truth) -> dict[str, Any]:
    """What a recommendation should hold that stands for these verdicts, the weakest first."""
    _, action, verdict = strengths[0]
    positive = verdict in POSITIVE_VERDICTS
    awaited = {sign[3] for sign in truth.possible_signs("waits", action)}
    waits = {sign[3] for each in strengths for sign in truth.possible_signs("waits", *each[1:])} if positive else set()
    done = sum(truth.signs.bit("done", *each[1:]) for each in strengths)
    is_done = positive and all(outcome & done for each in strengths for outcome in truth.wherever(each))
    need_not = done | sum(truth.signs.bit("waived", *each[1:]) for each in strengths)
    is_waived = positive and all(outcome & need_not for each in strengths for outcome in truth.wherever(each))
    alternatives = [sign for each in strengths for sign in truth.possible_signs("alternative", *each[1:])]
    wherever = [outcome for each in strengths for outcome in truth.wherever(each)]
    rules = [r.id for each in strengths for r in truth.signs.evaluator.advice_by_action[action] if r.verdict == each[2]]
    return {
        "notes": {
            rule
            for rule in rules
            if rule in truth.signs.noted and all(outcome & truth.signs.bit("fired", rule) for outcome in wherever)
        },
        "alternative_to": {
            other
            for other in {sign[3] for sign in alternatives}
            if all(any(outcome & truth.signs.bit(*s) for s in alternatives if s[3] == other) for outcome in wherever)
        },
        "certainty": "definite" if len(strengths) > 1 or truth.is_certain(strengths[0]) else "depends",
        "depends_on": truth.matters(*strengths),
        "stronger_possible": {each[2] for each in strengths[1:]},
        "waits_for": waits,
        "progress": "done" if is_done else "waived" if is_waived else "waiting" if awaited else "open",
        "response_grade": _grade(truth) if action == "resection.record_response" else None,
    }


def _grade(truth: Truth) -> str | None:
    grades = [sign[1] for sign in truth.possible_signs("grade")]
    return grades[0] if len(grades) == 1 else UNDETERMINED


def _compare_referral(plan: Plan, truth: Truth) -> Iterator[str]:
    for key in REFERRAL_KEYS:
        values = [sign[3] for sign in truth.possible_signs("referral", key)]
        expected = values[0] if len(values) == 1 else UNDETERMINED
        yield from _differs(f"referral.{key}", expected, getattr(plan.referral, key))
    yield from _differs(
        "referral.depends_on", truth.matters(*truth.possible_signs("referral")), set(plan.referral.depends_on)
    )
    grounds = [sign[1] for sign in truth.possible_signs("ground")]
    yield from _differs("referral.ground", grounds[0] if len(grounds) == 1 else UNDETERMINED, plan.referral.ground)


def _compare_lesion(plan: Plan, truth: Truth) -> Iterator[str]:
    signs = truth.possible_signs("counts_as")
    possible = {category for _, category in signs}
    yield from _differs("lesion.possible", possible, set(plan.lesion.possible))
    expected = signs[0][1] if len(signs) == 1 else UNDETERMINED
    yield from _differs("lesion.counts_as", expected, plan.lesion.counts_as)
    yield from _differs("lesion.depends_on", truth.matters(*signs), set(plan.lesion.depends_on))


def _compare_alerts(plan: Plan, truth: Truth) -> Iterator[str]:
    expected = {}
    for sign in truth.possible_signs("alert"):
        _, name, severity = sign
        if truth.is_certain(sign) or (severity == "stop" and name not in truth.signs.sure_alerts):
            certainty = "definite" if truth.is_certain(sign) else "depends"
            expected[name, severity] = (certainty, truth.matters(sign))
    found = {(alert.id, alert.severity): (alert.certainty, set(alert.depends_on)) for alert in plan.alerts}
    yield from _differs("alerts", expected, found)


def _compare_meanwhile(plan: Plan, truth: Truth) -> Iterator[str]:
    if plan.scope == "in_scope":
        yield from _differs("meanwhile is empty", False, not plan.meanwhile)


_COMPARISONS = (_compare_recommendations, _compare_lesion, _compare_referral, _compare_alerts, _compare_meanwhile)


def smallest(case: Case, is_wrong: Any) -> Case:
    """Leave out answers as long as the case stays wrong: what a person wants to see of a failure."""
    for path in list(answers_of(case)):
        fewer = without(case, [path])
        if is_wrong(fewer):
            case = fewer
    return case


# --- fixtures


@pytest.fixture(scope="module")
def completions(edition: Edition) -> Completions:
    return Completions(edition)


@pytest.fixture(scope="module")
def signs(edition: Edition) -> Signs:
    return Signs(edition)


@pytest.fixture(scope="module")
def few_open(completions: Completions, thorough: bool) -> list[Case]:
    chance = Random(20261123)
    number = COMPARED_THOROUGHLY if thorough else COMPARED
    return [random_case_with_few_open(completions, chance, MOST_COMPLETIONS)[0] for _ in range(number)]


# --- tests


def test_completions_give_every_subject_a_value(
    edition: Edition, completions: Completions, few_open: Sequence[Case]
) -> None:
    subjects = subjects_of(edition)
    for case in few_open[:50]:
        for completion in completions.of(case, DAY):
            assert subjects <= completion.case.keys()


def test_plans_say_what_the_completions_have_in_common(
    edition: Edition,
    planner: Planner,
    completions: Completions,
    signs: Signs,
    few_open: Sequence[Case],
    thorough: bool,
) -> None:
    seen = 0
    for case in few_open:
        truth = Truth(signs, completions.of(case, DAY))
        if differences(planner.make_bare_plan(case, DAY), truth):
            pytest.fail(_smallest_difference(planner, completions, signs, case))
        seen |= truth.possible
    if thorough:
        _assert_everything_was_seen(edition, {sign[:3] for sign in signs.in_bits(seen)})


def _smallest_difference(planner: Planner, completions: Completions, signs: Signs, case: Case) -> str:
    def found(fewer: Case) -> list[str]:
        if completions.number_of(fewer, DAY) > 5_000:
            return []
        return differences(planner.make_bare_plan(fewer, DAY), Truth(signs, completions.of(fewer, DAY)))

    few = smallest(case, found)
    return "\n".join([str(as_json(few)), *found(few)])


def _assert_everything_was_seen(edition: Edition, seen: set[Sign]) -> None:
    """The comparison would mean little if the cases kept to a corner."""
    advised = {("advice", rule.action, rule.verdict) for rule in edition.advice_rules}
    alerts = {("alert", rule.alert, rule.severity) for rule in edition.alert_rules}
    assert not (advised | alerts) - seen


def test_reasons_suffice_and_no_fewer_do(planner: Planner, completions: Completions, few_open: Sequence[Case]) -> None:
    checked = 0
    for case in few_open[:WITH_REASONS]:
        given = Given(planner, completions, case)
        for recommendation in planner.make_plan(case, DAY).recommendations:
            fields = [reason.field for reason in recommendation.reasons]
            assert given.suffice(recommendation, fields), (as_json(case), recommendation)
            for fewer in _fewer(fields):
                assert not given.suffice_as_it_stands(recommendation, fewer), (as_json(case), recommendation, fewer)
            checked += 1
    assert checked >= 10 * WITH_REASONS


def _fewer(fields: Sequence[str]) -> Iterable[Sequence[str]]:
    return (chosen for size in range(len(fields)) for chosen in combinations(fields, size))


class Given:
    """The answers of a case, and what some of them would make certain by themselves.

    An answer that another one overrules is no reason for what turns on the nature of the lesion, even where it would
    lead to the same advice: an entity on imaging beside another histology, "not suspected" beside a category.
    """

    def __init__(self, planner: Planner, completions: Completions, case: Case) -> None:
        self.planner = planner
        self.completions = completions
        self.case = case
        self.counts_as = completions.as_it_counts(case)
        self.no_facts = [path for path in answers_of(case) if fields()[path].field_class is not FieldClass.FACT]
        self.plans: dict[frozenset[str], tuple[bool, dict[tuple[str, str], Recommendation]]] = {}

    def suffice(self, wanted: Recommendation, fields: Sequence[str]) -> bool:
        """Whether these answers alone make the recommendation as certain as all answers do."""
        counts_alike, planned = self._planned_with(fields)
        keys = self.planner.items.by_name["advice", wanted.action, wanted.verdict].keys
        if not counts_alike and "lesion.category" in keys:
            return False
        found = planned.get((wanted.action, wanted.verdict))
        if found is None:
            return False
        if wanted.stronger_possible:  # it is firm that at least this holds
            return found.verdict == wanted.verdict and found.certainty == "definite"
        if wanted.certainty != ("depends" if found.stronger_possible else found.certainty):
            return False
        return wanted.certainty == "definite" or set(found.depends_on) <= set(wanted.depends_on)

    def suffice_as_it_stands(self, wanted: Recommendation, fields: Sequence[str]) -> bool:
        """Whether they do, and still do beside all that is no fact: a default that the case sets aside is no reason."""
        return self.suffice(wanted, fields) and self.suffice(wanted, [*fields, *self.no_facts])

    def _planned_with(self, fields: Sequence[str]) -> tuple[bool, dict[tuple[str, str], Recommendation]]:
        key = frozenset(fields)
        if key not in self.plans:
            fewer = only(self.case, fields)
            counted = zip(self.counts_as, self.completions.as_it_counts(fewer), strict=True)
            counts_alike = all(whole <= part for whole, part in counted)
            recommendations = self.planner.make_bare_plan(fewer, DAY).recommendations
            strengths = {
                (r.action, verdict): r for r in recommendations for verdict in (r.verdict, *r.stronger_possible)
            }
            self.plans[key] = (counts_alike, strengths)
        return self.plans[key]


def test_an_open_fact_is_asked_exactly_when_it_can_change_the_plan(
    edition: Edition, planner: Planner, completions: Completions, signs: Signs, few_open: Sequence[Case]
) -> None:
    asked_at_all = 0
    for case in few_open[:ASKED]:
        truth = Truth(signs, completions.of(case, DAY))
        asked = {question.field for question in planner.make_plan(case, DAY).open_questions}
        stays = _if_the_tumour_stays_untold(signs, case, truth)
        for field in _open_fields(edition, case, truth):
            expected = _matters_in_place(edition, field, truth) and (
                _matters_in_place(edition, field, stays) or _holds_a_biopsy(field, truth)
            )
            assert (field in asked) == expected, (field, as_json(case))
            asked_at_all += field in asked
    assert asked_at_all >= ASKED


def _matters_in_place(edition: Edition, field: str, truth: Truth) -> bool:
    ask_when = edition.questions[field].ask_when
    in_place = any(truth.signs.evaluator.of(each.case).holds(ask_when) for each in truth.completions)
    return in_place and _can_change_the_plan(field, truth)


def _if_the_tumour_stays_untold(signs: Signs, case: Case, truth: Truth) -> Truth:
    """The same completions, without those in which an entity that cannot be told turns out to be something."""
    if answers_of(case).get("lesion.entity") != "uncertain":
        return truth
    untold = [each for each in truth.completions if each.turn.get("lesion.entity") == "uncertain"]
    return Truth(signs, untold) if untold else truth


def _holds_a_biopsy(field: str, truth: Truth) -> bool:
    signs = [sign for sign, fields in truth.fields_of.items() if field in fields]
    return any(sign[0] in ("advice", "waits") and sign[1] == "biopsy.perform" for sign in signs)


def _open_fields(edition: Edition, case: Case, truth: Truth) -> set[str]:
    """The open fields on which there is a question; one that was answered `uncertain` may be asked again."""
    fields = {ASKED_BY.get(field, field) for completion in truth.completions for field in completion.turn}
    return fields & edition.questions.keys() - answers_of(case).keys()


def _can_change_the_plan(field: str, truth: Truth) -> bool:
    """Whether a part of the plan turns on it; the grade of a response is shown with the response only. What the lesion
    counts as changes nothing by itself: what follows from it does."""
    shown = [sign for sign, fields in truth.fields_of.items() if field in fields and sign[0] != "counts_as"]
    has_response = any(sign[1] == "resection.record_response" for sign in truth.possible_signs("advice"))
    return any(sign[0] != "fired" and (sign[0] != "grade" or has_response) for sign in shown)


def test_learning_a_fact_never_contradicts_what_was_definite(
    edition: Edition, planner: Planner, completions: Completions, few_open: Sequence[Case]
) -> None:
    """What was definite stays so and what was excluded stays out, unless the answer contradicts another that was given:
    that is, leads to a completion which the case did not have before."""
    chance = Random(3)
    coherent = 0
    for case in few_open[:LEARNED]:
        before, possible = planner.make_bare_plan(case, DAY), completions.of(case, DAY)
        known = {_key(completion) for completion in possible}
        for path in _open_facts(case, possible):
            richer = _with_answer(edition, case, path, chance)
            if all(_key(completion) in known for completion in completions.of(richer, DAY)):
                _assert_nothing_contradicted(before, planner.make_bare_plan(richer, DAY), case, richer)
                coherent += 1
    assert coherent >= 2 * LEARNED


def _open_facts(case: Case, possible: Sequence[Completion]) -> list[str]:
    """The open facts whose answer is no event as well."""
    given = answers_of(case)
    fields = {field for completion in possible for field in completion.turn}
    presupposed = IMPLIED | JUDGED_IN_MEETING
    return [
        path
        for path in facts()
        if path in fields and path not in given and (path not in presupposed or presupposed[path] in given)
    ]


def _with_answer(edition: Edition, case: Case, path: str, chance: Random) -> Case:
    answers = {**case_answers(case), path: random_answer(edition, path, chance)}
    return case_of(answers)


_FOLLOWS_FROM_ANSWERING = ("category_given", "answered(resection.margin)")
"""Subjects that say that an answer was given; they change with any answer, and are no facts about the patient."""


def _key(completion: Completion) -> frozenset[tuple[str, str]]:
    return frozenset(item for item in completion.case.items() if item[0] not in _FOLLOWS_FROM_ANSWERING)


def _assert_nothing_contradicted(before: Plan, after: Plan, case: Case, richer: Case) -> None:
    shown = (as_json(case), as_json(richer))
    listed, earlier = _verdicts(after), _verdicts(before)
    for action, verdict, stronger in _definite(before):
        found = [each for each in _definite(after) if each[0] == action]
        assert found, (action, *shown)
        assert {found[0][1], *found[0][2]} <= {verdict, *stronger}, (action, *shown)
    assert listed <= earlier, (listed - earlier, *shown)
    for key in REFERRAL_KEYS:
        if getattr(before.referral, key) != UNDETERMINED:
            assert getattr(after.referral, key) == getattr(before.referral, key), (key, *shown)


def _verdicts(plan: Plan) -> set[tuple[str, str]]:
    """Every verdict that a plan gives an action, or that it may still come to give."""
    return {(r.action, verdict) for r in plan.recommendations for verdict in (r.verdict, *r.stronger_possible)}


def _definite(plan: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a plan is sure of: actions with their verdict, and the stronger ones to which an answer may raise it."""
    definite = (r for r in plan.recommendations if r.certainty == "definite")
    return [(r.action, r.verdict, r.stronger_possible) for r in definite]
