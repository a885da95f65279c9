"""The compiled edition as plain data that JSON can hold, in three parts, and back again.

The planning part (diagrams and tables) is small, because each start of the program reads it. The names (what writing
out a plan needs) are read when a plan is shown, the texts (all words and rules of the edition) when something is
looked up.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from guideline_core.answers import Catalogue
from guideline_core.compiler import CompiledEdition, Root
from guideline_core.diagram import FIRST_NODE, DiagramStore
from guideline_core.looked_up import LOOKED_UP
from guideline_core.plan import Guideline
from guideline_core.planning import ActionFacts, PlanningTables, RuleFacts
from guideline_core.space import EntityClass, Space, Thresholds

if TYPE_CHECKING:
    from guideline_core.condition import Condition
    from guideline_core.edition import AnyRule, Edition

Form = dict[str, Any]
"""Plain data: dictionaries with text keys, lists, text, numbers, true, false and null."""


def planning_form(compiled: CompiledEdition, tables: PlanningTables) -> Form:
    """The part that planning needs, as plain data."""
    number = _numbering(compiled)
    return {
        "classes": [[entity.name, entity.kind, entity.do_not_touch] for entity in compiled.space.classes.values()],
        "class_of_entity": dict(compiled.catalogue.class_of_entity),
        "grade_of_entity": dict(compiled.catalogue.grade_of_entity),
        "region_of_bone": dict(compiled.catalogue.region_of_bone),
        "thresholds": [compiled.thresholds.child_below_years, compiled.thresholds.good_response_below_viable_percent],
        "order": list(compiled.order),
        "nodes": [_node_form(compiled.store, node, number) for node in number if node >= FIRST_NODE],
        "roots": [[root.kind, list(root.name), number[root.node], list(root.leaves)] for root in compiled.roots],
        **_tables_form(tables),
    }


def _numbering(compiled: CompiledEdition) -> dict[int, int]:
    """New numbers for the nodes that a root reaches, in their old order; what only served the compiling is dropped."""
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
    guideline = tables.guideline
    return {
        "guideline": [guideline.id, guideline.status, guideline.version, guideline.sha256],
        "actions": {name: [facts.phase, facts.actor, facts.meanwhile] for name, facts in tables.actions.items()},
        "rules": {name: [list(facts.statements), list(facts.interpretations)] for name, facts in tables.rules.items()},
        "rules_of": [[list(subject), list(rules)] for subject, rules in tables.rules_of.items()],
        "questions": list(tables.questions),
    }


def read_planning_form(form: Form) -> tuple[CompiledEdition, PlanningTables]:
    """Make from plain data what a Planner is made of; plans come out as if made from the source."""
    classes = [EntityClass(name, kind, do_not_touch) for name, kind, do_not_touch in form["classes"]]
    space = Space(classes, form["class_of_entity"])
    years, percent = form["thresholds"]
    compiled = CompiledEdition(
        space=space,
        order=tuple(form["order"]),
        store=_read_store(form, space),
        roots=tuple(Root(kind, tuple(name), node, tuple(leaves)) for kind, name, node, leaves in form["roots"]),
        catalogue=Catalogue(form["class_of_entity"], form["grade_of_entity"], form["region_of_bone"]),
        thresholds=Thresholds(years, percent),
    )
    return compiled, _read_tables(form)


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
        rules={name: RuleFacts(tuple(said), tuple(read)) for name, (said, read) in form["rules"].items()},
        rules_of={tuple(subject): tuple(rules) for subject, rules in form["rules_of"]},
        questions=tuple(form["questions"]),
    )


def text_form(edition: "Edition") -> Form:
    """The part with the words: all that screen, letter and command line can show of an edition, as plain data."""
    return {
        "id": edition.id,
        "title": dict(edition.title),
        "status": edition.status,
        "version": edition.version,
        "sha256": edition.sha256,
        "about": {key: _plain(value) for key, value in edition.about.items() if key != "mri_protocol"},
        "mri_protocol": _plain(edition.about.get("mri_protocol")),
        "statements": _statements_form(edition),
        "rules": {rule.id: _rule_form(rule) for rule in edition.rules},
        "interpretations": _records(edition.interpretations),
        "definitions": _records(edition.definitions),
        "thresholds": _records(edition.thresholds),
        "entities": _records(edition.entities),
        "entity_groups": _plain(edition.entity_groups),
        "bones": _records(edition.bones),
        "actions": _records(edition.actions),
        "properties": _records(edition.properties),
    }


def _statements_form(edition: "Edition") -> Form:
    """Statements; a rule that names a statement of elsewhere as its source too is listed with both."""
    forms = _records(edition.statements)
    for rule in edition.rules:
        for statement in rule.statements:
            if rule.id not in forms[statement]["encoded_by"]:
                forms[statement]["encoded_by"].append(rule.id)
    return forms


def _rule_form(rule: "AnyRule") -> Form:
    form = _record(rule)
    return {"kind": type(rule).__name__.removesuffix("Rule").lower(), **form}


def _records(entries: Mapping[str, Any]) -> Form:
    return {name: _record(entry) for name, entry in entries.items()}


def _record(entry: Any) -> Form:
    """The fields of a dataclass as plain data; conditions in the language of the rules."""
    from dataclasses import fields

    return {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return _condition_in_words(value)


def _condition_in_words(condition: "Condition") -> str:
    from guideline_core.condition import in_words

    return in_words(condition)


class EditionNames:
    """The names and places that a written plan uses; a missing id is a defect of the caller and raises KeyError."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def title(self, language: str) -> str:
        """The title of the edition."""
        return str(self._form["title"][language])

    def page(self, statement: str) -> str:
        """The page of a statement, as printed in the guideline."""
        return str(self._form["pages"][statement])

    def shown(self, interpretation: str, language: str) -> str:
        """The sentence that the user sees of an interpretation."""
        return str(self._form["interpretations"][interpretation][language])

    def weight(self, interpretation: str) -> str:
        """How much hangs on an interpretation: high, medium or low."""
        return str(self._form["interpretations"][interpretation]["severity"])

    def entity(self, entity: str, language: str) -> str:
        """The name of a tumour or lesion."""
        return str(self._form["entities"][entity][language])

    def bone(self, bone: str, language: str) -> str:
        """The name of a bone."""
        return str(self._form["bones"][bone][language])

    @property
    def reviewers(self) -> tuple[str | None, ...]:
        """Who reviewed the rules; None stands for the rules that nobody reviewed yet."""
        return tuple(self._form["reviewers"])


def names_form(edition: "Edition") -> Form:
    """The part with the names and places that a written plan uses, as plain data."""
    return {
        "title": dict(edition.title),
        "pages": {name: statement.page for name, statement in edition.statements.items()},
        "interpretations": {
            name: {**_on_one_line(each.shown), "severity": each.severity}
            for name, each in edition.interpretations.items()
        },
        "entities": {name: dict(entity.name) for name, entity in edition.entities.items()},
        "bones": {name: dict(bone.name) for name, bone in edition.bones.items()},
        "reviewers": list(dict.fromkeys(rule.reviewed_by for rule in edition.rules)),
    }


def _on_one_line(words: Mapping[str, str]) -> Form:
    return {language: " ".join(text.split()) for language, text in words.items()}


class EditionTexts:
    """All words and rules of an edition as plain data by kind and id (`form["statements"]["M3-R8"]`)."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def kinds_of(self, identifier: str) -> tuple[str, ...]:
        """The kinds in which an id stands, such as ("statements",); an entity and a definition can share a name."""
        return tuple(kind for kind in LOOKED_UP if identifier in self.form[kind])


__all__ = [
    "EditionNames",
    "EditionTexts",
    "Form",
    "names_form",
    "planning_form",
    "read_planning_form",
    "text_form",
]
