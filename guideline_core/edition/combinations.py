"""What the page "when findings disagree" combines, as it stands in combinations.yaml: answers, never outcomes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from guideline_core.case import Case
from guideline_core.contract import fields, nested
from guideline_core.edition.catalogue import CatalogueEntries, Entity, members_of
from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.entry_reader import NoteFault
from guideline_core.edition.entry_types import NO_OTHER_KEYS, Words
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.trees import Place
from guideline_core.edition.written import Written
from guideline_core.fields import AnswerKind
from guideline_core.keys import EntityCategory

COMBINATIONS_FILE = "combinations.yaml"
REVIEW: str = "pathology.diagnosis"
"""The answer that says whether tissue was reviewed."""
_APART = ("apart", "apart_once_reviewed")
AnswersByPath = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherRow:
    """A row with answers of its own; every answer that it tries and every tumour that it names is taken in turn."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    text: Words
    answers: AnswersByPath = field(default_factory=dict)
    tries: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    """Answers that are taken in turn; None: not answered."""
    tissue: tuple[str, ...] = ()
    kind: EntityCategory | None = None


class WrittenAges(Written):
    """The ages that stand for an adult and for a child."""

    adult: int
    child: int


class WrittenCombinations(Written):
    """The file as a whole, without its further rows: these are read one by one."""

    assumed: AnswersByPath
    ages: WrittenAges
    not_reviewed: tuple[str, ...]
    reviewed: tuple[str, ...]
    warnings: tuple[str, ...]
    apart: tuple[str, ...]
    apart_once_reviewed: tuple[str, ...]
    note: Words
    further: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Combinations:
    """What the page combines: the file with its further rows."""

    written: WrittenCombinations
    further: Mapping[str, FurtherRow]


def named_tumours(names: Iterable[str], entries: CatalogueEntries) -> frozenset[str]:
    """The tumours of these groups and kinds, and those that are named themselves."""
    return frozenset(
        tumour
        for name in names
        for tumour in (
            {name} if name in entries.entities else members_of((name,), entries.entities, entries.entity_groups)
        )
    )


def tumours_of(row: FurtherRow, entries: CatalogueEntries) -> Iterator[Entity]:
    """The tumours that a row tries under the microscope, in the order of the catalogue."""
    named = named_tumours(row.tissue, entries)
    return (each for each in entries.entities.values() if each.id in named and row.kind in (None, each.category))


def check_combinations(combinations: Combinations | None, entries: CatalogueEntries, note: NoteFault) -> None:
    """Note answers that no case can hold, and names of tumours that the catalogue does not have."""
    if combinations is None:
        return
    written = combinations.written
    for place, answers in _answers_in(combinations):
        for message in _faults_of(answers, entries):
            note(COMBINATIONS_FILE, place, str(place[-1]), message)
    named: list[tuple[Place, tuple[str, ...]]] = [((key,), getattr(written, key)) for key in _APART]
    named += [(("further", row.id, "tissue"), row.tissue) for row in combinations.further.values()]
    for place, names in named:
        try:
            named_tumours(names, entries)
        except ConditionFault as fault:
            note(COMBINATIONS_FILE, place, str(place[-1]), str(fault))
            return
    for row in combinations.further.values():
        if row.tissue and not any(tumours_of(row, entries)):
            note(COMBINATIONS_FILE, ("further", row.id, "kind"), row.id, "no tumour of these groups is of this kind")


def _answers_in(combinations: Combinations) -> Iterator[tuple[Place, AnswersByPath]]:
    """All answers that the file gives, with their places."""
    written = combinations.written
    yield ("assumed",), written.assumed
    for name, years in written.ages.model_dump().items():
        yield ("ages", name), {"patient.age_years": years}
    for name in ("not_reviewed", "reviewed"):
        for number, value in enumerate(getattr(written, name)):
            yield (name, number), {REVIEW: value}
    for row in combinations.further.values():
        yield ("further", row.id, "answers"), row.answers
        for path, values in row.tries.items():
            yield from ((("further", row.id, "tries", path), {path: value}) for value in values)


def _faults_of(answers: AnswersByPath, entries: CatalogueEntries) -> Iterator[str]:
    unknown = [path for path in answers if path not in fields()]
    yield from (f"unknown field '{path}'{did_you_mean(path, fields())}" for path in unknown)
    if unknown:
        return
    try:
        Case.model_validate(nested(answers))
    except ValidationError as error:
        wrong = sorted({".".join(map(str, item["loc"])) for item in error.errors(include_url=False)})
        yield f"no case can hold this answer to {', '.join(wrong)}"
    for path, value in answers.items():
        if fields()[path].kind is AnswerKind.ENTITY and value not in entries.entities:
            yield f"unknown tumour '{value}'{did_you_mean(str(value), entries.entities)}"
