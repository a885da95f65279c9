"""Compiles an edition into diagrams and tables. Done once per edition, not per case."""

from dataclasses import fields

from guideline_core.compiled import (
    Catalogue,
    CompiledEdition,
    ItemName,
    PlanningTables,
    RuleFacts,
    Thresholds,
)
from guideline_core.diagram import FALSE
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.condition import Atom, atoms
from guideline_core.edition.rules import AdviceRule, AlertRule, AnyRule, ReferralRule
from guideline_core.edition.values import Action, Edition
from guideline_core.lesion import EntityClass
from guideline_core.plan import ActionFacts, Guideline
from guideline_core.space import Space

LEFT_ALONE = "do_not_touch_lesions"
"""The group of the entities that are left alone."""


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
        int(values["child_below_years"]), values["good_response_below_viable_percent"], values["ct_slice_at_most_mm"]
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
        actions={action.id: _facts_of(action) for action in edition.actions.values()},
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
        case _:
            return None


def _sources_of(rule: AnyRule) -> RuleFacts:
    return RuleFacts(rule.statements, rule.interpretations, rule.note is not None)


def _facts_of(action: Action) -> ActionFacts:
    return ActionFacts(**{each.name: getattr(action, each.name) for each in fields(ActionFacts)})


def space_of(edition: Edition) -> Space:
    """The space of cases of an edition: entities that no condition tells apart become one class."""
    tests = {
        atom.values
        for condition in edition.conditions()
        for atom in atoms(condition)
        if isinstance(atom, Atom) and atom.subject in ("entity", "histology")
    }
    ordered = sorted(tests, key=sorted)
    class_of: dict[tuple[object, ...], str] = {}
    class_of_entity: dict[str, str] = {}
    classes: list[EntityClass] = []
    for entity in edition.entities.values():
        left_alone = LEFT_ALONE in entity.groups
        signature = (entity.category, left_alone, *(entity.id in values for values in ordered))
        if signature not in class_of:
            class_of[signature] = entity.id
            classes.append(EntityClass(entity.id, entity.category, left_alone))
        class_of_entity[entity.id] = class_of[signature]
    return Space(classes, class_of_entity, edition.sure_words)


def unreachable_rules(edition: Edition) -> list[str]:
    """The rules that never fire in any case, or whose verdict a safer one always overrules."""
    builder = DiagramBuilder(edition, space_of(edition))
    found = []
    for rule in edition.rules:
        fires = builder.rule(rule.id)
        if isinstance(rule, AdviceRule):
            fires = builder.store.both(fires, builder.advised(rule.action, rule.verdict))
        if fires == FALSE:
            found.append(rule.id)
    return found
