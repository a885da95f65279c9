"""Checks an edition as a whole: every name that an entry uses exists, and no sentence of the source is copied."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, get_args

from guideline_core.condition import PlanAtom, atoms
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.entry_reader import NoteFault, Where
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.rules import AdviceRule, OrderRule, ReferralRule
from guideline_core.edition.source_fingerprint import equal_runs
from guideline_core.edition.trees import entry_of, texts_in
from guideline_core.edition.weighing import WEIGHING_FILE
from guideline_core.keys import TISSUE_TAKEN, Ground
from guideline_core.subjects import TISSUE_KEYS


class Mention(NamedTuple):
    """A name that an entry uses: where, in which entry, what it names, and the names that exist."""

    where: Where
    entry: str
    what: str
    name: str
    known: Collection[str]


def check_names(entries: EditionEntries, note: NoteFault) -> None:
    """Note every name that an entry uses and that does not exist."""
    for mention in chain(_in_rules(entries), _in_statements(entries), _in_catalogue(entries), _elsewhere(entries)):
        if mention.name not in mention.known:
            close = did_you_mean(mention.name, mention.known)
            note(*mention.where, mention.entry, f"unknown {mention.what} '{mention.name}'{close}")


def check_grounds(entries: EditionEntries, note: NoteFault) -> None:
    """Note every rule that refers nobody and does not say why."""
    for rule in entries.rules.values():
        if isinstance(rule, ReferralRule) and rule.decision == "none" and rule.ground is None:
            file, place = entries.places[rule.id]
            grounds = ", ".join(get_args(Ground))
            note(file, (*place, "referral"), rule.id, f"a decision not to refer needs its 'ground', one of {grounds}")


def check_tissue_taken(entries: EditionEntries, note: NoteFault) -> None:
    """Note a definition of tissue that is missing, or that asks for more than the events which can take it: what can be
    answered of the microscope depends on it, so it must be sure for every case."""
    definition = entries.definitions.get(TISSUE_TAKEN)
    if definition is None:
        note("definitions.yaml", (), TISSUE_TAKEN, f"the definition '{TISSUE_TAKEN}' is missing")
        return
    known = (*TISSUE_KEYS, "histology")
    for atom in atoms(definition.when):
        if atom.subject not in known or isinstance(atom, PlanAtom):
            message = f"this definition can ask {', '.join(known)}, not '{atom.subject}'"
            note("definitions.yaml", (TISSUE_TAKEN, "when"), TISSUE_TAKEN, message)


def _in_rules(entries: EditionEntries) -> Iterator[Mention]:
    for rule in entries.rules.values():
        where = entries.places[rule.id]
        actions = [rule.action] if isinstance(rule, AdviceRule | OrderRule) else []
        awaited = [rule.waits_for] if isinstance(rule, OrderRule) else []
        yield from (Mention(where, rule.id, "statement", name, entries.statements) for name in rule.statements)
        yield from _interpretations(where, rule.id, rule.interpretations, entries)
        yield from (Mention(where, rule.id, "action", name, entries.actions) for name in (*actions, *awaited))


def _in_statements(entries: EditionEntries) -> Iterator[Mention]:
    for statement in entries.statements.values():
        where = entries.places[statement.id]
        yield from (Mention(where, statement.id, "rule", name, entries.rules) for name in statement.encoded_by)


def _in_catalogue(entries: EditionEntries) -> Iterator[Mention]:
    for entity in entries.entities.values():
        group, family = (("entities.yaml", ("entities", entity.id, key)) for key in ("groups", "family"))
        yield from (Mention(group, entity.id, "group", name, entries.entity_groups) for name in entity.groups)
        if entity.family is not None:
            yield Mention(family, entity.id, "family", entity.family, entries.entity_families)


def _elsewhere(entries: EditionEntries) -> Iterator[Mention]:
    for definition in entries.definitions.values():
        yield from _interpretations(
            ("definitions.yaml", (definition.id,)), definition.id, definition.interpretations, entries
        )
    for which, rows in entries.weighing_rows.items():
        for row in rows:
            place: Where = (WEIGHING_FILE, (which, row.id, "interpretations"))
            yield from _interpretations(place, row.id, row.interpretations, entries)
    for threshold in entries.thresholds.values():
        where: Where = ("thresholds.yaml", (threshold.id,))
        yield from _interpretations(where, threshold.id, threshold.interpretations, entries)
        yield Mention(where, threshold.id, "statement", threshold.statement, entries.statements)
    named = {
        "interpretations.yaml": {each.id: each.statements for each in entries.interpretations.values()},
        "properties.yaml": {each.id: each.statements for each in entries.properties.values()},
    }
    for file, statements in named.items():
        for entry, names in statements.items():
            yield from (Mention((file, (entry,)), entry, "statement", name, entries.statements) for name in names)


def _interpretations(where: Where, entry: str, names: Iterable[str], entries: EditionEntries) -> Iterator[Mention]:
    return (Mention(where, entry, "interpretation", name, entries.interpretations) for name in names)


def check_wording(trees: Mapping[str, object], fingerprint: frozenset[str], note: NoteFault) -> None:
    """Note every seven words in a row that equal the source, which is under copyright (FM-3)."""
    for file, tree in trees.items():
        for place, text in texts_in(tree):
            for run in equal_runs(text, fingerprint):
                note(file, place, entry_of(tree, place), f"seven words equal the source: '{run}'")
