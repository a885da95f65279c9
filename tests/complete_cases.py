"""Every coherent way in which the open answers of a case can turn out, written down by enumeration.

This is the meaning of the contract (design, sections 3 and 4) said a second time, apart from the planner: it shares
with it the model of a case, the catalogue of the edition and the parsed rules, and nothing of how answers become sets
of values. It is for tests: an enumeration of all completions is exact and slow.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product
from random import Random
from typing import Any, Literal, get_args, get_origin

from guideline_core.case import Case
from guideline_core.condition import Atom, PlanAtom, atoms
from guideline_core.contract import fields
from guideline_core.edition.values import Edition
from guideline_core.evaluation import Evaluator
from guideline_core.fields import FieldClass
from guideline_core.keys import Region

CATEGORY_ORDER = (
    "do_not_touch",
    "benign_indolent",
    "benign_active",
    "benign_unspecified",
    "intermediate",
    "uncertain",
    "malignant",
)
KIND_ORDER = ("benign", "intermediate", "uncertain", "malignant")
UNCERTAIN = "uncertain"
DEFAULTS = {
    "patient.sex": "unknown",
    "lesion.count": "solitary",
    "lesion.origin": "uncertain",
    "lesion.basis": "radiological",
    "lesion.category_by": "radiologist",
    "phase": "work_up",
    "setting": "primary_care",
}
PRESUPPOSES = {
    "imaging.xray.two_views": "imaging.xray.done",
    "imaging.xray.normal": "imaging.xray.done",
    "imaging.mri.contrast": "imaging.mri.done",
    "imaging.mri.dwi": "imaging.mri.done",
    "imaging.mri.t1_long_axis_whole_bone": "imaging.mri.done",
    "imaging.ct_local.contrast": "imaging.ct_local.done",
    "imaging.ct_thorax.contrast": "imaging.ct_thorax.done",
    "lesion.uncertain_after_reassessment": "lesion.reassessed_by_expertise_centre",
    "lesion.radiologically_unequivocal": "mdo.with_expertise_centre",
}
"""Yes to the first cannot be without yes to the second."""

ANSWERED = (
    "resection.size_mm",
    "resection.margin",
    "resection.resection_plane_mm",
    "resection.osteotomy_plane_mm",
    "pathology.specimen",
)
"""Fields of which a rule asks whether they were filled in."""

GRADE_ON_IMAGING, GRADE = "lesion.chondrosarcoma_grade", "pathology.histological_grade"
BESIDE = "entity_beside"
SEEN_IN_TISSUE = ("pathology.histology", "pathology.histological_grade", "pathology.h3_g34w", "pathology.h3_k36m")
GRADE_IN_NAME = {
    "lesion.entity": "lesion.chondrosarcoma_grade",
    "pathology.histology": "pathology.histological_grade",
}
NAMES_AND_GRADE = (
    ("lesion.entity", "lesion.differential", GRADE_ON_IMAGING),
    ("pathology.histology", "pathology.histology_differential", GRADE),
)
GRADE_1_BY_NAME = "chondrosarcoma_grade_1"
GRADE_CONTRADICTS_NAME = "grade contradicts name"
"""No field: whether a grade on imaging made another tumour of a name there."""
LESION_FIELDS = ("lesion.suspected", "lesion.category", "lesion.entity")
NOT_THERE = "none"

CompleteCase = dict[str, str]


def _named_site(region: str) -> CompleteCase:
    """What a named site says: the region, and whether it is the skull base."""
    return {"region": region, "skull_base_named": "yes" if region == "skull_base" else "no"}


Turn = dict[str, str]
"""How the open fields turned out, by field; a field that does not arise is absent."""


@dataclass(frozen=True)
class Completion:
    """One way in which the open answers turn out: what each open field became, and the complete case that results."""

    turn: Turn
    case: CompleteCase


class Completions:
    """Enumerates completions under one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.evaluator = Evaluator(edition)
        self.child_below = edition.thresholds["child_below_years"].value
        self.good_below = edition.thresholds["good_response_below_viable_percent"].value

    def of(self, case: Case, day: datetime.date) -> list[Completion]:
        """All completions of a case on a day."""
        found = [
            Completion({k: v for turn, _ in parts for k, v in turn.items()}, _merged(values for _, values in parts))
            for parts in product(*self._dimensions(answers_of(case), day))
        ]
        sure = {f"surely({word})": self._in_all(word, found) for word in self.edition.sure_words}
        return [replace(each, case={**each.case, **sure}) for each in found]

    def _in_all(self, word: str, completions: Sequence[Completion]) -> str:
        """Whether a definition holds in every completion, so that the answers make it certain."""
        meaning = self.edition.definitions[word].when
        return "yes" if all(self.evaluator.of(each.case).holds(meaning) for each in completions) else "no"

    def one_of(self, case: Case, day: datetime.date, chance: Random) -> Completion:
        """A completion at random: of a case with many open answers they are too many to write down."""
        parts = [chance.choice(dimension) for dimension in self._dimensions(answers_of(case), day)]
        return Completion({k: v for turn, _ in parts for k, v in turn.items()}, _merged(values for _, values in parts))

    def number_of(self, case: Case, day: datetime.date) -> int:
        """How many completions there are, without making them."""
        number = 1
        for dimension in self._dimensions(answers_of(case), day):
            number *= len(dimension)
        return number

    def as_it_counts(self, case: Case) -> tuple[frozenset[str], frozenset[str]]:
        """The categories in which the lesion can count, and the entities that the answers about the entity leave."""
        given = self._with_what_answers_presuppose(answers_of(case))
        categories = frozenset(values["category"] for _, values in self._lesion(given))
        return categories, frozenset(self._possible_entities(given))

    def _dimensions(self, given: Mapping[str, Any], day: datetime.date) -> list[list[tuple[Turn, CompleteCase]]]:
        """The independent parts of a case: each with the ways in which it can turn out and what is then so."""
        given = self._with_what_answers_presuppose(given)
        plain = [self._plain(path, given) for path in self._plain_fields]
        return [
            [({}, self._measured(given))],
            self._age(given, day),
            self._site(given),
            self._lesion(given),
            self._beside(given),
            self._histology(given),
            *plain,
        ]

    # --- one field at a time

    @cached_property
    def _plain_fields(self) -> tuple[str, ...]:
        """The fields that are a subject of the rules themselves."""
        apart = {"lesion.suspected", "lesion.category", "lesion.region", "pathology.histology"}
        return tuple(
            path
            for path, field in fields().items()
            if field.field_class is not FieldClass.LETTER and path not in apart and values_of(path)
        )

    def _with_what_answers_presuppose(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Add what follows from an answer: an MRI with contrast is an MRI; a name can hold a grade."""
        full = dict(given)
        for path, presupposed in PRESUPPOSES.items():
            if given.get(path) == "yes":
                full.setdefault(presupposed, "yes")
        if given.get("lesion.other_sites"):
            full.setdefault("lesion.count", "multiple")
        for path, grade_field in GRADE_IN_NAME.items():
            entity = self.edition.entities.get(given.get(path, ""))
            if entity is not None and entity.grade:
                full.setdefault(grade_field, entity.grade)
        if "lighter_cartilage_tumours" in self._groups(full.get("lesion.entity")):
            full.setdefault(GRADE_ON_IMAGING, "grade_1")  # a higher one would contradict the name
        for alone, several, grade_field in NAMES_AND_GRADE:
            if full.get(alone, UNCERTAIN) == UNCERTAIN and self._all_of_grade_1(full.get(several, ())):
                full[grade_field] = full.get(grade_field, UNCERTAIN).replace(UNCERTAIN, "grade_1")
        return self._with_names_beside_their_grade(full)

    def _all_of_grade_1(self, names: Sequence[str]) -> bool:
        """Whether a list names a chondrosarcoma, and each that it names is of grade 1 by its name."""
        chondrosarcomas = [name for name in names if "chondrosarcomas" in self.edition.entities[name].groups]
        return bool(chondrosarcomas) and {*chondrosarcomas} == {GRADE_1_BY_NAME} and UNCERTAIN not in names

    def _with_names_beside_their_grade(self, full: dict[str, Any]) -> dict[str, Any]:
        """A cartilage tumour of grade 2 or 3 is a chondrosarcoma, whatever its name; on the image only where no
        chondrosarcoma is named whose grade it can be, and then the answers contradict each other."""
        for alone, several, grade_field in NAMES_AND_GRADE:
            if full.get(grade_field) not in ("grade_2", "grade_3"):
                continue
            on_image = alone == "lesion.entity"
            named = (full.get(alone, UNCERTAIN), *full.get(several, ()))
            of_another = any("chondrosarcomas" in self._groups(name) and name != GRADE_1_BY_NAME for name in named)
            read = {path: full[path] for path in (alone, several) if path in full}
            if on_image and of_another:
                read.pop(several, None)
            for path, value in read.items():
                full[path] = self._graded(value) if path == alone else tuple(map(self._graded, value))
                if on_image and (full[path] != value or GRADE_1_BY_NAME in (value if path == several else ())):
                    full[GRADE_CONTRADICTS_NAME] = "yes"
        return full

    def _groups(self, name: str | None) -> tuple[str, ...]:
        return self.edition.entities[name].groups if name is not None else ()

    def _graded(self, name: str) -> str:
        groups = self._groups(name)
        return "chondrosarcoma" if "cartilage_tumours" in groups and "chondrosarcomas" not in groups else name

    def _plain(self, path: str, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        if path == GRADE_ON_IMAGING and given.get(path) == UNCERTAIN:
            return [({path: grade}, {path: grade}) for grade in (UNCERTAIN, "grade_2", "grade_3")]
        if path == "lesion.origin":
            return self._origin(given)
        if path in given:
            return [({}, {path: given[path]})]
        if path in DEFAULTS:
            return [({}, {path: DEFAULTS[path]})]
        if _classes()[path] is not FieldClass.FACT:
            return [({}, {path: "unanswered"})]
        if path in SEEN_IN_TISSUE and not tissue_taken(given):
            return [({}, {path: NOT_THERE})]
        values = values_of(path)
        presupposed = PRESUPPOSES.get(path)
        if presupposed is not None and given.get(presupposed) == "no":
            values = tuple(value for value in values if value != "yes")
        return [({path: value} if len(values) > 1 else {}, {path: value}) for value in values]

    def _origin(self, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        """Where it comes from: a metastasis and a primary tumour cannot both be; one that the microscope shows counts
        by itself once a centre or the committee has confirmed it."""
        path = "lesion.origin"
        stated, seen = given.get(path, UNCERTAIN), given.get("pathology.histology")
        if seen == "bone_metastasis" and stated == UNCERTAIN:
            if given.get("pathology.diagnosis") in ("confirmed_by_expertise_centre", "reviewed_by_committee"):
                return [({}, {path: "metastasis"})]
            return [({path: value}, {path: value}) for value in (UNCERTAIN, "metastasis")]
        against = seen == "bone_metastasis" if stated == "primary" else self._a_primary_tumour_is_named(given)
        settled = seen == "bone_metastasis" and stated == "metastasis"
        contradicted = stated != UNCERTAIN and against and not settled
        return [({}, {path: "contradicted" if contradicted else stated})]

    def _a_primary_tumour_is_named(self, given: Mapping[str, Any]) -> bool:
        lists = (given.get("lesion.differential", ()), given.get("pathology.histology_differential", ()))
        alone = ((given[path],) for path in ("lesion.entity", "pathology.histology") if path in given)
        return any(
            "bone_metastasis" not in names and any(self._is_primary_tumour(name) for name in names)
            for names in (*lists, *alone)
        )

    def _is_primary_tumour(self, name: str) -> bool:
        others = ("bone_metastasis", UNCERTAIN)
        apart = {"do_not_touch_lesions", "not_a_tumour"}
        return name not in others and not apart & set(self.edition.entities[name].groups)

    def _age(self, given: Mapping[str, Any], day: datetime.date) -> list[tuple[Turn, CompleteCase]]:
        years = given.get("patient.age_years")
        if "patient.birth_date" in given:
            years = whole_years(given["patient.birth_date"], day)
        if years is not None:
            asked = "yes" if 10 <= years <= 55 else "no"
            group = "child" if years < self.child_below else "adult"
            return [({}, {"age_group": group, "age_at_which_pregnancy_is_asked": asked})]
        return [
            ({"patient.birth_date": group}, {"age_group": group, "age_at_which_pregnancy_is_asked": "yes"})
            for group in ("child", "adult")
        ]

    def _site(self, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        if "lesion.bone" in given:
            return [({}, _named_site(self.edition.bones[given["lesion.bone"]].region))]
        if "lesion.region" in given:
            return [({}, _named_site(given["lesion.region"]))]
        return [({"lesion.bone": region}, {"region": region, "skull_base_named": "no"}) for region in get_args(Region)]

    def _measured(self, given: Mapping[str, Any]) -> CompleteCase:
        """What the case holds, whatever else is open: an event that was not recorded did not happen yet."""

        def in_words(truth: bool) -> str:
            return "yes" if truth else "no"

        case = {f"answered({path})": in_words(path in given) for path in ANSWERED}
        case["resection_size_in_three_dimensions"] = in_words(len(given.get("resection.size_mm", ())) == 3)
        biopsy, mri = given.get("biopsy.date"), given.get("imaging.mri.date")
        case["biopsy_dated_before_mri"] = in_words(biopsy is not None and mri is not None and biopsy < mri)
        pet_ct = given.get("imaging.pet_ct.date")
        case["pet_ct_dated_after_biopsy"] = in_words(biopsy is not None and pet_ct is not None and biopsy < pet_ct)
        case["typed_by_recent_who_edition"] = in_words(self._is_recent(given.get("pathology.who_edition", "")))
        for name in ("ct_local", "ct_thorax"):
            case[f"{name}_slices_too_thick"] = in_words(given.get(f"imaging.{name}.slice_mm", 0) > 1)
        case["response"] = self._response(given)
        case["histology_cannot_be_told"] = in_words(given.get("pathology.histology") == UNCERTAIN)
        named = given.get("pathology.histology", UNCERTAIN) != UNCERTAIN or "pathology.histology_differential" in given
        case["high_grade_without_a_name"] = in_words(not named and given.get(GRADE) in ("grade_2", "grade_3"))
        case["category_given"] = in_words("lesion.category" in given)
        case["category_conflict"] = in_words(self._conflict(given))
        case["tissue_lighter_than_image"] = in_words(self._lighter(given))
        case["image_and_tissue_disagree"] = in_words(self._disagree(given))
        return case

    @staticmethod
    def _is_recent(edition: str) -> bool:
        return any(name in edition for name in ("2020", "2026", "5e", "5th"))

    def _response(self, given: Mapping[str, Any]) -> str:
        viable = given.get("resection.viable_tumour_percent")
        if viable is None and "resection.response_percent" in given:
            viable = 100 - given["resection.response_percent"]
        if viable is None:
            return "not_measured"
        return "at_threshold" if viable == self.good_below else "good" if viable < self.good_below else "poor"

    # --- the lesion

    def _lesion(self, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        """Suspicion, category and entity together."""
        unsuspected = {"suspected": "no", "category": NOT_THERE, "entity": NOT_THERE}
        if not implies_suspicion(given) and given.get("lesion.suspected") == "no":
            return [({}, unsuspected)]
        suspected: list[tuple[Turn, CompleteCase]] = [
            (
                {"lesion.category": category, "lesion.entity": entity},
                {"suspected": "yes", "category": self._counts_as(category, entity, given), "entity": entity},
            )
            for category, entity in self._categories_and_entities(given)
        ]
        if implies_suspicion(given):
            return suspected
        field = "lesion.suspected"
        return [({field: "no"}, unsuspected), *(({**turn, field: "yes"}, values) for turn, values in suspected)]

    def _categories_and_entities(self, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The category on the image, or that of established tissue, with the tumour that is meant."""
        for category in self._categories(given):
            tissue = self._heaviest(self._tissue_beside(given)) if not is_established(given) else None
            names_none = self._heaviest(self._meant(given)) is None
            if names_none and tissue is not None and weight(tissue) >= weight(category):
                yield from ((category, entity) for entity in self._representatives(self._tissue_beside(given)))
            else:
                for entity in self._possible_entities(given):
                    if not names_none or self._go_together(category, entity):
                        yield category, entity

    def _categories(self, given: Mapping[str, Any]) -> Sequence[str]:
        stated, kind = given.get("lesion.category"), self._heaviest(self._meant(given))
        if is_established(given):
            image = [self._heaviest(on_image(given)), stated]
            if any(weight(each) > weight(str(kind)) for each in image if each is not None):
                return ["benign_unspecified" if kind == "benign" else str(kind)]
            stated = stated if stated is not None and kind_of(stated) == kind else None
        if stated is not None and kind is not None:
            return [stated if kind_of(stated) == kind else heavier(kind_of(stated), kind, stated)]
        if stated is not None:
            return [stated]
        if kind is not None and kind != "benign":
            return [kind]
        return [each for each in CATEGORY_ORDER if kind is None or kind_of(each) == "benign"]

    def _meant(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """What names the tumour: an established histology, else the image. An entity alone decides which it is."""
        if is_established(given):
            return (given["pathology.histology"],)
        return on_image(given)

    def _named(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """The same, where an entity on the image goes before what is only possible there."""
        entity = given.get("lesion.entity", UNCERTAIN)
        return (entity,) if entity != UNCERTAIN and not is_established(given) else self._meant(given)

    def _tissue_beside(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """What counts beside it: tissue that was not reviewed; or, if both are cartilage, the image of what was."""
        histology, image = given.get("pathology.histology", UNCERTAIN), given.get("lesion.entity", UNCERTAIN)
        if is_established(given):
            both = all("cartilage_tumours" in self.edition.entities[name].groups for name in (histology, image))
            return (image,) if both else ()
        return (histology,) if histology != UNCERTAIN else given.get("pathology.histology_differential", ())

    def _heaviest(self, names: Sequence[str]) -> str | None:
        return max((self.edition.entities[name].category for name in names), key=KIND_ORDER.index, default=None)

    def _possible_entities(self, given: Mapping[str, Any]) -> Sequence[str]:
        """What the image, or established tissue, leaves of the tumours."""
        return self._representatives(self._named(given)) or self._all_classes

    def _representatives(self, names: Sequence[str]) -> list[str]:
        """The tumours that can be meant: "cannot be told", alone or in a list, leaves every one."""
        if UNCERTAIN in names:
            return self._all_classes
        return list(dict.fromkeys(self._representative[name] for name in names))

    @cached_property
    def _all_classes(self) -> list[str]:
        return list(dict.fromkeys(self._representative.values()))

    def _beside(self, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        """The tumour that counts beside the one that is meant."""
        names = self._representatives(self._tissue_beside(given)) or [NOT_THERE]
        return [({BESIDE: name} if len(names) > 1 else {}, {BESIDE: name}) for name in names]

    def _go_together(self, category: str, entity: str) -> bool:
        kind = self.edition.entities[entity].category
        return UNCERTAIN in (kind, category) or kind_of(category) == kind

    def _conflict(self, given: Mapping[str, Any]) -> bool:
        category, kind = given.get("lesion.category"), self._heaviest(on_image(given))
        differ = category is not None and kind is not None and kind_of(category) != kind
        return (differ or GRADE_CONTRADICTS_NAME in given) and not is_established(given)

    def _lighter(self, given: Mapping[str, Any]) -> bool:
        """Whether established tissue is lighter than what was said of the image."""
        if not is_established(given):
            return False
        kind = self.edition.entities[given["pathology.histology"]].category
        said = (self._heaviest(on_image(given)), given.get("lesion.category"))
        return any(weight(each) > weight(kind) for each in said if each is not None)

    def _disagree(self, given: Mapping[str, Any]) -> bool:
        """Whether image and microscope differ in kind or in family."""
        histology, category, entity = (
            given.get(path) for path in ("pathology.histology", "lesion.category", "lesion.entity")
        )
        said = [each for each in (self._heaviest(on_image(given)), category) if each is not None]
        named = (*given.get("lesion.differential", ()), entity)
        if histology in (None, UNCERTAIN) or not said or kind_of(max(said, key=weight)) == UNCERTAIN:
            return False
        one_line = (
            self._is_low_grade(entity, given.get(GRADE_ON_IMAGING)),
            self._is_low_grade(histology, given.get(GRADE)),
        )
        same = {self._representative[histology]} & {self._representative[name] for name in named if name}
        if same or one_line in (("act", "grade_1"), ("grade_1", "act")):
            return False
        if kind_of(max(said, key=weight)) != self.edition.entities[histology].category:
            return True
        return entity not in (None, UNCERTAIN) and self._family(entity) != self._family(histology)

    def _is_low_grade(self, entity: str | None, grade: str | None) -> str | None:
        groups = self.edition.entities[entity].groups if entity else ()
        if "atypical_cartilaginous_tumours" in groups:
            return "act"
        return grade if "conventional_chondrosarcomas" in groups else None

    def _family(self, entity: str) -> str:
        groups = self.edition.entities[entity].groups
        return next((f for f in ("osteosarcomas", "round_cell_sarcomas", "cartilage_tumours") if f in groups), "other")

    def _counts_as(self, category: str, entity: str, given: Mapping[str, Any]) -> str:
        """The category that counts: heavier tissue before the image, only the five named lesions are left alone, and
        only an expert's word reassures."""
        beside = self._tissue_beside(given)
        tissue = self._heaviest(beside) if not is_established(given) else None
        if tissue is not None and weight(tissue) > weight(category):
            return tissue
        if given.get("lesion.category_by") == "other" and category in ("do_not_touch", "benign_indolent"):
            return "benign_unspecified"
        every = (entity, *self._representatives(beside))
        left_alone = all("do_not_touch_lesions" in self.edition.entities[name].groups for name in every)
        return "benign_indolent" if category == "do_not_touch" and not left_alone else category

    def _histology(self, given: Mapping[str, Any]) -> list[tuple[Turn, CompleteCase]]:
        """What the microscope shows: a thing of its own, for it can come out otherwise than imaging had it."""
        path, weighed = "pathology.histology", given.get("pathology.histology_differential")
        if given.get(path, UNCERTAIN) != UNCERTAIN:
            return [({}, {"histology": self._representative[given[path]]})]
        if not tissue_taken(given):
            return [({}, {"histology": NOT_THERE})]
        weighed = weighed if weighed and UNCERTAIN not in weighed else self._representative
        shown = dict.fromkeys(self._representative[name] for name in weighed)
        return [({path: name} if len(shown) > 1 else {}, {"histology": name}) for name in shown]

    # --- entities that nothing tells apart

    @cached_property
    def _representative(self) -> dict[str, str]:
        """For each entity the first one that no rule, question or property tells apart from it."""
        first: dict[tuple[Any, ...], str] = {}
        named = self._named_entities
        found = {}
        for entity in self.edition.entities.values():
            signature = (entity.category, tuple(sorted(entity.groups)), entity.id if entity.id in named else "")
            found[entity.id] = first.setdefault(signature, entity.id)
        return found

    @cached_property
    def _named_entities(self) -> frozenset[str]:
        """Entities that some condition names by themselves, not as a member of a group or kind."""
        entities = self.edition.entities.values()
        groups = [
            *(frozenset(each.id for each in entities if group in each.groups) for group in self.edition.entity_groups),
            *(frozenset(each.id for each in entities if each.category == kind) for kind in KIND_ORDER),
        ]
        named: set[str] = set()
        for condition in self.edition.conditions():
            for atom in atoms(condition):
                if _is_about_entities(atom):
                    named |= atom.values.difference(*(group for group in groups if group <= atom.values))
        return frozenset(named)


def _is_about_entities(atom: Atom | PlanAtom) -> bool:
    return isinstance(atom, Atom) and atom.subject in ("entity", "every_entity", "histology")


def subjects_of(edition: Edition) -> frozenset[str]:
    """The subjects that a rule, an order or an action asks about."""
    asked = {atom.subject for condition in edition.conditions() for atom in atoms(condition) if isinstance(atom, Atom)}
    return frozenset(asked - {"every_entity"} | {"entity", BESIDE})


def kind_of(category: str) -> str:
    """Benign, intermediate, uncertain or malignant."""
    return category if category in KIND_ORDER[1:] else "benign"


def weight(category: str) -> int:
    """How heavily a category, or a kind, counts."""
    return KIND_ORDER.index(kind_of(category))


def is_established(given: Mapping[str, Any]) -> bool:
    """Whether a centre or the committee vouches for what the microscope named; a metastasis stands in for no image."""
    reviewed = ("confirmed_by_expertise_centre", "reviewed_by_committee")
    named = given.get("pathology.histology", UNCERTAIN) not in (UNCERTAIN, "bone_metastasis")
    return named and given.get("pathology.diagnosis") in reviewed


def on_image(given: Mapping[str, Any]) -> tuple[str, ...]:
    """What the image names and weighs."""
    entity = given.get("lesion.entity", UNCERTAIN)
    return (*given.get("lesion.differential", ()), *(() if entity == UNCERTAIN else (entity,)))


def heavier(stated: str, other: str, category: str) -> str:
    """The stated category when its kind is the heavier, else the other kind (which is then no benign one)."""
    return category if KIND_ORDER.index(stated) > KIND_ORDER.index(other) else other


def implies_suspicion(given: Mapping[str, Any]) -> bool:
    """Whether an answer says, or implies, that a bone tumour is suspected."""
    named = ("lesion.category", "lesion.entity", "lesion.differential")
    seen = ("pathology.histology", "pathology.histology_differential")
    return (
        given.get("lesion.suspected") == "yes"
        or given.get("lesion.basis") in ("radiological", "histological")
        or any(path in given for path in (*named, *seen))
        or operated_on(given)
    )


def operated_on(given: Mapping[str, Any]) -> bool:
    """Whether an answer says that what turned out to be a bone tumour was operated on."""
    return given.get("treatment.earlier_unplanned_surgery") == "yes" or given.get("pathology.specimen") in (
        "curettage",
        "excision",
        "resection",
    )


def tissue_taken(given: Mapping[str, Any]) -> bool:
    """Whether there is something to look at under a microscope."""
    return (
        given.get("biopsy.status") == "performed"
        or given.get("pathology.diagnosis") not in (None, "none")
        or given.get("resection.performed") == "yes"
        or "pathology.histology" in given
        or "pathology.histology_differential" in given
        or operated_on(given)
    )


def whole_years(born: datetime.date, day: datetime.date) -> int:
    """The number of birthdays up to and including the day; one on 29 February is kept on 1 March in other years."""
    return sum(1 for year in range(born.year + 1, day.year + 1) if _birthday(born, year) <= day)


def _birthday(born: datetime.date, year: int) -> datetime.date:
    try:
        return born.replace(year=year)
    except ValueError:
        return datetime.date(year, 3, 1)


def answers_of(case: Case) -> dict[str, Any]:
    """The answers of a case by path; yes and no for true and false."""
    found: dict[str, Any] = {}
    for path, steps in _steps_to_fields():
        value: Any = case
        for name in steps:
            value = getattr(value, name)
        if value is not None:
            found[path] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return found


@cache
def _steps_to_fields() -> tuple[tuple[str, list[str]], ...]:
    known = fields().items()
    return tuple((path, path.split(".")) for path, field in known if field.field_class is not FieldClass.LETTER)


@cache
def _classes() -> dict[str, FieldClass]:
    return {path: field.field_class for path, field in fields().items()}


@cache
def values_of(path: str) -> tuple[str, ...]:
    """The values of a yes/no or enumerated field; empty for all others."""
    model: Any = Case
    *groups, name = path.split(".")
    for group in groups:
        model = model.model_fields[group].annotation
    for option in get_args(model.model_fields[name].annotation):
        if get_origin(option) is Literal:
            return get_args(option)
        if bool in (option, *get_args(option)):
            return ("no", "yes")
    return ()


def _merged(parts: Iterator[CompleteCase]) -> CompleteCase:
    merged: CompleteCase = {}
    for part in parts:
        merged |= part
    return merged
