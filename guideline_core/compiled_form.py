"""The compiled edition as plain data that JSON can hold, and back again.

It is read by hand because each start of the program reads it: making a validator for it takes longer than a plan.
"""

from collections.abc import Mapping
from dataclasses import asdict, astuple, fields

from guideline_core.compiled import Catalogue, CompiledEdition, PlanningTables, Root, RuleFacts, Thresholds
from guideline_core.diagram import FIRST_NODE, DiagramStore
from guideline_core.edition_facts import ActionFacts, AlertFacts, DecidedInMeeting, SheetActions, StationFacts
from guideline_core.lesion import NOT_SUSPECTED, EntityClass
from guideline_core.origin_answers import OriginWords
from guideline_core.plain_data import Form, condition_form, read_condition
from guideline_core.plan import Guideline
from guideline_core.space import Space
from guideline_core.weighing import Row, Weighing


def planning_form(compiled: CompiledEdition) -> Form:
    """A compiled edition as plain data."""
    number = _numbering(compiled)
    return {
        "weighing": _weighing_form(compiled.space.lesion.weighing),
        "tissue_taken": condition_form(compiled.space.tissue_taken),
        "origin_words": [condition_form(word) for word in vars(compiled.space.origin.words).values()],
        "classes": [astuple(entity) for entity in compiled.space.classes.values()],
        "sure_words": list(compiled.space.sure_words),
        "natures": [value for value in compiled.space.nature.values if value != NOT_SUSPECTED],
        "class_of_entity": dict(compiled.catalogue.class_of_entity),
        "grade_of_entity": dict(compiled.catalogue.grade_of_entity),
        "region_of_bone": dict(compiled.catalogue.region_of_bone),
        "not_a_tumour": sorted(compiled.catalogue.not_a_tumour),
        "thresholds": astuple(compiled.thresholds),
        "order": list(compiled.order),
        **_store_form(compiled.store, number),
        "roots": [[root.kind, list(root.name), number[root.node], list(root.leaves)] for root in compiled.roots],
        **_tables_form(compiled.tables),
    }


def _weighing_form(weighing: Weighing) -> Form:
    return {each.name: [_row_form(row) for row in getattr(weighing, each.name)] for each in fields(weighing)}


def _row_form(row: Row) -> Form:
    attributes: Form = {each.name: getattr(row, each.name) for each in fields(row)}
    return {**attributes, "when": condition_form(row.when)}


def _read_row(form: Form) -> Row:
    return Row(**{**_with_tuples(form), "when": read_condition(form["when"])})


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


def _store_form(store: DiagramStore, number: Mapping[int, int]) -> Form:
    """The nodes by their shape (level and masks), of which there are few; and all their children in a row."""
    shapes: dict[tuple[int, ...], int] = {}
    nodes: list[int] = []
    children: list[int] = []
    for node in number:
        if node >= FIRST_NODE:
            edges = store.edges[node - FIRST_NODE]
            shape = (store.levels[node - FIRST_NODE], *(mask for mask, _ in edges))
            nodes.append(shapes.setdefault(shape, len(shapes)))
            children.extend(number[child] for _, child in edges)
    return {"shapes": [list(shape) for shape in shapes], "nodes": nodes, "children": children}


def _tables_form(tables: PlanningTables) -> Form:
    return {
        "guideline": astuple(tables.guideline),
        "actions": {name: asdict(facts) for name, facts in tables.actions.items()},
        "alerts": {name: asdict(facts) for name, facts in tables.alerts.items()},
        "stations": {name: asdict(facts) for name, facts in tables.stations.items()},
        "sheets": asdict(tables.sheets),
        "rules": {name: astuple(facts) for name, facts in tables.rules.items()},
        "rules_of": [[list(subject), list(rules)] for subject, rules in tables.rules_of.items()],
        "questions": list(tables.questions),
        "question_tiers": {name: list(asks) for name, asks in tables.question_tiers.items()},
        "only_when_definite": sorted(tables.only_when_definite),
    }


def read_planning_form(form: Form) -> CompiledEdition:
    """Read a compiled edition back; its plans are the same as those made from the source."""
    weighing = Weighing(**{name: tuple(map(_read_row, rows)) for name, rows in form["weighing"].items()})
    classes = [EntityClass(*entity) for entity in form["classes"]]
    tissue_taken = read_condition(form["tissue_taken"])
    origin_words = OriginWords(*map(read_condition, form["origin_words"]))
    words = (tissue_taken, origin_words, form["sure_words"])
    space = Space(classes, form["class_of_entity"], weighing, *words, natures=form["natures"])
    return CompiledEdition(
        space=space,
        order=tuple(form["order"]),
        store=_read_store(form, space),
        roots=tuple(Root(kind, tuple(name), node, tuple(leaves)) for kind, name, node, leaves in form["roots"]),
        catalogue=_read_catalogue(form, space),
        thresholds=Thresholds(*form["thresholds"]),
        tables=_read_tables(form),
    )


def _read_catalogue(form: Form, space: Space) -> Catalogue:
    return Catalogue(
        form["class_of_entity"],
        form["grade_of_entity"],
        form["region_of_bone"],
        space.lesion.graded,
        frozenset(form["not_a_tumour"]),
    )


def _with_tuples(form: Form) -> Form:
    """The same attributes, with a tuple again where JSON has a list."""
    return {name: tuple(each) if isinstance(each, list) else each for name, each in form.items()}


def _read_store(form: Form, space: Space) -> DiagramStore:
    store = DiagramStore([len(space.subjects[name].values) for name in form["order"]])
    shapes = [(level, tuple(masks)) for level, *masks in form["shapes"]]
    children = iter(form["children"])
    for node in form["nodes"]:
        level, masks = shapes[node]
        store.levels.append(level)
        store.edges.append(tuple(zip(masks, children)))  # noqa: B905  (each node takes as many as it has masks)
    return store


def _read_sheets(form: Form) -> SheetActions:
    decided = DecidedInMeeting(**_with_tuples(form["decided_in_meeting"]))
    return SheetActions(decided, tuple(form["told_to_patient"]))


def _read_tables(form: Form) -> PlanningTables:
    return PlanningTables(
        guideline=Guideline(*form["guideline"]),
        actions={name: ActionFacts(**_with_tuples(facts)) for name, facts in form["actions"].items()},
        alerts={name: AlertFacts(**_with_tuples(facts)) for name, facts in form["alerts"].items()},
        stations={name: StationFacts(**_with_tuples(facts)) for name, facts in form["stations"].items()},
        sheets=_read_sheets(form["sheets"]),
        rules={name: RuleFacts(tuple(said), tuple(read), noted) for name, (said, read, noted) in form["rules"].items()},
        rules_of={tuple(subject): tuple(rules) for subject, rules in form["rules_of"]},
        questions=tuple(form["questions"]),
        question_tiers={name: tuple(asks) for name, asks in form["question_tiers"].items()},
        only_when_definite=frozenset(form["only_when_definite"]),
    )
