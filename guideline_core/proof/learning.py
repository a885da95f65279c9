"""A fact that becomes known never retracts what was definite: the argument, and what a machine must check of it.

The argument. A plan item is decided by a function of the subjects; definite means that the function is the same for
every combination of values that are still possible. If an answer only takes values away from its subjects, and adds
none to any other, every combination that is possible afterwards was possible before, so what was definite stays
definite. That the planner computes exactly this is checked by `agreement`. Where every verdict that is possible asks
for an action, what is definite is that it gets the weakest of them *or a stronger one*: that too is a function of the
subjects, so an answer may raise such a verdict and never lowers it. So it is enough that the answer to a fact narrows
its subject:

* most facts have a subject of their own: stating one leaves one of the values that were open;
* the facts about the lesion share `nature` and `histology`. Here every combination of answers is tried, for a few
  entities of each kind. Only kind, do-not-touch and being the same or not count in how these answers hang together,
  so a few stand for all. The exceptions have names (`EXCEPTIONS`), each is needed, and none of them comes silently:
  in a contradiction the heavier answer counts and the plan says so; a differential counts by its heaviest member;
* what else a fact brings with it (a histology says that tissue was taken; a primary tumour contradicts an established
  metastasis, and brings the patient back into the guideline) is an event, and `answering` covers those. So is what the
  answers make certain (`surely`): once they make certain that a biopsy is advised against, its safety steps end, as
  `may_change` declares of each fact that can do so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import cast

from guideline_core.case import Case
from guideline_core.contract import nested
from guideline_core.fields import JUDGED_IN_MEETING
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.learning_steps import (
    DIFFERENTIAL,
    NAMING_KEYS,
    STEPS,
    WEIGHED,
    Answer,
    Answers,
    Learned,
    small_space,
)
from guideline_core.proof.search import Bench
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, HISTOLOGY_KEYS

NAME = "a-fact-never-retracts"


def _named(answers: Mapping[str, Answer]) -> list[frozenset[str]]:
    """What each stated answer about the entity leaves of the entities."""
    stated = (answers.get(key) for key in NAMING_KEYS)
    return [frozenset({value}) if isinstance(value, str) else value for value in stated if value is not None]


def _contradicts(learned: Learned, space: Space) -> bool:
    """Two stated answers cannot both be right: the heavier one counts, so that nothing lighter becomes possible."""
    named = _named(learned.after)
    contradiction = bool(named and not frozenset.intersection(*named)) or space.lesion.conflict(learned.after)
    return contradiction and not learned.lighter


def _histology_established(learned: Learned, space: Space) -> bool:
    """What was established under the microscope stands in for the image, and ends what the microscope weighed."""
    return space.lesion.weighed(learned.after).tissue.gives == "established"


def _tissue_adds(learned: Learned, space: Space) -> bool:
    """What the microscope shows, not reviewed, and what the images name count together: the heavier decides, so that
    nothing lighter becomes possible; what the microscope names ends what it weighed."""
    adds = space.lesion.weighed(learned.after).tissue.gives == "adds"
    return adds and (not learned.lighter or learned.before.get(WEIGHED) is not None)


def _denied(learned: Learned, space: Space) -> bool:
    """It was answered that no bone tumour is suspected, and then something was stated of it."""
    return space.lesion.must_be_unsuspected(learned.before) != space.lesion.must_be_unsuspected(learned.after)


def _mixed_differential(learned: Learned, space: Space) -> bool:
    """The differential holds entities of several kinds: it counts by its heaviest member for each of them."""
    lists = (learned.after.get(key) for key in (DIFFERENTIAL, WEIGHED))
    mixed = any(
        isinstance(names, frozenset) and len({space.lesion.classes[n].kind for n in names}) > 1 for names in lists
    )
    return mixed and not learned.lighter


def _microscope_first(learned: Learned, space: Space) -> bool:
    """Nothing said that tissue was taken, and then a finding of the microscope was: it brings that event itself."""
    return not space.tissue_was_taken(learned.before) and learned.key in (*HISTOLOGY_KEYS, *AFTER_TISSUE)


def _judged_without_meeting(learned: Learned, _: Space) -> bool:
    """A judgement that only a meeting can give is stated where the meeting was denied; the rules ask for both."""
    meeting = JUDGED_IN_MEETING.get(learned.key)
    return meeting is not None and learned.before.get(meeting) == "no"


Exception_ = Callable[[Learned, Space], bool]
EXCEPTIONS: tuple[Exception_, ...] = (
    _contradicts,
    _histology_established,
    _tissue_adds,
    _denied,
    _mixed_differential,
    _microscope_first,
    _judged_without_meeting,
)
"""The ways in which the answer to a fact may leave open what was excluded before; each docstring says why."""


def check_learning(bench: Bench) -> Iterator[Counterexample]:
    """Each answer to a fact narrows what is open, the exceptions aside; and each exception occurs."""
    space = small_space(bench.space)
    used: set[Exception_] = set()
    found: dict[tuple[str, str], Counterexample] = {}
    for subject, learned in widenings(space):
        excuse = next(excuses(learned, space), None)
        if excuse is not None:
            used.add(excuse)
        else:
            found.setdefault((subject, learned.key), _counterexample(subject, learned))
    yield from found.values()
    for excuse in EXCEPTIONS:
        if excuse not in used:
            expected = f"the exception is needed: {(excuse.__doc__ or '').strip()}"
            yield Counterexample(NAME, STRUCTURE[NAME], None, (), expected, "no answer needs it")


def widenings(space: Space) -> Iterator[tuple[str, Learned]]:
    """The answers to a fact after which something is possible that was not before, each with its subject."""
    return chain.from_iterable(find(space) for find in STEPS)


def excuses(learned: Learned, space: Space) -> Iterator[Exception_]:
    """The exceptions that hold for such an answer."""
    read = _as_read(learned, space)
    return (excuse for excuse in EXCEPTIONS if excuse(read, space))


def _as_read(learned: Learned, space: Space) -> Learned:
    """The same with each name as the tumour for which it stands beside the grades."""
    before, after = (cast(Answers, space.lesion.graded.read(each)) for each in (learned.before, learned.after))
    if before is learned.before and after is learned.after:
        return learned
    return replace(learned, before=before, after=after)


def _counterexample(subject: str, learned: Learned) -> Counterexample:
    return Counterexample(
        property=NAME,
        words=STRUCTURE[NAME],
        case=_case(learned.before),
        rules=(),
        expected=f"an answer to {learned.key} leaves of {subject} nothing that was excluded before",
        found=f"{learned.after[learned.key]} does",
        after=_case(learned.after),
        shown="possible",
    )


def _case(answers: Answers) -> Case | None:
    """The case that states these answers; None for a derived subject that no field states under its own name."""
    plain = {key: _plain(value) for key, value in answers.items() if value is not None}
    if any("." not in key for key in plain):
        return None
    return Case.model_validate(nested(plain))


def _plain(value: Answer) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return {"yes": True, "no": False}.get(value or "", value)
