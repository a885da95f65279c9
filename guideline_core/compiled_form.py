"""The compiled edition as plain data that JSON can hold, and back again.

It is read by hand because each start of the program reads it: making a validator for it takes longer than a plan.
"""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from guideline_core.compiled import Catalogue, CompiledEdition, PlanningTables, Root, RuleFacts, Thresholds
from guideline_core.diagram import FIRST_NODE, DiagramStore
from guideline_core.lesion import EntityClass
from guideline_core.plan import ActionFacts, Guideline
from guideline_core.space import Space

Form = dict[str, Any]  # what JSON gives: whoever reads a form states the types of what is in it
"""Plain data: dictionaries with text keys, lists, text, numbers, true, false and null."""


def planning_form(compiled: CompiledEdition) -> Form:
    """A compiled edition as plain data."""
    number = _numbering(compiled)
    return {
        "classes": [astuple(entity) for entity in compiled.space.classes.values()],
        "sure_words": list(compiled.space.sure_words),
        "class_of_entity": dict(compiled.catalogue.class_of_entity),
        "grade_of_entity": dict(compiled.catalogue.grade_of_entity),
        "region_of_bone": dict(compiled.catalogue.region_of_bone),
        "thresholds": astuple(compiled.thresholds),
        "order": list(compiled.order),
        "nodes": [_node_form(compiled.store, node, number) for node in number if node >= FIRST_NODE],
        "roots": [[root.kind, list(root.name), number[root.node], list(root.leaves)] for root in compiled.roots],
        **_tables_form(compiled.tables),
    }


def _numbering(compiled: CompiledEdition) -> dict[int, int]:
    """New numbers for the nodes that a root reaches, in their old order; the others are dropped."""
    reached: set[int] = set()
    stack = [root.node for root in compiled.roots]
    while stack:
        node = stack.pop()
        if node not in reached:
            reached.add(node)
            if node >= FIRST_NODE:
                stack.extend(child for _, child in compiled.store.edges[node - FIRST_NODE])
    leaves = sorted(node for node in reached if node < FIRST_NODE)
    inner = sorted(node for node in reached if node >= FIRST_NODE)
    return {**{leaf: leaf for leaf in leaves}, **{node: FIRST_NODE + place for place, node in enumerate(inner)}}


def _node_form(store: DiagramStore, node: int, number: Mapping[int, int]) -> list[int]:
    """A node as its level followed by mask and child of each edge."""
    form = [store.levels[node - FIRST_NODE]]
    for mask, child in store.edges[node - FIRST_NODE]:
        form += (mask, number[child])
    return form


def _tables_form(tables: PlanningTables) -> Form:
    return {
        "guideline": astuple(tables.guideline),
        "actions": {name: astuple(facts) for name, facts in tables.actions.items()},
        "rules": {name: astuple(facts) for name, facts in tables.rules.items()},
        "rules_of": [[list(subject), list(rules)] for subject, rules in tables.rules_of.items()],
        "questions": list(tables.questions),
        "only_when_definite": sorted(tables.only_when_definite),
    }


def read_planning_form(form: Form) -> CompiledEdition:
    """Read a compiled edition back; its plans are the same as those made from the source."""
    space = Space([EntityClass(*entity) for entity in form["classes"]], form["class_of_entity"], form["sure_words"])
    return CompiledEdition(
        space=space,
        order=tuple(form["order"]),
        store=_read_store(form, space),
        roots=tuple(Root(kind, tuple(name), node, tuple(leaves)) for kind, name, node, leaves in form["roots"]),
        catalogue=Catalogue(form["class_of_entity"], form["grade_of_entity"], form["region_of_bone"]),
        thresholds=Thresholds(*form["thresholds"]),
        tables=_read_tables(form),
    )


def _read_store(form: Form, space: Space) -> DiagramStore:
    store = DiagramStore([len(space.subjects[name].values) for name in form["order"]])
    for level, *edges in form["nodes"]:
        store.levels.append(level)
        store.edges.append(tuple(zip(edges[::2], edges[1::2], strict=True)))
    return store


def _read_tables(form: Form) -> PlanningTables:
    return PlanningTables(
        guideline=Guideline(*form["guideline"]),
        actions={name: ActionFacts(*facts) for name, facts in form["actions"].items()},
        rules={name: RuleFacts(tuple(said), tuple(read), noted) for name, (said, read, noted) in form["rules"].items()},
        rules_of={tuple(subject): tuple(rules) for subject, rules in form["rules_of"]},
        questions=tuple(form["questions"]),
        only_when_definite=frozenset(form["only_when_definite"]),
    )
