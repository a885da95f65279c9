"""Reads and checks an edition: files in, an Edition out, or every fault at once with file, line and entry."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from guideline_core import edition_source as source
from guideline_core.compiler import unreachable_rules
from guideline_core.condition import ALWAYS, NEVER, Condition, ConditionFault, parse
from guideline_core.edition import (
    Action,
    AdviceRule,
    AlertRule,
    AnyRule,
    Bone,
    Definition,
    Edition,
    Entity,
    Interpretation,
    OrderRule,
    ReferralRule,
    ResponseRule,
    SafetyProperty,
    Statement,
    Threshold,
    Words,
)
from guideline_core.names import Names
from guideline_core.source_fingerprint import equal_runs, read_fingerprint
from guideline_core.yaml_places import Place, line_of, load

SINGLE_FILES = (
    "edition.yaml",
    "definitions.yaml",
    "thresholds.yaml",
    "actions.yaml",
    "interpretations.yaml",
    "entities.yaml",
    "bones.yaml",
    "mri-protocol.yaml",
    "questions.yaml",
    "properties.yaml",
)
FINGERPRINT_FILE = "source-fingerprint.txt"

_PLAIN: dict[str, Condition] = {"always": ALWAYS, "yes": ALWAYS, "no": NEVER, "never": NEVER}

Model = TypeVar("Model", bound=source.Source)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in an edition: the file, the line, the entry, and what is wrong with it."""

    file: str
    line: int
    entry: str
    message: str

    def __str__(self) -> str:
        entry = f" {self.entry}:" if self.entry else ""
        return f"{self.file}:{self.line}:{entry} {self.message}"


class EditionFaults(Exception):
    """All faults of an edition, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def edition_sha256(files: Mapping[str, bytes]) -> str:
    """The fingerprint of an edition: of all its files, names and contents."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def read_edition(files: Mapping[str, bytes]) -> Edition:
    """Read an edition from its files (name to content); raises EditionFaults with everything that is wrong."""
    return _Reader(files).read()


class _Reader:
    """One reading of one edition; collects faults instead of stopping at the first."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.faults: list[Fault] = []
        self.trees: dict[str, Any] = {}
        self.rule_places: dict[str, tuple[str, Place]] = {}
        self.statement_places: dict[str, tuple[str, Place]] = {}

    def read(self) -> Edition:
        self._load_all()
        about = self._model("edition.yaml", source.EditionSource)
        modules = {name: self._model(name, source.ModuleSource) for name in self._module_names()}
        self._stop_if_faulty()
        assert about is not None
        entities, groups = self._entities()
        bones = self._bones()
        names = Names(entities, groups)
        actions = self._actions(names)
        names.actions = tuple(actions)
        definitions = self._definitions(names)
        actions = self._with_conditions(actions, names)
        interpretations = self._interpretations()
        statements, rules = self._modules(modules, names)
        edition = Edition(
            id=about.id,
            title=_words(about.title),
            status=about.status,
            version=about.version,
            sha256=edition_sha256(self.files),
            statements={statement.id: statement for statement in statements},
            rules=tuple(rules),
            actions=actions,
            definitions=definitions,
            thresholds=self._thresholds(),
            interpretations=interpretations,
            entities=entities,
            entity_groups=groups,
            bones=bones,
            questions=self._questions(names),
            properties=self._properties(names),
            about={**about.model_dump(), "mri_protocol": self.trees.get("mri-protocol.yaml")},
        )
        self._check_references(edition)
        self._check_wording()
        self._stop_if_faulty()
        self._check_reachable(edition)
        self._stop_if_faulty()
        return edition

    def fault(self, file: str, place: Place, entry: str, message: str) -> None:
        """Note a fault; the line is looked up in the file."""
        self.faults.append(Fault(file, line_of(self.files.get(file, b""), place), entry, message))

    def _stop_if_faulty(self) -> None:
        if self.faults:
            raise EditionFaults(self.faults)

    def _load_all(self) -> None:
        for name in SINGLE_FILES:
            if name not in self.files:
                self.faults.append(Fault(name, 1, "", "the file is missing"))
        for name in self.files:
            if name.endswith(".yaml"):
                try:
                    self.trees[name] = load(self.files[name])
                except ValueError as error:
                    self.faults.append(Fault(name, getattr(error, "line", 1), "", str(error)))

    def _module_names(self) -> list[str]:
        return [name for name in sorted(self.files) if name.endswith(".yaml") and name not in SINGLE_FILES]

    def _model(self, file: str, model: type[Model], tree: Any = None, at: Place = (), entry: str = "") -> Model | None:
        tree = self.trees.get(file) if tree is None else tree
        if tree is None:
            return None
        try:
            return model.model_validate(tree)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                place = (*at, *item["loc"])
                self.fault(file, place, entry or _entry_of(tree, item["loc"]), _message_of(item))
            return None

    def _each(self, file: str, model: type[Model], tree: Any = None, at: Place = ()) -> Iterator[tuple[str, Model]]:
        tree = self.trees.get(file) if tree is None else tree
        for key, item in (tree or {}).items():
            read = self._model(file, model, item, (*at, key), str(key))
            if read is not None:
                yield str(key), read

    def _condition(self, text: str, names: Names, file: str, place: Place, entry: str) -> Condition:
        if text in _PLAIN:
            return _PLAIN[text]
        try:
            return parse(text, names)
        except ConditionFault as error:
            self.fault(file, place, entry, f"condition '{text}': {error}")
            return ALWAYS

    def _entities(self) -> tuple[dict[str, Entity], dict[str, Words]]:
        read = self._model("entities.yaml", source.EntitiesSource)
        if read is None:
            return {}, {}
        found = {}
        for key, item in read.entities.items():
            for group in item.groups:
                if group not in read.groups:
                    self.fault("entities.yaml", ("entities", key, "groups"), key, f"unknown group '{group}'")
            if item.family is not None and item.family not in read.families:
                self.fault("entities.yaml", ("entities", key, "family"), key, f"unknown family '{item.family}'")
            found[key] = Entity(
                id=key,
                name=_words(item),
                synonyms=item.synonyms,
                category=item.category,
                icdo=item.icdo,
                family=item.family,
                groups=item.groups,
                list=item.list,
                who_name=item.who_name,
                in_doubt=_words(item.in_doubt),
                note=_words(item.note),
                grade=item.grade,
            )
        return found, {key: _words(words) or {} for key, words in read.groups.items()}

    def _bones(self) -> dict[str, Bone]:
        read = self._model("bones.yaml", source.BonesSource)
        return {
            key: Bone(key, _words(item), item.synonyms, item.region, item.long_tubular, item.paired, _words(item.note))
            for key, item in (read.bones.items() if read else ())
        }

    def _actions(self, names: Names) -> dict[str, Action]:
        found = {}
        for phase, tree in (self.trees.get("actions.yaml") or {}).items():
            for key, item in self._each("actions.yaml", source.ActionSource, tree, (phase,)):
                found[key] = Action(key, phase, item.actor, item.safer, item.meanwhile, None)
        return found

    def _with_conditions(self, actions: dict[str, Action], names: Names) -> dict[str, Action]:
        found = {}
        for key, action in actions.items():
            tree = self.trees["actions.yaml"][action.phase][key]
            text = tree.get("done_when")
            place = (action.phase, key, "done_when")
            done_when = None if text is None else self._condition(str(text), names, "actions.yaml", place, key)
            found[key] = Action(key, action.phase, action.actor, action.safer, action.meanwhile, done_when)
        return found

    def _definitions(self, names: Names) -> dict[str, Definition]:
        """Read the words in order: a word may use those above it."""
        found = {}
        for key, item in self._each("definitions.yaml", source.DefinitionSource):
            meaning = self._condition(item.when, names, "definitions.yaml", (key, "when"), key)
            found[key] = Definition(key, _words(item), meaning, item.interpretations)
            names.definitions[key] = meaning
        return found

    def _thresholds(self) -> dict[str, Threshold]:
        return {
            key: Threshold(key, item.value, item.unit, item.statement, _words(item), item.interpretations)
            for key, item in self._each("thresholds.yaml", source.ThresholdSource)
        }

    def _interpretations(self) -> dict[str, Interpretation]:
        return {
            key: Interpretation(
                id=key,
                severity=item.severity,
                statements=item.statements,
                open=_words(item.open),
                reading=_words(item.reading),
                shown=_words(item.shown),
                outside_source=item.outside_source == "yes",
            )
            for key, item in self._each("interpretations.yaml", source.InterpretationSource)
        }

    def _questions(self, names: Names) -> dict[str, Condition]:
        file = "questions.yaml"
        return {
            key: self._condition(item.ask_when, names, file, (key, "ask_when"), key)
            for key, item in self._each(file, source.QuestionSource)
        }

    def _properties(self, names: Names) -> dict[str, SafetyProperty]:
        file = "properties.yaml"
        names.in_properties = True
        found = {
            key: SafetyProperty(
                key, _words(item), self._condition(item.always, names, file, (key, "always"), key), item.statements
            )
            for key, item in self._each(file, source.PropertySource)
        }
        names.in_properties = False
        return found

    def _modules(
        self, modules: Mapping[str, source.ModuleSource | None], names: Names
    ) -> tuple[list[Statement], list[AnyRule]]:
        statements: list[Statement] = []
        rules: list[AnyRule] = []
        for file, module in modules.items():
            if module is None:
                continue
            for index, item in enumerate(module.statements):
                place: Place = ("statements", index)
                rules += self._rules(file, module, place, item, names)
                statements.append(self._statement(file, module, place, item, item, None, names))
                for number, part in enumerate(item.parts):
                    part_place = (*place, "parts", number)
                    rules += self._rules(file, module, part_place, part, names)
                    statements.append(self._statement(file, module, part_place, item, part, item.id, names))
        self._check_unique([statement.id for statement in statements], "statement")
        self._check_unique([rule.id for rule in rules], "rule")
        return statements, rules

    def _statement(
        self,
        file: str,
        module: source.ModuleSource,
        place: Place,
        whole: source.StatementSource,
        item: source.PartSource,
        parent: str | None,
        names: Names,
    ) -> Statement:
        self.statement_places[item.id] = (file, place)
        treated = item if _treatments(item) or parent is None else whole
        treatments = _treatments(treated)
        parts_treated = parent is None and item is whole and any(_treatments(part) for part in whole.parts)
        if len(treatments) > 1 or (not treatments and not parts_treated):
            said = " and ".join(treatments) or "nothing"
            message = f"exactly one of rules, encoded_by, shown, not_encoded is expected; found {said}"
            self.fault(file, place, item.id, message)
        shown = treated.shown
        when = None
        if shown is not None and shown.when is not None:
            when = self._condition(shown.when, names, file, (*place, "shown", "when"), item.id)
        return Statement(
            id=item.id,
            module=module.module,
            section={"nl": whole.section, "en": whole.section_en},
            page=whole.page,
            strength=item.strength,
            text=_words(item),
            treatment="shown" if shown else "not_encoded" if treated.not_encoded else "encoded",
            parent=parent,
            encoded_by=(*treated.encoded_by, *(rule.id for rule in treated.rules)),
            step=shown.step if shown else None,
            shown_when=when,
            reason=_words(treated.not_encoded),
        )

    def _rules(
        self, file: str, module: source.ModuleSource, place: Place, item: source.PartSource, names: Names
    ) -> list[AnyRule]:
        found = []
        for number, rule in enumerate(item.rules):
            rule_place = (*place, "rules", number)
            self.rule_places[rule.id] = (file, rule_place)
            built = self._rule(file, module, rule_place, item.id, rule, names)
            if built is not None:
                found.append(built)
        return found

    def _rule(
        self,
        file: str,
        module: source.ModuleSource,
        place: Place,
        statement: str,
        rule: source.RuleSource,
        names: Names,
    ) -> AnyRule | None:
        def condition(text: str, key: str) -> Condition:
            return self._condition(text, names, file, (*place, key), rule.id)

        if rule.id.partition(".")[0] != statement:
            self.fault(file, (*place, "id"), rule.id, f"the id must begin with its statement, '{statement}.'")
        common: dict[str, Any] = {
            "id": rule.id,
            "statements": (statement, *rule.also),
            "when": condition(rule.when, "when"),
            "in_scope_only": rule.scope == "in_scope",
            "interpretations": rule.interpretations,
            "note": _words(rule.note),
            "reviewed_by": rule.reviewed_by or module.reviewed_by,
        }
        match rule:
            case source.RuleSource(advise=str(action), verdict=str(verdict)):
                return AdviceRule(**common, action=action, verdict=verdict)
            case source.RuleSource(action=str(action), waits_for=str(waits_for)):
                until = None if rule.until is None else condition(rule.until, "until")
                return OrderRule(**common, action=action, waits_for=waits_for, until=until)
            case source.RuleSource(referral=source.ReferralSource() as referral):
                return ReferralRule(
                    **common,
                    decision=referral.decision,
                    destination=referral.destination,
                    urgency=referral.urgency,
                    by_phone=condition(referral.by_phone, "referral"),
                    consult_expertise_centre_first=condition(referral.consult_expertise_centre_first, "referral"),
                )
            case source.RuleSource(alert=str(alert), severity=str(severity)):
                return AlertRule(**common, alert=alert, severity=severity)
            case source.RuleSource(response_grade=str(grade)):
                return ResponseRule(**common, response_grade=grade)
        message = (
            "a rule needs advise and verdict, action and waits_for, referral, alert and severity, or response_grade"
        )
        self.fault(file, place, rule.id, message)
        return None

    def _check_unique(self, identifiers: list[str], what: str) -> None:
        for identifier in sorted({name for name in identifiers if identifiers.count(name) > 1}):
            places = self.rule_places if what == "rule" else self.statement_places
            self.fault(*places[identifier], identifier, f"this {what} id stands twice")

    def _check_references(self, edition: Edition) -> None:
        for rule in edition.rules:
            file, place = self.rule_places[rule.id]

            def missing(what: str, name: str, known: Iterable[str], file: str = file, place: Place = place) -> None:
                if name not in known:
                    self.fault(file, place, rule.id, f"unknown {what} '{name}'{_suggestion(name, known)}")  # noqa: B023

            for statement in rule.statements:
                missing("statement", statement, edition.statements)
            for interpretation in rule.interpretations:
                missing("interpretation", interpretation, edition.interpretations)
            if isinstance(rule, AdviceRule | OrderRule):
                missing("action", rule.action, edition.actions)
            if isinstance(rule, OrderRule):
                missing("action", rule.waits_for, edition.actions)
        self._check_statements(edition)

    def _check_statements(self, edition: Edition) -> None:
        rules = {rule.id for rule in edition.rules}
        for statement in edition.statements.values():
            for rule_id in statement.encoded_by:
                if rule_id not in rules:
                    message = f"encoded_by names unknown rule '{rule_id}'{_suggestion(rule_id, rules)}"
                    self.fault(*self.statement_places[statement.id], statement.id, message)
        self._check_named(
            "interpretation",
            edition.interpretations,
            {
                "definitions.yaml": {d.name: d.interpretations for d in edition.definitions.values()},
                "thresholds.yaml": {t.name: t.interpretations for t in edition.thresholds.values()},
            },
        )
        self._check_named(
            "statement",
            edition.statements,
            {
                "interpretations.yaml": {i.id: i.statements for i in edition.interpretations.values()},
                "thresholds.yaml": {t.name: (t.statement,) for t in edition.thresholds.values()},
                "properties.yaml": {p.id: p.statements for p in edition.properties.values()},
            },
        )

    def _check_named(self, what: str, known: Iterable[str], used: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """Whether what the entries of the other files point to exists; `used`: file, entry, names."""
        for file, entries in used.items():
            for entry, names in entries.items():
                for name in names:
                    if name not in known:
                        self.fault(file, (entry,), entry, f"unknown {what} '{name}'{_suggestion(name, known)}")

    def _check_reachable(self, edition: Edition) -> None:
        """A rule that can never speak is a slip: it contradicts itself, or a safer rule always overrules it."""
        for rule in unreachable_rules(edition):
            file, place = self.rule_places[rule]
            self.fault(file, (*place, "when"), rule, "this rule can never fire")

    def _check_wording(self) -> None:
        """No seven words in a row may equal the source, which is under copyright (FM-3)."""
        content = self.files.get(FINGERPRINT_FILE)
        if content is None:
            self.faults.append(Fault(FINGERPRINT_FILE, 1, "", "the file is missing"))
            return
        fingerprint = read_fingerprint(content)
        for file, tree in self.trees.items():
            for place, text in _texts(tree):
                for run in equal_runs(text, fingerprint):
                    self.fault(file, place, _entry_of(tree, place), f"seven words equal the source: '{run}'")


def _words(item: source.Words | None) -> Any:
    return None if item is None else {"nl": item.nl, "en": item.en}


def _treatments(item: source.PartSource) -> list[str]:
    if item.rules:  # a statement may be encoded here and elsewhere at once
        return [name for name in ("rules", "shown", "not_encoded") if getattr(item, name)]
    return [name for name in ("encoded_by", "shown", "not_encoded") if getattr(item, name)]


def _texts(tree: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(tree, str):
        yield place, tree
    elif isinstance(tree, Mapping):
        for key, item in tree.items():
            yield from _texts(item, (*place, key))
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _texts(item, (*place, index))


def _entry_of(tree: Any, place: Iterable[Any]) -> str:
    """The id of the innermost entry on the way to a place."""
    found = ""
    for step in place:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(tree, Mapping) and isinstance(tree.get("id"), str):
            found = tree["id"]
        elif not found and isinstance(step, str):
            found = step
    return found


def _message_of(item: Any) -> str:
    last = item["loc"][-1] if item["loc"] else ""
    if item["type"] == "missing":
        return f"'{last}' is missing"
    if item["type"] == "extra_forbidden":
        return f"unknown key '{last}'"
    return f"'{last}': {item['msg'][:1].lower()}{item['msg'][1:]}"


def _suggestion(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
