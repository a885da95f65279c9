"""Where the questions of a case have their place, as the edition says: conditions on the answers alone.

Whether an answer can change the plan is computed; this says what another answer settles, and what comes first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from guideline_core.condition import NEVER, Condition, holds
from guideline_core.keys import TISSUE_TAKEN
from guideline_core.plain_data import Form, condition_form, read_condition

Reasons = Mapping[str, Condition]
"""Why a question is not asked, and when: the first that holds counts."""
AnswerAt = Callable[[str], object]
"""The answer to a field; None when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPlace:
    """The place of one question."""

    asked_as: str | None = None
    """The question by which a plan asks for this answer."""
    told_in_letter: Condition = NEVER
    """When whoever receives a letter wants the answer, whether it changes the plan or not."""
    always_in_place: bool = False
    """Whether it opens a step or changes the ground of all other questions."""
    denied: Reasons
    """When another answer says this one already, or denies what it is about."""
    settled: Reasons
    """When a diagnosis says it, unless the plan asks for it."""
    until: Reasons
    """What comes first: as long as one of these does not hold, the question has not its turn."""


NOWHERE: Final = QuestionPlace(denied={}, settled={}, until={})


class QuestionPlaces:
    """The places of all questions of one edition."""

    def __init__(self, places: Mapping[str, QuestionPlace]) -> None:
        self.places = places

    def of(self, path: str) -> QuestionPlace:
        """The place of a question."""
        return self.places.get(path, NOWHERE)

    def asked_as(self, path: str) -> str:
        """The question by which a plan asks for this answer."""
        return self.of(path).asked_as or path

    def denied(self, path: str, answer_at: AnswerAt) -> str | None:
        """The reason when another answer says this one already, or denies what it is about."""
        return next((why for why, when in self.of(path).denied.items() if _holds(when, answer_at)), None)

    def settled(self, path: str, answer_at: AnswerAt) -> str | None:
        """The reason when a diagnosis says it."""
        return next((why for why, when in self.of(path).settled.items() if _holds(when, answer_at)), None)

    def comes_after(self, path: str, answer_at: AnswerAt, tissue_taken: bool) -> str | None:
        """The reason when something else comes first."""
        until = self.of(path).until.items()
        return next((why for why, when in until if not _holds(when, answer_at, tissue_taken)), None)

    def is_told_in_letter(self, path: str, answer_at: AnswerAt) -> bool:
        """Whether whoever receives a letter wants the answer now."""
        return _holds(self.of(path).told_in_letter, answer_at)


def _holds(condition: Condition, answer_at: AnswerAt, tissue_taken: bool = False) -> bool:
    def in_words(subject: str) -> str:
        if subject == TISSUE_TAKEN:
            return _word(tissue_taken)
        if subject.startswith("answered("):
            return _word(answer_at(subject.removeprefix("answered(").removesuffix(")")) is not None)
        return _word(answer_at(subject))

    return holds(condition, lambda atom: in_words(atom.subject) in atom.values)


def _word(value: object) -> str:
    if value is None:
        return "unanswered"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


_REASONS: Final = ("denied", "settled", "until")


def place_form(place: QuestionPlace) -> Form:
    """A place as plain data that JSON can hold."""
    return {
        "asked_as": place.asked_as,
        "told_in_letter": condition_form(place.told_in_letter),
        "always_in_place": place.always_in_place,
        **{name: _reasons_form(getattr(place, name)) for name in _REASONS},
    }


def _reasons_form(reasons: Reasons) -> Form:
    return {why: condition_form(when) for why, when in reasons.items()}


def read_place(form: Form) -> QuestionPlace:
    """Read a place back."""
    reasons = {name: {why: read_condition(when) for why, when in form[name].items()} for name in _REASONS}
    told = read_condition(form["told_in_letter"])
    return QuestionPlace(**{**form, **reasons, "told_in_letter": told})
