"""Compiles an edition into diagrams and tables. Done once per edition, not per case."""

from dataclasses import fields, replace
from typing import TypeVar

from guideline_core.compiled import (
    Catalogue,
    CompiledEdition,
    ItemName,
    PlanningTables,
    RuleFacts,
    Thresholds,
)
from guideline_core.condition import Atom, atoms
from guideline_core.diagram import FALSE
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.rules import AdviceRule, AlertRule, AnyRule, ReferralRule, ResponseRule
from guideline_core.edition.values import Edition
from guideline_core.edition.vocabulary import ENTITY_SUBJECTS
from guideline_core.edition.weighing import weighing_of
from guideline_core.edition_facts import ActionFacts, AlertFacts, StationFacts
from guideline_core.keys import (
    DIAGNOSIS_REVIEWED,
    METASTASIS_UNDER_MICROSCOPE,
    NOT_A_TUMOUR,
    PRIMARY_BONE_TUMOUR,
    TISSUE_TAKEN,
)
from guideline_core.lesion import EntityClass
from guideline_core.origin_answers import OriginWords
from guideline_core.plan import Guideline
from guideline_core.space import Space
from guideline_core.weighing import EVERY_ENTITY, NAMING_FIELDS, asked_by

Facts = TypeVar("Facts", ActionFacts, AlertFacts, StationFacts)


def compile_edition(edition: Edition) -> CompiledEdition:
    """Turn an edition into what planning needs."""
    return compiled_with(DiagramBuilder(edition, space_of(edition)))


def compiled_with(builder: DiagramBuilder) -> CompiledEdition:
    """Gather the diagrams that a builder makes, with the tables beside them."""
    edition = builder.edition
    roots = tuple(builder.roots())
    return CompiledEdition(
        space=builder.space,
        order=tuple(subject.name for subject in builder.subjects),
        store=builder.store,
        roots=roots,
        catalogue=catalogue_of(edition, builder.space),
        thresholds=thresholds_of(edition),
        tables=planning_tables(edition),
    )


def thresholds_of(edition: Edition) -> Thresholds:
    """The numbers of the edition by the names that the core uses."""
    values = {name: threshold.value for name, threshold in edition.thresholds.items()}
    return Thresholds(
        child_below_years=int(values["child_below_years"]),
        good_response_below_viable_percent=values["good_response_below_viable_percent"],
        who_edition_from_year=int(values["who_edition_from_year"]),
        ct_slice_at_most_mm=values["ct_slice_at_most_mm"],
        pregnancy_asked_from_years=int(values["pregnancy_asked_from_years"]),
        pregnancy_asked_up_to_years=int(values["pregnancy_asked_up_to_years"]),
    )


def catalogue_of(edition: Edition, space: Space) -> Catalogue:
    """What reading a case needs of entities and bones."""
    return Catalogue(
        class_of_entity=space.class_of_entity,
        grade_of_entity={entity.id: entity.grade for entity in edition.entities.values() if entity.grade},
        region_of_bone={bone.id: bone.region for bone in edition.bones.values()},
        graded_names=space.lesion.graded,
        not_a_tumour=frozenset(each.id for each in edition.entities.values() if NOT_A_TUMOUR in each.groups),
    )


def planning_tables(edition: Edition) -> PlanningTables:
    """What a plan says of actions, rules and questions."""
    rules_of: dict[ItemName, tuple[str, ...]] = {("referral",): ()}
    for rule in edition.rules:
        said = _said_by(rule)
        if said is not None:
            rules_of[said] = (*rules_of.get(said, ()), rule.id)
    return PlanningTables(
        guideline=Guideline(edition.id, edition.status, edition.version, edition.sha256),
        actions={name: _part_of(action, ActionFacts) for name, action in edition.actions.items()},
        alerts={name: _part_of(alert, AlertFacts) for name, alert in edition.alerts.items()},
        stations={name: _part_of(station, StationFacts) for name, station in edition.stations.items()},
        sheets=edition.sheets,
        rules={rule.id: _sources_of(rule) for rule in edition.rules},
        rules_of=rules_of,
        questions=tuple(edition.questions),
        question_tiers={name: tier.asks for name, tier in edition.question_tiers.items()},
        only_when_definite=frozenset(rule.alert for rule in edition.alert_rules if rule.only_when_definite),
    )


def _said_by(rule: AnyRule) -> ItemName | None:
    """What a plan says by a rule; None for a rule that no plan names as a source."""
    match rule:
        case AdviceRule():
            return ("advice", rule.action, rule.verdict)
        case ReferralRule():
            return ("referral",)
        case AlertRule():
            return ("alert", rule.alert, rule.severity)
        case ResponseRule():
            return ("response_grade",)
        case _:
            return None


def _sources_of(rule: AnyRule) -> RuleFacts:
    return RuleFacts(rule.statements, rule.interpretations, rule.note is not None)


def _part_of(entry: Facts, kind: type[Facts]) -> Facts:
    """What an entry has of this kind, which it extends, without what only the edition needs."""
    return kind(**{each.name: getattr(entry, each.name) for each in fields(kind)})


def space_of(edition: Edition) -> Space:
    """The space of cases of an edition: entities that no condition tells apart become one class."""
    weighing = weighing_of(edition.weighing)
    tests = {
        atom.values
        for condition in edition.conditions()
        for atom in atoms(condition)
        if isinstance(atom, Atom) and atom.subject in ENTITY_SUBJECTS
    }
    of_rows = (atom for row in (*weighing.rows, *weighing.agreement) for atom in asked_by(row))
    of_origin = atoms(edition.definitions[PRIMARY_BONE_TUMOUR].when)
    tests |= {atom.values for atom in of_origin if isinstance(atom, Atom)}
    tests |= {atom.values for atom in of_rows if atom.subject in (EVERY_ENTITY, *NAMING_FIELDS)}
    tests |= {frozenset(names) for row in weighing.name for names in (row.names, row.unless_beside)}
    ordered = sorted(tests, key=sorted)
    class_of: dict[tuple[object, ...], str] = {}
    class_of_entity: dict[str, str] = {}
    classes: list[EntityClass] = []
    for entity in edition.entities.values():
        signature = (entity.category, *(entity.id in values for values in ordered))
        if signature not in class_of:
            class_of[signature] = entity.id
            classes.append(EntityClass(entity.id, entity.category))
        class_of_entity[entity.id] = class_of[signature]
    tissue_taken = edition.definitions[TISSUE_TAKEN].when
    names = tuple(replace(row, gives=class_of_entity.get(row.gives, "")) for row in weighing.name)
    weighing = replace(weighing, name=names)
    return Space(classes, class_of_entity, weighing, tissue_taken, origin_words_of(edition), edition.sure_words)


def origin_words_of(edition: Edition) -> OriginWords:
    """The definitions on which the origin of a lesion turns."""
    names = (PRIMARY_BONE_TUMOUR, METASTASIS_UNDER_MICROSCOPE, DIAGNOSIS_REVIEWED)
    return OriginWords(*(edition.definitions[name].when for name in names))


def unreachable_rules(builder: DiagramBuilder) -> list[str]:
    """The rules that never fire in any case, or whose verdict a safer one always overrules."""
    found = []
    for rule in builder.edition.rules:
        fires = builder.rule(rule.id)
        if isinstance(rule, AdviceRule):
            fires = builder.store.both(fires, builder.advised(rule.action, rule.verdict))
        if fires == FALSE:
            found.append(rule.id)
    return found


def concerning_nobody(builder: DiagramBuilder) -> list[str]:
    """The interpretations that concern no patient, so that no plan could ever name them."""
    interpretations = builder.edition.interpretations.items()
    return [name for name, each in interpretations if builder.condition(each.concerns) == FALSE]
