"""Compiles an edition into diagrams and tables. Done once per edition, not per case."""

from dataclasses import fields
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
from guideline_core.edition.weighing import weighing_of
from guideline_core.edition_facts import ActionFacts, AlertFacts, StationFacts
from guideline_core.keys import TISSUE_TAKEN
from guideline_core.lesion import EntityClass
from guideline_core.plan import Guideline
from guideline_core.space import Space
from guideline_core.weighing import ENTITY, NAMING_FIELDS, asked_by

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
        if isinstance(atom, Atom) and atom.subject in ("entity", "histology")
    }
    of_rows = (atom for row in weighing.rows for atom in asked_by(row))
    tests |= {atom.values for atom in of_rows if atom.subject in (ENTITY, *NAMING_FIELDS)}
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
    return Space(classes, class_of_entity, weighing, tissue_taken, edition.sure_words)


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
