"""The table by which the lesion is weighed, against the same weighing written out in Python, for many combinations.

Of the entities one of each kind is enough, of cartilage and not, and for the benign ones one that is left alone: no row
can tell more of them apart, as is tested too.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, product

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
    EntityClass,
    kind_of,
    nature_value,
    weight,
)
from guideline_core.origin_answers import OriginWords
from guideline_core.proof.weighing import Statement, recounted, statements_of_few
from guideline_core.space import Space
from guideline_core.subjects import NAMING_KEYS, RawAnswers
from guideline_core.weighing import GRADE_FIELDS, LESION_FIELDS
from tests.editions import edition_files, read_real_edition, space_of_real_edition

NO_ORIGINS = OriginWords(NEVER, NEVER, NEVER)
ENTITIES: Mapping[str, EntityCategory] = {
    "geode": "benign",
    "enchondroma": "benign",
    "osteoid_osteoma": "benign",
    "atypical_cartilaginous_tumour": "intermediate",
    "giant_cell_tumour_of_bone": "intermediate",
    "uncertain": "uncertain",
    "chondrosarcoma": "malignant",
    "osteosarcoma": "malignant",
    "bone_metastasis": "malignant",
}
LEFT_ALONE = frozenset({"geode"})
CARTILAGE = frozenset({"enchondroma", "atypical_cartilaginous_tumour", "chondrosarcoma"})
LISTS = [
    frozenset(names.split())
    for names in (
        "geode",
        "enchondroma osteoid_osteoma",
        "osteoid_osteoma giant_cell_tumour_of_bone",
        "atypical_cartilaginous_tumour chondrosarcoma",
        "enchondroma osteosarcoma",
        "giant_cell_tumour_of_bone uncertain",
        "osteosarcoma uncertain",
    )
]
Way = tuple[str, str]


class WrittenOut:
    """The weighing written out in Python, as AMB-07, AMB-20, AMB-23, AMB-95 and the design have it in words.

    First what the image says by itself, as if there were no microscope; then the microscope is laid beside it.
    """

    def __init__(self, classes: Mapping[str, EntityClass]) -> None:
        self.classes = classes

    def ways(self, raw: RawAnswers) -> set[Way]:
        """The pairs of what is counted and the tumour that is meant, if a tumour is suspected."""
        histology = _established(raw)
        pairs = self._image(raw) if histology is None else self._stood_in(raw, histology)
        return {(self._counts_as(category, entity, raw), entity) for category, entity in pairs}

    def beside(self, raw: RawAnswers) -> frozenset[str]:
        """The tumours of which one counts beside it."""
        histology, image = _established(raw), raw.get("lesion.entity")
        if histology is not None:
            return frozenset({str(image)}) if {histology, image} <= CARTILAGE else frozenset()
        return self._all_if_untold(_under_the_microscope(raw))

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
            or raw.get("treatment.earlier_unplanned_surgery") == "yes"
            or raw.get("pathology.specimen") in ("curettage", "excision", "resection")
        )

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether category and tumour on the image are of different kinds, and the image still counts."""
        category, kind = raw.get("lesion.category"), self._heaviest(_on_the_image(raw))
        return _established(raw) is None and isinstance(category, str) and kind not in (None, kind_of(category))

    def lighter(self, raw: RawAnswers) -> bool:
        """Whether established tissue weighs less than anything that was said of the image."""
        histology, category = _established(raw), raw.get("lesion.category")
        said = [kind for kind in (self._heaviest(_on_the_image(raw)), category) if isinstance(kind, str)]
        return histology is not None and any(weight(each) > weight(self.classes[histology].kind) for each in said)

    def _image(self, raw: RawAnswers) -> set[Way]:
        """What the image says of category and tumour; where it names none, tissue that is as heavy does."""
        category, kind = raw.get("lesion.category"), self._heaviest(_on_the_image(raw))
        tissue, seen = self._heaviest(_under_the_microscope(raw)), self._all_if_untold(_under_the_microscope(raw))
        if isinstance(category, str):
            categories = [category if kind is None or weight(category) >= weight(kind) else kind]
        else:
            categories = [c for c in CATEGORIES if kind is None or (kind_of(c) if kind == "benign" else c) == kind]
        if kind is not None:
            entity = raw.get("lesion.entity")
            named = {str(entity)} if entity not in (None, "uncertain") else _on_the_image(raw)
            return {(category, entity) for category in categories for entity in self._all_if_untold(named)}
        return {
            (category, entity)
            for category in categories
            for entity in (seen if tissue and weight(tissue) >= weight(category) else self.classes)
            if (tissue and weight(tissue) >= weight(category)) or self._fits(category, entity)
        }

    def _stood_in(self, raw: RawAnswers, histology: str) -> set[Way]:
        """An established histology decides; of a benign one the stated kind counts, if nothing was heavier."""
        category, kind = raw.get("lesion.category"), self.classes[histology].kind
        if kind != "benign":
            return {(kind, histology)}
        if self.lighter(raw):
            return {("benign_unspecified", histology)}
        return {(each, histology) for each in ([category] if isinstance(category, str) else BENIGN_CATEGORIES)}

    def _heaviest(self, names: frozenset[str]) -> EntityCategory | None:
        return max((self.classes[name].kind for name in names), key=KINDS.index, default=None)

    def _all_if_untold(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset(self.classes) if "uncertain" in names else names

    def _fits(self, category: str, entity: str) -> bool:
        """Whether category and entity can go together when only one of them is stated."""
        kind = self.classes[entity].kind
        return "uncertain" in (kind, category) or kind_of(category) == kind

    def _counts_as(self, category: str, entity: str, raw: RawAnswers) -> str:
        tissue = None if _established(raw) else self._heaviest(_under_the_microscope(raw))
        if tissue is not None and weight(tissue) > weight(category):
            return tissue  # the heavier counts (AMB-95)
        if raw.get("lesion.category_by") == "other" and category in ("do_not_touch", "benign_indolent"):
            return "benign_unspecified"  # reassurance needs a radiologist or a centre (AMB-07)
        if category == "do_not_touch" and not {entity, *self.beside(raw)} <= LEFT_ALONE:
            return "benign_indolent"  # only the five named lesions are left alone (AMB-20)
        return category


def _established(raw: RawAnswers) -> str | None:
    """The histology that stands in for the image: a metastasis never does (AMB-101)."""
    histology, reviewed = raw.get("pathology.histology"), raw.get("pathology.diagnosis")
    named = isinstance(histology, str) and histology not in ("uncertain", "bone_metastasis")
    vouched_for = reviewed in ("confirmed_by_expertise_centre", "reviewed_by_committee")
    return str(histology) if named and vouched_for else None


def _under_the_microscope(raw: RawAnswers) -> frozenset[str]:
    """What the microscope shows, or else weighs."""
    histology, weighed = raw.get("pathology.histology"), raw.get("pathology.histology_differential")
    if isinstance(histology, str) and histology != "uncertain":
        return frozenset({histology})
    return weighed if isinstance(weighed, frozenset) else frozenset()


def _on_the_image(raw: RawAnswers) -> frozenset[str]:
    """What the image names and weighs."""
    entity, weighed = raw.get("lesion.entity"), raw.get("lesion.differential")
    named = frozenset({entity}) if isinstance(entity, str) and entity != "uncertain" else frozenset()
    return named | (weighed if isinstance(weighed, frozenset) else frozenset())


# --- the combinations


@cache
def small_space() -> Space:
    """The space of these entities, with the table of the edition."""
    classes = [EntityClass(name, kind) for name, kind in ENTITIES.items()]
    weighing = weighing_of(read_real_edition().weighing)
    return Space(classes, {name: name for name in ENTITIES}, weighing, NEVER, NO_ORIGINS)


def every_combination() -> Iterator[dict[str, object]]:
    """Category, entity, differential, histology, what the microscope weighs, who gave the category, and the review."""
    one, weighed = (None, *ENTITIES), (None, *LISTS[1::2])
    for by, review in product((None, "other"), (None, "confirmed_by_expertise_centre")):
        for values in product((None, *CATEGORIES), one, (None, *LISTS), one, weighed):
            keys = ("category", "entity", "differential", "histology", "histology_differential")
            found = {_path(key): value for key, value in zip(keys, values, strict=True)}
            yield {**found, "lesion.category_by": by, "pathology.diagnosis": review}


def _path(key: str) -> str:
    return f"pathology.{key}" if key.startswith("histology") else f"lesion.{key}"


def test_the_table_says_what_was_written_out_for_every_combination() -> None:
    lesion, oracle = small_space().lesion, WrittenOut(small_space().classes)
    seen: set[str] = set()
    for raw in every_combination():
        assert {(each.counts_as, each.entity) for each in lesion.completions(raw)} == oracle.ways(raw), raw
        assert lesion.beside(raw) == oracle.beside(raw), raw
        assert lesion.conflict(raw) == oracle.conflict(raw), raw
        assert lesion.tissue_is_lighter(raw) == oracle.lighter(raw), raw
        seen |= {row.id for row in lesion.rows(raw)}
    lists = read_real_edition().weighing
    weighing = chain.from_iterable(rows for name, rows in lists.items() if name not in ("name", "agreement"))
    by_suspicion_alone = {"denied", "operated_on"}
    assert seen | by_suspicion_alone == {row.id for row in weighing}, "every row counts somewhere"


def test_suspicion_is_what_was_written_out_for_every_combination() -> None:
    lesion, oracle = small_space().lesion, WrittenOut(small_space().classes)
    named: list[dict[str, object]] = [{}, {_path("category"): "malignant"}]
    named += [{_path(key): "osteosarcoma"} for key in ("entity", "histology")]
    named += [{_path(key): frozenset({"geode"})} for key in ("differential", "histology_differential")]
    named += [{"treatment.earlier_unplanned_surgery": answer} for answer in ("yes", "no")]
    named += [{"pathology.specimen": kind} for kind in ("needle_biopsy", "curettage", "excision", "resection")]
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
    assert {*small_space().lesion.keys} == {*LESION_FIELDS, *GRADE_FIELDS}


# --- do image and microscope agree?

OSTEOSARCOMA, EWING, ACT = "osteosarcoma", "ewing_sarcoma", "atypical_cartilaginous_tumour"


@pytest.mark.parametrize(
    ("answers", "disagree"),
    [
        ({"entity": OSTEOSARCOMA, "histology": "aneurysmal_bone_cyst"}, True),
        ({"category": "malignant", "histology": "enchondroma"}, True),
        ({"category": "benign_active", "histology": OSTEOSARCOMA}, True),
        ({"differential": ["enchondroma", "chondroblastoma"], "histology": OSTEOSARCOMA}, True),
        ({"entity": OSTEOSARCOMA, "histology": EWING}, True),  # one category, two families
        ({"entity": "chondrosarcoma", "histology": "chordoma"}, True),
        ({"entity": "cic_rearranged_sarcoma", "histology": EWING}, False),  # round cell sarcomas both
        ({"entity": OSTEOSARCOMA, "histology": "osteosarcoma_telangiectatic"}, False),
        ({"category": "malignant", "histology": OSTEOSARCOMA}, False),
        ({"category": "benign_active", "histology": "enchondroma"}, False),
        ({"histology": OSTEOSARCOMA}, False),  # nothing was said of the image
        ({"entity": OSTEOSARCOMA}, False),
        ({"category": "uncertain", "histology": "enchondroma"}, False),
        ({"entity": "uncertain", "histology": OSTEOSARCOMA}, False),
        ({"entity": OSTEOSARCOMA, "histology": "uncertain"}, False),
        ({"differential": [OSTEOSARCOMA, "aneurysmal_bone_cyst"], "histology": "aneurysmal_bone_cyst"}, False),
        ({"entity": ACT, "histology": "chondrosarcoma_grade_1", "histological_grade": "grade_1"}, False),
        ({"entity": ACT, "histology": "chondrosarcoma", "histological_grade": "grade_2"}, True),
        ({"entity": "chondrosarcoma", "chondrosarcoma_grade": "grade_1", "histology": ACT}, False),
        ({"entity": "chondrosarcoma", "chondrosarcoma_grade": "grade_2", "histology": ACT}, True),
        ({"entity": "chondrosarcoma", "histology": ACT}, True),
    ],
)
@pytest.mark.parametrize("review", [None, "outside_expertise_centre", "confirmed_by_expertise_centre"])
def test_image_and_tissue_disagree_in_category_or_family(
    answers: Mapping[str, object], disagree: bool, review: str | None
) -> None:
    space = space_of_real_edition()
    name_of = space.class_of_entity
    raw: dict[str, object] = {"pathology.diagnosis": review}
    for key, value in answers.items():
        path = f"pathology.{key}" if key.startswith("histolog") else f"lesion.{key}"
        named = (
            frozenset(name_of[name] for name in value) if isinstance(value, list) else name_of.get(str(value), value)
        )
        raw[path] = named
    assert space.lesion.disagrees(raw) is disagree
    assert space.mask("image_and_tissue_disagree", raw) == (2 if disagree else 1)


# --- the plain reading of the proofs


def statements(space: Space) -> frozenset[Statement]:
    """Every way to state a lesion in which the table can tell it from another, spelled out for every tumour."""
    few, members = statements_of_few(space)
    return frozenset(
        each._replace(weighed=(each.weighed[0], name), nature=nature_value(each.nature, name), beside=beside)
        for each in few
        for name in members[each.weighed[1]]
        for beside in members[each.beside]
    )


def test_the_plain_reading_of_the_table_finds_the_same_natures() -> None:
    for space in (small_space(), space_of_real_edition()):
        assert {each.nature for each in statements(space)} == {*space.nature.values[1:]} == space.lesion.natures()


def test_the_plain_reading_finds_what_planning_finds_for_every_way_to_state_a_lesion() -> None:
    space = small_space()
    lesion = space.lesion
    found: set[tuple[object, ...]] = set()
    for raw in every_combination():
        given, by = raw["lesion.category"] is not None, raw["lesion.category_by"] or "radiologist"
        said = (given, lesion.conflict(raw), lesion.tissue_is_lighter(raw), by)
        beside = lesion.beside(raw) or {"none"}
        found |= {(*said, each.nature, other) for each in lesion.completions(raw) for other in beside}
    plain = [s for s in statements(space) if not s.graded]
    told = {(s.category_given, s.conflict, s.lighter, s.category_by, s.nature, s.beside) for s in plain}
    assert found <= told
    assert {each[:5] for each in told if each[3] != "expertise_centre"} == {each[:5] for each in found}


def test_the_plain_reading_finds_what_planning_finds_where_a_grade_contradicts_a_name_on_the_image() -> None:
    space = small_space()
    lesion = space.lesion
    told = {(s.category_given, s.conflict, s.nature, s.beside) for s in statements(space) if s.graded}
    found: set[tuple[object, ...]] = set()
    for given in every_combination():
        raw = lesion.graded.read({**given, "lesion.chondrosarcoma_grade": "grade_3"})
        if lesion.graded.conflict(raw) and lesion.conflict(raw):
            beside = lesion.beside(raw) or {"none"}
            stated = raw["lesion.category"] is not None
            found |= {(stated, True, each.nature, other) for each in lesion.completions(raw) for other in beside}
    assert found and found <= told


def test_only_reassurance_counts_otherwise_when_another_gave_it() -> None:
    pairs = recounted(small_space(), "other")
    moved = {before: after for before, after in pairs if before != after}
    reassuring = {before for before, _ in pairs if before.startswith(("do_not_touch/", "benign_indolent/"))}
    assert set(moved) <= reassuring and "do_not_touch/geode" in moved
    assert {after.partition("/")[0] for after in moved.values()} == {"benign_unspecified"}


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
            "when: kind is benign\n",
            "when: category is benign_active\n",
            "benign_tumour",
            "a row of this list cannot ask 'category'",
        ),
        (
            "not every_entity in do_not_touch_lesions",
            "not every_entity in do_not_touch_lesion",
            "not_one_of_the_five",
            "did you mean 'do_not_touch_lesions'?",
        ),
        ("category: heavier", "category: heaviest", "contradiction", "'category'"),
        ("one_of: [pathology.histology]", "one_of: [pathology.specimen]", "named_by_microscope", "'0'"),
        (
            "weighs: [lesion.entity, lesion.differential]",
            "weighs: [lesion.differential]",
            "named_on_image",
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
        (
            "histology_differential]\n    which: name in lighter_cartilage_tumours\n",
            "histology_differential]\n",
            "high_grade_under_microscope",
            "'reads', 'which' and 'means' go together",
        ),
        (
            "unless_beside: name in chondrosarcomas",
            "unless_beside: lesion.entity in chondrosarcomas",
            "high_grade_on_image",
            "one claim about 'name' is expected",
        ),
        (
            "when: lesion.chondrosarcoma_grade is one of (grade_2, grade_3)",
            "when: lesion.chondrosarcoma_grade is grade_3 and name in chondrosarcomas",
            "high_grade_on_image",
            "'name' is for 'which' and 'unless_beside'",
        ),
        (
            "means: chondrosarcoma\n    conflict",
            "means: chondrosarcome\n    conflict",
            "high_grade_on_image",
            "did you mean 'chondrosarcoma'?",
        ),
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
    space = Space(small_space().classes.values(), {}, weighing_of(edition.weighing), NEVER, NO_ORIGINS)
    raw = {"lesion.category": "malignant", "lesion.entity": "enchondroma"}
    lighter = {"lesion.category": "benign_active", "lesion.entity": "osteosarcoma"}
    assert [each.counts_as for each in space.lesion.completions(raw)] == ["malignant"]
    assert [each.counts_as for each in space.lesion.completions(lighter)] == ["benign_active"]
    assert [each.counts_as for each in small_space().lesion.completions(lighter)] == ["malignant"]
