"""Every property has teeth: an edition that is broken on purpose is refused, with a case and the rules to blame."""

import pytest

from guideline_core.compiled import Catalogue
from guideline_core.compiler import catalogue_of, space_of
from guideline_core.edition.values import Edition
from guideline_core.proof import answering, learning
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.prove import all_checks, run_check
from guideline_core.proof.search import Bench
from tests.proof.broken_editions import BROKEN, Broken


def counterexamples(edition: Edition, name: str) -> tuple[Counterexample, ...]:
    check = next(check for known, _, check in all_checks(edition) if known == name)
    return run_check(Bench(edition), name, {}, check).counterexamples


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.property}-{'-'.join(broken.names[:1])}")
def test_broken_edition_is_refused(edition: Edition, broken: Broken):
    changed = broken.change(edition)
    found = counterexamples(changed, broken.property)
    blamed = [each for each in found if set(broken.names) <= set(each.rules)]
    assert blamed, f"not refused, or other rules are blamed: {[each.rules for each in found]}"
    if broken.shown is None:
        assert all(each.case is None for each in blamed)
        return
    assert broken.shown in [each.shown for each in blamed]
    catalogue: Catalogue = catalogue_of(changed, space_of(changed))
    for each in blamed:
        assert each.case is not None
        assert each.words["nl"] and each.words["en"] and each.expected and each.found
        assert each.lines()
        if each.case.lesion.entity is not None:
            assert each.case.lesion.entity in catalogue.class_of_entity


def test_every_property_has_a_broken_edition(edition: Edition):
    named = {broken.property for broken in BROKEN}
    of_the_core = {learning.NAME}  # says nothing of the rules; see the tests below
    assert named | of_the_core == {name for name, _, _ in all_checks(edition)}
    assert set(STRUCTURE) <= named | of_the_core


def test_property_ids_are_those_of_the_edition(edition: Edition):
    assert set(edition.properties) <= {broken.property for broken in BROKEN}


def what_is_retracted(edition: Edition) -> set[str]:
    """What the check of learning reports, idle exceptions aside."""
    found = learning.check_learning(Bench(edition))
    return {each.expected for each in found if each.found != "no answer needs it"}


@pytest.mark.parametrize("excuse", learning.EXCEPTIONS, ids=lambda excuse: excuse.__name__)
def test_each_exception_to_learning_is_needed(edition: Edition, monkeypatch: pytest.MonkeyPatch, excuse):
    """Without the exception there is an answer that leaves open what was excluded before."""
    rest = tuple(each for each in learning.EXCEPTIONS if each is not excuse)
    before = what_is_retracted(edition)
    monkeypatch.setattr(learning, "EXCEPTIONS", rest)
    assert what_is_retracted(edition) > before


def test_an_idle_exception_to_learning_is_reported(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    def never(learned: object, lesion: object) -> bool:
        """It never happens."""
        return False

    monkeypatch.setattr(learning, "EXCEPTIONS", (*learning.EXCEPTIONS, never))
    found = list(learning.check_learning(Bench(edition)))
    assert any("It never happens." in each.expected for each in found)


def test_a_declared_change_that_cannot_happen_is_reported(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    idle = {**answering.MAY_CHANGE, "imaging.xray.done": frozenset({"mdo.discuss"})}
    monkeypatch.setattr(answering, "MAY_CHANGE", idle)
    found = [each for each in counterexamples(edition, answering.NAME) if each.found == "it never does"]
    assert [each.expected for each in found] == ["imaging.xray.done can change mdo.discuss, as declared"]
