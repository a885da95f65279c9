"""Which tumour a name means beside the grade that was given: grade 2 of an enchondroma is no enchondroma.

A grade that cannot be that of the named tumour makes of the name another tumour, by the first list of the table of the
edition (`weighing`). It is asked before anything is weighed, so grade and name as they were given never meet in a
rule; what stands open can still turn out to be either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from guideline_core.subjects import GRADE_OF_TISSUE, GRADE_ON_IMAGING, HISTOLOGY_KEYS, NAMES_READ, RawAnswers
from guideline_core.weighing import (
    GRADE_FIELDS,
    LESION_FIELDS,
    ONE_TUMOUR,
    Row,
    Table,
    answer_facts,
    asked_by,
    field_of,
)

LOW_GRADE: Final = "grade_1"
NAMES_BESIDE: Final[Mapping[str, tuple[str, str]]] = {
    GRADE_ON_IMAGING: ("lesion.entity", "lesion.differential"),
    GRADE_OF_TISSUE: HISTOLOGY_KEYS,
}
"""For each grade the answer that names one tumour, and the one that names several."""
READ_ANSWERS: Final = (*LESION_FIELDS, *GRADE_FIELDS)


@dataclass(frozen=True)
class Reading:
    """An answer whose names stand for others: what it says then, and the row by which it does."""

    field: str
    value: str | frozenset[str]
    row: Row

    @property
    def grades(self) -> tuple[str, ...]:
        """The answers by which it does so."""
        return tuple(
            dict.fromkeys(field for atom in asked_by(self.row) if (field := field_of(atom.subject)) != self.field)
        )


class GradedNames:
    """Reads the names in some answers beside their grade."""

    def __init__(self, rows: tuple[Row, ...], uncertain: str) -> None:
        self.uncertain = uncertain
        """The name of a tumour that cannot be told."""
        self.rows = {row.id: row for row in rows}
        self._tables = {
            field: Table(tuple(row for row in rows if not row.reads or field in row.reads))
            for field in dict.fromkeys(field for row in rows for field in row.reads)
        }
        self._grades = tuple({atom.subject for row in rows for atom in asked_by(row) if atom.subject in GRADE_FIELDS})
        self.lighter = frozenset(name for row in rows for name in row.names)
        """The names that stand for a heavier tumour where a grade says so."""
        self.means = frozenset(row.gives for row in rows if row.reads)
        """The tumours for which they stand then."""
        self._grade_open = frozenset({uncertain, *(name for row in rows for name in row.unless_beside)})

    def readings(self, raw: RawAnswers) -> tuple[Reading, ...]:
        """The answers whose names stand for others."""
        if all(raw.get(grade) is None for grade in self._grades):
            return ()
        facts = None
        found = []
        for field, table in self._tables.items():
            value = raw.get(field)
            if value is None or self.lighter.isdisjoint(_named(value)):
                continue
            facts = answer_facts(raw, READ_ANSWERS) if facts is None else facts
            row = table.row(facts)
            if row.reads and not self._stands_beside(row, field, raw):
                found.append(Reading(field, _read(value, row), row))
        return tuple(reading for reading in found if reading.value != raw[reading.field])

    @staticmethod
    def _stands_beside(row: Row, field: str, raw: RawAnswers) -> bool:
        """Whether a list holds a tumour that has the grade itself, or stands beside one that was named."""
        beside = () if field in ONE_TUMOUR else (field, *(one for one in row.reads if one in ONE_TUMOUR))
        return any(not _named(raw.get(each)).isdisjoint(row.unless_beside) for each in beside)

    def read(self, raw: RawAnswers) -> Mapping[str, object]:
        """The answers with each name as the tumour for which it stands, and the rows by which that was found."""
        readings = self.readings(raw)
        if not readings:
            return raw
        rows = frozenset(reading.row.id for reading in readings)
        return {**raw, **{reading.field: reading.value for reading in readings}, NAMES_READ: rows}

    def grades_read(self, field: str) -> frozenset[str]:
        """The values of a grade by which names are read."""
        asked = (atom for row in self.rows.values() for atom in asked_by(row) if atom.subject == field)
        return frozenset[str]().union(*(atom.values for atom in asked))

    def rows_read(self, raw: RawAnswers) -> tuple[Row, ...]:
        """The rows by which names in these answers were read."""
        read = cast("frozenset[str]", raw.get(NAMES_READ) or frozenset())
        return tuple(row for name, row in self.rows.items() if name in read)

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether a name and a grade contradicted each other, and that is to be said."""
        return any(row.conflict for row in self.rows_read(raw))

    def unnamed(self, raw: RawAnswers) -> bool:
        """Whether a high grade was seen under the microscope of which no tumour is named or weighed there."""
        told, weighed = map(raw.get, HISTOLOGY_KEYS)
        named = told not in (None, self.uncertain) or weighed is not None
        return not named and raw.get(GRADE_OF_TISSUE) in self.grades_read(GRADE_OF_TISSUE)

    def leaving_low_grade(self, grade: str, raw: RawAnswers, grade_of: Mapping[str, str]) -> str | None:
        """The answer whose names leave of a grade the lowest only; None where it was given, or is left open. Where it
        was answered that it cannot be told, only a name that holds the grade does so."""
        one, several = NAMES_BESIDE[grade]
        name, stated = raw.get(one), raw.get(grade)
        if stated is None and self._rules_out_high_grade(one, name):
            return one
        field = several if name in (None, self.uncertain) else one
        open_so_far = stated in (None, "uncertain")
        return field if open_so_far and self._say_low_grade(_named(raw.get(field)), grade_of) else None

    def _rules_out_high_grade(self, field: str, name: object) -> bool:
        """Whether a high grade would contradict this name in this answer, so that it leaves none open."""
        return any(row.conflict and field in row.reads and name in row.names for row in self.rows.values())

    def _say_low_grade(self, names: Iterable[str], grade_of: Mapping[str, str]) -> bool:
        """Whether these names say that the grade is 1: one of them holds it, and none leaves the grade open."""
        named = frozenset(names)
        of_grade_1 = {name for name in named if grade_of.get(name) == LOW_GRADE}
        return bool(of_grade_1) and named.isdisjoint(self._grade_open - of_grade_1)


def _named(value: object) -> frozenset[str]:
    """The tumours that an answer names."""
    return value if isinstance(value, frozenset) else frozenset({value}) if isinstance(value, str) else frozenset()


def _read(value: object, row: Row) -> str | frozenset[str]:
    names = frozenset(row.gives if name in row.names else name for name in _named(value))
    return names if isinstance(value, frozenset) else next(iter(names))
