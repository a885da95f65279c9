"""What the guideline's edition says of one id, as text: a statement, a rule, an interpretation, a definition, a
tumour …"""

import textwrap
from collections.abc import Iterator, Mapping

from desktop_app.library.phrases import Phrases
from desktop_app.library.referral_table_text import REFERRAL_TABLE, referral_table_text
from desktop_app.library.rule_words import RuleWords
from desktop_app.library.shared_words import SHOWN_BY_NAME, SharedPart, SharedWords
from guideline_core.condition import Condition
from guideline_core.edition.catalogue import Bone, Entity
from guideline_core.edition.entries import EditionEntries, Entry
from guideline_core.edition.rules import AdviceRule, AlternativesRule, AnyRule, OrderRule, ReferralRule
from guideline_core.edition.values import (
    Action,
    Definition,
    Interpretation,
    SafetyProperty,
    Statement,
    Threshold,
)
from guideline_core.keys import ENTRY_KINDS, EntryKind

Field = tuple[str, str]


def known_ids(texts: EditionEntries) -> Iterator[str]:
    """Every id that can be looked up."""
    yield from (REFERRAL_TABLE, *SHOWN_BY_NAME)
    for kind in ENTRY_KINDS:
        yield from texts.of_kind(kind)


def looked_up(identifier: str, texts: EditionEntries, phrases: Phrases, width: int) -> str | None:
    """All that stands under an id, or None when there is nothing; an entity and a definition can share a name."""
    if identifier == REFERRAL_TABLE:
        return referral_table_text(texts, phrases, width)
    lookup = _Lookup(texts, phrases, width)
    if identifier in SHOWN_BY_NAME:
        return "\n".join(lookup.shared(identifier))
    found = [(kind, texts.of_kind(kind)[identifier]) for kind in ENTRY_KINDS if identifier in texts.of_kind(kind)]
    return "\n".join("\n".join(lookup.lines(kind, entry)) for kind, entry in found) if found else None


def one_line(entry: Entry, texts: EditionEntries, phrases: Phrases) -> str:
    """What an entry is about, in a few words."""
    match entry:
        case Entity() | Bone():
            words = entry.name
        case Statement() | Definition() | Threshold() | SafetyProperty():
            words = entry.text
        case Interpretation():
            words = entry.shown
        case Action():
            return phrases.action_name(entry.id)
        case _:
            return RuleWords(texts, phrases).in_a_line(entry)
    return " ".join(words[phrases.language].split())


class _Lookup:
    """Writes out entries of an edition in one language."""

    def __init__(self, texts: EditionEntries, phrases: Phrases, width: int) -> None:
        self.texts = texts
        self.phrases = phrases
        self.width = width
        self.rules = RuleWords(texts, phrases)

    def lines(self, kind: EntryKind, entry: Entry) -> Iterator[str]:
        """The lines of one entry."""
        yield f"{self._word(kind)} {entry.id}"
        for label, text in self._fields(entry):
            if text:
                yield from self._written(label, text)
        yield ""

    def shared(self, part: SharedPart) -> Iterator[str]:
        """The lines of what the modules share: each heading with its entries."""
        for listing in SharedWords(self.texts, self.phrases).listings(part):
            yield from (listing.heading, "")
            for entry in listing.entries:
                yield from self._wrapped(f"{entry.id}: ", entry.title)
                for label, text in entry.facts:
                    yield from self._wrapped(f"  {self.phrases.get('guideline', 'shared_label', label)}: ", text)
                yield ""

    def _fields(self, entry: Entry) -> Iterator[Field]:
        """What is said of an entry, with its labels; what is not filled in stays away."""
        match entry:
            case Statement():
                return self._statement(entry)
            case Interpretation():
                return self._interpretation(entry)
            case Definition():
                return self._definition(entry)
            case Threshold():
                return self._threshold(entry)
            case Action():
                return self._action(entry)
            case Entity():
                return self._entity(entry)
            case Bone():
                return self._bone(entry)
            case SafetyProperty():
                return self._property(entry)
            case _:
                return self._rule(entry)

    def _written(self, label: str, text: str) -> list[str]:
        return self._wrapped(f"  {self._word(label)}: " if label else "  ", text)

    def _wrapped(self, first: str, text: str) -> list[str]:
        return textwrap.wrap(
            " ".join(text.split()),
            self.width,
            initial_indent=first,
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _word(self, key: str) -> str:
        return self.phrases.get("command_line", "lookup", key)

    def _said(self, words: Mapping[str, str] | None) -> str:
        return words[self.phrases.language] if words else ""

    def _condition(self, condition: Condition | None) -> str:
        return "" if condition is None else self.rules.conditions.said(condition)

    def _place(self, statement: Statement) -> str:
        word, section = self.phrases.word, self._said(statement.section)
        if statement.module is None:
            return word("own_rule")
        return f"{word('module')} {statement.module}, {section}, {word('page')} {statement.page}"

    def _reviewer(self, name: str | None) -> str:
        return name or self.phrases.word("not_reviewed")

    def _statement(self, statement: Statement) -> Iterator[Field]:
        parts = [name for name, other in self.texts.statements.items() if other.parent == statement.id]
        yield "", self._said(statement.text)
        yield "place", self._place(statement)
        yield "strength", self.phrases.plan("strength", statement.strength)
        yield "part_of", statement.parent or ""
        yield "parts", ", ".join(parts)
        yield "shown_at", self.phrases.plan("step", statement.step) if statement.step else ""
        yield "shown_when", self._condition(statement.shown_when)
        yield "not_encoded", self._said(statement.reason)
        rules = [self.texts.rules[name] for name in statement.encoded_by]
        yield from (("rules", f"{rule.id} – {self.rules.in_a_line(rule)}") for rule in rules)
        yield "used_opinions", ", ".join(self._opinions_on(statement)) or self.phrases.word("none")
        reviewers = {rule.reviewed_by for rule in rules} or {None}
        yield "reviewed_by", ", ".join(sorted(self._reviewer(name) for name in reviewers))

    def _opinions_on(self, statement: Statement) -> list[str]:
        """The interpretations of a statement, of the whole of which it is a part, and of its rules."""
        said = {name for rule in statement.encoded_by for name in self.texts.rules[rule].interpretations}
        concerned = {statement.id, statement.parent}
        opinions = self.texts.interpretations
        return [name for name, each in opinions.items() if name in said or concerned & {*each.statements}]

    def _rule(self, rule: AnyRule) -> Iterator[Field]:
        yield "when", self._condition(rule.when)
        yield "gives", self.rules.outcome(rule)
        places = [f"{name} ({self._place(self.texts.statements[name])})" for name in rule.statements]
        yield "until", self._condition(rule.until) if isinstance(rule, OrderRule) else ""
        ground = rule.ground if isinstance(rule, ReferralRule) else None
        yield "ground", self.phrases.plan("decision_because", ground) if ground else ""
        yield "outside_scope_too", "" if rule.in_scope_only else self.phrases.value("", True)
        yield from (("term", self.rules.term(name)) for name in self.rules.terms(rule))
        yield "note", self._said(rule.note)
        yield "sources", "; ".join(places)
        yield "used_opinions", self.rules.readings(rule)
        yield "reviewed_by", self._reviewer(rule.reviewed_by)

    def _interpretation(self, entry: Interpretation) -> Iterator[Field]:
        users = [name for name, rule in self.texts.rules.items() if entry.id in rule.interpretations]
        yield "open", self._said(entry.open)
        yield "reading", self._said(entry.reading)
        yield "shown", self._said(entry.shown)
        yield "concerns", self._condition(entry.concerns)
        yield "severity", self._word(entry.severity)
        yield "outside_source", self.phrases.value("", entry.outside_source)
        yield "statements", ", ".join(entry.statements)
        yield (
            "read_word",
            ", ".join(name for name, each in self.texts.definitions.items() if entry.id in each.interpretations),
        )
        yield "used_by", ", ".join(users)

    def _definition(self, entry: Definition) -> Iterator[Field]:
        yield "", self._said(entry.text)
        yield "when", self._condition(entry.when)
        yield "used_opinions", ", ".join(entry.interpretations)

    def _threshold(self, entry: Threshold) -> Iterator[Field]:
        yield "", self._said(entry.text)
        yield "value", f"{self.phrases.number(entry.value)} {self._word(entry.unit)}"
        yield "valid_from", self.phrases.date(entry.valid_from) if entry.valid_from else self._word("not_in_force")
        yield "last_checked", f"{self.phrases.date(entry.last_checked)}. {self._said(entry.checked)}"
        yield "sources", entry.statement
        yield "used_opinions", ", ".join(entry.interpretations)

    def _action(self, entry: Action) -> Iterator[Field]:
        yield "", self.phrases.action_name(entry.id)
        yield "phase", self.phrases.plan("phase", entry.phase)
        yield "actor", self.phrases.plan("actor", entry.actor)
        yield "done_when", self._condition(entry.done_when)
        for name, rule in self.texts.rules.items():
            concerns = isinstance(rule, AdviceRule | OrderRule) and rule.action == entry.id
            if concerns or (isinstance(rule, AlternativesRule) and entry.id in rule.alternatives):
                yield "rules", f"{name} – {self.rules.in_a_line(rule)}"

    def _entity(self, entry: Entity) -> Iterator[Field]:
        groups = (self._said(self.texts.entity_groups[name].name) for name in entry.groups)
        yield "", self._said(entry.name)
        yield "category", self._word(entry.category)
        yield "icdo", entry.icdo or ""
        yield "groups", ", ".join(groups)
        yield "synonyms", ", ".join(entry.synonyms)
        yield "note", self._said(entry.note)
        yield "in_doubt", self._said(entry.in_doubt)

    def _bone(self, entry: Bone) -> Iterator[Field]:
        yield "", self._said(entry.name)
        yield "region", self.phrases.value("lesion.region", entry.region)
        yield "synonyms", ", ".join(entry.synonyms)
        yield "note", self._said(entry.note)

    def _property(self, entry: SafetyProperty) -> Iterator[Field]:
        yield "", self._said(entry.text)
        yield "always", self._condition(entry.always)
        yield "sources", ", ".join(entry.statements)
