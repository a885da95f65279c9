"""Double entry: what each word and rule needs, written a second time (tests/second_entry/*.yaml) and compared.

The files say in rows, apart from the edition, when a word or a rule holds. Both are drawn as diagrams in one store, in
which equal functions are equal nodes: where the two differ in any case that can be, the nodes differ.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or
from guideline_core.diagram import FALSE, FIRST_NODE, TRUE
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.condition_language import parse
from guideline_core.edition.rules import AdviceRule, AlertRule, AlternativesRule, AnyRule, OrderRule, ReferralRule
from guideline_core.edition.values import Edition
from guideline_core.edition.vocabulary import ENTITY_SUBJECTS, EditionVocabulary

FOLDER = Path(__file__).parent / "second_entry"
BESIDES = ("until", "by_phone", "consult_first")
"""The conditions that a rule can have beside the one under which it speaks."""
KEYS = {"source", "says", "when", "unless", "metastases_too", *BESIDES}
PLAIN = {"always": ALWAYS, "never": NEVER}
IN_SCOPE = Not(Atom("lesion.origin", frozenset({"metastasis"})))

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """A word, rule or action: its conditions by key, and what it says where they hold (a word says nothing)."""

    conditions: Mapping[str, Condition]
    says: str | None = None

    def condition(self, key: str) -> Condition:
        """The condition of a key; what a rule adds counts only where the rule speaks."""
        return And((self.conditions.get("when", ALWAYS), self.conditions[key]))


Entries = Mapping[str, Entry]


# ---- reading the table -----------------------------------------------------------------------------------------------


@cache
def written() -> Mapping[str, Tree]:
    """The files put together: tumours by kind, words, rules, actions, and helpers (words of the table alone). Nothing
    is said twice."""
    trees: dict[str, dict[str, Any]] = {"tumours": {}, "words": {}, "rules": {}, "actions": {}, "helpers": {}}
    for path in sorted(FOLDER.glob("*.yaml")):
        for kind, entries in YAML(typ="safe").load(path).items():
            twice = trees[kind].keys() & entries.keys()
            assert not twice, f"{path.name}: {twice} said twice"
            trees[kind] |= entries
    return trees


def second_entries(edition: Edition, trees: Mapping[str, Tree] | None = None) -> Entries:
    """Every entry of the table. Of the edition it uses the names of answers, tumours and actions; no word, no group."""
    return _Reader(edition, trees or written()).entries()


class _Reader(EditionVocabulary):
    """Reads rows into conditions; the words that they use are those of the table."""

    def __init__(self, edition: Edition, trees: Mapping[str, Tree]) -> None:
        super().__init__(edition.entities, (), edition.actions)
        self.trees = trees
        self.words_written = {**trees["words"], **trees["helpers"]}
        for name, tree in (*self.words_written.items(), *trees["rules"].items(), *trees["actions"].items()):
            assert tree.keys() <= KEYS, f"{name}: {tree.keys() - KEYS} unknown"
        self.word = cache(self._word)  # type: ignore[method-assign]
        self.tumours: dict[str, tuple[str, ...]] = {}
        for name, members in trees["tumours"].items():
            self.tumours[name] = self._written_out(members)

    def entries(self) -> Entries:
        words = {name: Entry({"when": self._entry_when(tree)}) for name, tree in self.trees["words"].items()}
        rules = {name: self._rule(tree) for name, tree in self.trees["rules"].items()}
        actions = {name: Entry({"done_when": self._entry_when(tree)}) for name, tree in self.trees["actions"].items()}
        return {**words, **rules, **actions}

    def _word(self, name: str) -> Condition | None:
        return self._entry_when(self.words_written[name]) if name in self.words_written else None

    def _rule(self, tree: Tree) -> Entry:
        conditions = {key: self._rows(tree[key]) for key in BESIDES if key in tree}
        when = self._entry_when(tree)
        conditions["when"] = when if tree.get("metastases_too") == "yes" else And((IN_SCOPE, when))
        return Entry(conditions, tree["says"])

    def _entry_when(self, tree: Tree) -> Condition:
        return And((self._rows(tree.get("when", "always")), Not(self._rows(tree.get("unless", "never")))))

    def _rows(self, rows: str | Sequence[Tree]) -> Condition:
        if isinstance(rows, str):
            return PLAIN[rows]
        return Or(tuple(And(tuple(self._cell(key, value) for key, value in row.items())) for row in rows))

    def _cell(self, key: str, value: str | Sequence[str]) -> Condition:
        is_denied, values = _values(value)
        if "(" in key or key in self.words_written:
            is_denied = {(False, ("yes",)): False, (False, ("no",)): True}[is_denied, values]
            condition = parse(key, self)
        else:
            names = self._written_out(values) if key in ENTITY_SUBJECTS else values
            condition = parse(f"{key} is one of ({', '.join(names)})", self)
        return Not(condition) if is_denied else condition

    def _written_out(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for name in names for each in self.tumours.get(name, (name,)))


def _values(value: str | Sequence[str]) -> tuple[bool, tuple[str, ...]]:
    """Whether the values are denied, and which they are: `not spine`, `[not, spine, pelvis]`, `spine`, `[spine]`."""
    words = tuple(value.split() if isinstance(value, str) else value)
    return (True, words[1:]) if words[0] == "not" else (False, words)


# ---- what the edition says -------------------------------------------------------------------------------------------


def said(rule: AnyRule) -> str:
    """What a rule says where it speaks, as the table writes it."""
    match rule:
        case AdviceRule():
            return f"{rule.verdict} {rule.action}"
        case AlertRule():
            return f"{rule.severity} {rule.alert}"
        case OrderRule():
            return f"{rule.action} waits for {rule.waits_for}"
        case AlternativesRule():
            return f"either {' or '.join(rule.alternatives)}"
        case ReferralRule():
            parts = (rule.decision, rule.destination, rule.urgency)
            return " ".join(part for part in parts if part is not None)
        case _:
            return f"response {rule.response_grade}"


def encoded(edition: Edition, name: str) -> Entry | None:
    """A word, rule or action of the edition as an entry; None when it has none by that name."""
    if name in edition.definitions:
        return Entry({"when": edition.definitions[name].when})
    if name in edition.actions:
        done_when = edition.actions[name].done_when
        return None if done_when is None else Entry({"done_when": done_when})
    return next((_encoded_rule(rule) for rule in edition.rules if rule.id == name), None)


def _encoded_rule(rule: AnyRule) -> Entry:
    conditions = {"when": And((IN_SCOPE, rule.when)) if rule.in_scope_only else rule.when}
    if isinstance(rule, OrderRule) and rule.until is not None:
        conditions["until"] = rule.until
    if isinstance(rule, ReferralRule):
        conditions |= {"by_phone": rule.by_phone, "consult_first": rule.consult_expertise_centre_first}
    return Entry(conditions, said(rule))


# ---- comparing -------------------------------------------------------------------------------------------------------


def names_in(edition: Edition) -> list[str]:
    """The words, rules and actions of an edition that hold a condition, or say something."""
    actions = (action.id for action in edition.actions.values() if action.done_when is not None)
    return [*edition.definitions, *(rule.id for rule in edition.rules), *actions]


def disagreements(entries: Entries, builder: DiagramBuilder, impossible: int, names: Iterable[str]) -> Iterator[str]:
    """Where the edition of a builder and the table differ, each with a case in which it shows. Cases that are
    `impossible` do not count."""
    for name in names:
        here, there = entries.get(name), encoded(builder.edition, name)
        if here is None or there is None:
            yield f"{name}: the {'table' if here is None else 'edition'} does not have it"
        elif here.says != there.says:
            yield f"{name}: the table says '{here.says}', the edition '{there.says}'"
        elif here.conditions.keys() != there.conditions.keys():
            yield f"{name}: the table has {sorted(here.conditions)}, the edition {sorted(there.conditions)}"
        else:
            for key in here.conditions:
                yield from _difference(f"{name}: {key}", builder, impossible, here.condition(key), there.condition(key))


def _difference(
    place: str, builder: DiagramBuilder, impossible: int, here: Condition, there: Condition
) -> Iterator[str]:
    store, table, edition = builder.store, builder.condition(here), builder.condition(there)
    for one, other, which in ((table, edition, "table"), (edition, table, "edition")):
        alone = store.both(one, store.negation(other))
        possible = store.choose(impossible, FALSE, alone)
        if possible != FALSE:
            yield f"{place}: only the {which} has it so where {_an_example(builder, possible, store.support(alone))}"


def _an_example(builder: DiagramBuilder, node: int, levels: Container[int]) -> str:
    """A case in which a diagram holds, in the words of the answers; only those at these levels are told."""
    store, parts = builder.store, []
    while node != TRUE:
        level = store.level(node)
        mask, node = next(edge for edge in store.edges[node - FIRST_NODE] if edge[1] != FALSE)
        if level in levels:
            subject = builder.subjects[level]
            values = [value for place, value in enumerate(subject.values) if mask >> place & 1]
            parts.append(f"{subject.name} is {values[0]}" + (f" (or {len(values) - 1} more)" if values[1:] else ""))
    return ", ".join(parts) or "anything"
