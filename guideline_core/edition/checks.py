"""Checks an edition as a whole: every name that an entry uses exists, and no sentence of the source is copied."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, get_args

from guideline_core.condition import PlanAtom, atoms
from guideline_core.contract import fields
from guideline_core.edition.combinations import COMBINATIONS_FILE
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.entry_reader import NoteFault, Where
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.places import TIERS_FILE
from guideline_core.edition.rules import AdviceRule, AlertRule, AlternativesRule, AnyRule, OrderRule
from guideline_core.edition.source_fingerprint import equal_runs
from guideline_core.edition.trees import entry_of, texts_in
from guideline_core.edition.weighing import WEIGHING_FILE, NameRow
from guideline_core.fields import AnswerKind
from guideline_core.keys import TISSUE_TAKEN, Ground, Strength
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
    mentions = (
        _in_rules,
        _in_statements,
        _in_catalogue,
        _of_actions_and_alerts,
        _on_the_pathway,
        _on_sheets,
        _elsewhere,
    )
    for mention in chain.from_iterable(find(entries) for find in mentions):
        if mention.name not in mention.known:
            close = did_you_mean(mention.name, mention.known)
            note(*mention.where, mention.entry, f"unknown {mention.what} '{mention.name}'{close}")


def check_table(entries: EditionEntries, note: NoteFault) -> None:
    """Note every row of the referral table that its statement does not name, or that refers nobody without a reason."""
    for row in entries.referral_table.values():
        statement = entries.statements.get(row.statements[0])
        if statement is not None and row.id not in statement.encoded_by:
            message = f"statement {statement.id} does not name this row in encoded_by"
            note("referral-table.yaml", (row.id,), row.id, message)


def check_readings(entries: EditionEntries, note: NoteFault) -> None:
    """Note every rule that says something else than its statement and names no interpretation that says why."""
    for rule in entries.rules.values():
        statement = entries.statements.get(rule.statements[0])
        if statement is not None and _goes_beyond(rule, statement.strength) and not rule.interpretations:
            said = rule.verdict if isinstance(rule, AdviceRule) else "a rule"
            message = f"{said} on a statement of strength {statement.strength}: an interpretation must say why"
            note(*entries.places[rule.id], rule.id, message)


def _goes_beyond(rule: AnyRule, strength: Strength) -> bool:
    """Whether a rule says something else than a statement of this strength says by itself."""
    if isinstance(rule, AdviceRule):
        return rule.verdict != strength
    return strength in ("inform", "program")


def check_grounds(entries: EditionEntries, note: NoteFault) -> None:
    """Note every row of the referral table that refers nobody and does not say why."""
    grounds = ", ".join(get_args(Ground))
    for row in entries.referral_table.values():
        if row.outcome.decision == "none" and row.outcome.ground is None:
            message = f"a decision not to refer needs its 'ground', one of {grounds}"
            note("referral-table.yaml", (row.id, "then"), row.id, message)


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
        alerts = [rule.alert] if isinstance(rule, AlertRule) else []
        actions = [rule.action] if isinstance(rule, AdviceRule | OrderRule) else []
        awaited = [rule.waits_for] if isinstance(rule, OrderRule) else []
        either = rule.alternatives if isinstance(rule, AlternativesRule) else ()
        yield from (Mention(where, rule.id, "statement", name, entries.statements) for name in rule.statements)
        yield from _interpretations(where, rule.id, rule.interpretations, entries)
        named = (*actions, *awaited, *either)
        yield from (Mention(where, rule.id, "action", name, entries.actions) for name in named)
        yield from (Mention(where, rule.id, "alert", name, entries.alerts) for name in alerts)


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


def _of_actions_and_alerts(entries: EditionEntries) -> Iterator[Mention]:
    """What an action or an alert says of others, and the questions that alerts name."""
    for action in entries.actions.values():
        where: Where = ("actions.yaml", (action.phase, action.id, "speaks_against"))
        yield from (Mention(where, action.id, "action", name, entries.actions) for name in action.speaks_against)
    for alert in entries.alerts.values():
        against, urged, at, opened = (
            ("alerts.yaml", (alert.id, key)) for key in ("speaks_against", "at_once", "interrupts_at", "keeps_open")
        )
        yield from (Mention(against, alert.id, "action", name, entries.actions) for name in alert.speaks_against)
        yield from (Mention(urged, alert.id, "action", name, entries.actions) for name in alert.at_once)
        for where, question in ((at, alert.interrupts_at), (opened, alert.keeps_open)):
            if question is not None:
                yield Mention(where, alert.id, "question", question, entries.questions)


def _on_the_pathway(entries: EditionEntries) -> Iterator[Mention]:
    yes_no = [path for path, field in fields().items() if field.kind is AnswerKind.YES_NO]
    dates = [path for path, field in fields().items() if field.kind is AnswerKind.DATE]
    for station in entries.stations.values():
        known: dict[str, tuple[str, Iterable[str], Collection[str]]] = {
            "shows": ("action", station.shows, entries.actions),
            "follows": ("station", (station.follows,) if station.follows else (), entries.stations),
            "asks": ("question of yes or no", station.asks, yes_no),
            "dates": ("date", station.dates, dates),
        }
        for key, (what, names, possible) in known.items():
            where: Where = ("pathway.yaml", (station.id, key))
            yield from (Mention(where, station.id, what, name, possible) for name in names)


def _on_sheets(entries: EditionEntries) -> Iterator[Mention]:
    meeting = entries.sheets.decided_in_meeting
    lists = {
        ("decided_in_meeting", "referral"): meeting.referral,
        ("decided_in_meeting", "tissue_and_treatment"): meeting.tissue_and_treatment,
        ("decided_in_meeting", "examinations"): meeting.examinations,
        ("told_to_patient",): entries.sheets.told_to_patient,
    }
    for place, actions in lists.items():
        for number, action in enumerate(actions):
            yield Mention(("sheets.yaml", (*place, number)), place[-1], "action", action, entries.actions)


def _elsewhere(entries: EditionEntries) -> Iterator[Mention]:
    if entries.combinations is not None:
        for number, name in enumerate(entries.combinations.written.warnings):
            yield Mention((COMBINATIONS_FILE, ("warnings", number)), "warnings", "alert", name, entries.alerts)
    for definition in entries.definitions.values():
        yield from _interpretations(
            ("definitions.yaml", (definition.id,)), definition.id, definition.interpretations, entries
        )
    for which, rows in entries.weighing_rows.items():
        for row in rows:
            place: Where = (WEIGHING_FILE, (which, row.id, "interpretations"))
            yield from _interpretations(place, row.id, row.interpretations, entries)
            if isinstance(row, NameRow) and row.means:
                meant: Where = (WEIGHING_FILE, (which, row.id, "means"))
                yield Mention(meant, row.id, "entity", row.means, entries.entities)
    for threshold in entries.thresholds.values():
        where: Where = ("thresholds.yaml", (threshold.id,))
        yield from _interpretations(where, threshold.id, threshold.interpretations, entries)
        yield Mention(where, threshold.id, "statement", threshold.statement, entries.statements)
    for tier in entries.question_tiers.values():
        asks: Where = (TIERS_FILE, (tier.id, "asks"))
        yield from (Mention(asks, tier.id, "question", name, entries.questions) for name in tier.asks)
    named = {
        "interpretations.yaml": {each.id: each.statements for each in entries.interpretations.values()},
        "properties.yaml": {each.id: each.statements for each in entries.properties.values()},
    }
    for file, statements in named.items():
        for entry, names in statements.items():
            yield from (Mention((file, (entry,)), entry, "statement", name, entries.statements) for name in names)


def _interpretations(where: Where, entry: str, names: Iterable[str], entries: EditionEntries) -> Iterator[Mention]:
    return (Mention(where, entry, "interpretation", name, entries.interpretations) for name in names)


def check_alerts_are_raised(entries: EditionEntries, note: NoteFault) -> None:
    """Note every alert that no rule raises."""
    raised = {rule.alert for rule in entries.rules.values() if isinstance(rule, AlertRule)}
    for alert in entries.alerts.keys() - raised:
        note("alerts.yaml", (alert,), alert, "no rule raises this alert")


def check_wording(trees: Mapping[str, object], fingerprint: frozenset[str], note: NoteFault) -> None:
    """Note every seven words in a row that equal the source, which is under copyright (FM-3)."""
    for file, tree in trees.items():
        for place, text in texts_in(tree):
            for run in equal_runs(text, fingerprint):
                note(file, place, entry_of(tree, place), f"seven words equal the source: '{run}'")
