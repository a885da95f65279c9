"""The table by which the lesion is weighed, against the same weighing written out in Python, for every combination.

The oracle is what the program did before the weighing was a table. Of the entities one of each kind is enough, and for
the benign ones one that is left alone and one that is not: no row can tell more of them apart, as is tested too.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, combinations, product

import pytest

from guideline_core.condition import NEVER
from guideline_core.edition.faults import EditionFaults
from guideline_core.edition.reading import read_edition
from guideline_core.edition.weighing import WEIGHING_FILE, weighing_of
from guideline_core.keys import EntityCategory
from guideline_core.lesion import (
    BENIGN_CATEGORIES,
    CATEGORIES,
    KINDS,
    Completion,
    EntityClass,
    kind_of,
    nature_value,
    weight,
)
from guideline_core.proof.weighing import recounted, statements
from guideline_core.space import Space
from guideline_core.subjects import NAMING_KEYS, RawAnswers
from guideline_core.weighing import LESION_FIELDS
from tests.editions import edition_files, read_real_edition, space_of_real_edition

ENTITIES: Mapping[str, EntityCategory] = {
    "geode": "benign",
    "enchondroma": "benign",
    "giant_cell_tumour_of_bone": "intermediate",
    "uncertain": "uncertain",
    "osteosarcoma": "malignant",
}
LEFT_ALONE = frozenset({"geode"})
LISTS = [frozenset(names) for size in (1, 2) for names in combinations(ENTITIES, size)]


class WrittenOut:
    """The weighing written out in Python, as AMB-07, AMB-20, AMB-23 and the design (section 4) have it in words."""

    def __init__(self, classes: Mapping[str, EntityClass], left_alone: frozenset[str]) -> None:
        self.classes = classes
        self.left_alone = left_alone
        self.uncertain = next(name for name, entity in classes.items() if entity.kind == "uncertain")

    def completions(self, raw: RawAnswers) -> tuple[Completion, ...]:
        """All coherent (category, entity) pairs that the answers leave open, if a tumour is suspected."""
        by_other = raw.get("lesion.category_by") == "other"
        return tuple(
            Completion(category, entity, self._counts_as(category, entity, by_other))
            for category, entity in self._pairs(raw)
        )

    def candidates(self, raw: RawAnswers) -> frozenset[str]:
        """The entity classes that the answers about the entity leave open, whatever the category."""
        return frozenset(self._candidates(raw))

    def may_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether "no bone tumour suspected" is still possible."""
        return not self.implies_suspicion(raw)

    def must_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether it was answered that no bone tumour is suspected, and no other answer says otherwise."""
        return raw.get("lesion.suspected") == "no" and not self.implies_suspicion(raw)

    @staticmethod
    def implies_suspicion(raw: RawAnswers) -> bool:
        """Whether an answer says, or implies, that a bone tumour is suspected."""
        return (
            raw.get("lesion.suspected") == "yes"
            or raw.get("lesion.basis") in ("radiological", "histological")
            or any(raw.get(key) is not None for key in NAMING_KEYS)
        )

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether a stated category and a stated entity are of different kinds; the heavier one then counts."""
        category, kind = raw.get("lesion.category"), self._stated_kind(raw)
        return isinstance(category, str) and kind is not None and kind_of(category) != kind

    def _stated_entity(self, raw: RawAnswers) -> str | None:
        """The entity that counts as stated: an established histology stands in for the entity on imaging."""
        for key in ("pathology.histology", "lesion.entity"):
            entity = raw.get(key)
            if isinstance(entity, str) and (key == "lesion.entity" or entity != self.uncertain):
                return entity
        return None

    def _weighed(self, raw: RawAnswers) -> frozenset[str]:
        """The entities that a differential names; that of the microscope only until a histology is established."""
        members: frozenset[str] = frozenset()
        keys = ["lesion.differential"]
        if raw.get("pathology.histology") in (None, self.uncertain):
            keys.append("pathology.histology_differential")
        for key in keys:
            value = raw.get(key)
            if isinstance(value, frozenset):
                members |= value
        return members

    def _stated_kind(self, raw: RawAnswers) -> EntityCategory | None:
        """The heaviest kind among the entities that are stated; an entity `uncertain` by itself restricts nothing."""
        entity = self._stated_entity(raw)
        named = self._weighed(raw) | ({entity} if entity is not None and entity != self.uncertain else frozenset())
        return max((self.classes[name].kind for name in named), key=KINDS.index, default=None)

    def _candidates(self, raw: RawAnswers) -> tuple[str, ...]:
        """The entity classes that the answers about the entity leave open."""
        entity, weighed = self._stated_entity(raw), self._weighed(raw)
        if entity is not None and not (entity == self.uncertain and weighed):
            return (entity,)
        return tuple(name for name in self.classes if name in weighed) if weighed else tuple(self.classes)

    def _pairs(self, raw: RawAnswers) -> list[tuple[str, str]]:
        category, kind, candidates = raw.get("lesion.category"), self._stated_kind(raw), self._candidates(raw)
        if isinstance(category, str):
            if kind is not None:
                counted = category if weight(category) >= KINDS.index(kind) else kind
                return [(counted, entity) for entity in candidates]
            return [(category, entity) for entity in candidates if self._fits(category, entity)]
        if kind is not None and kind != "benign":
            return [(kind, entity) for entity in candidates]
        return [
            (possible, entity)
            for entity in candidates
            for possible in CATEGORIES
            if self._fits(possible, entity) and (kind is None or possible in BENIGN_CATEGORIES)
        ]

    def _fits(self, category: str, entity: str) -> bool:
        """Whether category and entity can go together when only one of them is stated."""
        kind = self.classes[entity].kind
        if kind == "uncertain" or category == "uncertain":
            return True
        return kind_of(category) == kind

    def _counts_as(self, category: str, entity: str, by_other: bool) -> str:
        if category == "do_not_touch" and entity not in self.left_alone:
            category = "benign_indolent"  # only the five named lesions are left alone (AMB-20)
        if by_other and category in ("do_not_touch", "benign_indolent"):
            category = "benign_unspecified"  # reassurance needs a radiologist or a centre (AMB-07)
        return category


# --- every combination


@cache
def small_space() -> Space:
    """The space of these five entities, with the table of the edition."""
    classes = [EntityClass(name, kind) for name, kind in ENTITIES.items()]
    return Space(classes, {name: name for name in ENTITIES}, weighing_of(read_real_edition().weighing), NEVER)


def every_combination() -> Iterator[dict[str, object]]:
    """Category, entity, differential, histology, what the microscope weighs, and who gave the category."""
    one, several = (None, *ENTITIES), (None, *LISTS)
    weighed = (None, *(frozenset({name}) for name in list(ENTITIES)[1:]))
    by = (None, "radiologist", "expertise_centre", "other")
    for values in product((None, *CATEGORIES), one, several, one, weighed, by):
        keys = ("category", "entity", "differential", "histology", "histology_differential", "category_by")
        yield {_path(key): value for key, value in zip(keys, values, strict=True)}


def _path(key: str) -> str:
    return f"pathology.{key}" if key.startswith("histology") else f"lesion.{key}"


def test_the_table_says_what_was_written_out_for_every_combination() -> None:
    space, oracle = small_space(), WrittenOut(small_space().classes, LEFT_ALONE)
    seen: set[str] = set()
    compared = 0
    for raw in every_combination():
        lesion = space.lesion
        assert lesion.completions(raw) == oracle.completions(raw), raw
        assert lesion.candidates(raw) == oracle.candidates(raw), raw
        assert lesion.conflict(raw) == oracle.conflict(raw), raw
        seen |= {row.id for row in lesion.rows(raw)}
        compared += 1
    assert compared == 8 * 6 * 16 * 6 * 5 * 4
    lists = read_real_edition().weighing
    assert seen == {row.id for row in chain.from_iterable(lists.values())} - {"denied"}, "every row counts somewhere"


def test_suspicion_is_what_was_written_out_for_every_combination() -> None:
    lesion, oracle = small_space().lesion, WrittenOut(small_space().classes, LEFT_ALONE)
    named: list[dict[str, object]] = [{}, {_path("category"): "malignant"}]
    named += [{_path(key): "osteosarcoma"} for key in ("entity", "histology")]
    named += [{_path(key): frozenset({"geode"})} for key in ("differential", "histology_differential")]
    said = ((None, "yes", "no"), (None, "clinical", "radiological", "histological"), (None, "other"), named)
    for suspected, basis, by, names in product(*said):
        raw = {"lesion.suspected": suspected, "lesion.basis": basis, "lesion.category_by": by, **names}
        assert lesion.may_be_unsuspected(raw) == oracle.may_be_unsuspected(raw), raw
        assert lesion.must_be_unsuspected(raw) == oracle.must_be_unsuspected(raw), raw


def test_no_row_tells_more_entities_apart() -> None:
    space = space_of_real_edition()
    assert {space.lesion.alike(name) for name in space.classes} == {
        small_space().lesion.alike(name) for name in ENTITIES
    }


def test_the_answers_that_the_table_reads_are_known() -> None:
    assert {*small_space().lesion.keys} == {*LESION_FIELDS} - {"pathology.diagnosis"}


# --- the plain reading of the proofs


def test_the_plain_reading_of_the_table_finds_the_same_natures() -> None:
    for space in (small_space(), space_of_real_edition()):
        assert {each.nature for each in statements(space)} == {*space.nature.values[1:]} == space.lesion.natures()


def test_the_plain_reading_finds_what_planning_finds_for_every_way_to_state_a_lesion() -> None:
    space = small_space()
    found: set[tuple[bool, bool, str, str]] = set()
    for raw in every_combination():
        if raw["lesion.category_by"] is not None:
            given, conflict = raw["lesion.category"] is not None, space.lesion.conflict(raw)
            by = str(raw["lesion.category_by"])
            found |= {(given, conflict, by, completion.nature) for completion in space.lesion.completions(raw)}
    assert {(s.category_given, s.conflict, s.category_by, s.nature) for s in statements(space)} == found


def test_only_reassurance_counts_otherwise_when_another_gave_it() -> None:
    pairs = dict(recounted(small_space(), "other"))
    moved = {before: after for before, after in pairs.items() if before != after}
    reassuring = [before for before in pairs if before.startswith(("do_not_touch/", "benign_indolent/"))]
    assert len(reassuring) == 4, "the geode in both, enchondroma and uncertain as indolent"
    assert moved == {before: nature_value("benign_unspecified", before.partition("/")[2]) for before in reassuring}


# --- reading the file


def changed(old: str, new: str) -> dict[str, bytes]:
    """The files of the edition with one text of the table replaced."""
    content = edition_files()[WEIGHING_FILE].decode()
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times"
    return {**edition_files(), WEIGHING_FILE: content.replace(old, new).encode()}


@pytest.mark.parametrize(
    ("old", "new", "entry", "words"),
    [
        ("lesion.suspected is no\n", "lesion.suspected is nay\n", "denied", "unknown value of lesion.suspected: 'nay'"),
        (
            "answered(lesion.category)\n    category: stated",
            "answered(lesion.size_mm)\n    category: stated",
            "category_alone",
            "a row cannot ask",
        ),
        (
            "when: kind is benign",
            "when: category is benign_active",
            "benign_tumour",
            "a row of this list cannot ask 'category'",
        ),
        (
            "not entity in do_not_touch_lesions",
            "not entity in do_not_touch_lesion",
            "not_one_of_the_five",
            "did you mean 'do_not_touch_lesions'?",
        ),
        ("category: heavier", "category: heaviest", "contradiction", "'category'"),
        ("one_of: [pathology.histology]", "one_of: [pathology.specimen]", "named_by_microscope", "'0'"),
        (
            "weighs: [pathology.histology, lesion.differential]",
            "weighs: [lesion.differential]",
            "named_by_microscope",
            "so it must weigh",
        ),
        ("when: lesion.suspected is no\n", "when: always\n", "denied", "no row after this one can hold"),
        (
            "when: always\n    category: any",
            "when: kind is none\n    category: any",
            "nothing_stated",
            "the last row must hold always",
        ),
        (
            "interpretations: [AMB-20]",
            "interpretations: [AMB-200]",
            "not_one_of_the_five",
            "unknown interpretation 'AMB-200'",
        ),
        ("  category_alone:", "  denied:", "denied", "this row id stands in two lists"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_the_row(old: str, new: str, entry: str, words: str) -> None:
    with pytest.raises(EditionFaults) as caught:
        read_edition(changed(old, new))
    (fault,) = caught.value.faults
    assert (fault.file, fault.entry) == (WEIGHING_FILE, entry)
    assert words in fault.message
    assert fault.line > 1


def test_a_changed_row_changes_what_counts() -> None:
    """Nothing of the weighing stands beside the table: a row alone decides that the lighter of two kinds counts."""
    edition = read_edition(changed("category: heavier", "category: stated"))
    space = Space(small_space().classes.values(), {}, weighing_of(edition.weighing), NEVER)
    raw = {"lesion.category": "malignant", "lesion.entity": "enchondroma"}
    lighter = {"lesion.category": "benign_active", "lesion.entity": "osteosarcoma"}
    assert [each.counts_as for each in space.lesion.completions(raw)] == ["malignant"]
    assert [each.counts_as for each in space.lesion.completions(lighter)] == ["benign_active"]
    assert [each.counts_as for each in small_space().lesion.completions(lighter)] == ["malignant"]
