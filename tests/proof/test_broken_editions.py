"""Every property has teeth: an edition that is broken on purpose is refused, with a case and the rules to blame."""

from collections.abc import Iterator, Mapping

import pytest

from guideline_core.compiler import space_of
from guideline_core.edition.values import Edition
from guideline_core.proof import answering, learning
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.prove import all_checks
from guideline_core.proof.search import Bench
from tests.proof.broken_editions import BROKEN, Broken


def counterexamples(bench: Bench, broken: Broken) -> Iterator[Counterexample]:
    if broken.answer is not None:
        return answering.check_answer(bench, broken.answer, answering.what_is_said(bench))
    check = next(check for name, _, check in all_checks(bench.edition) if name == broken.property)
    return iter(check(bench))


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.property}-{'-'.join(broken.names[:1])}")
def test_broken_edition_is_refused(edition: Edition, broken: Broken):
    """A counterexample blames the rules that were changed; the rest of the check need not be run for it."""
    bench = Bench(broken.change(edition))
    others = []
    for each in counterexamples(bench, broken):
        if set(broken.names) <= set(each.rules) and each.shown == (broken.shown or each.shown):
            assert_that_it_can_be_read(each, bench, has_case=broken.shown is not None)
            return
        others.append((each.rules, each.shown))
    pytest.fail(f"not refused, or other rules are blamed: {others}")


def assert_that_it_can_be_read(found: Counterexample, bench: Bench, has_case: bool):
    assert found.words["nl"] and found.words["en"] and found.expected and found.found
    assert found.lines()
    assert (found.case is not None) == has_case
    if found.case is not None and found.case.lesion.entity is not None:
        assert found.case.lesion.entity in bench.space.class_of_entity


def test_every_property_has_a_broken_edition(edition: Edition):
    named = {broken.property for broken in BROKEN}
    of_the_core = {learning.NAME}  # says nothing of the rules; see the tests below
    assert named | of_the_core == {name for name, _, _ in all_checks(edition)}
    assert set(STRUCTURE) <= named | of_the_core


def test_property_ids_are_those_of_the_edition(edition: Edition):
    assert set(edition.properties) <= {broken.property for broken in BROKEN}


@pytest.fixture(scope="module")
def alone(edition: Edition) -> Mapping[learning.Exception_, learning.Learned]:
    """For each exception to learning an answer that it alone excuses: without it, the answer would be reported."""
    space = learning.small_space(space_of(edition))
    found: dict[learning.Exception_, learning.Learned] = {}
    for _, learned in learning.widenings(space):
        holding = list(learning.excuses(learned, space))
        if len(holding) == 1:
            found.setdefault(holding[0], learned)
        if len(found) == len(learning.EXCEPTIONS):
            break
    return found


@pytest.mark.parametrize("excuse", learning.EXCEPTIONS, ids=lambda excuse: excuse.__name__)
def test_each_exception_to_learning_is_needed(alone: Mapping[learning.Exception_, learning.Learned], excuse):
    assert excuse in alone


def test_an_answer_that_nothing_excuses_is_reported(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learning, "STEPS", learning.STEPS[1:])  # the combinations of the lesion take longest
    rest = tuple(each for each in learning.EXCEPTIONS if each.__name__ != "_judged_without_meeting")
    monkeypatch.setattr(learning, "EXCEPTIONS", rest)
    found = [each.expected for each in learning.check_learning(Bench(edition)) if each.found != "no answer needs it"]
    assert found == [
        "an answer to lesion.radiologically_unequivocal leaves of lesion.radiologically_unequivocal"
        " nothing that was excluded before"
    ]


def test_an_idle_exception_to_learning_is_reported(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    def never(learned: object, lesion: object) -> bool:
        """It never happens."""
        return False

    monkeypatch.setattr(learning, "STEPS", learning.STEPS[1:])
    monkeypatch.setattr(learning, "EXCEPTIONS", (*learning.EXCEPTIONS, never))
    found = list(learning.check_learning(Bench(edition)))
    assert any("It never happens." in each.expected for each in found)


def test_a_declared_change_that_cannot_happen_is_reported(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    field, bench = "imaging.xray.done", Bench(edition)
    monkeypatch.setattr(answering, "MAY_CHANGE", {field: answering.MAY_CHANGE[field] | {"mdo.discuss"}})
    found = list(answering.check_answer(bench, field, answering.what_is_said(bench)))
    assert [(each.expected, each.found) for each in found] == [
        (f"{field} can change mdo.discuss, as declared", "it never does")
    ]
